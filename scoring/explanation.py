"""Everything about the score of one account: criterion by criterion, and what would raise its class."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from scoring import gates
from scoring.assess import Assessment, assess, held_classes, points_of
from scoring.classes import NONE
from scoring.columns import Accounts
from scoring.levers import lever, needed_points
from scoring.model import Model
from scoring.scales import MAX_POINTS
from scoring.terms import UNKNOWN_CLASS
from scoring.weighted_sum import MISSING_POINTS, SCORE_DECIMALS

__all__ = ["Explanation", "Lever", "Part", "explain"]


@dataclass(frozen=True, slots=True)
class Part:
    """What a criterion that applies makes of an account.

    Attributes
    ----------
    criterion
        Position in the model.
    value
        The value; None where it is unknown.
    points
        Points [0-10]; NaN where the value is unknown and left out.
    weight
        Weight.
    contribution
        Its share of the score less the mean such share [points of score].
    """

    criterion: int
    value: Any
    points: float
    weight: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Lever:
    """A value of one criterion that reaches the next class."""

    criterion: int
    current: Any
    value: float | str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about the score of one account.

    Attributes
    ----------
    assessment
        Of the whole portfolio.
    row
        The account, by its position.
    parts
        The criteria that apply, heaviest contribution first.
    next_class
        Letter of the class above the computed one; empty for the best and
        where too little is known.
    target
        The score at which it begins for this account, margin included
        [0-100]; NaN where there is none.
    with_margin
        Whether the margin of the classes is part of it.
    gate
        Position of the gate that keeps the account out of that class; -1 for none.
    levers
        What would reach it, heaviest criterion first.
    """

    assessment: Assessment
    row: int
    parts: Sequence[Part]
    next_class: str
    target: float
    with_margin: bool
    gate: int
    levers: Sequence[Lever]


def explain(accounts: pd.DataFrame, model: Model, on: dt.date, row: int) -> Explanation:
    """Explain the score of one account.

    Parameters
    ----------
    accounts, model, on
        As for :func:`scoring.assess`.
    row
        The account, by its position.

    Notes
    -----
    A lever changes one criterion and leaves all others as they are. With
    quotas and natural breaks the next class begins at the lowest score that
    is in it now.
    """
    assessment = assess(accounts, model, on)
    reasons = assessment.reasons
    assert reasons is not None
    table = Accounts(accounts)
    parts = []
    for position, criterion in enumerate(model.criteria):
        applies = table.applies(criterion)
        if applies is not None and not applies[row]:
            continue
        points = float(points_of(criterion, table, applies, [])[row])
        value = None if math.isnan(points) else table.series(criterion.column).iat[row]
        if math.isnan(points):
            points = MISSING_POINTS.get(criterion.missing, math.nan)
        contribution = float(reasons.contributions[row, position])
        parts.append(Part(position, value, points, criterion.weight, contribution))
    next_class, target, with_margin = _next(assessment, table, model, row)
    gate = _gate(assessment, table, model, row, next_class)
    levers = () if gate >= 0 or math.isnan(target) else _levers(model, parts, target)
    parts.sort(key=lambda part: (-abs(part.contribution), -part.weight, part.criterion))
    return Explanation(assessment, row, tuple(parts), next_class, target, with_margin, gate, levers)


def _gate(assessment: Assessment, table: Accounts, model: Model, row: int, next_class: str) -> int:
    """Position of the gate that keeps an account out of its next class, whatever its score; -1 for none."""
    if not next_class:
        return NONE
    completeness = assessment.results["completeness"].to_numpy(dtype=np.float64)
    best_left, gate = gates.best_left(model.gates, table.with_completeness(completeness), len(table))
    return int(gate[row]) if best_left[row] > model.letters().index(next_class) else NONE


def _next(assessment: Assessment, table: Accounts, model: Model, row: int) -> tuple[str, float, bool]:
    """Letter of the next class, where it begins, and whether that is beyond its cut-off."""
    computed = assessment.results["computed"].astype(object)
    letters = model.letters()
    if computed.iat[row] in (UNKNOWN_CLASS, letters[0]):
        return "", math.nan, False
    above = letters.index(computed.iat[row]) - 1
    if model.settings.method == "cutoffs":
        held = int(held_classes(table, model)[row])
        # Beyond the margin for one who has to come up; short of it for one whom a gate alone keeps down.
        margin = 0.0 if held < 0 else model.settings.margin if held > above else -model.settings.margin
        target = round(max(float(model.min_scores()[above]) + margin, 0.0), SCORE_DECIMALS)
        return letters[above], target, margin > 0
    scores = assessment.results["score"].to_numpy()[(computed == letters[above]).to_numpy()]
    scores = scores[~np.isnan(scores)]
    return letters[above], float(scores.min()) if len(scores) else math.nan, False


def _levers(model: Model, parts: Sequence[Part], target: float) -> tuple[Lever, ...]:
    counted = [part for part in parts if not math.isnan(part.points)]
    total = sum(part.weight * part.points for part in counted)
    weight = sum(part.weight for part in counted)
    found = []
    for part in sorted(parts, key=lambda part: (-part.weight, part.criterion)):
        counts = not math.isnan(part.points)
        others_sum = total - part.weight * part.points if counts else total
        others_weight = weight - part.weight if counts else weight
        needed = needed_points(target, others_sum, others_weight, part.weight)
        if needed > MAX_POINTS or (part.value is not None and part.points >= needed):
            continue
        current = part.value if isinstance(part.value, float | int) else math.nan
        value = lever(model.criteria[part.criterion], needed, float(current))
        if value is not None:
            found.append(Lever(part.criterion, part.value, value))
    return tuple(found)
