"""The sheet Dashboard as a whole."""

from __future__ import annotations

from xlsxwriter.workbook import Workbook

from addin.template import style
from addin.template.content import Content
from addin.template.dashboard import by_class, cards, charts, points
from addin.template.dashboard.board import BEHIND, CHARTS, CLASSES, CURVE, LEFT, RIGHT, SMALL, WIDTHS, Board
from addin.template.page import Page
from addin.template.style import Styles
from addin.template.words import Words


def build(workbook: Workbook, styles: Styles, words: Words, content: Content) -> Page:
    """Add the sheet Dashboard."""
    page = Page(workbook, styles, words, words.sheet("dashboard"), "DashboardSheet", style.TAB_RESULTS)
    sheet = page.worksheet
    sheet.hide_gridlines(2)
    sheet.set_default_row(20)
    for position, width in enumerate(WIDTHS):
        sheet.set_column(position, position, width)
    board = Board(page, content)
    page.band(board.text("title"), "", len(WIDTHS) - 1, home=RIGHT)
    sheet.set_row(2, 12)
    cards.build(board, by_class.build(board))
    board.heading(BEHIND, board.text("behind"))
    sheet.set_h_pagebreaks([BEHIND])
    charts.classes(workbook, page, board.text("chart_accounts"), by_class.ACCOUNTS, (CHARTS, LEFT), 507)
    charts.classes(workbook, page, board.text("chart_turnover"), by_class.TURNOVER, (CHARTS, LEFT + 5), 501)
    charts.bands(workbook, page, board.text("chart_completeness"), points.bands(board), (CLASSES, LEFT + 6))
    texts = {key: board.text(key) for key in charts.CURVE_TEXTS}
    charts.curve(workbook, page, texts, points.curve(board), (CURVE, LEFT))
    _covers(board)
    page.printing(portrait=True)
    return page


def _covers(board: Board) -> None:
    """Say which tables are counted: a table that is added later is not."""
    text = board.words.text("dashboard", "covers", tables=", ".join(board.portfolio.tables))
    look = board.styles(italic=True, text_wrap=True, **SMALL | {"valign": "top"})
    board.page.worksheet.merge_range(points.BOTTOM, LEFT, points.BOTTOM + 1, RIGHT, text, look)
