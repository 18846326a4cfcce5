"""Route planners: what each of them takes of a tour, by its own rules.

References
----------
portatour, help.portatour.com, articles 360002855432 (import) and 6618014787356
(external IDs): an External ID has at most 40 letters, digits and ``- _ { } .``;
a Call interval lies between 7 and 730 whole days, or the synchronisation stops.

TourSolver Cloud, mygeoconcept.com: a Reference is mandatory; Last visit date is
dd/mm/yyyy, Visit duration HH:MM:SS, Visit frequency 1/n with n in working days.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from addin.catalogue import Phrase
from addin.exports.row_files import Rows
from addin.workbook.port import Cell
from scoring.uses.call_cycles import whole_days

__all__ = ["portatour", "toursolver"]

Visit = Mapping[str, Any]
"""An account of a tour by field key: account, cycle [days], last_visit, minutes ...; None for unknown."""

_EXTERNAL_ID: Final = re.compile(r"[A-Za-z0-9_{}.-]+", re.ASCII)
_LONGEST_ID: Final = 40
_SHORTEST, _LONGEST = 7, 730
"""Call intervals [days]."""
_DAY: Final = 24 * 60
_WEEK: Final = 7

_PORTATOUR: Final = {
    "External ID": "account",
    "Name": "name",
    "Street": "address",
    "Postcode": "postcode",
    "City": "town",
    "Phone": "phone",
    "E-mail": "email",
    "Category": "class",
    "Owner": "rep",
}
_TOURSOLVER: Final = {
    "Reference": "account",
    "Designation": "name",
    "Type": "class",
    "Sector": "sector",
    "Address": "address",
    "Postcode": "postcode",
    "City": "town",
    "Phone": "phone",
    "Resource": "rep",
}


def portatour(visits: Sequence[Visit]) -> Rows:
    """Return the accounts of a tour as portatour takes them; those that it would not take are told.

    Parameters
    ----------
    visits
        The accounts, by field key.
    """
    rows: list[tuple[Cell, ...]] = []
    left_out: list[Phrase] = []
    for visit in visits:
        interval = whole_days(visit["cycle"])
        wrong = _against_portatour(str(visit["account"]), interval)
        left_out += [_left_out(visit, "portatour", key, interval=interval) for key in wrong]
        if not wrong:
            rows.append((*_cells(visit, _PORTATOUR.values()), float(interval), _date(visit["last_visit"])))
    return Rows("portatour", [*_PORTATOUR, "Call interval", "Last call"], rows, left_out)


def _against_portatour(code: str, interval: int) -> list[str]:
    """Return why portatour would not take an account; nothing where it does."""
    wrong = []
    if not _EXTERNAL_ID.fullmatch(code):
        wrong.append("sign")
    if len(code) > _LONGEST_ID:
        wrong.append("long_code")
    if interval < _SHORTEST:
        wrong.append("short")
    if interval > _LONGEST:
        wrong.append("long")
    return wrong


def toursolver(visits: Sequence[Visit], visit_days: float) -> Rows:
    """Return the accounts of a tour as TourSolver takes them; those that it would not take are told.

    Parameters
    ----------
    visits
        The accounts, by field key.
    visit_days
        Days of a week on which visits are made.
    """
    rows: list[tuple[Cell, ...]] = []
    left_out: list[Phrase] = []
    for visit in visits:
        minutes = visit["minutes"]
        if minutes is not None and minutes >= _DAY:
            left_out.append(_left_out(visit, "toursolver", "duration", minutes=minutes))
            continue
        seen = _date(visit["last_visit"])
        rows.append(
            (
                *_cells(visit, _TOURSOLVER.values()),
                seen.strftime("%d/%m/%Y") if seen is not None else None,
                _clock(minutes) if minutes is not None else None,
                f"1/{max(1, whole_days(visit['cycle'] * visit_days / _WEEK))}",
            )
        )
    headers = [*_TOURSOLVER, "Last visit date", "Visit duration", "Visit frequency"]
    return Rows("TourSolver", headers, rows, left_out)


def _clock(minutes: float) -> str:
    """Return a length of time as hours, minutes and seconds.

    >>> _clock(62.5)
    '01:02:30'
    """
    hours, seconds = divmod(round(minutes * 60), 3600)
    return f"{hours:02d}:{seconds // 60:02d}:{seconds % 60:02d}"


def _cells(visit: Visit, keys: Iterable[str]) -> list[Cell]:
    return [str(visit[key]) if visit.get(key) else None for key in keys]


def _date(day: dt.date | None) -> dt.datetime | None:
    return None if day is None else dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day


def _left_out(visit: Visit, program: str, key: str, **details: object) -> Phrase:
    named = {"account": visit["account"], "name": visit.get("name") or "", **details}
    return Phrase("exports", (program, key), named)
