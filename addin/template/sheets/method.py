"""The look of the method sheet: one page, the weights as bars."""

from __future__ import annotations

from typing import Final

from xlsxwriter.workbook import Workbook

from addin.template import style
from addin.template.page import LAST_ROW, Page
from addin.template.sheets.listing import FIRST
from addin.workbook.tables import BY_KEY

__all__ = ["finish"]

_WEIGHT: Final = BY_KEY["method"].keys.index("weight")
_PAGE: Final = 70
"""Rows that are printed on the page: more than any model fills."""


def finish(_: Workbook, page: Page) -> None:
    """Draw the weights as bars, set the topics apart, and print the page alone."""
    page.bars((FIRST, _WEIGHT), (LAST_ROW, _WEIGHT), 0.5, style.CLASS_FILLS[3])
    topic = page.styles.change(bold=True, font_color=style.NAVY)
    page.when((FIRST, 0), (LAST_ROW, 0), f'=$A{FIRST + 1}<>""', topic)
    page.printing(last_column=_WEIGHT, last_row=FIRST + _PAGE, portrait=True)
    page.worksheet.fit_to_pages(1, 1)
