"""Days between what is due and what is paid: first in first out, weighted by amount.

References
----------
"The best little payment performance formula", *Business Credit*: days weighted
by the amounts paid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Items", "Settlement", "amount_weighted_days", "settle"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


class Items(NamedTuple):
    """Amounts with a day, of one group or of many.

    Attributes
    ----------
    group
        Int64 array of shape (n,): number of the group of each, from 0.
    day
        Int64 array of shape (n,): days since any date; the smallest int64 for what comes before all.
    amount
        Int64 array of shape (n,) [cents], >= 0.
    """

    group: Ints
    day: Ints
    amount: Ints


@dataclass(frozen=True, slots=True)
class Settlement:
    """What cleared what.

    Attributes
    ----------
    invoice
        Int64 array of shape (n_parts,): position of the invoice of each part.
    clearing
        Int64 array of shape (n_parts,): position of the payment, or ``~k`` (a
        negative number) where credit note k cleared the part.
    amount
        Int64 array of shape (n_parts,) [cents], > 0.
    open, unused_payments, unused_credits
        Int64 arrays with one amount [cents] for each invoice, payment and
        credit note: what nothing met.
    """

    invoice: Ints
    clearing: Ints
    amount: Ints
    open: Ints
    unused_payments: Ints
    unused_credits: Ints


def amount_weighted_days(amounts: npt.ArrayLike, days: npt.ArrayLike) -> float:
    """Days weighted by amount, sum(amount x days) / sum(amount) [days].

    Parameters
    ----------
    amounts
        Array of shape (n,) [any unit], >= 0: what was paid each time.
    days
        Array of shape (n,) [days].

    Returns
    -------
    float
        NaN where the amounts add up to 0.

    Notes
    -----
    By payment rather than by invoice, so that an invoice paid in two parts
    counts with both. For days late, days of what was paid early are to be 0
    (``numpy.maximum(days, 0)``): who pays some invoices early does not make
    up for others. Early days are the caller's to floor, since the days from
    invoice to payment need no floor.

    Examples
    --------
    >>> round(amount_weighted_days([10, 100], [5, 10]), 4)
    9.5455
    """
    weights = np.asarray(amounts, dtype=np.float64)
    total = float(weights.sum())
    return float(weights @ np.asarray(days, dtype=np.float64)) / total if total else float("nan")


def settle(invoices: Items, payments: Items, credits_: Items) -> Settlement:
    """Clear the oldest invoices of each group first, by what came in first.

    Parameters
    ----------
    invoices, payments, credits_
        What is asked for, what was paid and the credit notes; groups with the
        same number belong together.

    Returns
    -------
    Settlement
        Parts and what is left add up to each item, exactly. Of items of the
        same day the smaller counts as older, and a payment as older than a
        credit note, so that their order does not matter.

    Raises
    ------
    ValueError
        If an amount is negative.

    Notes
    -----
    Along the running totals of a group, invoices and clearings are two rows of
    intervals; every piece between two of their bounds is one part. All groups
    are laid out one after the other on a single axis.

    Examples
    --------
    100 of day 0 and 50 of day 10, paid 120 on day 30 after a credit note of 20 on day 20:

    >>> def items(*pairs):
    ...     day, amount = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    ...     return Items(np.zeros(len(day), dtype=np.int64), day, amount)
    >>> found = settle(items((0, 100), (10, 50)), items((30, 120)), items((20, 20)))
    >>> found.invoice.tolist(), found.clearing.tolist(), found.amount.tolist()
    ([0, 0, 1], [-1, 0, 0], [20, 80, 40])
    >>> found.open.tolist()
    [0, 10]
    """
    clearing = Items(*(np.concatenate(pair) for pair in zip(payments, credits_, strict=True)))
    if invoices.amount.min(initial=0) < 0 or clearing.amount.min(initial=0) < 0:
        raise ValueError("Amounts to settle must not be negative.")
    is_credit = np.arange(len(clearing.day)) >= len(payments.day)
    asked = np.lexsort((invoices.amount, invoices.day, invoices.group))
    came = np.lexsort((clearing.amount, is_credit, clearing.day, clearing.group))
    start = _starts(invoices, clearing)
    asked_ends = _ends(invoices.group[asked], invoices.amount[asked], start)
    came_ends = _ends(clearing.group[came], clearing.amount[came], start)
    bounds = np.unique(np.concatenate([start, asked_ends, came_ends]))
    left, amount = bounds[:-1], np.diff(bounds)
    group = np.searchsorted(start, left, side="right") - 1
    invoice, has_invoice = _covering(asked_ends, invoices.group[asked], left, group)
    clear, has_clearing = _covering(came_ends, clearing.group[came], left, group)
    both = has_invoice & has_clearing
    invoice, clear, amount = asked[invoice[both]], came[clear[both]], amount[both]
    unused = _less(clearing.amount, clear, amount)
    return Settlement(
        invoice=invoice,
        clearing=np.where(is_credit[clear], ~(clear - len(payments.day)), clear),
        amount=amount,
        open=_less(invoices.amount, invoice, amount),
        unused_payments=unused[: len(payments.day)],
        unused_credits=unused[len(payments.day) :],
    )


def _starts(invoices: Items, clearing: Items) -> Ints:
    """Where each group begins on the axis: after the larger total of every group before it."""
    n_groups = 1 + max(invoices.group.max(initial=-1), clearing.group.max(initial=-1))
    room = np.zeros((2, n_groups), dtype=np.int64)
    np.add.at(room[0], invoices.group, invoices.amount)
    np.add.at(room[1], clearing.group, clearing.amount)
    widths = room.max(axis=0)
    starts: Ints = np.cumsum(widths) - widths
    return starts


def _ends(groups: Ints, amounts: Ints, start: Ints) -> Ints:
    """Where each item ends on the axis; items are sorted by group."""
    running = np.cumsum(amounts)
    before = np.concatenate([np.zeros(1, dtype=np.int64), running])[np.searchsorted(groups, groups)]
    ends: Ints = start[groups] + running - before
    return ends


def _covering(ends: Ints, groups: Ints, left: Ints, group: Ints) -> tuple[Ints, Bools]:
    """Return the item that covers what begins at ``left``, and whether there is one in its group."""
    item = np.searchsorted(ends, left, side="right")
    there = item < len(ends)
    there[there] = groups[item[there]] == group[there]
    return item.astype(np.int64), there


def _less(amounts: Ints, items: Ints, parts: Ints) -> Ints:
    rest = amounts.copy()
    np.subtract.at(rest, items, parts)
    return rest
