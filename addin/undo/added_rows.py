"""Rows of accounts that an import added: whether they are still as it left them, and what stood there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from addin.refusals import Refusal
from addin.undo.journal import Added
from addin.workbook.located_tables import Located
from addin.workbook.port import Cell, Formula, Table
from addin.workbook.same_cell import AS_EXCEL_KEEPS, same_cell
from scoring.terms import FIELDS, FilledBy

__all__ = ["Columns", "check_whole", "holds", "is_tail", "is_untouched", "written_cells"]

Columns = Sequence[Sequence[Cell]]
"""Cells of a table, one list a column."""


def holds(shown: Cell, written: Cell) -> bool:
    """Whether a cell still shows what was written to it."""
    return same_cell(shown, written, to=AS_EXCEL_KEEPS)


def written_cells(entry: Added) -> list[dict[str, Cell]]:
    """Cells that were written for each added account, by header."""
    return [
        {header: cell for header, cell in zip(entry.headers, row, strict=True) if cell not in (None, "")}
        for row in entry.rows
    ]


def is_untouched(located: Located, spelled: Columns, row: int, written: Mapping[str, Cell]) -> bool:
    """Whether a row holds what was written and otherwise only what a refresh or a formula fills."""
    table = located.table
    by_refresh = {
        column
        for key, column in located.columns.items()
        if key in FIELDS and FIELDS[key].filled_by is FilledBy.REFRESH
    }
    for column, header in enumerate(table.headers):
        shown = table.columns[column][row]
        if header in written:
            if not holds(shown, written[header]):
                return False
        elif shown is not None and column not in by_refresh and not isinstance(spelled[column][row], Formula):
            return False
    return written.keys() <= set(table.headers)


def check_whole(rows: Sequence[Sequence[Cell]], table: Table, keep: int, *, same_columns: bool) -> None:
    """Refuse to put back one formula for several cells where some of them would be missing.

    Raises
    ------
    Refusal
        ``undo_moved``, with the cell.
    """
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            spread = cell.spread if isinstance(cell, Formula) else None
            if spread is None or not spread.is_wide:
                continue
            if not same_columns or row + spread.n_rows > len(rows):
                first = table.cell(keep + row, column)
                last = table.cell(keep + row + spread.n_rows - 1, column + spread.n_columns - 1)
                raise Refusal("undo_moved", sheet=table.sheet, cell=first, range=f"{first}:{last}")


def is_tail(spelled: Columns, rows: AbstractSet[int]) -> bool:
    """Whether rows are the last ones of a table that hold anything but formulas."""
    last = len(spelled[0]) - 1
    while last not in rows and all(
        column[last] is None or isinstance(column[last], Formula) for column in spelled
    ):
        last -= 1
    return rows == set(range(last + 1 - len(rows), last + 1))
