"""Blocks of cells of the open workbook, and steps that are taken all or not at all."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from addin.excel.busy import PATIENCE, is_busy, patiently
from addin.excel.values import cell_of, typed
from addin.refusals import Refusal
from addin.workbook.port import MAX_ROWS, Cell, CellError, Formula, column_letters
from addin.workbook.same_cell import AS_EXCEL_KEEPS, same_cell

if TYPE_CHECKING:
    import xlwings as xw

__all__ = [
    "Block",
    "Place",
    "Resize",
    "Step",
    "Visibility",
    "check_room",
    "is_protected",
    "is_shown",
    "write_all",
]

_XL_VISIBLE, _XL_VERY_HIDDEN = -1, 2
"""Excel's own numbers for it (xlSheetVisible, xlSheetVeryHidden); 0 is hidden."""

Columns = Sequence[Sequence[Cell]]
"""Cells of a block, one list a column."""


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of cells.

    Attributes
    ----------
    sheet
        Its sheet.
    top, left, n_rows, n_columns
        Where it stands, counted from 1, and its size.
    """

    sheet: xw.Sheet
    top: int
    left: int
    n_rows: int
    n_columns: int

    def range(self) -> xw.Range:
        """Return the range."""
        bottom, right = self.top + self.n_rows - 1, self.left + self.n_columns - 1
        return self.sheet.range((self.top, self.left), (bottom, right))

    def read(self) -> list[list[Cell]]:
        """Return the values, one list a row, in one read."""
        values = self.range().options(ndim=2, err_to_str=True).value
        return [[cell_of(value) for value in row] for row in values]

    def read_formulas(self, values: Columns) -> list[list[Cell]]:
        """Return the cells as they would have to be written again, one list a column, in one read.

        Parameters
        ----------
        values
            What the cells show: a text that reads like a formula is one only
            where the cell shows something else.
        """
        formulas = _as_rows(self.range().formula)
        return [
            [_as_it_stands(formulas[row][column], shown) for row, shown in enumerate(cells)]
            for column, cells in enumerate(values)
        ]

    def check_no_array(self, columns: Columns) -> None:
        """Refuse where one of the cells holds an array formula.

        A program can read what it says but not type it again as one: an undo would put back another.

        Parameters
        ----------
        columns
            The cells with their formulas, one list a column.

        Raises
        ------
        Refusal
            ``array_in_excel``, with the cell.
        """
        formulas = [
            (row, column)
            for column, cells in enumerate(columns)
            for row, cell in enumerate(cells)
            if isinstance(cell, Formula)
        ]
        if not formulas or _has_array(self.range()) is False:
            return
        for row, column in formulas:
            place = self.top + row, self.left + column
            if _has_array(self.sheet.range(place)):
                address = f"{column_letters(place[1])}{place[0]}"
                raise Refusal("array_in_excel", sheet=str(self.sheet.name), cell=address)

    def write(self, columns: Columns) -> None:
        """Write all cells, in one write."""
        self.range().value = [[typed(cell) for cell in row] for row in zip(*columns, strict=True)]

    def holds(self, columns: Columns) -> bool:
        """Whether the cells are just these, formulas included."""
        shown = list(zip(*self.read(), strict=True))
        return all(
            one == other or (not isinstance(other, Formula) and same_cell(one, other, to=AS_EXCEL_KEEPS))
            for found, wanted in zip(self.read_formulas(shown), columns, strict=True)
            for one, other in zip(found, wanted, strict=True)
        )

    def first_other(self, columns: Columns) -> str | None:
        """Return the address of the first cell that does not hold what was written to it."""
        for row, (found, wanted) in enumerate(zip(self.read(), zip(*columns, strict=True), strict=True)):
            for column, (one, other) in enumerate(zip(found, wanted, strict=True)):
                if not same_cell(one, other, to=AS_EXCEL_KEEPS):
                    return f"{column_letters(self.left + column)}{self.top + row}"
        return None


def _has_array(cells: xw.Range) -> object:
    """Whether cells hold an array formula, None where some do, False too where the system does not tell."""
    return getattr(cells.api, "HasArray", False)


def _as_rows(formulas: Any) -> Sequence[Sequence[Any]]:
    """Formulas of a range as rows: of a single cell Excel gives the formula itself."""
    if not isinstance(formulas, tuple | list):
        return ((formulas,),)
    return formulas if formulas and isinstance(formulas[0], tuple | list) else (formulas,)


def _as_it_stands(formula: Any, shown: Cell) -> Cell:
    if isinstance(formula, str) and formula.startswith("=") and formula != shown:
        return Formula(formula)
    # An error that stands there as a constant can only be written as the formula of that error.
    return Formula(f"={shown.text}") if isinstance(shown, CellError) else shown


@dataclass(slots=True)
class Place:
    """Where a table stands: its header row from 1, its first column from 1."""

    name: str
    listed: xw.main.Table
    sheet: xw.Sheet
    top: int
    left: int
    n_rows: int
    n_columns: int
    n_totals: int

    @classmethod
    def of(cls, listed: xw.main.Table, sheet: xw.Sheet) -> Place:
        """Return where a table stands."""
        area = listed.range
        n_totals = int(bool(listed.show_totals))
        n_rows, n_columns = area.shape
        return cls(
            listed.name, listed, sheet, area.row, area.column, n_rows - 1 - n_totals, n_columns, n_totals
        )

    def whole(self) -> Block:
        """Headers and body."""
        return Block(self.sheet, self.top, self.left, 1 + self.n_rows, self.n_columns)

    def body(self, n_rows: int, first: int, last: int, skip: int = 0) -> Block:
        """Return some rows of some columns of the body, counted from 0."""
        return Block(self.sheet, self.top + 1 + skip, self.left + first, n_rows, last - first + 1)

    def meets(self, other: Place, first: int, last: int) -> bool:
        """Whether the table stands in some rows of the sheet below the columns of another."""
        beside = self.left + self.n_columns <= other.left or other.left + other.n_columns <= self.left
        bottom = self.top + self.n_rows + self.n_totals
        return not beside and first <= bottom and self.top <= last

    def resize(self, n_rows: int) -> None:
        """Give the body a number of rows."""
        self.listed.resize(Block(self.sheet, self.top, self.left, 1 + n_rows, self.n_columns).range())


@dataclass(frozen=True, slots=True)
class Step:
    """New cells for a block of a table, and those that were there."""

    place: Place
    block: Block
    before: Columns
    after: Columns

    @property
    def sheet(self) -> xw.Sheet:
        """The sheet that it is about."""
        return self.place.sheet

    def take(self) -> None:
        """Write the new cells, and make sure that Excel has taken them.

        Raises
        ------
        Refusal
            If a cell holds something else afterwards.
        """
        self.block.write(self.after)
        other = self.block.first_other(self.after)
        if other is not None:
            raise Refusal("cells_differ", sheet=str(self.place.sheet.name), cell=other)

    def take_back(self) -> None:
        """Write the old cells, where others stand there, and make sure of it too."""
        if self.block.holds(self.before):
            return
        self.block.write(self.before)
        if not self.block.holds(self.before):
            raise Refusal("half_written")


@dataclass(frozen=True, slots=True)
class Resize:
    """Another number of rows for a table."""

    place: Place
    before: int
    after: int

    @property
    def sheet(self) -> xw.Sheet:
        """The sheet that it is about."""
        return self.place.sheet

    def take(self) -> None:
        """Resize the table."""
        self.place.resize(self.after)

    def take_back(self) -> None:
        """Give the table its old size, where it has another."""
        if self.place.listed.range.shape[0] != 1 + self.before:
            self.place.resize(self.before)


@dataclass(frozen=True, slots=True)
class Visibility:
    """A sheet that comes to be shown, or is put away out of Excel's own list of hidden sheets."""

    sheet: xw.Sheet
    shown: bool

    def take(self) -> None:
        """Show the sheet, or put it away."""
        self._set(shown=self.shown)

    def take_back(self) -> None:
        """Leave the sheet as it was."""
        if is_shown(self.sheet) == self.shown:
            self._set(shown=not self.shown)

    def _set(self, *, shown: bool) -> None:
        if shown:
            self.sheet.visible = True
        elif sys.platform == "darwin":
            from appscript import k  # type: ignore[import-not-found]

            self.sheet.api.visible.set(k.sheet_very_hidden)
        else:
            self.sheet.visible = _XL_VERY_HIDDEN  # type: ignore[assignment]  # Excel takes its number


