"""Who gets scarce stock: by due date and class, with a share kept for the lower classes.

Of a product of which there is enough, everybody gets what was asked. Else a
share of the stock is kept for the orders of the lower classes, and the rest
serves the orders in groups of one due date and one class, the earliest and the
best first; a group that cannot all be served shares in proportion, whole units
by largest remainder.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["URGENT_DAYS", "Allocated", "allocate", "urgent_before"]

URGENT_DAYS: Final = 2
"""Working days within which an order that is due is urgent."""
_UPPER: Final = 2
"""Classes, from the best one on, for which nothing is kept."""
_EXACT: Final = 1e-9
_SMALLEST: Final = 1e-12
"""Share of an amount below which a difference is one of floating point."""
_LARGEST: Final = 2.0**62
"""Products of two amounts below it fit into 64 bits."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class Allocated(NamedTuple):
    """What an allocation comes to.

    Attributes
    ----------
    lines
        One row a line of the orders, under its index: ``proposed`` (NaN where
        it cannot be told) and ``reason``: ``"enough"``, ``"first"``,
        ``"kept"``, ``"part"``, ``"kept_part"``, ``"below_unit"``, ``"later"``,
        ``"no_stock"``, ``"held"``; empty where nothing can be told.
    products
        One row a product, in the order of the stock: ``asked`` (by orders
        that are not held), ``available`` (0 where it was below), ``proposed``,
        ``left``.
    """

    lines: pd.DataFrame
    products: pd.DataFrame


def allocate(lines: pd.DataFrame, available: Floats, n_classes: int, share: float) -> Allocated:
    """Share the stock among the orders.

    Parameters
    ----------
    lines
        One row a line: ``product`` (position in the stock, -1 for none),
        ``quantity`` (above 0, NaN where unknown), ``due`` (datetime64, may be
        missing: then last), ``place`` (position of the class, the number of
        classes for ``?``, -1 for an account that is not known), ``score``
        (NaN for none), ``held`` (bool), ``order`` and ``account`` (texts).
    available
        Array of shape (n_products,): the stock; below 0 counts as 0.
    n_classes
        Number of classes.
    share
        Share of the stock of a product that is kept for the orders of the
        classes below the second, and of ``?`` [fraction].

    Notes
    -----
    A line without quantity, product or class is no part of it. A product with
    any quantity or stock that is no whole number is shared exactly. Ties go to
    the higher score, then by order code, then by account; the order of the
    rows changes nothing.

    Examples
    --------
    >>> orders = pd.DataFrame({
    ...     "product": 0, "quantity": [5.0, 8.0], "due": pd.to_datetime(["2026-12-01"] * 2),
    ...     "place": [3, 0], "score": [20.0, 80.0], "held": False, "order": ["1", "2"], "account": ["D", "A"],
    ... })
    >>> allocate(orders, np.array([10.0]), 4, 0.1).lines["proposed"].tolist()
    [2.0, 8.0]
    """
    product = lines["product"].to_numpy(dtype=np.intp)
    quantity = lines["quantity"].to_numpy(dtype=np.float64)
    place = lines["place"].to_numpy(dtype=np.intp)
    held = lines["held"].to_numpy(dtype=bool)
    told = (product >= 0) & (quantity > 0) & (place >= 0)
    asks = np.flatnonzero(told & ~held)
    stock = np.maximum(available, 0.0)
    whole = _whole(product, quantity, available)

    proposed = np.where(told, 0.0, np.nan)
    reason = np.where(told & held, "held", "").astype(object)
    asked = _sums(product[asks], quantity[asks], len(stock))
    scarce = asked > np.where(whole, stock, stock * (1 + _SMALLEST))
    plenty = asks[~scarce[product[asks]]]
    proposed[plenty], reason[plenty] = quantity[plenty], "enough"

    rows = asks[scarce[product[asks]]]
    rows = rows[_order(lines.iloc[rows])]
    if len(rows):
        low = (place[rows] >= _UPPER) | (place[rows] >= n_classes)
        of = product[rows]
        wants = quantity[rows]
        kept = np.where(whole, np.floor(stock * share + _EXACT), stock * share)
        kept = np.minimum(kept, _sums(of, wants * low, len(stock)))
        from_kept = _shared(of, kept, np.where(low, wants, 0.0), whole)
        groups, of_group = _groups(of, lines["due"].to_numpy(dtype="datetime64[D]")[rows], place[rows])
        open_ = wants - from_kept
        rest = _served(_sums(groups, open_, len(of_group)), of_group, stock - kept)
        rest[rest < stock[of_group] * _SMALLEST] = 0.0  # what fractions leave by their rounding
        from_rest = _shared(groups, rest, open_, whole[of_group])
        got = np.minimum(from_kept + from_rest, wants)
        proposed[rows] = got
        reason[rows] = _reasons(wants, from_kept, got, stock[of], rest[groups] > 0)

    # Fractions add up to all there is but for their rounding.
    served = np.minimum(_sums(product[told], proposed[told], len(stock)), np.minimum(asked, stock))
    left = stock - served
    return Allocated(
        pd.DataFrame({"proposed": proposed, "reason": reason}, index=lines.index),
        pd.DataFrame({"asked": asked, "available": stock, "proposed": served, "left": left}),
    )


