"""The lever: the value of one criterion, all others unchanged, that reaches the next class."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from itertools import pairwise

import numpy as np

from scoring.model import Criterion, Points
from scoring.scales import MAX_POINTS, linear_points, step_points
from scoring.terms import FIELDS, Kind

__all__ = ["lever", "needed_points"]

_DECIMALS = {Kind.MONEY: 0, Kind.NUMBER: 0, Kind.NOTE: 1, Kind.SHARE: 2}
"""Decimals to which a person would set a value; a column of the company's own takes two."""

_NEARLY = 1e-9


def needed_points(target: float, others_sum: float, others_weight: float, weight: float) -> float:
    """Points of one criterion with which the score reaches a target.

    Solves ``10 (S + w p) / (W + w) = target`` for p.

    Parameters
    ----------
    target
        The score to reach [0-100].
    others_sum, others_weight
        Sum of ``w p`` and of ``w`` over the other criteria that count.
    weight
        Weight of the criterion.

    Examples
    --------
    >>> needed_points(75, others_sum=480, others_weight=60, weight=40)
    6.75
    """
    return (target * (others_weight + weight) / MAX_POINTS - others_sum) / weight


def lever(criterion: Criterion, needed: float, current: float) -> float | str | None:
    """Value of a criterion, nearest to the current one, that is worth the points needed.

    Parameters
    ----------
    criterion
        The criterion.
    needed
        Points [0-10].
    current
        The value now, NaN where unknown or no number.

    Returns
    -------
    The value, set as a person would set it but never short of the points;
    None where none is worth so many, or where it lies with other accounts
    (scale ``rank``).
    """
    rows = criterion.scale_points
    if needed > MAX_POINTS + _NEARLY or criterion.scale == "rank":
        return None
    if criterion.scale == "note":
        return _set(criterion, max(needed, 0.0), current, lambda value: value >= needed - _NEARLY)
    if rows is None:
        return None
    if criterion.scale == "list":
        good = [(points, entry) for entry, points in rows.entries.items() if points >= needed - _NEARLY]
        return min(good)[1] if good else None
    candidates = list(
        _lines(rows, needed) if criterion.scale == "linear" else _steps(rows, needed, criterion)
    )
    if not candidates:
        return None
    known = not math.isnan(current)
    nearest = min(candidates, key=(lambda value: abs(value - current)) if known else abs)
    return _set(criterion, nearest, current, lambda value: _points_at(criterion, value) >= needed - _NEARLY)


def _steps(rows: Points, needed: float, criterion: Criterion) -> Iterable[float]:
    """First and last value of each step that is worth enough, as a person would set them."""
    unit = 1 / _factor(criterion)
    for place, (at, points) in enumerate(zip(rows.thresholds, rows.points, strict=True)):
        if points >= needed - _NEARLY:
            yield at
            if place + 1 < len(rows.thresholds):
                yield max(at, rows.thresholds[place + 1] - unit)


def _lines(rows: Points, needed: float) -> Iterable[float]:
    """Ends of the stretches on which a scale of straight lines is worth enough."""
    ends = list(zip(rows.thresholds, rows.points, strict=True))
    yield from (at for at, points in ends if points >= needed - _NEARLY)
    for (low, one), (high, other) in pairwise(ends):
        if (one - needed) * (other - needed) < 0:
            yield low + (needed - one) * (high - low) / (other - one)


def _points_at(criterion: Criterion, value: float) -> float:
    rows = criterion.scale_points
    assert rows is not None
    convert = step_points if criterion.scale == "steps" else linear_points
    return float(convert(np.array([value]), rows.thresholds_array(), rows.points_array())[0])


def _factor(criterion: Criterion) -> float:
    """How many steps of what a person would type make one."""
    field = FIELDS.get(criterion.column)
    return 10.0 ** (_DECIMALS.get(field.kind, 2) if field is not None else 2)


def _set(criterion: Criterion, value: float, current: float, enough: Callable[[float], bool]) -> float:
    """Round a value to what a person would set, away from the current one if need be."""
    factor = _factor(criterion)
    exact = value * factor
    tries = [round(exact), math.ceil(exact), math.floor(exact)]
    if not math.isnan(current):
        tries = sorted(tries, key=lambda whole: abs(whole / factor - current))
    return next((float(whole / factor) for whole in tries if enough(whole / factor)), float(value))
