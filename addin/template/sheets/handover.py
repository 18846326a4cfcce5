"""The two charts of the sheet Handover, and the marks of its lists."""

from __future__ import annotations

from typing import Final

from xlsxwriter.workbook import Workbook

from addin.template.page import Page
from addin.template.sheets.column_chart import add_column_chart
from addin.template.sheets.listing import FIRST, TOP
from addin.template.sheets.tour import part
from addin.workbook.tables import BY_KEY

__all__ = ["finish", "finish_agenda", "finish_watch"]

_CLASSES: Final = 7
"""Rows of classes that the chart shows, ``?`` among them."""
_YEARS: Final = 3
_BY_CLASS: Final = len(BY_KEY["handoverfigures"].columns) + 1
_BY_YEAR: Final = _BY_CLASS + len(BY_KEY["handoverclasses"].columns) + 1
_BELOW: Final = FIRST + _CLASSES + 1
_HEIGHT: Final = 300


def finish(workbook: Workbook, page: Page) -> None:
    """Add the charts below the figures that they show."""
    shares = [
        _BY_CLASS + BY_KEY["handoverclasses"].keys.index(key) for key in ("share_accounts", "share_turnover")
    ]
    add_column_chart(
        workbook,
        page,
        page.words.text("handoverfigures", "by_class"),
        (FIRST, FIRST + _CLASSES - 1),
        _BY_CLASS,
        shares,
        headers=TOP,
        number_format="0%",
        at=(_BELOW, _BY_CLASS),
        size=(585, _HEIGHT),
    )
    add_column_chart(
        workbook,
        page,
        page.words.text("handoverfigures", "by_year"),
        (FIRST, FIRST + _YEARS - 1),
        _BY_YEAR,
        (_BY_YEAR + 1,),
        headers=TOP,
        number_format="#,##0",
        at=(_BELOW, _BY_YEAR),
        size=(290, _HEIGHT),
    )


def finish_watch(_: Workbook, page: Page) -> None:
    """Part the kinds of what is to be watched."""
    part(page, BY_KEY["handoverwatch"], ("watch",))


def finish_agenda(_: Workbook, page: Page) -> None:
    """Part the days."""
    part(page, BY_KEY["handoveragenda"], ("date",))
