"""Dates of a file: whether the day or the month comes first is decided by the whole file, and said."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from addin.imports.grid import Column
from addin.refusals import Refusal

__all__ = ["EPOCH", "NO_DATE", "UNREADABLE", "Dates", "moment"]

NO_DATE: Final = np.iinfo(np.int64).min
"""Day of an empty cell."""
UNREADABLE: Final = NO_DATE + 1
"""Day of a cell that is no date."""

EPOCH: Final = dt.date(1970, 1, 1)
_TIME: Final = r"(?:[ T]\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME)
_COMPACT: Final = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})" + _TIME)
_MONTH: Final = re.compile(r"(\d{4})[-/](\d{1,2})|(\d{1,2})[-/](\d{4})")
_YEAR: Final = re.compile(r"(?:19|20)\d{2}")
_EMPTY: Final = frozenset({"", "0", "00000000", "null", "none", "-", "00/00/0000"})
_FIRST_SERIAL: Final = 20_000
_LAST_SERIAL: Final = 73_050


@dataclass
class Dates:
    """The way in which a file writes its dates.

    Attributes
    ----------
    file
        Its name, for what is said.
    day_first, month_first
        A value that can only be read in that order, the first one seen.
    seen
        Whether any date could be read in both.
    coarse
        ``year`` or ``month`` where some dates are no more than that: they count as its last day.
    """

    file: str
    day_first: str = ""
    month_first: str = ""
    seen: bool = False
    coarse: str = ""
    order: str = field(default="")

    def observe(self, values: Iterable[Any]) -> None:
        """Look at some values for what tells the order.

        Raises
        ------
        Refusal
            If some can only be read as day/month and others only as month/day.
        """
        for value in values:
            match = _YEAR_LAST.fullmatch(value.strip()) if isinstance(value, str) else None
            if match is None:
                continue
            first, second = int(match[1]), int(match[2])
            if first > 12 >= second:
                self.day_first = min(self.day_first or value, value)
            elif second > 12 >= first:
                self.month_first = min(self.month_first or value, value)
            elif first != second:
                self.seen = True
        if self.day_first and self.month_first:
            details = {"first": self.day_first, "second": self.month_first}
            raise Refusal("import_mixed_dates", file=self.file, **details)

    @property
    def decided(self) -> bool:
        """Whether what was seen tells the order."""
        return bool(self.day_first or self.month_first)

    @property
    def guessed(self) -> bool:
        """Whether the order is a guess: dates that could be either, and none that tells."""
        return self.seen and not self.decided

    def settle(self) -> None:
        """Decide: by what was seen, else day first, as most of the world writes."""
        self.order = "month" if self.month_first else "day"

    def days(self, column: Column) -> npt.NDArray[np.int64]:
        """Return days since 1970-01-01, :data:`NO_DATE` for an empty cell, :data:`UNREADABLE` else."""
        codes, values = column.coded()
        found = np.array([self._day(value) for value in values], dtype=np.int64)
        return found[codes] if len(found) else np.empty(0, dtype=np.int64)

    def _day(self, value: Any) -> int:
        if value is None or value != value:  # noqa: PLR0124 - NaN is no cell either
            return NO_DATE
        if isinstance(value, dt.datetime):
            return (value.date() - EPOCH).days
        if isinstance(value, float):
            if _FIRST_SERIAL <= value <= _LAST_SERIAL:
                return int(value) - 25_569
            value = str(int(value)) if value == int(value) else str(value)
        if not isinstance(value, str):
            return UNREADABLE
        text = value.strip()
        if text.casefold() in _EMPTY:
            return NO_DATE
        parts = _parts(text, self.order)
        if parts is None:
            return UNREADABLE
        if parts[1]:
            self.coarse = max(self.coarse, parts[1])
        return parts[0]

    def first_of(self, day: int) -> int:
        """Return the first day of the year or month for which a date stands, where dates are that coarse."""
        date = EPOCH + dt.timedelta(days=day)
        match self.coarse:
            case "year":
                date = date.replace(month=1, day=1)
            case "month":
                date = date.replace(day=1)
        return (date - EPOCH).days


def moment(day: int) -> dt.datetime:
    """Return a day since 1970-01-01 as cells hold it.

    >>> moment(20_454)
    datetime.datetime(2026, 1, 1, 0, 0)
    """
    return dt.datetime.combine(EPOCH + dt.timedelta(days=day), dt.time())


@functools.lru_cache(maxsize=100_000)
def _parts(text: str, order: str) -> tuple[int, str] | None:
    """Day since 1970 of a date, and whether it is a ``year`` or a ``month`` only."""
    coarse = ""
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := _YEAR_LAST.fullmatch(text):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        if len(match[3]) == 2:
            year += 2000 if year < 70 else 1900
        day, month = (second, first) if order == "month" else (first, second)
    elif match := _MONTH.fullmatch(text):
        year, month = (int(match[1]), int(match[2])) if match[1] else (int(match[4]), int(match[3]))
        day, coarse = (calendar.monthrange(year, month)[1] if 1 <= month <= 12 and year else 0), "month"
    elif _YEAR.fullmatch(text):
        year, month, day, coarse = int(text), 12, 31, "year"
    else:
        return None
    if not 1950 <= year <= 2200:
        return None
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return None
    return (date - EPOCH).days, coarse
