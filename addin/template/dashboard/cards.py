"""The figures that open the Dashboard: each repeats a row of the table Figures."""

from __future__ import annotations

from typing import Any, Final

from addin.template import style
from addin.template.dashboard.board import CARDS, COUNT, LEFT, SHARE, Board
from addin.template.figures import number
from addin.views import dashboard
from addin.workbook.definitions import Holds
from addin.workbook.tables import BY_KEY

_HEIGHTS: Final = (24, 40, 32, 16)
_IN_A_ROW: Final = 5
_FORMS: Final[dict[str, str | int]] = {
    "growth": style.NUMBER_FORMATS[Holds.TREND],
    "core": COUNT,
    "at_stake": COUNT,
    "late": COUNT,
    "overdue": COUNT,
    "scored": COUNT,
    "held": SHARE,
    "completeness": SHARE,
    "moves": COUNT,
    "scored_on": style.NUMBER_FORMATS[Holds.DATE],
}
_LINES: Final = ("figure", "value", "note")


def build(board: Board, top: int, left: int) -> None:
    """Write the table Figures with its header in a row, and above all else the cards that repeat it."""
    board.table("figures", top, left)
    rows = board.kept["figures"]
    value = left + BY_KEY["figures"].keys.index("value")
    for place, (key, row) in enumerate(zip(dashboard.CARDS, rows, strict=False)):
        look = board.styles.body(num_format=_FORMS[key], align="left", indent=1)
        board.page.put(top + 1 + place, value, row.get("value"), look)
        line, column = divmod(place, _IN_A_ROW)
        at = CARDS + line * len(_HEIGHTS), LEFT + 2 * column
        _card(board, at, (top + 1 + place, left), row, _FORMS[key])
    n_lines = -(-len(dashboard.CARDS) // _IN_A_ROW)
    for row_number, height in enumerate(_HEIGHTS * n_lines, start=CARDS):
        board.page.worksheet.set_row(row_number, height)
    subtitle = len(dashboard.CARDS)
    look = board.styles(font_color=style.NAVY_SOFT, bg_color=style.NAVY, valign="top", indent=1)
    board.echo(1, 0, (top + 1 + subtitle, left), rows[subtitle].get("figure"), look)


def _card(board: Board, at: tuple[int, int], source: tuple[int, int], row: Any, form: str | int) -> None:
    styles = board.styles
    panel: dict[str, Any] = {
        "bg_color": style.PANEL,
        "right": 5,
        "right_color": style.WHITE,
        "indent": 1,
        "align": "left",
    }
    bar: dict[str, Any] = {"top": 5, "top_color": style.CLASS_FILLS[1]}
    looks = (
        styles(font_size=10, font_color=style.MUTED, bold=True, **panel | bar),
        styles(font_size=26, bold=True, font_color=style.NAVY, num_format=form, **panel),
        styles(font_size=9, font_color=style.MUTED, text_wrap=True, **panel | {"valign": "top"}),
    )
    for offset, (key, look) in enumerate(zip(_LINES, looks, strict=True)):
        top, left = at[0] + offset, at[1]
        board.page.worksheet.merge_range(top, left, top, left + 1, "", look)
        place = source[0], source[1] + BY_KEY["figures"].keys.index(key)
        board.echo(top, left, place, number(row.get(key)), look)
