"""Which accounting lines make up one entry, and which entries move money."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.books.lines import Lines, added, one_code
from scoring.books.openings import openings

__all__ = ["Books"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


class Books(Lines):
    """Accounting lines, grouped into entries.

    Notes
    -----
    Lines belong together when their debits equal their credits, under the
    first of these keys for which they do: journal, number, date and piece (one
    number may hold several pieces, each with its own client); journal, number
    and date; number and date, for entries written across journals; date and
    piece; for an opening, the whole of it. Numbers count only where they
    :attr:`tell`. Lines that balance under none are grouped by journal, number
    and date, and by piece as well where numbers do not tell.
    """

    @classmethod
    def of(cls, entries: pd.DataFrame | Books) -> Books:
        """Return the books of these lines: they themselves, if they are books already."""
        return entries if isinstance(entries, Books) else cls(entries)

    @cached_property
    def opening(self) -> Bools:
        """See :func:`scoring.books.openings.openings`."""
        return openings(self)

    @cached_property
    def tell(self) -> Bools:
        """Whether the number of each line tells its entry from others, shape (n_lines,).

        Not where it is empty or 0, nor in a journal whose lines of several
        dates all share one number.
        """
        journal = one_code(self.codes("year"), self.codes("journal"))
        many_numbers = _n_distinct(journal, self.codes("number")) > 1
        one_date = _n_distinct(journal, self.codes("date")) == 1
        said = self.is_true("number", lambda number: number.strip("0") != "")
        tell: Bools = said & (many_numbers | one_date)[journal]
        return tell

    @cached_property
    def period(self) -> Ints:
        """Code of the fiscal year, with openings apart, shape (n_lines,)."""
        return one_code(self.codes("year"), self.opening.astype(np.int64))

    @cached_property
    def entry(self) -> Ints:
        """Number of the entry of each line, from 0, shape (n_lines,)."""
        return self._entries[0]

    @cached_property
    def balanced(self) -> Bools:
        """Whether the entry of each line balances, shape (n_lines,)."""
        return self._entries[1]

    @cached_property
    def _entries(self) -> tuple[Ints, Bools]:
        period, tell = self.period, self.tell
        journal, number, date, piece = map(self.codes, ("journal", "number", "date", "piece"))
        booking = one_code(period, journal, number, date)
        by_piece = one_code(booking, piece)
        entry = np.where(tell, booking, by_piece + len(self))
        balanced = np.zeros(len(self), dtype=np.bool_)
        left = np.arange(len(self))
        for level, (keys, usable) in enumerate(
            (
                ((by_piece,), None),
                ((booking,), tell),
                ((period, number, date), tell),
                ((period, date, piece), self.is_true("piece", bool)),
                ((period,), self.opening),
            )
        ):
            rows = left if usable is None else left[usable[left]]
            key = one_code(*(values[rows] for values in keys))
            even = added(key, self.amount[rows])[key] == 0
            entry[rows[even]] = key[even] + (level + 2) * len(self)
            balanced[rows[even]] = True
            left = left[~balanced[left]]
        return one_code(entry), balanced

    @cached_property
    def treasury(self) -> Bools:
        """Which lines are of a treasury journal, shape (n_lines,).

        That is one where at least half of the entries have a line on accounts
        51 or 53; openings are none.
        """
        journal = self.codes("journal")
        pairs = one_code(journal, self.entry, self.opening.astype(np.int64))
        first = np.unique(pairs, return_index=True)[1]
        n_journals = int(journal.max(initial=-1)) + 1
        counted = ~self.opening[first]
        with_money = counted & (added(pairs, self.on("51", "53").astype(np.int64)) > 0)
        n_entries = added(journal[first], counted.astype(np.int64), n_journals)
        n_with_money = added(journal[first], with_money.astype(np.int64), n_journals)
        return ((2 * n_with_money >= n_entries) & (n_entries > 0))[journal] & ~self.opening

    @cached_property
    def takes_money(self) -> Bools:
        """Which lines are of an entry that debits accounts 51 or 53, shape (n_lines,).

        Such an entry takes money in, whatever its journal: small books have no
        journal of the bank. Openings take none.
        """
        taken = added(self.entry, np.where(self.on("51", "53"), self.amount, 0))
        return (taken > 0)[self.entry] & ~self.opening


def _n_distinct(groups: Ints, values: Ints) -> Ints:
    """How many distinct values each group has, shape (n_groups,)."""
    first = np.unique(one_code(groups, values), return_index=True)[1]
    return np.bincount(groups[first]).astype(np.int64)
