"""What puts back the cells of tables as they were before changes, formulas included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from addin.workbook.port import Cell, CellError, ColumnFill, Formula, RowsFill

if TYPE_CHECKING:
    from addin.package.formula_text import Formulas
    from addin.package.reader import Body
    from addin.package.table_part import TablePart

__all__ = ["column_back", "rows_back", "spelled"]


def spelled(table: TablePart, body: Body, formulas: Formulas) -> list[list[Cell]]:
    """Return the cells of a table as they would have to be written again, one list a column."""
    return [_spelled(table, column, body, formulas) for column in range(len(body))]


def column_back(
    fill: ColumnFill, table: TablePart, body: Body, formulas: Formulas, n_after: int
) -> ColumnFill | None:
    """Return what puts back the cells of a column, None where none changes.

    Parameters
    ----------
    fill, table, body
        What is written, and the table with its body before.
    formulas
        The formulas that give way.
    n_after
        Number of rows of the body after the changes.
    """
    before = _spelled(table, fill.column, body, formulas)
    calculated = np.zeros(len(before), dtype=bool)
    if Formula in set(map(type, before)):
        calculated[:] = [isinstance(cell, Formula) for cell in before]
    skip = np.asarray(fill.skip, dtype=bool) | (np.asarray(fill.same, dtype=bool) & ~calculated)
    if skip.all():
        return None
    more = max(0, n_after - len(before))
    values = (before + [None] * more)[:n_after]
    skip = np.concatenate([skip, np.ones(more, dtype=bool)])[:n_after]
    return ColumnFill(fill.table, fill.column, values, skip, np.zeros_like(skip))


def rows_back(fill: RowsFill, table: TablePart, body: Body, formulas: Formulas) -> RowsFill | None:
    """Return what puts back the rows of a table, None where none changes."""
    columns = (column[fill.keep :] for column in spelled(table, body, formulas))
    before = list(zip(*columns, strict=True))
    return None if before == list(fill.rows) else RowsFill(fill.table, fill.keep, before)


def _spelled(table: TablePart, column: int, body: Body, formulas: Formulas) -> list[Cell]:
    # An error that stands there as a constant is said as the formula of that error, in Excel as in a file.
    cells: list[Cell] = list(body[column])
    if CellError in set(map(type, cells)):
        cells = [Formula(f"={cell.text}") if isinstance(cell, CellError) else cell for cell in cells]
    if formulas:
        left = table.area.left + column
        cells = [formulas.get((row, left), cell) for row, cell in enumerate(cells, start=table.top)]
    return cells
