"""The scoring of a portfolio: the pipeline from accounts to results, in order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring import classes as classing
from scoring import portfolio, profile, trend
from scoring.before import Before, read_before
from scoring.columns import Accounts, categories
from scoring.doubts import doubts, risk_doubts
from scoring.faults import Fault
from scoring.forced import forced_classes
from scoring.judgement import alike, notes_apart
from scoring.loss_risk import LEVELS, LossRisk, loss_risk
from scoring.measured import Classed, Measured, by_known_part, classify, measure, weigh
from scoring.model import Model
from scoring.points import columns
from scoring.reasons import Reasons, contributions, heaviest_unknown, raising_and_lowering
from scoring.scales import MAX_POINTS
from scoring.terms import UNKNOWN_CLASS
from scoring.way_up import WaysUp, ways_up
from scoring.weighted_sum import WeightedSum

__all__ = ["Assessment", "assess"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

RESULT_COLUMNS = (
    "trend",
    "held",
    "risk",
    "profile",
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
        trend [fraction a year], held (letter of the class by score and
        margin; missing for one that never had a score), risk (a key of
        :data:`scoring.loss_risk.LEVELS`), profile (a key of
        :data:`scoring.profile.PROFILES`), state (a key of
        :data:`scoring.trend.STATES`), score [0-100], computed and class
        (letters, ``"?"`` where too little is known), label, previous (letter),
        completeness [fraction], rank, core (bool).
    faults
        What is wrong with single accounts.
    before
        What the accounts held of the scoring before.
    reasons
        Why, in numbers; None unless asked for.
    ways_up
        How each account gets into the next class; None unless asked for.
    """

    results: pd.DataFrame
    faults: list[Fault]
    before: Before
    reasons: Reasons | None
    ways_up: WaysUp | None = None


def assess(
    accounts: pd.DataFrame,
    model: Model,
    on: dt.date,
    *,
    period_end: dt.date | None = None,
    explain: bool = True,
) -> Assessment:
    """Score and class every account of a portfolio.

    Parameters
    ----------
    accounts
        One row an account, columns by field key (:mod:`scoring.terms`) or
        whatever else the model looks at: numbers as floats, dates as
        datetime64, statuses as keys, letters of classes as text; missing
        where unknown. Only ``account`` is required; ``held``, ``computed``,
        ``class`` and ``previous`` hold the outcome of the last scoring.
    model
        Criteria, classes, gates and settings.
    on
        The day of the scoring, against which forced classes lapse and the
        last purchase is old.
    period_end
        Last day of the newest period of turnover; the day of the scoring if
        None.
    explain
        Whether to work out the reasons too.

    Returns
    -------
    Results, faults and reasons. The order of the accounts changes none of them.
    """
    table = Accounts(accounts)
    before = read_before(table, model.letters())
    duplicate = portfolio.duplicates(accounts["account"])

    measured = measure(table, model) if explain else None
    total, unusable = weigh(measured or columns(table, model), model.weights(), len(table))
    classed = classify(total, model, before.held, table, barred=duplicate)

    forced, forced_faults = forced_classes(accounts, model.letters(), on)
    in_force = np.where((forced != classing.NONE) & ~duplicate, forced, classed.computed)
    risk = loss_risk(accounts, on)
    kinds = profile.profile(accounts, period_end or on)
    results = _results(table, model, before, classed, in_force, risk, kinds).set_index(accounts.index)
    faults: list[Fault] = [
        *_duplicate_faults(accounts["account"], duplicate),
        *unusable,
        *classed.faults,
        *forced_faults,
        *doubts(table, model, classed),
        *risk_doubts(risk),
    ]
    if measured is not None:
        faults += [*notes_apart(table, model, measured), *alike(model, measured)]
    faults = _in_one_line(faults)
    faults.sort(key=lambda fault: -1 if fault.row is None else fault.row)
    if measured is None:
        return Assessment(results, faults, before, None)
    reasons = _reasons(
        table, model, before, measured, total, classed, duplicate, forced=in_force != classed.computed
    )
    return Assessment(results, faults, before, reasons, ways_up(measured, total, classed, model, table))


