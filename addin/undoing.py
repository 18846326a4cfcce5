"""To remember what was written, and to take back the last of it: what the ribbon and the command share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from addin.book import Book, Changes, Table
from addin.catalogue import Catalogue
from addin.journals import forget, location, recall, store, undo_folder
from addin.layout import Layout
from addin.log import log_failure
from addin.refusals import Refusal
from addin.undo import Columns, Journal, Restoring, What, journal_of, restoring

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["Undone", "cannot_undo", "remember", "said", "undo_last"]


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


def remember(
    book: Path | xw.Book, tables: Sequence[Table], written: Changes, inverse: Changes, what: What
) -> bool:
    """Keep what was written so that it can be undone, and say whether that worked.

    What was written stands: that it cannot be undone must not make it a
    failure, but has to be said, with :func:`cannot_undo`.

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
        store(undo_folder(), journal_of(location(book), tables, written, inverse, what, in_file=in_file))
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
    journal = recall(folder, place)
    if journal is None:
        raise Refusal("nothing_to_undo")
    progress("reading")
    tables = port.tables()
    found = restoring(journal, tables, spelled, in_file=isinstance(book, Path))
    if found.is_empty:
        forget(folder, place)  # so that the one before is not out of reach
        raise Refusal("undo_overtaken", **_moment(_when(journal)))
    progress("writing")
    port.apply(found.changes)
    forget(folder, place)
    return Undone(journal["what"], _when(journal), found, Layout(tables).language)


def _port(book: Path | xw.Book) -> tuple[Book, Callable[[Table], Columns]]:
    """Return the port of a workbook, and what gives the cells of a table with their formulas."""
    if isinstance(book, Path):
        from addin.package import PackageBook

        package = PackageBook(book)
        return package, package.spelled

    from addin.live_book import LiveBook
    from addin.live_cells import Block

    def spelled(table: Table) -> Columns:
        sheet = book.sheets[table.sheet]
        block = Block(sheet, table.top, table.left, table.n_rows, len(table.headers))
        return block.read_formulas(table.columns)

    return LiveBook(book), spelled


def _when(journal: Journal) -> dt.datetime:
    return dt.datetime.fromisoformat(journal["when"]).astimezone()


def _moment(when: dt.datetime) -> dict[str, object]:
    return {"date": when, "time": when.strftime("%H:%M")}


def said(undone: Undone, words: Catalogue) -> list[str]:
    """Say what was undone, and what was left, in a sentence each."""

    def text(key: str, **details: object) -> str:
        return words.text("ribbon", "undo", key, **details)

    found = undone.found
    sheets = list(dict.fromkeys(found.sheets))
    done = [
        text(key, count=count, sheets=sheets)
        for key, count in (("cells", found.n_cells), ("accounts", found.n_accounts), ("rows", found.n_rows))
        if count
    ]
    left = {"left": found.n_left, "accounts_left": found.n_accounts_left, "rows_left": found.n_rows_left}
    first = text(undone.what, done=text("joint").join(done), **_moment(undone.when))
    return [first, *(text(key, count=count) for key, count in left.items() if count)]
