"""Commands ended at random moments: the old file or the new one, a true sentence, and an undo that works.

``CLIENTSCORE_KILLS=500 pytest tests/kills -n 0`` ends so many of them and prints what it found.
"""

import datetime as dt
import os
import random
import shutil
import signal
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.commands import run_command
from support.killing import Ended, Moment, Runner

from addin.package import PackageBook, atomic
from addin.workbook.uses import USES

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork, no SIGKILL")

KILLS = int(os.environ.get("CLIENTSCORE_KILLS", "60"))
TODAY = dt.date(2026, 11, 29)
HEADER = "Account;Name;Status;Rep;Sector;Postcode;Turnover;Turnover Y-1;Turnover Y-2;Potential;Last visit"
N_ACCOUNTS = 9

MORE = {
    "handover": ["--rep", "Rep 1"],
    "explain": ["C003"],
    "backtest": ["INVOICES", "--as-of", "2025-06-30"],
}
"""What some uses have to be told."""
COMMANDS = {
    "refresh": [["refresh", "BOOK"]],
    "import": [["import", "BOOK", "EXPORT", "--yes"]],
    "import and refresh": [["import", "BOOK", "EXPORT", "--yes"], ["refresh", "BOOK"]],
    "undo": [["undo", "BOOK"]],
    "a strategy": [["strategies", "BOOK", "--apply", "Conquest"]],
} | {use.key: [[use.key, "BOOK", *MORE.get(use.key, [])]] for use in USES}
"""What is ended, as the commands that it comes to: each writes the workbook once."""
OFTEN = ("refresh", "import", "undo", "import and refresh")
"""Every other process that is ended is one of these."""


def accounts(factor):
    rows = [
        f"C{n:03};Company {n};Client;Rep {n % 2};East;6900{n % 9};{n * 3000 * factor};{n * 2900};{n * 2500};"
        f"{n * 9000};2026-0{1 + n % 8}-03"
        for n in range(1, N_ACCOUNTS + 1)
    ]
    return "\n".join([HEADER, *rows])


@dataclass(frozen=True)
class State:
    """A workbook, the journals of it, and its tables."""

    book: bytes
    tables: list
    journals: Path


class Place:
    """A folder with a workbook that is always at the same place, as its journals know it by that."""

    def __init__(self, folder):
        self.folder, self.work = folder, folder / "work"
        self.work.mkdir()
        self.book, self.journals = self.work / "book.xlsx", self.work / "state"
        self.names = {"BOOK": self.book, "EXPORT": folder / "new.csv", "INVOICES": folder / "invoices.csv"}
        (folder / "new.csv").write_text(accounts(2), encoding="utf-8")
        (folder / "first.csv").write_text(accounts(1), encoding="utf-8")
        lines = [f"C{n % 9 + 1:03};{2023 + n % 4}-0{1 + n % 9}-03;{n * 70}" for n in range(1, 60)]
        (folder / "invoices.csv").write_text(
            "\n".join(["Account;Invoice date;Amount", *lines]), encoding="utf-8"
        )
        self.runner = Runner(folder, TODAY)
        self.states = {}
        self._n_kept = 0

    def typed(self, command):
        return [self.names.get(word, word) for word in command]

    def keep(self):
        self._n_kept += 1
        journals = self.folder / f"state-{self._n_kept}"
        if self.journals.exists():
            shutil.copytree(self.journals, journals)
        return State(self.book.read_bytes(), PackageBook(self.book).tables(), journals)

    def put(self, state):
        shutil.rmtree(self.work)
        self.work.mkdir()
        self.book.write_bytes(state.book)
        if state.journals.exists():
            shutil.copytree(state.journals, self.journals)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return Place(tmp_path_factory.mktemp("kills"))


@pytest.fixture
def run(capsys, monkeypatch, place, profile_of_tests):  # noqa: ARG001 - it sets another folder first
    """Run a command in this process: what the forked ones need is loaded by then."""
    monkeypatch.setenv("XDG_STATE_HOME", str(place.journals))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run(*command):
        return run_command(capsys, *place.typed(command), today=TODAY)

    return run


@pytest.fixture
def base(place, run):
    """A new workbook, and what an import made of it."""
    if "base" not in place.states:
        assert run("new", "BOOK", "--lang", "en")[0] == 0
        empty = place.keep()
        assert run("import", "BOOK", place.folder / "first.csv", "--yes")[0] == 0
        place.states["base"] = [empty, place.keep()]
    return place.states["base"]


