"""Fiscal years of FEC files: which files make one, how long it is, and which turnover is its."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from addin.imports.fec.fec_file import FecFile
from scoring.books.accounting import is_opening
from scoring.books.periods import years_before

__all__ = ["FiscalYear", "fiscal_years", "is_of", "slots"]

_LONGEST: Final = 24
"""Months of the longest fiscal year: a first one may last that long."""
_GAP: Final = 31
"""Days between two years that still follow each other."""


@dataclass
class FiscalYear:
    """A fiscal year.

    Attributes
    ----------
    start, end
        Its first and last day.
    files
        The files that make it.
    entries
        Their lines.
    named
        Whether the end is that of the files' names.
    certain
        Whether start and end are known, so that a length of other than twelve months is real.
    last
        Day of the last line.
    number
        Its place among the years, a missing one counted.
    """

    start: dt.date
    end: dt.date
    files: list[FecFile]
    entries: pd.DataFrame
    named: bool
    certain: bool
    last: dt.date
    number: int

    @property
    def months(self) -> int:
        """Length in months."""
        return _months(self.start, self.end)

    def is_closed(self, reference: dt.date) -> bool:
        """Whether the year is over on a day.

        A year whose twelve months have not passed by then is one that goes on,
        exported so far, unless its name says that it closed with a month.
        """
        closes_with_a_month = self.certain and self.end == _month_end(self.end)
        twelve_months = years_before(self.start, -1) - dt.timedelta(days=1)
        return self.end <= reference and (closes_with_a_month or twelve_months <= reference)


@dataclass(frozen=True, slots=True)
class _Span:
    """Files that make a year, and whether their names tell its end and an opening its start."""

    start: dt.date
    end: dt.date
    named: bool
    opened: bool
    files: tuple[FecFile, ...]

    def is_same(self, other: _Span) -> bool:
        """Whether two spans are of one year."""
        if self.named and other.named:
            return self.end == other.end
        if self.start <= other.end and other.start <= self.end:
            return True
        early, late = sorted((self, other), key=lambda span: span.start)
        follows = (late.start - early.end).days <= _GAP
        # Halves of a year without names: the later one opens nothing, and both make a year at most.
        return (
            follows
            and not (self.named or other.named or late.opened)
            and _months(early.start, late.end) <= 12
        )

    def joined(self, other: _Span) -> _Span:
        """Return the span of both."""
        ends = [span.end for span in (self, other) if span.named] or [self.end, other.end]
        return _Span(
            min(self.start, other.start),
            max(ends),
            self.named or other.named,
            self.opened or other.opened,
            self.files + other.files,
        )


def fiscal_years(files: Sequence[FecFile]) -> list[FiscalYear]:
    """Return the fiscal years that files make, the oldest first; the order of the files does not matter."""
    of_files = sorted((_span(file) for file in files if len(file.entries)), key=lambda span: span.start)
    spans: list[_Span] = []
    for span in of_files:
        for same in [other for other in spans if span.is_same(other)]:
            spans.remove(same)
            span = same.joined(span)  # noqa: PLW2901 - it grows
        spans.append(span)
    years: list[FiscalYear] = []
    for span in sorted(spans, key=lambda one: (one.end, one.start)):
        entries = pd.concat([one.entries for one in span.files], ignore_index=True)
        start, opened = span.start, span.opened
        if years and 0 < (start - years[-1].end).days <= 12 * _GAP and not opened:
            start, opened = years[-1].end + dt.timedelta(days=1), True
        number = 0
        if years:
            follows = (start - years[-1].end).days - 1 <= _GAP
            number = years[-1].number + (1 if follows else 2)
        last = _day(entries["date"].max())
        certain = span.named and opened
        years.append(
            FiscalYear(start, span.end, list(span.files), entries, span.named, certain, last, number)
        )
    return years


def slots(
    years: Sequence[FiscalYear], reference: dt.date, known: Sequence[dt.date | None] = ()
) -> list[FiscalYear | None]:
    """Return the years of turnover N, N-1 and N-2.

    Parameters
    ----------
    years
        The fiscal years, the oldest first.
    reference
        The day that is looked from.
    known
        Ends of the years that fill the three columns already.

    Returns
    -------
    list of FiscalYear or None
        The last year closed, and those right before it. Where a later one fills
        the column of N already, each year is that of the column that it is of.
    """
    closed = [year for year in years if year.is_closed(reference)]
    latest = next(iter(known), None)
    is_older = not closed or (
        latest is not None and closed[-1].end < latest and not is_of(closed[-1], latest)
    )
    if latest is not None and latest <= reference and is_older:
        ends = [one or years_before(latest, slot) for slot, one in enumerate(known)]
        return [next((year for year in closed if is_of(year, end)), None) for end in ends]
    closed = closed or list(years)
    found: list[FiscalYear | None] = [closed[-1]] if closed else [None]
    for _ in range(2):
        after = found[-1]
        before = [
            year for year in years if after is not None and 0 <= (after.start - year.end).days - 1 <= _GAP
        ]
        found.append(before[-1] if before else None)
    return found


def is_of(year: FiscalYear, end: dt.date) -> bool:
    """Whether a year is the one that ends about a day."""
    return abs((year.end - end).days) <= _GAP


def _span(file: FecFile) -> _Span:
    opening = is_opening(file.entries)
    dates = file.entries["date"]
    last = _day(dates.max())
    # An opening is dated with the first day, but for single lines that keep an older one.
    first = _day(dates[opening].mode().min() if opening.any() else dates.min())
    start = first.replace(day=1)
    name = file.named_end
    named = name is not None and last <= name and _months(start, name) <= _LONGEST
    end = name if named and name is not None else _month_end(last)
    return _Span(start, end, named, bool(opening.any()), (file,))


def _months(start: dt.date, end: dt.date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _day(stamp: object) -> dt.date:
    return pd.Timestamp(np.datetime64(str(stamp)[:10])).date()
