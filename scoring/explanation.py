"""Everything about the score of one account: criterion by criterion, and what would raise its class."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.assessment import Assessment, assess
from scoring.classes import NONE, cap
from scoring.columns import Accounts
from scoring.handles import handles
from scoring.levers import Lever, cheapest_pair, single_levers
from scoring.measured import Classed, Measured, by_method, classify, measure, weigh
from scoring.model import Model
from scoring.others import Others, others_of
from scoring.points import use_by_status
from scoring.scales import MAX_POINTS
from scoring.trial import Trial
from scoring.weighted_sum import MISSING_POINTS, SCORE_DECIMALS, WeightedSum

__all__ = ["Explanation", "Part", "explain", "explanations"]

Floats = npt.NDArray[np.float64]


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
    share
        What it gives to the score [points of score].
    contribution
        Its share of the score less the mean such share [points of score].
    """

    criterion: int
    value: Any
    points: float
    weight: float
    share: float
    contribution: float


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
    mean
        Mean score of the scored accounts of the same status [0-100]; NaN
        where the account has no score.
    next_class
        Letter of the class above the computed one. Where too little is known,
        the class that the known part alone would give. Empty for the best
        class and for a code that stands on several rows.
    target
        The score at which it begins for this account, margin included
        [0-100]; NaN where there is none.
    with_margin
        Whether the margin of the classes is part of it.
    gate
        Position of the gate that keeps the account out of that class; -1 for none.
    levers
        What would reach it: each value that does alone, fewest points first;
        where none does, the cheapest pair.
    by_last_limits
        Whether the class lies with the other accounts in a way that moves with
        the lever: then the limits of this scoring serve.
    """

    assessment: Assessment
    row: int
    parts: Sequence[Part]
    mean: float
    next_class: str
    target: float
    with_margin: bool
    gate: int
    levers: Sequence[Lever]
    by_last_limits: bool


@dataclass(frozen=True, slots=True)
class _Scored:
    """A portfolio scored once more, with all that was found on the way."""

    accounts: pd.DataFrame
    table: Accounts
    measured: Measured
    total: WeightedSum
    classed: Classed
    others: Others


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
    A lever changes one value, or two, and leaves all others as they are; what
    a refresh works out of it, such as the trend of a turnover, moves along.
    """
    return next(explanations(accounts, model, assess(accounts, model, on), [row]))


def explanations(
    accounts: pd.DataFrame,
    model: Model,
    assessment: Assessment,
    rows: Sequence[int],
    *,
    pairs: bool = True,
) -> Iterator[Explanation]:
    """Explain the scores of some accounts, as :func:`explain` does for one.

    Parameters
    ----------
    accounts, model
        As for :func:`scoring.assess`.
    assessment
        What that gave, with its reasons.
    rows
        The accounts, by their positions.
    pairs
        Whether, where no value does alone, two together are looked for: that takes long.
    """
    assert assessment.reasons is not None  # asked for
    table = Accounts(accounts)
    measured = measure(table, model)
    total, _ = weigh(measured, model.weights(), len(table))
    classed = classify(total, model, assessment.before.held, table, barred=assessment.reasons.duplicate)
    for row in rows:
        others = others_of(row, table, model, measured.used, classed.score, classed.by_score)
        scored = _Scored(accounts, table, measured, total, classed, others)
        yield _explained(scored, assessment, model, row, pairs=pairs)


def _explained(
    scored: _Scored, assessment: Assessment, model: Model, row: int, *, pairs: bool
) -> Explanation:
    assert assessment.reasons is not None
    held = assessment.before.held[[row]]
    target = _next(scored, assessment, model, held, row)
    letter = "" if target is None else model.letters()[target]
    gate, begins, with_margin = NONE, math.nan, False
    levers: tuple[Lever, ...] = ()
    if target is not None:
        begins, with_margin = _begins(scored.others, model, int(held[0]), target)
        if scored.classed.by_score[row] != NONE and scored.classed.best_left[row] > target:
            gate = int(scored.classed.gate[row])
        trial = Trial(scored.accounts.iloc[[row]], model, held, scored.others)
        what = handles(row, scored.table, model, scored.others)
        levers = single_levers(trial, what, target)
        pair = cheapest_pair(trial, what, target) if pairs and not levers else None
        levers = levers or (() if pair is None else (pair,))
    score = float(scored.classed.score[row])
    return Explanation(
        assessment=assessment,
        row=row,
        parts=_parts(scored, assessment, model, row),
        mean=score - float(assessment.reasons.distance[row]),
        next_class=letter,
        target=begins,
        with_margin=with_margin,
        gate=gate,
        levers=levers,
        by_last_limits=_by_last_limits(scored, model, row),
    )


