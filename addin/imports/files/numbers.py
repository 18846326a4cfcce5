"""Amounts of a column: which mark parts the decimals is decided by the whole column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.imports.files.around_numbers import Around, Side, figures, has_more, shapes_of
from addin.imports.files.chunks import Column
from addin.imports.files.cut_cells import CutCells
from addin.refusals import Refusal
from addin.workbook.typed_cells import Unreadable, read_number
from addin.workbook.written_numbers import MINUS, WrittenNumber, decimal_number, written_number

__all__ = ["EMPTY", "UNITS", "Amounts", "Numbers"]

UNITS: Final = 10_000
"""Parts of a currency unit in which amounts are added up: exact, whatever the order."""
LARGEST: Final = 1e12
"""Largest amount of a line: beyond it the sum of a million lines would overflow."""
EMPTY: Final = frozenset({"", "null", "none", "n/a", "false", "faux", *MINUS, "--", "---"})
"""What programs write for no number; Odoo writes FALSE."""

_BLANK: Final = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009'’](?=\d{3}(?!\d))")
_BLANKS: Final = tuple(" \u00a0\u202f\u2009'’")
# A mark that is not followed by just three digits, or has a zero or four digits before it, parts decimals.
_DECIMAL: Final = {
    mark: re.compile(
        rf"{point}(?:(?<=\d{point})(?:\d{{1,2}}|\d{{4,}})?(?=\D|\Z)|(?<![\w.,]{point})(?=\d)"
        rf"|(?<=(?<![\d.,])0{point})|(?<=\d{{4}}{point}))"
    )
    for mark, point in ((",", ","), (".", r"\."))
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
    header
        Header of the column, for what is said.
    positive
        The side, where C or D behind an amount says one, that counts as positive; empty where such letters
        make it no number.
    factor
        By what they are multiplied, where the header says that they are in thousands or millions.
    around
        What stands around the numbers.
    """

    file: str = ""
    comma: bool = False
    point: bool = False
    ambiguous: bool = False
    in_threes: bool = False
    decimal: str = "."
    header: str = ""
    positive: Side = "debit"
    factor: int = 1
    around: Around = field(default_factory=Around)

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
            text = _joined(column)
            self._look_at(text)
            self.around.observe(text)
        self.around.plain = self.around.plain or _has_number(column)
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

    @property
    def ready(self) -> bool:
        """Whether nothing that was seen waits for something later in the file to tell how it is meant."""
        return (self.decided or not self.ambiguous) and not self._is_turned

    @property
    def _is_turned(self) -> bool:
        return self.positive != "" and self.around.is_turned(self.positive)

    def settle(self, language: str) -> None:
        """Decide: by what was seen; amounts that all have three digits behind their mark are whole.

        Raises
        ------
        Refusal
            If the numbers are in several currencies, with and without tax, or nearly all of them on the side
            that would make them negative.
        """
        self._check_around()
        if self.comma and self.point:
            return  # each number is read as it is written
        if self.comma != self.point:
            self.decimal = "," if self.comma else "."
        elif self.guessed:
            self.decimal = "?"
        else:
            self.decimal = "," if language == "fr" else "."

    def _check_around(self) -> None:
        where = {"file": self.file, "header": self.header}
        currencies = self.around.different_currencies()
        if len(currencies) > 1:
            raise Refusal("import_mixed_currencies", **where, currencies=currencies)
        if len(self.around.taxes) > 1:
            raise Refusal("import_mixed_taxes", **where)
        if self._is_turned:
            letter = "C" if self.positive == "debit" else "D"
            raise Refusal("import_one_side", **where, side=letter)

    def read(self, column: Column) -> Amounts:
        """Return the numbers of a column."""
        numbers, cells = column.numbers, column.values  # noqa: PD011 - a column of a file, not of pandas
        if column.codes is None and isinstance(cells, CutCells) and self.decimal in _GROUP:
            numbers = cells.numbers(self.decimal)
        if numbers is not None:
            values = numbers * self.factor
            beyond = np.abs(values) > LARGEST
            values[beyond] = np.nan
            return Amounts(values, beyond)
        cells = column.cells()
        if not len(cells):
            return Amounts(np.empty(0), np.empty(0, dtype=bool))
        texts: list[str] = [cell if type(cell) is str and "\n" not in cell else "" for cell in cells.tolist()]
        values = self._at_once(texts)
        values[~np.isfinite(values)] = np.nan
        unreadable = np.zeros(len(cells), dtype=bool)
        for row in np.flatnonzero(np.isnan(values)).tolist():
            value = self._one(cells[row])
            if isinstance(value, Unreadable):
                unreadable[row] = True
            elif value is not None:
                values[row] = value
        if self.factor != 1:
            values *= self.factor
        beyond = np.abs(np.nan_to_num(values)) > LARGEST
        values[beyond], unreadable[beyond] = np.nan, True
        return Amounts(values, unreadable)

    def _at_once(self, texts: list[str]) -> npt.NDArray[np.float64]:
        """Return the numbers of regular texts, NaN for all that wants a closer look."""
        text = "\n".join(texts)
        signs: npt.NDArray[np.float64] | float = 1.0
        if has_more(text):
            shaped, known = shapes_of(text)
            text = "\n".join(
                figures(line) if known[shape].plain else "" for line, shape in zip(texts, shaped, strict=True)
            )
            sign = {shape: self._sign(one.written) for shape, one in known.items()}
            signs = np.array([sign[shape] for shape in shaped])
        plain = self._plain(text)
        if plain is None:
            return np.full(len(texts), np.nan)
        numbers = pd.to_numeric(np.array(plain.split("\n"), dtype=object), errors="coerce")
        return np.asarray(numbers, dtype=np.float64) * signs

    def _sign(self, written: WrittenNumber | None) -> float:
        """Return the sign of a number as its column understands it, NaN where it is none there."""
        if written is None or (written.side and not self.positive):
            return np.nan
        return -1.0 if written.negative != (written.side not in ("", self.positive)) else 1.0

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
        if cell is False:  # what Odoo writes for nothing
            return None
        if not isinstance(cell, str):
            return read_number(cell, "en")
        if cell.strip().casefold() in EMPTY:
            return None
        written = written_number(cell)
        if written is not None and (self.positive or not written.side):
            # Where the column tells the mark, the other one parts thousands: 1.234 is no riddle there.
            value = decimal_number(written, self.decimal, told=True)
            if value is not None:
                value = value / self.factor if written.power else value  # "12 k€" says it itself
                return -value if written.side not in ("", self.positive) else value
        return Unreadable("no_number", "type_a_number", cell)


def _has_number(column: Column) -> bool:
    """Whether a number other than 0 stands there that is no text."""
    if column.numbers is not None:
        return bool(np.nan_to_num(column.numbers).any())
    return any(type(cell) is float and cell != 0 for cell in column.values)  # noqa: PD011 - of a file


def _joined(column: Column) -> str:
    cells = column.values  # noqa: PD011 - a column of a file, not of pandas
    text = "\n".join(cell for cell in cells if type(cell) is str)
    return _BLANK.sub("", text) if any(blank in text for blank in _BLANKS) else text