def _results(
    table: Accounts,
    model: Model,
    before: Before,
    classed: Classed,
    in_force: classing.Positions,
    risk: LossRisk,
    kinds: npt.NDArray[np.object_],
) -> pd.DataFrame:
    letters = [*model.letters(), UNKNOWN_CLASS]
    labels = [*(score_class.label for score_class in model.classes), ""]
    classes = categories(in_force % len(letters), letters)
    # One of whom too little is known keeps the class it had: known again, it goes on from there.
    held = np.where(classed.by_score == classing.NONE, before.held, classed.by_score)
    return pd.DataFrame(
        {
            "trend": table.trend(),
            "held": categories(held, model.letters()),
            "risk": categories(risk.level, LEVELS),
            "profile": pd.Series(kinds, dtype=object),
            "state": categories(trend.state(*table.turnovers()), trend.STATES),
            "score": classed.score,
            "computed": categories(classed.computed % len(letters), letters),
            "class": classes,
            "label": pd.Series(np.array(labels, dtype=object)[in_force], dtype=object),
            "previous": pd.Series(before.previous(classes.astype(object).to_numpy()), dtype=object),
            "completeness": classed.completeness,
            "rank": classed.rank,
            "core": portfolio.core(table.numbers("turnover"), model.settings.core_share),
        },
        columns=list(RESULT_COLUMNS),
        copy=False,
    )


def _reasons(
    table: Accounts,
    model: Model,
    before: Before,
    measured: Measured,
    total: WeightedSum,
    classed: Classed,
    duplicate: Bools,
    *,
    forced: Bools,
) -> Reasons:
    scored = ~np.isnan(classed.score)
    weights = model.weights()
    shares, counts = measured.counted()
    with np.errstate(invalid="ignore", divide="ignore"):
        shares *= np.where(scored, MAX_POINTS / total.counted_weight(), 0.0)[:, np.newaxis]
    shares *= weights
    found = contributions(shares, scored, table.status_codes())
    unknown = measured.applies & ~measured.known()
    raising, lowering = raising_and_lowering(found, counts)
    plain, shown = _without_margin(classed, model)
    lowest, highest = total.range()
    return Reasons(
        contributions=found,
        distance=found.sum(axis=1),
        unknown_part=np.where(unknown, found, 0.0).sum(axis=1),
        raising=raising,
        lowering=lowering,
        unknown=heaviest_unknown(unknown, measured.in_use(), weights),
        known_part=np.where(duplicate, classing.NONE, by_known_part(total, model, before.held, classed)),
        one_year=trend.over_one_year(*table.turnovers()),
        # Against the class without the margin: a gate that keeps a better class away is the first to name.
        gate=np.where(classed.best_left > plain, classed.gate, classing.NONE).astype(np.int16),
        held_by_margin=classed.by_score != plain,
        just_short=shown < np.minimum(plain, classed.by_score),
        forced=forced,
        duplicate=duplicate,
        nothing_applies=total.applying_weight() == 0,
        lowest=lowest,
        highest=highest,
    )


def _without_margin(classed: Classed, model: Model) -> tuple[classing.Positions, classing.Positions]:
    """Class that the score would give an account never classed before, and that its one decimal would."""
    if model.settings.method != "cutoffs" and not classed.faults:  # a fault: cut-offs had to serve
        return classed.by_score, classed.by_score
    shown = np.floor(classed.score * 10 + 0.5) / 10
    cutoffs = model.min_scores()
    return classing.by_cutoffs(classed.score, cutoffs), classing.by_cutoffs(shown, cutoffs)


def _in_one_line(faults: list[Fault]) -> list[Fault]:
    """Put the criteria that are not in use into one fault."""
    unused = [fault for fault in faults if fault.what == "not_in_use"]
    if not unused:
        return faults
    details = {"criteria": [dict(fault.details) for fault in unused]}
    line = Fault("criteria", None, "weight", "not_in_use", unused[0].remedy, details)
    return [line, *(fault for fault in faults if fault.what != "not_in_use")]


def _duplicate_faults(codes: pd.Series, duplicate: Bools) -> list[Fault]:
    return [
        Fault("accounts", row, "account", "account_twice", "rename_account", {"value": codes.iat[row]})
        for row in np.flatnonzero(duplicate).tolist()
    ]
