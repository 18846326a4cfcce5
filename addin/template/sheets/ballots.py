"""The sheets that participants of a weights workshop fill in, as they ship: protected but for their cells."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook

from addin.template import style
from addin.template.page import LAST_ROW, Page, table_columns
from addin.template.style import Styles
from addin.template.words import Words
from addin.workbook.ballots import NO_POINTS
from addin.workbook.definitions import Table
from addin.workbook.tables import BY_KEY
from scoring.terms import STATUSES

__all__ = ["build_pairs", "build_points"]

_HEAD: Final = 3
"""Row of the headers of the table that says whose sheet it is."""
_SUMS: Final = 6
_BODY: Final = 8
_LINES: Final = 60
"""Rows that can be typed in: criteria, or the pairs of ten of them."""
_FRAME: Final[dict[str, Any]] = {"bg_color": style.PANEL, "border": 1, "border_color": style.NAVY_SOFT}
_OPEN: Final[dict[str, Any]] = {"locked": False, **_FRAME}
"""Cells that a participant fills in; those of the list are framed as far as it goes."""
_JUDGEMENTS: Final = [*(str(n) for n in range(9, 0, -1)), *(f"1/{n}" for n in range(2, 10))]
_ALLOWED: Final = {"select_locked_cells": True, "select_unlocked_cells": True, "format_columns": True}


def build_points(workbook: Workbook, styles: Styles, words: Words) -> Page:
    """Add the sheet of points: 100 over the criteria of each status, their sum beside what is left."""
    table = BY_KEY["points"]
    page = _begun(workbook, styles, words, BY_KEY["pointshead"], table)
    sheet = page.worksheet
    first = table.keys.index(STATUSES[0])
    rows = range(_BODY + 1, _BODY + 1 + _LINES)
    look = styles(locked=False, align="center")
    label = styles(bold=True, font_color=style.NAVY, align="right", indent=1)
    for offset, key in enumerate(("given", "left")):
        sheet.write_string(_SUMS + offset, first - 1, words.text("points", key), label)
    for column in range(first, first + len(STATUSES)):
        for row in rows:
            sheet.write_blank(row, column, None, look)
        letter = xl_col_to_name(column)
        given = f"SUM({letter}{rows[0] + 1}:{letter}{rows[-1] + 1})"
        place = f"{letter}{_SUMS + 1}"
        sheet.write_formula(_SUMS, column, f"={given}", styles(bold=True, align="center"), 0)
        few, many, done = (words.text("points", key).replace('"', '""') for key in ("few", "many", "done"))
        said = (
            f'=IF({place}=0,"",IF(ABS({place}-100)<0.000001,"{done}",'
            f'IF({place}<100,ROUND(100-{place},2)&"{few}",ROUND({place}-100,2)&"{many}")))'
        )
        asks = styles(bold=True, font_color=style.AMBER, align="center", text_wrap=True)
        sheet.write_formula(_SUMS + 1, column, said, asks, "")
    here = f"{xl_col_to_name(first)}{rows[0] + 1}"
    ends = (rows[0], first), (rows[-1], first + len(STATUSES) - 1)
    page.when(*ends, f'={here}="{NO_POINTS}"', styles.change(font_color=style.DASHES), stop=True)
    page.when(*ends, f'=$A{rows[0] + 1}<>""', styles.change(**_FRAME))
    sheet.set_row(_SUMS + 1, 32)
    return _finished(page, table)


def build_pairs(workbook: Workbook, styles: Styles, words: Words) -> Page:
    """Add the sheet of pairs: how many times heavier the first criterion is than the second."""
    table = BY_KEY["pairs"]
    page = _begun(workbook, styles, words, BY_KEY["pairshead"], table)
    sheet = page.worksheet
    how = styles(text_wrap=True, valign="top", bg_color=style.PANEL, indent=1)
    sheet.merge_range(_SUMS, 0, _SUMS, len(table.columns) - 1, words.text("pairs", "scale"), how)
    sheet.set_row(_SUMS, 62)
    column = table.keys.index("judgement")
    look = styles(locked=False, align="center", num_format="@")
    for row in range(_BODY + 1, _BODY + 1 + _LINES):
        sheet.write_blank(row, column, None, look)
    page.allow(
        (_BODY + 1, column),
        (_BODY + _LINES, column),
        "judgement",
        {"validate": "list", "source": _JUDGEMENTS},
    )
    framed = f'=$A{_BODY + 2}<>""'
    page.when((_BODY + 1, column), (_BODY + _LINES, column), framed, styles.change(**_FRAME))
    return _finished(page, table)


def _begun(workbook: Workbook, styles: Styles, words: Words, head: Table, table: Table) -> Page:
    """Begin a sheet: title, whose it is, the empty list of criteria."""
    page = Page(workbook, styles, words, words.sheet(table.sheet), f"{head.name}Sheet", style.TAB_RULES)
    sheet = page.worksheet
    sheet.hide_gridlines(2)
    last = len(table.columns) - 1
    page.band(words.text(table.key, "title"), words.text(table.key, "subtitle"), last, home=None)
    if any(column.wrapped for column in table.columns):
        sheet.set_default_row(30)
    page.table(table.name, _BODY, 0, table_columns(words, table), (), filters=False, header_height=30)
    page.table(head.name, _HEAD, 0, table_columns(words, head), (), filters=False)
    for column in range(2):
        sheet.write_blank(_HEAD + 1, column, None, styles(**_OPEN, bold=True, indent=1))
    page.check(table, _BODY + 1, LAST_ROW)
    return page


def _finished(page: Page, table: Table) -> Page:
    page.worksheet.protect("", _ALLOWED)
    page.worksheet.freeze_panes(_BODY + 1, 1)
    page.printing(last_column=len(table.columns) - 1, portrait=len(table.columns) < 4)
    return page
