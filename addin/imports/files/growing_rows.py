"""Rows of cells that a file gives one after the other, with gaps and repetitions, within bounds."""

from __future__ import annotations

from typing import Final, NoReturn

from addin.package.reader import MAX_CELLS
from addin.refusals import Refusal
from addin.workbook.port import MAX_ROWS, Cell

__all__ = ["GrowingRows", "Room"]

_MOST_COLUMNS: Final = 16_384


class Room:
    """The cells that all sheets of a file may take together. A few bytes may ask for millions: they get none.

    Parameters
    ----------
    file
        Name of the file, for what is said.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._left = MAX_CELLS

    def take(self, n_cells: int, sheet: str) -> None:
        """Take room for cells of a sheet.

        Raises
        ------
        Refusal
            If there is not as much left.
        """
        self._left -= n_cells
        if self._left < 0:
            self.refuse(sheet)

    def refuse(self, sheet: str) -> NoReturn:
        """Refuse a sheet that asks for more than a sheet has."""
        raise Refusal("table_too_large", file=self._file, table=sheet, cells=MAX_CELLS)


class GrowingRows:
    """The rows of a sheet as they are read.

    Parameters
    ----------
    room
        What is left for the cells of the file.
    sheet
        Name of the sheet, for what is said.

    Attributes
    ----------
    rows
        The rows so far, each up to its last cell.
    """

    def __init__(self, room: Room, sheet: str) -> None:
        self.rows: list[list[Cell]] = []
        self._room = room
        self._sheet = sheet
        self._row: list[Cell] = []
        self._n_blank_rows = self._n_blank = 0

    @property
    def column(self) -> int:
        """Place of the next cell of the row, from 0."""
        return len(self._row) + self._n_blank

    def add(self, cell: Cell, times: int = 1) -> None:
        """Add a cell to the row, or several alike; an empty one takes no room until another follows."""
        if self.column + times > _MOST_COLUMNS and (cell is not None and cell != ""):
            self._room.refuse(self._sheet)
        if cell is None or cell == "":
            self._n_blank = min(self._n_blank + max(times, 0), _MOST_COLUMNS)
            return
        self._row += [None] * self._n_blank + [cell] * times
        self._n_blank = 0

    def end_row(self, times: int = 1) -> None:
        """End the row, and say how many times it stands there."""
        row, self._row, self._n_blank = self._row, [], 0
        if not row:
            self._n_blank_rows = min(self._n_blank_rows + times, MAX_ROWS)
            return
        self._room.take(len(row) * times + self._n_blank_rows, self._sheet)
        if len(self.rows) + self._n_blank_rows + times > MAX_ROWS:
            self._room.refuse(self._sheet)
        self.rows += [[] for _ in range(self._n_blank_rows)]
        self.rows += [list(row) for _ in range(times)]
        self._n_blank_rows = 0

    def skip_to(self, row: int) -> None:
        """Leave rows blank up to one, counted from 0; one that has passed already is no reason to go back."""
        self._n_blank_rows = min(max(row - len(self.rows), self._n_blank_rows), MAX_ROWS)
