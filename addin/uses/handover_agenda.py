"""The agenda of a handover: the visits of the next 90 days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from addin.catalogue import Phrase
from addin.uses.tour_typed import days_of_visits, pace, typed
from addin.views.scored import Scored
from scoring.text import fold
from scoring.uses.agenda import AGENDA_DAYS, agenda
from scoring.uses.call_cycles import visited
from scoring.uses.capacity import capacity

__all__ = ["Agenda", "agenda_of"]

_OF_ACCOUNT: Final = ("account", "name", "class", "town", "postcode", "phone")
_WEEKS: Final = AGENDA_DAYS // 7 + 1


@dataclass(frozen=True, slots=True)
class Agenda:
    """The visits, and what is to be said of them."""

    rows: Sequence[dict[str, Any]]
    notes: Sequence[Phrase]


def agenda_of(scored: Scored, accounts: pd.DataFrame, rep: str) -> Agenda:
    """Place the visits of a portfolio, as if one rep had all of it.

    Parameters
    ----------
    scored
        The scored workbook.
    accounts
        The portfolio.
    rep
        The rep whose choice on the sheet Capacity holds; empty for none.
    """
    today, services = scored.intake.reference_date, scored.intake.services
    speed, blank = pace(scored)
    days, unread = days_of_visits(scored, speed.visit_days, today, _WEEKS)
    said = typed(scored.intake.layout)
    dates = [
        said.planned[code].day if code in said.planned else None
        for code in (fold(str(code)) for code in accounts["account"])
    ]
    wide = accounts.assign(planned=np.array(dates, dtype="datetime64[s]"))
    reps = pd.Series(rep, index=wide.index, dtype=object)
    seen = visited(wide, wide["class"], services)
    load = capacity(seen, reps, services, speed.possible, said.choices)
    visits = agenda(wide, reps, seen, services, load, days, speed.visits_per_day, today, speed.due_from)
    minutes = pd.Series(seen.minutes(services), index=seen.rows)
    rows = []
    for visit in visits.to_dict("records"):
        at = int(visit["row"])
        account = {key: _text(wide, key, at) for key in _OF_ACCOUNT}
        length = float(minutes.loc[at])
        rows.append(
            account
            | {
                "date": visit["date"].date(),
                "slot": visit["slot"],
                "due_status": visit["due_status"],
                "planned": visit["planned"],
                "minutes": None if np.isnan(length) else length,
            }
        )
    return Agenda(rows, [*blank, *unread, *_notes(scored, len(seen.rows), rows)])


def _notes(scored: Scored, n_visited: int, rows: Sequence[dict[str, Any]]) -> list[Phrase]:
    if not n_visited:
        key = "no_visits" if any(one.visits > 0 for one in scored.intake.services) else "no_visit_classes"
        return [_note(key)]
    if not rows:
        return [_note("no_agenda")]
    last: dt.date = rows[-1]["date"]
    return [_note("agenda", count=len(rows), last=last)]


def _text(accounts: pd.DataFrame, key: str, at: int) -> str | None:
    cell = accounts[key].iat[at] if key in accounts else None
    return cell if isinstance(cell, str) else None


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("handover", key), details)
