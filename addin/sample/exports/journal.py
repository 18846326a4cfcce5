"""The books of the made-up company: entries, and what the model knows to be sold to whom."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from addin.sample.exports.company import LAST_DAY, YEARS, fiscal_year

__all__ = ["NOBODY", "Books", "Entry", "Line", "vat_of"]

NOBODY: Final = ""
"""Stands for a client where a sale has none."""

_BY_ITEM: Final = ("401", "411", "413", "416", "4191")
"""Accounts that the opening journal carries over item by item."""


@dataclass(slots=True)
class Line:
    """A line of an entry.

    Attributes
    ----------
    account
        Account, six digits.
    cents
        Debit, or credit as a negative number [cents].
    party
        Key of the client or supplier.
    group
        What is to be lettered together, within the account and the party.
    label, ref, ref_day, journal
        Those of the entry where they are empty.
    foreign
        Amount in Swiss francs [cents].
    letter, lettered
        Lettering, once it is done.
    """

    account: str
    cents: int
    party: str = ""
    group: str = ""
    label: str = ""
    ref: str = ""
    ref_day: dt.date | None = None
    journal: str = ""
    foreign: int = 0
    letter: str = ""
    lettered: dt.date | None = None


@dataclass(slots=True)
class Entry:
    """An entry, balanced over its lines."""

    journal: str
    day: dt.date
    ref: str
    label: str
    lines: list[Line]
    number: str = ""


@dataclass
class Books:
    """All entries, in no order.

    Attributes
    ----------
    entries
        The entries by fiscal year.
    sold
        Turnover by fiscal year and client, :data:`NOBODY` among them [cents].
    """

    entries: dict[int, list[Entry]] = field(default_factory=lambda: {year: [] for year in YEARS})
    sold: dict[tuple[int, str], int] = field(default_factory=lambda: defaultdict(int))

    def post(
        self,
        journal: str,
        day: dt.date,
        ref: str,
        label: str,
        lines: Sequence[Line],
        sold: dict[str, int] | None = None,
    ) -> None:
        """Add an entry, unless it lies after the last fiscal year.

        Parameters
        ----------
        journal, day, ref, label
            Of the entry.
        lines
            Its lines; those without an amount are left out.
        sold
            What it sells, by client. It must be what the lines say for accounts 70x.

        Raises
        ------
        ValueError
            If the entry does not balance or sells something else than told.
        """
        if day > LAST_DAY:
            return
        kept = [line for line in lines if line.cents]
        turnover = -sum(line.cents for line in kept if line.account.startswith("70"))
        if sum(line.cents for line in kept) or turnover != sum((sold or {}).values()):
            raise ValueError(f"Entry {ref} of {day} does not add up.")
        year = fiscal_year(day)
        self.entries[year].append(Entry(journal, day, ref, label, kept))
        for client, cents in (sold or {}).items():
            self.sold[year, client] += cents

    def lines(self, year: int) -> Iterator[tuple[Entry, Line]]:
        """Yield the lines of a fiscal year with their entries."""
        for entry in self.entries[year]:
            for line in entry.lines:
                yield entry, line

    def balances(self, year: int, until: dt.date) -> dict[str, int]:
        """Return debit less credit of each account up to a day of a fiscal year [cents]."""
        found: dict[str, int] = defaultdict(int)
        for entry in self.entries[year]:
            if entry.day <= until:
                for line in entry.lines:
                    found[line.account] += line.cents
        return found

    def close(self, year: int) -> list[Line]:
        """Return what the opening journal of the next year carries over.

        Parameters
        ----------
        year
            The fiscal year that ends.

        Returns
        -------
        list of Line
            Open items of clients and suppliers, balances of the other accounts, and the
            result, by account.
        """
        carried: dict[tuple[str, str, str], Line] = {}
        result = 0
        for entry, line in sorted(self.lines(year), key=lambda pair: pair[0].day):
            if line.account[0] in "67":
                result += line.cents
                continue
            by_item = line.account.startswith(_BY_ITEM)
            key = (line.account, line.party, line.group if by_item else "")
            if key not in carried:
                carried[key] = (
                    Line(
                        line.account,
                        0,
                        line.party,
                        line.group,
                        label=line.label or entry.label,
                        ref=line.ref or entry.ref,
                        ref_day=line.ref_day or entry.day,
                    )
                    if by_item
                    else Line(line.account, 0)
                )
            carried[key].cents += line.cents
        found = [carried[key] for key in sorted(carried) if carried[key].cents]
        return [*found, Line("120000", result)]


def vat_of(net: int) -> int:
    """Return the VAT of 20 % on a net amount, to the nearest cent [cents].

    >>> vat_of(1002), vat_of(1003), vat_of(-1003)
    (200, 201, -201)
    """
    return (net + 2) // 5 if net >= 0 else -((-net + 2) // 5)
