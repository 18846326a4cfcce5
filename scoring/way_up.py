"""The short way up: how far each account is from the next class, and the criterion that gets it there.

For all accounts at once and without trying values, as :mod:`scoring.levers`
does for a single one: what a criterion can still add to a score follows from
its weight, its points and the best points of its scale.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.classes import NONE, Positions, limits
from scoring.columns import Accounts
from scoring.gates import holds
from scoring.measured import Classed, Measured
from scoring.model import Criterion, Model
from scoring.scales import MAX_POINTS, linear_points, step_points
from scoring.terms import FIELDS, FilledBy, Kind
from scoring.trend import trend
from scoring.weighted_sum import MISSING_POINTS, SCORE_DECIMALS, WeightedSum

__all__ = ["WaysUp", "can_be_set", "ways_up"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int16]

_NOT_SET: Final = (Kind.DATE, Kind.WORD, Kind.CLASS)
"""Kinds of columns that say what happened or who the account is: nobody sets them for points."""
_SAME: Final = 1e-9


@dataclass(frozen=True, slots=True)
class WaysUp:
    """How each account gets into the next class.

    Attributes
    ----------
    target
        Array of shape (n_accounts,): the next class, -1 for the best one and for accounts without a
        score.
    short
        Array of shape (n_accounts,): what the score lacks, margin included [points of score]; NaN where
        there is no next class or where nobody can tell.
    criteria
        Array of shape (n_accounts, 2): the criterion that is enough alone, or the two that are
        together, the heavier first; -1 for none.
    unknown
        Bool array of shape (n_accounts, 2): whether the value of that criterion is unknown.
    gate
        Array of shape (n_accounts,): the gate that keeps the next class away whatever the score; -1 for none.
    """

    target: Positions
    short: Floats
    criteria: Ints
    unknown: Bools
    gate: Positions


def can_be_set(column: str) -> bool:
    """Whether a person or an import can set a column for the points that it brings."""
    field = FIELDS.get(column)
    return field is None or (
        field.filled_by is FilledBy.PERSON and field.kind not in _NOT_SET and column != "account"
    )


def ways_up(
    measured: Measured, total: WeightedSum, classed: Classed, model: Model, table: Accounts
) -> WaysUp:
    """Find for each account how far the next class is, and the fewest points that lead there.

    Parameters
    ----------
    measured, total, classed
        The three steps of the scoring (:mod:`scoring.measured`).
    model, table
        The model and the accounts.

    Notes
    -----
    Of several criteria the one that needs the fewest more points comes first,
    then the heavier; a value that is unknown and left out of the score counts
    from the mean of the others, as for a lever. Where none is enough, the two
    that need the fewest points in sum. A turnover takes the trend along: where
    both together are enough it is named alone, and where more turnover could
    cost points it is not named.
    """
    n_accounts = len(classed.score)
    target = np.where(classed.computed > 0, classed.computed - 1, NONE).astype(np.int16)
    target[np.isnan(classed.score)] = NONE
    begins = np.append(_begins(classed, model), np.nan)[target]
    short = np.maximum(np.round(begins - classed.score, SCORE_DECIMALS), 0.0)
    gate = np.where((target != NONE) & (classed.best_left > target), classed.gate, NONE).astype(np.int16)
    criteria = np.full((n_accounts, 2), NONE, dtype=np.int16)
    rows = np.flatnonzero((gate == NONE) & np.isfinite(short))
    if len(rows):
        steps = _steps(measured, total, classed, model, begins, rows)
        criteria[rows] = _cheapest(steps)
        alone = rows[_turnover_with_trend(steps, measured, model, table, begins, rows)]
        turnover = [step.criterion for step in steps if model.criteria[step.criterion].column == "turnover"]
        enough = alone[(criteria[alone, 0] == NONE) | (criteria[alone, 1] != NONE)]
        criteria[enough] = [*turnover, NONE][:2]
    unknown = criteria != NONE
    rows, places = np.nonzero(unknown)
    unknown[rows, places] = np.isnan(measured.points[rows, criteria[rows, places]])
    return WaysUp(target, np.where(np.isfinite(short), short, np.nan), criteria, unknown, gate)


def _begins(classed: Classed, model: Model) -> Floats:
    """Score at which each class begins for one that is below it, margin included, shape (n_classes,)."""
    settings = model.settings
    if settings.method == "cutoffs" or classed.faults:  # a fault: cut-offs had to serve
        begins: Floats = np.minimum(model.min_scores() + settings.margin, 10 * MAX_POINTS + settings.margin)
        return begins
    return limits(classed.score, classed.by_score, len(model.classes))


@dataclass(frozen=True, slots=True)
class _Step:
    """What a criterion can do for some accounts.

    Attributes
    ----------
    criterion, weight
        Which.
    base
        Array of shape (n_rows,): points from which on it raises the score [0-10].
    now
        Array of shape (n_rows,): points that it has, or the mean in their place [0-10].
    best
        The most points of its scale [0-10].
    attainable
        The points that its scale has, ascending; empty where all between are to be had.
    need
        Array of shape (n_rows,): weight times points that the score lacks.
    """

    criterion: int
    weight: float
    base: Floats
    now: Floats
    best: float
    attainable: Floats
    need: Floats

    def most(self) -> Floats:
        """Weight times points that it can add."""
        return self.weight * (self.best - self.base)

    def cost(self, need: Floats) -> Floats:
        """Points that it takes to add some weight times points; infinite where it cannot."""
        wanted = self.base + need / self.weight
        if len(self.attainable):
            place = np.searchsorted(self.attainable, wanted - _SAME)
            wanted = np.append(self.attainable, np.inf)[place]
        enough = (self.most() >= need - _SAME) & (self.most() > 0)
        return np.where(enough, np.maximum(wanted - self.now, 0.0), np.inf)


def _steps(
    measured: Measured,
    total: WeightedSum,
    classed: Classed,
    model: Model,
    begins: Floats,
    rows: npt.NDArray[np.intp],
) -> list[_Step]:
    """Return what each criterion that can be set can do for some accounts, heaviest first."""
    mean, begin = classed.score[rows] / MAX_POINTS, begins[rows] / MAX_POINTS
    need = total.counted_weight()[rows] * (begin - mean)
    steps = []
    for at in _settable(model):
        criterion = model.criteria[at]
        points = measured.points[rows, at]
        unknown = np.isnan(points)
        filled = MISSING_POINTS.get(criterion.missing)
        base = np.where(unknown, begin if filled is None else filled, points)
        now = np.where(unknown, mean if filled is None else filled, points)
        base[~measured.applies[rows, at]] = np.inf  # it can add nothing there
        attainable = _attainable(criterion)
        best = float(attainable.max()) if len(attainable) else _best_rank(measured, at)
        between = criterion.scale in ("linear", "note", "rank")
        stops = np.array([]) if between else attainable
        steps.append(_Step(at, criterion.weight, base, now, best, stops, need))
    return sorted(steps, key=lambda step: (-step.weight, step.criterion))


def _turnover_with_trend(
    steps: list[_Step],
    measured: Measured,
    model: Model,
    table: Accounts,
    begins: Floats,
    rows: npt.NDArray[np.intp],
) -> Bools:
    """Whether turnover and the trend that it takes along are enough, for some accounts."""
    step = next((one for one in steps if model.criteria[one.criterion].column == "turnover"), None)
    if step is None:
        return np.zeros(len(rows), dtype=bool)
    _, *before = (years[rows] for years in table.turnovers())
    highest = trend(1e6 * np.maximum(np.nan_to_num(before[0]), 1.0), *before)
    added = np.maximum(step.most(), 0.0)
    for at, criterion in enumerate(model.criteria):
        scale = criterion.scale_points
        if criterion.column != "trend" or scale is None or criterion.scale not in ("linear", "steps"):
            continue
        convert = linear_points if criterion.scale == "linear" else step_points
        points = convert(highest, scale.thresholds_array(), scale.points_array())
        now = measured.points[rows, at]
        left_out = MISSING_POINTS.get(criterion.missing)
        base = np.where(np.isnan(now), begins[rows] / MAX_POINTS if left_out is None else left_out, now)
        gain = np.where(measured.applies[rows, at], criterion.weight * (points - base), 0.0)
        added += np.nan_to_num(gain)
    enough: Bools = (step.most() > -np.inf) & (added >= step.need - _SAME)
    return enough


def _settable(model: Model) -> Iterator[int]:
    """Yield the criteria whose column alone moves them and no other, or moves others the same way."""
    columns = Counter(one.column for one in model.criteria)
    of_trend = [one for one in model.criteria if one.column == "trend"]
    for at, one in enumerate(model.criteria):
        if not can_be_set(one.column) or columns[one.column] > 1:
            continue
        if one.column == "turnover" and not all(_rises(other) for other in (one, *of_trend) if of_trend):
            continue
        if not _runs_into_a_gate(one, model):
            yield at


def _runs_into_a_gate(criterion: Criterion, model: Model) -> bool:
    """Whether a value with more points than the least could be one that a gate looks for."""
    looked_at = ("turnover", "trend", "state") if criterion.column == "turnover" else (criterion.column,)
    gates = [gate for gate in model.gates if gate.column in looked_at and gate.condition != "unknown"]
    if not gates:
        return False
    rows = criterion.scale_points
    if rows is None or any(gate.column != criterion.column for gate in gates):
        return True
    values = [*rows.thresholds, *rows.entries]
    points = [*rows.points, *rows.entries.values()]
    better = [value for value, earned in zip(values, points, strict=True) if earned > min(points)]
    return any(holds(gate, pd.Series(better, dtype=object)).any() for gate in gates)


def _rises(criterion: Criterion) -> bool:
    """Whether more of a value never brings fewer points."""
    if criterion.scale == "rank":
        return not criterion.low_is_better
    rows = criterion.scale_points
    return criterion.scale == "note" or (rows is not None and list(rows.points) == sorted(rows.points))


def _attainable(criterion: Criterion) -> Floats:
    """Points of the rows of a scale, ascending; empty for a rank."""
    if criterion.scale == "note":
        return np.array([0.0, MAX_POINTS])
    rows = criterion.scale_points
    if rows is None:
        return np.array([])
    return np.unique([*rows.points, *rows.entries.values()])


def _best_rank(measured: Measured, at: int) -> float:
    n_known = max(1, int(measured.known()[:, at].sum()))
    return MAX_POINTS * (n_known - 0.5) / n_known


def _cheapest(steps: list[_Step]) -> Ints:
    """Return the criterion that needs the fewest points, or the two, by the rows of the steps."""
    if not steps:
        return np.full((1, 2), NONE, dtype=np.int16)
    need = steps[0].need
    found = np.full((len(need), 2), NONE, dtype=np.int16)
    least = np.full(len(need), np.inf)
    for step in steps:
        cost = np.round(step.cost(step.need), SCORE_DECIMALS)
        better = cost < least  # of equal ones the heavier, which came first, stays
        least[better], found[better, 0] = cost[better], step.criterion
    left = np.flatnonzero(np.isinf(least))
    if not len(left):
        return found
    for heavy, light in combinations([_part(step, left) for step in steps], 2):
        # A point of the heavier one adds more: it goes up to its best, the other does the rest.
        first = np.clip(heavy.most(), 0.0, np.inf)
        rest = heavy.need - first
        useful = (first > 0) & (light.most() > 0) & (rest > 0)
        cost = np.where(useful, np.maximum(heavy.best - heavy.now, 0.0) + light.cost(rest), np.inf)
        cost = np.round(cost, SCORE_DECIMALS)
        better = cost < least[left]
        least[left[better]] = cost[better]
        found[left[better]] = heavy.criterion, light.criterion
    return found


def _part(step: _Step, rows: npt.NDArray[np.intp]) -> _Step:
    base, now, need = (one[rows] for one in (step.base, step.now, step.need))
    return _Step(step.criterion, step.weight, base, now, step.best, step.attainable, need)
