"""A crash at any moment leaves the old file or the new one, complete."""

# ruff: noqa: SLF001 - the names of temporary files are nobody else's business

import contextlib
import os
import random
import shutil
import signal
import stat
import time
import warnings

import pytest
import xlsxwriter
from package.fills import column
from package.raw_package import HEADER, RawBook

from addin.package import PackageBook, atomic, book, write_atomically
from addin.refusals import Refusal

N_ROWS = 1500
CHANGES = column(1, [f"class {n}" for n in range(N_ROWS)])

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork, no SIGKILL")


@pytest.fixture(scope="module")
def versions(tmp_path_factory):
    """Old and new bytes of a workbook of some size."""
    folder = tmp_path_factory.mktemp("versions")
    old, new = folder / "old.xlsx", folder / "new.xlsx"
    with xlsxwriter.Workbook(old) as workbook:
        sheet = workbook.add_worksheet()
        data = [[f"C{n}", n / 7] for n in range(N_ROWS)]
        sheet.add_table(0, 0, N_ROWS, 1, {"name": "T", "data": data})
    shutil.copy(old, new)
    PackageBook(new).apply(CHANGES)
    return old.read_bytes(), new.read_bytes()


def fork(action):
    """Run an action in a child process that ends hard, and return the child's id."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # 3.12 warns of threads, which pytest has none of
        child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            action()
        os._exit(0)
    return child


def killed_at(step, path):
    """Apply the changes, but die at a step of the way to the disk. Runs in the child."""
    count = 0

    def tick():
        nonlocal count
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1

    def counted(real):
        def call(*args, **kwargs):
            tick()
            result = real(*args, **kwargs)
            tick()
            return result

        return call

    for name in ("open", "fdopen", "fsync", "replace", "chown", "close", "unlink", "chmod"):
        setattr(os, name, counted(getattr(os, name)))
    real = book.repacked

    def chunks(*args):
        for chunk in real(*args):
            tick()
            yield chunk

    book.repacked = chunks
    PackageBook(path).apply(CHANGES)


@needs_fork
def test_killed_at_each_step(versions, tmp_path):
    """Killed before or after each call to the system and each piece written: old or new, never between."""
    old, new = versions
    path = tmp_path / "book.xlsx"
    found = []
    for step in range(200):
        path.write_bytes(old)
        _, status = os.waitpid(fork(lambda step=step: killed_at(step, path)), 0)
        found.append(path.read_bytes())
        assert found[-1] in (old, new), step
        if not os.WIFSIGNALED(status):
            break
    assert len(found) > 30
    assert found[0] == old
    assert found[-1] == new
    # the next write sweeps what the killed ones left
    path.write_bytes(old)
    PackageBook(path).apply(CHANGES)
    assert [other.name for other in tmp_path.iterdir()] == ["book.xlsx"]


@needs_fork
def test_killed_at_any_time(versions, tmp_path):
    """Killed after any length of time: old or new, never between."""
    old, new = versions
    path = tmp_path / "book.xlsx"
    path.write_bytes(old)
    start = time.perf_counter()
    os.waitpid(fork(lambda: PackageBook(path).apply(CHANGES)), 0)
    duration = time.perf_counter() - start
    chance = random.Random(1)
    for _ in range(60):
        path.write_bytes(old)
        child = fork(lambda: PackageBook(path).apply(CHANGES))
        time.sleep(chance.uniform(0, 1.2 * duration))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert path.read_bytes() in (old, new)


def test_same_changes_same_bytes(versions, tmp_path):
    """The bytes written depend on nothing but the file and the changes."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(versions[0])
    PackageBook(path).apply(CHANGES)
    assert path.read_bytes() == versions[1]


def test_link_is_followed(tmp_path):
    """A link stays a link, and the file that it leads to is replaced, in its own folder."""
    folder = tmp_path / "real"
    folder.mkdir()
    real = RawBook(HEADER).save(folder / "book.xlsx")
    link = tmp_path / "link.xlsx"
    link.symlink_to(real)
    PackageBook(link).apply(column(0, [1.0, 2.0]))
    assert link.is_symlink()
    assert PackageBook(real).tables()[0].columns[0] == [1.0, 2.0]
    assert [path.name for path in folder.iterdir()] == ["book.xlsx"]


def test_link_to_an_open_book(tmp_path):
    """A book opened through a link has its mark beside the link."""
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.xlsx"
    link.symlink_to(RawBook(HEADER).save(tmp_path / "real" / "book.xlsx"))
    (tmp_path / "~$link.xlsx").touch()
    with pytest.raises(Refusal, match="in_use"):
        PackageBook(link).apply(column(0, [1.0, 2.0]))


def test_rights_stay(tmp_path):
    """The new file may be read and written by whom the old one could."""
    path = RawBook(HEADER).save(tmp_path / "book.xlsx")
    path.chmod(0o640)
    PackageBook(path).apply(column(0, [1.0, 2.0]))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_new_file_has_usual_rights(tmp_path):
    """A new file gets the rights that the system gives to new files."""
    (tmp_path / "usual").touch()
    write_atomically(tmp_path / "new.xlsx", [b"a", b"b"])
    assert (tmp_path / "new.xlsx").read_bytes() == b"ab"
    assert (tmp_path / "new.xlsx").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_failure_within_the_chunks(tmp_path):
    """If the bytes cannot be made, the file stays and nothing is left beside it."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"old")

    def chunks():
        yield b"half"
        raise RuntimeError("made no more")

    with pytest.raises(RuntimeError, match="made no more"):
        write_atomically(path, chunks())
    assert path.read_bytes() == b"old"
    assert [other.name for other in tmp_path.iterdir()] == ["book.xlsx"]


def test_sweep_spares_what_is_in_use(tmp_path):
    """Leftovers of the same book go; those of other books and of a writer at work stay."""
    path = tmp_path / "book.xlsx"
    stem = atomic._stem(path)
    (tmp_path / f"{stem}dead.tmp").touch()
    (tmp_path / f"{atomic._stem(tmp_path / 'other.xlsx')}dead.tmp").touch()
    with (tmp_path / f"{stem}busy.tmp").open("wb") as busy:
        atomic._lock(busy.fileno())
        write_atomically(path, [b"new"])
    left = sorted(other.name for other in tmp_path.iterdir())
    assert len(left) == 3
    assert f"{stem}dead.tmp" not in left


def test_lock_that_appears_while_we_work(tmp_path, monkeypatch):
    """Excel opening the book during the work stops the write at the last moment."""
    path = RawBook(HEADER).save(tmp_path / "book.xlsx")
    before = path.read_bytes()
    real = book.changed_parts

    def opened_meanwhile(*args):
        (tmp_path / "~$book.xlsx").touch()
        return real(*args)

    monkeypatch.setattr(book, "changed_parts", opened_meanwhile)
    with pytest.raises(Refusal, match="in_use"):
        PackageBook(path).apply(column(0, [1.0, 2.0]))
    assert path.read_bytes() == before
