"""Values of files offered to the cells of accounts: what is filled in, replaced, or stays as it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from addin.catalogue import word_key
from addin.imports.rules import Rules
from addin.workbook.located_tables import Layout
from addin.workbook.port import Cell, Changes, ColumnFill
from addin.workbook.typed_cells import is_blank, read_date, read_number, read_text
from scoring.terms import FIELDS, NUMERIC, Kind

__all__ = ["OfferedCells", "Spot", "same"]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an account stands: its code as written, table and row."""

    code: str
    table: int
    row: int


class OfferedCells:
    """Cells of the account tables on their way to new values."""

    def __init__(self, layout: Layout, rules: Rules) -> None:
        self._layout = layout
        self._language = rules.language
        self.new: dict[tuple[int, str], dict[int, Cell]] = {}

    def offer(self, spot: Spot, name: str, value: Cell, *, kind: str, stays: str = "") -> str:
        """Put a value into a cell, unless it is there already or stays; say which.

        Parameters
        ----------
        spot, name
            The cell.
        value
            What a file says.
        kind
            The kind of file.
        stays
            Why a cell that is filled in stays as it is: ``kept`` by choice, ``left``, since the workbook
            knows better, or ``fresher`` than the file, so that an empty one stays empty too; empty where it
            gives way.

        Returns
        -------
        ``missing``, ``filled``, ``same``, ``replaced``, or why it stays.
        """
        located = self._layout.accounts[spot.table]
        position = located.columns.get(name)
        if position is None:
            return "missing"
        shown = located.table.columns[position][spot.row]
        if is_blank(shown):
            if stays == "fresher":
                return stays
            self.new.setdefault((spot.table, name), {})[spot.row] = value
            return "filled"
        if same(name, shown, value, self._language):
            return "same"
        if stays:
            return stays
        if kind != "accounts" and _goes_further(name, shown, value, self._language):
            return "same"
        self.new.setdefault((spot.table, name), {})[spot.row] = value
        return "replaced"

    def empty(self, spot: Spot, name: str) -> bool:
        """Empty a cell, and return whether there was anything in it."""
        located = self._layout.accounts[spot.table]
        position = located.columns.get(name)
        if position is None or is_blank(located.table.columns[position][spot.row]):
            return False
        self.new.setdefault((spot.table, name), {})[spot.row] = None
        return True

    def is_replaced(self, spot: Spot, name: str) -> bool:
        """Whether a cell that is filled in gets another value."""
        located = self._layout.accounts[spot.table]
        position = located.columns.get(name)
        is_filled = position is not None and not is_blank(located.table.columns[position][spot.row])
        return is_filled and spot.row in self.new.get((spot.table, name), {})

    def set_to_zero(self, spot: Spot, name: str) -> bool:
        """Set an amount or a count to 0, and return whether it was another one."""
        located = self._layout.accounts[spot.table]
        position = located.columns.get(name)
        if position is None:
            return False
        number = read_number(located.table.columns[position][spot.row], self._language)
        if not isinstance(number, float) or not number:
            return False
        self.new.setdefault((spot.table, name), {})[spot.row] = 0.0
        return True

    def write(self, changes: Changes) -> None:
        """Add the new values to what is written."""
        for (at, name), cells in self.new.items():
            located = self._layout.accounts[at]
            n_rows = located.table.n_rows
            values: list[Cell] = [None] * n_rows
            skip = np.ones(n_rows, dtype=bool)
            for row, value in cells.items():
                values[row], skip[row] = value, False
            column = located.columns[name]
            changes.columns.append(
                ColumnFill(located.table.name, column, values, skip, np.zeros(n_rows, dtype=bool))
            )


def _goes_further(name: str, shown: Cell, value: Cell, language: str) -> bool:
    """Whether a first or last day that is known lies further out than what a part of the files can show."""
    date = read_date(shown, language) if isinstance(value, dt.datetime) else None
    if not isinstance(date, dt.datetime) or not isinstance(value, dt.datetime):
        return False
    if name == "first_purchase":
        return date < value
    return name in ("last_purchase", "last_visit") and date > value


def same(name: str, shown: Cell, value: Cell, language: str) -> bool:
    """Whether a cell shows a value already, in whatever way it was typed."""
    kind = FIELDS[name].kind if name in FIELDS else Kind.TEXT
    if kind in NUMERIC and isinstance(value, float):
        number = read_number(shown, language)
        # Far less than a cent, and what programs that keep 15 digits lose of a large amount.
        return isinstance(number, float) and abs(number - value) < max(5e-7, 1e-12 * abs(value))
    if isinstance(value, dt.datetime):
        date = read_date(shown, language)
        return isinstance(date, dt.datetime) and date.date() == value.date()
    text = read_text(shown)
    if kind is Kind.WORD and isinstance(text, str):
        known = word_key(name, text, language)
        return text == value or (known is not None and known == word_key(name, str(value), language))
    return text == (str(value).strip() if isinstance(value, str) else read_text(value))
