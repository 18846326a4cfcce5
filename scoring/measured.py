"""The three steps of a scoring: facts are measured, points are weighed, scores are classed.

What is measured depends on scales alone, what is weighed on weights, what is
classed on cut-offs, gates and the class held so far. So every what-if repeats
only the steps that it changes: other weights or another strategy weigh the
same matrix again, other cut-offs class the same scores again, a lever measures
one account again beside the others as they stand.

References
----------
Fishburn, P. C. (1967), "Additive utilities with incomplete product sets",
*Operations Research* 15(3), 537-542.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scoring import classes as classing
from scoring import gates, portfolio
from scoring.columns import Accounts
from scoring.faults import Fault
from scoring.model import Model
from scoring.others import Others
from scoring.points import Column, columns, use_by_status
from scoring.scales import MAX_POINTS
from scoring.terms import STATUSES
from scoring.weighted_sum import MISSING_POINTS, SCORE_DECIMALS, WeightedSum

__all__ = ["Classed", "Measured", "by_known_part", "by_method", "classify", "measure", "scores", "weigh"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Positions = classing.Positions


@dataclass(frozen=True, slots=True)
class Measured:
    """Points of every account by every criterion of a model, kept to be weighed more than once.

    Attributes
    ----------
    points
        Array of shape (n_accounts, n_criteria) [0-10 points], NaN where the
        value is unknown or the criterion does not apply.
    applies
        Bool array of shape (n_accounts, n_criteria).
    missing
        What an unknown value counts, by criterion.
    used
        Bool array of shape (n_criteria, n_statuses + 1): criteria in use, by
        the place of the status (:meth:`scoring.columns.Accounts.status_places`).
    status
        Array of shape (n_accounts,): the place of each account's status.
    faults
        Values that its scale cannot use, by criterion.
    """

    points: Floats
    applies: Bools
    missing: tuple[str, ...]
    used: Bools
    status: npt.NDArray[np.intp]
    faults: tuple[tuple[Fault, ...], ...]

    def __iter__(self) -> Iterator[Column]:
        for at, (missing, faults) in enumerate(zip(self.missing, self.faults, strict=True)):
            used = self.used[at]
            in_use = None if used.all() else used[self.status]
            yield Column(self.points[:, at], self.applies[:, at], missing, in_use, faults)

    def known(self) -> Bools:
        """Values that are known, of criteria that apply; shape (n_accounts, n_criteria)."""
        known: Bools = ~np.isnan(self.points)
        return known

    def in_use(self) -> Bools:
        """Criteria whose absence makes an account incomplete; shape (n_accounts, n_criteria)."""
        in_use: Bools = self.used.T[self.status]
        return in_use

    def counted(self) -> tuple[Floats, Bools]:
        """Points that count in the score, those of unknown values put in, and which do count.

        Returns
        -------
        points
            Array of shape (n_accounts, n_criteria) [0-10 points], 0 where nothing counts.
        counts
            Bool array of the same shape.
        """
        counts = self.known()
        points = np.where(counts, self.points, 0.0)
        for at, missing in enumerate(self.missing):
            if missing != "skip":
                unknown = self.applies[:, at] & ~counts[:, at]
                points[unknown, at] = MISSING_POINTS[missing]
                counts[:, at] |= unknown
        return points, counts


def measure(table: Accounts, model: Model, others: Others | None = None) -> Measured:
    """Measure all accounts by all criteria: the matrix that everything else reuses.

    Parameters
    ----------
    table, model, others
        As for :func:`scoring.points.columns`.
    """
    shape = (len(table), len(model.criteria))
    points = np.empty(shape, order="F")
    applies = np.ones(shape, dtype=bool, order="F")
    used = np.ones((len(model.criteria), len(STATUSES) + 1), dtype=bool)
    faults = []
    for at, column in enumerate(columns(table, model, others)):
        points[:, at] = column.points
        if column.applies is not None:
            applies[:, at] = column.applies
            points[~column.applies, at] = np.nan
        if others is None:
            least = model.settings.in_use_from
            used[at] = use_by_status(column.points, column.applies, table, least)
        faults.append(column.faults)
    missing = tuple(criterion.missing for criterion in model.criteria)
    used = used if others is None else others.used
    return Measured(points, applies, missing, used, table.status_places(), tuple(faults))


def weigh(measured: Iterable[Column], weights: Floats, n_accounts: int) -> tuple[WeightedSum, list[Fault]]:
    """Weigh the points of each account by one weight a criterion.

    Parameters
    ----------
    measured
        A :class:`Measured`, or :func:`scoring.points.columns` as they come.
    weights
        Array of shape (n_criteria,), > 0.
    n_accounts
        Number of accounts.

    Returns
    -------
    total
        Score, completeness, counted weight and range of each account.
    faults
        Values that came by and that no scale can use.
    """
    total = WeightedSum(n_accounts)
    faults: list[Fault] = []
    for column, weight in zip(measured, weights.tolist(), strict=True):
        total.add(
            column.points,
            weight,
            missing=column.missing,
            applies=column.applies,
            in_use=column.in_use,
        )
        faults += column.faults
    return total, faults


def scores(measured: Measured, weightings: Floats) -> Floats:
    """Score of each account under each of many weightings, by matrix products.

    Parameters
    ----------
    measured
        The matrix.
    weightings
        Array of shape (n_weightings, n_criteria), >= 0.

    Returns
    -------
    Array of shape (n_accounts, n_weightings) [0-100, 6 decimals], NaN where no
    criterion of weight counts.

    Notes
    -----
    10 P W' / (C W'), P the points that count, C 1 where they do and W the
    weightings. A million accounts by a thousand weightings is 8 GB: give the
    accounts, or the weightings, in parts.
    """
    points, counts = measured.counted()
    with np.errstate(invalid="ignore", divide="ignore"):
        mean_points = (points @ weightings.T) / (counts.astype(np.float64) @ weightings.T)
    return np.round(MAX_POINTS * mean_points, SCORE_DECIMALS)


@dataclass(frozen=True, slots=True)
class Classed:
    """The classes of a portfolio, as positions in the list of classes; -1 where too little is known.

    Attributes
    ----------
    completeness
        Array of shape (n_accounts,) [fraction], NaN where no criterion applies.
    score
        Array of shape (n_accounts,) [0-100], NaN where there is none.
    rank
        Array of shape (n_accounts,), NaN where there is no score.
    by_score
        Array of shape (n_accounts,): the class that score and margin give.
    best_left, gate
        Arrays of shape (n_accounts,): the best class that the gates leave and
        the gate that leaves it, -1 where none applies.
    computed
        Array of shape (n_accounts,): the worse of the two.
    faults
        What kept the method of the model from being used.
    """

    completeness: Floats
    score: Floats
    rank: Floats
    by_score: Positions
    best_left: Positions
    gate: Positions
    computed: Positions
    faults: list[Fault]


def classify(
    total: WeightedSum,
    model: Model,
    held: Positions,
    table: Accounts,
    *,
    barred: Bools | None = None,
    others: Others | None = None,
) -> Classed:
    """Class every account by its score, the class held so far, and the gates.

    Parameters
    ----------
    total
        What :func:`weigh` found.
    model
        Whose classes, gates and settings.
    held
        Array of shape (n_accounts,): :attr:`scoring.before.Before.held`.
    table
        The accounts, whose columns the gates look at.
    barred
        Bool array of shape (n_accounts,): accounts that get no score whatever is known of them.
    others
        As for :func:`scoring.points.columns`: those among whom a quota ranks, or whose limits serve.
    """
    completeness = total.completeness()
    enough = completeness >= model.settings.min_completeness - 1e-9
    score = np.where(enough if barred is None else enough & ~barred, total.score(), np.nan)
    rank = portfolio.rank(score) if others is None else others.rank(score)
    by_score, faults = by_method(score, rank, model, held, others)
    best_left, gate = gates.best_left(model.gates, table.with_completeness(completeness), len(table))
    computed = classing.cap(by_score, best_left)
    return Classed(completeness, score, rank, by_score, best_left, gate, computed, faults)


def by_known_part(total: WeightedSum, model: Model, held: Positions, classed: Classed) -> Positions:
    """Class that the known part alone would give those of whom too little is known.

    Returns
    -------
    Array of shape (n_accounts,): -1 for those that have a class, and for
    those of whom nothing is known.
    """
    known = total.known_score()
    rows = np.flatnonzero((classed.computed == classing.NONE) & ~np.isnan(known))
    found = np.full(len(known), classing.NONE, dtype=np.int16)
    if not len(rows):
        return found
    scored = ~np.isnan(classed.score)
    limits = None
    if model.settings.method == "breaks" and not classed.faults and scored.any():
        limits = classing.limits(classed.score, classed.by_score, len(model.classes))
    nobody = np.empty((0, 0), dtype=bool)
    others = Others({}, nobody, np.sort(classed.score[scored]), limits)
    score = known[rows]
    by_score, _ = by_method(score, others.rank(score), model, held[rows], others)
    found[rows] = classing.cap(by_score, classed.best_left[rows])
    return found


def by_method(
    score: Floats, rank: Floats, model: Model, held: Positions, others: Others | None = None
) -> tuple[Positions, list[Fault]]:
    """Class that the method of the model gives a score, margin included, before gates."""
    settings, faults = model.settings, []
    if settings.method == "quota":
        n_scored = None if others is None else others.n_scored + 1
        return classing.by_quota(rank, model.shares(), n_scored), []
    if settings.method == "breaks":
        if others is None:
            found = classing.by_breaks(score, len(model.classes))
        else:
            found = None if others.limits is None else classing.by_cutoffs(score, others.limits)
        if found is not None:
            return found, []
        details = {"classes": len(model.classes)}
        faults = [Fault("settings", None, "method", "too_few_scores_for_breaks", "use_cutoffs", details)]
    if settings.margin > 0:
        return classing.by_cutoffs_with_margin(score, model.min_scores(), settings.margin, held), faults
    return classing.by_cutoffs(score, model.min_scores()), faults
