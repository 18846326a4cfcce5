"""What the sheets of the strategies have beside their tables: sums, bars, and the names of the strategies."""

from __future__ import annotations

from typing import Final

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook

from addin.template import style
from addin.template.page import LAST_ROW, Page
from addin.template.sheets.listing import BEHIND, FIRST
from addin.workbook.tables import BY_KEY
from addin.workbook.uses.strategies import SLOTS

__all__ = ["finish", "finish_accounts", "finish_effect"]

_NAMES_ROW: Final = 1
"""The second row of the band: below it stands what is said of the list."""
_NAMES_LEFT: Final = BEHIND + 2
"""Where the names of the strategies stand out of sight: the first table behind the list."""


def finish(_: Workbook, page: Page) -> None:
    """Mark the weights that differ from those in force."""
    table = BY_KEY["strategies"]
    first = table.keys.index("current") + 1
    here, current = xl_col_to_name(first), xl_col_to_name(first - 1)
    row = FIRST + 1
    look = page.styles.change(bold=True, font_color=style.NAVY)
    formula = f'=AND(${current}{row}<>"",{here}{row}<>"",{here}{row}<>${current}{row})'
    page.when((FIRST, first), (LAST_ROW, first + SLOTS - 1), formula, look)


def finish_effect(_: Workbook, page: Page) -> None:
    """Draw the shares as bars, and grey the pairs in which nothing changes."""
    totals, moves = BY_KEY["strategytotals"], BY_KEY["strategymoves"]
    share = totals.keys.index("share")
    page.bars((FIRST, share), (LAST_ROW, share), 1, style.CLASS_FILLS[3])
    left = len(totals.columns) + 1
    before, after = (xl_col_to_name(left + moves.keys.index(key)) for key in ("from", "to"))
    row = FIRST + 1
    same = f'=AND(${before}{row}<>"",${before}{row}=${after}{row})'
    muted = page.styles.change(font_color=style.DASHES)
    for key in ("strategy", "accounts", "turnover"):
        place = left + moves.keys.index(key)
        page.when((FIRST, place), (LAST_ROW, place), same, muted)


def finish_accounts(_: Workbook, page: Page) -> None:
    """Show above each column the name of its strategy."""
    first = BY_KEY["strategyaccounts"].keys.index("strategy_1")
    page.worksheet.set_row(_NAMES_ROW, 32)
    look = page.styles(bold=True, font_color=style.WHITE, bg_color=style.NAVY, align="center", text_wrap=True)
    for place in range(SLOTS):
        page.echo(_NAMES_ROW, first + place, (1, _NAMES_LEFT + place), "", look)
