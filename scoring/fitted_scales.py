"""Money scales that fit a portfolio: the rows that spread its accounts over the points."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["LEAST_VALUES", "fitted_rows", "round_amount"]

Floats = npt.NDArray[np.float64]

PERCENTILES: Final = {20: 2.0, 50: 4.0, 75: 6.0, 90: 8.0, 97: 10.0}
"""Points by percentile of the known amounts above 0."""
LEAST_VALUES: Final = 20
"""With fewer amounts above 0 a scale says more of chance than of the portfolio."""

_ROUND: Final = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)


def round_amount(amount: float) -> float:
    """Return the round amount nearest to another, by their ratio.

    Round are 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6 and 8 times a power of ten.

    Parameters
    ----------
    amount
        An amount > 0.

    Examples
    --------
    >>> [round_amount(amount) for amount in (13_400, 9, 0.44, 1_000_000)]
    [12000.0, 10.0, 0.4, 1000000.0]
    """
    power = math.floor(math.log10(amount))
    # Text to number, so that 1.2 times a thousand is 1200 to the last bit, and 10 follows on 8.
    candidates = [
        float(f"{digits!r}e{exponent}") for exponent in (power - 1, power, power + 1) for digits in _ROUND
    ]
    return min(candidates, key=lambda one: (round(abs(math.log(amount / one)), 12), one))


def fitted_rows(amounts: Floats) -> tuple[tuple[float, float], ...] | None:
    """Return the rows (value, points) of a linear scale that fits some yearly amounts.

    Parameters
    ----------
    amounts
        Array of shape (n_accounts,) [currency], NaN where unknown.

    Returns
    -------
    tuple or None
        Values ascending, 0 worth 0 points; None with fewer than 20 known amounts above 0.

    Notes
    -----
    The 20th, 50th, 75th, 90th and 97th percentile of the known amounts above
    0, by linear interpolation, get 2, 4, 6, 8 and 10 points, and are rounded.
    Rows of the same value become one, with the mean of their points.

    Examples
    --------
    >>> fitted_rows(np.linspace(1_000, 100_000, 100))
    ((0.0, 0.0), (20000.0, 2.0), (50000.0, 4.0), (80000.0, 6.0), (100000.0, 9.0))
    """
    positive = amounts[np.nan_to_num(amounts) > 0]
    if len(positive) < LEAST_VALUES:
        return None
    limits = np.percentile(positive, list(PERCENTILES))
    points: dict[float, list[float]] = {}
    for limit, worth in zip(limits.tolist(), PERCENTILES.values(), strict=True):
        points.setdefault(round_amount(limit), []).append(worth)
    rows = [(value, sum(worths) / len(worths)) for value, worths in sorted(points.items())]
    return ((0.0, 0.0), *rows)
