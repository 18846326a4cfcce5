"""The columns of amounts of one file: which there are, how each is written, what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from addin.imports.currencies import header_factor
from addin.imports.files.chunks import Chunk, Column
from addin.imports.files.numbers import Amounts, Numbers
from addin.imports.header_rows import Recognised
from addin.imports.headers import MONEY, loose
from addin.imports.ledger.blocks import NOTHING
from scoring.books.repeated import Hint

__all__ = ["AmountColumns", "units_or_nothing"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_STAND_IN: Final = ("amount", "invoice_total", "line_amount")
"""What the amount of a row is, the first that a file has."""
_TOTAL: Final = frozenset({"total", "totals", "facture", "invoice", "grand"})
_LINE: Final = frozenset({"ligne", "lignes", "line", "lines", "article", "item", "echeance", "instalment"})
_WITH_TAX: Final = frozenset({"ttc", "incl", "including", "gross"})
_WITHOUT_TAX: Final = frozenset({"ht", "net", "untaxed", "excl", "excluding", "hors"})


@dataclass
class AmountColumns:
    """Columns of amounts.

    Parameters
    ----------
    found
        The file.

    Attributes
    ----------
    places
        Place by what a column is: ``amount`` stands for whatever the amount of a row is.
    numbers
        How each is written.
    in_two
        Whether debits and credits stand in two columns.
    """

    found: Recognised
    places: dict[str, int] = field(init=False)
    numbers: dict[str, Numbers] = field(init=False)
    in_two: bool = field(init=False)

    def __post_init__(self) -> None:
        places = {key: at for key in MONEY if (at := self.found.position(key)) is not None}
        self.in_two = "debit" in places or "credit" in places
        if self.in_two:
            places = {
                key: at for key, at in places.items() if key in ("debit", "credit", "balance", "outstanding")
            }
        else:
            stands_in = next((key for key in _STAND_IN if key in places), None)
            if stands_in is not None:
                places["amount"] = places.pop(stands_in)
        self.places = places
        file, headers = self.found.path.name, self.found.headers
        self.numbers = {
            key: Numbers(file, header=headers[at], factor=header_factor(headers[at]))
            for key, at in places.items()
        }

    @property
    def has_amount(self) -> bool:
        """Whether rows have an amount at all."""
        return self.in_two or "amount" in self.places

    @property
    def header(self) -> str:
        """Header of the amount of a row, empty where it has none."""
        return self.found.headers[self.places["amount"]] if "amount" in self.places else ""

    @property
    def told(self) -> Hint:
        """What a person says, or the header of its own, of the amounts of invoices on several rows."""
        targets = {match.target for match in self.found.matches if match.header == self.header}
        return "total" if "invoice_total" in targets else "line" if "line_amount" in targets else ""

    @property
    def hint(self) -> Hint:
        """What the header says of the amounts of invoices on several rows."""
        words = set(loose(self.header).split())
        return "line" if words & _LINE else "total" if words & _TOTAL else ""

    @property
    def taxed(self) -> bool:
        """Whether the header says that tax is in the amounts."""
        return bool(set(loose(self.header).split()) & _WITH_TAX)

    @property
    def untaxed(self) -> bool:
        """Whether the header says that tax is not in the amounts."""
        return bool(set(loose(self.header).split()) & _WITHOUT_TAX)

    def main(self, chunk: Chunk) -> list[Column]:
        """Return the columns of the amount of a row."""
        return [
            chunk.columns[self.places[key]] for key in ("amount", "debit", "credit") if key in self.places
        ]

    def observe(self, chunk: Chunk) -> None:
        """Look at some cells for what tells the decimal mark."""
        for key, numbers in self.numbers.items():
            numbers.observe(chunk.columns[self.places[key]])

    @property
    def ready(self) -> bool:
        """Whether nothing seen so far waits for something later in the file to tell how it is to be read."""
        return all(one.ready for one in self.numbers.values())

    def settle(self, language: str) -> dict[int, str]:
        """Decide how each column is written; return the decimal mark by place where the column tells it."""
        for numbers in self.numbers.values():
            numbers.settle(language)
        return {self.places[key]: one.decimal for key, one in self.numbers.items() if one.decided}

    def read(self, chunk: Chunk) -> dict[str, Amounts]:
        """Return the numbers of each column."""
        return {key: self.numbers[key].read(chunk.columns[at]) for key, at in self.places.items()}

    def amounts(self, read: Mapping[str, Amounts], n_rows: int) -> tuple[Amounts, Ints]:
        """Return the amount of each row, debit less credit where these are two columns, and its units."""
        if not self.has_amount:
            return Amounts(np.zeros(n_rows), np.zeros(n_rows, dtype=bool)), np.zeros(n_rows, dtype=np.int64)
        if not self.in_two:
            return read["amount"], read["amount"].units()
        sides = [read[key] for key in ("debit", "credit") if key in read]
        empty = np.all([np.isnan(side.numbers) for side in sides], axis=0)
        signs = [1 if key == "debit" else -1 for key in ("debit", "credit") if key in read]
        units = np.sum([sign * side.units() for sign, side in zip(signs, sides, strict=True)], axis=0)
        unreadable = np.any([side.unreadable for side in sides], axis=0)
        return Amounts(np.where(empty, np.nan, 0.0), unreadable), units.astype(np.int64)


def units_or_nothing(amounts: Amounts) -> Ints:
    """Return amounts in parts of the currency unit, :data:`NOTHING` where there is none."""
    return np.where(np.isnan(amounts.numbers), NOTHING, amounts.units())
