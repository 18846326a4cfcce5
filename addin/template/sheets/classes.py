"""The sheet Classes: what each class means, and under it the gates that cap a class."""

from __future__ import annotations

from typing import Final

from xlsxwriter.workbook import Workbook

from addin.template import defaults, style
from addin.template.page import LAST_ROW, Page, table_columns
from addin.template.style import Styles
from addin.template.words import Words
from addin.workbook.tables import BY_KEY

_TABLE: Final = BY_KEY["classes"]
_GATES: Final = BY_KEY["gates"]
_KEYS: Final = _TABLE.keys
_TOP: Final = 3
_FIRST: Final = _TOP + 1
_GATES_LEFT: Final = _KEYS.index("visits")
_GATES_TOP: Final = _FIRST + defaults.MOST_CLASSES + 4
_LAST_CLASS: Final = _GATES_TOP - 3


def build(workbook: Workbook, styles: Styles, words: Words) -> Page:
    """Add the sheet Classes with its two tables."""
    page = Page(workbook, styles, words, words.sheet("classes"), "ClassesSheet", style.TAB_RULES)
    last = len(_KEYS) - 1
    page.band(words.text("classes", "title"), words.text("classes", "subtitle"), last, home=last)
    page.worksheet.set_row(2, 10)
    rows = defaults.classes(words)
    bottom = page.table(
        _TABLE.name, _TOP, 0, table_columns(words, _TABLE), rows, header_height=36, filters=False
    )
    for row in range(_FIRST, bottom + 1):
        page.worksheet.set_row(row, 50)
    page.colour_classes((_FIRST, 0), (_LAST_CLASS, 0))
    page.check(_TABLE, _FIRST, _LAST_CLASS)
    _gates(page)
    page.printing()
    return page


def _gates(page: Page) -> None:
    words, styles, sheet = page.words, page.styles, page.worksheet
    heading = _GATES_TOP - 1
    sheet.set_row(heading, 26)
    for place in range(len(_KEYS)):
        sheet.write_blank(heading, place, None, styles(top=2, top_color=style.NAVY))
    sheet.write_string(
        heading,
        0,
        words.text("gates", "title"),
        styles(top=2, top_color=style.NAVY, bold=True, font_size=14, font_color=style.NAVY),
    )
    sheet.merge_range(
        _GATES_TOP,
        0,
        _GATES_TOP + 5,
        _GATES_LEFT - 1,
        words.text("gates", "text"),
        styles(text_wrap=True, valign="top", font_color=style.MUTED),
    )
    bottom = page.table(
        _GATES.name,
        _GATES_TOP,
        _GATES_LEFT,
        table_columns(words, _GATES),
        defaults.gates(words),
        header_height=36,
        filters=False,
    )
    first = _GATES_TOP + 1
    for row in range(first, bottom + 1):
        sheet.set_row(row, 22)
    best = _GATES_LEFT + _GATES.keys.index("best_class")
    page.colour_classes((first, best), (LAST_ROW, best))
    page.check(_GATES, first, LAST_ROW, _GATES_LEFT)
