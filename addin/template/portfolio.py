"""Counts and sums over all account tables of a workbook."""

from __future__ import annotations

from addin.book import Cell
from addin.template.content import AccountSheet
from addin.template.figures import (
    Calculation,
    Column,
    Constant,
    Figure,
    Value,
    Where,
    added,
    calculate,
    count,
    largest,
    number,
    total,
)
from addin.template.words import Words

Condition = tuple[str, str, Figure | Value]
"""Field, operator (``""`` for equality) and what it is compared with."""


class Portfolio:
    """All accounts of a workbook, whichever table they stand in.

    Parameters
    ----------
    words
        The language of the headers.
    accounts
        The account tables.
    """

    def __init__(self, words: Words, accounts: tuple[AccountSheet, ...]) -> None:
        self._words = words
        self._accounts = accounts
        self.tables = tuple(sheet.table for sheet in accounts)
        self._made: dict[tuple[str, str], Column] = {}

    def count(self, *conditions: Condition) -> Calculation:
        """Return the number of accounts that meet all conditions."""
        return added(count(*self._where(sheet, conditions)) for sheet in self._accounts)

    def total(self, key: str, *conditions: Condition) -> Calculation:
        """Return the sum of a field over the accounts that meet all conditions."""
        return added(
            total(self._column(sheet, key), *self._where(sheet, conditions)) for sheet in self._accounts
        )

    def numbers(self, key: str) -> Calculation:
        """Return how many accounts have a number in a field."""
        return added(
            calculate(
                "COUNT({0})", lambda cells: sum(isinstance(number(cell), float) for cell in cells), column
            )
            for column in self._columns(key)
        )

    def filled(self, key: str) -> Calculation:
        """Return how many accounts have anything in a field."""
        return added(
            calculate("COUNTA({0})", lambda cells: sum(cell is not None for cell in cells), column)
            for column in self._columns(key)
        )

    def largest(self, key: str) -> Calculation:
        """Return the largest number in a field."""
        return largest(self._columns(key))

    def _columns(self, key: str) -> list[Column]:
        return [self._column(sheet, key) for sheet in self._accounts]

    def _column(self, sheet: AccountSheet, key: str) -> Column:
        place = sheet.table, key
        if place not in self._made:
            cells = tuple(plain(row.get(key)) for row in sheet.rows or ({},))
            self._made[place] = Column(sheet.table, self._words.header("accounts", key), cells)
        return self._made[place]

    def _where(self, sheet: AccountSheet, conditions: tuple[Condition, ...]) -> list[Where]:
        return [
            Where(
                self._column(sheet, key),
                operator,
                Constant(bound) if isinstance(bound, float | str) else bound,
            )
            for key, operator, bound in conditions
        ]


def plain(cell: Cell) -> Cell:
    """Return a whole number as the float that a cell holds, an empty text as no cell."""
    if isinstance(cell, int) and not isinstance(cell, bool):
        return float(cell)
    return None if cell == "" else cell
