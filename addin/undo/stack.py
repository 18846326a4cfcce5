"""Where journals lie: a small stack for each workbook, in a file of the user's own.

Every press of a button runs in a process of its own, and nothing may be added
to the workbook. The command line and Excel share the stack of a workbook:
both know it by the same place.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from addin.package.held import replace
from addin.private import PRIVATE, private_file, private_folder, state_folder
from addin.undo.journal import Journal
from addin.undo.journal_text import from_plain, to_plain
from addin.workbook.place import place

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["forget", "location", "place", "recall", "store", "undo_folder", "unremembered"]

_VERSION: Final = 2
_MOST_BOOKS: Final = 20
"""Journals of so many workbooks are kept, the oldest go first."""
_MOST_JOURNALS: Final = 10
"""So many journals of a workbook are kept, the last ones ..."""
MOST_BYTES: Final = 50_000_000
"""... and fewer where they would be larger together."""


def location(book: Path | xw.Book) -> str:
    """Return where a workbook lies: a copy elsewhere is another workbook.

    xlwings would turn the address of a workbook on OneDrive into a path, and fail where there is none.
    """
    if isinstance(book, Path):
        return place(str(book.absolute()))
    full_name = getattr(book.api, "FullName", None) or getattr(book.api, "full_name", None)
    if full_name is None:
        return str(book.name)
    return place(str(full_name if isinstance(full_name, str) else full_name.get()))


def undo_folder() -> Path:
    """Return the folder of the journals, in the person's own profile."""
    return state_folder() / "undo"


def store(folder: Path, journal: Journal, *, most_bytes: int = MOST_BYTES) -> None:
    """Put the journal of a workbook on top of those before.

    Parameters
    ----------
    folder
        Where journals lie.
    journal
        The newest one.
    most_bytes
        Those of a workbook may be so large together, but for the last one.

    Raises
    ------
    OSError
        If it cannot be written. Those before stay, and :func:`unremembered` says from then on that
        something came after them that cannot be taken back first.
    """
    book = journal.book
    path = _path(folder, book)
    kept = [*_journals(path, book), *_gaps(path), _encoded(to_plain(journal))][-_MOST_JOURNALS:]
    while len(kept) > 1 and sum(map(len, kept)) > most_bytes:
        del kept[0]
    try:
        _write(path, book, kept)
    except OSError:
        with contextlib.suppress(OSError):  # an empty file has room where a journal has none
            if path.exists():
                _gap(path).touch(PRIVATE)
        raise
    _gap(path).unlink(missing_ok=True)
    files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in files[_MOST_BOOKS:]:
        old.unlink(missing_ok=True)
        _gap(old).unlink(missing_ok=True)


def recall(folder: Path, book: str) -> Journal | None:
    """Return the last journal of a workbook, or None if there is none that can be read."""
    kept = _journals(_path(folder, book), book)
    try:
        return from_plain(json.loads(_decoded(kept[-1]))) if kept else None
    except ValueError:
        return None


def unremembered(folder: Path, book: str) -> dt.datetime | None:
    """Return when something was written last that could not be kept, None if the last journal tells of it."""
    path = _path(folder, book)
    for line in reversed([*_journals(path, book), *_gaps(path)]):
        try:
            return dt.datetime.fromisoformat(json.loads(_decoded(line))["gap"])
        except (KeyError, TypeError, ValueError):
            return None
    return None


def forget(folder: Path, book: str) -> None:
    """Drop the last journal of a workbook: what it tells of is undone, or cannot be."""
    path = _path(folder, book)
    if _gaps(path):
        _gap(path).unlink(missing_ok=True)
        return
    kept = _journals(path, book)[:-1]
    if kept:
        _write(path, book, kept)
    else:
        path.unlink(missing_ok=True)


def _path(folder: Path, book: str) -> Path:
    return folder / f"{hashlib.sha256(_bytes(book)).hexdigest()[:16]}.json"


def _gap(path: Path) -> Path:
    """Return the file whose time is that of the last write that could not be kept."""
    return path.with_suffix(".gap")


def _gaps(path: Path) -> list[bytes]:
    """Return the line that stands for what could not be kept, if there is anything."""
    try:
        when = dt.datetime.fromtimestamp(_gap(path).stat().st_mtime, dt.UTC)
    except OSError:
        return []
    return [_encoded({"gap": when.isoformat()})]


def _journals(path: Path, book: str) -> list[bytes]:
    """Return the journals of a workbook, one a line, the last one at the end."""
    try:
        head, *lines = path.read_bytes().split(b"\n")
        header = json.loads(_decoded(head))
    except (OSError, ValueError):
        return []
    usable = isinstance(header, dict) and header.get("version") == _VERSION and header.get("book") == book
    return [line for line in lines if line] if usable else []


def _write(path: Path, book: str, journals: Sequence[bytes]) -> None:
    private_folder(path.parent)
    draft = path.with_suffix(".new")
    head = _encoded({"version": _VERSION, "book": book})
    private_file(draft).write_bytes(b"\n".join([head, *journals, b""]))
    replace(draft, path)


def _encoded(content: Mapping[str, Any]) -> bytes:
    """Return JSON on one line; a text may hold half a sign, which UTF-8 would not take."""
    return _bytes(json.dumps(content, ensure_ascii=False, separators=(",", ":")))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decoded(line: bytes) -> str:
    return line.decode("utf-8", "surrogatepass")
