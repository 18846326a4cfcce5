"""The button Workshop sheets: a sheet for each listed participant who has none."""

from __future__ import annotations

from addin.catalogue import catalogue
from addin.excel.ballots import add_ballots
from addin.excel.live_book import LiveBook
from addin.presses import Press
from addin.workbook.located_tables import Layout

__all__ = ["press"]


def press(pressed: Press) -> str:
    """Add the sheets, and say for whom."""
    with pressed.quiet() as step:
        step("copying")
        words = catalogue(Layout(LiveBook(pressed.book).tables()).language)
        added = add_ballots(pressed.book, pressed.today)
    return words.text("workshop", "added", names=[one.participant for one in added])
