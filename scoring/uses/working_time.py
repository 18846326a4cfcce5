"""Working time: what lies between two moments, and the moment that lies so much of it ahead.

Everything counts in whole minutes. A moment's *position* is the number of
working minutes before it; a deadline and a time that has passed are both read
off positions, so that one rule says what working time is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["MINUTES_A_DAY", "WorkingTime"]

MINUTES_A_DAY = 24 * 60
_ORIGIN = np.datetime64("1970-01-01", "D")

Ints = npt.NDArray[np.int64]
Moments = npt.NDArray[np.datetime64]


class WorkingTime:
    """When a company works.

    Parameters
    ----------
    blocks
        Beginning and end of each stretch of work of a day [minutes since
        midnight, 0-1440], ascending; the end itself is no working minute.
    weekdays
        Days of the week on which it works, 0 for Monday.
    closed
        Holidays and own closing days.

    Raises
    ------
    ValueError
        If there is no block, no weekday, or if the blocks overlap or run
        backwards.

    Examples
    --------
    >>> office = WorkingTime([(510, 720), (810, 1050)], range(5))
    >>> friday = np.array(["2026-11-27T16:30"], dtype="datetime64[m]")
    >>> office.after(friday, np.array([480])).tolist()
    [datetime.datetime(2026, 11, 30, 17, 0)]
    """

    def __init__(
        self,
        blocks: Sequence[tuple[int, int]],
        weekdays: Collection[int],
        closed: Collection[dt.date] = (),
    ) -> None:
        edges = [0, *(edge for block in blocks for edge in block), MINUTES_A_DAY]
        if not blocks or edges != sorted(edges) or any(start == end for start, end in blocks):
            message = f"blocks of work follow one another within a day, unlike {list(blocks)}"
            raise ValueError(message)
        if not weekdays or not set(weekdays) <= set(range(7)):
            message = f"days of work are some of 0 to 6, unlike {sorted(weekdays)}"
            raise ValueError(message)
        self._starts = np.array([start for start, _ in blocks], dtype=np.int64)
        self._ends = np.array([end for _, end in blocks], dtype=np.int64)
        self._done = np.cumsum(self._ends - self._starts)
        self._calendar = np.busdaycalendar(
            weekmask=[day in weekdays for day in range(7)],
            holidays=np.array(sorted(closed), dtype="datetime64[D]"),
        )

    @property
    def minutes_a_day(self) -> int:
        """Working minutes of a whole day of work."""
        return int(self._done[-1])

    def positions(self, moments: Moments) -> Ints:
        """Working minutes before each moment, from a fixed origin on.

        Parameters
        ----------
        moments
            Array of shape (n,), in whole minutes or finer (what is finer is
            cut off), none missing.
        """
        minutes = moments.astype("datetime64[m]")
        days = minutes.astype("datetime64[D]")
        clock = (minutes - days).astype(np.int64)
        whole = np.busday_count(_ORIGIN, days, busdaycal=self._calendar).astype(np.int64)
        within = np.clip(clock[:, np.newaxis] - self._starts, 0, self._ends - self._starts).sum(axis=1)
        works = np.is_busday(days, busdaycal=self._calendar)
        return whole * self.minutes_a_day + np.where(works, within, 0)

    def at(self, positions: Ints) -> Moments:
        """Earliest moment that has so many working minutes before it: the end of a block, not the next one.

        Parameters
        ----------
        positions
            Array of shape (n,), as :meth:`positions` gives them.
        """
        days, rest = np.divmod(positions - 1, self.minutes_a_day)
        rest += 1  # 1 to a whole day, so that the last minute ends its own day
        block = np.searchsorted(self._done, rest, side="left")
        clock = self._ends[block] - (self._done[block] - rest)
        on = np.busday_offset(_ORIGIN, days, roll="forward", busdaycal=self._calendar)
        moments: Moments = on.astype("datetime64[m]") + clock.astype("timedelta64[m]")
        return moments

    def after(self, moments: Moments, minutes: Ints) -> Moments:
        """Moment that lies so many working minutes after another.

        Parameters
        ----------
        moments
            Array of shape (n,), none missing. One outside working time counts
            from its next beginning.
        minutes
            Array of shape (n,) [working minutes, > 0].

        Returns
        -------
        Array of shape (n,), datetime64[m]: in working time, or at the end of
        a block of it.
        """
        return self.at(self.positions(moments) + minutes)

    def between(self, start: Moments, end: Moments) -> Ints:
        """Working minutes from one moment to another; 0 where the other comes first."""
        passed: Ints = np.maximum(self.positions(end) - self.positions(start), 0)
        return passed

    def blocks_of(self, first: dt.date, last: dt.date) -> tuple[Moments, Moments, Ints]:
        """Return the blocks of work of a stretch of days, for formulas to look them up.

        Returns
        -------
        start, end, before
            Arrays of shape (n_blocks,): beginning and end (datetime64[m]),
            and the working minutes of this stretch before each.
        """
        days = np.arange(np.datetime64(first, "D"), np.datetime64(last, "D") + np.timedelta64(1, "D"))
        works = days[np.is_busday(days, busdaycal=self._calendar)].astype("datetime64[m]")[:, np.newaxis]
        start = (works + self._starts.astype("timedelta64[m]")).ravel()
        end = (works + self._ends.astype("timedelta64[m]")).ravel()
        lengths = (end - start).astype(np.int64)
        return start, end, np.cumsum(lengths) - lengths
