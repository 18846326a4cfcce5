"""To remember what was written, and to take back the last of it: what the ribbon and the command share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from addin.catalogue import Catalogue
from addin.excel.busy import patiently
from addin.log import log_failure
from addin.refusals import Refusal
from addin.undo.journal import What, journal_of
from addin.undo.restore import Columns, Restoring, restoring
from addin.undo.stack import forget, location, recall, store, undo_folder, unremembered
from addin.workbook.located_tables import Layout
from addin.workbook.port import Book, Changes, Table

if TYPE_CHECKING:
    import xlwings as xw

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
    if not port.apply(changes):
        return Written(written=False, can_undo=True)
    return Written(written=True, can_undo=remember(place, tables, changes, port.inverse, what))


def remember(
    book: Path | xw.Book, tables: Sequence[Table], written: Changes, inverse: Changes, what: What
) -> bool:
    """Keep what was written so that it can be undone, and say whether that worked.

    Parameters
    ----------
    book
        The file that was written to, or the workbook that is open in Excel.
    tables
        All tables as they were before.
    written, inverse
        What was written, and what puts it back.
    what
        What wrote it.
    """
    try:
        in_file = isinstance(book, Path)
        place = patiently(lambda: location(book))
        store(undo_folder(), journal_of(place, tables, written, inverse, what, in_file=in_file))
    except OSError as failure:
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
    port, spelled = _port(book)
    folder, place = undo_folder(), location(book)
    gap = unremembered(folder, place)
    if gap is not None:
        forget(folder, place)
        raise Refusal("undo_gap", **_moment(gap))
    journal = recall(folder, place)
    if journal is None:
        raise Refusal("nothing_to_undo")
    progress("reading")
    tables = port.tables()
    found = restoring(journal, tables, spelled, in_file=isinstance(book, Path))
    if found.is_empty:
        forget(folder, place)  # so that the one before is not out of reach
        raise Refusal("undo_overtaken", **_moment(journal.when))
    progress("writing")
    port.apply(found.changes)
    forget(folder, place)
    return Undone(journal.what, journal.when.astimezone(), found, Layout(tables).language)


def _port(book: Path | xw.Book) -> tuple[Book, Callable[[Table], Columns]]:
    """Return the port of a workbook, and what gives the cells of a table with their formulas."""
    if isinstance(book, Path):
        from addin.package import PackageBook

        package = PackageBook(book)
        return package, package.spelled

    from addin.excel.cells import Block
    from addin.excel.live_book import LiveBook

    def spelled(table: Table) -> Columns:
        sheet = book.sheets[table.sheet]
        block = Block(sheet, table.top, table.left, table.n_rows, len(table.headers))
        return block.read_formulas(table.columns)

    return LiveBook(book), spelled


def _moment(when: dt.datetime) -> dict[str, object]:
    when = when.astimezone()
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
