"""Working hours and working days as people type them: ``08:30-12:00 13:30-17:30``, ``Mon-Fri``."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from scoring.text import fold
from scoring.uses.working_time import MINUTES_A_DAY

__all__ = ["blocks_of", "weekdays_of"]

_TO: Final = r"\s*(?:-|\bto\b|\ba\b)\s*"
_CLOCK: Final = r"(\d{1,2})(?:\s?[:h.](\d{2})?)?"
_BLOCK: Final = re.compile(_CLOCK + _TO + _CLOCK)
_BETWEEN: Final = re.compile(r"(?:[\s,;/+&]|\bet\b|\band\b)*")

_NAMES: Final = (
    ("monday", "lundi"),
    ("tuesday", "mardi"),
    ("wednesday", "mercredi"),
    ("thursday", "jeudi"),
    ("friday", "vendredi"),
    ("saturday", "samedi"),
    ("sunday", "dimanche"),
)
_DAY: Final = r"([1-7]|[a-z]{2,9})\.?"
_DAYS: Final = re.compile(rf"{_DAY}(?:{_TO}{_DAY})?")


def blocks_of(text: str) -> tuple[tuple[int, int], ...] | None:
    """Return beginning and end of each block of work [minutes since midnight]; None for what is none.

    >>> blocks_of("08:30-12:00 13:30-17:30")
    ((510, 720), (810, 1050))
    >>> blocks_of("8h30 – 12h ; 13h30 – 17h30") == blocks_of("08:30-12:00 13:30-17:30")
    True
    >>> blocks_of("17:30-08:30") is None, blocks_of("mornings") is None
    (True, True)
    """
    plain = fold(text)
    found = list(_BLOCK.finditer(plain))
    if not found or not _BETWEEN.fullmatch(_BLOCK.sub(" ", plain)):
        return None
    edges = [_minutes(match[at], match[at + 1]) for match in found for at in (1, 3)]
    blocks = tuple(zip(edges[::2], edges[1::2], strict=True))
    if any(start >= end for start, end in blocks) or any(a[1] > b[0] for a, b in pairwise(blocks)):
        return None
    return blocks if edges[-1] <= MINUTES_A_DAY else None


def _minutes(hours: str, minutes: str | None) -> int:
    """Minutes since midnight; beyond the day where there is no such time."""
    past = int(minutes or 0)
    return int(hours) * 60 + past if past < 60 else MINUTES_A_DAY + 1


def weekdays_of(text: str) -> frozenset[int] | None:
    """Return the working days of the week, 0 for Monday; None for what names none.

    >>> sorted(weekdays_of("Mon-Fri")), sorted(weekdays_of("lun-ven")), sorted(weekdays_of("1-5"))
    ([0, 1, 2, 3, 4], [0, 1, 2, 3, 4], [0, 1, 2, 3, 4])
    >>> sorted(weekdays_of("mardi, jeudi et samedi")), sorted(weekdays_of("Sat-Mon"))
    ([1, 3, 5], [0, 5, 6])
    >>> weekdays_of("weekdays") is None, weekdays_of("m") is None
    (True, True)
    """
    plain = fold(text)
    plain = re.sub(r"\b(?:et|and)\b", ",", plain)
    if not _BETWEEN.fullmatch(_DAYS.sub(" ", plain)):
        return None
    days: set[int] = set()
    for match in _DAYS.finditer(plain):
        first = _weekday(match[1])
        last = first if match[2] is None else _weekday(match[2])
        if first is None or last is None:
            return None
        days.update((first + step) % 7 for step in range((last - first) % 7 + 1))
    return frozenset(days) or None


def _weekday(text: str) -> int | None:
    if text.isdigit():
        return int(text) - 1
    found = [day for day, names in enumerate(_NAMES) if any(name.startswith(text) for name in names)]
    return found[0] if len(found) == 1 else None
