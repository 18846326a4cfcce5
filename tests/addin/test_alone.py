"""One command at a time on a workbook, and nothing that is no file; what is private stays so."""

import os
import stat
import subprocess
import sys
import threading
import time
from functools import partial

import pytest
from support.commands import run_command
from support.made import new_workbook

from addin.catalogue import LANGUAGES, catalogue
from addin.log import log_failure
from addin.package import alone
from addin.package.alone import alone_with
from addin.package.held import open_to_read
from addin.private import state_folder
from addin.refusals import Refusal
from addin.workbook.place import place

OTHER = """
import sys
from addin.package.alone import alone_with
with alone_with(sys.argv[1], "book"):
    print(flush=True)
    sys.stdin.readline()
"""
WRITING = [
    ("refresh", []),
    ("import", ["{file}", "--yes"]),
    ("undo", []),
    ("upgrade", []),
    ("tour", []),
    ("scales", ["--apply"]),
    ("strategies", ["--apply", "loyalty"]),
    ("workshop", ["new", "Eva"]),
    ("workshop", ["apply"]),
]
"""Commands that write to the workbook."""
READING = [
    ("refresh", ["--dry-run"]),
    ("import", ["{file}", "--dry-run"]),
    ("check", []),
    ("tour", ["--json"]),
    ("scales", []),
    ("refresh", ["--output", "{output}"]),
]
"""Commands that do not."""


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return partial(run_command, capsys)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "my book.xlsx"
    new_workbook(path, "en")
    (tmp_path / "crm.csv").write_text("Account;Name\nC1;One\n", encoding="utf-8")
    return path


def filled(arguments, path):
    return [
        argument.format(file=path.with_name("crm.csv"), output=path.with_name("copy.xlsx"))
        for argument in arguments
    ]


@pytest.fixture
def busy(path, monkeypatch):
    """Another process that has the workbook, and a person without patience."""
    monkeypatch.setattr(alone, "_PATIENCE", 0.0)
    command = [sys.executable, "-c", OTHER, place(str(path))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        yield other


def test_while_one_has_the_workbook_the_others_write_nothing_and_say_so(run, path, busy):
    before = path.read_bytes()
    for name, arguments in WRITING:
        for language in LANGUAGES:
            code, _, err = run(name, path, *filled(arguments, path), "--lang", language)
            assert code == 1, name
            assert err.strip() == catalogue(language).text("refusals", "busy_with_book", file=path.name)
    assert path.read_bytes() == before
    for name, arguments in READING:
        assert run(name, path, *filled(arguments, path))[0] == 0, name
    busy.communicate(b"\n")
    assert run("refresh", path)[0] == 0


def test_who_waits_gets_his_turn(run, path, busy, monkeypatch):
    monkeypatch.setattr(alone, "_PATIENCE", 30.0)
    later = threading.Timer(0.2, busy.stdin.close)
    later.start()
    assert run("refresh", path)[0] == 0
    later.join()


def test_who_is_killed_has_it_no_longer(run, path, busy):
    busy.kill()
    busy.wait()
    assert run("refresh", path)[0] == 0


def test_it_may_be_asked_for_again_and_is_free_afterwards(path, monkeypatch):
    name = place(str(path))
    monkeypatch.setattr(alone, "_PATIENCE", 0.0)
    for _ in range(2):
        with alone_with(name, "book"), alone_with(name, "book"):
            pass


def test_where_the_profile_takes_no_lock_one_goes_on_without(run, path, tmp_path):
    (tmp_path / "state").write_text("a file where the folder would be", encoding="utf-8")
    with alone_with(place(str(path)), "book"):
        assert run("refresh", path)[0] == 0


needs_posix = pytest.mark.skipif(os.name != "posix", reason="no such files, no such rights")


@needs_posix
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_file_is_refused_at_once(run, path, tmp_path, make):
    there = tmp_path / "there.xlsx"
    make(there)
    run("import", path, path.with_name("crm.csv"), "--yes", "--refresh")
    started = time.monotonic()
    for command in (
        ["refresh", there],
        ["check", there],
        ["undo", there],
        ["upgrade", there],
        ["tour", there, "--json"],
        ["import", there, path.with_name("crm.csv"), "--yes"],
        ["import", path, there, "--yes"],
        ["refresh", path, "--output", there],
        ["upgrade", path, "--output", there],
        ["export", path, "--to", "xlsx", there],
        ["new", tmp_path / "new.xlsx", "--accounts", there],
        ["doctor", there],
    ):
        code, out, err = run(*command, "--lang", "fr")
        assert code == 1 or command[0] == "doctor", command
        names = (there.name, there.resolve().name)
        said = [catalogue("fr").text("refusals", "no_regular_file", file=name) for name in names]
        assert any(sentence in out + err for sentence in said), command
    assert time.monotonic() - started < 60
    with pytest.raises(Refusal, match="no_regular_file"):
        open_to_read(there)


def rights(path):
    return stat.S_IMODE(path.stat().st_mode)


@needs_posix
def test_journals_locks_and_the_log_are_for_nobody_else(run, path):
    folder = state_folder()
    (folder / "undo").mkdir(parents=True)  # as an older version left it
    (folder / "undo").chmod(0o755)
    assert run("import", path, path.with_name("crm.csv"), "--yes")[0] == 0
    log = log_failure(OSError("full of names"))
    log.chmod(0o644)
    log_failure(OSError("of clients"))
    kept = [file for file in folder.rglob("*") if file.is_file()]
    assert {file.suffix for file in kept} >= {".json", ".lock", ".log"}
    assert {rights(file) for file in kept} == {0o600}
    assert {rights(file.parent) for file in kept} == {0o700}
    assert "full of names" in log.read_text(encoding="utf-8")


@needs_posix
def test_lists_of_clients_are_for_nobody_else_and_copies_as_the_workbook_is(run, path, tmp_path):
    path.chmod(0o640)
    assert run("import", path, path.with_name("crm.csv"), "--yes", "--refresh")[0] == 0
    assert run("export", path, "--to", "csv", tmp_path / "classes.csv")[0] == 0
    assert run("refresh", path, "--output", tmp_path / "copy.xlsx")[0] == 0
    assert run("upgrade", path, "--output", tmp_path / "today.xlsx")[0] == 0
    assert rights(tmp_path / "classes.csv") == 0o600
    assert [rights(tmp_path / name) for name in ("my book.xlsx", "copy.xlsx", "today.xlsx")] == [0o640] * 3
