"""Ctrl-C, SIGTERM and outputs that close: what is said is true, and what was done stands or never was."""

import datetime as dt
import importlib.abc
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support.commands import run_command
from support.killing import Runner
from support.made import new_workbook
from support.undone import KNOWN

from addin.catalogue import catalogue
from addin.package import PackageBook, atomic

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork, no signals")

TODAY = dt.date(2026, 11, 29)
WORDS = catalogue("en")


@pytest.fixture
def made(tmp_path, monkeypatch, capsys):
    """A workbook of which nothing is scored, its bytes, and what runs commands on it."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    book = tmp_path / "book.xlsx"
    new_workbook(book, "en", [row | {"status": "Client"} for row in KNOWN])
    assert run_command(capsys, "refresh", book, "--dry-run", today=TODAY)[0] == 0
    return book, book.read_bytes(), Runner(tmp_path, TODAY)


def undo(capsys, book):
    return run_command(capsys, "undo", book, "--lang", "en", today=TODAY)


def said(path):
    return f"Stopped.\n{WORDS.text('cli', 'failure', 'written_undo', count=1, path=path, book=path)}"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_interrupted_as_the_file_is_replaced_it_says_what_was_written(made, capsys, number):
    book, before, runner = made

    def first():
        real = atomic._put  # noqa: SLF001 - the very moment is not to be met otherwise

        def put(*args, **kwargs):
            os.kill(os.getpid(), number)
            real(*args, **kwargs)
            os.kill(os.getpid(), number)

        atomic._put = put  # noqa: SLF001

    ended = runner.run(["refresh", book], before=first)
    assert (ended.code, ended.err.strip()) == (1, said(book))
    assert book.read_bytes() != before
    assert undo(capsys, book)[0] == 0
    assert undo(capsys, book)[0] == 1


def test_interrupted_as_a_module_is_loaded_it_stops_behind_that(made):
    """A module written in C makes an error of its own of an interruption, and prints it."""
    book, before, runner = made
    name = "addin.undo.last"

    class Interrupting(importlib.abc.MetaPathFinder):
        def find_spec(self, sought, *_):
            if sought == name:
                os.kill(os.getpid(), signal.SIGINT)

    def first():
        sys.modules.pop(name)
        sys.meta_path.insert(0, Interrupting())

    ended = runner.run(["refresh", book], before=first)
    assert "Traceback" not in ended.said
    assert ended.err.strip() in ("Stopped. Nothing was changed.", said(book))
    assert (book.read_bytes() == before) == ("Nothing" in ended.err)


def test_what_was_started_to_ignore_interruptions_goes_on(made):
    """As by nohup, or in the background of a script."""
    book, before, runner = made

    def first():
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        real = atomic._put  # noqa: SLF001
        atomic._put = lambda *a, **k: (os.kill(os.getpid(), signal.SIGHUP), real(*a, **k))  # noqa: SLF001

    ended = runner.run(["refresh", book], before=first)
    assert (ended.code, ended.err) == (0, "")
    assert book.read_bytes() != before


def closed_pipe():
    reader, writer = os.pipe()
    os.close(reader)
    os.dup2(writer, 1)


def full_disk():
    os.dup2(os.open("/dev/full", os.O_WRONLY), 1)


def nowhere():
    os.close(1)
    sys.stdout = None


@pytest.mark.parametrize("output", [closed_pipe, nowhere])
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_reader_that_has_gone_stops_nothing(made, capsys, output, more):
    """``clientscore refresh BOOK | head -0``: it is done as if somebody had listened."""
    book, before, runner = made
    ended = runner.run(["refresh", book, *more], before=output)
    assert (ended.code, ended.said) == (0, "")
    assert book.read_bytes() != before
    assert undo(capsys, book)[0] == 0


def test_an_output_without_room_is_told_with_what_was_written(made, capsys):
    book, before, runner = made
    ended = runner.run(["refresh", book], before=full_disk)
    lost = WORDS.text("cli", "failure", "output_lost")
    assert (ended.code, ended.err.strip()) == (1, said(book).replace("Stopped.", lost))
    assert book.read_bytes() != before
    assert undo(capsys, book)[0] == 0
    ended = runner.run(["check", book], before=full_disk)
    assert (ended.code, ended.err.strip()) == (1, f"{lost} Nothing was changed.")


def test_a_refusal_after_a_write_tells_of_the_write(made, capsys, tmp_path):
    """An import is written, then the refresh that was asked for with it finds a fault of the disk."""
    book, before, runner = made
    (tmp_path / "new.csv").write_text("Account;Turnover\nC1;77\n", encoding="utf-8")

    def first():
        real, n_read = PackageBook.__init__, []

        def read(self, *args):
            n_read.append(1)
            if len(n_read) > 1:
                raise MemoryError
            real(self, *args)

        PackageBook.__init__ = read

    ended = runner.run(["import", book, tmp_path / "new.csv", "--yes", "--refresh", "--json"], before=first)
    sentence = WORDS.text("refusals", "no_memory")
    assert (ended.code, ended.err.strip()) == (1, said(book).replace("Stopped.", sentence))
    assert book.read_bytes() != before
    assert undo(capsys, book)[0] == 0


@pytest.mark.parametrize("zone", ["UTC+30", "UTC-30", "XXX+167:59", "Nowhere/Odd"])
def test_a_time_zone_that_python_does_not_know(made, zone, capsys):
    book, before, runner = made

    def first():
        os.environ["TZ"] = zone
        import time

        time.tzset()

    assert runner.run(["refresh", book], before=first).code == 0
    ended = runner.run(["undo", book], before=first)
    assert (ended.code, ended.err) == (0, "")
    assert "The refresh of 20" in ended.out
    assert undo(capsys, book)[0] == 1
    assert PackageBook(book).tables()
    assert before


def test_a_process_of_its_own_without_an_output_or_an_input(made, tmp_path):
    """All of it for real, in a Python started for it."""
    book, before, _ = made
    shell = f'"{sys.executable}" -m addin.cli refresh "{book}" <&- >&- 2>&-'
    environment = os.environ | {"TZ": "UTC+30", "PYTHONUNBUFFERED": "1"}
    folder = Path(__file__).parents[2]
    assert subprocess.run(["sh", "-c", shell], env=environment, cwd=folder, check=False).returncode == 0
    assert book.read_bytes() != before
    assert shutil.which("sh")
    assert not list(tmp_path.glob("*.tmp"))