def _parts(scored: _Scored, assessment: Assessment, model: Model, row: int) -> tuple[Part, ...]:
    assert assessment.reasons is not None
    contributions = assessment.reasons.contributions[row]
    counted_weight = float(scored.total.counted_weight()[row])
    parts = []
    for position, criterion in enumerate(model.criteria):
        if not scored.measured.applies[row, position]:
            continue
        points = float(scored.measured.points[row, position])
        value = None if math.isnan(points) else scored.table.series(criterion.column).iat[row]
        if math.isnan(points):
            points = MISSING_POINTS.get(criterion.missing, math.nan)
        share = 0.0 if math.isnan(points) else MAX_POINTS * criterion.weight * points / counted_weight
        parts.append(Part(position, value, points, criterion.weight, share, float(contributions[position])))
    parts.sort(key=lambda part: (-abs(part.contribution), -part.weight, part.criterion))
    return tuple(parts)


def _next(
    scored: _Scored, assessment: Assessment, model: Model, held: npt.NDArray[np.int16], row: int
) -> int | None:
    """Position of the class to reach; None where there is none above, or nothing to be done by a value."""
    assert assessment.reasons is not None
    if assessment.reasons.duplicate[row] or assessment.reasons.nothing_applies[row]:
        return None
    computed = int(scored.classed.computed[row])
    if computed != NONE:
        return computed - 1 if computed else None
    known_part = scored.total.score()[[row]]
    if np.isnan(known_part[0]):
        return len(model.classes) - 1
    by_score, _ = by_method(known_part, scored.others.rank(known_part), model, held, scored.others)
    return int(cap(by_score, scored.classed.best_left[[row]])[0])


def _begins(others: Others, model: Model, held: int, target: int) -> tuple[float, bool]:
    """Score at which a class begins for an account, and whether that is beyond its cut-off."""
    settings = model.settings
    if settings.method == "cutoffs" or (settings.method == "breaks" and others.limits is None):
        # Beyond the margin for one who has to come up; short of it for one whom a gate alone keeps down.
        margin = 0.0 if held == NONE else settings.margin if held > target else -settings.margin
        begins = round(max(float(model.min_scores()[target]) + margin, 0.0), SCORE_DECIMALS)
        return begins, margin > 0
    # The lowest score that any other account has and that would do.
    fresh = np.full(others.n_scored, NONE, dtype=np.int16)
    classes, _ = by_method(others.scores, others.rank(others.scores), model, fresh, others)
    enough = others.scores[classes <= target]
    return (float(enough[0]) if len(enough) else math.nan), False


def _by_last_limits(scored: _Scored, model: Model, row: int) -> bool:
    """Whether what an account reaches lies with others that a value of it moves."""
    if model.settings.method != "quota":
        return model.settings.method == "breaks"
    ranked = any(criterion.scale == "rank" for criterion in model.criteria)
    return ranked or any(_brings_into_use(scored, model, row, at) for at in range(len(model.criteria)))


def _brings_into_use(scored: _Scored, model: Model, row: int, position: int) -> bool:
    """Whether a value of one account, unknown so far, makes others incomplete who were not."""
    points, applies = scored.measured.points[:, position], scored.measured.applies[:, position]
    if not applies[row] or not np.isnan(points[row]):
        return False
    known = points.copy()
    known[row] = 0.0
    used = use_by_status(known, applies, scored.table, model.settings.in_use_from)
    return not np.array_equal(used, scored.measured.used[position])
