"""The line Sort requests: refreshes, then puts the log of requests in the order in which to answer them."""

from __future__ import annotations

from addin.excel.live_book import LiveBook
from addin.presses import Press
from addin.presses.scored import score_book
from addin.refusals import Refusal
from addin.undo.last import write
from addin.uses.sorted_requests import sorted_requests
from addin.workbook.located_tables import Layout

__all__ = ["press"]


def press(pressed: Press) -> str:
    """Show the call desk with fresh priorities, and sort its log."""
    said = score_book(pressed, {"call": {}})
    live = LiveBook(pressed.book)
    with pressed.quiet() as step:
        step("reading")
        tables = live.tables()
        layout = Layout(tables)
        if "requests" not in layout.named:
            raise Refusal("no_log")
        step("writing")
        done = write(live, pressed.book, tables, sorted_requests(layout), "refresh")
    if done.written:  # what is said of a cell names where it stands now
        score_book(pressed, {"call": {}})
    return said
