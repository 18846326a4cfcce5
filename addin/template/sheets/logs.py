"""The sheets that a refresh writes: Checks and History."""

from __future__ import annotations

from typing import Final

from xlsxwriter.workbook import Workbook

from addin.template import style
from addin.template.content import Content
from addin.template.page import LAST_ROW, Page, TableColumn
from addin.template.style import Styles
from addin.template.words import Words

# Width and kind of each column.
_CHECKS: Final[dict[str, tuple[float, str]]] = {
    "date": (13, "date"),
    "sheet": (18, "word"),
    "cell": (10, "word"),
    "account": (13, "text"),
    "finding": (78, "word"),
    "remedy": (58, "word"),
}
_HISTORY: Final[dict[str, tuple[float, str]]] = {
    "date": (13, "date"),
    "account": (16, "text"),
    "score": (11, "score"),
    "class": (11, "word"),
    "completeness": (15, "share"),
    "model": (22, "word"),
}
_TOP: Final = 3
_WRAPPED: Final = frozenset({"finding", "remedy"})
_BAND: Final = 9


def build_checks(workbook: Workbook, styles: Styles, words: Words, content: Content) -> Page:
    """Add the sheet Checks."""
    page = Page(workbook, styles, words, words.sheet("checks"), "ChecksSheet", style.TAB_RESULTS)
    # Room for two lines in every row, those that a refresh adds too: not every program fits rows to texts.
    page.worksheet.set_default_row(32)
    last = len(_CHECKS) - 1
    page.band(words.text("checks", "title"), words.text("checks", "subtitle"), last, home=last)
    page.worksheet.set_row(2, 10)
    page.table("Checks", _TOP, 0, _columns(words, "checks", _CHECKS), content.checks)
    summary = page.styles.change(bold=True, font_color=style.NAVY)
    row = _TOP + 2
    page.when((_TOP + 1, 0), (LAST_ROW, last), f'=AND($A{row}<>"",$B{row}="")', summary)
    _finish(page, _CHECKS)
    return page


def build_history(workbook: Workbook, styles: Styles, words: Words, content: Content) -> Page:
    """Add the sheet History."""
    page = Page(workbook, styles, words, words.sheet("history"), "HistorySheet", style.TAB_RESULTS)
    page.worksheet.set_default_row(18)
    page.band(words.text("history", "title"), words.text("history", "subtitle"), _BAND, home=_BAND)
    page.worksheet.set_column(len(_HISTORY), _BAND, 12)
    page.worksheet.set_row(2, 10)
    page.table("History", _TOP, 0, _columns(words, "history", _HISTORY), content.history)
    place = list(_HISTORY).index("class")
    page.colour_classes((_TOP + 1, place), (LAST_ROW, place))
    _finish(page, _HISTORY)
    return page


def _columns(words: Words, table: str, shapes: dict[str, tuple[float, str]]) -> list[TableColumn]:
    by_refresh = words.text("page", "filled_by_refresh")
    return [
        TableColumn(
            key,
            words.header(table, key),
            kind,
            width,
            f"{words.text('notes', table, key)}\n{by_refresh}",
            by_refresh=True,
            wrap=key in _WRAPPED,
            align="center" if key in ("cell", "class") else None,
        )
        for key, (width, kind) in shapes.items()
    ]


def _finish(page: Page, shapes: dict[str, tuple[float, str]]) -> None:
    letter = chr(ord("A") + list(shapes).index("account"))
    page.worksheet.ignore_errors({"number_stored_as_text": f"{letter}{_TOP + 2}:{letter}{LAST_ROW + 1}"})
    page.worksheet.freeze_panes(_TOP + 1, 0)
    page.printing(header_row=_TOP)
