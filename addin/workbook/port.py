"""The port between a workbook and the rest of the product: tables in, cells out.

Two kinds of book answer to it: a file (:mod:`addin.package`) and, inside
Excel, the open workbook. What runs on one runs on the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


MAX_ROWS: Final = 1_048_576
"""Rows of a sheet."""


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value in a cell, such as ``#N/A``."""

    text: str


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """A formula that has no cached value: the file was never calculated."""

    formula: str


@dataclass(frozen=True, slots=True)
class Spread:
    """A rectangle that one formula of a file fills: an array formula, or a data table (what-if analysis).

    Attributes
    ----------
    n_rows, n_columns
        Its size; the cell of the formula is its first one.
    spelled
        What else the file says of the formula, by attribute; ``cm`` it says of the cell.
    """

    n_rows: int = 1
    n_columns: int = 1
    spelled: tuple[tuple[str, str], ...] = ()

    @property
    def is_wide(self) -> bool:
        """Whether it is more than one cell."""
        return (self.n_rows, self.n_columns) != (1, 1)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula to write: only an undo puts one back.

    Attributes
    ----------
    text
        As it is typed; an array formula stands in braces.
    spread
        What a file has to say beyond the text, None where that is nothing.
    """

    text: str
    spread: Spread | None = None


Cell = None | bool | float | str | dt.datetime | CellError | Uncalculated | Formula
"""What a cell holds. An empty cell is None; every number is a float; every date a datetime."""


@dataclass(frozen=True, slots=True)
class Table:
    """An Excel table with the values of its body.

    Attributes
    ----------
    name
        The table's name, English and stable.
    sheet
        The name of the sheet it stands on.
    top, left
        Row and column (both from 1) of the first cell of the body.
    headers
        The column headers, one a column, in order.
    columns
        The body, one list of cells a column, all of the same length. The
        totals row is not part of the body.
    shown
        Whether its sheet is shown.
    """

    name: str
    sheet: str
    top: int
    left: int
    headers: tuple[str, ...]
    columns: tuple[list[Cell], ...]
    shown: bool = True

    @property
    def n_rows(self) -> int:
        """Number of rows of the body."""
        return len(self.columns[0]) if self.columns else 0

    @property
    def n_filled(self) -> int:
        """Number of rows up to the last one that holds anything."""
        for row in range(self.n_rows, 0, -1):
            if any(column[row - 1] is not None for column in self.columns):
                return row
        return 0

    def cell(self, row: int, column: int) -> str:
        """Address of a cell of the body, both counted from 0, as Excel writes it.

        >>> Table("Clients", "Clients", 4, 2, ("Account",), ([],)).cell(0, 0)
        'B4'
        """
        return f"{column_letters(self.left + column)}{self.top + row}"

    def header_cell(self, column: int) -> str:
        """Address of the header of a column counted from 0."""
        return f"{column_letters(self.left + column)}{self.top - 1}"


def column_letters(number: int) -> str:
    """Letters of a column counted from 1.

    >>> column_letters(1), column_letters(27), column_letters(16384)
    ('A', 'AA', 'XFD')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class ColumnFill:
    """New values for cells of one column of a table's body.

    Attributes
    ----------
    table
        Name of the table.
    column
        The column, counted from 0.
    values
        One value for each row of the body.
    skip
        Bool array of shape (n_rows,). True where the cell must not be touched
        at all, whatever it holds.
    same
        Bool array of shape (n_rows,). True where the cell already shows the
        value: it stays as it is, unless a formula shows it, which gives way
        to the value.
    """

    table: str
    column: int
    values: Sequence[Cell]
    skip: npt.NDArray[np.bool_]
    same: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RowsFill:
    """New rows for the body of a table, whose extent follows.

    Attributes
    ----------
    table
        Name of the table.
    keep
        This many rows of the body stay as they are ...
    rows
        ... then come these, one tuple a row with one value for each column
        (None leaves the cell empty); what the body held beyond is emptied.
        A table keeps at least one row, if need be an empty one.
    """

    table: str
    keep: int
    rows: Sequence[tuple[Cell, ...]]


def rows_below(table: Table, rows: Sequence[tuple[Cell, ...]]) -> RowsFill:
    """Return rows below the last one that holds anything: blank rows are used up, none is taken away.

    >>> table = Table("Clients", "Clients", 4, 1, ("Account",), (["C1", None, None],))
    >>> rows_below(table, [("C2",)]).rows
    [('C2',), (None,)]
    """
    return rows_from(table, table.n_filled, rows)


def rows_from(table: Table, keep: int, rows: Sequence[tuple[Cell, ...]]) -> RowsFill:
    """Return rows that stand below the first ``keep`` ones; what is left of the body becomes blank."""
    blank: tuple[Cell, ...] = (None,) * len(table.headers)
    return RowsFill(table.name, keep, [*rows, *[blank] * (table.n_rows - keep - len(rows))])


@dataclass(frozen=True, slots=True)
class SheetShown:
    """Whether a sheet is to be shown; one that is not is kept out of Excel's own list of hidden sheets.

    Attributes
    ----------
    sheet
        Name of the sheet.
    shown
        Whether it is to be shown.
    """

    sheet: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """All that a refresh writes, applied at once or not at all.

    Attributes
    ----------
    columns, rows
        New cells.
    sheets
        Sheets that come to be shown, or are put away.
    """

    columns: list[ColumnFill] = field(default_factory=list)
    rows: list[RowsFill] = field(default_factory=list)
    sheets: list[SheetShown] = field(default_factory=list)

    def add(self, others: Changes) -> None:
        """Take in others, to be applied at once with these."""
        self.columns.extend(others.columns)
        self.rows.extend(others.rows)
        self.sheets.extend(others.sheets)


class Book(Protocol):
    """A workbook that can be read and written to.

    Attributes
    ----------
    inverse
        What puts back the cells as they were before the last :meth:`apply`.
    """

    inverse: Changes

    def tables(self) -> list[Table]:
        """Every table of the workbook, in the order of its sheets."""
        ...

    def apply(self, changes: Changes) -> bool:
        """Write the changes, all of them or none, and say whether there were any."""
        ...
