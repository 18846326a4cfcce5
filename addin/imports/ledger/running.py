"""Columns of balances: whether they run from row to row, and what a client owes by them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from addin.catalogue import Phrase
from addin.imports.files.numbers import UNITS
from addin.imports.headers import BALANCES, Match, loose
from addin.imports.ledger.blocks import NOTHING, Block
from addin.imports.recognise import Recognised
from addin.imports.report import phrase
from scoring.books.running_balance import Balances, balances

__all__ = ["Balance", "Followed", "balance_of"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Reading = Literal["running", "open", "unclear"]

_NEARLY_ALL: Final = 0.9
"""Share of the rows that go on from a balance before them, from which a column is a running one."""
_WITH_TAX: Final = 1.3
"""What is open may be with tax where the amount is without."""
_MOST_SAID: Final = 3


@dataclass(frozen=True, slots=True)
class Followed:
    """What running balances say of each account.

    Attributes
    ----------
    accounts
        Numbers of the accounts.
    found
        What their balances say.
    """

    accounts: Ints
    found: Balances

    @property
    def runs(self) -> bool:
        """Whether nearly all rows go on from the balance before them; a single row always does."""
        return not self.found.share < _NEARLY_ALL

    @property
    def missing(self) -> Ints:
        """What the rows of each account lack to make its last balance."""
        return self.found.last - self.found.moved

    def said(self, name: Callable[[int], str]) -> Iterator[Phrase]:
        """Yield what of the balances the rows do not explain."""
        apart = np.flatnonzero(self.missing)
        for place in apart[:_MOST_SAID].tolist():
            amounts = (self.found.last, self.found.moved, self.missing)
            last, moved, missing = (int(amount[place]) / UNITS for amount in amounts)
            account = name(int(self.accounts[place]))
            yield phrase("checks", "balance", account=account, last=last, moved=moved, missing=missing)
        if len(apart) > _MOST_SAID:
            yield phrase("checks", "more_balances", count=len(apart) - _MOST_SAID)


@dataclass(frozen=True, slots=True)
class Balance:
    """A column that may hold running balances.

    Attributes
    ----------
    match
        The column.
    key
        What it is taken for so far: ``balance`` or ``outstanding``.
    """

    match: Match
    key: str

    @property
    def is_sure(self) -> bool:
        """Whether its name, or a person, says that it runs."""
        return self.key == "balance"

    def follow(self, rows: Block, today: int) -> Followed:
        """Follow the balances of rows."""
        balance = rows.money[self.key]
        known = (balance != NOTHING) & (rows.days <= today)
        accounts, group = np.unique(rows.accounts[known], return_inverse=True)
        columns = (rows.days[known], rows.units[known], balance[known])
        return Followed(accounts, balances(group.astype(np.int64), *columns))

    def reading(self, rows: Block, today: int) -> Reading:
        """Tell whether balances run through a list of invoices, or are what is open of each.

        What is open of an invoice lies between nothing and its amount. Where both would do and say the
        same, it does not matter; where they say different things, nobody can tell.
        """
        followed = self.follow(rows, today)
        if self.is_sure:
            return "running"
        if not followed.found.share >= _NEARLY_ALL:
            return "open"
        balance = np.where(rows.money[self.key] == NOTHING, 0, rows.money[self.key])
        asked = np.maximum(np.abs(rows.units), np.abs(rows.money.get("gross", rows.units)))
        may_be_open = (np.abs(balance) <= _WITH_TAX * asked) & (balance * np.sign(rows.units) >= 0)
        if may_be_open.mean() < _NEARLY_ALL:
            return "running"
        sums = np.zeros(int(rows.accounts.max(initial=0)) + 1, dtype=np.int64)
        np.add.at(sums, rows.accounts, balance)
        return "open" if (sums[followed.accounts] == followed.found.last).all() else "unclear"


def balance_of(found: Recognised, *, is_statement: bool) -> Balance | None:
    """Return the column that may hold running balances, None if there is none."""
    for key in ("balance", "outstanding"):
        for match in found.all_of(key):
            either = is_statement or loose(match.header) in BALANCES
            if key == "balance" or (either and match.how != "told"):
                return Balance(match, key)
    return None
