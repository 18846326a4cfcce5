"""Sheets for the participants of a weights workshop, added to the open workbook."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING

from addin.catalogue import catalogue
from addin.excel.cells import is_shown
from addin.excel.live_book import LiveBook
from addin.refusals import Refusal
from addin.workbook.located_tables import Layout
from addin.workbook.new_ballots import NewBallot, ballots_for, blank_sheet, filled
from addin.workbook.port import Changes, SheetShown
from addin.workbook.read_workbook import take_in
from addin.workbook.workshop_people import comments_of, people_without_sheet

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["add_ballots"]


def add_ballots(book: xw.Book, today: dt.date) -> list[NewBallot]:
    """Add a sheet for each listed participant who has none, and return what was added.

    Each is a copy of the sheet that ships blank. It is shown while it is copied, since Excel copies
    no sheet that is out of the way, and open while it is filled in.

    Raises
    ------
    Refusal
        If nobody is without a sheet, the model cannot be used, or Excel does not copy a sheet.
    """
    layout = Layout(LiveBook(book).tables())
    words = catalogue(layout.language)
    people = people_without_sheet(layout)
    if not people:
        raise Refusal("workshop_nothing", sheet=words.sheet("workshop"))
    model = take_in(layout, today).model
    if model is None:
        raise Refusal("workshop_faults")
    ballots = ballots_for(people, layout, model, [sheet.name for sheet in book.sheets], words)
    sources = {one.method: blank_sheet(layout, one.method).table.sheet for one in ballots}
    before = {sheet.name for sheet in book.sheets}
    try:
        for ballot in ballots:
            _copy(book, sources[ballot.method], ballot.sheet)
        live = LiveBook(book)
        live.apply(filled(ballots, live.tables(), model, comments_of(layout), layout.language))
        for ballot in ballots:
            _protect(book.sheets[ballot.sheet], on=True)
    except Exception as failure:  # whatever Excel throws on this system: no half-made sheet may stay
        for sheet in [sheet for sheet in book.sheets if sheet.name not in before]:
            sheet.delete()
        if isinstance(failure, Refusal):
            raise
        raise Refusal("excel_declines", sheet=ballots[0].sheet) from failure
    return ballots


def _copy(book: xw.Book, source: str, name: str) -> None:
    """Copy a sheet behind the last one, and take the protection off the copy."""
    sheet = book.sheets[source]
    hidden = not is_shown(sheet)
    live = LiveBook(book)
    if hidden:
        live.apply(Changes(sheets=[SheetShown(source, shown=True)]))
    try:
        added = sheet.copy(after=book.sheets[len(book.sheets) - 1], name=name)
    finally:
        if hidden:
            live.apply(Changes(sheets=[SheetShown(source, shown=False)]))
    _protect(added, on=False)


def _protect(sheet: xw.Sheet, *, on: bool) -> None:
    """Protect a sheet, or take its protection off; a Mac has other names for it."""
    names = ("Unprotect", "Protect") if sys.platform != "darwin" else ("unprotect", "protect_worksheet")
    getattr(sheet.api, names[on])()
