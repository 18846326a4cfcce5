"""The sheets that an import writes: its report, and the columns that it remembers."""

from __future__ import annotations

from typing import Final

from xlsxwriter.workbook import Workbook

from addin.template import style
from addin.template.content import Content
from addin.template.page import LAST_ROW, Page
from addin.template.sheets import listing
from addin.template.sheets.listing import FIRST
from addin.template.style import Styles
from addin.template.words import Words
from addin.workbook.port import column_letters
from addin.workbook.tables import BY_KEY

_REPORT: Final = BY_KEY["imports"]
_COLUMNS: Final = BY_KEY["importcolumns"]


def build_imports(workbook: Workbook, styles: Styles, words: Words, content: Content) -> Page:
    """Add the sheet Imports."""
    last = len(_REPORT.columns) - 1
    page = listing.build(
        workbook,
        styles,
        words,
        _REPORT,
        content.kept.get(_REPORT.key, ()),
        tab=style.TAB_RESULTS,
        home=last - 1,  # the last column ends beyond most screens
        last_printed=last,  # a long note makes no page small
    )
    first = page.styles.change(bold=True, font_color=style.NAVY)
    item = column_letters(_REPORT.keys.index("item") + 1)
    read = words.catalogue.text("imports", "item", "read").replace('"', '""')
    page.when((FIRST, 0), (LAST_ROW, last), f'=${item}{FIRST + 1}="{read}"', first)
    return page


def build_columns(workbook: Workbook, styles: Styles, words: Words, content: Content) -> Page:
    """Add the sheet Import columns."""
    rows = content.kept.get(_COLUMNS.key, ())
    page = listing.build(workbook, styles, words, _COLUMNS, rows, tab=style.TAB_RULES)
    example = words.header("accounts", "turnover")
    place = _COLUMNS.keys.index("target")
    said = {
        "validate": "any",  # columns that a company added are targets too
        "input_title": words.text("importcolumns", "hint", "title"),
        "input_message": words.text("importcolumns", "hint", "text", example=example),
    }
    page.worksheet.data_validation(FIRST, place, LAST_ROW, place, said)
    return page
