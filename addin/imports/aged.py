"""Aged balances: what each account owes and what of it is past due, out of its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from addin.catalogue import Phrase
from addin.imports.files.chunks import Chunk
from addin.imports.files.numbers import Amounts, Numbers
from addin.imports.header_rows import Recognised
from addin.imports.headers import AGED
from addin.imports.report import phrase
from addin.workbook.port import Cell

__all__ = ["AgedColumns"]

_CENT: Final = 0.01
_MOST_SAID: Final = 3


@dataclass
class Differs:
    """Rows in which two ways to the same amount differ, the first three and how many."""

    rows: list[tuple[int, float, float]] = field(default_factory=list)
    n_rows: int = 0

    def add(self, line: int, said: float, added: float) -> None:
        """Note a row."""
        self.n_rows += 1
        if len(self.rows) < _MOST_SAID:
            self.rows.append((line, said, added))


class AgedColumns:
    """The columns of an aged balance that are no field by themselves.

    Parameters
    ----------
    found
        The file.
    """

    def __init__(self, found: Recognised) -> None:
        file = found.path.name
        self._at = {key: [match.position for match in found.all_of(key)] for key in AGED}
        self._numbers = {at: Numbers(file, header=found.headers[at]) for at in self.positions}
        self._has = {key for key in ("open_amount", "overdue") if found.position(key) is not None}
        self._headers = [match.header for match in found.all_of("bucket")]
        self._sums = {"open_amount": Differs(), "overdue": Differs()}

    @property
    def positions(self) -> list[int]:
        """Places of the columns."""
        return [at for places in self._at.values() for at in places]

    def gives(self, key: str) -> bool:
        """Whether a field comes out of these columns."""
        if key == "open_amount":
            return bool(self.positions)
        return key == "overdue" and bool(self._at["bucket"])

    def observe(self, chunk: Chunk) -> None:
        """Look at some cells for what tells the decimal mark."""
        for at, numbers in self._numbers.items():
            numbers.observe(chunk.columns[at])

    def settle(self, language: str) -> None:
        """Decide how each column is written."""
        for numbers in self._numbers.values():
            numbers.settle(language)

    def read(self, chunk: Chunk) -> dict[int, Amounts]:
        """Return the amounts of the columns by place."""
        return {at: numbers.read(chunk.columns[at]) for at, numbers in self._numbers.items()}

    def fill(
        self,
        columns: Mapping[str, list[Cell]],
        amounts: Mapping[int, Sequence[float | None]],
        lines: Sequence[int],
    ) -> dict[str, list[Cell]]:
        """Return the open and overdue amounts of rows.

        Parameters
        ----------
        columns
            Cells of the fields of the rows.
        amounts
            Amounts of the rows by place of the column.
        lines
            Lines of the rows; 0 for one that is none of an account.
        """
        if not self.positions:
            return {}
        filled: dict[str, list[Cell]] = {key: [] for key in ("open_amount", "overdue") if self.gives(key)}
        for row, line in enumerate(lines):
            known = {
                key: [cell for at in places if (cell := amounts[at][row]) is not None]
                for key, places in self._at.items()
            }
            printed = {key: _number(columns[key][row]) if key in columns else None for key in filled}
            overdue = sum(known["bucket"], 0.0) if self._at["bucket"] else None
            found = {"overdue": overdue, "open_amount": self._open(known)}
            anything = any(known.values()) or any(cell is not None for cell in printed.values())
            for key, cells in filled.items():
                said, added = printed[key], found[key]
                if line and said is not None and added is not None and self._tells(key):
                    tolerance = _CENT * max(1, len(self.positions))
                    if abs(said - added) > tolerance:
                        self._sums[key].add(line, said, added)
                cells.append((said if said is not None else _cents(added)) if anything else None)
        return filled

    def _open(self, known: Mapping[str, Sequence[float]]) -> float | None:
        """Return what is open by the other columns, None where they do not say it."""
        if self._at["open_debit"] or self._at["open_credit"]:
            return sum(known["open_debit"], 0.0) - sum(abs(cell) for cell in known["open_credit"])
        if not self._at["bucket"]:
            return None
        return sum(known["not_due"], 0.0) + sum(known["bucket"])

    def _tells(self, key: str) -> bool:
        """Whether the other columns are all that an amount is made of, so that it can be checked."""
        if key == "overdue":
            return len(self._at["bucket"]) > 1
        return bool(self._at["open_debit"] or self._at["open_credit"] or len(self._at["bucket"]) > 1)

    def said(self) -> list[Phrase]:
        """Return what is to be said: what was guessed, and what contradicts itself."""
        found = []
        if self._at["bucket"] and not self._at["not_due"] and "overdue" not in self._has:
            found.append(phrase("aged", "from_invoice", headers=self._headers))
        for key, differs in self._sums.items():
            for line, printed, added in differs.rows:
                field_name = Phrase("fields", ("accounts", key))
                found.append(
                    phrase("aged", "differs", field=field_name, line=str(line), printed=printed, added=added)
                )
            if differs.n_rows > len(differs.rows):
                found.append(phrase("aged", "more_differ", count=differs.n_rows - len(differs.rows)))
        return found


def _number(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, float) else None


def _cents(amount: float | None) -> float | None:
    return None if amount is None else round(amount, 6)
