"""The entries that a person clicks, and the commands doctor and uninstall."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from install.machines import mac, put, windows

from addin.catalogue import LANGUAGES, catalogue
from addin.cli import main
from addin.machine.__main__ import main as menu_main
from addin.machine.menu import ACTIONS, make_entries, new_in_documents
from addin.package import PackageBook
from addin.refusals import Refusal


@pytest.fixture
def account(tmp_path, monkeypatch):
    """An account of its own on this machine."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    return home


@pytest.fixture
def run(capsys, account):
    assert account.is_dir()

    def run_with(*arguments):
        with pytest.raises(SystemExit) as stopped:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return stopped.value.code, out, err

    return run_with


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mac_gets_entries_that_can_be_run_and_keep_no_old_ones(tmp_path, language):
    machine = mac(tmp_path)
    words = catalogue(language)
    make_entries(machine, catalogue("fr" if language == "en" else "en"), shortcut=None)
    entries = make_entries(machine, words, shortcut=None)
    names = {words.text("doctor", "menu", key) + ".command" for key in ACTIONS}
    assert {path.name for path in machine.at(machine.places.menu).iterdir()} == names
    assert {entry.name for entry in entries} == names
    for entry in entries:
        where = machine.at(entry)
        assert os.access(where, os.X_OK)
        assert "exec /Users/eva/.clientscore/venv/bin/python -I -m addin.machine " in where.read_text()
        assert where.read_text().endswith(f" {language}\n")


def test_an_entry_survives_a_home_with_blanks_and_quotes(tmp_path):
    machine = mac(tmp_path, environ={"HOME": "/Users/o'hara $x y"})
    for entry in make_entries(machine, catalogue("en"), shortcut=None):
        script = machine.at(entry).read_text().replace("exec ", "printf '%s|' ")
        shown = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout
        assert shown.startswith("/Users/o'hara $x y/.clientscore/venv/bin/python|-I|-m|addin.machine|")


def test_windows_gets_shortcuts_to_the_private_python(tmp_path):
    machine = windows(tmp_path)
    stale = put(machine, machine.places.menu / "Diagnostic.lnk")
    made = []
    make_entries(machine, catalogue("en"), lambda *link: made.append(link))
    assert not stale.exists()
    names = ("From exports to classes", "New workbook", "Doctor", "Uninstall ClientScore")
    assert [path.name for path, *_ in made] == [f"{name}.lnk" for name in names]
    assert {program for _, program, _, _ in made} == {machine.places.interpreter}
    assert made[0][2] == "-I -m addin.machine start en"
    assert all(description for *_, description in made)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_workbook_in_documents_never_overwrites(tmp_path, language):
    first = new_in_documents(catalogue(language), tmp_path / "Documents")
    first.write_bytes(b"mine")
    second = new_in_documents(catalogue(language), tmp_path / "Documents")
    assert first.read_bytes() == b"mine"
    assert (first.name, second.name) == ("ClientScore.xlsm", "ClientScore 2.xlsm")
    assert catalogue(language).sheet("clients") in {table.sheet for table in PackageBook(second).tables()}


@pytest.fixture
def click_entry(account):
    """Run an entry as a person does, who then presses Enter."""

    def run_entry(*arguments, answer="\n"):
        command = [sys.executable, "-m", "addin.machine", *arguments]
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
        return subprocess.run(
            command, capture_output=True, text=True, input=answer, env=environment, check=False, cwd=account
        )

    return run_entry


def test_the_entry_new_makes_a_workbook_and_says_where(click_entry, account):
    done = click_entry("new", "fr")
    assert done.returncode == 0, done.stderr
    path = account / "Documents" / "ClientScore.xlsm"
    assert path.is_file()
    assert done.stdout == f"Votre nouveau classeur\N{NO-BREAK SPACE}: {path}\n"


