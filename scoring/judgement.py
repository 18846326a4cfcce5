"""Where judgements may say more of who judges than of the account, and where two criteria say the same.

References
----------
Thorndike, E. L. (1920), "A constant error in psychological ratings", *Journal of
Applied Psychology* 4, 25-29: the halo, a liking that lifts every note.
Spearman, C. (1904), "The proof and measurement of association between two
things", *American Journal of Psychology* 15, 72-101.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.columns import Accounts
from scoring.faults import Fault
from scoring.measured import Measured
from scoring.model import Model

__all__ = ["alike", "notes_apart", "rank_correlation"]

Floats = npt.NDArray[np.float64]

_LEAST_KNOWN: Final = 20
"""Accounts known in both before two criteria are compared."""
_ALIKE: Final = 0.8
_MAYBE: Final = 0.5
"""Correlation of the points from which on that of their ranks is worked out, which takes longer."""
_LEAST_ACCOUNTS, _LEAST_REPS = 10, 3
_ERRORS: Final = 3.5
"""Standard errors of a median beyond which it is hardly chance: one rep in two thousand."""
_WORTH_A_WORD: Final = 1.0
"""Less apart is of no consequence [points]."""
_TO_DEVIATION: Final = 1.4826
"""From the median absolute deviation to the standard deviation of a normal law."""
_ERROR_OF_MEDIAN: Final = 1.2533


def notes_apart(table: Accounts, model: Model, measured: Measured) -> Iterator[Fault]:
    """Yield the reps whose judgements lie apart from what is measured, against those of all reps.

    Parameters
    ----------
    table, model, measured
        The accounts, how they are scored, and their points.

    Notes
    -----
    The gap of an account is the mean of its known points by judgement less the
    mean of those measured; that of a rep is the median over the accounts. A
    rep is named where the gap lies further from the median of all reps than
    twice their spread, than the error of a median of so few accounts, and
    than one point.
    """
    subjective = np.array([one.subjective for one in model.criteria], dtype=bool)
    if not subjective.any() or subjective.all() or "rep" not in table:
        return
    gap = _mean(measured.points[:, subjective]) - _mean(measured.points[:, ~subjective])
    codes, names = pd.factorize(table.series("rep").astype(object))
    rows = np.flatnonzero(~np.isnan(gap) & (codes >= 0))
    gaps = pd.Series(gap[rows]).groupby(codes[rows])
    medians_of, counts = gaps.median(), gaps.size()
    found = {
        str(names[code]): (float(medians_of[code]), int(counts[code]))
        for code in counts.index
        if counts[code] >= _LEAST_ACCOUNTS and str(names[code])
    }
    if len(found) < _LEAST_REPS:
        return
    medians = np.array([median for median, _ in found.values()])
    centre, spread = float(np.median(medians)), _spread(medians)
    deviation = _spread(gap[rows] - medians_of.reindex(codes[rows]).to_numpy())
    found = dict(sorted(found.items()))
    for rep, (median, count) in found.items():
        apart = median - centre
        chance = _ERRORS * _ERROR_OF_MEDIAN * deviation / np.sqrt(count)
        if abs(apart) > max(2 * spread, chance, _WORTH_A_WORD):
            what = "notes_above" if apart > 0 else "notes_below"
            details = {"rep": rep, "points": abs(apart), "count": count}
            yield Fault("criteria", None, "nature", what, "look_together", details)


def alike(model: Model, measured: Measured) -> Iterator[Fault]:
    """Yield the pairs of criteria that order the accounts nearly alike, or nearly the other way round.

    Parameters
    ----------
    model, measured
        The criteria, and their points.
    """
    known = measured.known()
    counts, rough = _rough(measured.points, known)
    ranked: dict[int, Floats] = {}

    def ranks(position: int, rows: npt.NDArray[np.bool_], count: int) -> Floats:
        """Ranks among some rows; those among all known ones are worked out once."""
        values = measured.points[rows, position]
        if count < counts[position, position]:
            return _ranks(values)
        if position not in ranked:
            ranked[position] = _ranks(values)
        return ranked[position]

    for first, second in np.argwhere(np.triu((counts >= _LEAST_KNOWN) & (rough >= _MAYBE), 1)).tolist():
        count, both = int(counts[first, second]), known[:, first] & known[:, second]
        exact = _correlation(ranks(first, both, count), ranks(second, both, count))
        if abs(exact) > _ALIKE:
            one, other = model.criteria[first], model.criteria[second]
            what = "criteria_alike" if exact > 0 else "criteria_opposed"
            details = {
                "first": one.name,
                "second": other.name,
                "correlation": round(exact, 2),
                "count": count,
                "weight": one.weight + other.weight,
            }
            yield Fault("criteria", None, "weight", what, "count_once", details)


def rank_correlation(first: Floats, second: Floats) -> float:
    """Spearman's rank correlation, ties sharing the mean of their ranks [-1 to 1]; 0 where one is constant.

    >>> rank_correlation(np.array([1.0, 2, 3, 4]), np.array([10.0, 30, 20, 40])).__round__(4)
    0.8
    """
    return _correlation(_ranks(first), _ranks(second))


def _rough(points: Floats, known: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Accounts known in both of each two criteria, and the size of the correlation of their points."""
    ones, filled = known.astype(np.float64), np.where(known, points, 0.0)
    counts = ones.T @ ones
    sums, squares = filled.T @ ones, (filled * filled).T @ ones
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = squares - sums * sums / counts
        together = filled.T @ filled - sums * sums.T / counts
        found = np.abs(together) / np.sqrt(spread * spread.T)
    return counts, np.nan_to_num(found)


def _ranks(values: Floats) -> Floats:
    """Ranks of some values, ascending, ties sharing the mean."""
    _, group, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    found: Floats = (last - (counts - 1) / 2)[group]
    return found


def _correlation(first: Floats, second: Floats) -> float:
    one, other = first - first.mean(), second - second.mean()
    length = float(np.sqrt((one @ one) * (other @ other)))
    return float(one @ other) / length if length else 0.0


def _mean(points: Floats) -> Floats:
    """Mean of the known points of each account, NaN where none is known."""
    known = ~np.isnan(points)
    counts = known.sum(axis=1)
    sums = np.where(known, points, 0.0).sum(axis=1)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def _spread(values: Floats) -> float:
    return _TO_DEVIATION * float(np.median(np.abs(values - np.median(values))))
