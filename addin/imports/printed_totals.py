"""Lines of totals that a program prints, compared with the lines that they sum up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from addin.catalogue import Phrase
from addin.imports.files.numbers import UNITS
from addin.imports.report import phrase
from addin.workbook.port import Cell
from scoring.terms import FIELDS, Kind

__all__ = ["AccountTotals", "PrintedTotals"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NOTHING: Final = np.iinfo(np.int64).min
"""In a column of amounts, a cell that holds none."""
_CENT: Final = UNITS // 100
_MOST_SAID: Final = 3
_MOST_NESTED: Final = 50
"""Totals before one that it may sum up again together with the lines since: groups within groups."""


@dataclass(frozen=True, slots=True)
class Differs:
    """A printed total that its lines contradict."""

    line: int
    total: int
    added: int


class PrintedTotals:
    """Compares lines of totals with the lines above them.

    A total is right if it is the sum of all lines so far, or of those since a total before it: of all
    that are printed, or of those that count.
    """

    def __init__(self) -> None:
        self._sums = np.zeros(0, dtype=np.int64)
        self._before: list[Ints] = []
        self.n_seen = 0
        self.wrong: list[Differs] = []

    def add(self, ways: Ints, totals: Ints, is_total: Bools, lines: Ints) -> None:
        """Look at rows.

        Parameters
        ----------
        ways
            Amounts of each row in each way to add them up, an int64 array of shape (n_ways, n_rows).
        totals
            What each row says if it is one of totals, :data:`NOTHING` for an empty cell.
        is_total, lines
            Whether it is, and its line.
        """
        if not len(self._sums):
            self._sums = np.zeros(len(ways), dtype=np.int64)
            self._before = [np.zeros(len(ways), dtype=np.int64)]
        running = np.cumsum(np.where(is_total, 0, ways), axis=1) + self._sums[:, None]
        for row in np.flatnonzero(is_total).tolist():
            here, total = running[:, row], int(totals[row])
            if total != NOTHING:
                self.n_seen += 1
                possible = np.concatenate([here - before for before in self._before])
                if (np.abs(possible - total) > _CENT).all():
                    since = here - self._before[-1]
                    added = since if since.any() else here
                    self.wrong.append(Differs(int(lines[row]), total, int(added[0])))
            self._before = [self._before[0], *self._before[1:][-_MOST_NESTED:], here.copy()]
        if running.shape[1]:
            self._sums = running[:, -1].copy()

    def said(self) -> Iterator[Phrase]:
        """Yield what contradicts itself."""
        for one in self.wrong[:_MOST_SAID]:
            details = {"line": str(one.line), "total": one.total / UNITS, "added": one.added / UNITS}
            yield phrase("checks", "total", **details)
        if len(self.wrong) > _MOST_SAID:
            yield phrase("checks", "more_totals", count=len(self.wrong) - _MOST_SAID)


class AccountTotals:
    """The totals below a list of accounts, column by column.

    Parameters
    ----------
    columns
        Cells of the rows by field.
    amounts
        Amounts of the rows by place of the column, of those that are no field.
    lines
        Lines of the rows.
    """

    def __init__(
        self,
        columns: Mapping[str, Sequence[Cell]],
        amounts: Mapping[int, Sequence[float | None]],
        lines: Sequence[int],
    ) -> None:
        money = [cells for key, cells in columns.items() if key in FIELDS and FIELDS[key].kind is Kind.MONEY]
        self._columns: list[Sequence[Cell]] = [*money, *amounts.values()]
        self._lines = np.array(lines, dtype=np.int64)

    def differences(
        self, is_total: Sequence[bool], is_used: Sequence[bool], starts: Mapping[int, int]
    ) -> list[Phrase]:
        """Return the totals that their lines contradict, each line once.

        Parameters
        ----------
        is_total, is_used
            Of each row, whether it is one of totals, and whether it is used.
        starts
            The first row that a total sums up, where its name tells it.
        """
        if not any(is_total):
            return []
        totals_at, used = np.array(is_total, dtype=bool), np.array(is_used, dtype=bool)
        found: dict[int, Differs] = {}
        for cells in self._columns:
            units = np.array(
                [round(cell * UNITS) if isinstance(cell, float) else NOTHING for cell in cells],
                dtype=np.int64,
            )
            printed = np.where(units == NOTHING, 0, units)
            checked = PrintedTotals()
            checked.add(np.stack([printed, np.where(used, printed, 0)]), units, totals_at, self._lines)
            own = {
                int(self._lines[row]): _own_total(units, totals_at, self._lines, start, row)
                for row, start in starts.items()
            }
            for one in [*(one for one in checked.wrong if one.line not in own), *own.values()]:
                if one is not None:
                    found.setdefault(one.line, one)
        summed = PrintedTotals()
        summed.wrong = [found[line] for line in sorted(found)]
        return list(summed.said())


def _own_total(units: Ints, is_total: Bools, lines: Ints, start: int, row: int) -> Differs | None:
    """Return a total that names what it sums up, where its lines contradict it."""
    if units[row] == NOTHING:
        return None
    above = units[start:row][~is_total[start:row]]
    added = int(above[above != NOTHING].sum())
    total = int(units[row])
    return Differs(int(lines[row]), total, added) if abs(total - added) > _CENT else None
