"""The scoring of a portfolio: the pipeline from accounts to results, in order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring import classes as classing
from scoring import gates, portfolio, reasons, scales, trend
from scoring.columns import Accounts, categories
from scoring.faults import Fault
from scoring.forced import class_positions, forced_classes
from scoring.model import Criterion, Model
from scoring.terms import UNKNOWN_CLASS
from scoring.weighted_sum import MISSING_POINTS, WeightedSum

__all__ = ["Assessment", "assess", "held_classes", "points_of"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Positions = classing.Positions

RESULT_COLUMNS = (
    "trend",
    "state",
    "score",
    "computed",
    "class",
    "label",
    "previous",
    "completeness",
    "rank",
    "core",
)


@dataclass(frozen=True, slots=True)
class Assessment:
    """The outcome of a scoring.

    Attributes
    ----------
    results
        One row an account, in the order and under the index of the accounts:
        trend [fraction a year], state (a key of :data:`scoring.trend.STATES`),
        score [0-100], computed and class (letters, ``"?"`` where too little is
        known), label, previous (letter), completeness [fraction], rank, core
        (bool).
    faults
        What is wrong with single accounts.
    reasons
        Why, in numbers; None unless asked for.
    """

    results: pd.DataFrame
    faults: list[Fault]
    reasons: reasons.Reasons | None


def assess(accounts: pd.DataFrame, model: Model, on: dt.date, *, explain: bool = True) -> Assessment:
    """Score and class every account of a portfolio.

    Parameters
    ----------
    accounts
        One row an account, columns by field key (:mod:`scoring.terms`) or
        whatever else the model looks at: numbers as floats, dates as
        datetime64, statuses as keys, letters of classes as text; missing
        where unknown. Only ``account`` is required; ``class``, ``computed``
        and ``previous`` hold the outcome of the last scoring.
    model
        Criteria, classes, gates and settings.
    on
        The day of the scoring, against which forced classes lapse.
    explain
        Whether to work out the reasons too.

    Returns
    -------
    Results, faults and reasons. The order of the accounts changes none of them.
    """
    table = Accounts(accounts)
    duplicate = portfolio.duplicates(accounts["account"])
    faults = _duplicate_faults(accounts["account"], duplicate)

    total, explained = _weigh(table, model, faults, explain=explain)
    completeness = total.completeness()
    enough = completeness >= model.settings.min_completeness - 1e-9
    score = np.where(enough & ~duplicate, total.score(), np.nan)
    rank = portfolio.rank(score)

    by_score = _class_by_method(score, rank, table, model, faults)
    best_left, gate = gates.best_left(model.gates, table.with_completeness(completeness), len(accounts))
    computed = classing.cap(by_score, best_left)
    forced, forced_faults = forced_classes(accounts, model.letters(), on)
    faults += forced_faults
    in_force = np.where((forced != classing.NONE) & ~duplicate, forced, computed)

    letters = [*model.letters(), UNKNOWN_CLASS]
    labels = [*(score_class.label for score_class in model.classes), ""]
    classes = categories(in_force % len(letters), letters)
    state = trend.state(*table.turnovers())
    results = pd.DataFrame(
        {
            "trend": table.trend(),
            "state": categories(state, trend.STATES),
            "score": score,
            "computed": categories(computed % len(letters), letters),
            "class": classes,
            "label": pd.Series(np.array(labels, dtype=object)[in_force], dtype=object),
            "previous": pd.Series(_previous(table, classes), dtype=object),
            "completeness": completeness,
            "rank": rank,
            "core": portfolio.core(table.numbers("turnover"), model.settings.core_share),
        },
        columns=list(RESULT_COLUMNS),
        copy=False,
    ).set_index(accounts.index)
    faults.sort(key=lambda fault: -1 if fault.row is None else fault.row)
    if explained is None:
        return Assessment(results, faults, None)
    lowest, highest = total.range()
    # Against the class without the margin: what a gate has held back once, it still holds back.
    plain = _without_margin(score, by_score, model)
    return Assessment(
        results,
        faults,
        reasons.Reasons(
            **explained.strongest(total, ~np.isnan(score), table.status_codes()),
            gate=np.where(best_left > plain, gate, classing.NONE).astype(np.int16),
            held_by_margin=by_score != plain,
            forced=in_force != computed,
            duplicate=duplicate,
            nothing_applies=total.applying_weight() == 0,
            lowest=lowest,
            highest=highest,
        ),
    )


@dataclass(slots=True)
class _Explained:
    """What each criterion gave, kept for the reasons."""

    weights: list[float]
    points: list[Floats]
    unknown: list[Bools]
    left_out: list[Bools]

    def add(self, criterion: Criterion, points: Floats, applies: Bools | None) -> None:
        unknown = np.isnan(points)
        if criterion.missing != "skip":
            counted = np.where(unknown, MISSING_POINTS[criterion.missing], points)
        else:
            counted = np.where(unknown, 0.0, points)
        left_out = unknown if criterion.missing == "skip" else np.zeros_like(unknown)
        if applies is not None:
            counted = counted * applies
            left_out = left_out | ~applies
            unknown = unknown & applies
        self.weights.append(criterion.weight)
        self.points.append(counted)
        self.unknown.append(unknown)
        self.left_out.append(left_out)

    def strongest(self, total: WeightedSum, scored: Bools, status: npt.NDArray[np.int8]) -> dict[str, Any]:
        n_accounts = len(scored)
        with np.errstate(invalid="ignore", divide="ignore"):
            scale = np.where(scored, scales.MAX_POINTS / total.counted_weight(), 0.0)
        shares = np.zeros((n_accounts, len(self.weights)))
        for position, (weight, points) in enumerate(zip(self.weights, self.points, strict=True)):
            shares[:, position] = weight * points * scale
        contributions = reasons.contributions(shares, scored, status)
        # What is left out of a score is no reason for it, though it lacks the share that others have.
        named = contributions.copy()
        for position, left_out in enumerate(self.left_out):
            named[left_out, position] = 0.0
        return {
            "contributions": contributions,
            "raising": reasons.strongest(named, 2),
            "lowering": reasons.strongest(-named, 2),
            "unknown": reasons.heaviest_unknown(self.unknown, self.weights, 3, n_accounts),
        }


def _weigh(
    table: Accounts, model: Model, faults: list[Fault], *, explain: bool
) -> tuple[WeightedSum, _Explained | None]:
    """Points of every criterion, summed."""
    total = WeightedSum(len(table))
    explained = _Explained([], [], [], []) if explain else None
    for criterion in model.criteria:
        applies = table.applies(criterion)
        points = points_of(criterion, table, applies, faults)
        total.add(points, criterion.weight, missing=criterion.missing, applies=applies)
        if explained is not None:
            explained.add(criterion, points, applies)
    return total, explained


def points_of(criterion: Criterion, table: Accounts, applies: Bools | None, faults: list[Fault]) -> Floats:
    """Points of one criterion, shape (n_accounts,), its unusable values reported."""
    unusable: npt.NDArray[np.intp] = np.array([], dtype=np.intp)
    what = "value_not_listed"
    if criterion.scale == "list":
        rows = criterion.scale_points
        values = table.series(criterion.column)
        points, unusable = scales.list_points(values, rows.entries if rows else {})
    elif criterion.scale == "note":
        points, unusable = scales.note_points(table.numbers(criterion.column))
        what = "note_out_of_range"
    elif criterion.scale == "rank":
        values_of_some = table.numbers(criterion.column)
        if applies is not None:
            values_of_some = np.where(applies, values_of_some, np.nan)
        points = scales.rank_points(values_of_some, low_is_better=criterion.low_is_better)
    else:
        rows = criterion.scale_points
        assert rows is not None  # read_model gives rows to every such scale
        convert = scales.step_points if criterion.scale == "steps" else scales.linear_points
        points = convert(table.numbers(criterion.column), rows.thresholds_array(), rows.points_array())
    remedy = "pick_from_scale" if what == "value_not_listed" else "note_0_to_10"
    for row in unusable:
        if applies is None or applies[row]:
            details = {"criterion": criterion.name, "value": table.series(criterion.column).iat[row]}
            faults.append(Fault("accounts", int(row), criterion.column, what, remedy, details))
    return points


def _class_by_method(
    score: Floats, rank: Floats, table: Accounts, model: Model, faults: list[Fault]
) -> Positions:
    """Class that the score gives, before gates."""
    settings = model.settings
    if settings.method == "quota":
        return classing.by_quota(rank, model.shares())
    if settings.method == "breaks":
        found = classing.by_breaks(score, len(model.classes))
        if found is not None:
            return found
        details = {"classes": len(model.classes)}
        faults.append(Fault("settings", None, "method", "too_few_scores_for_breaks", "use_cutoffs", details))
    if settings.margin > 0:
        held = held_classes(table, model)
        return classing.by_cutoffs_with_margin(score, model.min_scores(), settings.margin, held)
    return classing.by_cutoffs(score, model.min_scores())


def held_classes(table: Accounts, model: Model) -> Positions:
    """Class held so far: the computed one; where that cell is empty, the one in force.

    The forced class is a person's doing, which must not drag on when it lapses.
    """
    held = np.full(len(table), classing.NONE, dtype=np.int16)
    for column in ("class", "computed"):
        if column in table:
            letters = table.series(column)
            filled = (letters.notna() & (letters != "")).to_numpy()
            held = np.where(filled, class_positions(letters, model.letters()), held)
    return held


def _without_margin(score: Floats, by_score: Positions, model: Model) -> Positions:
    """Class that the score would give an account never classed before."""
    if model.settings.method != "cutoffs":
        return by_score
    return classing.by_cutoffs(score, model.min_scores())


def _previous(table: Accounts, classes: pd.Series) -> npt.NDArray[np.object_]:
    """Class before the last change: what the class in force was, where it changes now."""
    n_accounts = len(table)
    empty = np.full(n_accounts, "", dtype=object)
    before = _letters(table, "class") if "class" in table else empty
    previous = _letters(table, "previous") if "previous" in table else empty
    if "class" not in table:
        return previous
    changed = (before != "") & (before != classes.astype(object).to_numpy())
    return np.where(changed, before, previous)


def _letters(table: Accounts, column: str) -> npt.NDArray[np.object_]:
    letters = table.series(column).astype(object)
    texts: npt.NDArray[np.object_] = letters.where(letters.notna(), "").to_numpy(dtype=object)
    return texts


def _duplicate_faults(codes: pd.Series, duplicate: Bools) -> list[Fault]:
    return [
        Fault("accounts", row, "account", "account_twice", "rename_account", {"value": codes.iat[row]})
        for row in np.flatnonzero(duplicate).tolist()
    ]
