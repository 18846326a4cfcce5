"""Moments as people type them: a day with the time of day."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from addin.workbook.port import Cell
from addin.workbook.typed_cells import Unreadable, read_date

__all__ = ["read_moment"]

_CLOCK: Final = re.compile(
    r"[\s,tTàa](?P<hour>\d{1,2})\s*[:hH]\s*(?P<minute>\d{2})?(?::(?P<second>\d{2})\S*)?\s*(?P<half>[ap]m)?\s*\Z",
    re.IGNORECASE,
)
_UNCLEAR: Final = re.compile(r"\d\s*[ap]\.?m|\d[tT]\d|\d\s*h\b", re.IGNORECASE)
"""A time of day that is written in another way: midnight would be a wrong one."""
_HALF_A_SECOND: Final = dt.timedelta(milliseconds=500)


def read_moment(cell: Cell, language: str) -> dt.datetime | Unreadable | None:
    """Read a day with the time of day, to the second; without one it is midnight.

    >>> str(read_moment("27/11/2026 16h30", "fr")), str(read_moment("2026-11-27 4:30 pm", "en"))
    ('2026-11-27 16:30:00', '2026-11-27 16:30:00')
    >>> read_moment("16:30", "fr").what
    'no_date'
    """
    found = read_date(cell, language)
    if not isinstance(found, dt.datetime):
        return found
    if isinstance(cell, str):
        clock = _CLOCK.search(cell)
        if clock is None and _UNCLEAR.search(cell):
            return Unreadable("no_date", "type_a_date", cell)
        return found if clock is None else _at(found, clock, cell)
    # A serial number is never quite the second that it stands for.
    return (found.replace(tzinfo=None) + _HALF_A_SECOND).replace(microsecond=0)


def _at(day: dt.datetime, clock: re.Match[str], text: str) -> dt.datetime | Unreadable:
    hour, minute, second = (int(clock[part] or 0) for part in ("hour", "minute", "second"))
    half = (clock["half"] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return Unreadable("no_date", "type_a_date", text)
    return day.replace(hour=hour, minute=minute, second=second)
