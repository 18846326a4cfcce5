"""Robustness: in which class an account would stand had the weights been chosen a little otherwise.

References
----------
Lahdelma, R. and Salminen, P. (2001), "SMAA-2: Stochastic multicriteria
acceptability analysis for group decision making", *Operations Research*
49(3), 444-454: the share of drawn weights under which an alternative takes a
rank, here a class, is its acceptability.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from scoring import classes as classing
from scoring.classes import Positions
from scoring.measured import Measured
from scoring.model import Model
from scoring.scales import MAX_POINTS
from scoring.weighted_sum import SCORE_DECIMALS

__all__ = ["CONCENTRATION", "DRAWS", "FRAGILE_BELOW", "acceptabilities", "own_class"]

Floats = npt.NDArray[np.float64]

DRAWS: Final = 1_000
CONCENTRATION: Final = 100.0
"""Sum of the parameters of the distribution: the larger, the nearer the draws stay to the weights."""
FRAGILE_BELOW: Final = 0.8
"""Share of the draws in its own class below which an account is fragile."""
_ROWS: Final = 256
"""Accounts weighed at once: with all draws they fill a few megabytes, which stay in the cache."""


def acceptabilities(
    measured: Measured,
    model: Model,
    cutoffs: Floats,
    best_left: Positions,
    seed: int,
    *,
    n_draws: int = DRAWS,
    alphas: Floats | None = None,
) -> Floats:
    """Share of weight draws in which each account falls into each class.

    Parameters
    ----------
    measured, model
        The points, and the model whose weights the draws lie around.
    cutoffs
        Array of shape (n_classes,), descending: score from which each class begins [0-100].
    best_left
        Array of shape (n_accounts,): the best class that the gates leave, -1 where none applies.
    seed
        Of the draws: the same gives the same shares.
    n_draws
        How many weightings are drawn.
    alphas
        Array of shape (n_criteria,): parameters of the distribution in place of those around the weights.

    Returns
    -------
    Array of shape (n_accounts, n_classes), each row summing to 1 [fraction]; NaN where no criterion counts.

    Notes
    -----
    The weights of the criteria that apply to a status are drawn from a
    Dirichlet distribution with parameters 100 w / sum(w). Weights only matter
    by their ratios, so independent gamma draws do, and an account has the draws
    of its status, whatever else stands in the workbook. A score reaches a
    cut-off t where sum w (p - t/10) over what counts is not below 0: one matrix
    product a class, and no division.
    """
    points, counts = measured.counted()
    n_accounts, n_classes = len(points), len(cutoffs)
    shares = np.zeros((n_accounts, n_classes))
    for place in np.unique(measured.status):
        rows = np.flatnonzero(measured.status == place)
        applies = measured.applies[rows].any(axis=0)
        if not applies.any():
            continue
        weights = model.weights()[applies] if alphas is None else alphas[applies]
        if alphas is None:
            weights = CONCENTRATION * weights / weights.sum()
        drawn = np.random.default_rng([seed, int(place)]).gamma(weights, size=(n_draws, len(weights))).T
        for start in range(0, len(rows), _ROWS):
            part = rows[start : start + _ROWS]
            shares[part] = _shares(points[part][:, applies], counts[part][:, applies], drawn, cutoffs)
    capped = best_left > 0
    for row in np.flatnonzero(capped).tolist():
        best = int(best_left[row])
        shares[row, best] += shares[row, :best].sum()
        shares[row, :best] = 0.0
    shares[~counts.any(axis=1)] = np.nan
    return shares


def _shares(points: Floats, counts: npt.NDArray[np.bool_], drawn: Floats, cutoffs: Floats) -> Floats:
    """Shares by class of some accounts, gates left aside."""
    n_draws = drawn.shape[1]
    reached = np.full((len(points), len(cutoffs)), n_draws, dtype=np.float64)
    # A score is rounded before it meets a cut-off: half a last decimal below is enough.
    for at, cutoff in enumerate((cutoffs[:-1] - 0.5 * 10.0**-SCORE_DECIMALS).tolist()):
        if np.isinf(cutoff):
            reached[:, at] = 0.0
            continue
        above = (points - (cutoff / MAX_POINTS) * counts) @ drawn
        reached[:, at] = np.count_nonzero(above >= 0.0, axis=1)
    reached[:, 1:] -= reached[:, :-1].copy()
    found: Floats = reached / n_draws
    return found


def own_class(score: Floats, cutoffs: Floats, best_left: Positions) -> Positions:
    """Class by the very rule that the draws meet: cut-offs and gates, without a margin."""
    return classing.cap(classing.by_cutoffs(score, cutoffs), best_left)
