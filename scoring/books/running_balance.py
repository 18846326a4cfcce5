"""Running balances of statements: a column that says, row by row, what is owed by then."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Balances", "balances"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Balances:
    """What a column of balances says.

    Attributes
    ----------
    last
        Int64 array of shape (n_groups,) [any unit]: the balance of each group after all its rows.
    moved
        Int64 array of shape (n_groups,): the sum of its rows; equal to ``last`` where nothing is missing.
    share
        Of the rows that have one before them, the share [0-1] that goes on from a balance of their group;
        NaN where no group has two rows.
    """

    last: Ints
    moved: Ints
    share: float


def balances(group: Ints, day: Ints, movement: Ints, balance: Ints) -> Balances:
    """Follow running balances.

    Parameters
    ----------
    group
        Number of the client of each row, from 0, an int64 array of shape (n_rows,), as all others.
    day
        Its day.
    movement
        Debit less credit [any unit].
    balance
        What the column says after it [the same unit].

    Notes
    -----
    A row leads from ``balance - movement`` to ``balance``. In a running balance these steps make one path:
    each value is left as often as it is reached, but for the first and the last one. So the last value is
    known without any order of the rows. A path that ends where it began is closed: its end is a value that
    the first day leaves and the last day reaches, 0 if that is one.

    Examples
    --------
    >>> two = np.array([0, 0, 0])
    >>> found = balances(two, np.array([1, 2, 3]), np.array([100, 50, -30]), np.array([100, 150, 120]))
    >>> found.last.tolist(), found.moved.tolist(), found.share
    ([120], [120], 1.0)
    """
    n_groups = int(group.max(initial=-1)) + 1
    before = balance - movement
    moved = np.zeros(n_groups, dtype=np.int64)
    np.add.at(moved, group, movement)
    groups, values, surplus = _surplus(group, balance, before)
    ends = surplus > 0
    n_ends = np.zeros(n_groups, dtype=np.int64)
    np.add.at(n_ends, groups[ends], surplus[ends])
    further = np.maximum(np.bincount(group, minlength=n_groups) - 1, 0)
    broken = int(np.maximum(n_ends - 1, 0).sum())
    share = 1 - broken / int(further.sum()) if further.any() else float("nan")
    last = np.zeros(n_groups, dtype=np.int64)
    single = ends & (n_ends[groups] == 1)
    last[groups[single]] = values[single]
    for one in np.flatnonzero(n_ends != 1).tolist():
        rows = group == one
        candidates = set(values[ends & (groups == one)].tolist())
        last[one] = _end(day[rows], before[rows], balance[rows], candidates, int(moved[one]))
    return Balances(last, moved, share)


def _surplus(group: Ints, after: Ints, before: Ints) -> tuple[Ints, Ints, Ints]:
    """Return (group, value, how much oftener it is reached than left) of all values."""
    groups, values = np.concatenate([group, group]), np.concatenate([after, before])
    signs = np.repeat(np.array([1, -1], dtype=np.int64), len(group))
    order = np.lexsort((values, groups))
    groups, values, signs = groups[order], values[order], signs[order]
    new = np.ones(len(groups), dtype=bool)
    new[1:] = (groups[1:] != groups[:-1]) | (values[1:] != values[:-1])
    starts = np.flatnonzero(new)
    if not len(starts):
        return groups, values, signs
    return groups[starts], values[starts], np.add.reduceat(signs, starts)


def _end(day: Ints, before: Ints, after: Ints, candidates: set[int], moved: int) -> int:
    """Return where a path ends that is closed, or broken."""
    if moved in candidates:
        return moved
    reached: set[int] = set(after[day == day.max()].tolist())
    if candidates:
        return max(candidates & reached or candidates)
    both: set[int] = reached & set(before[day == day.min()].tolist()) or reached
    return min(both, key=lambda value: (abs(value), value))
