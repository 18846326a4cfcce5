"""The sheets that a refresh writes: Checks and History."""

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
from addin.workbook.tables import BY_KEY

_CHECKS: Final = BY_KEY["checks"]
_HISTORY: Final = BY_KEY["history"]
_BAND: Final = 9


def build_checks(workbook: Workbook, styles: Styles, words: Words, content: Content) -> Page:
    """Add the sheet Checks."""
    # Room for two lines in every row, those that a refresh adds too: not every program fits rows to texts.
    rows = content.kept.get(_CHECKS.key, ())
    page = listing.build(workbook, styles, words, _CHECKS, rows, tab=style.TAB_RESULTS, row_height=32)
    summary = page.styles.change(bold=True, font_color=style.NAVY)
    row = FIRST + 1
    last = len(_CHECKS.columns) - 1
    page.when((FIRST, 0), (LAST_ROW, last), f'=AND($A{row}<>"",$B{row}="")', summary)
    return page


def build_history(workbook: Workbook, styles: Styles, words: Words, content: Content) -> Page:
    """Add the sheet History."""
    rows = content.kept.get(_HISTORY.key, ())
    return listing.build(workbook, styles, words, _HISTORY, rows, tab=style.TAB_RESULTS, band=_BAND)
