"""What the parts of the Dashboard share: its grid, its texts, its figures by cell."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell

from addin.template import style
from addin.template.content import Content, Row
from addin.template.figures import At, Column, Figure
from addin.template.page import Page
from addin.template.portfolio import Portfolio, plain

WIDTHS: Final = (2.5, 10, 18, 14, 14, 16, 12, 14, 14, 14, 14, 2.5)
"""A margin, then ten columns: one pair, 206 pixels wide, for each card."""
LEFT: Final = 1
RIGHT: Final = 10
CARDS: Final = 3
CLASSES: Final = 8
CHARTS: Final = 21
CURVE: Final = CHARTS + 11
BEHIND: Final = CURVE + 17
"""First row of each part, from 0."""

COUNT: Final = "#,##0"
SHARE: Final = "0%"
LINE: Final[dict[str, Any]] = {"bottom": 1, "bottom_color": style.LINE}
SMALL: Final[dict[str, Any]] = {"font_size": 9, "font_color": style.MUTED}


class Board:
    """The sheet under construction.

    Parameters
    ----------
    page
        The sheet.
    content
        What the workbook holds: the figures count it.
    """

    def __init__(self, page: Page, content: Content) -> None:
        self.page = page
        self.words = page.words
        self.styles = page.styles
        self.content = content
        self.portfolio = Portfolio(page.words, content.accounts)

    def text(self, *keys: str) -> str:
        """Return a text of this sheet; its gaps stay open for figures."""
        return self.words.template("dashboard", *keys)

    def write(self, row: int, column: int, text: str, **look: Any) -> None:
        """Write a text."""
        self.page.worksheet.write_string(row, column, text, self.styles(**look))

    def place(self, row: int, column: int, figure: Figure, look: Format) -> At:
        """Write a figure and return the reference to its cell."""
        self.page.figure(row, column, figure, look)
        return At(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True), figure)

    def column(self, table: str, key: str, rows: tuple[Row, ...]) -> Column:
        """Return a column of a table that is no account table."""
        header = self.words.header(table.lower(), key)
        return Column(table, header, tuple(plain(row.get(key)) for row in rows or ({},)))

    def heading(self, row: int, text: str, last: int = RIGHT) -> None:
        """Write the heading of a part, underlined up to a column."""
        look: dict[str, Any] = {"bottom": 2, "bottom_color": style.NAVY}
        for column in range(LEFT, last + 1):
            self.page.worksheet.write_blank(row, column, None, self.styles(**look))
        self.write(row, LEFT, text, bold=True, font_size=13, font_color=style.NAVY, **look)
