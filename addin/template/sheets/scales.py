"""The sheet Scales: how a value becomes points."""

from __future__ import annotations

from typing import Final

from xlsxwriter.workbook import Workbook

from addin.template import defaults, style
from addin.template.content import Row
from addin.template.page import LAST_ROW, Page, table_columns
from addin.template.style import Styles
from addin.template.words import Words
from addin.workbook.tables import ACCOUNTS, BY_KEY

_TABLE: Final = BY_KEY["scales"]
_KEYS: Final = _TABLE.keys
_TOP: Final = 4
_FIRST: Final = _TOP + 1
_BAND: Final = 6


def build(workbook: Workbook, styles: Styles, words: Words) -> Page:
    """Add the sheet Scales."""
    page = Page(workbook, styles, words, words.sheet("scales"), "ScalesSheet", style.TAB_RULES)
    page.worksheet.set_default_row(18)
    page.band(words.text("scales", "title"), words.text("scales", "subtitle"), _BAND, home=_BAND)
    page.worksheet.set_column(len(_KEYS), _BAND, 15)
    page.worksheet.set_row(2, 56)
    page.worksheet.merge_range(
        2,
        0,
        2,
        _BAND,
        words.text("scales", "hint"),
        styles(font_color=style.MUTED, italic=True, text_wrap=True, indent=1),
    )
    page.worksheet.set_row(3, 6)
    rows = defaults.scales(words)
    page.table(_TABLE.name, _TOP, 0, table_columns(words, _TABLE), rows)
    page.worksheet.freeze_panes(_FIRST, 0)
    _values(page, rows)
    points = _KEYS.index("points")
    again = page.styles.change(font_color=style.MUTED)
    page.when((_FIRST, 0), (LAST_ROW, 0), f"=$A{_FIRST + 1}=$A{_FIRST}", again)
    page.bars((_FIRST, points), (LAST_ROW, points), 10, style.CLASS_FILLS[3])
    page.check(_TABLE, _FIRST, LAST_ROW)
    page.printing(header_row=_TOP, portrait=True)
    return page


def _values(page: Page, rows: list[Row]) -> None:
    """Write the values again, each in the format of the column that it measures."""
    measured = [key for key, size in defaults.SCALE_SIZES.items() for _ in range(size)]
    for row, (key, cells) in enumerate(zip(measured, rows, strict=True), start=_FIRST):
        form = style.NUMBER_FORMATS.get(ACCOUNTS[key].holds, "General")
        look = page.styles.body(num_format=form, align="right")
        page.put(row, _KEYS.index("value"), cells["value"], look)
