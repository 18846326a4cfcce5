"""The open workbook, through xlwings: the port :class:`addin.workbook.port.Book` inside Excel.

Every call to Excel costs about as much as thousands of cells, so that blocks
go in and out: the number of reads and writes depends on the tables and their
columns, never on their rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import numpy as np

from addin.excel.cells import Place, Resize, Step, Visibility, check_room, is_shown, write_all
from addin.excel.filters import lifted
from addin.workbook.port import Cell, Changes, ColumnFill, Formula, RowsFill, SheetShown, Table

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["LiveBook"]


class LiveBook:
    """A workbook that is open in Excel.

    Parameters
    ----------
    book
        The workbook as xlwings has it.

    Attributes
    ----------
    inverse
        What puts back the cells as they were before the last :meth:`apply`.
    """

    def __init__(self, book: xw.Book) -> None:
        self._book = book
        self._places: dict[str, Place] = {}
        self._tables: dict[str, Table] = {}
        self.inverse = Changes()

    def tables(self) -> list[Table]:
        """Every table of the workbook, in the order of its sheets."""
        found = []
        self._places, self._tables = {}, {}
        for sheet in self._book.sheets:
            for listed in sheet.tables:
                if not listed.show_headers:
                    continue  # without headers nobody can tell its columns
                place = Place.of(listed, sheet)
                cells = place.whole().read()
                table = Table(
                    place.name,
                    sheet.name,
                    place.top + 1,
                    place.left,
                    tuple(_header(value) for value in cells[0]),
                    tuple(map(list, zip(*cells[1:], strict=True))) or tuple([] for _ in cells[0]),
                    is_shown(sheet),
                )
                self._places[place.name], self._tables[place.name] = place, table
                found.append(table)
        return found

    def apply(self, changes: Changes) -> bool:
        """Write the changes, all of them or none, and say whether there were any.

        Raises
        ------
        Refusal
            If Excel does not take them: a protected sheet, cells in the way,
            a totals row. Whatever was written by then is put back.
        """
        if not self._places:
            self.tables()
        steps: list[Step | Resize] = []
        self.inverse = Changes()
        by_table = groupby(sorted(changes.columns, key=lambda fill: fill.table), key=lambda fill: fill.table)
        for name, fills in by_table:
            steps += self._column_steps(name, list(fills))
        for rows in changes.rows:
            steps += self._row_steps(rows)
        shown = self._visibilities(changes.sheets)
        if not (steps or shown):
            return False
        touched = {step.place.name: step.place for step in steps}
        with lifted(list(touched.values())):
            write_all([*steps, *shown])
        self.inverse.sheets.extend(SheetShown(str(one.sheet.name), shown=not one.shown) for one in shown)
        self._places, self._tables = {}, {}
        return True

    def _visibilities(self, wanted: Sequence[SheetShown]) -> list[Visibility]:
        """Sheets that are not as they are wanted: shown, or put away."""
        if not wanted:
            return []
        sheets = {sheet.name: sheet for sheet in self._book.sheets}
        found = [Visibility(sheets[one.sheet], one.shown) for one in wanted if one.sheet in sheets]
        return [one for one in found if is_shown(one.sheet) != one.shown]

    def _column_steps(self, name: str, fills: Sequence[ColumnFill]) -> list[Step]:
        """Blocks of columns side by side in which some cell changes."""
        place, table = self._places[name], self._tables[name]
        if not table.n_rows:
            return []
        by_column = {fill.column: fill for fill in fills}
        steps: list[Step] = []
        for first, last in _runs(sorted(by_column)):
            before = place.body(table.n_rows, first, last).read_formulas(table.columns[first : last + 1])
            changing = [
                column
                for column in range(first, last + 1)
                if _must_write(by_column[column], before[column - first])
            ]
            for start, end in _runs(changing):
                block = place.body(table.n_rows, start, end)
                old = before[start - first : end - first + 1]
                block.check_no_array(old)  # those that are skipped are typed again, too
                new = [_filled(by_column[start + at], cells) for at, cells in enumerate(old)]
                steps.append(Step(place, block, old, new))
                self.inverse.columns.extend(
                    _inverse(by_column[start + at], cells) for at, cells in enumerate(old)
                )
        return steps

    def _row_steps(self, fill: RowsFill) -> list[Step | Resize]:
        """Steps that give a table other rows and the size for them."""
        place, table = self._places[fill.table], self._tables[fill.table]
        n_before, n_after = table.n_rows, max(1, fill.keep + len(fill.rows))
        if n_after != n_before:
            check_room(place, n_before, n_after, list(self._places.values()))
        n_old = n_before - fill.keep
        n_touched = max(n_old, len(fill.rows))
        if not n_touched:
            return []
        last = len(table.headers) - 1
        before: list[list[Cell]] = [[] for _ in table.headers]
        if n_old:
            shown = [column[fill.keep :] for column in table.columns]
            body = place.body(n_old, 0, last, skip=fill.keep)
            before = body.read_formulas(shown)
            body.check_no_array(before)
        old_rows = list(zip(*before, strict=True))
        empty: tuple[Cell, ...] = (None,) * len(table.headers)
        after = [*fill.rows, *[empty] * (n_touched - len(fill.rows))]
        old = [*old_rows, *[empty] * (n_touched - n_old)]
        self.inverse.rows.append(RowsFill(fill.table, fill.keep, old_rows))
        block = place.body(n_touched, 0, last, skip=fill.keep)
        write = Step(place, block, list(zip(*old, strict=True)), list(zip(*after, strict=True)))
        if n_after == n_before:
            return [write]
        size = Resize(place, n_before, n_after)
        # A table grows before its new rows are written, and shrinks after its old ones are emptied.
        return [size, write] if n_after > n_before else [write, size]


def _header(value: Cell) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _runs(columns: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each run of columns side by side."""
    if not columns:
        return []
    starts = [columns[0], *(after for before, after in pairwise(columns) if after != before + 1)]
    ends = [*(before for before, after in pairwise(columns) if after != before + 1), columns[-1]]
    return list(zip(starts, ends, strict=True))


def _must_write(fill: ColumnFill, before: Sequence[Cell]) -> bool:
    """Whether any cell of a column gets another value, or a value instead of a formula."""
    if (~fill.skip & ~fill.same).any():
        return True
    return any(
        isinstance(cell, Formula) and not skipped for cell, skipped in zip(before, fill.skip, strict=True)
    )


def _filled(fill: ColumnFill, before: Sequence[Cell]) -> list[Cell]:
    """Cells of a column as they are to be: those that are skipped keep what they hold."""
    rows = zip(before, fill.values, fill.skip, strict=True)
    return [old if skipped else new for old, new, skipped in rows]


def _inverse(fill: ColumnFill, before: Sequence[Cell]) -> ColumnFill:
    return ColumnFill(fill.table, fill.column, list(before), fill.skip.copy(), np.zeros_like(fill.same))
