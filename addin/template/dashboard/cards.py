"""The five figures that open the Dashboard."""

from __future__ import annotations

from typing import Any, Final

from addin.template import style
from addin.template.dashboard.board import CARDS, COUNT, LEFT, SHARE, Board
from addin.template.dashboard.by_class import ByClass
from addin.template.figures import (
    At,
    Calculation,
    Constant,
    Figure,
    Where,
    calculate,
    count,
    largest,
    percentage,
    ratio,
    sentence,
    serial,
)

_HEIGHTS: Final = (24, 40, 32, 16)


def build(board: Board, classes: ByClass) -> None:
    """Write the cards and, under the title, whether there is anything to show yet."""
    words, portfolio = board.words, board.portfolio
    never = Constant(board.text("never"))
    scored_on = _last_scoring(board)
    core = ("core", "", words.word("yes_no", "yes"))
    held = ratio(classes.best_turnover, classes.turnover, otherwise=board.text("never"))
    share = ratio(classes.best_accounts, classes.accounts)
    known = ratio(
        portfolio.total("completeness", core),
        portfolio.count(core, ("completeness", ">=", 0.0)),
        otherwise=board.text("never"),
    )
    history = board.column("History", "date", tuple(board.content.history))
    moves = _once_scored("{2}", lambda found: found, scored_on, never, count(Where(history, ">=", scored_on)))
    cards: tuple[tuple[Figure, str, Figure, Figure], ...] = (
        (
            Constant(board.text("scored")),
            COUNT,
            portfolio.numbers("score"),
            sentence(board.text("scored_note"), count=classes.accounts),
        ),
        (
            sentence(board.text("held"), **{"class": classes.best}),
            SHARE,
            held,
            sentence(board.text("held_note"), share=percentage(share)),
        ),
        (Constant(board.text("completeness")), SHARE, known, Constant(board.text("completeness_note"))),
        (Constant(board.text("moves")), COUNT, moves, Constant(board.text("moves_note"))),
        (
            Constant(board.text("age")),
            COUNT,
            _age(board, scored_on, never),
            Constant(board.text("age_note")),
        ),
    )
    for position, card in enumerate(cards):
        _card(board, LEFT + 2 * position, *card)
    for row, height in enumerate(_HEIGHTS, start=CARDS):
        board.page.worksheet.set_row(row, height)
    subtitle = _once_scored(
        "{2}", lambda text: text, scored_on, Constant(board.text("empty")), Constant(board.text("subtitle"))
    )
    board.page.figure(
        1, 0, subtitle, board.styles(font_color=style.NAVY_SOFT, bg_color=style.NAVY, valign="top", indent=1)
    )


def _last_scoring(board: Board) -> Calculation:
    """Return the day of the last scoring: a refresh dates every row of Checks."""
    checked = board.column("Checks", "date", tuple(board.content.checks))
    return calculate("INT({0})", lambda day: float(int(day)), largest([checked]))


def _once_scored(pattern: str, rule: Any, scored_on: Figure, before: Figure, *parts: Figure) -> Calculation:
    """Return a figure that means something only after a first scoring."""
    return calculate(
        "IF({0}=0,{1}," + pattern + ")",
        lambda day, otherwise, *values: otherwise if day == 0 else rule(*values),
        scored_on,
        before,
        *parts,
    )


def _age(board: Board, scored_on: Calculation, never: Figure) -> Calculation:
    """Return the days since the last scoring, on the reference date or else today."""
    chosen = board.content.reference_date
    # Without a reference date the file shows what it would on the day of the scoring,
    # until a program that knows the day calculates it.
    day = serial(chosen) if chosen else scored_on.value()
    today = At("IF(ReferenceDate>0,ReferenceDate,TODAY())", Constant(float(day)))
    return _once_scored("INT({2})-{0}", lambda now: now - scored_on.value(), scored_on, never, today)


def _card(board: Board, left: int, label: Figure, form: str, figure: Figure, note: Figure) -> None:
    styles = board.styles
    panel: dict[str, Any] = {
        "bg_color": style.PANEL,
        "right": 5,
        "right_color": style.WHITE,
        "indent": 1,
        "align": "left",
    }
    bar: dict[str, Any] = {"top": 5, "top_color": style.CLASS_FILLS[1]}
    lines = (
        (label, styles(font_size=10, font_color=style.MUTED, bold=True, **panel | bar)),
        (figure, styles(font_size=26, bold=True, font_color=style.NAVY, num_format=form, **panel)),
        (note, styles(font_size=9, font_color=style.MUTED, text_wrap=True, **panel | {"valign": "top"})),
    )
    for row, (shown, look) in enumerate(lines, start=CARDS):
        board.page.worksheet.merge_range(row, left, row, left + 1, "", look)
        if isinstance(shown, Constant):
            board.page.put(row, left, shown.value(), look)
        else:
            board.page.figure(row, left, shown, look)
