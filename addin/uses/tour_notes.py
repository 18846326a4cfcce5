"""What is to be said above a tour plan: why it is empty, what it leaves out, what people chose in vain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from addin.catalogue import Phrase
from addin.uses.tour_typed import Typed
from addin.views.scored import Scored
from scoring.text import fold
from scoring.uses.capacity import Capacity
from scoring.uses.tour import PRESSING

__all__ = ["TourNotes", "tour_notes"]


class TourNotes(NamedTuple):
    """What is to be said above the plan, above the capacity and above the days."""

    plan: Sequence[Phrase]
    capacity: Sequence[Phrase]
    days: Sequence[Phrase]


def tour_notes(
    scored: Scored,
    accounts: pd.DataFrame,
    plan: pd.DataFrame,
    visits: pd.DataFrame,
    load: Capacity,
    said: Typed,
    days: Sequence[dt.date],
) -> TourNotes:
    """Return what is to be said, the most pressing first.

    Parameters
    ----------
    scored, accounts
        The scored workbook, and its accounts.
    plan, visits
        The tour of all reps, and the visits placed on days.
    load, said
        The capacity of the reps, and what people typed.
    days
        The visit days of the plan.
    """
    if plan.empty:
        key = "empty" if accounts.empty else "nobody" if _any_visits(scored) else "no_visits"
        return TourNotes(*[[_note(key)]] * 3)
    today = scored.intake.reference_date
    of_capacity = _of_capacity(load)
    of_days = [*_of_planned(plan, visits, said, today), *_unplaced(plan, visits, days)]
    of_plan = [*of_capacity, *of_days, *_of_day(scored, today), *_without_rep(plan)]
    return TourNotes(of_plan, of_capacity, of_days or ([] if len(visits) else [_note("nobody_due")]))


def _any_visits(scored: Scored) -> bool:
    return any(one.visits > 0 for one in scored.intake.services)


def _of_capacity(load: Capacity) -> list[Phrase]:
    table = load.table
    chosen, applied = (table[key].to_numpy(dtype=object) for key in ("choice", "applied"))
    if not (table["possible"] > 0).all():
        return [_note("no_capacity")]
    in_vain = [rep or "-" for rep in table["rep"][(chosen == "protect") & (applied == "stretch")]]
    return [_note("protect_in_vain", count=len(in_vain), reps=in_vain)] if in_vain else []


def _of_planned(plan: pd.DataFrame, visits: pd.DataFrame, said: Typed, today: dt.date) -> list[Phrase]:
    """Tell of planned dates gone by, out of turn, or whose account has left the plan."""
    told = []
    known = {fold(str(code)) for code in plan["account"]}
    gone = [
        one.account for code, one in said.planned.items() if code not in known and one.day.date() >= today
    ]
    if gone:
        told.append(_note("planned_left", count=len(gone), accounts=sorted(gone)))
    for key in ("off", "beyond"):
        found = visits["account"][visits[key].to_numpy(dtype=bool)].tolist()
        if found:
            told.append(_note(f"planned_{key}", count=len(found), accounts=found))
    past = plan["planned"].to_numpy().astype("datetime64[D]") < np.datetime64(today, "D")
    if past.any():
        told.append(_note("planned_past", count=int(past.sum())))
    return told


def _unplaced(plan: pd.DataFrame, visits: pd.DataFrame, days: Sequence[dt.date]) -> list[Phrase]:
    pressing = plan["due_status"].isin(PRESSING) & ~plan["account"].isin(visits["account"])
    count = int(pressing.sum())
    return [_note("unplaced" if days else "no_days", count=count)] if count else []


def _of_day(scored: Scored, today: dt.date) -> list[Phrase]:
    return [_note("as_of", date=today)] if scored.intake.settings.get("reference_date") is not None else []


def _without_rep(plan: pd.DataFrame) -> list[Phrase]:
    count = int((plan["rep"] == "").sum())
    return [_note("no_rep", count=count)] if 0 < count < len(plan) else []


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("tour", key), details)
