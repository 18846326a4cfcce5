"""The sheets that a refresh writes: Checks and History."""

from __future__ import annotations

from typing import Final

from xlsxwriter.workbook import Workbook

from addin.template import style
from addin.template.content import Content
from addin.template.page import LAST_ROW, Page
from addin.template.sheets import listing
from addin.template.sheets.listing import TOP
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
_BAND: Final = 9


def build_checks(workbook: Workbook, styles: Styles, words: Words, content: Content) -> Page:
    """Add the sheet Checks."""
    page = Page(workbook, styles, words, words.sheet("checks"), "ChecksSheet", style.TAB_RESULTS)
    # Room for two lines in every row, those that a refresh adds too: not every program fits rows to texts.
    last = len(_CHECKS) - 1
    listing.begin(page, "checks", last, home=last, row_height=32)
    columns = listing.columns(
        words, "checks", _CHECKS, "filled_by_refresh", wrapped=("finding", "remedy"), centred=("cell",)
    )
    page.table("Checks", TOP, 0, columns, content.checks)
    summary = page.styles.change(bold=True, font_color=style.NAVY)
    row = TOP + 2
    page.when((TOP + 1, 0), (LAST_ROW, last), f'=AND($A{row}<>"",$B{row}="")', summary)
    listing.finish(page, _CHECKS)
    return page


def build_history(workbook: Workbook, styles: Styles, words: Words, content: Content) -> Page:
    """Add the sheet History."""
    page = Page(workbook, styles, words, words.sheet("history"), "HistorySheet", style.TAB_RESULTS)
    listing.begin(page, "history", _BAND, home=_BAND)
    page.worksheet.set_column(len(_HISTORY), _BAND, 12)
    columns = listing.columns(words, "history", _HISTORY, "filled_by_refresh", centred=("class",))
    page.table("History", TOP, 0, columns, content.history)
    place = list(_HISTORY).index("class")
    page.colour_classes((TOP + 1, place), (LAST_ROW, place))
    listing.finish(page, _HISTORY)
    return page