def urgent_before(today: dt.date, weekdays: Collection[int], closed: Collection[dt.date] = ()) -> dt.date:
    """Return the first day on which what is due is not urgent: the third working day from a day on.

    Parameters
    ----------
    today
        The day; what is due on it, or was before, is urgent.
    weekdays
        Days of the week on which people work, 0 for Monday; at least one.
    closed
        Days on which nobody works.

    Examples
    --------
    >>> str(urgent_before(dt.date(2026, 11, 27), range(5)))  # a Friday: what is due on Tuesday is urgent
    '2026-12-02'
    """
    calendar = np.busdaycalendar(
        weekmask=[day in weekdays for day in range(7)],
        holidays=np.array(sorted(closed), dtype="datetime64[D]"),
    )
    day = np.busday_offset(np.datetime64(today, "D"), URGENT_DAYS + 1, roll="backward", busdaycal=calendar)
    return dt.date.fromisoformat(str(day))


def _whole(product: npt.NDArray[np.intp], quantity: Floats, available: Floats) -> Bools:
    """Whether all of a product is whole: its stock, and all quantities that are known."""
    known = (product >= 0) & (quantity > 0)
    broken = quantity[known] % 1 != 0
    whole: Bools = (available % 1 == 0) & (np.bincount(product[known], broken, minlength=len(available)) == 0)
    return whole


def _sums(codes: npt.NDArray[np.intp], amounts: Floats, n: int) -> Floats:
    """Sum of the amounts of each code, from 0 to n - 1."""
    return np.asarray(np.bincount(codes, amounts, minlength=n), dtype=np.float64)


def _order(lines: pd.DataFrame) -> npt.NDArray[np.intp]:
    """Positions of lines in the order in which the last unit of a tie is given away."""
    texts = [
        np.unique(lines[key].to_numpy(dtype=str), return_inverse=True)[1] for key in ("account", "order")
    ]
    due = lines["due"].to_numpy(dtype="datetime64[D]")
    latest = np.where(np.isnat(due), np.iinfo(np.int64).max, due.astype(np.int64))
    score = np.nan_to_num(lines["score"].to_numpy(dtype=np.float64), nan=-np.inf)
    quantity = lines["quantity"].to_numpy(dtype=np.float64)
    return np.lexsort([-quantity, latest, *texts, -score])


def _groups(
    product: npt.NDArray[np.intp], due: npt.NDArray[np.datetime64], place: npt.NDArray[np.intp]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Group of each line, numbered by product, due date (blank last) and class; product of each group."""
    days = np.where(np.isnat(due), np.iinfo(np.int64).max, due.astype(np.int64))
    order = np.lexsort([place, days, product])
    new = np.zeros(len(order), dtype=bool)
    for values in (product, days, place):
        new[1:] |= values[order][1:] != values[order][:-1]
    groups = np.empty(len(order), dtype=np.intp)
    groups[order] = np.cumsum(new)
    first = np.concatenate([[True], new[1:]])
    return groups, product[order][first]


def _served(wants: Floats, product: npt.NDArray[np.intp], rest: Floats) -> Floats:
    """What each group gets of the rest of its product, one group after the other."""
    so_far = np.cumsum(wants) - wants
    starts = np.concatenate([[True], product[1:] != product[:-1]])
    before = so_far - so_far[starts][np.cumsum(starts) - 1]
    served: Floats = np.clip(rest[product] - before, 0.0, wants)
    return served


def _shared(group: npt.NDArray[np.intp], amounts: Floats, wants: Floats, whole: Bools) -> Floats:
    """Share the amount of each group among its lines in proportion to what they want.

    Whole units go by largest remainder; of equal ones the line that stands first gets it.
    """
    totals = _sums(group, wants, len(amounts))
    got = np.where(amounts[group] >= totals[group], wants, 0.0)
    part = (amounts[group] > 0) & (amounts[group] < totals[group]) & (wants > 0)
    units = np.flatnonzero(part & whole[group])
    exact = np.flatnonzero(part & ~whole[group])
    got[exact] = wants[exact] * (amounts[group[exact]] / totals[group[exact]])
    if len(units):
        got[units] = _whole_units(group[units], amounts, totals, wants[units])
    return got


def _whole_units(group: npt.NDArray[np.intp], amounts: Floats, totals: Floats, wants: Floats) -> Floats:
    """Whole units of each line, by largest remainder in its group, in integers so that equal means equal."""
    wide = float(amounts.max()) * float(wants.max()) >= _LARGEST
    amount, total, want = (
        np.array([int(value) for value in values], dtype=object) if wide else values.astype(np.int64)
        for values in (amounts[group], totals[group], wants)
    )
    floor, rest = amount * want // total, amount * want % total
    given = np.zeros(len(amounts))
    np.add.at(given, group, floor.astype(np.float64))
    over = (amounts - given)[group]
    order = np.lexsort([np.arange(len(group)), _descending(rest), group])
    starts = np.concatenate([[True], group[order][1:] != group[order][:-1]])
    place = np.empty(len(group), dtype=np.int64)
    place[order] = np.arange(len(group)) - np.flatnonzero(starts)[np.cumsum(starts) - 1]
    units: Floats = floor.astype(np.float64) + (place < over)
    return units


def _descending(values: npt.NDArray[np.generic]) -> Ints:
    """Integers of any size as keys that sort them the largest first."""
    found: Ints = -np.unique(values, return_inverse=True)[1].astype(np.int64)
    return found


def _reasons(
    wants: Floats, kept: Floats, got: Floats, stock: Floats, any_rest: Bools
) -> npt.NDArray[np.object_]:
    """Why each line of a scarce product gets what it gets."""
    full = got >= wants * (1 - _SMALLEST)
    return np.select(
        [
            stock <= 0,
            full & (kept >= wants * (1 - _SMALLEST)),
            full,
            (got > 0) & (kept > 0) & (got <= kept),
            got > 0,
            any_rest,
        ],
        ["no_stock", "kept", "first", "kept_part", "part", "below_unit"],
        "later",
    ).astype(object)