def is_shown(sheet: xw.Sheet) -> bool:
    """Whether a sheet is shown: Excel has three answers, of which on Windows two are no 0."""
    return sheet.visible in (True, _XL_VISIBLE)


def check_room(place: Place, n_before: int, n_after: int, others: Sequence[Place]) -> None:
    """Refuse another number of rows where it cannot be: over other cells, or above a totals row.

    Raises
    ------
    Refusal
        ``totals_row``, ``sheet_full``, ``table_below`` or ``cells_below``,
        with the sheet and the cell.
    """
    sheet, left = str(place.sheet.name), column_letters(place.left)
    first, last = place.top + 1 + n_before, place.top + n_after
    if place.n_totals:
        raise Refusal("totals_row", table=place.name, sheet=sheet, cell=f"{left}{first}")
    if n_after < n_before:
        return
    if last > MAX_ROWS:
        raise Refusal("sheet_full", table=place.name, sheet=sheet, cell=f"{left}{MAX_ROWS}")
    for other in others:
        if other.name != place.name and str(other.sheet.name) == sheet and other.meets(place, first, last):
            address = f"{column_letters(other.left)}{other.top}"
            raise Refusal("table_below", table=place.name, other=other.name, sheet=sheet, cell=address)
    below = place.body(n_after - n_before, 0, place.n_columns - 1, skip=n_before)
    for row, cells in enumerate(below.read()):
        for column, cell in enumerate(cells):
            if cell is not None:
                address = f"{column_letters(place.left + column)}{first + row}"
                raise Refusal("cells_below", table=place.name, sheet=sheet, cell=address)


def write_all(steps: Sequence[Step | Resize | Visibility]) -> None:
    """Take all steps, or none.

    Raises
    ------
    Refusal
        If Excel refuses one; those taken are taken back, and it is said if even that fails.
    """
    taken: list[Step | Resize | Visibility] = []
    try:
        for step in steps:
            taken.append(step)
            step.take()
    except Refusal:
        _take_back(taken)
        raise
    except Exception as failure:  # whatever Excel throws on this system: it has not taken a step
        _take_back(taken)
        if is_busy(failure):
            raise Refusal("excel_busy") from failure
        sheet = taken[-1].sheet
        code = "sheet_protected" if is_protected(sheet) else "excel_declines"
        raise Refusal(code, sheet=str(sheet.name)) from failure


def is_protected(sheet: xw.Sheet) -> bool:
    """Whether a sheet is protected, as far as Excel tells on this system."""
    return bool(getattr(sheet.api, "ProtectContents", False))


def _take_back(taken: Sequence[Step | Resize | Visibility]) -> None:
    """Put back what was written, the last first, all of it even where one part fails or Excel is busy.

    Raises
    ------
    Refusal
        If Excel does not take the old cells either.
    """
    until = time.monotonic() + PATIENCE
    try:
        with ExitStack() as stack:
            for step in taken:
                stack.callback(patiently, step.take_back, until)
    except Exception as failure:
        raise Refusal("half_written") from failure
