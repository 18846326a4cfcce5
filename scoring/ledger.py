"""Measures of accounts from invoices, added up chunk by chunk so that the size of a ledger does not matter.

Amounts are whole numbers of a small part of the currency unit: sums are
exact, and no order of the lines changes them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.periods import Periods

__all__ = ["NEVER", "Ledger"]

Ints = npt.NDArray[np.int64]

NEVER: int = np.iinfo(np.int64).min
"""Day of what has not happened, or of which no day is known."""

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

    Notes
    -----
    Memory grows with the number of accounts, of orders of the last period (8
    bytes each) and of open invoices, not with the number of lines.
    """

    def __init__(self, periods: Periods, terms: int, today: int) -> None:
        self._periods = periods
        self._today = today
        self._terms = terms
        self._sums = np.zeros((len(_SUMS), 0), dtype=np.int64)
        self._first = self._last = np.empty(0, dtype=np.int64)
        self._seen = np.empty(0, dtype=np.bool_)
        self._orders: list[npt.NDArray[np.uint64]] = []
        self._open: list[tuple[Ints, Ints, Ints]] = []
        self.without_terms = 0

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
        """
        self._make_room(int(accounts.max(initial=-1)) + 1)
        self._seen[accounts] = True
        period = self._periods.of(days)
        self._add_up(np.where(period < 0, _PERIODS.index("after"), period), accounts, amounts)
        if paid is not None or outstanding is not None:
            for name, values in self._payments(accounts, days, amounts, due, paid, outstanding).items():
                self._add_up(_SUMS.index(name), accounts, values)
        past = days <= self._today
        np.minimum.at(self._first, accounts[past], days[past])
        np.maximum.at(self._last, accounts[past], days[past])
        ordered = (period == 0) & (amounts >= 0)
        if ordered.any():
            numbers = orders if orders is not None else _own_numbers(len(days), len(self._orders))
            self._orders.append(_distinct(_mixed(numbers[ordered], accounts[ordered])))

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
        amounts: Ints,
        due: Ints | None,
        paid: Ints | None,
        outstanding: Ints | None,
    ) -> dict[str, Ints]:
        due = np.full(len(days), NEVER) if due is None else due
        without = due == NEVER
        self.without_terms += int(without.sum())
        due = np.where(without, days + self._terms, due)
        known = days <= self._today
        is_paid = np.zeros(len(days), dtype=bool) if paid is None else (paid != NEVER) & (paid <= self._today)
        still = np.where(is_paid, 0, amounts) if outstanding is None else outstanding
        still = np.where(known, still, 0)
        settled = np.where(is_paid, np.maximum(amounts - still, 0), 0)
        late = np.where(is_paid, np.maximum((paid if paid is not None else days) - due, 0), 0)
        unpaid = still != 0
        if unpaid.any():
            self._open.append((accounts[unpaid], due[unpaid], still[unpaid]))
        # Weights in hundredths of the unit of amounts keep the products far from overflowing.
        weight = settled // 100
        closed = (known & (still == 0)).astype(np.int64)
        sums = (weight, weight * late, still, np.ones_like(still), closed)
        return dict(zip(_PAYMENTS, sums, strict=True))

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
            is paid, and of those of which nothing is open), ``first`` and ``last`` (days of invoices up to
            the reference day, :data:`NEVER` for none), ``orders`` (of the latest period), ``days_late``.

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
            past = (due < as_of) & (still > 0)
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
        found["orders"] = self._counted(found.index)
        return found

    def _counted(self, index: pd.Index[int]) -> Ints:
        if not self._orders:
            return np.zeros(len(index), dtype=np.int64)
        keys = _distinct(np.concatenate(self._orders))
        counts = np.bincount((keys & _ACCOUNT).astype(np.int64), minlength=int(index.max()) + 1)
        found: Ints = counts[index.to_numpy()].astype(np.int64)
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


_ACCOUNT = np.uint64(2**24 - 1)
"""The last bits of a key hold the account: up to 16,777,215 of them."""


def _mixed(orders: npt.NDArray[np.uint64], accounts: Ints) -> npt.NDArray[np.uint64]:
    return (orders & ~_ACCOUNT) | accounts.astype(np.uint64)


def _distinct(keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return the different keys; np.unique would take thirty times as long for numbers that hardly repeat."""
    found = np.sort(keys)
    return found[np.append(True, found[1:] != found[:-1])] if len(found) else found


def _own_numbers(n_rows: int, chunk: int) -> npt.NDArray[np.uint64]:
    rows = np.arange(n_rows, dtype=np.uint64) + np.uint64(chunk) * np.uint64(2**32)
    return (rows + np.uint64(1)) << np.uint64(24)
