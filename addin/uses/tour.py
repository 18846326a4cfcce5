"""Tour plan: who is due for a visit, what a rep can do, the days of the next two weeks, and files of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from addin.catalogue import Phrase
from addin.uses.accounts import scored_accounts
from addin.uses.exported import ExportedResult
from addin.uses.records import records_of
from addin.uses.result import Record
from addin.uses.tour_files import Export, tour_file
from addin.uses.tour_notes import tour_notes
from addin.uses.tour_typed import Typed, days_of_visits, pace, typed
from addin.uses.working import own_closing_days
from addin.views.scored import Scored
from scoring.text import fold
from scoring.uses.call_cycles import rep_names, visited, whole_days
from scoring.uses.capacity import Capacity, capacity
from scoring.uses.days import place
from scoring.uses.services import Service
from scoring.uses.tour import tour as planned_tour

__all__ = ["tour"]

_OF_ACCOUNT: Final = ("name", "sector", "postcode", "town", "phone", "address", "email", "reasons")
_SHOWN: Final = (
    *("rep", "order", "account", "name", "class", "target", "due_status", "share", "last_visit", "due_date"),
    *("cycle", "minutes", "sector", "postcode", "town", "phone", "score", "reasons", "planned", "note"),
)
_OF_DAYS: Final = (
    "rep",
    "date",
    "slot",
    "account",
    "name",
    "class",
    "town",
    "postcode",
    "minutes",
    "reasons",
)
_OF_CAPACITY: Final = ("rep", "accounts", "needed", "possible", "load", "choice", "stretch", "protect")


def tour(scored: Scored, *, export: Export | None = None) -> ExportedResult:
    """Plan the tours of all reps.

    Parameters
    ----------
    scored
        The scored workbook.
    export
        What file is wanted.
    """
    accounts, services = scored_accounts(scored), scored.intake.services
    today = scored.intake.reference_date
    speed, blank = pace(scored)
    said = typed(scored.intake.layout)
    days, unread = days_of_visits(scored, speed.visit_days, today)
    reps = rep_names(accounts)
    seen = visited(accounts, accounts["class"], services)
    load = capacity(seen, reps, services, speed.possible, said.choices)
    plan = planned_tour(accounts, accounts, reps, seen, services, load, today, speed.due_from)
    plan = _with_accounts(plan, accounts, said)
    stops = place(plan, days, speed.visits_per_day, today)
    visits = (
        plan.iloc[stops["place"]]
        .reset_index(drop=True)
        .assign(**{key: stops[key] for key in ("date", "slot", "beyond", "off")})
    )
    notes = tour_notes(scored, accounts, plan, visits, load, said, days)
    exported = None
    if export is not None:
        of_plan, of_days = (records_of(rows, list(rows.columns)) for rows in (plan, visits))
        exported = tour_file(export, scored.words, of_plan, of_days, speed.visit_days)
    capacities = _capacities(load, services)
    return ExportedResult(
        {
            "tour": records_of(plan, _SHOWN),
            "capacity": capacities,
            "days": records_of(visits, _OF_DAYS),
        },
        notes=[*said.wrong, *blank, *unread, *notes.plan],
        noted={"capacity": notes.capacity, "days": notes.days},
        shown={
            "capacity": [one | {"cycles": _cycles_text(one["cycles"], scored)} for one in capacities],
            "days": _days_shown(records_of(visits, [*_OF_DAYS, "off", "beyond"])),
        },
        faults=own_closing_days(scored.intake.layout)[1],
        exported=exported,
    )


def _with_accounts(plan: pd.DataFrame, accounts: pd.DataFrame, said: Typed) -> pd.DataFrame:
    """Add to a plan what the accounts say, and what people typed beside them."""
    rows = plan["row"].to_numpy(dtype=np.intp)
    codes = [fold(str(code)) for code in plan["account"]]
    wide = plan.copy()
    for key in _OF_ACCOUNT:
        cells = accounts[key].to_numpy(dtype=object)[rows] if key in accounts else None
        wide[key] = pd.Series(cells, index=plan.index, dtype=object)
    dates = [said.planned[code].day if code in said.planned else None for code in codes]
    wide["planned"] = np.array(dates, dtype="datetime64[s]")
    wide["note"] = pd.Series([said.notes.get(code) for code in codes], index=plan.index, dtype=object)
    return wide


def _capacities(load: Capacity, services: Sequence[Service]) -> list[dict[str, Any]]:
    letters = [one.letter for one in services]
    cycles = [[None if np.isnan(days) else days for days in row] for row in load.cycles.tolist()]
    return [
        record | {"cycles": dict(zip(letters, of_rep, strict=True))}
        for record, of_rep in zip(records_of(load.table, _OF_CAPACITY), cycles, strict=True)
    ]


def _cycles_text(cycles: dict[str, float | None], scored: Scored) -> str:
    """Return the cycles of the classes in one line, such as ``A 30 · B 61``."""
    return " · ".join(
        f"{letter} {scored.words.show(whole_days(days))}" for letter, days in cycles.items() if days
    )


def _days_shown(stops: Sequence[dict[str, Any]]) -> list[Record]:
    """Return the days as a sheet shows them: a date that people planned out of turn says so."""
    return [
        stop | {"reasons": _with_remark(stop)} if stop["off"] or stop["beyond"] else stop for stop in stops
    ]


def _with_remark(stop: dict[str, Any]) -> Phrase:
    return _note("stop_off" if stop["off"] else "stop_beyond", reasons=stop["reasons"] or "")


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("tour", key), details)
