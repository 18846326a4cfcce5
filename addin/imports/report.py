"""What an import found and did, as values: the screen and the sheet Imports say it in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from addin.catalogue import Phrase
from addin.imports.files.chunks import Chunk

__all__ = ["MOST_NAMED", "Aside", "FileReport", "phrase"]

MOST_NAMED = 8
"""Rows put together again that a report names one by one."""
MOST_LISTED = 200
"""Rows set aside that a report lists one by one; it counts and adds up all of them."""


def phrase(*keys: str, **details: object) -> Phrase:
    """Return something to say, from the texts of the import."""
    return Phrase("imports", keys, details)


@dataclass(frozen=True, slots=True)
class Aside:
    """A row that was not used.

    Attributes
    ----------
    line
        Its line in the file.
    reason
        Why.
    units
        Its amount in parts of the currency unit, None if it has none that can be read.
    """

    line: int
    reason: Phrase
    units: int | None = None


@dataclass
class FileReport:
    """What was read from a file.

    Attributes
    ----------
    file, kind
        Its name, and what it is.
    reading
        How it is written: encoding, separator, period ...
    columns
        What each of its columns was taken for.
    guesses
        What was decided without proof.
    notes
        What a person should know.
    last
        The last day of which it tells anything; None where it has no days.
    n_read, n_used
        Rows read, and used.
    units_read, units_used, units_aside
        Their amounts; None where the file has none.
    n_unreadable
        Rows set aside whose amount cannot be read, so that no sum holds it.
    foreign
        Rows in another currency and their amounts in parts of its unit, by its name: all are set aside.
    sign
        The sign of the currency of all amounts, where it is not the workbook's and nobody chose that yet.
    n_joined
        Rows that were put together of several lines.
    aside
        Rows not used, the first :data:`MOST_LISTED` of them; ``by_reason`` counts all.
    """

    file: str
    kind: str
    reading: list[Phrase] = field(default_factory=list)
    columns: list[Phrase] = field(default_factory=list)
    guesses: list[Phrase] = field(default_factory=list)
    notes: list[Phrase] = field(default_factory=list)
    last: dt.date | None = None
    n_read: int = 0
    n_used: int = 0
    units_read: int | None = None
    units_used: int | None = None
    units_aside: int | None = None
    n_unreadable: int = 0
    foreign: dict[str, tuple[int, int]] = field(default_factory=dict)
    sign: str = ""
    n_joined: int = 0
    aside: list[Aside] = field(default_factory=list)
    by_reason: dict[str, int] = field(default_factory=dict)

    @property
    def n_aside(self) -> int:
        """Number of rows not used."""
        return sum(self.by_reason.values())

    def weight_aside(self, units: int) -> list[Phrase]:
        """Return the amounts set aside: in the workbook's currency, in others, and those that are unreadable.

        Parameters
        ----------
        units
            Parts of a currency unit.
        """
        n_foreign = sum(n_rows for n_rows, _ in self.foreign.values())
        said = []
        if self.n_aside > n_foreign + self.n_unreadable or not self.n_aside or self.units_aside:
            said.append(phrase("weight", "own", amount=(self.units_aside or 0) / units))
        for currency, (_, sum_of) in sorted(self.foreign.items()):
            said.append(phrase("weight", "foreign", amount=sum_of / units, currency=currency))
        if self.n_unreadable:
            said.append(phrase("weight", "unreadable", count=self.n_unreadable))
        return said

    def begin(self, chunk: Chunk) -> None:
        """Count the rows of a chunk as read, and set aside those that could not be taken apart."""
        torn = [one for one in chunk.broken if one.reason == "lines_joined"]
        self.n_joined += len(torn)
        for one in torn[: max(0, MOST_NAMED - self.n_joined + len(torn))]:
            details = {"line": str(one.line), "lines": one.details["lines"]}
            self.guesses.append(phrase("guess", one.reason, **details))
        broken = [one for one in chunk.broken if not one.mended]
        self.n_read += chunk.n_rows + len(broken)
        for one in broken:
            self.set_aside([one.line], one.reason, details=[one.details])

    def set_aside(
        self,
        lines: Sequence[int] | npt.NDArray[np.int64],
        reason: str,
        units: Sequence[int | None] | None = None,
        details: Sequence[Mapping[str, object]] | None = None,
    ) -> None:
        """Note rows that are not used."""
        if not len(lines):
            return
        self.by_reason[reason] = self.by_reason.get(reason, 0) + len(lines)
        for place, line in enumerate(lines):
            if len(self.aside) >= 4 * MOST_LISTED:
                break
            amount = units[place] if units is not None else None
            named = details[place] if details is not None else {}
            self.aside.append(Aside(int(line), phrase("aside", reason, **named), amount))

    def listed(self) -> list[Aside]:
        """Return the first rows that are not used, in the order of the file."""
        return sorted(self.aside, key=lambda row: row.line)[:MOST_LISTED]
