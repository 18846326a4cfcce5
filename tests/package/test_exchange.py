"""What other programs save meanwhile stays: files change places, and what comes out is looked at."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from package.fills import column
from package.raw_package import HEADER, RawBook

from addin.package import PackageBook, held, putting, write_atomically
from addin.refusals import Refusal

CHANGES = column(0, [1.0, 2.0])
READ = b"what was read"


@pytest.fixture(params=[True, False], ids=["exchange", "none"])
def disk(request, monkeypatch):
    """A disk that knows an exchange, and one that does not."""
    if not request.param:
        monkeypatch.setattr(putting, "exchange", lambda *_: False)
        monkeypatch.setattr(putting, "rename_new", lambda *_: False)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(READ)
    return path


def names(path):
    return sorted(file.name for file in path.parent.iterdir())


def refused(code, path, **how):
    with pytest.raises(Refusal, match=f"^{code}$"):
        write_atomically(path, [b"ours"], **how)
    assert names(path) == [path.name]


@pytest.mark.usefixtures("disk")
def test_a_file_that_holds_what_was_read_is_replaced(path):
    write_atomically(path, [b"o", b"urs"], read=READ)
    assert path.read_bytes() == b"ours"
    assert names(path) == ["book.xlsx"]


@pytest.mark.usefixtures("disk")
@pytest.mark.parametrize("other", [b"", b"what was rea", b"what was read.", b"What was read"])
def test_a_file_that_holds_anything_else_is_left(path, other):
    path.write_bytes(other)
    refused("changed_meanwhile", path, read=READ)
    assert path.read_bytes() == other


@pytest.mark.usefixtures("disk")
def test_a_file_that_went_meanwhile_does_not_come_back(path):
    path.unlink()
    with pytest.raises(Refusal, match=r"^changed_meanwhile$"):
        write_atomically(path, [b"ours"], read=READ)
    assert list(path.parent.iterdir()) == []


@pytest.mark.usefixtures("disk")
@pytest.mark.parametrize("how", [{}, {"new": True}])
def test_a_file_that_came_meanwhile_is_left(tmp_path, how):
    path = tmp_path / "new.xlsx"

    def chunks():
        path.write_bytes(b"theirs")
        yield b"ours"

    with pytest.raises(Refusal, match=r"^came_meanwhile$"):
        write_atomically(path, chunks(), **how)
    assert path.read_bytes() == b"theirs"
    assert names(path) == ["new.xlsx"]


@pytest.mark.usefixtures("disk")
def test_a_new_file_gets_its_name(tmp_path):
    write_atomically(tmp_path / "new.xlsx", [b"ours"], new=True)
    assert (tmp_path / "new.xlsx").read_bytes() == b"ours"
    refused("came_meanwhile", tmp_path / "new.xlsx", new=True)


def saved(path, content):
    """Save as most programs do: a new file in the place of the old one."""
    beside = path.with_name("theirs")
    beside.write_bytes(content)
    beside.replace(path)


def at_the_exchange(monkeypatch, *saves):
    """Let others save right before the files change places, one save each time that they do."""
    real, left = putting.exchange, list(saves)

    def exchange(draft, path):
        if left:
            left.pop(0)(path)
        return real(draft, path)

    monkeypatch.setattr(putting, "exchange", exchange)


@pytest.mark.parametrize("save", [saved, Path.write_bytes])
@pytest.mark.parametrize("content", [b"theirs", READ[::-1]])
def test_a_save_in_the_instant_before_is_put_back(path, monkeypatch, save, content):
    at_the_exchange(monkeypatch, lambda path: save(path, content))
    refused("changed_meanwhile", path, read=READ)
    assert path.read_bytes() == content


def test_of_two_saves_the_later_one_stays(path, monkeypatch):
    """The second one comes while ours is in the place, and before the first one is put back."""
    at_the_exchange(monkeypatch, lambda path: saved(path, b"first"), lambda path: saved(path, b"second"))
    refused("changed_meanwhile", path, read=READ)
    assert path.read_bytes() == b"second"


@pytest.mark.skipif(not hasattr(held.fcntl, "F_SETLEASE"), reason="a system that does not tell who writes")
@pytest.mark.parametrize("later", [False, True])
def test_a_file_that_is_being_written_to_is_left(path, monkeypatch, later):
    opened = []

    def opens(path):
        opened.append(path.open("r+b"))

    if later:
        at_the_exchange(monkeypatch, opens)
    else:
        opens(path)
    refused("open_elsewhere", path, read=READ)
    with opened[0] as file:
        file.write(b"their save")
    assert path.read_bytes() == b"their saveead"


@pytest.mark.skipif(not hasattr(held.fcntl, "F_SETLEASE"), reason="a system that does not tell who writes")
def test_who_opens_the_file_while_it_is_looked_at_does_not_end_us(path):
    """Of that a signal tells, which ends a process that is not prepared for it."""
    program = (
        "import sys; from pathlib import Path; from addin.package.held import is_written_to\n"
        "print(flush=True)\n"
        "for _ in range(3000): is_written_to(Path(sys.argv[1]))\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, path], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        while process.poll() is None:
            path.open("r+b").close()
        assert process.returncode == 0


def test_an_interruption_after_the_exchange_puts_the_file_back(path, monkeypatch):
    real = putting.exchange

    def exchange(*files):
        real(*files)
        monkeypatch.setattr(putting, "exchange", real)
        raise KeyboardInterrupt

    monkeypatch.setattr(putting, "exchange", exchange)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, [b"ours"], read=READ)
    assert path.read_bytes() == READ
    assert names(path) == ["book.xlsx"]


def test_a_workbook_that_is_saved_at_the_last_instant_is_left(tmp_path, monkeypatch):
    path = RawBook(HEADER).save(tmp_path / "book.xlsx")
    theirs = path.read_bytes()[:-2] + b"\3\0new"
    at_the_exchange(monkeypatch, lambda path: saved(path, theirs))
    with pytest.raises(Refusal, match=r"^changed_meanwhile$"):
        PackageBook(path).apply(CHANGES)
    assert path.read_bytes() == theirs
    assert PackageBook(path).apply(CHANGES)


needs_posix = pytest.mark.skipif(os.name != "posix", reason="no such files, rights or names")


@needs_posix
def test_only_files_are_replaced(tmp_path):
    os.mkfifo(tmp_path / "there.csv")
    refused("no_regular_file", tmp_path / "there.csv")
    assert stat.S_ISFIFO((tmp_path / "there.csv").stat().st_mode)


@needs_posix
def test_a_link_to_a_device_is_no_place_to_write_to(tmp_path):
    (tmp_path / "list.csv").symlink_to("/dev/null")
    refused("no_regular_file", tmp_path / "list.csv")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_file_with_two_names_is_left_and_they_stay_together(tmp_path):
    path = RawBook(HEADER).save(tmp_path / "book.xlsx")
    other = tmp_path / "other.xlsx"
    os.link(path, other)
    for write in (lambda: PackageBook(path).apply(CHANGES), lambda: write_atomically(other, [b"ours"])):
        with pytest.raises(Refusal, match=r"^hard_links$"):
            write()
    assert path.samefile(other)
    assert PackageBook(path).apply(CHANGES, tmp_path / "copy.xlsx")


@needs_posix
@pytest.mark.parametrize("rights", [0o600, 0o640])
def test_a_copy_has_the_rights_of_the_workbook(tmp_path, rights):
    path = RawBook(HEADER).save(tmp_path / "book.xlsx")
    path.chmod(rights)
    PackageBook(path).apply(CHANGES, tmp_path / "copy.xlsx")
    assert stat.S_IMODE((tmp_path / "copy.xlsx").stat().st_mode) == rights
    (tmp_path / "open.xlsx").touch(0o644)
    PackageBook(path).apply(CHANGES, tmp_path / "open.xlsx")
    assert stat.S_IMODE((tmp_path / "open.xlsx").stat().st_mode) == 0o644


@needs_posix
def test_nobody_else_may_read_a_draft(tmp_path):
    seen = []

    def chunks():
        yield b"half"
        seen.extend(stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir())

    write_atomically(tmp_path / "new.csv", chunks(), rights=0o600)
    assert seen == [0o600]
