"""Sheets that hold one long table below a title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xlsxwriter.workbook import Workbook

from addin.template import style
from addin.template.content import Row
from addin.template.page import LAST_ROW, Page, table_columns
from addin.template.style import Styles
from addin.template.words import Words
from addin.workbook.definitions import Holds, Table
from addin.workbook.port import column_letters

__all__ = ["BAND", "BEHIND", "FIRST", "HEADER", "TOP", "build", "put_behind", "say"]

TOP: Final = 3
"""Row of the headers."""
FIRST: Final = TOP + 1
HEADER: Final = 32
"""Height of the headers [points]: two lines."""
BAND: Final = 5
"""Columns that the title band covers at least, so that a narrow table has room for its title."""
BEHIND: Final = 50
"""First column of what stands out of sight: far to the right, in rows that nobody sorts or deletes."""


def build(
    workbook: Workbook,
    styles: Styles,
    words: Words,
    table: Table,
    rows: Sequence[Row],
    *,
    tab: str,
    row_height: float = 18,
    band: int = BAND,
    home: int | None = None,
    last_printed: int | None = None,
    notes: Table | None = None,
    notes_left: int = 0,
) -> Page:
    """Add a sheet with a table.

    Parameters
    ----------
    workbook, styles, words
        What all sheets share.
    table, rows
        The table and its body.
    tab
        Colour of the sheet's tab.
    row_height
        Height of its rows [points].
    band
        Last column that the title band covers at least, and how wide those beyond the table are.
    home
        Column of the link home; None for the last one of the band.
    last_printed
        Last column that is printed; None for all.
    notes
        The table of one cell that holds what is said above the list; None for none.
    notes_left
        Column from which on it is said.
    """
    page = Page(workbook, styles, words, words.sheet(table.sheet), f"{table.name}Sheet", tab)
    last = max(band, len(table.columns) - 1)
    page.worksheet.set_default_row(row_height)
    title, subtitle = (words.text(table.key, key) for key in ("title", "subtitle"))
    page.band(title, subtitle, last, home=last if home is None else home)
    page.worksheet.set_row(2, 10 if notes is None else 32)
    if notes is not None:
        say(page, notes, notes_left, last if last_printed is None else last_printed)
    if last >= len(table.columns):
        page.worksheet.set_column(len(table.columns), last, 12)
    page.table(table.name, TOP, 0, table_columns(words, table), rows, header_height=HEADER)
    page.check(table, FIRST, LAST_ROW)
    for place, column in enumerate(table.columns):
        if column.holds is Holds.CLASS:
            page.colour_classes((FIRST, place), (LAST_ROW, place))
    codes = [
        column_letters(place + 1) for place, column in enumerate(table.columns) if column.holds is Holds.CODE
    ]
    if codes:  # texts without a warning
        text = " ".join(f"{letter}{FIRST + 1}:{letter}{LAST_ROW + 1}" for letter in codes)
        page.worksheet.ignore_errors({"number_stored_as_text": text})
    page.worksheet.freeze_panes(FIRST, 0)
    page.printing(header_row=TOP, last_column=last_printed)
    return page


def put_behind(page: Page, table: Table, left: int) -> None:
    """Add a table of one row out of sight: what the sheet shows of it stands above the list."""
    page.table(table.name, 0, left, table_columns(page.words, table), (), filters=False)
    page.worksheet.set_column(left, left + len(table.columns) - 1, None, None, {"hidden": True})


def say(page: Page, notes: Table, first: int, last: int) -> None:
    """Show in one line, over all columns from the first, what the cell of the notes holds."""
    put_behind(page, notes, BEHIND)
    look = page.styles(font_color=style.AMBER, italic=True, text_wrap=True, indent=1)
    page.worksheet.merge_range(2, first, 2, last, "", look)
    page.echo(2, first, (1, BEHIND), "", look)
