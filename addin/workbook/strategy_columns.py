"""The weight columns of the table Strategies, read against the criteria of the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from addin.catalogue import Phrase
from addin.workbook.definitions import Holds
from addin.workbook.located_tables import Layout, Located
from addin.workbook.model_cells import CellReader, Value
from addin.workbook.port import Cell, Changes, ColumnFill
from addin.workbook.same_cell import same_cell
from addin.workbook.typed_cells import read_text
from scoring.terms import LARGEST_WEIGHT
from scoring.text import fold

__all__ = ["Strategy", "criterion_rows", "read_strategies", "unknown_criteria", "weights_written"]

_NO_STRATEGIES: Final = ("criterion", "current")


@dataclass(frozen=True, slots=True)
class Strategy:
    """A column of weights.

    Attributes
    ----------
    key, name
        Key of the column in the table, and its header.
    weights
        A weight for each row of the table Criteria, None for a row without a name; empty where it
        cannot be used.
    why_not
        Why it cannot be used, and what to do; None where it can.
    """

    key: str
    name: str
    weights: Sequence[float | None] = ()
    why_not: Phrase | None = None


def criterion_rows(located: Located) -> dict[str, int]:
    """Return the row of each criterion of a table by its folded name, the first where one stands twice."""
    rows: dict[str, int] = {}
    for row, cell in enumerate(located.cells("criterion")):
        name = read_text(cell)
        if isinstance(name, str):
            rows.setdefault(fold(name), row)
    return rows


def read_strategies(layout: Layout) -> list[Strategy]:
    """Return the strategies of a workbook, in the order of their columns.

    A column without any number, such as one of comments, is none.
    """
    located, criteria = layout.named.get("strategies"), layout.named.get("criteria")
    if located is None or criteria is None:
        return []
    reader = _Reader(layout, located, criteria)
    found = []
    for key, position in sorted(located.columns.items(), key=lambda column: column[1]):
        if key not in _NO_STRATEGIES and reader.has_numbers(key):
            found.append(reader.strategy(key, located.table.headers[position].strip()))
    return found


def unknown_criteria(layout: Layout) -> list[str]:
    """Return the criteria of the table Strategies that are none of the table Criteria."""
    located, criteria = layout.named.get("strategies"), layout.named.get("criteria")
    if located is None or criteria is None:
        return []
    known = criterion_rows(criteria)
    names = (read_text(cell) for cell in located.cells("criterion"))
    return [name for name in names if isinstance(name, str) and fold(name) not in known]


def weights_written(criteria: Located, weights: Iterable[float | None]) -> Changes:
    """Return what writes a weight into each row of the table Criteria; None leaves a cell as it is."""
    table, position = criteria.table, criteria.columns["weight"]
    values: list[Cell] = list(weights)
    skip = np.array([value is None for value in values], dtype=bool)
    pairs = zip(table.columns[position], values, strict=True)
    same = np.array([same_cell(old, new) for old, new in pairs], dtype=bool)
    return Changes([ColumnFill(table.name, position, values, skip, same)])


class _Reader:
    """Reads the columns of one workbook."""

    def __init__(self, layout: Layout, located: Located, criteria: Located) -> None:
        self._reader = CellReader(layout)
        self._located, self._criteria = located, criteria
        self._rows = criterion_rows(located)
        self._twice = _twice(located)
        self._weights = [self._number(cell) for cell in criteria.cells("weight")]

    def has_numbers(self, key: str) -> bool:
        return any(isinstance(self._number(cell), float) for cell in self._located.cells(key))

    def strategy(self, key: str, name: str) -> Strategy:
        if self._twice:
            return Strategy(key, name, why_not=_why("twice", name=name, **self._twice))
        cells = self._located.cells(key)
        weights: list[float | None] = []
        for row, cell in enumerate(self._criteria.cells("criterion")):
            criterion = read_text(cell)
            if not isinstance(criterion, str):
                weights.append(None)
                continue
            at = self._rows.get(fold(criterion))
            if at is None:
                if not self._is_off(row):
                    return Strategy(key, name, why_not=_why("no_row", name=name, criterion=criterion))
                weights.append(0.0)
                continue
            weight = self._number(cells[at])
            place = self._located.address(at, key)
            if weight is None and self._is_off(row):
                weight = 0.0
            if weight is None:
                why = _why("no_weight", name=name, criterion=criterion, cell=place)
                return Strategy(key, name, why_not=why)
            if not isinstance(weight, float) or not 0 <= weight <= LARGEST_WEIGHT:
                why = _why("wrong_weight", name=name, cell=place, value=cells[at], most=LARGEST_WEIGHT)
                return Strategy(key, name, why_not=why)
            weights.append(weight)
        if not any(weight for weight in weights):
            return Strategy(key, name, why_not=_why("all_zero", name=name))
        return Strategy(key, name, weights)

    def _is_off(self, row: int) -> bool:
        """Whether a criterion does not count today: nobody need say what it weighs."""
        return self._weights[row] == 0

    def _number(self, cell: Cell) -> Value:
        return self._reader.read(cell, Holds.NOTE)


def _twice(located: Located) -> dict[str, str]:
    """Return a criterion that stands on two rows, with the cell of the second; empty where none does."""
    first = criterion_rows(located)
    for row, cell in enumerate(located.cells("criterion")):
        name = read_text(cell)
        if isinstance(name, str) and first[fold(name)] != row:
            return {"criterion": name, "cell": located.address(row, "criterion")}
    return {}


def _why(key: str, **details: object) -> Phrase:
    return Phrase("views", ("strategies", key), details)
