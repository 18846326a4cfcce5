"""How well an order of accounts foresees what came, and how far chance alone may have moved that.

References
----------
Hanley, J. A. and McNeil, B. J. (1982), "The meaning and use of the area under a
receiver operating characteristic (ROC) curve", *Radiology* 143(1), 29-36: the
area is the share of pairs in the right order. Efron, B. (1979), "Bootstrap
methods: another look at the jackknife", *Annals of Statistics* 7(1), 1-26.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["DRAWS", "TOP", "Interval", "Order", "auc", "caught", "interval", "resampled"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

DRAWS: Final = 1_000
LEVEL: Final = 0.95
TOP: Final = 0.2
"""Share of the accounts that are looked after first."""
_AT_ONCE: Final = 300_000
"""Accounts times draws that are worked on at once: few enough to stay in the cache."""


class Order:
    """Accounts in the order of a measure, sorted once for all draws.

    Parameters
    ----------
    measure
        Array of shape (n_accounts,), without NaN; equal values are ties.
    """

    def __init__(self, measure: Floats) -> None:
        self.rows = np.argsort(measure, kind="stable")
        ordered = measure[self.rows]
        self.starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))

    def sums(self, weights: Floats) -> Floats:
        """Return sums over equal values, ascending.

        Parameters
        ----------
        weights
            Array of shape (n_draws, n_accounts).
        """
        found: Floats = np.add.reduceat(weights[:, self.rows], self.starts, axis=1)
        return found


def auc(order: Order, came: Bools, counts: Floats) -> Floats:
    """Area under the ROC curve of a measure for what came [fraction].

    Parameters
    ----------
    order
        Of the measure: the higher, the likelier.
    came
        Bool array of shape (n_accounts,): to whom it came.
    counts
        Array of shape (n_draws, n_accounts): how often each account is in each draw.

    Returns
    -------
    Array of shape (n_draws,): the share of pairs of one to whom it came and one
    to whom it did not in which the first has the higher measure, pairs of equal
    ones counting half; NaN where there is no such pair.
    """
    to_some, to_others = order.sums(counts * came), order.sums(counts * ~came)
    below = np.cumsum(to_others, axis=1) - to_others
    pairs = to_some.sum(axis=1) * to_others.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = (to_some * (below + to_others / 2)).sum(axis=1) / pairs
    return found


def caught(order: Order, amounts: Floats, counts: Floats) -> Floats:
    """Share of what came later that the top fifth of the accounts holds [fraction].

    Parameters
    ----------
    order
        Of the measure: the highest are the top fifth.
    amounts
        Array of shape (n_accounts,), >= 0: what came.
    counts
        Array of shape (n_draws, n_accounts): how often each account is in each draw.

    Returns
    -------
    Array of shape (n_draws,); NaN where nothing came.

    Notes
    -----
    The top fifth are ceil(n / 5) accounts. Of equal ones at its end each counts
    with the same share, so that no order among them is made up.
    """
    held = order.sums(counts * amounts)[:, ::-1]
    room = order.sums(counts)[:, ::-1]
    before = np.cumsum(room, axis=1) - room
    top = np.ceil(TOP * counts.sum(axis=1) - 1e-9)[:, np.newaxis]
    with np.errstate(invalid="ignore", divide="ignore"):
        part = np.where(room > 0, np.clip((top - before) / room, 0.0, 1.0), 0.0)
        found: Floats = (part * held).sum(axis=1) / held.sum(axis=1)
    return found


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure, and the interval that holds it in 95 of 100 draws; NaN where there is none."""

    value: float
    low: float
    high: float


def interval(value: float, drawn: Floats) -> Interval:
    """Percentile interval of a figure.

    Parameters
    ----------
    value
        Its value in the accounts as they are.
    drawn
        Array of shape (n_draws,): its value in each draw, NaN where it has none.
    """
    known = drawn[~np.isnan(drawn)]
    if not len(known):
        return Interval(value, np.nan, np.nan)
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]).tolist()
    return Interval(value, low, high)


def resampled(
    figures: Mapping[str, Callable[[Floats], Floats]], n_accounts: int, seed: int, n_draws: int = DRAWS
) -> dict[str, tuple[float, Floats]]:
    """Work out figures in the accounts as they are, and in draws of as many of them with replacement.

    Parameters
    ----------
    figures
        What takes counts of shape (n_draws, n_accounts) and returns a figure for each draw.
    n_accounts, n_draws
        How many accounts there are, and how many draws.
    seed
        Of the draws, which are the same for all figures, so that they can be compared draw by draw.

    Returns
    -------
    dict
        The value and an array of shape (n_draws,), by the names of the figures.
    """
    rng = np.random.default_rng(seed)
    at_once = max(1, _AT_ONCE // max(n_accounts, 1))
    drawn: dict[str, list[Floats]] = {name: [] for name in figures}
    for start in range(0, n_draws, at_once):
        n_now = min(at_once, n_draws - start)
        picked = rng.integers(0, n_accounts, (n_now, n_accounts))
        places = (picked + np.arange(n_now)[:, np.newaxis] * n_accounts).ravel()
        counts = np.bincount(places, minlength=n_now * n_accounts).reshape(n_now, n_accounts)
        for name, figure in figures.items():
            drawn[name].append(figure(counts.astype(np.float64)))
    once = np.ones((1, n_accounts))
    return {name: (float(figure(once)[0]), np.concatenate(drawn[name])) for name, figure in figures.items()}
