"""Accounts and turnover by class: the table Totals, as a refresh writes it."""

from __future__ import annotations

from typing import Any, Final

from addin.template import defaults, style
from addin.template.dashboard.board import CLASSES, LEFT, Board
from addin.template.figures import quoted
from addin.template.page import table_columns
from addin.views.dashboard import CLASSES as LINES
from addin.workbook.tables import BY_KEY

_TABLE: Final = BY_KEY["totals"]
TOP: Final = CLASSES + 1
FIRST: Final = TOP + 1
UNKNOWN: Final = FIRST + LINES
_TOTAL: Final = UNKNOWN + 1
LETTER, ACCOUNTS, TURNOVER = (LEFT + _TABLE.keys.index(key) for key in ("class", "accounts", "turnover"))
_LAST: Final = LEFT + len(_TABLE.keys) - 1


def build(board: Board) -> None:
    """Write the table: a line a class, one for those of whom too little is known, and the total."""
    page, styles = board.page, board.styles
    board.heading(CLASSES, board.text("by_class"), _LAST)
    board.table("totals", TOP, LEFT)
    page.worksheet.set_row(UNKNOWN, 20, None, {"collapsed": True})  # bears the [+] of the rows above
    heavy: dict[str, Any] = {"top": 1, "top_color": style.NAVY, "bold": True}
    for row, cells in enumerate(board.kept["totals"], start=FIRST):
        own = heavy if row == _TOTAL else {}
        for place, column in enumerate(table_columns(board.words, _TABLE), start=LEFT):
            chip = {"bold": True} if place == LETTER else {}
            look = styles.column(column.column.holds) | column.look() | own | chip
            page.put(row, place, cells.get(column.key), styles.body(**look))
    for row in range(FIRST + len(defaults.CLASS_LETTERS), UNKNOWN):
        # Out of the way, and out of the charts, until the company has so many classes.
        page.worksheet.set_row(row, 20, None, {"level": 1, "hidden": True})
    page.colour_classes((FIRST, LETTER), (UNKNOWN, LETTER))
    _alert(board)


def _alert(board: Board) -> None:
    """Say where a class stands that the shipped table does not show."""
    first = FIRST + len(defaults.CLASS_LETTERS)
    text = board.text("hidden")
    formula = f'=IF($B${first + 1}="","",{quoted(text)})'
    look = board.styles(font_size=9, bold=True, font_color=style.AMBER)
    shown = board.kept["totals"][first - FIRST].get("class")
    board.page.worksheet.write_formula(
        _TOTAL + 1, LETTER, formula, look, board.text("hidden") if shown else ""
    )
