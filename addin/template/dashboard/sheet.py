"""The sheet Dashboard as a whole."""

from __future__ import annotations

from typing import Final

from xlsxwriter.workbook import Workbook

from addin.template import defaults, style
from addin.template.content import Content
from addin.template.dashboard import by_class, by_rep, cards, charts, steer
from addin.template.dashboard.board import (
    ASIDE,
    BEHIND,
    CHARTS,
    CLASSES,
    CURVE,
    LEFT,
    REPS,
    RIGHT,
    WIDTHS,
    Board,
)
from addin.template.page import Page
from addin.template.style import Styles
from addin.template.words import Words
from addin.views.dashboard import BANDS, empty_dashboard

_TOP: Final = BEHIND + 2
_CURVE_LEFT: Final = LEFT + 1
_RIGHT_LEFT: Final = LEFT + 6
_FIGURES_TOP: Final = _TOP + BANDS + 3


def build(workbook: Workbook, styles: Styles, words: Words, content: Content) -> Page:
    """Add the sheet Dashboard: what it shows stands in tables that a refresh writes."""
    page = Page(workbook, styles, words, words.sheet("dashboard"), "DashboardSheet", style.TAB_RESULTS)
    sheet = page.worksheet
    sheet.hide_gridlines(2)
    sheet.set_default_row(20)
    for position, width in enumerate(WIDTHS):
        sheet.set_column(position, position, width)
    shipped = defaults.classes(words)
    letters, labels = ([str(row[key]) for row in shipped] for key in ("class", "label"))
    board = Board(page, {**empty_dashboard(letters, labels, words.catalogue), **content.kept})
    page.band(board.text("title"), "", len(WIDTHS) - 1, home=RIGHT)
    sheet.set_row(2, 12)
    by_class.build(board)
    board.heading(BEHIND, board.text("behind"))
    sheet.set_h_pagebreaks([REPS])
    curve = (_TOP + 1, board.table("curve", _TOP, _CURVE_LEFT))
    bands = (_TOP + 1, board.table("bands", _TOP, _RIGHT_LEFT))
    cards.build(board, _FIGURES_TOP, _RIGHT_LEFT)
    aside = steer.build(board, _TOP)
    aside = by_rep.build(board, _TOP, aside, (_FIGURES_TOP, _RIGHT_LEFT))
    board.table("coremark", _TOP, aside)
    sheet.set_column(ASIDE, aside + 2, 12)
    charts.classes(workbook, page, board.text("chart_accounts"), by_class.ACCOUNTS, (CHARTS, LEFT), 507)
    charts.classes(workbook, page, board.text("chart_turnover"), by_class.TURNOVER, (CHARTS, LEFT + 5), 501)
    charts.bands(workbook, page, board.text("chart_completeness"), bands, _RIGHT_LEFT, (CLASSES, LEFT + 6))
    texts = {key: board.text(key) for key in charts.CURVE_TEXTS}
    charts.curve(workbook, page, texts, curve, _CURVE_LEFT, (CURVE, LEFT), (_TOP + 1, aside))
    page.printing(portrait=True, last_column=len(WIDTHS) - 1, last_row=BEHIND - 1)
    return page
