"""Full disks, folders that cannot be written to, networks that fail, too little memory: for real."""

import datetime as dt
import errno
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from support.commands import run_command
from support.killing import Runner
from support.made import new_workbook
from support.undone import KNOWN

from addin.catalogue import LANGUAGES, catalogue
from addin.package import PackageBook

if sys.platform != "linux":
    pytest.skip("the faults are those of Linux", allow_module_level=True)

from support import disks

TODAY = dt.date(2026, 11, 29)
EXPORT = "Account;Name;Town\nC1;One;Lyon\nN9;New;Nice\n"
MOUNTS = disks.can_mount()


@pytest.fixture(scope="module")
def place():
    """A folder that others may look into."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


class Case:
    """A workbook on a disk of its own, and commands that run where the machine fails."""

    def __init__(self, folder, language, capsys):
        self.folder, self.words, self._capsys = folder, catalogue(language), capsys
        self.disk, self.seen = folder / "disk", folder / "seen"
        self.disk.mkdir(exist_ok=True)
        self.book, self.export, self.state = self.disk / "book.xlsx", folder / "export.csv", folder / "state"
        self.runner = Runner(folder, TODAY)
        self.export.write_text(EXPORT, encoding="utf-8")
        self.content = self.book.read_bytes() if self.book.exists() else b""

    def here(self, *command):
        return run_command(self._capsys, *command, "--lang", self.words.language, today=TODAY)

    def run(self, *command, before, after=lambda: None):
        return self.runner.run([*command, "--lang", self.words.language], before=before, after=after)

    def refused(self, ended, code, **details):
        """A command was refused in one sentence, nothing was written and nothing is left of the try."""
        assert (ended.code, ended.signal) == (1, None), ended.said
        assert ended.err.strip() == self.words.text("refusals", code, **details), ended

    def is_as_before(self):
        """The workbook is as it was, nothing lies beside it, and undo takes back what was written last."""
        disk = self.seen if self.seen.exists() else self.disk
        assert sorted(path.name for path in disk.iterdir()) == ["book.xlsx"]
        assert (disk / "book.xlsx").read_bytes() == self.content
        assert not list(self.state.rglob("*.begun"))
        assert list(self.state.rglob("*.json"))
        code, out, err = self.here("undo", self.book)
        assert (code, err) == (0, "")
        assert self.words.text("ribbon", "undo", "accounts", count=1) in out

    def on_small_disk(self, n_left):
        """Return what puts the workbook on a disk with so many bytes left, and shows us the disk after."""
        size = (len(self.content) // 4096 + 1) * 4096

        def before():
            disks.own_mounts()
            disks.mount_small(self.disk, size + n_left)
            self.book.write_bytes(self.content)

        return {"before": before, "after": lambda: shutil.copytree(self.disk, self.seen)}


@pytest.fixture(params=LANGUAGES)
def case(request, place, monkeypatch, capsys, profile_of_tests):  # noqa: ARG001 - it sets another folder first
    """A workbook that was imported into once, always at the same place: its journals know it by that."""
    folder, kept = place / request.param, place / f"{request.param} kept"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    if not kept.exists():
        folder.mkdir(mode=0o755)
        case = Case(folder, request.param, capsys)
        client = case.words.word("status", "client")
        new_workbook(case.book, request.param, [row | {"status": client} for row in KNOWN])
        assert case.here("import", case.book, case.export, "--yes")[0] == 0
        assert case.here("refresh", case.book, "--dry-run")[0] == 0
        shutil.copytree(folder, kept)
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)
    return Case(folder, request.param, capsys)


COMMANDS = {
    "refresh": ["refresh", "BOOK"],
    "output": ["refresh", "BOOK", "--output", "DISK/copy.xlsx"],
    "import": ["import", "BOOK", "OTHER", "--yes"],
}


def typed(case, name):
    other = case.folder / "other.csv"
    other.write_text(EXPORT.replace("Lyon", "Metz"), encoding="utf-8")
    names = {"BOOK": str(case.book), "OTHER": str(other)}
    return [names.get(word, word.replace("DISK", str(case.disk))) for word in COMMANDS[name]]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_is_full(case, name):
    """In place or beside it: on a small disk without room; where none can be had, with a limit of files."""
    if MOUNTS:
        ended, code = case.run(*typed(case, name), **case.on_small_disk(0)), "disk_full"
    else:
        ended = case.run(*typed(case, name), before=lambda: disks.limit_files(100))
        code = "too_large_for_disk"
    case.refused(ended, code, file="copy.xlsx" if name == "output" else "book.xlsx", folder=case.disk)
    case.is_as_before()


def test_a_file_that_is_larger_than_allowed(case):
    ended = case.run(*typed(case, "refresh"), before=lambda: disks.limit_files(len(case.content) // 2))
    case.refused(ended, "too_large_for_disk", file="book.xlsx", folder=case.disk)
    case.is_as_before()


def test_a_disk_that_can_only_be_read(case):
    def before():
        disks.own_mounts()
        disks.mount_small(case.disk, 2 * len(case.content))
        case.book.write_bytes(case.content)
        disks.make_read_only(case.disk)

    if MOUNTS:
        case.refused(
            case.run("refresh", case.book, before=before),
            "disk_read_only",
            file="book.xlsx",
            folder=case.disk,
        )
    case.is_as_before()


def test_a_folder_that_does_not_allow_it(case):
    """An administrator may write wherever others may not, so the process is nobody's."""
    case.disk.chmod(0o555)
    case.state.chmod(0o777)
    for path in case.state.rglob("*"):
        path.chmod(0o777)
    ended = case.run("refresh", case.book, before=disks.become_nobody)
    case.disk.chmod(0o777)
    case.refused(ended, "folder_not_writable", file="book.xlsx", folder=case.disk)
    case.is_as_before()


