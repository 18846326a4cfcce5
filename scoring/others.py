"""The other accounts of a portfolio as they stand, beside which one is placed anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scoring import classes, scales
from scoring.columns import Accounts
from scoring.model import Model

__all__ = ["Others", "others_of"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Others:
    """All accounts but one.

    Attributes
    ----------
    ranked
        For each criterion of scale ``rank``, by its position: the known values
        of those that it applies to, ascending.
    used
        Bool array of shape (n_criteria, n_statuses + 1): criteria in use, as
        the portfolio stands (:func:`scoring.points.use_by_status`).
    scores
        Array of shape (n_scored,), ascending [0-100].
    limits
        Where each class began in the last scoring, by natural breaks; None
        with another method, and where there were too few scores to break up.
    """

    ranked: Mapping[int, Floats]
    used: Bools
    scores: Floats
    limits: Floats | None

    @property
    def n_scored(self) -> int:
        """Number of the others that have a score."""
        return len(self.scores)

    def rank_points(self, criterion: int, values: Floats, *, low_is_better: bool) -> Floats:
        """Points of values that the one account might have, by their rank among the others' [0-10 points]."""
        return scales.rank_among(values, self.ranked[criterion], low_is_better=low_is_better)

    def in_use(self, criterion: int, table: Accounts) -> Bools:
        """Whether the absence of a criterion makes an account incomplete, shape (n_accounts,)."""
        in_use: Bools = self.used[criterion][table.status_places()]
        return in_use

    def rank(self, score: Floats) -> Floats:
        """Rank that each of some scores would take by itself, 1 for the best; NaN for none."""
        better = self.n_scored - np.searchsorted(self.scores, score, side="right")
        return np.where(np.isnan(score), np.nan, better + 1.0)


def others_of(
    row: int, table: Accounts, model: Model, used: Bools, score: Floats, by_score: classes.Positions
) -> Others:
    """All accounts but one.

    Parameters
    ----------
    row
        The one, by its position.
    table, model
        The portfolio and how it is scored.
    used
        Bool array of shape (n_criteria, n_statuses + 1): the criteria in use.
    score, by_score
        Arrays of shape (n_accounts,): the scores, and the classes that they give, gates left aside.
    """
    values = {}
    for position, criterion in enumerate(model.criteria):
        if criterion.scale == "rank":
            applies = table.applies(criterion)
            numbers = table.numbers(criterion.column)
            known = ~np.isnan(numbers) if applies is None else ~np.isnan(numbers) & applies
            known[row] = False
            values[position] = np.sort(numbers[known])
    scored = ~np.isnan(score)
    limits = None
    if model.settings.method == "breaks" and np.unique(score[scored]).size >= len(model.classes):
        limits = classes.limits(score, by_score, len(model.classes))
    scored[row] = False
    return Others(values, used, np.sort(score[scored]), limits)
