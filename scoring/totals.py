"""The portfolio as a whole: accounts and turnover by class, the curve of turnover, what is known."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Curve", "Sums", "by_completeness", "by_group", "core_known", "turnover_curve"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class Sums(NamedTuple):
    """Number of accounts and turnover of each group, arrays of shape (n_groups,)."""

    accounts: Ints
    turnover: Floats


class Curve(NamedTuple):
    """Points of a curve, arrays of shape (n_points,) [fractions]."""

    accounts: Floats
    turnover: Floats


def by_group(groups: npt.NDArray[np.integer], turnover: Floats, n_groups: int) -> Sums:
    """Accounts and turnover by group.

    Parameters
    ----------
    groups
        Array of shape (n_accounts,): the group of each account, from 0.
    turnover
        Array of shape (n_accounts,) [currency], NaN where unknown: it adds nothing.
    n_groups
        Number of groups.

    Examples
    --------
    >>> sums = by_group(np.array([0, 1, 0]), np.array([10.0, np.nan, 5.0]), 3)
    >>> sums.accounts.tolist(), sums.turnover.tolist()
    ([2, 1, 0], [15.0, 0.0, 0.0])
    """
    amounts = np.nan_to_num(turnover)
    return Sums(
        np.bincount(groups, minlength=n_groups).astype(np.int64),
        np.bincount(groups, weights=amounts, minlength=n_groups).astype(np.float64),
    )


def turnover_curve(turnover: Floats, n_points: int) -> Curve:
    """How few accounts make how much of the turnover, the largest first.

    Parameters
    ----------
    turnover
        Array of shape (n_accounts,) [currency]: those above 0 count.
    n_points
        Number of points, the first at 0 and the last at 1; evenly spaced in
        accounts. All 0 where there is no turnover.

    Examples
    --------
    >>> points = turnover_curve(np.array([60.0, 30, 10, -5, np.nan]), 4)
    >>> points.turnover.round(2).tolist()
    [0.0, 0.6, 0.9, 1.0]
    """
    positive = np.sort(turnover[np.nan_to_num(turnover) > 0])[::-1]
    if not len(positive):
        return Curve(np.zeros(n_points), np.zeros(n_points))
    summed = np.concatenate([[0.0], np.cumsum(positive)])
    places = np.rint(np.linspace(0, len(positive), n_points)).astype(np.intp)
    return Curve(places / len(positive), summed[places] / summed[-1])


def by_completeness(completeness: Floats, n_bands: int) -> Ints:
    """Accounts by bands of equal width of completeness, the highest band with its upper end.

    >>> by_completeness(np.array([0.0, 0.2, 0.5, 1.0, np.nan]), 5).tolist()
    [1, 1, 1, 0, 1]
    """
    known = completeness[~np.isnan(completeness)]
    # 9 decimals: 3 * 0.2 is not quite 0.6.
    bands = np.minimum(np.floor(np.round(known * n_bands, 9)), n_bands - 1).astype(np.intp)
    return np.bincount(bands, minlength=n_bands).astype(np.int64)


def core_known(completeness: Floats, core: Bools) -> float:
    """Mean completeness of the accounts of the core [fraction]; NaN without a core."""
    known = completeness[core & ~np.isnan(completeness)]
    return float(known.mean()) if len(known) else float("nan")