def test_a_file_that_no_other_may_replace(case):
    """In a folder where everybody may write but to the files of others, as the one for temporary files."""
    case.disk.chmod(0o1777)
    ended = case.run("refresh", case.book, "--output", case.book, before=disks.become_nobody)
    if os.getuid() == 0:
        case.refused(ended, "folder_not_writable", file="book.xlsx", folder=case.disk)
        case.is_as_before()


NETWORK = (errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.EACCES, errno.EBUSY, errno.EXDEV)


@pytest.mark.parametrize("number", NETWORK, ids=errno.errorcode.get)
def test_a_network_that_fails_as_the_file_is_replaced(case, number, monkeypatch):
    def fail(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("addin.package.exchange._renamed", lambda *_: errno.ENOSYS)
    real = os.replace
    monkeypatch.setattr(
        os, "replace", lambda old, new: fail() if Path(new).name == "book.xlsx" else real(old, new)
    )
    code, _, err = case.here("refresh", case.book)
    monkeypatch.undo()
    monkeypatch.setenv("XDG_STATE_HOME", str(case.state))
    key = {errno.EACCES: "open_elsewhere", errno.EBUSY: "open_elsewhere", errno.EXDEV: "write_failed"}
    details = {"file": "book.xlsx", "folder": case.disk, "reason": os.strerror(number)}
    assert (code, err.strip()) == (1, case.words.text("refusals", key.get(number, "disk_fault"), **details))
    case.is_as_before()


def test_a_file_on_which_something_is_mounted(case):
    if MOUNTS:

        def before():
            disks.own_mounts()
            disks.pin(case.book)

        case.refused(case.run("refresh", case.book, before=before), "open_elsewhere", file="book.xlsx")
    case.is_as_before()


def no_room(_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_profile_without_room_is_said_and_remembered_as_a_gap(case, monkeypatch):
    """The refresh stands; its journal could not be kept, which an undo says before it goes on."""
    with monkeypatch.context() as patch:
        patch.setattr("addin.undo.stack.to_plain", no_room)
        code, _, err = case.here("refresh", case.book)
    assert (code, err.strip()) == (0, case.words.text("ribbon", "undo", "no_refresh"))
    code, _, err = case.here("undo", case.book)
    assert code == 1
    assert err.startswith(case.words.text("refusals", "undo_gap", date="\0", time="").partition("\0")[0])
    assert case.here("undo", case.book)[0] == 0


def test_a_list_for_another_program_on_a_full_disk(case):
    assert case.here("refresh", case.book)[0] == 0
    case.content = case.book.read_bytes()
    if MOUNTS:
        around, code = case.on_small_disk(0), "disk_full"
    else:
        around, code = {"before": lambda: disks.limit_files(100)}, "too_large_for_disk"
    ended = case.run("export", case.book, "--to", "csv", case.disk / "list.csv", **around)
    case.refused(ended, code, file="list.csv", folder=case.disk)
    assert not (case.seen / "list.csv").exists()


def test_a_folder_for_drafts_without_room(case, monkeypatch):
    """An upgrade and the sheets of a workshop are made there first."""
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", lambda *_: no_room(_))
        code, _, err = case.here("workshop", case.book, "new", "Eva")
    assert (code, err.strip()) == (1, case.words.text("refusals", "no_temporary_room"))
    case.is_as_before()


@pytest.mark.parametrize("n_more", [0, 200_000, 1_000_000, 3_000_000, 8_000_000, 20_000_000])
def test_a_computer_with_too_little_memory(case, n_more):
    """Refused in plain words, or done: at whatever place it is that the memory ends."""
    ended = case.run("refresh", case.book, before=lambda: disks.limit_memory(n_more))
    if ended.code == 0:
        assert PackageBook(case.book).archive.raw != case.content
        return
    case.refused(ended, "no_memory")
    case.is_as_before()
