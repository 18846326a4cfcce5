"""Files that another program holds: tried again while that may pass, and named for what they are if not."""

import errno
from pathlib import Path

import pytest
from package.fills import column
from package.raw_package import HEADER, RawBook

from addin.imports.files.content import content_of
from addin.package import PackageBook, held, write_atomically
from addin.refusals import Refusal

ROWS = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in (2, 3))


def refused(winerror):
    """How Windows refuses a file, as Python tells it."""
    error = PermissionError(errno.EACCES, "Permission denied")
    error.winerror = winerror
    return error


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    waited = []
    monkeypatch.setattr(held.time, "sleep", waited.append)
    return waited


def fails(monkeypatch, method, winerror, times):
    """Let a method of paths fail so many times; tests/windows has the real thing."""
    real, left = getattr(Path, method), [times]

    def call(*arguments, **settings):
        if left[0]:
            left[0] -= 1
            raise refused(winerror)
        return real(*arguments, **settings)

    monkeypatch.setattr(Path, method, call)


@pytest.mark.parametrize("winerror", [5, 32])
def test_a_file_that_an_indexer_holds_for_a_moment_is_written(tmp_path, monkeypatch, no_pauses, winerror):
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"old")
    fails(monkeypatch, "replace", winerror, 3)
    write_atomically(path, [b"new"])
    assert path.read_bytes() == b"new"
    assert sum(no_pauses) >= 0.2


@pytest.mark.parametrize("winerror", [5, 32])
def test_a_file_that_stays_held_is_left_and_said_to_be_open(tmp_path, monkeypatch, no_pauses, winerror):
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"old")
    fails(monkeypatch, "replace", winerror, 99)
    with pytest.raises(Refusal, match="open_elsewhere"):
        write_atomically(path, [b"new"])
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("book.xlsx", b"old")]
    assert sum(no_pauses) <= 2


@pytest.mark.parametrize("winerror", [32, 33])
def test_a_file_held_with_no_sharing_is_open_elsewhere_and_not_forbidden(tmp_path, monkeypatch, winerror):
    path = RawBook(HEADER + ROWS).save(tmp_path / "book.xlsx")
    fails(monkeypatch, "open", winerror, 99)
    for read in (PackageBook, content_of):
        with pytest.raises(Refusal, match="open_elsewhere"):
            read(path)


def test_a_file_that_may_not_be_read_is_said_at_once(tmp_path, monkeypatch, no_pauses):
    path = RawBook(HEADER + ROWS).save(tmp_path / "book.xlsx")
    fails(monkeypatch, "open", 5, 99)
    for read in (PackageBook, content_of):
        with pytest.raises(Refusal, match="not_readable"):
            read(path)
    assert no_pauses == []


def test_a_file_held_for_a_moment_is_read(tmp_path, monkeypatch):
    path = tmp_path / "crm.csv"
    path.write_text("Account;Name\n")
    fails(monkeypatch, "open", 32, 2)
    assert content_of(path) == "text"


@pytest.mark.parametrize("name", ["CON.xlsx", "nul.xlsm", "Aux.old.xlsx", "com1.xlsx", "LPT³.xlsx", "NUL"])
def test_a_name_that_windows_keeps_for_a_device_is_refused(tmp_path, name):
    with pytest.raises(Refusal, match="reserved_name"):
        write_atomically(tmp_path / name, [b"new"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["console.xlsx", "com.xlsx", "nullable.xlsm", "COM10.xlsx"])
def test_a_name_like_that_of_a_device_is_none(tmp_path, name):
    write_atomically(tmp_path / name, [b"new"])
    assert (tmp_path / name).read_bytes() == b"new"


def test_a_workbook_that_has_such_a_name_already_is_refreshed(tmp_path):
    path = tmp_path / "aux.xlsx"
    if path.exists():
        return  # on Windows that is the device: there is no such workbook
    RawBook(HEADER + ROWS).save(path)
    assert PackageBook(path).apply(column(1, ["one", "other"]))


def test_signs_that_windows_allows_in_no_name_are_refused_there(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.platform", "win32")
    with pytest.raises(Refusal, match="signs_in_name"):
        write_atomically(tmp_path / "who?.xlsx", [b"new"])
