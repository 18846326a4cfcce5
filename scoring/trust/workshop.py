"""The weights workshop: the weights of each participant and of all together, and how far they agree.

References
----------
Saaty, T. L. (2008), "Decision making with the analytic hierarchy process",
*International Journal of Services Sciences* 1(1), 83-98.
Aczél, J. and Saaty, T. L. (1983), "Procedures for synthesizing ratio
judgements", *Journal of Mathematical Psychology* 27(1), 93-102: the geometric mean.
Kendall, M. G. and Babington Smith, B. (1939), "The problem of m rankings",
*Annals of Mathematical Statistics* 10(3), 275-287.
Schmidt, R. C. (1997), "Managing Delphi surveys using nonparametric statistical
techniques", *Decision Sciences* 28(3), 763-774: the words for W.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from scoring.remainder import shared_out

__all__ = [
    "CONSISTENT",
    "MOST_PAIRED",
    "Priorities",
    "agreement",
    "geometric_mean",
    "kendall_w",
    "mean",
    "median",
    "one_weighting",
    "priorities",
    "tenths",
    "widest_pair",
]

Floats = npt.NDArray[np.float64]

MOST_PAIRED: Final = 10
"""Criteria that are compared in pairs: of more, nobody keeps 45 judgements consistent."""
CONSISTENT: Final = 0.10
"""Consistency ratio up to which judgements are taken as they are."""
_RANDOM_INDEX: Final = (0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""Saaty's mean index of random matrices, by the number of criteria."""
_WORDS: Final = ((0.7, "strong"), (0.5, "moderate"), (0.3, "weak"))
"""From which W on an agreement is called so; below the last it is very weak."""


@dataclass(frozen=True, slots=True)
class Priorities:
    """What pairwise judgements come to.

    Attributes
    ----------
    weights
        Array of shape (n,), summing to 1.
    ratio
        Consistency ratio: 0 for up to two criteria, above 0.10 asks to reconsider.
    """

    weights: Floats
    ratio: float


def priorities(judgements: Floats) -> Priorities:
    """Return the principal eigenvector of a reciprocal matrix, and its consistency ratio.

    Parameters
    ----------
    judgements
        Array of shape (n, n), n up to 10: how many times heavier the criterion of the row is than
        that of the column, > 0; the other half holds the reciprocals.

    Notes
    -----
    CR = ((lambda - n) / (n - 1)) / RI, lambda the principal eigenvalue, RI Saaty's random index.

    Examples
    --------
    >>> found = priorities(np.array([[1, 6, 3], [1 / 6, 1, 1 / 2], [1 / 3, 2, 1]]))
    >>> found.weights.round(4).tolist(), round(found.ratio, 6) + 0.0
    ([0.6667, 0.1111, 0.2222], 0.0)
    """
    n = len(judgements)
    values, vectors = np.linalg.eig(judgements)
    at = int(np.argmax(values.real))
    weights = np.abs(vectors[:, at].real)
    weights /= weights.sum()
    if n <= 2:
        return Priorities(weights, 0.0)
    index = (float(values[at].real) - n) / (n - 1)
    return Priorities(weights, max(0.0, index / _RANDOM_INDEX[n]))


def widest_pair(judgements: Floats, weights: Floats) -> tuple[int, int, float]:
    """Return the pair of criteria that fits the others least: the one to look at again.

    Parameters
    ----------
    judgements, weights
        As for, and from, :func:`priorities`.

    Returns
    -------
    row, column
        The pair.
    fitting
        How many times heavier the first would have to be for it to fit.
    """
    fitting = weights[:, np.newaxis] / weights[np.newaxis, :]
    distance = np.abs(np.log(judgements / fitting))
    row, column = divmod(int(np.argmax(np.triu(distance, 1))), len(weights))
    return row, column, float(fitting[row, column])


def geometric_mean(judgements: Sequence[Floats], voices: Floats) -> Floats:
    """Return the judgements of a group: element by element, weighted by the voices, all > 0."""
    logs = np.log(np.stack(judgements))
    return np.asarray(np.exp(np.tensordot(voices / voices.sum(), logs, axes=1)), dtype=np.float64)


def mean(shares: Floats, voices: Floats) -> Floats:
    """Return the mean of the weights, shape (n,), of those of each voice, shape (n_voices, n)."""
    found: Floats = voices @ shares / voices.sum()
    return found


