"""Cells and rows of a workbook that hold something else."""

from dataclasses import dataclass
from typing import Any

from fuzz import odd_cells


@dataclass(frozen=True)
class Put:
    """A cell in the body of a table."""

    table: str
    row: int
    column: int
    cell: Any
    kind = "cells"

    def apply(self, package):
        place = package.tables[package.chosen(self.table, self.row)]
        row = place.top + 1 + self.row % max(1, place.n_rows)
        column = 1 if self.table == "Settings" else self.column
        package.put(place.sheet, row, place.left + column % place.n_columns, self.cell)


@dataclass(frozen=True)
class Fill:
    """One cell, or two in turn, down a whole column of the body."""

    table: str
    column: int
    cells: tuple
    kind = "cells"

    def apply(self, package):
        place = package.tables[package.chosen(self.table, self.column)]
        for down in range(place.n_rows):
            cell = self.cells[down % len(self.cells)]
            package.put(place.sheet, place.top + 1 + down, place.left + self.column % place.n_columns, cell)


@dataclass(frozen=True)
class Grow:
    """Rows below a table, where no other stands."""

    table: str
    rows: tuple
    kind = "rows"

    def apply(self, package):
        name = package.chosen(self.table, 0)
        place = package.tables[name]
        below = [
            one
            for other, one in package.tables.items()
            if other != name and one.sheet == place.sheet and one.bottom > place.bottom
        ]
        if below:
            return
        for cells in self.rows:
            place.bottom += 1
            for at, cell in enumerate(cells[: place.n_columns]):
                package.put(place.sheet, place.bottom, place.left + at, cell)
        package.resize(name)


@dataclass(frozen=True)
class Repeat:
    """A row that stands in the place of another, too: a code is there twice."""

    table: str
    row: int
    other: int
    kind = "rows"

    def apply(self, package):
        place = package.tables[package.chosen(self.table, self.row)]
        source, target = (place.top + 1 + at % place.n_rows for at in (self.row, self.other))
        for column in range(place.left, place.right + 1):
            package.put(place.sheet, target, column, package.raw(place.sheet, source, column))


@dataclass(frozen=True)
class Clear:
    """A table of which nothing is left but an empty row."""

    table: str
    kind = "tables"

    def apply(self, package):
        name = package.chosen(self.table, 1)
        place = package.tables[name]
        for row in range(place.top + 1, place.bottom + 1):
            for column in range(place.left, place.right + 1):
                package.put(place.sheet, row, column, odd_cells.NOTHING)
        place.bottom = place.top + 1
        package.resize(name)
