"""Fiscal years of FEC files: which files make one year, how long it is, which of turnover N, N-1, N-2 it is."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from addin.imports.fec_file import FecFile
from scoring.accounting import is_opening

__all__ = ["FiscalYear", "fiscal_years", "slots"]

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
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1


def fiscal_years(files: Sequence[FecFile]) -> list[FiscalYear]:
    """Return the fiscal years that files make, the oldest first; the order of the files does not matter."""
    groups: list[tuple[dt.date, dt.date, bool, list[FecFile]]] = []
    for file in sorted(files, key=lambda one: (one.report.file, len(one.entries))):
        if not len(file.entries):
            continue
        start, end, named = _span(file)
        same = [group for group in groups if _is_same((start, end, named), group)]
        for group in same:
            groups.remove(group)
            start, named_group = min(start, group[0]), group[2]
            end = group[1] if named_group and not named else end if named else max(end, group[1])
            named = named or named_group
        groups.append((start, end, named, [file, *(one for group in same for one in group[3])]))
    groups.sort(key=lambda group: (group[1], group[0]))
    years: list[FiscalYear] = []
    for start, end, named, members in groups:
        entries = pd.concat([one.entries for one in members], ignore_index=True)
        opened = bool(is_opening(entries.assign(year=0)).any())
        if years and 0 < (start - years[-1].end).days <= 12 * _GAP and not opened:
            start = years[-1].end + dt.timedelta(days=1)
            opened = True
        last = _day(entries["date"].max())
        number = 0
        if years:
            follows = (start - years[-1].end).days - 1 <= _GAP
            number = years[-1].number + (1 if follows else 2)
        years.append(FiscalYear(start, end, members, entries, named, named and opened, last, number))
    return years


def slots(years: Sequence[FiscalYear], reference: dt.date) -> list[FiscalYear | None]:
    """Return the years of turnover N, N-1 and N-2: the last one closed, and those right before it."""
    closed = [year for year in years if year.end <= reference] or list(years)
    found: list[FiscalYear | None] = [closed[-1]] if closed else [None]
    for _ in range(2):
        after = found[-1]
        before = [
            year for year in years if after is not None and 0 <= (after.start - year.end).days - 1 <= _GAP
        ]
        found.append(before[-1] if before else None)
    return found


def _span(file: FecFile) -> tuple[dt.date, dt.date, bool]:
    """First and last day of a file's fiscal year, and whether its name tells the last one."""
    opening = is_opening(file.entries.assign(year=0))
    dates = file.entries["date"]
    last = _day(dates.max())
    # An opening is dated with the first day, but for single lines that keep an older one.
    first = _day(dates[opening].mode().min() if opening.any() else dates.min())
    start = first.replace(day=1)
    end, name = _month_end(last), file.named_end
    if (
        name is not None
        and last <= name
        and (name.year - start.year) * 12 + name.month - start.month < _LONGEST
    ):
        return start, name, True
    return start, end, False


def _is_same(one: tuple[dt.date, dt.date, bool], other: tuple[dt.date, dt.date, bool, list[FecFile]]) -> bool:
    if one[2] and other[2]:
        return one[1] == other[1]
    return one[0] <= other[1] and other[0] <= one[1]


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _day(stamp: object) -> dt.date:
    return pd.Timestamp(np.datetime64(str(stamp)[:10])).date()
