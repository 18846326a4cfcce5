"""Measures of accounts from invoices, added up chunk by chunk so that the size of a ledger does not matter.

Amounts are whole numbers of a small part of the currency unit: sums are
exact, and no order of the lines changes them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.books.daily import DailySales
from scoring.books.distinct import day_key, distinct, mixed, own_numbers, owner_counts
from scoring.books.periods import Periods

__all__ = ["NEVER", "UNDATED", "Ledger"]

Ints = npt.NDArray[np.int64]

NEVER: int = np.iinfo(np.int64).min
"""Day of what has not happened, or of which no day is known."""

UNDATED: int = np.iinfo(np.int64).max
"""Due day of what is owed since nobody knows when: it is open, and never past due."""

_LATEST: int = np.iinfo(np.int64).max
_PERIODS = ("period_0", "period_1", "period_2", "before", "after")
_PAYMENTS = ("paid", "paid_days", "open", "known", "closed")
_SUMS = (*_PERIODS, *_PAYMENTS)


class Ledger:
    """Running measures of invoices by account.

    Parameters
    ----------
    periods
        The three periods of turnover.
    terms
        Days from invoice to due date where none is given [days].
    today
        The reference day, since 1970-01-01: later invoices and payments have not happened yet.

    Attributes
    ----------
    daily
        What is sold, by day, where somebody wants it: None before.

    Notes
    -----
    Memory grows with the number of accounts, of orders of the last period and
    of days with a purchase (8 bytes each) and of open invoices, not with the
    number of lines.

    Credit notes are no purchases: they are in the turnover, and in nothing
    that counts purchases or names their days.
    """

    def __init__(self, periods: Periods, terms: int, today: int) -> None:
        self._periods = periods
        self._today = today
        self._terms = terms
        self._sums = np.zeros((len(_SUMS), 0), dtype=np.int64)
        self._first = self._last = np.empty(0, dtype=np.int64)
        self._seen = np.empty(0, dtype=np.bool_)
        self._orders: list[npt.NDArray[np.uint64]] = []
        self._bought: list[npt.NDArray[np.uint64]] = []
        self._open: list[tuple[Ints, Ints, Ints]] = []
        self.without_terms = 0
        self.daily: DailySales | None = None

    def add(
        self,
        accounts: Ints,
        days: Ints,
        amounts: Ints,
        *,
        due: Ints | None = None,
        paid: Ints | None = None,
        outstanding: Ints | None = None,
        orders: npt.NDArray[np.uint64] | None = None,
        asked: Ints | None = None,
        settled: npt.NDArray[np.bool_] | None = None,
    ) -> None:
        """Add invoices.

        Parameters
        ----------
        accounts
            Number of the account of each, an int64 array of shape (n,), as all others.
        days
            Day of each invoice since 1970-01-01.
        amounts
            Amount of each; negative for a credit note.
        due
            Due day; None or :data:`NEVER` where it is not known: the terms count then.
        paid
            Day of payment; :data:`NEVER` where it is not paid, None where payments are not known.
        outstanding
            Amount still open of each; None where that follows from the day of payment.
        orders
            A number for each order, the same on all of its lines; None where each line is one.
        asked
            What each asks for, tax included; None where that is its amount.
        settled
            Whether nothing of it is open, whatever is known of its payment; None where that is not known.
        """
        self.sell(accounts, days, amounts, orders)
        if paid is not None or outstanding is not None:
            asked = amounts if asked is None else asked
            if outstanding is None and settled is not None and paid is not None:
                is_paid = settled | ((paid != NEVER) & (paid <= self._today))
                outstanding = np.where(is_paid, 0, asked)
            self._payments(accounts, days, asked, due, paid, outstanding)

    def sell(
        self,
        accounts: Ints,
        days: Ints,
        amounts: Ints,
        orders: npt.NDArray[np.uint64] | None = None,
    ) -> None:
        """Add invoices of which only turnover and purchases are known; as in :meth:`add`."""
        self._make_room(int(accounts.max(initial=-1)) + 1)
        self._seen[accounts] = True
        if self.daily is not None:
            self.daily.add(accounts, days, amounts)
        period = self._periods.of(days)
        self._add_up(np.where(period < 0, _PERIODS.index("after"), period), accounts, amounts)
        bought = (days <= self._today) & (amounts >= 0)
        np.minimum.at(self._first, accounts[bought], days[bought])
        np.maximum.at(self._last, accounts[bought], days[bought])
        counted = bought & (period >= 0) & (period < len(self._periods.ends) - 1)
        if counted.any():
            self._bought.append(distinct(day_key(accounts[counted], days[counted])))
        ordered = (period == 0) & (amounts >= 0)
        if ordered.any():
            numbers = orders if orders is not None else own_numbers(len(days), len(self._orders))
            self._orders.append(distinct(mixed(numbers[ordered], accounts[ordered])))

    def pay(self, accounts: Ints, due: Ints, paid: Ints, amounts: Ints) -> None:
        """Add payments of invoices.

        Parameters
        ----------
        accounts
            Number of the account of each, an int64 array of shape (n,), as all others.
        due, paid
            Due day of the invoice, and day of the payment: those after the reference day do not count.
        amounts
            What was paid, >= 0.
        """
        known = (paid <= self._today) & (due != UNDATED)
        accounts, amounts = accounts[known], amounts[known]
        self._make_room(int(accounts.max(initial=-1)) + 1)
        late = np.maximum(paid[known] - due[known], 0)
        # Weights in hundredths of the unit of amounts keep the products far from overflowing.
        weight = amounts // 100
        self._add_up(_SUMS.index("paid"), accounts, weight)
        self._add_up(_SUMS.index("paid_days"), accounts, weight * late)

    def owe(self, accounts: Ints, due: Ints, amounts: Ints) -> None:
        """Add what is open.

        Parameters
        ----------
        accounts
            Number of the account of each, an int64 array of shape (n,), as all others: it counts as one
            of which it is known what it owes, also where that is nothing.
        due
            Due day of each; :data:`UNDATED` where it is never past due.
        amounts
            What is open of each; negative for what is owed to the client.
        """
        self._make_room(int(accounts.max(initial=-1)) + 1)
        self._seen[accounts] = True
        self._add_up(_SUMS.index("open"), accounts, amounts)
        self._add_up(_SUMS.index("known"), accounts, np.ones_like(amounts))
        self._add_up(_SUMS.index("closed"), accounts, (amounts == 0).astype(np.int64))
        unpaid = amounts != 0
        if unpaid.any():
            self._open.append((accounts[unpaid], due[unpaid], amounts[unpaid]))

    def due_days(self, days: Ints, due: Ints | None) -> Ints:
        """Return the due day of each invoice: the one given, else that of the terms, which is counted."""
        due = np.full(len(days), NEVER) if due is None else due
        without = due == NEVER
        self.without_terms += int(without.sum())
        return np.where(without, days + self._terms, due)

    def absorb(self, other: Ledger) -> None:
        """Add all that another one of the same periods holds."""
        n_accounts = len(other._seen)
        self._make_room(n_accounts)
        self._sums[:, :n_accounts] += other._sums
        np.minimum(self._first[:n_accounts], other._first, out=self._first[:n_accounts])
        np.maximum(self._last[:n_accounts], other._last, out=self._last[:n_accounts])
        self._seen[:n_accounts] |= other._seen
        self._orders += other._orders
        self._bought += other._bought
        self._open += other._open
        self.without_terms += other.without_terms
        if self.daily is not None and other.daily is not None:
            self.daily.absorb(other.daily)

    def _make_room(self, n_accounts: int) -> None:
        more = max(0, n_accounts - len(self._seen))
        self._sums = np.pad(self._sums, ((0, 0), (0, more)))
        self._seen = np.pad(self._seen, (0, more))
        self._first = np.pad(self._first, (0, more), constant_values=_LATEST)
        self._last = np.pad(self._last, (0, more), constant_values=NEVER)

    def _add_up(self, rows: Ints | int, accounts: Ints, amounts: Ints) -> None:
        """Add amounts to sums, each to the row and the account given; one flat index is the fast way."""
        np.add.at(self._sums.reshape(-1), rows * self._sums.shape[1] + accounts, amounts)

    def _payments(
        self,
        accounts: Ints,
        days: Ints,
        asked: Ints,
        due: Ints | None,
        paid: Ints | None,
        outstanding: Ints | None,
    ) -> None:
        due = self.due_days(days, due)
        known = days <= self._today
        is_paid = np.zeros(len(days), dtype=bool) if paid is None else (paid != NEVER) & (paid <= self._today)
        still = np.where(is_paid, 0, asked) if outstanding is None else outstanding
        still = np.where(known, still, 0)
        if paid is not None and is_paid.any():
            settled = np.maximum(asked - still, 0)
            self.pay(accounts[is_paid], due[is_paid], paid[is_paid], settled[is_paid])
        self._add_up(_SUMS.index("open"), accounts, still)
        self._add_up(_SUMS.index("known"), accounts, np.ones_like(still))
        self._add_up(_SUMS.index("closed"), accounts, (known & (still == 0)).astype(np.int64))
        unpaid = still != 0
        if unpaid.any():
            self._open.append((accounts[unpaid], due[unpaid], still[unpaid]))

    def measures(self, as_of: int) -> pd.DataFrame:
        """Return what was added up.

        Parameters
        ----------
        as_of
            The day at which open invoices are looked at, since 1970-01-01.

        Returns
        -------
        DataFrame
            By number of the account: ``period_0`` to ``period_2``, ``before``, ``after``, ``open`` and
            ``overdue`` (amounts), ``known`` and ``closed`` (numbers of invoices of which it is known what
            is paid, and of those of which nothing is open), ``first`` and ``last`` (days of purchases up to
            the reference day, :data:`NEVER` for none), ``orders`` (of the latest period), ``purchases``
            (days with a purchase in the three periods), ``days_late``.

        Notes
        -----
        days late = sum(amount x days past due) / sum(amount) over what was paid, with 0 for what was
        paid before it was due, and over open invoices past due, with the days since; open ones that are
        not yet due say nothing.
        """
        known = np.flatnonzero(self._seen)
        found = pd.DataFrame(dict(zip(_SUMS, self._sums[:, known], strict=True)), index=known)
        first = self._first[known]
        found["first"] = np.where(first == _LATEST, NEVER, first)
        found["last"] = self._last[known]
        empty = pd.Series(dtype=np.int64)
        overdue = pd.DataFrame({"amount": empty, "weight": empty, "days": empty})
        if self._open:
            accounts, due, still = _less_credits(*map(np.concatenate, zip(*self._open, strict=True)))
            past = (due < as_of) & (still > 0)  # what is undated is due after all days
            weight = still[past] // 100
            overdue = pd.DataFrame(
                {"amount": still[past], "weight": weight, "days": weight * (as_of - due[past])}
            )
            overdue = overdue.groupby(accounts[past]).sum()
        overdue = overdue.reindex(found.index, fill_value=0)
        found["overdue"] = overdue["amount"]
        weight = (found["paid"] + overdue["weight"]).to_numpy()
        total = (found["paid_days"] + overdue["days"]).to_numpy()
        found["days_late"] = np.divide(total, weight, out=np.full(len(found), np.nan), where=weight > 0)
        found["orders"] = owner_counts(self._orders, found.index.to_numpy())
        found["purchases"] = owner_counts(self._bought, found.index.to_numpy())
        return found


def _less_credits(accounts: Ints, due: Ints, still: Ints) -> tuple[Ints, Ints, Ints]:
    """Take open credit notes off the open invoices of their account, the oldest first, without days."""
    order = np.lexsort((still, due, accounts))
    accounts, due, still = accounts[order], due[order], still[order].copy()
    for account in np.unique(accounts[still < 0]).tolist():
        rows = range(*np.searchsorted(accounts, [account, account + 1]).tolist())
        rest = -sum(int(still[row]) for row in rows if still[row] < 0)
        for row in rows:
            if still[row] > 0 and rest > 0:
                taken = min(rest, int(still[row]))
                still[row], rest = still[row] - taken, rest - taken
    return accounts, due, still
