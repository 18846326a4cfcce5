"""Scales: from a value to points in [0, 10].

Every function takes the values of all accounts at once and gives NaN points
for an unknown value.

References
----------
Belton, V. and Stewart, T. J. (2002), *Multiple Criteria Decision Analysis*,
chapter 5: partial value functions on fixed local or global scales.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.terms import MAX_POINTS
from scoring.text import entry

__all__ = [
    "MAX_POINTS",
    "linear_points",
    "list_points",
    "note_points",
    "rank_among",
    "rank_points",
    "step_points",
]

Floats = npt.NDArray[np.float64]


def step_points(values: Floats, thresholds: Floats, points: Floats) -> Floats:
    """Points of the last step that a value reaches [0-10 points].

    Parameters
    ----------
    values
        Array of shape (n_accounts,), NaN where unknown.
    thresholds, points
        Arrays of shape (n_steps,), thresholds ascending.

    Returns
    -------
    Array of shape (n_accounts,). Below the first threshold, the points of the
    first step.

    Examples
    --------
    >>> step_points(np.array([9_999.0, 37_500.0]), np.array([0.0, 10e3, 50e3]), np.array([0.0, 2, 6]))
    array([0., 2.])
    """
    step = np.searchsorted(thresholds, values, side="right") - 1
    # NaN sorts after every number: it would take the last step.
    return np.where(np.isnan(values), np.nan, points[np.maximum(step, 0)])


def linear_points(values: Floats, thresholds: Floats, points: Floats) -> Floats:
    """Points on straight lines between given points, flat beyond both ends [0-10 points].

    Parameters
    ----------
    values
        Array of shape (n_accounts,), NaN where unknown.
    thresholds, points
        Arrays of shape (n_points,), thresholds ascending.

    Examples
    --------
    >>> x, y = np.array([0, 10e3, 50e3, 200e3]), np.array([0.0, 2, 6, 10])
    >>> linear_points(np.array([37_500.0, 250e3]), x, y)
    array([ 4.75, 10.  ])
    """
    return np.interp(values, thresholds, points)


def list_points(values: pd.Series, points: Mapping[str, float]) -> tuple[Floats, npt.NDArray[np.intp]]:
    """Points of the list entry that a value equals [0-10 points].

    Equality ignores case, accents and outer blanks; a number equals its own
    text.

    Parameters
    ----------
    values
        Series of shape (n_accounts,), missing where unknown.
    points
        Points by folded entry (:func:`scoring.text.fold`).

    Returns
    -------
    points
        Array of shape (n_accounts,).
    unlisted
        Positions of the known values that are not in the list.
    """
    codes, uniques = pd.factorize(values)
    entries = [entry(value) for value in uniques]
    of_unique = np.array([points.get(text, np.nan) for text in entries] + [np.nan])
    found = of_unique[codes]  # code -1 (missing) takes the last one: NaN
    blank = np.array([not text for text in entries] + [True])
    return found, np.flatnonzero(np.isnan(found) & ~blank[codes])


def rank_points(values: Floats, *, low_is_better: bool) -> Floats:
    """Points by the rank of a value among the known ones [0-10 points].

    Parameters
    ----------
    values
        Array of shape (n_accounts,) over the accounts that the criterion
        applies to, NaN where unknown.
    low_is_better
        Whether the smallest value earns the most points.

    Notes
    -----
    10 (r - 0.5) / n, r the average rank ascending (ties share it) over the n
    known values; 10 minus that where low is better.

    Examples
    --------
    >>> rank_points(np.array([10.0, 20, 20, 40]), low_is_better=False)
    array([1.25, 5.  , 5.  , 8.75])
    """
    known = np.flatnonzero(~np.isnan(values))
    if not known.size:
        return np.full(values.shape, np.nan)
    _, group, counts = np.unique(values[known], return_inverse=True, return_counts=True)
    last_rank = np.cumsum(counts)
    average_rank = last_rank - (counts - 1) / 2
    earned = MAX_POINTS * (average_rank[group] - 0.5) / known.size
    points = np.full(values.shape, np.nan)
    points[known] = MAX_POINTS - earned if low_is_better else earned
    return points


def rank_among(values: Floats, others: Floats, *, low_is_better: bool) -> Floats:
    """Points by the rank that each value would take by itself among the known values of others [0-10 points].

    Parameters
    ----------
    values
        Array of shape (n_values,), NaN where unknown.
    others
        Array of shape (n_others,), ascending, without NaN.
    low_is_better
        Whether the smallest value earns the most points.

    Notes
    -----
    As :func:`rank_points` gives it to the value where it stands in one list with the others.

    Examples
    --------
    >>> rank_among(np.array([20.0, 50.0]), np.array([10.0, 20, 40]), low_is_better=False)
    array([5.  , 8.75])
    """
    below = np.searchsorted(others, values, side="left")
    equal = np.searchsorted(others, values, side="right") - below
    average_rank = below + (equal + 2) / 2
    earned = MAX_POINTS * (average_rank - 0.5) / (len(others) + 1)
    return np.where(np.isnan(values), np.nan, MAX_POINTS - earned if low_is_better else earned)


def note_points(values: Floats) -> tuple[Floats, npt.NDArray[np.intp]]:
    """Points of a note, which are the note itself [0-10 points].

    Returns
    -------
    points
        Array of shape (n_accounts,); NaN where the note lies outside [0, 10].
    outside
        Positions of the known notes outside [0, 10].
    """
    with np.errstate(invalid="ignore"):
        outside = (values < 0) | (values > MAX_POINTS)
    positions = np.flatnonzero(outside)
    return (np.where(outside, np.nan, values) if positions.size else values), positions
