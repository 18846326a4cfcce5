"""install.sh: read by the shell and by ShellCheck, shown, and run for real without a network."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from install import wheels
from support.packages import VERSION, WHEEL
from support.terminal import in_terminal

from addin.catalogue import LANGUAGES
from addin.release.installers import packed
from addin.release.project import uv
from addin.template.build import vba_project_file

FOLDER = Path(__file__).parents[2] / "addin" / "install"
SCRIPT = FOLDER / "install.sh"


def test_any_posix_shell_can_read_it():
    subprocess.run(["sh", "-n", str(SCRIPT)], check=True)
    assert b"\r" not in SCRIPT.read_bytes()
    assert os.access(SCRIPT, os.X_OK)


@pytest.mark.skipif(
    shutil.which("shellcheck") is None, reason="ShellCheck is not installed (apt-get install shellcheck)"
)
def test_shellcheck_finds_nothing():
    done = subprocess.run(["shellcheck", str(SCRIPT)], capture_output=True, text=True, check=False)
    assert not done.stdout


@pytest.fixture
def account(tmp_path):
    """Run an installer folder in an account of its own, with no way to a network."""
    home = tmp_path / "Éva O'Hara"
    home.mkdir()
    environment = {
        "HOME": str(home),
        "PATH": "/usr/bin:/bin",
        "LANG": "en_GB.UTF-8",
        "UV_OFFLINE": "1",
        "https_proxy": "http://127.0.0.1:9",
        "http_proxy": "http://127.0.0.1:9",
    }

    def run(folder, *options, answer="", **changes):
        command = ["sh", str(folder / "install.sh"), *options]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            input=answer,
            env=environment | changes,
            cwd=tmp_path,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    run.home, run.environment = home, environment
    return run


@pytest.fixture
def folder(tmp_path):
    unpacked = tmp_path / "Client Score (1) & co"
    shutil.copytree(FOLDER, unpacked)
    (unpacked / WHEEL).touch()
    return unpacked


def test_a_dry_run_shows_every_step_and_does_nothing(account, folder):
    code, out = account(folder, "--dry-run")
    assert code == 0
    assert re.findall(r"^Step (\d) of 5", out, re.MULTILINE) == list("12345")
    shown = "\n".join(re.findall(r"^    (.*)$", out, re.MULTILINE))
    for part in (
        "uv --version",
        "venv --no-project --python cpython-3.12",
        "pip install",
        "doctor --lang en",
    ):
        assert part in shown
    assert not list(account.home.iterdir())


def test_the_dry_run_of_an_offline_folder_needs_no_network(account, folder):
    for name in ("wheels", "python"):
        (folder / name).mkdir()
    (folder / WHEEL).rename(folder / "wheels" / WHEEL)
    (folder / "uv").touch()
    out = account(folder, "--dry-run")[1]
    assert "https://" not in out
    assert f"--no-index --find-links {folder}/wheels" in out


@pytest.mark.parametrize(
    ("options", "changes", "french"),
    [
        ([], {"LANG": "fr_FR.UTF-8"}, True),
        ([], {"LC_ALL": "fr_CA.UTF-8"}, True),
        ([], {"LANG": "de_DE.UTF-8"}, False),
        (["--lang", "fr"], {}, True),
        (["--lang=en"], {"LANG": "fr_FR.UTF-8"}, False),
    ],
)
def test_it_speaks_the_language_of_the_system_or_the_one_asked_for(account, folder, options, changes, french):
    out = account(folder, "--dry-run", *options, **changes)[1]
    assert ("Étape 1 sur 5" in out) == french
    assert ("doctor --lang fr" in out) == french


def test_an_unknown_option_is_named_and_ends_with_64(account, folder):
    code, out = account(folder, "--bogus")
    assert code == 64
    assert "--bogus" in out
    assert "--dry-run" in out


def test_alone_it_says_to_unpack_the_whole_folder(account, tmp_path):
    shutil.copy(SCRIPT, tmp_path)
    code, out = account(tmp_path)
    assert code == 1
    assert "unpack the whole folder" in out


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_one_downloaded_file_it_says_all_the_same(account, folder, tmp_path, language):
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / WHEEL).write_bytes(b"ours")
    (alone / "install.sh").write_bytes(packed("install.sh", alone / WHEEL))
    several, single = (account(each, "--dry-run", "--lang", language) for each in (folder, alone))
    assert single[0] == 0
    # a package whose hash is known is taken by it
    by_hash = r"--find-links \S.*/alone --require-hashes -r \S.*/own\.txt$"
    known = re.sub(by_hash, "OURS", single[1], flags=re.MULTILINE)
    assert known.count("OURS") == 2
    assert known == several[1].replace(str(folder / WHEEL), "OURS")


@pytest.mark.parametrize("options", [["--quiet"], ["--dry-run"]])
def test_without_the_package_beside_it_nothing_is_fetched(account, folder, options):
    """No index is asked for a package of our name."""
    (folder / "install.sh").write_bytes(packed("install.sh", folder / WHEEL))
    (folder / WHEEL).unlink()
    code, out = account(folder, *options)
    assert code == 1
    assert re.search(rf"A file is missing beside this installer.*:\n{re.escape(WHEEL)}\n", out), out
    assert "Step" not in out
    assert not list(account.home.iterdir())


def test_without_a_network_it_says_what_to_do_and_where_the_log_is(account, folder):
    code, out = account(folder)
    assert code == 1
    assert re.search(r"(uv|Python) could not be fetched. Check the internet connection", out)
    log = Path(out.strip().splitlines()[-1].partition(": ")[2])
    assert "> " in log.read_text(encoding="utf-8")


def test_an_uv_that_does_not_start_is_named(account, folder):
    (folder / "uv").write_text("#!/bin/sh\nexit 3\n")
    code, out = account(folder)
    assert code == 1
    assert str(folder / "uv") in out


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    """All wheels that an installation needs, and the installer that was packed for them."""
    kit = tmp_path_factory.mktemp("kit")
    own = wheels.fill(kit / "wheels", uv())
    (kit / "install.sh").write_bytes(packed("install.sh", own))
    return kit


@pytest.fixture
def offline(kit, tmp_path):
    """An offline folder, complete: uv, a Python, all wheels."""
    folder = tmp_path / "Client Score (1) & co"
    shutil.copytree(kit, folder, copy_function=os.link)
    (folder / "uv").symlink_to(uv())
    (folder / "python" / "bin").mkdir(parents=True)
    (folder / "python" / "bin" / "python3").symlink_to(Path(sys.base_prefix, "bin", "python3").resolve())
    return folder


def test_the_whole_way_offline_install_repair_first_workbook_uninstall(account, offline, tmp_path):
    # install
    code, out = account(offline, "--quiet")
    assert code == 0, out
    assert "All is well." in out
    home = account.home / ".clientscore"
    python = home / "venv" / "bin" / "python"
    log = account.home / ".local" / "state" / "clientscore" / "log" / "install.log"
    assert "--no-index" in log.read_text(encoding="utf-8")
    assert not (home / "cache").exists()
    entries = account.home / "Applications" / "ClientScore"
    assert len(list(entries.iterdir())) == 4

    # a package is damaged; installing again repairs it, in another language, and offers a workbook
    package = next(home.glob("venv/lib/python3*/site-packages/platformdirs/__init__.py"))
    package.write_text("broken(", encoding="utf-8")
    exports = account.home / "Mes exports"
    exports.mkdir()
    shutil.copy(FOLDER.parent / "sample" / "exports" / "crm_accounts.csv", exports)
    asked = [("[O/n] ", ""), ("vide\N{NO-BREAK SPACE}: ", f"'{exports}'"), ("arrête\N{NO-BREAK SPACE}: ", "")]
    command = ["sh", str(offline / "install.sh"), "--lang", "fr"]
    code, out = in_terminal(command, asked, account.environment, tmp_path)
    assert code == 0, out
    assert "Le Python déjà présent est bon et reste." in out
    assert "Tout va bien." in out
    assert "Classe  Catégorie" in out
    assert (account.home / "Documents" / "ClientScore.xlsm").is_file()
    # its macros come ready-made: what makes them is not installed
    with zipfile.ZipFile(account.home / "Documents" / "ClientScore.xlsm") as book:
        macros = book.read("xl/vbaProject.bin")
    installed = next(home.glob("venv/lib/python3*/site-packages"))
    assert macros == (FOLDER.parent / "template" / vba_project_file("fr")).read_bytes()
    assert {path.name for path in installed.glob("addin/template/vba/*")} == {
        Path(vba_project_file(language)).name for language in LANGUAGES
    }
    assert not list(installed.glob("pyopenvba*"))
    assert not list(installed.glob("addin/template/macros.py"))
    names = {entry.name for entry in entries.iterdir()}
    menu = ("Des exports aux classes", "Nouveau classeur", "Diagnostic", "Désinstaller ClientScore")
    assert names == {f"{name}.command" for name in menu}

    # what uv brought stays inside the home
    assert {path.name for path in account.home.iterdir()} == {
        ".clientscore",
        ".local",
        "Applications",
        "Documents",
        "Mes exports",
    }

    # uninstall through the entry, as a person does
    entry = entries / "Désinstaller ClientScore.command"
    done = subprocess.run(
        [str(entry)],
        input="oui\n\n",
        capture_output=True,
        text=True,
        env={"HOME": str(account.home)},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not python.exists()
    left = [path for path in account.home.rglob("*") if path.is_file()]
    assert sorted(left) == [account.home / "Documents" / "ClientScore.xlsm", exports / "crm_accounts.csv"]


def test_an_incomplete_folder_of_wheels_is_named(account, offline):
    next((offline / "wheels").glob("pandas-*.whl")).unlink()
    code, out = account(offline, "--quiet")
    assert code == 1
    assert "The folder wheels beside this installer is not complete" in out


def test_a_package_other_than_the_one_that_was_tested_is_refused(account, offline):
    wheels.damage(next((offline / "wheels").glob("xlrd-*.whl")))
    code, out = account(offline, "--quiet")
    assert code == 1
    assert "or a file in it is not the one that was tested." in out
    log = next(account.home.rglob("install.log")).read_text(encoding="utf-8")
    assert "Hash mismatch for `xlrd" in log


def test_a_package_of_our_name_other_than_the_installers_own_is_refused(account, offline):
    wheels.damage(offline / "wheels" / WHEEL)
    code, out = account(offline, "--quiet")
    assert code == 1
    assert "The file of ClientScore beside this installer is damaged, or belongs to another installer." in out
    assert not list(account.home.rglob("addin"))


def test_what_an_index_has_under_our_name_is_never_taken(account, offline):
    """Whoever takes our name there, with a higher version too, is not asked; other packages are checked."""
    index = offline / "index"
    for wheel in list((offline / "wheels").glob("*.whl")):
        project = index / wheel.name.partition("-")[0].replace("_", "-").lower()
        project.mkdir(parents=True)
        wheel.rename(offline / WHEEL if wheel.name == WHEEL else project / wheel.name)
    for version in (VERSION, "99.0"):
        theirs = index / "clientscore" / WHEEL.replace(VERSION, version)
        shutil.copyfile(offline / WHEEL, theirs)
        wheels.damage(theirs)
    for folder in (index, *index.iterdir()):
        links = (f'<a href="{path.name}{"/" * path.is_dir()}">{path.name}</a>' for path in folder.iterdir())
        (folder / "index.html").write_text(f"<!DOCTYPE html><html><body>{''.join(links)}</body></html>")
    shutil.rmtree(offline / "wheels")
    index_there = {"UV_DEFAULT_INDEX": index.as_uri()}
    code, out = account(offline, "--quiet", **index_there)
    assert code == 0, out
    record = next(account.home.rglob("clientscore-*.dist-info/direct_url.json"), None)
    log = next(account.home.rglob("install.log")).read_text(encoding="utf-8")
    assert f" + clientscore=={VERSION}" in log
    assert "99.0" not in log
    assert record is None
    wheels.damage(next(index.glob("xlrd/*.whl")))
    code, out = account(offline, "--quiet", **index_there)
    assert code == 1
    assert "are not the ones it was tested with" in out
