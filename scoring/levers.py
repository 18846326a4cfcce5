"""Levers: the values, as near to the current ones as can be, that reach a class.

Nothing is estimated: each value tried is an account scored again
(:class:`scoring.trial.Trial`), so that whatever else a value moves - the trend
of a turnover, a gate, the completeness - moves along.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from scoring.handles import Handle
from scoring.search import SAME, Search, gain, nearest
from scoring.trial import Trial

__all__ = ["Change", "Lever", "cheapest_pair", "single_levers"]

_MOST_HANDLES: Final = 12
"""Columns, the heaviest, of which pairs are tried: their number grows with the square."""


@dataclass(frozen=True, slots=True)
class Change:
    """A value of one column.

    Attributes
    ----------
    criterion
        Position of the criterion that it is named with.
    column
        Key of the column.
    current
        The value now; None where it is unknown.
    value
        The value to set: a number, or the folded entry of a list.
    """

    criterion: int
    column: str
    current: Any
    value: float | str


@dataclass(frozen=True, slots=True)
class Lever:
    """One value, or two together, with which an account reaches a class.

    Attributes
    ----------
    changes
        What to set, the heavier criterion first.
    points
        Points that the criteria gain with it in sum [0-10 points each].
    score_after
        Score with it [0-100].
    class_after
        Position of the computed class with it.
    """

    changes: tuple[Change, ...]
    points: float
    score_after: float
    class_after: int


def single_levers(trial: Trial, handles: Sequence[Handle], target: int) -> tuple[Lever, ...]:
    """For each column the value that alone reaches a class: fewest points first, then the heavier criterion.

    Parameters
    ----------
    trial
        The account.
    handles
        What can be set.
    target
        Position of the class to reach; a better one will do.
    """
    return _levers(trial, [Search(handle) for handle in handles], target)


def cheapest_pair(trial: Trial, handles: Sequence[Handle], target: int) -> Lever | None:
    """Of all pairs of values that together reach a class, the one with the fewest points in sum.

    Parameters
    ----------
    trial, handles, target
        As for :func:`single_levers`.

    Notes
    -----
    The sum of points is least where one of the two values stands at a corner
    of its scale: every corner of every column is combined with the least
    value of every other.
    """
    weights = trial.model.weights()
    heaviest = sorted(handles, key=lambda handle: -weights[handle.criterion])[:_MOST_HANDLES]
    searches = [
        Search(handle, ((other, value),))
        for handle, other in itertools.permutations(heaviest, 2)
        for value in other.corners.tolist()
        if value != other.current
    ]
    return next(iter(_levers(trial, searches, target)), None)


def _levers(trial: Trial, searches: Sequence[Search], target: int) -> tuple[Lever, ...]:
    if not searches:
        return ()
    weights, now = trial.model.weights(), trial({}, 1).points[0]
    found = []
    for search, bracket in zip(searches, nearest(trial, searches, target, now), strict=True):
        if bracket is None:
            continue
        values = [(search.handle, bracket.good), *search.fixed]
        values.sort(key=lambda pair: (-weights[pair[0].criterion], pair[0].criterion))
        changes = tuple(Change(h.criterion, h.column, h.current, value) for h, value in values)
        gained = sum(gain(bracket.outcome, handle, now)[0] for handle, _ in values)
        outcome = bracket.outcome
        found.append(Lever(changes, float(gained), float(outcome.score[0]), int(outcome.computed[0])))

    def order(lever: Lever) -> tuple[float, float, tuple[int, ...]]:
        positions = tuple(change.criterion for change in lever.changes)
        return round(lever.points, SAME), -float(weights[list(positions)].sum()), positions

    return tuple(sorted(found, key=order))
