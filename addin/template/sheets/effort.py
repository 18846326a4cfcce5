"""The chart of the sheet Effort: hours spent with each class beside what it brings."""

from __future__ import annotations

from typing import Final

from xlsxwriter.workbook import Workbook

from addin.template import style
from addin.template.page import LAST_ROW, Page
from addin.template.sheets.column_chart import add_column_chart
from addin.template.sheets.listing import FIRST, TOP
from addin.workbook.tables import BY_KEY

_ROWS: Final = 7
"""Classes behind the chart, ``?`` among them."""
_LEFT: Final = len(BY_KEY["effort"].columns) + 1
_WIDTH, _HEIGHT = 424, 300
"""Pixels: as wide as the columns above."""


def finish(workbook: Workbook, page: Page) -> None:
    """Add the chart below the figures that it shows, and set the sums of the list apart."""
    total = page.styles.change(bold=True, bg_color=style.PANEL, top=1, top_color=style.NAVY)
    columns = len(BY_KEY["effort"].columns) - 1
    page.when((FIRST, 0), (LAST_ROW, columns), f'=AND($A{FIRST + 1}<>"",$B{FIRST + 1}="")', total)
    add_column_chart(
        workbook,
        page,
        page.words.text("effort", "chart"),
        (FIRST, FIRST + _ROWS - 1),
        _LEFT,
        (_LEFT + 1, _LEFT + 2),
        headers=TOP,
        number_format="0%",
        at=(FIRST + _ROWS + 1, _LEFT),
        size=(_WIDTH, _HEIGHT),
    )