def chain(place, run, base, name):
    """The states of the workbook on the way of a command, from the one before that in which it starts."""
    if name not in place.states:
        found = list(base)
        place.put(base[-1])
        if name == "undo":
            assert run("refresh", "BOOK")[0] == 0
            found.append(place.keep())
            assert run("undo", "BOOK")[0] == 0
            found[1] = place.keep()
        else:
            for command in COMMANDS[name]:
                code, _, err = run(*command)
                assert code == 0, err
                found.append(place.keep())
        place.states[name] = found
    return place.states[name]


def whole(name):
    """What is typed: one command that may write twice."""
    command, *more = COMMANDS[name]
    return [*command, "--refresh"] if more else command


def check(place, run, states, name, start, ended):
    """The file is one of the states, what was said of it is true, and undo leads to the one before."""
    content = place.book.read_bytes()
    assert content in [state.book for state in states], "neither the old file nor the new one"
    at = next(n for n, state in enumerate(states) if state.book == content)
    assert "Traceback" not in ended.said
    assert "Exception ignored" not in ended.said
    finished = at == (start - 1 if name == "undo" else len(states) - 1)
    if ended.signal is not None:
        assert not ended.out.strip() or name != "undo" or finished
    elif "Stopped." in ended.err:
        assert ended.code == 1
        assert ("Nothing was changed." in ended.err) == (at == start)
        assert (f"clientscore undo {place.book}" in ended.err) == (at > start)
        assert ("2 times" in ended.err) == (at > start + 1)
        assert ("This was written all the same" in ended.err) >= (at < start)
    else:
        assert (ended.code, ended.err) == (0, "")
        assert finished
    assert at == start or ended.signal or "Nothing has changed" not in ended.out
    code, _, err = run("undo", "BOOK")
    assert (code, err) == (0, ""), err
    assert PackageBook(place.book).tables() == states[at - 1].tables
    assert not list(place.work.glob(f"{atomic._stem(place.book)}*"))  # noqa: SLF001 - what a kill leaves behind
    assert not list(place.work.rglob("*.begun"))
    return at


def share(name):
    """How many processes of a command are ended."""
    rare = len(COMMANDS) - len(OFTEN)
    return max(1, KILLS // 2 // len(OFTEN)) if name in OFTEN else max(1, round(KILLS / 2 / rare))


def measured(place, states, name, typed):
    """How long a command takes that nothing ends, and its steps: those of a use are much like a refresh."""
    if name not in OFTEN:
        return place.states.get("span") or Ended(0, None, "", "", 50, 0.3)
    unbroken = place.runner.run(typed)
    assert unbroken.code == 0, unbroken.err
    assert place.book.read_bytes() == (states[1] if name == "undo" else states[-1]).book
    place.states.setdefault("span", unbroken)
    return unbroken


FOUND = Counter()
WAYS = (signal.SIGKILL, signal.SIGINT, signal.SIGTERM)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_ended_at_any_moment(place, run, base, name):
    states = chain(place, run, base, name)
    start = 2 if name == "undo" else 1
    chance = random.Random(f"{name} {KILLS}")
    typed = place.typed(whole(name))
    place.put(states[start])
    span = measured(place, states, name, typed)
    for number in range(share(name)):
        place.put(states[start])
        late = Moment(seconds=chance.uniform(0, 1.1 * span.seconds))
        moment = chance.choice([late, Moment(step=chance.randint(1, span.steps))])
        way = WAYS[(number + len(name)) % len(WAYS)]
        ended = place.runner.run(typed, way, moment)
        try:
            at = check(place, run, states, name, start, ended)
        except AssertionError as failure:
            failure.add_note(f"{name}, {way.name}, {moment}: {ended}")
            raise
        FOUND[name, way.name, "before" if at == start else "after"] += 1


def test_so_many_were_ended(capsys):
    """At least as many as asked for; with a number of one's own the figures are shown."""
    n_ended = FOUND.total()
    assert n_ended >= KILLS - len(COMMANDS)
    lines = [f"{n_ended} processes ended"]
    for key in ("before", "after"):
        ways = {way.name: sum(n for k, n in FOUND.items() if k[1:] == (way.name, key)) for way in WAYS}
        lines.append(f"{key} the workbook was replaced: {ways}")
    if "CLIENTSCORE_KILLS" in os.environ:
        with capsys.disabled():
            sys.stdout.write("\n" + "\n".join(lines))
