"""Robustness: the share of drawn weights that leave each account in its class, and what to find out first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.catalogue import Phrase
from addin.trust.seed import seed_of
from addin.uses.result import Record, Result
from addin.views.scored import Scored
from scoring import classes as classing
from scoring import gates, portfolio
from scoring.columns import Accounts
from scoring.forced import class_positions
from scoring.measured import Measured, measure
from scoring.model import Model
from scoring.reasons import heaviest_unknown
from scoring.trust.robustness import DRAWS, FRAGILE_BELOW, acceptabilities, own_class

__all__ = ["robustness"]


def robustness(scored: Scored) -> Result:
    """Draw weights around the chosen ones, and tell whose class depends on them."""
    accounts, model, results = scored.intake.portfolio.accounts, scored.model, scored.assessment.results
    score = results["score"].to_numpy(dtype=np.float64)
    once = ~portfolio.duplicates(accounts["account"])
    rows = np.flatnonzero(~np.isnan(score) & once)
    if not len(rows) or not model.criteria:
        return Result({"robustness": [], "findoutfirst": []}, notes=[_note("empty")])
    table = Accounts(accounts)
    measured = measure(table, model)
    columns = table.with_completeness(results["completeness"].to_numpy(dtype=np.float64))
    best_left, _ = gates.best_left(model.gates, columns, len(table))
    cutoffs = _cutoffs(scored, model, score)
    shares = acceptabilities(_part(measured, rows), model, cutoffs, best_left[rows], seed_of(scored))
    own = own_class(score[rows], cutoffs, best_left[rows])
    return _result(scored, measured, rows, shares, own)


def _part(measured: Measured, rows: npt.NDArray[np.intp]) -> Measured:
    points, applies = measured.points[rows], measured.applies[rows]
    return Measured(points, applies, measured.missing, measured.used, measured.status[rows], measured.faults)


def _cutoffs(scored: Scored, model: Model, score: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return where each class begins: the cut-offs, or the limits as this refresh leaves them."""
    fell_back = any(fault.what == "too_few_scores_for_breaks" for fault in scored.assessment.faults)
    if model.settings.method == "cutoffs" or fell_back:
        return model.min_scores()
    by_score = class_positions(scored.assessment.results["held"].astype(object), model.letters())
    by_score[np.isnan(score)] = classing.NONE
    return classing.limits(score, by_score, len(model.classes))


def _result(
    scored: Scored,
    measured: Measured,
    rows: npt.NDArray[np.intp],
    shares: npt.NDArray[np.float64],
    own: classing.Positions,
) -> Result:
    accounts, model = scored.intake.portfolio.accounts, scored.model
    letters, results = model.letters(), scored.assessment.results
    kept = shares[np.arange(len(rows)), own]
    codes = accounts["account"].astype(str).to_list()
    order = sorted(
        range(len(rows)), key=lambda at: (round(float(kept[at]), 9), codes[int(rows[at])].casefold())
    )
    names, classes = _texts(accounts, "name"), results["class"].astype(object).to_numpy()
    told: list[Record] = []
    shown: list[Record] = []
    for at in order:
        row, place = int(rows[at]), int(own[at])
        by_class = dict(zip(letters, shares[at].tolist(), strict=True))
        record = {
            "account": codes[row],
            "name": names[row],
            "class": classes[row],
            "by_weights": letters[place],
            "own": float(kept[at]),
            "better": float(shares[at, :place].sum()),
            "worse": float(shares[at, place + 1 :].sum()),
            "fragile": bool(kept[at] < FRAGILE_BELOW - 1e-9),
        }
        told.append({**record, "shares": by_class})
        shown.append({**record, "shares": _in_words(scored, by_class)})
    fragile = [int(rows[at]) for at in order if kept[at] < FRAGILE_BELOW - 1e-9]
    return Result(
        {
            "robustness": told,
            "findoutfirst": _to_find_out(
                scored, measured, fragile, dict(zip(rows.tolist(), kept.tolist(), strict=True))
            ),
        },
        notes=[_note("drawn", count=len(fragile), accounts=len(rows), draws=DRAWS, seed=seed_of(scored))],
        shown={"robustness": shown},
    )


def _in_words(scored: Scored, by_class: dict[str, float]) -> str:
    """Return the classes that any draw gives, such as ``A 93%, B 7%``."""
    return ", ".join(
        f"{letter} {scored.words.percent(share)}" for letter, share in by_class.items() if share > 0
    )


def _to_find_out(
    scored: Scored, measured: Measured, fragile: Sequence[int], kept: dict[int, float]
) -> list[Record]:
    """Return the fragile accounts of the core that lack a value, the largest turnover first."""
    accounts, model = scored.intake.portfolio.accounts, scored.model
    core = scored.assessment.results["core"].to_numpy(dtype=bool)
    unknown = measured.applies & ~measured.known()
    lacking = heaviest_unknown(unknown, measured.in_use(), model.weights())[:, 0]
    turnover = Accounts(accounts).numbers("turnover")
    rows = [row for row in fragile if core[row] and lacking[row] >= 0]
    codes = accounts["account"].astype(str).to_list()
    rows.sort(key=lambda row: (-turnover[row], codes[row].casefold()))
    names, reps = _texts(accounts, "name"), _texts(accounts, "rep")
    classes = scored.assessment.results["class"].astype(object).to_numpy()
    return [
        {
            "account": codes[row],
            "name": names[row],
            "rep": reps[row],
            "class": classes[row],
            "turnover": float(turnover[row]),
            "own": float(kept[row]),
            "criterion": model.criteria[lacking[row]].name,
        }
        for row in rows
    ]


def _texts(accounts: pd.DataFrame, column: str) -> list[str | None]:
    if column not in accounts:
        return [None] * len(accounts)
    return [one if isinstance(one, str) else None for one in accounts[column].to_numpy(dtype=object)]


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("robustness", key), details)
