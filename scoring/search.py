"""The nearest value of a column that is enough to reach a class, found by trying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.classes import NONE
from scoring.handles import Handle
from scoring.trial import Outcome, Trial

__all__ = ["SAME", "Bracket", "Search", "gain", "nearest"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Values = npt.NDArray[np.generic]

_AT_ONCE: Final = 15
"""Values tried at once between one that is enough and one that is not."""

SAME: Final = 6
"""Decimals to which two numbers of points, or two values, are the same."""


@dataclass(frozen=True, slots=True)
class Search:
    """A value of one column that is looked for, another column being set already."""

    handle: Handle
    fixed: tuple[tuple[Handle, Any], ...] = ()

    def handles(self) -> tuple[Handle, ...]:
        """Return all columns that are set."""
        return (self.handle, *(handle for handle, _ in self.fixed))


@dataclass(frozen=True, slots=True)
class Bracket:
    """A value that is enough, what it comes to, and the nearest one known not to be; None if all are."""

    good: Any
    outcome: Outcome
    bad: Any

    def inside(self, factor: float) -> Values:
        """Return some values between the two, from the bad one to the good one."""
        if self.bad is None or not factor:
            return np.array([])
        # Rounded: 0.29 * 100 is not quite 29, and would be tried again for ever.
        first, last = sorted(round(float(end) * factor, SAME) for end in (self.bad, self.good))
        low, high = np.floor(first) + 1, np.ceil(last) - 1
        if low > high:
            return np.array([])
        whole = np.unique(np.round(np.linspace(low, high, int(min(_AT_ONCE, high - low + 1)))))
        whole = whole[(whole > first) & (whole < last)]  # above 2^53 one more is the same number
        return (whole if self.bad < self.good else whole[::-1]) / factor


def gain(outcome: Outcome, handle: Handle, now: Floats) -> Floats:
    """Points that the criterion of a column gains [0-10 points]; fewer points than now cost nothing.

    Parameters
    ----------
    outcome
        Of some variants of the account.
    handle
        The column.
    now
        Array of shape (n_criteria,): points as the account stands.
    """
    gained: Floats = np.maximum(outcome.points[:, handle.criterion] - now[handle.criterion], 0.0)
    return gained


def nearest(trial: Trial, searches: Sequence[Search], target: int, now: Floats) -> list[Bracket | None]:
    """Try the values worth trying, then close in on the nearest that is enough.

    Parameters
    ----------
    trial
        The account.
    searches
        What is looked for.
    target
        Position of the class to reach; a better one will do.
    now
        As for :func:`gain`.

    Returns
    -------
    One entry a search; None where no value is enough.
    """
    found: list[Bracket | None] = [
        _first(search, outcome, target, now)
        for search, outcome in zip(
            searches, _outcomes(trial, searches, [search.handle.tries for search in searches]), strict=True
        )
    ]
    while True:
        inside = [
            np.array([]) if bracket is None else bracket.inside(search.handle.factor)
            for search, bracket in zip(searches, found, strict=True)
        ]
        open_ones = [at for at, values in enumerate(inside) if len(values)]
        if not open_ones:
            return found
        outcomes = _outcomes(trial, [searches[at] for at in open_ones], [inside[at] for at in open_ones])
        for at, outcome in zip(open_ones, outcomes, strict=True):
            bracket = found[at]
            assert bracket is not None  # only open ones have anything inside
            found[at] = _closer(bracket, inside[at], outcome, target)


def _closer(bracket: Bracket, values: Values, outcome: Outcome, target: int) -> Bracket:
    enough = np.flatnonzero(_reaches(outcome, target))
    if not len(enough):
        return Bracket(bracket.good, bracket.outcome, values[-1].item())
    first = int(enough[0])
    bad = bracket.bad if first == 0 else values[first - 1].item()
    return Bracket(values[first].item(), _part(outcome, first), bad)


def _first(search: Search, outcome: Outcome, target: int, now: Floats) -> Bracket | None:
    """Of the values worth trying, the one that gains the fewest points, then the nearest."""
    handle, values = search.handle, search.handle.tries
    enough = _reaches(outcome, target)
    edges: list[tuple[int, int | None]]
    if not handle.factor:
        edges = [(at, None) for at in np.flatnonzero(enough).tolist()]
    elif handle.current is None:
        edges = _edges(enough)
    else:
        here = int(np.searchsorted(values, handle.current))
        if enough[here]:  # the other value is enough by itself
            return None
        up, down = np.flatnonzero(enough[here:]) + here, np.flatnonzero(enough[:here])
        edges = [(int(up[0]), int(up[0]) - 1)] if len(up) else []
        edges += [(int(down[-1]), int(down[-1]) + 1)] if len(down) else []
    if not edges:
        return None
    gains = gain(outcome, handle, now)

    def cost(edge: tuple[int, int | None]) -> tuple[float, float]:
        far = abs(values[edge[0]] - handle.current) if handle.factor and handle.current is not None else 0.0
        return round(float(gains[edge[0]]), SAME), float(far)

    good, bad = min(edges, key=cost)
    return Bracket(values.tolist()[good], _part(outcome, good), None if bad is None else values[bad].item())


def _edges(enough: Bools) -> list[tuple[int, int | None]]:
    """Values that are enough beside one that is not; where all are, each of them."""
    places = np.flatnonzero(enough).tolist()
    beside: list[tuple[int, int | None]] = [
        (at, other)
        for at in places
        for other in (at - 1, at + 1)
        if 0 <= other < len(enough) and not enough[other]
    ]
    return beside or [(at, None) for at in places]


def _reaches(outcome: Outcome, target: int) -> Bools:
    reached: Bools = (outcome.computed != NONE) & (outcome.computed <= target)
    return reached


def _part(outcome: Outcome, first: int, last: int | None = None) -> Outcome:
    rows = slice(first, first + 1 if last is None else last)
    return Outcome(outcome.points[rows], outcome.score[rows], outcome.computed[rows])


def _outcomes(trial: Trial, searches: Sequence[Search], values: Sequence[Values]) -> list[Outcome]:
    """Score all values of all searches together: one measuring for thousands of variants."""
    ends = np.cumsum([len(tried) for tried in values]).tolist()
    starts = [0, *ends[:-1]]
    changes: dict[str, Values] = {}
    for search in searches:
        for handle in search.handles():
            if handle.column not in changes:
                changes[handle.column] = _unchanged(trial.account, handle, ends[-1])
    for search, tried, start, end in zip(searches, values, starts, ends, strict=True):
        changes[search.handle.column][start:end] = tried
        for handle, value in search.fixed:
            changes[handle.column][start:end] = value
    outcome = trial(changes, ends[-1])
    return [_part(outcome, start, end) for start, end in zip(starts, ends, strict=True)]


def _unchanged(account: pd.DataFrame, handle: Handle, n_variants: int) -> Values:
    """A column as it is, once for each variant."""
    now: Any = account[handle.column].iat[0] if handle.column in account else None
    if handle.factor:
        return np.full(n_variants, np.nan if pd.isna(now) else now, dtype=np.float64)
    return np.full(n_variants, now, dtype=object)
