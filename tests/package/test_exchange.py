"""What other programs save meanwhile stays: files change places, and what comes out is looked at."""

import os
from pathlib import Path

import pytest
from package.fills import column
from package.other_saves import READ, at_the_exchange, names, refused, saved
from package.raw_package import HEADER, RawBook

from addin.package import PackageBook, putting, write_atomically
from addin.refusals import Refusal

CHANGES = column(0, [1.0, 2.0])


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


def test_a_file_with_two_names_is_left_and_they_stay_together(tmp_path):
    path = RawBook(HEADER).save(tmp_path / "book.xlsx")
    other = tmp_path / "other.xlsx"
    os.link(path, other)
    for write in (lambda: PackageBook(path).apply(CHANGES), lambda: write_atomically(other, [b"ours"])):
        with pytest.raises(Refusal, match=r"^hard_links$"):
            write()
    assert path.samefile(other)
    assert PackageBook(path).apply(CHANGES, tmp_path / "copy.xlsx")
