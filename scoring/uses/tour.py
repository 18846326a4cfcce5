"""The tour plan: who is due for a visit, rep by rep, the most pressing first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.uses.call_cycles import Visited
from scoring.uses.capacity import Capacity
from scoring.uses.services import Service

__all__ = ["DUE_STATUSES", "PRESSING", "due_dates", "due_shares", "due_statuses", "tour"]

DUE_STATUSES: Final = ("never", "overdue", "due", "later")
"""No visit known; past the call cycle; at a good part of it; not yet."""
PRESSING: Final = DUE_STATUSES[:3]
"""Those whom a tour visits."""
_GROUPS: Final = np.array([0, 0, 1, 2])
"""Place of each status in the order of a tour: never and overdue come together."""
_EXACT: Final = 9
"""Decimals to which cycles and shares are compared: 0.7 * 100 is not quite 70."""
_LAST_DAY: Final = np.datetime64("9999-12-31", "D")

Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.datetime64]
Codes = npt.NDArray[np.intp]


def due_dates(last_visit: Days, cycle: Floats) -> Days:
    """Day by which the next visit is due: last visit + cycle, rounded half up to a day.

    Parameters
    ----------
    last_visit
        Array of shape (n,) of days, NaT where no visit is known.
    cycle
        Array of shape (n,): call cycle [days].

    Returns
    -------
    Array of shape (n,) of days; NaT where no visit is known, and beyond the
    year 9999.

    Examples
    --------
    >>> due_dates(np.array(["2026-10-01"], dtype="datetime64[D]"), np.array([365 / 12])).tolist()
    [datetime.date(2026, 10, 31)]
    """
    most = (_LAST_DAY - np.datetime64("1900-01-01", "D")).astype(np.int64)
    days = np.floor(np.minimum(np.round(cycle, _EXACT), 10.0 * most) + 0.5).astype(np.int64)
    due: Days = last_visit + days.astype("timedelta64[D]")
    due[due > _LAST_DAY] = np.datetime64("NaT", "D")
    return due


def due_shares(last_visit: Days, cycle: Floats, today: dt.date) -> Floats:
    """Share of the call cycle that has gone by: (today - last visit) / cycle; NaN where no visit is known.

    >>> last_visit = np.array(["2026-10-01"], dtype="datetime64[D]")
    >>> due_shares(last_visit, np.array([365 / 12]), dt.date(2026, 11, 29)).round(4).tolist()
    [1.9397]
    """
    gone = np.datetime64(today, "D") - last_visit
    days = np.where(np.isnat(gone), np.nan, gone.astype(np.float64))
    shares: Floats = days / cycle
    return shares


def due_statuses(share: Floats, due_from: float) -> Codes:
    """Positions among :data:`DUE_STATUSES`, array of shape (n,).

    Parameters
    ----------
    share
        Array of shape (n,): share of the cycle gone by, NaN where no visit is known.
    due_from
        Share from which a visit is due.

    Examples
    --------
    >>> due_statuses(np.array([np.nan, 1.01, 1.0, 0.7, 0.69]), 0.7).tolist()
    [0, 1, 2, 2, 3]
    """
    exact = np.round(share, _EXACT)
    with np.errstate(invalid="ignore"):
        pressing = [np.isnan(share), exact > 1, exact >= round(due_from, _EXACT)]
    return np.select(pressing, [0, 1, 2], default=3).astype(np.intp)


def tour(
    accounts: pd.DataFrame,
    results: pd.DataFrame,
    reps: pd.Series,
    visited: Visited,
    classes: Sequence[Service],
    capacity: Capacity,
    today: dt.date,
    due_from: float,
) -> pd.DataFrame:
    """Plan the tour of each rep.

    Parameters
    ----------
    accounts, results
        As :func:`scoring.assess` takes and gives them: ``account`` and
        ``last_visit``; ``class`` and ``score``.
    reps
        Rep of every account (:func:`scoring.uses.call_cycles.rep_names`).
    visited
        The accounts to be visited.
    classes
        The classes, best first.
    capacity
        Capacity of the reps, with the cycles that their choices give.
    today
        The day of the plan.
    due_from
        Share of the cycle from which a visit is due.

    Returns
    -------
    One row an account to be visited, by rep and order: rep, order (1..n
    within the rep), row (position of the account), account, class, target
    (bool), due_status (one of :data:`DUE_STATUSES`), share, last_visit,
    due_date (datetime64), cycle [days], minutes, score.

    Notes
    -----
    Overdue accounts and those never visited come first, then those due, then
    the others; inside these by class (``?`` last), then by share, never
    visited first, then by score, then by code.
    """
    rows = visited.rows
    at = pd.Index(capacity.table["rep"]).get_indexer(pd.Index(reps.iloc[rows]))
    cycle = capacity.cycles[at, visited.of]
    last_visit = _days(accounts, rows)
    share = due_shares(last_visit, cycle, today)
    status = due_statuses(share, due_from)
    codes = accounts["account"].to_numpy(dtype=object)[rows]
    score = results["score"].to_numpy(dtype=np.float64)[rows]
    keys = pd.factorize(np.array([str(code).casefold() for code in codes], dtype=object), sort=True)[0]
    shown = np.round(share, _EXACT)
    descending = np.where(np.isnan(shown), -np.inf, -shown)
    order = np.lexsort((keys, -score, descending, visited.own, _GROUPS[status], at))
    at = at[order]
    starts = np.flatnonzero(np.concatenate([[True], at[1:] != at[:-1]]))[: len(at)]
    lengths = np.diff(np.append(starts, len(at)))
    return pd.DataFrame(
        {
            "rep": reps.iloc[rows].to_numpy(dtype=object)[order],
            "order": np.arange(len(at)) - np.repeat(starts, lengths) + 1,
            "row": rows[order],
            "account": codes[order],
            "class": results["class"].astype(object).to_numpy()[rows][order],
            "target": visited.target[order],
            "due_status": np.array(DUE_STATUSES, dtype=object)[status[order]],
            "share": share[order],
            "last_visit": last_visit[order].astype("datetime64[s]"),
            "due_date": due_dates(last_visit, cycle)[order].astype("datetime64[s]"),
            "cycle": cycle[order],
            "minutes": visited.minutes(classes)[order],
            "score": score[order],
        }
    )


def _days(accounts: pd.DataFrame, rows: Codes) -> Days:
    if "last_visit" not in accounts:
        return np.full(len(rows), np.datetime64("NaT", "D"))
    days: Days = accounts["last_visit"].to_numpy()[rows].astype("datetime64[D]")
    return days
