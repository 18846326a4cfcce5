"""The button Check: lists on the sheet Checks what cannot be used, and writes no result."""

from __future__ import annotations

from addin.catalogue import catalogue
from addin.excel.front import to_front
from addin.excel.live_book import LiveBook
from addin.presses import Press
from addin.refresh.score_tables import check_tables
from addin.reports.message_box import checked
from addin.workbook.located_tables import Layout

__all__ = ["press"]


def press(pressed: Press) -> str:
    """Check the workbook, bring the sheet Checks to the front where it lists anything, and say how much."""
    live = LiveBook(pressed.book)
    with pressed.quiet() as step:
        step("reading")
        tables = live.tables()
        step("checking")
        scoring = check_tables(tables, pressed.today)
        live.apply(scoring.changes)
    checks = Layout(tables).named.get("checks")
    if checks is not None and scoring.report.findings:
        to_front(pressed.book.sheets[checks.table.sheet])
    return checked(scoring.report, catalogue(scoring.report.language))
