"""Invoices that stand on several rows: whether their amount is the same total once more, or a line each."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from scoring.books.distinct import distinct, distinct_of

__all__ = ["Hint", "Reading", "Watch", "invoice_keys", "reading_of", "same_within"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]

Reading = Literal["once", "lines", "total", "unclear"]
"""Each invoice on one row; amounts of lines; one total repeated; what cannot be told."""
Hint = Literal["total", "line", ""]
"""What the name of a column of amounts says of it."""

_ODD = tuple(np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))


def invoice_keys(numbers: Keys, accounts: Ints, days: Ints) -> Keys:
    """Return a key for each row, the same for rows of one number, account and day.

    A number alone makes no invoice: programs begin again each year, and a subscription has one order number
    for the invoices of all its months.

    Parameters
    ----------
    numbers
        A hash of the number of the invoice of each row, a uint64 array of shape (n_rows,).
    accounts, days
        Int64 arrays of shape (n_rows,).
    """
    return _joint(_joint(numbers, accounts.view(np.uint64)), days.view(np.uint64))


def _joint(left: Keys, right: Keys) -> Keys:
    """Return keys that are the same just where both are."""
    found: Keys = (left * _ODD[0]) ^ (right * _ODD[1])
    found ^= found >> np.uint64(29)
    return found * _ODD[2]


class Watch:
    """Looks out for invoices on several rows while rows go by.

    Notes
    -----
    Keeps 8 bytes a row, and nothing once an invoice was met with rows of different amounts: amounts of
    lines need no closer look, unless rows of the same amount differ in their payment.

    Attributes
    ----------
    is_several
        Whether an invoice was met on several rows.
    """

    def __init__(self) -> None:
        self._keys: list[Keys] = []
        self._varied = self.is_several = False
        self._paid_apart = False

    def add(self, keys: Keys, amounts: Ints, payments: Ints | None) -> None:
        """Look at rows.

        Parameters
        ----------
        keys
            Of :func:`invoice_keys`.
        amounts, payments
            Amount and day of payment of each, int64 arrays of shape (n_rows,); None where there is none.
        """
        if self._varied and payments is None:
            return
        different = distinct(keys)
        if not self._varied:
            self._keys.append(different)
        if len(different) == len(keys):
            return
        self.is_several = True
        self._keys.append(different[:1])  # twice by now: it stands on several rows
        valued = _joint(keys, amounts.view(np.uint64))
        n_valued = len(distinct(valued))
        if n_valued > len(different):
            self._varied = True
            self._keys.clear()
        if payments is not None and len(distinct(_joint(valued, payments.view(np.uint64)))) > n_valued:
            self._paid_apart = True

    @property
    def needs_a_closer_look(self) -> bool:
        """Whether amounts may be repeated totals."""
        if self._paid_apart or self._varied or not self._keys:
            return self._paid_apart
        n_keys = sum(map(len, self._keys))
        return len(distinct_of(self._keys)) < n_keys


def same_within(groups: Ints, values: npt.NDArray[np.generic]) -> Bools:
    """Whether all values of each group are the same.

    Parameters
    ----------
    groups
        Number of the group of each value, from 0 without a gap, an int64 array of shape (n,).
    values
        An array of shape (n,).

    Examples
    --------
    >>> same_within(np.array([0, 0, 1, 1]), np.array([5, 5, 5, 6])).tolist()
    [True, False]
    """
    order = np.argsort(groups, kind="stable")
    groups, values = groups[order], values[order]
    starts = np.flatnonzero(np.diff(groups, prepend=-1))
    other = np.zeros(len(groups), dtype=np.int64)
    other[1:] = (groups[1:] == groups[:-1]) & (values[1:] != values[:-1])
    found: Bools = np.add.reduceat(other, starts) == 0 if len(starts) else np.zeros(0, dtype=bool)
    return found


def reading_of(
    invoices: Ints,
    amounts: Ints,
    *,
    payments: Keys | None = None,
    due: Ints | None = None,
    rest: Keys | None = None,
    has_lines: bool = False,
    has_payments: bool = False,
    hint: Hint = "",
) -> Reading:
    """Tell what the amounts of rows are.

    Parameters
    ----------
    invoices
        Number of the invoice of each row, from 0, an int64 array of shape (n_rows,).
    amounts
        Amount of each row, an int64 array of shape (n_rows,) [any unit].
    payments
        A hash of what each row says of a payment; None where there is nothing of the kind.
    due
        Due day of each row.
    rest
        A hash of all other cells of each row.
    has_lines
        Whether the rows have an amount of their own beside this one.
    has_payments
        Whether the rows have the amount of a payment, so that each is one.
    hint
        What the header says.

    Notes
    -----
    An amount is a repeated total only if it is equal on all rows of every invoice that has several, and
    these rows differ in something that makes them several: a payment, or a line amount. Where they differ
    in an item alone, two equal lines look just like one total repeated: the header tells, or nobody.
    Instalments have equal amounts too, so rows that differ in their due day are told by the header as well.
    Rows that differ in nothing are equal lines, or one line that was exported twice: they are added up, and
    it is for the caller to say so; where each row is a payment, they are the same one.

    Examples
    --------
    >>> two = np.array([0, 0]); paid = np.array([1, 2], dtype=np.uint64)
    >>> reading_of(two, np.array([100, 100]), payments=paid), reading_of(two, np.array([60, 40]))
    ('total', 'lines')
    >>> reading_of(two, np.array([100, 100]), rest=paid)
    'unclear'
    """
    several = np.bincount(invoices) > 1
    if not several.any():
        return "once"
    equal = same_within(invoices, amounts) & several
    if not equal.any():
        return "lines"
    paid_apart = payments is not None and bool((~same_within(invoices, payments) & equal).any())
    if not equal[several].all():
        return "unclear" if paid_apart else "lines"
    if has_lines:
        return "total"
    in_instalments = due is not None and bool((~same_within(invoices, due) & equal).any())
    if paid_apart and not in_instalments:
        return "total"
    differ = paid_apart or in_instalments
    differ = differ or (rest is not None and bool((~same_within(invoices, rest) & equal).any()))
    if not differ:
        return "total" if has_payments else "lines"
    return {"total": "total", "line": "lines", "": "unclear"}[hint]  # type: ignore[return-value]
