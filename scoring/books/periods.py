"""The three yearly periods of turnover: the last twelve months, or the last closed years."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Periods", "closed_years", "last_months", "years_before"]

_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Periods:
    """Three periods of a year each, the latest first.

    Attributes
    ----------
    ends
        Last days of the three periods and of the one before them, the latest first: period k lasts from
        the day after ``ends[k + 1]`` to ``ends[k]``.
    """

    ends: tuple[dt.date, dt.date, dt.date, dt.date]

    def of(self, days: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the period of each day: 0, 1 or 2, 3 for earlier ones, -1 for later ones.

        Parameters
        ----------
        days
            Days since 1970-01-01, an int64 array of shape (n,).
        """
        ends = np.array([(end - _EPOCH).days for end in reversed(self.ends)], dtype=np.int64)
        return np.int64(3) - np.searchsorted(ends, days, side="left")

    def start(self, period: int) -> dt.date:
        """Return the first day of a period."""
        return self.ends[period + 1] + dt.timedelta(days=1)


def years_before(day: dt.date, years: int) -> dt.date:
    """Return the same day some years before; the last day of a month stays one.

    >>> years_before(dt.date(2024, 2, 29), 1), years_before(dt.date(2023, 2, 28), -1)
    (datetime.date(2023, 2, 28), datetime.date(2024, 2, 29))
    """
    year = day.year - years
    last = calendar.monthrange(year, day.month)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, day.month, last if is_last else min(day.day, last))


def last_months(reference: dt.date) -> Periods:
    """Return three periods of twelve months that end with the reference date.

    >>> last_months(dt.date(2026, 6, 30)).ends[1]
    datetime.date(2025, 6, 30)
    """
    return _ending(reference)


def closed_years(reference: dt.date, month: int) -> Periods:
    """Return the last three years that were closed on the reference date.

    Parameters
    ----------
    reference
        The reference date.
    month
        The month with which a year ends, 1 to 12.

    Examples
    --------
    >>> closed_years(dt.date(2026, 11, 26), 12).ends[0], closed_years(dt.date(2026, 9, 30), 9).ends[0]
    (datetime.date(2025, 12, 31), datetime.date(2026, 9, 30))
    """
    end = dt.date(reference.year, month, calendar.monthrange(reference.year, month)[1])
    return _ending(end if end <= reference else years_before(end, 1))


def _ending(day: dt.date) -> Periods:
    return Periods((day, years_before(day, 1), years_before(day, 2), years_before(day, 3)))
