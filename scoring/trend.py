"""Trend of the turnover over two years, and the state that it shows.

References
----------
Davis, S. J., Haltiwanger, J. and Schuh, S. (1996), *Job Creation and
Destruction*: the growth rate (a - b) / ((a + b) / 2), symmetric, bounded by
[-2, 2], and defined when one side is zero.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["STATES", "growth", "over_one_year", "state", "trend"]

TREND_DECIMALS = 9

Floats = npt.NDArray[np.float64]

STATES = ("new", "returned", "lost", "dormant", "active")


def growth(now: Floats, before: Floats) -> Floats:
    """Growth rate of Davis, Haltiwanger and Schuh [fraction a year, -2 to 2].

    g(a, b) = (a - b) / ((a + b) / 2), and 0 where both are 0.

    >>> growth(np.array([120.0, 0, 0]), np.array([80.0, 10, 0]))
    array([ 0.4, -2. ,  0. ])
    """
    both = now + before
    rate = now - before
    rate *= 2
    with np.errstate(invalid="ignore", divide="ignore"):
        rate /= both
    rate[both == 0] = 0.0
    return rate


def trend(turnover: Floats, turnover_1: Floats, turnover_2: Floats) -> Floats:
    """Trend over two years, the newer one counting double; over one where no more is known.

    Parameters
    ----------
    turnover, turnover_1, turnover_2
        Arrays of shape (n_accounts,): turnover of this year and of the two
        before, NaN where unknown. Negative ones (credit notes) count as 0.

    Returns
    -------
    Array of shape (n_accounts,) [fraction a year, -2 to 2]. NaN where a
    turnover of this year or the one before is unknown, and where the years
    before are 0 as far as they are known: there is nothing to compare with.

    Notes
    -----
    trend = (2 g(T0, T1) + g(T1, T2)) / 3, g being :func:`growth`; with T2
    unknown, g(T0, T1).

    Examples
    --------
    >>> trend(np.array([120.0, 120]), np.array([80.0, 80]), np.array([80.0, np.nan])).round(4)
    array([0.2667, 0.4   ])
    """
    t0, t1, t2 = (np.maximum(t, 0.0) for t in (turnover, turnover_1, turnover_2))
    newer = growth(t0, t1)
    unknown = np.isnan(t2)
    found = np.where(unknown, newer, (2 * newer + growth(t1, t2)) / 3)
    found[np.where(unknown, t1, t1 + t2) == 0] = np.nan
    # Rounded so that it survives programs that keep 15 digits: a second refresh finds the same number.
    return np.round(found, TREND_DECIMALS, out=found)


def over_one_year(turnover: Floats, turnover_1: Floats, turnover_2: Floats) -> npt.NDArray[np.bool_]:
    """Accounts whose trend is one over one year: of the year before the last nothing is known."""
    return ~np.isnan(trend(turnover, turnover_1, turnover_2)) & np.isnan(turnover_2)


def state(turnover: Floats, turnover_1: Floats, turnover_2: Floats) -> npt.NDArray[np.int8]:
    """Position in :data:`STATES` of what the three years show; -1 where they show nothing.

    Parameters
    ----------
    turnover, turnover_1, turnover_2
        As for :func:`trend`. A year that is unknown shows nothing by itself:
        without the oldest one, who bought nothing the year before is new.
    """
    t0, t1, t2 = (np.maximum(t, 0.0) for t in (turnover, turnover_1, turnover_2))
    found = np.full(t0.shape, -1, dtype=np.int8)
    rules = (
        (t0 > 0) & (t1 == 0) & ((t2 == 0) | np.isnan(t2)),
        (t0 > 0) & (t1 == 0) & (t2 > 0),
        (t0 == 0) & (t1 > 0),
        (t0 == 0) & (t1 == 0) & (t2 > 0),
        (t0 > 0) & (t1 > 0),
    )
    for position, holds in enumerate(rules):  # no account meets two of them
        found += holds * np.int8(position + 1)
    return found
