"""Amounts of a column: which mark parts the decimals is decided by the whole column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.imports.grid import Column
from addin.refusals import Refusal
from addin.values import Unreadable, read_number

__all__ = ["EMPTY", "UNITS", "Amounts", "Numbers"]

UNITS: Final = 10_000
"""Parts of a currency unit in which amounts are added up: exact, whatever the order."""
LARGEST: Final = 1e12
"""Largest amount of a line: beyond it the sum of a million lines would overflow."""
EMPTY: Final = frozenset({"", "null", "none", "-", "n/a"})

_BLANK: Final = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009'’](?=\d{3}(?!\d))")
_BLANKS: Final = tuple(" \u00a0\u202f\u2009'’")
# A mark that is not followed by just three digits, or has a zero or four digits before it, parts decimals.
_DECIMAL: Final = {
    mark: re.compile(
        rf"{re.escape(mark)}(?:\d{{1,2}}|\d{{4,}})?(?=[^\d]|\Z)|(?<![\d.,])0{re.escape(mark)}|\d{{4}}{re.escape(mark)}"
    )
    for mark in ",."
}
_THREES: Final = re.compile(r"(?<![\d.,])[1-9]\d{0,2}[.,]\d{3}(?![\d.,])")
_BROKEN_CENT: Final = 1e-4
_GROUP: Final = {
    mark: re.compile(
        rf"{re.escape(mark)}(?!\d{{3}}(?:\D|\Z))|(?<!\d){re.escape(mark)}|\d{{4}}{re.escape(mark)}"
    )
    for mark in ",."
}


@dataclass(frozen=True, slots=True)
class Amounts:
    """Numbers of a column.

    Attributes
    ----------
    numbers
        Float64 array of shape (n_rows,), NaN where there is none.
    unreadable
        Bool array: cells that hold something that is no number.
    """

    numbers: npt.NDArray[np.float64]
    unreadable: npt.NDArray[np.bool_]

    def cells(self) -> list[float | None]:
        """Return the numbers as cells hold them."""
        return [None if value != value else value for value in self.numbers.tolist()]  # noqa: PLR0124 - NaN

    def units(self) -> npt.NDArray[np.int64]:
        """Return the amounts in whole parts of a unit, 0 where there is none."""
        return np.rint(np.nan_to_num(self.numbers) * UNITS).astype(np.int64)


@dataclass
class Numbers:
    """The way in which a column writes its numbers.

    Attributes
    ----------
    file
        Name of the file, for what is said.
    comma, point
        Whether some number can only be read with that mark before its decimals.
    ambiguous
        Whether some number has such a mark at all.
    in_threes
        Whether some number could be read in both ways, as ``1.234``.
    decimal
        The mark decided on.
    """

    file: str = ""
    comma: bool = False
    point: bool = False
    ambiguous: bool = False
    in_threes: bool = False
    decimal: str = "."

    def observe(self, column: Column) -> None:
        """Look at some cells for what tells the mark.

        Raises
        ------
        Refusal
            If both marks part decimals, and some number can be read in both ways.
        """
        if column.numbers is not None:  # read as plain numbers: only more than two decimals tell anything
            cents = column.numbers * 100
            self.in_threes = self.in_threes or bool((np.abs(cents - np.rint(cents)) > _BROKEN_CENT).any())
        else:
            self._look_at(_joined(column))
        if self.comma and self.point and self.in_threes:
            raise Refusal("import_mixed_marks", file=self.file)

    def _look_at(self, text: str) -> None:
        for mark in ",.":
            if mark not in text:
                continue
            self.ambiguous = True
            self.in_threes = self.in_threes or _THREES.search(text) is not None
            if _DECIMAL[mark].search(text) is not None:
                self.comma, self.point = self.comma or mark == ",", self.point or mark == "."

    @property
    def decided(self) -> bool:
        """Whether what was seen tells the mark."""
        return self.comma != self.point

    @property
    def guessed(self) -> bool:
        """Whether marks were taken for thousands without proof."""
        return self.ambiguous and not self.comma and not self.point

    def settle(self, language: str) -> None:
        """Decide: by what was seen; amounts that all have three digits behind their mark are whole."""
        if self.comma and self.point:
            return  # each number is read as it is written
        if self.comma != self.point:
            self.decimal = "," if self.comma else "."
        elif self.guessed:
            self.decimal = "?"
        else:
            self.decimal = "," if language == "fr" else "."

    def read(self, column: Column) -> Amounts:
        """Return the numbers of a column."""
        if column.numbers is not None:
            values = column.numbers.copy()
            beyond = np.abs(values) > LARGEST
            values[beyond] = np.nan
            return Amounts(values, beyond)
        cells = column.cells()
        if not len(cells):
            return Amounts(np.empty(0), np.empty(0, dtype=bool))
        texts: list[Any] = [cell if type(cell) is str else "" for cell in cells.tolist()]
        text = "\n".join(texts)
        plain = self._plain(text) if text.count("\n") == len(texts) - 1 else None
        values = np.full(len(cells), np.nan)
        if plain is not None:
            numbers = pd.to_numeric(np.array(plain.split("\n"), dtype=object), errors="coerce")
            values = np.asarray(numbers, dtype=np.float64).copy()
        values[~np.isfinite(values)] = np.nan
        unreadable = np.zeros(len(cells), dtype=bool)
        for row in np.flatnonzero(np.isnan(values)).tolist():
            value = self._one(cells[row])
            if isinstance(value, Unreadable):
                unreadable[row] = True
            elif value is not None:
                values[row] = value
        beyond = np.abs(np.nan_to_num(values)) > LARGEST
        values[beyond], unreadable[beyond] = np.nan, True
        return Amounts(values, unreadable)

    def _plain(self, text: str) -> str | None:
        """Text of numbers with a decimal point and nothing between thousands; None if not all are regular."""
        if any(blank in text for blank in _BLANKS):
            text = _BLANK.sub("", text)
        for mark in ",.":
            if mark == self.decimal or mark not in text:
                continue
            if _GROUP[mark].search(text):
                return None
            text = text.replace(mark, "")
        return text.replace(self.decimal, ".") if self.decimal == "," else text

    def _one(self, cell: Any) -> float | Unreadable | None:
        if isinstance(cell, str):
            if cell.strip().casefold() in EMPTY:
                return None
            cell = self._without_groups(cell)
            # Where the column tells the mark, the other one parts thousands: 1.234 is no riddle there.
            return read_number(cell, "fr" if self.decimal == "," else "en")
        return read_number(cell, "en")

    def _without_groups(self, cell: str) -> str:
        """Take out the marks between thousands, where the column tells which they are."""
        mark = "," if self.decimal == "." else "."
        groups = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+(?![\d{re.escape(mark)}])")
        return groups.sub(lambda found: found[0].replace(mark, ""), cell) if mark in cell else cell


def _joined(column: Column) -> str:
    cells = column.values  # noqa: PD011 - a column of a file, not of pandas
    text = "\n".join(cell for cell in cells if type(cell) is str)
    return _BLANK.sub("", text) if any(blank in text for blank in _BLANKS) else text
