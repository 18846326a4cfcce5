"""What the parts of the Dashboard share: its grid, its texts, the tables behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from xlsxwriter.format import Format

from addin.template import style
from addin.template.content import Row
from addin.template.page import Page, table_columns
from addin.workbook.tables import BY_KEY

WIDTHS: Final = (2.5, 10, 18, 14, 14, 16, 12, 14, 14, 14, 14, 2.5)
"""A margin, then ten columns: one pair, 206 pixels wide, for each card."""
LEFT: Final = 1
RIGHT: Final = 10
CARDS: Final = 3
STEER: Final = 11
REPS: Final = STEER + 43
CLASSES: Final = REPS + 17
CHARTS: Final = CLASSES + 13
CURVE: Final = CHARTS + 11
BEHIND: Final = CURVE + 17
"""First row of each part, from 0."""
ASIDE: Final = RIGHT + 3
"""First column of the tables that grow, beside all that is looked at and printed."""

COUNT: Final = "#,##0"
SHARE: Final = "0%"
SMALL: Final[dict[str, Any]] = {"font_size": 9, "font_color": style.MUTED}


class Board:
    """The sheet under construction.

    Parameters
    ----------
    page
        The sheet.
    kept
        Rows of the tables behind it, by key.
    """

    def __init__(self, page: Page, kept: Mapping[str, Sequence[Row]]) -> None:
        self.page = page
        self.words = page.words
        self.styles = page.styles
        self.kept = kept

    def text(self, *keys: str) -> str:
        """Return a text of this sheet."""
        return self.words.template("dashboard", *keys)

    def write(self, row: int, column: int, text: str, **look: Any) -> None:
        """Write a text."""
        self.page.worksheet.write_string(row, column, text, self.styles(**look))

    def heading(self, row: int, text: str, last: int = RIGHT) -> None:
        """Write the heading of a part, underlined up to a column."""
        look: dict[str, Any] = {"bottom": 2, "bottom_color": style.NAVY}
        for column in range(LEFT, last + 1):
            self.page.worksheet.write_blank(row, column, None, self.styles(**look))
        self.write(row, LEFT, text, bold=True, font_size=13, font_color=style.NAVY, **look)

    def table(self, key: str, top: int, left: int) -> int:
        """Write a table with the rows that are kept of it, and return its last row."""
        table = BY_KEY[key]
        columns = table_columns(self.words, table)
        return self.page.table(
            table.name, top, left, columns, self.kept[key], header_height=30, filters=False
        )

    def echo(self, row: int, column: int, source: tuple[int, int], shown: Any, look: Format) -> None:
        """Repeat a cell of a table elsewhere on the sheet: a refresh of a file keeps it true."""
        self.page.echo(row, column, source, shown, look)
