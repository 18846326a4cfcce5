"""To remember what was written, and to take back the last of it: what the ribbon and the command share."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from addin.catalogue import Catalogue
from addin.excel.busy import patiently
from addin.log import log_failure
from addin.package.alone import alone_with
from addin.refusals import Refusal
from addin.undo.entry import Entry
from addin.undo.journal import Journal, What
from addin.undo.journal_of import journal_of
from addin.undo.places import location, undo_folder
from addin.undo.restore import Columns, Restoring, restoring
from addin.undo.stack import Stack
from addin.wall_clock import wall_clock
from addin.workbook.located_tables import Layout
from addin.workbook.port import Book, Changes, Table

if TYPE_CHECKING:
    import xlwings as xw

    from addin.package import PackageBook

__all__ = ["Undone", "Written", "cannot_undo", "remember", "said", "undo_last", "write"]


@dataclass(frozen=True, slots=True)
class Undone:
    """What was undone.

    Attributes
    ----------
    what, when
        What it was, and the moment when it was done.
    found
        What was put back, and what was left.
    language
        Language of the workbook.
    """

    what: What
    when: dt.datetime
    found: Restoring
    language: str


@dataclass(frozen=True, slots=True)
class Written:
    """Whether anything was written, and whether it can be undone if so."""

    written: bool
    can_undo: bool


def write(
    port: Book, place: Path | xw.Book, tables: Sequence[Table], changes: Changes, what: What
) -> Written:
    """Write to a workbook, and keep what was written so that it can be undone.

    What was written stands: that it cannot be undone does not make it a
    failure, but has to be said, with :func:`cannot_undo`.

    Parameters
    ----------
    port
        The workbook.
    place
        The file, or the workbook that is open in Excel.
    tables
        All tables as they are before.
    changes
        What to write.
    what
        What writes it.
    """
    if isinstance(place, Path):
        from addin.package import PackageBook
        from addin.undo.file_keeper import FileKeeper

        assert isinstance(port, PackageBook)
        stack = Stack(undo_folder(), location(place))
        keeper = FileKeeper(stack, place, tables, changes, what)
        with keeper:
            written = port.apply(changes, witness=keeper)
        return Written(written, can_undo=keeper.can_undo)
    if not port.apply(changes):
        return Written(written=False, can_undo=True)
    return Written(written=True, can_undo=remember(place, tables, changes, port.inverse, what))


def remember(book: xw.Book, tables: Sequence[Table], written: Changes, inverse: Changes, what: What) -> bool:
    """Keep what was written in Excel so that it can be undone, and say whether that worked.

    Parameters
    ----------
    book
        The workbook that is open in Excel.
    tables
        All tables as they were before.
    written, inverse
        What was written, and what puts it back.
    what
        What wrote it.
    """
    try:
        place = patiently(lambda: location(book))
        with alone_with(place, str(book.name)):
            Stack(undo_folder(), place).put(journal_of(place, tables, written, inverse, what))
    except (OSError, Refusal) as failure:
        log_failure(failure)
        return False
    return True


def cannot_undo(what: What, words: Catalogue) -> str:
    """Say that something was done that could not be remembered."""
    return words.text("ribbon", "undo", f"no_{what}")


def undo_last(book: Path | xw.Book, progress: Callable[[str], None]) -> Undone:
    """Put back what the last refresh or import of a workbook replaced.

    Parameters
    ----------
    book
        The file, or the workbook that is open in Excel.
    progress
        Called with the name of each step: ``"reading"``, ``"writing"``.

    Raises
    ------
    Refusal
        If there is nothing to undo, or something stands in the way.
    """
    stack = Stack(undo_folder(), location(book))
    port, package, spelled = _port(book)
    if package is not None:
        stack.settle(package.digest)
    entry, journal = _last(stack)
    progress("reading")
    tables = port.tables()
    while True:
        found = restoring(journal, tables, spelled, in_file=isinstance(book, Path))
        if not found.is_empty:
            break
        stack.drop(entry)  # so that the one before is not out of reach
        if not entry.is_begun:
            raise Refusal("undo_overtaken", **_moment(journal.when))
        entry, journal = _last(stack)  # it was never written, or nothing of it is left
    progress("writing")
    if package is not None:
        package.apply(found.changes, witness=_Undoing(stack, entry))
    else:
        port.apply(found.changes)
        stack.drop(entry)
    return Undone(journal.what, wall_clock(journal.when), found, Layout(tables).language)


def _last(stack: Stack) -> tuple[Entry, Journal]:
    """Return what was written last, as far as it is known.

    Raises
    ------
    Refusal
        If there is nothing, or nothing that can be read. Another try then finds what came before.
    """
    entry = stack.top()
    if entry is None:
        raise Refusal("nothing_to_undo")
    when = _moment(entry.when)
    if entry.is_gap:
        stack.drop(entry)
        raise Refusal("undo_gap", **when)
    try:
        return entry, entry.journal()
    except ValueError as failure:
        stack.set_aside(entry)
        raise Refusal("undo_unreadable", **when) from failure


class _Undoing:
    """Takes note that an entry is taken back, as the workbook is replaced."""

    def __init__(self, stack: Stack, entry: Entry) -> None:
        self._stack, self._entry = stack, entry

    def begin(self, _: Changes, __: str, after: str) -> None:
        with contextlib.suppress(OSError):  # without the mark the cells themselves tell
            self._stack.mark_undoing(self._entry, after)

    def complete(self) -> None:
        self._stack.drop(self._entry)


def _port(book: Path | xw.Book) -> tuple[Book, PackageBook | None, Callable[[Table], Columns]]:
    """Return the port of a workbook, the same if it is a file, and what gives a table with its formulas."""
    if isinstance(book, Path):
        from addin.package import PackageBook

        package = PackageBook(book)
        return package, package, package.spelled

    from addin.excel.cells import Block
    from addin.excel.live_book import LiveBook

    def spelled(table: Table) -> Columns:
        sheet = book.sheets[table.sheet]
        block = Block(sheet, table.top, table.left, table.n_rows, len(table.headers))
        return block.read_formulas(table.columns)

    return LiveBook(book), None, spelled


def _moment(when: dt.datetime) -> dict[str, object]:
    when = wall_clock(when)
    return {"date": when, "time": when.strftime("%H:%M")}


def said(undone: Undone, words: Catalogue) -> list[str]:
    """Say what was undone, and what was left, in a sentence each."""

    def text(key: str, **details: object) -> str:
        return words.text("ribbon", "undo", key, **details)

    found = undone.found
    sheets = list(dict.fromkeys(found.sheets))
    done = [
        text(key, count=count, sheets=sheets)
        for key, count in (
            ("cells", found.n_cells),
            ("accounts", found.n_accounts),
            ("rows", found.n_rows),
            ("shown", len(found.changes.sheets)),
        )
        if count
    ]
    left = {"left": found.n_left, "accounts_left": found.n_accounts_left, "rows_left": found.n_rows_left}
    first = text(undone.what, done=text("joint").join(done), **_moment(undone.when))
    return [first, *(text(key, count=count) for key, count in left.items() if count)]
