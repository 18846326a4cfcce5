"""Visits as a calendar file (RFC 5545): a second import moves events and doubles none."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from addin.exports.row_files import Exported

__all__ = ["calendar_file", "event_uid"]

_LINE = "\n"
_EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def event_uid(account: str, due_date: dt.date | None) -> str:
    """Return the identity of a visit: it stays when the visit is put on another day.

    A visit is that of an account for a due date, or its first one. A visit
    made moves the due date, and the next one is another event.

    >>> event_uid("C1", dt.date(2026, 10, 31)) == event_uid("c1", dt.date(2026, 10, 31))
    True
    >>> event_uid("C1", dt.date(2026, 10, 31)) == event_uid("C1", None)
    False
    """
    return _uid(account.casefold(), due_date.isoformat() if due_date else "first")


def _uid(*parts: str) -> str:
    return f"{hashlib.sha256(_LINE.join(parts).encode()).hexdigest()[:32]}@clientscore"


def calendar_file(visits: Sequence[Mapping[str, Any]], title: str, stamp: dt.datetime) -> Exported:
    """Return the visits of a plan as all-day events.

    Parameters
    ----------
    visits
        By field key: account, name, class, rep, date, slot, due_date and, where
        known, address, postcode, town, phone and reasons.
    title
        Name of the calendar.
    stamp
        When it is written, in UTC: of two versions of an event the later one counts.
    """
    import icalendar

    reps = sorted({str(visit.get("rep") or "") for visit in visits})
    calendar = icalendar.Calendar.new(
        prodid="-//ClientScore//Tour plan//EN", name=title, uid=_uid("calendar", *reps)
    )
    for visit in visits:
        street, place = visit.get("address"), [visit.get("postcode"), visit.get("town")]
        where = ", ".join(part for part in (street, " ".join(filter(None, place))) if part)
        told = [visit.get("rep"), visit.get("phone"), visit.get("reasons")]
        day: dt.date = visit["date"]
        event = icalendar.Event.new(
            uid=event_uid(visit["account"], visit["due_date"]),
            summary=f"{visit['slot']}. {visit.get('name') or visit['account']} ({visit['class']})",
            start=day,
            end=day + dt.timedelta(days=1),
            location=where or None,
            description="\n".join(filter(None, told)) or None,
            categories=[visit["rep"]] if visit.get("rep") else [],
            stamp=stamp,
            sequence=int((stamp - _EPOCH).total_seconds()) // 60,
            transparency=icalendar.TRANSP.TRANSPARENT,
        )
        calendar.add_component(event)
    return Exported(calendar.to_ical(), len(visits))
