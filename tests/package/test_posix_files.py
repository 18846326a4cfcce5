"""Files as only Linux and its like have them: pipes, devices, rights, and who has one open to write."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from package.fills import column
from package.other_saves import READ, at_the_exchange, refused
from package.raw_package import HEADER, RawBook

from addin.package import PackageBook, held, write_atomically

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no such files, no such rights")
tells_who_writes = pytest.mark.skipif(not hasattr(held.fcntl, "F_SETLEASE"), reason="this system does not")
CHANGES = column(0, [1.0, 2.0])


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(READ)
    return path


@tells_who_writes
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


@tells_who_writes
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


def test_only_files_are_replaced(tmp_path):
    os.mkfifo(tmp_path / "there.csv")
    refused("no_regular_file", tmp_path / "there.csv")
    assert stat.S_ISFIFO((tmp_path / "there.csv").stat().st_mode)


def test_a_link_to_a_device_is_no_place_to_write_to(tmp_path):
    (tmp_path / "list.csv").symlink_to("/dev/null")
    refused("no_regular_file", tmp_path / "list.csv")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.parametrize("rights", [0o600, 0o640])
def test_a_copy_has_the_rights_of_the_workbook(tmp_path, rights):
    path = RawBook(HEADER).save(tmp_path / "book.xlsx")
    path.chmod(rights)
    PackageBook(path).apply(CHANGES, tmp_path / "copy.xlsx")
    assert stat.S_IMODE((tmp_path / "copy.xlsx").stat().st_mode) == rights
    (tmp_path / "open.xlsx").touch(0o644)
    PackageBook(path).apply(CHANGES, tmp_path / "open.xlsx")
    assert stat.S_IMODE((tmp_path / "open.xlsx").stat().st_mode) == 0o644


def test_nobody_else_may_read_a_draft(tmp_path):
    seen = []

    def chunks():
        yield b"half"
        seen.extend(stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir())

    write_atomically(tmp_path / "new.csv", chunks(), rights=0o600)
    assert seen == [0o600]
