"""Dates of a file: what tells day from month, and dates from numbers, is decided by all of it, and said."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from addin.imports.files.chunks import Column
from addin.imports.files.number_dates import FIRST_SERIAL, LAST_SERIAL, NumberDates, Order, day_of_serial
from addin.refusals import Refusal
from addin.workbook.written_dates import WrittenDate, written_date
from scoring.text import plain_number

__all__ = ["EPOCH", "NO_DATE", "UNREADABLE", "Dates", "moment"]

NO_DATE: Final = np.iinfo(np.int64).min
"""Day of an empty cell."""
UNREADABLE: Final = NO_DATE + 1
"""Day of a cell that is no date."""

EPOCH: Final = dt.date(1970, 1, 1)
_EARLIEST: Final = dt.date(1950, 1, 1)
_NOTHING: Final = re.compile(r"[\s/.:0–—-]*")
"""Noughts and separators alone: what programs write where there is no date."""
_EMPTY: Final = frozenset({"null", "none", "n/a", "false", "faux"})

_FEW: Final = 3
"""Dates of each kind from which it is no accident that Excel turned just those that it could."""


@dataclass
class _Turned:
    """Dates of a sheet: days that Excel holds as such, and texts that it could not make one of."""

    days: set[dt.date] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    either: bool = False

    @property
    def by_excel(self) -> bool:
        """Whether all up to the 12th became dates, and none beyond: then day and month are likely turned."""
        return (
            not self.either
            and len(self.days) >= _FEW
            and len(self.texts) >= _FEW
            and all(day.day <= 12 for day in self.days)
        )


@dataclass
class Dates:
    """The way in which a file writes its dates.

    Attributes
    ----------
    file
        Its name, for what is said.
    day_first, month_first
        A value that can only be read in that order, the first one by alphabet.
    named
        A value that names its month, the first one by alphabet.
    seen
        Whether any date could be read in both orders.
    coarse
        ``year`` or ``month`` where some dates are no more than that: they count as its last day.
    """

    file: str
    day_first: str = ""
    month_first: str = ""
    named: str = ""
    seen: bool = False
    coarse: str = ""
    order: Order = "day"
    _columns: dict[str, NumberDates] = field(default_factory=dict)
    _observed: dict[str, set[str]] = field(default_factory=dict)
    _read: dict[str, dict[str, int]] = field(default_factory=dict)
    _turned: _Turned = field(default_factory=_Turned)

    def observe(self, values: Iterable[Any], of: str = "") -> None:
        """Look at some values for what tells the order.

        Parameters
        ----------
        values
            The values.
        of
            Their column: bare numbers are dates in all of it, or nowhere.

        Raises
        ------
        Refusal
            If some can only be read as day/month and others only as month/day.
        """
        column = self._columns.setdefault(of, NumberDates())
        observed = self._observed.setdefault(of, set())
        for value in values:
            if isinstance(value, dt.datetime):
                self._turned.days.add(value.date())
            elif isinstance(value, str):
                if value not in observed:  # the same days come with every part of a file
                    observed.add(value)
                    self._look_at(value, column)
            elif isinstance(value, float) and 10_000 <= value < 1e6 and value == int(value):
                column.observe(str(int(value)))
        if self.day_first and self.month_first:
            details = {"first": self.day_first, "second": self.month_first}
            raise Refusal("import_mixed_dates", file=self.file, **details)

    def _look_at(self, value: str, column: NumberDates) -> None:
        written = written_date(value.strip())
        if written is None:
            column.observe(value)
            return
        column.spoil()
        if written.form == "name":
            self.named = min(self.named or value, value)
        if written.form != "numbers":
            return
        first, second = written.one, written.two
        if first > 12 >= second:
            self.day_first = min(self.day_first or value, value)
        elif second > 12 >= first:
            self.month_first = min(self.month_first or value, value)
        elif first != second:
            self.seen = True
        if max(first, second) > 12:
            self._turned.texts.add(value)
        else:
            self._turned.either = True

    @property
    def decided(self) -> bool:
        """Whether what was seen tells the order."""
        return bool(self.day_first or self.month_first)

    @property
    def guessed(self) -> bool:
        """Whether the order is a guess: dates that could be either, and none that tells."""
        return (self.seen or any(column.in_doubt for column in self.numbers)) and not self.decided

    @property
    def numbers(self) -> list[NumberDates]:
        """Return the columns whose dates are bare numbers."""
        return [column for _, column in sorted(self._columns.items()) if column.meaning]

    @property
    def ready(self) -> bool:
        """Whether nothing that was seen waits for something later in the file to tell how it is meant."""
        return not self.guessed and not self.numbers

    def settle(self) -> None:
        """Decide: by what was seen, else day first, as most of the world writes.

        Raises
        ------
        Refusal
            If Excel made dates of some and could not of others, so that those it made are likely wrong.
        """
        if self._turned.by_excel:
            details = {"first": min(self._turned.days), "second": min(self._turned.texts)}
            raise Refusal("import_turned_dates", file=self.file, **details)
        self.order = "month" if self.month_first else "day"
        for column in self._columns.values():
            column.usual = self.order

    def days(self, column: Column, of: str = "") -> npt.NDArray[np.int64]:
        """Return days since 1970-01-01, :data:`NO_DATE` for an empty cell, :data:`UNREADABLE` else."""
        codes, values = column.coded()
        number = self._columns.get(of, NumberDates())
        known = self._read.setdefault(of, {})
        for value in values:
            if isinstance(value, str) and value not in known:
                known[value] = self._day(value, number)
        days = [known[value] if isinstance(value, str) else self._day(value, number) for value in values]
        found = np.array(days, dtype=np.int64)
        return found[codes] if len(found) else np.empty(0, dtype=np.int64)

    def _day(self, value: Any, number: NumberDates) -> int:
        if value is None or value is False or value != value:  # noqa: PLR0124 - NaN is no cell either
            return NO_DATE
        if isinstance(value, dt.datetime):
            return (value.date() - EPOCH).days
        if isinstance(value, float):
            if FIRST_SERIAL <= value <= LAST_SERIAL and number.meaning in ("", "serials"):
                return day_of_serial(value)
            value = plain_number(value)
        if not isinstance(value, str):
            return UNREADABLE
        text = value.strip()
        if _NOTHING.fullmatch(text) or text.casefold() in _EMPTY:
            return NO_DATE
        day = number.day(text)
        if day is not None:
            return day
        return self._written_day(written_date(text))

    def _written_day(self, written: WrittenDate | None) -> int:
        date = written.date(month_first=self.order == "month") if written is not None else None
        if written is None or date is None or date < _EARLIEST:
            return UNREADABLE
        if written.form in ("month", "year"):
            self.coarse = max(self.coarse, written.form)
        return (date - EPOCH).days

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
