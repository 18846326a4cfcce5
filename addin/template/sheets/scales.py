"""The sheet Scales: how a value becomes points."""

from __future__ import annotations

from typing import Final

from xlsxwriter.workbook import Workbook

from addin.template import defaults, style
from addin.template.content import Row
from addin.template.page import LAST_ROW, Page, TableColumn
from addin.template.style import Styles
from addin.template.words import Words

_WIDTHS: Final = {"criterion": 34, "value": 20, "points": 22}
_KEYS: Final = tuple(_WIDTHS)
_TOP: Final = 4
_FIRST: Final = _TOP + 1
_BAND: Final = 6
_SHOWN_AS: Final = {"turnover": "money", "potential": "money", "potential_new": "money", "trend": "trend"}


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
    page.table("Scales", _TOP, 0, _columns(words), rows)
    page.worksheet.freeze_panes(_FIRST, 0)
    _values(page, rows)
    criterion, points = _KEYS.index("criterion"), _KEYS.index("points")
    again = page.styles.change(font_color=style.MUTED)
    page.when((_FIRST, 0), (LAST_ROW, 0), f"=$A{_FIRST + 1}=$A{_FIRST}", again)
    page.bars((_FIRST, points), (LAST_ROW, points), 10, style.CLASS_FILLS[3])
    page.allow(
        (_FIRST, criterion),
        (LAST_ROW, criterion),
        "criterion",
        {"validate": "list", "source": "=CriteriaNames", "error_type": "warning"},
    )
    page.allow(
        (_FIRST, points),
        (LAST_ROW, points),
        "points",
        {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 10},
    )
    page.printing(header_row=_TOP, portrait=True)
    return page


def _columns(words: Words) -> list[TableColumn]:
    return [
        TableColumn(
            key,
            words.header("scales", key),
            "word" if key == "criterion" else "number",
            width,
            words.text("notes", "scales", key),
        )
        for key, width in _WIDTHS.items()
    ]


def _values(page: Page, rows: list[Row]) -> None:
    """Write the values again, each in the format of the column that it measures."""
    kinds = [_SHOWN_AS.get(key, "number") for key, size in defaults.SCALE_SIZES.items() for _ in range(size)]
    for row, (kind, cells) in enumerate(zip(kinds, rows, strict=True), start=_FIRST):
        look = page.styles.body(num_format=style.NUMBER_FORMATS[kind], align="right")
        page.put(row, _KEYS.index("value"), cells["value"], look)
