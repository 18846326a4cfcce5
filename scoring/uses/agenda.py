"""The agenda of the next weeks: the days of a tour week after week, each visit moving the next due date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.uses.call_cycles import Visited
from scoring.uses.capacity import Capacity
from scoring.uses.days import place
from scoring.uses.services import Service
from scoring.uses.tour import tour

__all__ = ["AGENDA_DAYS", "agenda"]

AGENDA_DAYS: Final = 90
"""Days that an agenda looks ahead."""
_WEEK: Final = 7
_WHERE: Final = ("town", "postcode", "sector")

Days = npt.NDArray[np.datetime64]


def agenda(
    accounts: pd.DataFrame,
    reps: pd.Series,
    visited: Visited,
    classes: Sequence[Service],
    capacity: Capacity,
    days: Sequence[dt.date],
    per_day: float,
    today: dt.date,
    due_from: float,
) -> pd.DataFrame:
    """Place the visits of the coming weeks.

    The days of each week are filled as :func:`scoring.uses.days.place` fills
    them, from those that are due by then: the first week as of today, each
    further one as of its Monday. Who is visited has that day as the last visit
    from then on, and comes again when the call cycle asks for it.

    Parameters
    ----------
    accounts
        One row an account: ``account``, ``class``, ``score``, ``last_visit`` (datetime64), and where
        they are there ``town``, ``postcode``, ``sector`` and ``planned`` (datetime64, missing for none).
    reps, visited, classes, capacity, due_from
        As for :func:`scoring.uses.tour.tour`.
    days
        The visit days, ascending.
    per_day
        Visits that a day has room for.
    today
        The day of the agenda, which ends :data:`AGENDA_DAYS` days later.

    Returns
    -------
    One row a visit, by rep, date and slot: row (position of the account), rep, date (datetime64),
    slot (1..n in the day of the rep), due_status (before the visit), planned (bool: somebody fixed the
    date).
    """
    state = accounts.copy()
    for key in ("last_visit", "planned"):
        state[key] = _days(state, key).astype("datetime64[s]")
    last = today + dt.timedelta(days=AGENDA_DAYS)
    found = [_EMPTY]
    for start, end in _weeks(today, last):
        plan = tour(state, state, reps, visited, classes, capacity, start, due_from)
        rows = plan["row"].to_numpy(dtype=np.intp)
        for key in (*_WHERE, "planned"):
            if key in state:
                plan[key] = state[key].to_numpy()[rows]
        open_days = [day for day in days if start <= day <= end]
        stops = place(plan, open_days, per_day, start)
        stops = stops[stops["date"].to_numpy() <= np.datetime64(end)]
        visits = plan.iloc[stops["place"]][["row", "rep", "due_status"]].reset_index(drop=True)
        visits = visits.assign(date=stops["date"].to_numpy(), slot=stops["slot"].to_numpy())
        at = visits["row"].to_numpy(dtype=np.intp)
        dates = visits["date"].to_numpy().astype("datetime64[s]")
        visits["planned"] = state["planned"].to_numpy()[at] == dates
        for key, value in (("last_visit", dates), ("planned", np.datetime64("NaT", "s"))):
            column = state[key].to_numpy().copy()
            column[at] = value
            state[key] = column
        found.append(visits)
    whole = pd.concat(found[1:], ignore_index=True) if len(found) > 1 else _EMPTY
    names = {rep: rank for rank, rep in enumerate(capacity.table["rep"])}
    order = np.lexsort(
        (whole["slot"].to_numpy(), whole["date"].to_numpy(), whole["rep"].map(names).to_numpy(dtype=np.intp))
    )
    return whole.iloc[order].reset_index(drop=True)[list(_EMPTY.columns)]


_EMPTY: Final = pd.DataFrame(
    {
        "row": np.array([], dtype=np.intp),
        "rep": np.array([], dtype=object),
        "date": np.array([], dtype="datetime64[s]"),
        "slot": np.array([], dtype=np.int64),
        "due_status": np.array([], dtype=object),
        "planned": np.array([], dtype=bool),
    }
)


def _weeks(today: dt.date, last: dt.date) -> list[tuple[dt.date, dt.date]]:
    """First and last day of each week: the first begins today and ends on the Sunday after its Monday."""
    monday = today + dt.timedelta(days=-today.weekday() % _WEEK)
    starts = [today]
    while (monday := monday + dt.timedelta(days=_WEEK)) <= last:
        starts.append(monday)
    ends = [*(start - dt.timedelta(days=1) for start in starts[1:]), last]
    return list(zip(starts, ends, strict=True))


def _days(accounts: pd.DataFrame, key: str) -> Days:
    if key not in accounts:
        return np.full(len(accounts), np.datetime64("NaT", "D"))
    days: Days = accounts[key].to_numpy().astype("datetime64[D]")
    return days
