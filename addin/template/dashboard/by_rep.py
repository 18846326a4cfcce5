"""Reps: accounts of each class, turnover against last year, load. The sheet repeats the table RepLines."""

from __future__ import annotations

from typing import Any, Final

from addin.template import style
from addin.template.dashboard import by_class
from addin.template.dashboard.board import COUNT, REPS, SHARE, SMALL, Board
from addin.template.figures import number
from addin.views.dashboard import CARDS
from addin.views.rep_lines import LINES
from addin.workbook.definitions import Holds
from addin.workbook.tables import BY_KEY

_TABLE: Final = BY_KEY["replines"]
_FIRST: Final = REPS + 3
_CLASSES: Final = ("first", "second", "third", "fourth")
_FIGURES: Final = (*_CLASSES, "others", "turnover", "growth", "load")
_COLUMNS: Final[dict[str, tuple[int, int]]] = {
    "rep": (1, 2),
    **{key: (place, place) for place, key in enumerate(_FIGURES, start=3)},
}


def build(board: Board, top: int, left: int, figures: tuple[int, int]) -> int:
    """Write the lines; the tables RepLines and Figures stand elsewhere; return the first free column."""
    board.heading(REPS, board.text("by_rep"))
    board.table("replines", top, left)
    said = figures[0] + 1 + len(CARDS) + 1
    shown = board.kept["figures"][len(CARDS) + 1].get("figure")
    board.echo(REPS + 1, 1, (said, figures[1]), shown, board.styles(**SMALL))
    _headers(board)
    forms = {"growth": style.NUMBER_FORMATS[Holds.TREND], "load": SHARE}
    for offset, row in enumerate(board.kept["replines"]):
        heavy: dict[str, Any] = {"top": 1, "top_color": style.NAVY, "bold": True} if offset == LINES else {}
        for key, (first, last) in _COLUMNS.items():
            align = {"align": "left", "indent": 1} if key == "rep" else {"align": "right"}
            look = board.styles.body(num_format=forms.get(key, COUNT), **align, **heavy)
            if first != last:
                board.page.worksheet.merge_range(_FIRST + offset, first, _FIRST + offset, last, "", look)
            source = top + 1 + offset, left + _TABLE.keys.index(key)
            board.echo(_FIRST + offset, first, source, number(row.get(key)), look)
    _alarm(board)
    return left + len(_TABLE.keys) + 1


def _headers(board: Board) -> None:
    """Write the headers: the letters of the classes as the table by class has them."""
    look = board.styles(**SMALL, align="right")
    for place, key in enumerate(_CLASSES):
        source = by_class.FIRST + place, by_class.LETTER
        letter = board.kept["totals"][place].get("class")
        centred = board.styles(bold=True, align="right")
        board.echo(REPS + 2, _COLUMNS[key][0], source, letter, centred)
    for key in ("others", "turnover", "growth", "load"):
        text = board.words.text("dashboard", "reps", key)
        board.page.worksheet.write_string(REPS + 2, _COLUMNS[key][0], text, look)
    board.write(REPS + 2, 1, board.words.text("dashboard", "reps", "rep"), **SMALL, indent=1)


def _alarm(board: Board) -> None:
    """Mark loads beyond what a rep can do, and what falls."""
    load, growth = (_COLUMNS[key][0] for key in ("load", "growth"))
    amber = board.styles.change(bold=True, font_color=style.AMBER)
    for column, condition in ((load, ">1"), (growth, "<0")):
        first = f"{chr(ord('A') + column)}{_FIRST + 1}"
        board.page.when(
            (_FIRST, column), (_FIRST + LINES, column), f"=AND(ISNUMBER({first}),{first}{condition})", amber
        )
