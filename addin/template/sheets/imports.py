"""The sheets that an import writes: its report, and the columns that it remembers."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.workbook import Workbook

from addin.book import column_letters
from addin.template import style
from addin.template.content import Content
from addin.template.page import LAST_ROW, Page
from addin.template.sheets import listing
from addin.template.sheets.listing import TOP
from addin.template.style import Styles
from addin.template.words import Words

# Width and kind of each column.
_IMPORTS: Final[dict[str, tuple[float, str]]] = {
    "date": (13, "date"),
    "file": (35, "word"),
    "line": (9, "number"),
    "account": (14, "text"),
    "item": (31, "word"),
    "rows": (11, "count"),
    "amount": (17, "amount"),
    "note": (130, "word"),
}
_COLUMNS: Final[dict[str, tuple[float, str]]] = {
    "kind": (18, "word"),
    "source": (36, "word"),
    "target": (30, "word"),
    "known": (22, "word"),
}
_BAND: Final = 5
"""Last column of the title band of the narrow sheet."""


def build_imports(workbook: Workbook, styles: Styles, words: Words, content: Content) -> Page:
    """Add the sheet Imports."""
    page = Page(workbook, styles, words, words.sheet("imports"), "ImportsSheet", style.TAB_RESULTS)
    last = len(_IMPORTS) - 1
    listing.begin(page, "imports", last, home=last - 1)  # the last column ends beyond most screens
    columns = listing.columns(words, "imports", _IMPORTS, "only_by_import")
    page.table("Imports", TOP, 0, columns, content.imports)
    first = page.styles.change(bold=True, font_color=style.NAVY)
    row = TOP + 2
    item = column_letters(list(_IMPORTS).index("item") + 1)
    read = words.catalogue.text("imports", "item", "read").replace('"', '""')
    page.when((TOP + 1, 0), (LAST_ROW, last), f'=${item}{row}="{read}"', first)
    listing.finish(page, _IMPORTS, last_printed=last)  # a long note makes no page small
    return page


def build_columns(workbook: Workbook, styles: Styles, words: Words, content: Content) -> Page:
    """Add the sheet Import columns."""
    page = Page(workbook, styles, words, words.sheet("import_columns"), "ImportColumnsSheet", style.TAB_RULES)
    listing.begin(page, "importcolumns", _BAND, home=_BAND)
    page.worksheet.set_column(len(_COLUMNS), _BAND, 24)
    columns = listing.columns(words, "importcolumns", _COLUMNS, "filled_by_import", by_hand=True)
    page.table("ImportColumns", TOP, 0, columns, content.import_columns)
    for key, kind in (("kind", "file_kind"), ("known", "known")):
        place = list(_COLUMNS).index(key)
        rule: dict[str, Any] = {"validate": "list", "source": words.listed(kind)}
        page.allow((TOP + 1, place), (LAST_ROW, place), "list", rule)
    roles = ", ".join(words.catalogue.surface("fields")["roles"].values())
    example = words.header("accounts", "turnover")
    place = list(_COLUMNS).index("target")
    said = {
        "validate": "any",  # columns that a company added are targets too
        "input_title": words.text("importcolumns", "hint", "title"),
        "input_message": words.text("importcolumns", "hint", "text", example=example, roles=roles),
    }
    page.worksheet.data_validation(TOP + 1, place, LAST_ROW, place, said)
    listing.finish(page, _COLUMNS)
    return page
