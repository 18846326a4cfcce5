"""Accounts and turnover by class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from addin.template import defaults, style
from addin.template.dashboard.board import CLASSES, COUNT, LEFT, LINE, SHARE, SMALL, Board
from addin.template.figures import At, Calculation, Constant, Figure, calculate, nth
from scoring.terms import UNKNOWN_CLASS

FIRST: Final = CLASSES + 2
UNKNOWN: Final = FIRST + defaults.MOST_CLASSES
_UNSCORED: Final = UNKNOWN + 1
_TOTAL: Final = UNKNOWN + 2
LETTER, _LABEL, ACCOUNTS, TURNOVER = LEFT, LEFT + 1, LEFT + 2, LEFT + 4
_HEAVY: Final[dict[str, Any]] = {"top": 1, "top_color": style.NAVY, "bold": True}
_FAINT: Final[dict[str, Any]] = LINE | {"font_color": style.MUTED}


@dataclass(frozen=True)
class ByClass:
    """The cells of the table that other figures refer to."""

    accounts: At
    turnover: At
    best: At
    best_accounts: At
    best_turnover: At


@dataclass(frozen=True)
class _Line:
    accounts: At
    turnover: At


def build(board: Board) -> ByClass:
    """Write the table, a line a class, and return the cells of use elsewhere."""
    board.heading(CLASSES, board.text("by_class"), TURNOVER + 1)
    _headers(board)
    whole = _line(board, _TOTAL, board.portfolio.filled("account"), board.portfolio.total("turnover"), _HEAVY)
    rows = tuple(defaults.classes(board.words))
    letters = board.column("Classes", "class", rows)
    labels = board.column("Classes", "label", rows)
    chip = board.styles(bold=True, align="center", **LINE)
    lines: list[_Line] = []
    classes: list[At] = []
    board.page.worksheet.set_row(UNKNOWN, 20, None, {"collapsed": True})  # bears the [+] of the rows above
    for place in range(defaults.MOST_CLASSES):
        row = FIRST + place
        letter = board.place(row, LETTER, nth(letters, place + 1), chip)
        board.page.figure(row, _LABEL, nth(labels, place + 1), board.styles(indent=1, **LINE))
        condition = ("class", "", letter)
        counted = _if_used(letter, board.portfolio.count(condition))
        summed = _if_used(letter, board.portfolio.total("turnover", condition))
        classes.append(letter)
        lines.append(_line(board, row, counted, summed, LINE))
        if place >= len(rows):
            # Out of the way, and out of the charts, until the company has so many classes.
            board.page.worksheet.set_row(row, 20, None, {"level": 1, "hidden": True})
    board.page.worksheet.write_string(UNKNOWN, LETTER, UNKNOWN_CLASS, chip)
    board.write(UNKNOWN, _LABEL, board.text("unknown"), indent=1, **LINE)
    unknown = ("class", "", UNKNOWN_CLASS)
    counted, summed = board.portfolio.count(unknown), board.portfolio.total("turnover", unknown)
    lines.append(_line(board, UNKNOWN, counted, summed, LINE))
    board.page.worksheet.write_blank(_UNSCORED, LETTER, None, board.styles(**_FAINT))
    board.write(_UNSCORED, _LABEL, board.text("unscored"), indent=1, **_FAINT)
    left_counted = _left(whole.accounts, ACCOUNTS, [line.accounts for line in lines])
    left_summed = _left(whole.turnover, TURNOVER, [line.turnover for line in lines])
    lines.append(_line(board, _UNSCORED, left_counted, left_summed, _FAINT))
    board.write(_TOTAL, LETTER, board.text("total"), **_HEAVY)
    board.page.worksheet.write_blank(_TOTAL, _LABEL, None, board.styles(**_HEAVY))
    looks = [LINE] * (len(lines) - 1) + [_FAINT, _HEAVY]
    for row, (line, look) in enumerate(zip([*lines, whole], looks, strict=True), start=FIRST):
        share = board.styles(num_format=SHARE, **look)
        board.page.figure(row, ACCOUNTS + 1, _share(line.accounts, whole.accounts), share)
        board.page.figure(row, TURNOVER + 1, _share(line.turnover, whole.turnover), share)
    board.page.colour_classes((FIRST, LETTER), (UNKNOWN, LETTER))
    _alert(board, letters)
    return ByClass(whole.accounts, whole.turnover, classes[0], lines[0].accounts, lines[0].turnover)


def _headers(board: Board) -> None:
    texts = [board.words.header("accounts", "class"), board.words.header("accounts", "label")]
    texts += [board.text(key) for key in ("accounts", "share_accounts", "turnover", "share_turnover")]
    for column, text in enumerate(texts, start=LETTER):
        place: dict[str, Any] = {"align": "right"}
        if column == LETTER:
            place = {"align": "center"}
        elif column == _LABEL:
            place = {"align": "left", "indent": 1}
        board.write(CLASSES + 1, column, text, **place, **SMALL, **LINE)


def _line(board: Board, row: int, accounts: Figure, turnover: Figure, look: dict[str, Any]) -> _Line:
    shown = board.styles(num_format=COUNT, **look)
    return _Line(
        board.place(row, ACCOUNTS, accounts, shown),
        board.place(row, TURNOVER, turnover, shown),
    )


def _if_used(letter: At, figure: Figure) -> Calculation:
    """Return a count or sum of a class that is in use: an empty criterion would count empty cells."""
    return calculate('IF({0}="","",{1})', lambda shown, value: value if shown else "", letter, figure)


def _left(whole: At, column: int, parts: list[At]) -> Calculation:
    """Return what is in no class yet."""
    first, last = (xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True) for row in (FIRST, UNKNOWN))

    def rest(everything: float, *values: float | str) -> float:
        return everything - sum(value for value in values if isinstance(value, float))

    return Calculation(f"{{0}}-SUM({first}:{last})", rest, (whole, *parts))


def _share(part: At, whole: At) -> Calculation:
    return calculate(
        'IF(OR({0}="",{1}=0),"",{0}/{1})',
        lambda value, total: "" if value == "" or total == 0 else value / total,
        part,
        whole,
    )


def _alert(board: Board, letters: Figure) -> None:
    """Say where a class is counted that the shipped table does not show."""
    shipped = len(defaults.CLASS_LETTERS)
    alert = calculate(
        'IF(ROWS({0})>{1},{2},"")',
        lambda cells, shown, text: text if len(cells) > shown else "",
        letters,
        Constant(float(shipped)),
        Constant(board.text("hidden")),
    )
    look = board.styles(font_size=9, bold=True, font_color=style.AMBER)
    board.page.figure(_TOTAL + 1, LETTER, alert, look)
