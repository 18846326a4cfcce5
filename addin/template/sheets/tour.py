"""What the sheets of the tour plan have beside their tables: marks of what presses, lines between days."""

from __future__ import annotations

from typing import Final

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook

from addin.template import style
from addin.template.page import LAST_ROW, Page
from addin.template.sheets.listing import FIRST
from addin.workbook.definitions import Table
from addin.workbook.tables import BY_KEY

__all__ = ["finish_capacity", "finish_days", "finish_tour", "part"]

_TWO_LINES: Final = 30
"""Height of rows whose reasons run over two lines [points]."""
_FROZEN: Final = "name"
"""Last column of the tour plan that stays in view."""


def finish_tour(_: Workbook, page: Page) -> None:
    """Mark who is overdue, and part the reps."""
    table = BY_KEY["tour"]
    page.worksheet.set_default_row(_TWO_LINES)
    page.worksheet.freeze_panes(FIRST, table.keys.index(_FROZEN) + 1)
    status = table.keys.index("due_status")
    cell = f"${xl_col_to_name(status)}{FIRST + 1}"
    # With the line below: of two changes some programs show the first one alone.
    line = {"bottom": 1, "bottom_color": style.LINE}
    pressing = page.styles.change(bold=True, font_color=style.AMBER, **line)
    looks = {
        "overdue": pressing,
        "never": pressing,
        "later": page.styles.change(font_color=style.MUTED, **line),
    }
    for key, look in looks.items():
        word = page.words.word("due_status", key).replace('"', '""')
        page.when((FIRST, status), (LAST_ROW, status), f'={cell}="{word}"', look)
    part(page, table, ("rep",))


def finish_capacity(_: Workbook, page: Page) -> None:
    """Mark the reps who are asked for more visits than they can make."""
    load = BY_KEY["capacity"].keys.index("load")
    cell = f"${xl_col_to_name(load)}{FIRST + 1}"
    look = page.styles.change(bold=True, font_color=style.AMBER)
    page.when((FIRST, load), (LAST_ROW, load), f"=AND(ISNUMBER({cell}),{cell}>1)", look)


def finish_days(_: Workbook, page: Page) -> None:
    """Part the days, and grey the rep and the day where they repeat."""
    table = BY_KEY["days"]
    page.worksheet.set_default_row(_TWO_LINES)
    same = part(page, table, ("rep", "date"))
    grey = page.styles.change(font_color=style.DASHES)
    page.when((FIRST, 0), (LAST_ROW, 1), f'=AND({same},$B{FIRST + 1}<>"")', grey)


def part(page: Page, table: Table, keys: tuple[str, ...]) -> str:
    """Draw a line where some columns differ from the row above, and return when they do not."""
    here, above = FIRST + 1, FIRST
    letters = [xl_col_to_name(table.keys.index(key)) for key in keys]
    same = "AND(" + ",".join(f"${letter}{here}=${letter}{above}" for letter in letters) + ")"
    line = page.styles.change(top=1, top_color=style.NAVY)
    filled = f'${letters[0]}{here}&${xl_col_to_name(2)}{here}<>""'
    page.when((FIRST, 0), (LAST_ROW, len(table.columns) - 1), f"=AND({filled},NOT({same}))", line)
    return same
