"""The worklist: what is unknown or stale in the core, and how much of it is known."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.catalogue import Phrase
from addin.uses.accounts import scored_accounts
from addin.uses.past import known_until
from addin.uses.result import Record, Result, Value
from addin.views.scored import Scored
from scoring.columns import Accounts
from scoring.measured import measure
from scoring.portfolio import duplicates
from scoring.uses import worklist as work

__all__ = ["worklist"]


def worklist(scored: Scored) -> Result:
    """List the core by turnover, each account with what is to be found out or looked at again."""
    accounts = scored_accounts(scored)
    if "turnover" not in accounts or not accounts["core"].any():
        rows: list[Record] = []
        return Result({"worklist": rows, "worklistprogress": [{"accounts": 0}]}, notes=[_note("empty")])
    model = scored.model
    single = ~np.asarray(duplicates(scored.intake.portfolio.accounts["account"]))
    table = Accounts(scored.intake.portfolio.accounts)
    measured = measure(table, model)
    names = [one.name for one in model.criteria]
    old = stale_criteria(scored)
    listed = work.worklist(accounts)
    at = listed.index.to_numpy()
    places = np.flatnonzero(single)[at]
    known = measured.known()[places].tolist()
    stale = [[name for name in old if row[names.index(name)]] for row in known]
    columns: dict[str, Sequence[Value]] = {
        "rank": listed["rank"].tolist(),
        "account": listed["account"].tolist(),
        "name": _texts(accounts, "name", at),
        "rep": _texts(accounts, "rep", at),
        "turnover": listed["turnover"].tolist(),
        "cumulated_share": listed["cumulated_share"].tolist(),
        "missing": work.unknown_criteria(measured, model.weights(), names, places.tolist()),
        "stale": stale,
        "completeness": accounts["completeness"].to_numpy(dtype=np.float64)[at].tolist(),
    }
    records: list[Record] = [
        dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)
    ]
    core = scored.assessment.results["core"].to_numpy(dtype=bool) & single
    share = work.progress(measured, model.weights(), core)
    bar: Record = {"accounts": len(records), "known": None if math.isnan(share) else share}
    return Result({"worklist": records, "worklistprogress": [bar]}, notes=_notes(scored, old))


def stale_criteria(scored: Scored) -> dict[str, dt.date]:
    """Return the criteria whose values are older than the setting allows, where a date is known."""
    months = scored.intake.settings.get("review_months")
    if not isinstance(months, float):
        return {}
    columns = {one.name: one.column for one in scored.model.criteria}
    return work.stale(columns, known_until(scored), scored.intake.reference_date, months)


def _texts(accounts: pd.DataFrame, column: str, at: npt.NDArray[np.intp]) -> list[Value]:
    """Return the texts of some accounts, None where there are none."""
    if column not in accounts:
        return [None] * len(at)
    return [one if isinstance(one, str) else None for one in accounts[column].to_numpy(dtype=object)[at]]


def _notes(scored: Scored, old: dict[str, dt.date]) -> list[Phrase]:
    notes = [_note("dates_unknown")] if not known_until(scored) else []
    if old:
        notes.append(_note("stale", criteria=list(old), months=scored.intake.settings["review_months"]))
    return notes


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("worklist", key), details)
