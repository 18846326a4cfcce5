"""What the sheets have in common that hold one long table below a title."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from addin.book import column_letters
from addin.template.page import LAST_ROW, Page, TableColumn
from addin.template.words import Words

__all__ = ["TOP", "Shapes", "begin", "columns", "finish"]

Shapes = Mapping[str, tuple[float, str]]
"""Width and kind of each column, by field."""

TOP: Final = 3
"""Row of the headers."""


def begin(page: Page, table: str, last: int, home: int, row_height: float = 18) -> None:
    """Write the title band over the columns up to the last, and give the rows their height."""
    page.worksheet.set_default_row(row_height)
    page.band(page.words.text(table, "title"), page.words.text(table, "subtitle"), last, home=home)
    page.worksheet.set_row(2, 10)


def columns(
    words: Words,
    table: str,
    shapes: Shapes,
    filled: str,
    *,
    by_hand: bool = False,
    wrapped: Collection[str] = (),
    centred: Collection[str] = (),
) -> list[TableColumn]:
    """Return the columns of a table.

    Parameters
    ----------
    words
        The language of the sheet.
    table, shapes
        The table, and its columns.
    filled
        Key of the text that says who fills it in.
    by_hand
        Whether people type in it too.
    wrapped, centred
        Fields whose texts run over several lines, and those that stand in the middle.
    """
    return [
        TableColumn(
            key,
            words.header(table, key),
            kind,
            width,
            f"{words.text('notes', table, key)}\n{words.text('page', filled)}",
            by_refresh=not by_hand,
            wrap=key in wrapped,
            align="center" if key in centred else None,
        )
        for key, (width, kind) in shapes.items()
    ]


def finish(page: Page, shapes: Shapes, *, last_printed: int | None = None) -> None:
    """Let codes be text without a warning, hold the headers in view, and set the sheet up for printing."""
    if "account" in shapes:
        letter = column_letters(list(shapes).index("account") + 1)
        page.worksheet.ignore_errors({"number_stored_as_text": f"{letter}{TOP + 2}:{letter}{LAST_ROW + 1}"})
    page.worksheet.freeze_panes(TOP + 1, 0)
    page.printing(header_row=TOP, last_column=last_printed)
