"""The sheets that an import writes: its report, and the columns that it remembers."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.workbook import Workbook

from addin.book import column_letters
from addin.template import style
from addin.template.content import Content
from addin.template.page import LAST_ROW, Page, TableColumn
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
_TOP: Final = 3
_BAND: Final = 5
"""Last column of the title band of the narrow sheet."""


def build_imports(workbook: Workbook, styles: Styles, words: Words, content: Content) -> Page:
    """Add the sheet Imports."""
    page = Page(workbook, styles, words, words.sheet("imports"), "ImportsSheet", style.TAB_RESULTS)
    page.worksheet.set_default_row(18)
    last = len(_IMPORTS) - 1
    title, subtitle = words.text("imports", "title"), words.text("imports", "subtitle")
    page.band(title, subtitle, last, home=last - 1)  # the last column ends beyond most screens
    page.worksheet.set_row(2, 10)
    page.table("Imports", _TOP, 0, _columns(words, "imports", _IMPORTS, only_by_import=True), content.imports)
    first = page.styles.change(bold=True, font_color=style.NAVY)
    row = _TOP + 2
    item, account = (column_letters(list(_IMPORTS).index(key) + 1) for key in ("item", "account"))
    read = words.catalogue.text("imports", "item", "read").replace('"', '""')
    page.when((_TOP + 1, 0), (LAST_ROW, last), f'=${item}{row}="{read}"', first)
    page.worksheet.ignore_errors({"number_stored_as_text": f"{account}{row}:{account}{LAST_ROW + 1}"})
    page.worksheet.freeze_panes(_TOP + 1, 0)
    page.printing(header_row=_TOP)
    return page


def build_columns(workbook: Workbook, styles: Styles, words: Words, content: Content) -> Page:
    """Add the sheet Import columns."""
    page = Page(workbook, styles, words, words.sheet("import_columns"), "ImportColumnsSheet", style.TAB_RULES)
    page.worksheet.set_default_row(18)
    title, subtitle = words.text("importcolumns", "title"), words.text("importcolumns", "subtitle")
    page.band(title, subtitle, _BAND, home=_BAND)
    page.worksheet.set_column(len(_COLUMNS), _BAND, 24)
    page.worksheet.set_row(2, 10)
    columns = _columns(words, "importcolumns", _COLUMNS, only_by_import=False)
    page.table("ImportColumns", _TOP, 0, columns, content.import_columns)
    for key, kind in (("kind", "file_kind"), ("known", "known")):
        place = list(_COLUMNS).index(key)
        rule: dict[str, Any] = {"validate": "list", "source": words.listed(kind)}
        page.allow((_TOP + 1, place), (LAST_ROW, place), "list", rule)
    roles = ", ".join(words.catalogue.surface("fields")["roles"].values())
    example = words.header("accounts", "turnover")
    place = list(_COLUMNS).index("target")
    said = {
        "validate": "any",  # columns that a company added are targets too
        "input_title": words.text("importcolumns", "hint", "title"),
        "input_message": words.text("importcolumns", "hint", "text", example=example, roles=roles),
    }
    page.worksheet.data_validation(_TOP + 1, place, LAST_ROW, place, said)
    page.worksheet.freeze_panes(_TOP + 1, 0)
    page.printing(header_row=_TOP)
    return page


def _columns(
    words: Words, table: str, shapes: dict[str, tuple[float, str]], *, only_by_import: bool
) -> list[TableColumn]:
    filled = words.text("page", "only_by_import" if only_by_import else "filled_by_import")
    return [
        TableColumn(
            key,
            words.header(table, key),
            kind,
            width,
            f"{words.text('notes', table, key)}\n{filled}",
            by_refresh=only_by_import,
        )
        for key, (width, kind) in shapes.items()
    ]