def test_the_entry_from_exports_to_classes_is_the_command_start_in_a_window_that_stays(monkeypatch, capsys):
    run, asked = [], []
    monkeypatch.setattr(
        "addin.machine.__main__.subprocess",
        SimpleNamespace(run=lambda command, **_: run.append(command) or SimpleNamespace(returncode=0)),
    )
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or "")
    assert menu_main(["start", "fr"]) == 0
    assert run == [[sys.executable, "-I", "-m", "addin.cli", "start", "--lang", "fr"]]
    assert asked == ["\nAppuyez sur Entrée pour fermer cette fenêtre."]
    assert not capsys.readouterr().out


def test_the_entry_doctor_waits_for_enter(click_entry):
    done = click_entry("doctor", "fr")
    assert done.returncode == 1  # nothing is installed in this account
    assert "[PANNE] Python pour Excel" in done.stdout
    assert done.stdout.endswith("Appuyez sur Entrée pour fermer cette fenêtre.")


def test_the_entry_uninstall_asks_and_removes(click_entry, account):
    (account / ".clientscore" / "venv").mkdir(parents=True)
    done = click_entry("uninstall", "en", answer="no\n\n")
    assert done.returncode == 1
    assert (account / ".clientscore").exists()
    done = click_entry("uninstall", "en", answer="yes\n\n")
    assert done.returncode == 0
    assert not (account / ".clientscore").exists()


def test_an_unexpected_failure_of_an_entry_is_one_sentence_and_a_log(account, capsys, monkeypatch):
    monkeypatch.setattr("addin.machine.doctor.examine", lambda *_: 1 / 0)
    monkeypatch.setattr("builtins.input", lambda _: "")
    assert menu_main(["doctor", "en"]) == 1
    out = capsys.readouterr().out
    log = account / ".local" / "state" / "clientscore" / "log" / "clientscore.log"
    assert str(log) in out
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_a_refusal_of_an_entry_is_one_sentence(capsys, monkeypatch, account):
    assert account.is_dir()

    def refuse(*_):
        raise Refusal("no_folder", folder="X")

    monkeypatch.setattr("addin.fresh.new_workbook", refuse)
    monkeypatch.setattr("builtins.input", lambda _: "")
    assert menu_main(["new", "en"]) == 1
    assert "There is no folder X." in capsys.readouterr().out


def test_nobody_there_to_press_enter_is_no_failure(click_entry):
    assert "Traceback" not in click_entry("doctor", "en", answer="").stderr


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ["doctor", "uninstall"])
def test_the_commands_have_help_in_the_language_asked_for(run, language, command):
    code, out, _ = run(command, "--lang", language, "--help")
    assert code == 0
    assert ("Exemple" in out) == (language == "fr")
    assert command in run("--help", "--lang", language)[1]


def test_the_command_doctor_exits_1_with_a_fault_and_tells_the_remedy(run):
    code, out, err = run("doctor", "--lang", "fr")
    assert code == 1
    assert not err
    assert "Installez ClientScore" in out
    code, out, _ = run("doctor", "--json")
    assert code == 1
    assert json.loads(out)["well"] is False


def test_the_command_doctor_looks_at_a_workbook(run, tmp_path):
    path = tmp_path / "fresh.xlsm"
    assert run("new", path)[0] == 0
    code, out, _ = run("doctor", path, "--verbose")
    assert code == 1  # nothing is installed in this account
    assert "[OK] Name of the workbook: fresh.xlsm" in out
    code, _, err = run("doctor", tmp_path / "none.xlsm")
    assert code == 1
    assert "none.xlsm" in err


def test_the_command_uninstall_asks_unless_told_not_to(run, account, monkeypatch):
    home = account / ".clientscore"
    home.mkdir()
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "")
    assert run("uninstall")[0] == 1
    assert home.exists()
    code, out, _ = run("uninstall", "--yes", "--lang", "fr")
    assert code == 0
    assert "ClientScore a été retiré." in out
    assert not home.exists()
