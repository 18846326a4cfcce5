"""The days of a tour: who is visited when, each day in one area."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.text import fold
from scoring.uses.tour import PRESSING

__all__ = ["WEEKDAYS", "WEEKS", "place", "visit_days"]

WEEKDAYS: Final = (0, 1, 2, 3, 4)
"""Monday to Friday."""
WEEKS: Final = 2
"""Calendar weeks that a plan covers."""
_FAR: Final = 4
"""Nearness of those that are not near at all; 0 is nearest."""

Codes = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]


def visit_days(
    today: dt.date,
    per_week: float,
    closed: Collection[dt.date] = (),
    weekdays: Collection[int] = WEEKDAYS,
    weeks: int = WEEKS,
) -> list[dt.date]:
    """Days on which visits are made: the first working days of each week.

    Parameters
    ----------
    today
        The weeks are those from the first Monday on or after it.
    per_week
        Visit days of a week.
    closed
        Days on which nobody works.
    weekdays
        Days of the week on which people work, 0 for Monday.
    weeks
        Number of weeks.

    Examples
    --------
    >>> days = visit_days(dt.date(2026, 11, 29), 2, {dt.date(2026, 12, 1)})
    >>> [str(day) for day in days]
    ['2026-11-30', '2026-12-02', '2026-12-07', '2026-12-08']
    """
    monday = today + dt.timedelta(days=-today.weekday() % 7)
    found: list[dt.date] = []
    for week in range(weeks):
        days = [monday + dt.timedelta(weeks=week, days=day) for day in sorted(weekdays)]
        found += [day for day in days if day not in closed][: int(per_week)]
    return found


def place(tour: pd.DataFrame, days: Sequence[dt.date], per_day: float, today: dt.date) -> pd.DataFrame:
    """Place the accounts of a tour on days.

    An account with a planned date from today on stands on that date alone,
    first in the day. What room a visit day has left is filled from those that
    are overdue, never visited or due. What stands first in a day - its first
    planned account, else the first in order that is not yet placed - gives
    the day its area: the nearest to it come, and nobody from elsewhere.

    Parameters
    ----------
    tour
        As :func:`scoring.uses.tour.tour` gives it, with the columns town,
        postcode, sector (texts, missing where unknown) and planned
        (datetime64, missing for none).
    days
        The visit days, ascending.
    per_day
        Visits that a day has room for.
    today
        A planned date before it counts as none.

    Returns
    -------
    One row a visit, by rep, date and slot: date (datetime64), slot (1..n in
    the day of the rep), place (position in the tour), beyond (bool: more
    planned than the day has room for), off (bool: planned on what is no visit
    day).

    Notes
    -----
    Nearness: same town and same first two characters of the postcode; same
    sector and same first three; same sector; same first two. A blank matches
    nothing. With an opener that has no town, postcode or sector the next in
    order fill the day.
    """
    areas = _Areas(tour)
    planned = _planned(tour, today)
    visits: list[tuple[dt.date, int, int, bool, bool]] = []
    pressing = tour["due_status"].isin(PRESSING).to_numpy(dtype=bool) & np.isnat(planned)
    for rep in _runs(tour["rep"]):
        visits += _place_rep(rep, areas, planned[rep], pressing[rep], days, int(per_day))
    dates, slots, places, beyond, off = zip(*visits, strict=True) if visits else ((), (), (), (), ())
    return pd.DataFrame(
        {
            "date": np.array(dates, dtype="datetime64[s]"),
            "slot": np.array(slots, dtype=np.int64),
            "place": np.array(places, dtype=np.intp),
            "beyond": np.array(beyond, dtype=bool),
            "off": np.array(off, dtype=bool),
        }
    )


def _place_rep(
    rep: slice,
    areas: _Areas,
    planned: npt.NDArray[np.datetime64],
    pressing: Bools,
    days: Sequence[dt.date],
    per_day: int,
) -> list[tuple[dt.date, int, int, bool, bool]]:
    """Days of one rep, whose accounts stand in the tour one after the other, in their order."""
    on: dict[dt.date, list[int]] = {}
    for place in np.flatnonzero(~np.isnat(planned)).tolist():
        on.setdefault(planned[place].item(), []).append(rep.start + place)
    free = pressing.copy()
    filled: dict[dt.date, list[int]] = {}
    for day in days:
        room = per_day - len(on.get(day, ()))
        waiting = np.flatnonzero(free) + rep.start
        if room <= 0 or not len(waiting):
            continue
        opener = on[day][0] if day in on else int(waiting[0])
        chosen = areas.nearest(opener, waiting)[:room]
        free[chosen - rep.start] = False
        filled[day] = chosen.tolist()
    return [
        (day, slot, place, slot > per_day, place in fixed and day not in days)
        for day in sorted({*on, *filled})
        for fixed in [on.get(day, [])]
        for slot, place in enumerate([*fixed, *filled.get(day, [])], start=1)
    ]


class _Areas:
    """Towns, postcodes and sectors as numbers, -1 for a blank."""

    def __init__(self, tour: pd.DataFrame) -> None:
        town, postcode, sector = (_texts(tour, key) for key in ("town", "postcode", "sector"))
        two, three = (_beginnings(postcode, length) for length in (2, 3))
        self._keys = (
            _numbered([town, two]),
            _numbered([sector, three]),
            _numbered([sector]),
            _numbered([two]),
        )
        self._nowhere = np.array(
            [not any(texts) for texts in zip(town, postcode, sector, strict=True)], dtype=bool
        )

    def nearest(self, opener: int, waiting: Codes) -> Codes:
        """Those that fill the day of an opener, the nearest first, in their order where equally near."""
        if self._nowhere[opener]:
            return waiting
        nearness = np.full(len(waiting), _FAR)
        for rank in range(_FAR - 1, -1, -1):
            keys = self._keys[rank]
            if keys[opener] >= 0:
                nearness[keys[waiting] == keys[opener]] = rank
        nearness[waiting == opener] = -1  # even where it matches nothing, itself included
        order = np.argsort(nearness, kind="stable")
        return waiting[order[: np.count_nonzero(nearness < _FAR)]]


def _texts(tour: pd.DataFrame, key: str) -> list[str]:
    if key not in tour:
        return [""] * len(tour)
    return [fold(text) if isinstance(text, str) else "" for text in tour[key].tolist()]


def _beginnings(postcodes: Sequence[str], length: int) -> list[str]:
    """First characters of postcodes; blank for one that has fewer."""
    return [code[:length] if len(code) >= length else "" for code in postcodes]


def _numbered(columns: Sequence[Sequence[str]]) -> Codes:
    """Number equal rows of texts alike; -1 for one with a blank."""
    numbers: dict[tuple[str, ...], int] = {}
    return np.array(
        [
            numbers.setdefault(texts, len(numbers)) if all(texts) else -1
            for texts in zip(*columns, strict=True)
        ],
        dtype=np.intp,
    )


def _planned(tour: pd.DataFrame, today: dt.date) -> npt.NDArray[np.datetime64]:
    """Dates that people planned from today on, NaT for all others."""
    if "planned" not in tour:
        return np.full(len(tour), np.datetime64("NaT", "D"))
    dates = tour["planned"].to_numpy().astype("datetime64[D]")
    dates[dates < np.datetime64(today, "D")] = np.datetime64("NaT", "D")
    return dates


def _runs(reps: pd.Series) -> list[slice]:
    """Spans of the rows of one rep."""
    names = reps.to_numpy(dtype=object)
    starts = np.flatnonzero(np.concatenate([[True], names[1:] != names[:-1]]))[: len(names)].tolist()
    return [slice(start, end) for start, end in itertools.pairwise([*starts, len(names)])]