def median(shares: Floats, voices: Floats) -> Floats:
    """Return the median of the weights of each criterion, scaled to the same sum as those of a voice.

    A voice of weight 2 counts as two equal ones: the median is where half of the voices lie on
    either side, halfway between two values where exactly half of them do.
    """
    found = np.zeros(shares.shape[1])
    half = voices.sum() / 2
    for at, column in enumerate(shares.T):
        order = np.argsort(column, kind="stable")
        reached = np.cumsum(voices[order])
        low = int(np.searchsorted(reached, half - 1e-9))
        high = int(np.searchsorted(reached, half + 1e-9))
        high = min(high, len(order) - 1)
        found[at] = (column[order[low]] + column[order[high]]) / 2
    total = found.sum()
    whole = float(shares.sum(axis=1).mean())
    return found * (whole / total) if total > 0 else mean(shares, voices)


def kendall_w(ratings: Floats) -> float:
    """Return Kendall's coefficient of concordance, corrected for ties.

    Parameters
    ----------
    ratings
        Array of shape (n_judges, n_items): what each judge gives each item.

    Returns
    -------
    0 for no agreement to 1 for the same ranking by all; NaN for fewer than two judges or items, and
    where nobody ranks one item above another.

    Notes
    -----
    W = 12 S / (m2 (n3 - n) - m T), S the squared deviations of the rank sums, T the sum over the
    judges and their ties of t3 - t.

    Examples
    --------
    >>> kendall_w(np.array([[1.0, 2, 3], [10, 20, 30]]))
    1.0
    """
    m, n = ratings.shape
    if m < 2 or n < 2:
        return math.nan
    ranks = np.empty((m, n))
    ties = 0.0
    for judge, given in enumerate(ratings):
        _, place, counts = np.unique(given, return_inverse=True, return_counts=True)
        last = np.cumsum(counts)
        ranks[judge] = (last - (counts - 1) / 2)[place]
        ties += float((counts**3 - counts).sum())
    sums = ranks.sum(axis=0)
    spread = float(((sums - sums.mean()) ** 2).sum())
    whole = m**2 * (n**3 - n) - m * ties
    return 12 * spread / whole if whole > 0 else math.nan


def agreement(w: float) -> str:
    """Return the word for a W: strong, moderate, weak or very_weak; none where there is no W.

    >>> agreement(0.7939), agreement(0.1)
    ('strong', 'very_weak')
    """
    if math.isnan(w):
        return "none"
    return next((word for least, word in _WORDS if w >= least), "very_weak")


def one_weighting(given: Mapping[str, Floats], applies: Mapping[str, npt.NDArray[np.bool_]]) -> Floats:
    """Return one weight a criterion from points that were given status by status.

    A criterion has one weight for all statuses to which it applies. What the first status says is
    taken as it is; the points of each other one are scaled so that the criteria that it shares with
    the ones before weigh as much in sum; a criterion weighs the mean of what its statuses say. Points
    in the same ratios give back these ratios.

    Parameters
    ----------
    given
        By status, the one with most criteria first: array of shape (n,) of points, 0 where it does
        not apply.
    applies
        By status: bool array of shape (n,).

    Returns
    -------
    Array of shape (n,), summing to 100 where any point was given.
    """
    n = len(next(iter(given.values())))
    total, count = np.zeros(n), np.zeros(n)
    for status, points in given.items():
        shared = applies[status] & (count > 0)
        said, before = float(points[shared].sum()), 0.0
        if shared.any():
            before = float((total[shared] / count[shared]).sum())
        factor = before / said if said > 0 and before > 0 else 1.0
        total[applies[status]] += factor * points[applies[status]]
        count[applies[status]] += 1
    weights = np.divide(total, count, out=np.zeros(n), where=count > 0)
    return weights * (100 / weights.sum()) if weights.sum() > 0 else weights


def tenths(weights: Floats) -> list[float]:
    """Return weights rounded to one decimal that still sum to 100, by largest remainder.

    >>> tenths(np.array([1.0, 1.0, 1.0]))
    [33.4, 33.3, 33.3]
    """
    millionths = np.round(weights / weights.sum() * 1e9).astype(np.int64)
    return [part / 10 for part in shared_out(1000, [int(one) for one in millionths])]
