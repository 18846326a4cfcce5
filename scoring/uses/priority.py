"""Priority of a request: the class of who asks, what is asked, and how long it has waited.

importance is the position of the class, 1 for the best; base = importance +
urgency - 1, within P1 to P4; each full answer time of the class that has gone
by unanswered lifts it one step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.forced import class_positions
from scoring.terms import UNKNOWN_CLASS
from scoring.uses.working_time import WorkingTime

__all__ = ["HIGHEST", "LOWEST", "URGENCIES", "answer_minutes", "importance", "prioritise", "unknown_position"]

HIGHEST, LOWEST = 1, 4
"""P1 and P4."""
URGENCIES: Final = (1, 2, 3)
"""High, normal, low."""
_NORMAL: Final = 2.0
_ANSWER_FACTORS: Final = np.array([np.nan, 0.5, 1.0, 2.0])
"""Of the answer time of the class, by urgency: what is urgent is answered in half the time."""

Floats = npt.NDArray[np.float64]


def unknown_position(n_classes: int) -> int:
    """Position of the class as which ``?`` counts: the second last, but never the best one of several.

    >>> [unknown_position(n) for n in (1, 2, 3, 4)]
    [0, 1, 1, 2]
    """
    return min(max(n_classes - 2, 1), n_classes - 1)


def importance(classes: pd.Series, letters: Sequence[str]) -> Floats:
    """Position of the class of each account, from 1 for the best.

    Parameters
    ----------
    classes
        Series of shape (n,): letters, or ``"?"``.
    letters
        Letters of the classes, best first.

    Returns
    -------
    Array of shape (n,), NaN for what is no class.

    Examples
    --------
    >>> importance(pd.Series(["A", "d", "?", "X"]), ("A", "B", "C", "D")).tolist()
    [1.0, 4.0, 3.0, nan]
    """
    positions = class_positions(classes, tuple(letters)).astype(np.float64) + 1
    positions[positions == 0] = np.nan
    unknown = classes.astype(object).map(lambda letter: str(letter).strip() == UNKNOWN_CLASS)
    positions[unknown.to_numpy(dtype=bool)] = unknown_position(len(letters)) + 1
    return positions


def answer_minutes(hours: Floats, urgency: Floats) -> Floats:
    """Time in which a request is to be answered [working minutes, whole].

    Parameters
    ----------
    hours
        Array of shape (n,): answer time of the class [working hours], NaN or
        0 for none.
    urgency
        Array of shape (n,): 1, 2 or 3, NaN where unknown.

    Returns
    -------
    Array of shape (n,), NaN where there is none. Never under a minute.

    Examples
    --------
    >>> answer_minutes(np.array([8.0, 8, 8, 0]), np.array([1.0, 2, 3, 1])).tolist()
    [240.0, 480.0, 960.0, nan]
    """
    factors = _ANSWER_FACTORS[np.nan_to_num(urgency).astype(np.int64)]
    with np.errstate(invalid="ignore"):
        return np.where(hours > 0, np.maximum(np.floor(hours * factors * 60 + 0.5), 1), np.nan)


def prioritise(
    requests: pd.DataFrame,
    letters: Sequence[str],
    answer_hours: Floats,
    working: WorkingTime | None,
    now: dt.datetime,
) -> pd.DataFrame:
    """Give each request its priority, the time by which to answer, and whether that has passed.

    Parameters
    ----------
    requests
        One row a request: ``class`` (letter or ``"?"``, missing for an
        unknown account), ``urgency`` (1, 2 or 3, missing for an unknown kind
        of request), ``received`` and ``answered`` (moments, may be missing).
    letters
        Letters of the classes, best first.
    answer_hours
        Array of shape (n_classes,): answer time of each class [working
        hours], NaN or 0 for none.
    working
        When the company works; None where nobody knows: nothing is due then, and nothing waits.
    now
        The clock.

    Returns
    -------
    DataFrame with the index of the requests: ``priority`` (Int64, 1 to 4,
    missing where the class or the urgency is), ``answer_by`` (datetime64[s],
    missing where there is no answer time or no moment of receipt), ``late``
    (boolean, missing where there is no answer_by): answered, or still open,
    after it.

    Notes
    -----
    A request without a moment of receipt has not waited. One from the future
    has not either. The end of the waiting is the answer, else the clock.
    """
    position = importance(requests["class"], letters)
    urgency = requests["urgency"].to_numpy(dtype=np.float64, na_value=np.nan)
    base = np.clip(position + urgency - 1, HIGHEST, LOWEST)
    known = ~np.isnan(base)
    place = np.where(np.isnan(position), 1, position).astype(np.int64) - 1
    hours = np.where(known, np.asarray(answer_hours, dtype=np.float64)[place], np.nan)
    received = _minutes(requests["received"])
    answered = _minutes(requests["answered"])
    ended = np.where(np.isnat(answered), np.datetime64(now, "m"), answered)

    timed = known & (hours > 0) & ~np.isnat(received)
    steps = np.zeros(len(requests))
    answer_by = np.full(len(requests), np.datetime64("NaT", "m"), dtype="datetime64[m]")
    if working is None:
        timed &= False
    else:
        start, stop = received[timed], ended[timed]
        full = answer_minutes(hours[timed], np.full(int(timed.sum()), _NORMAL)).astype(np.int64)
        steps[timed] = working.between(start, stop) // full
        minutes = answer_minutes(hours[timed], urgency[timed]).astype(np.int64)
        answer_by[timed] = working.after(start, minutes)

    late = pd.array(ended > answer_by, dtype="boolean")
    late[~timed] = pd.NA
    priority = np.where(known, np.maximum(base - steps, HIGHEST), np.nan)
    return pd.DataFrame(
        {
            "priority": pd.array(priority, dtype="Float64").astype("Int64"),
            "answer_by": answer_by.astype("datetime64[s]"),
            "late": late,
        },
        index=requests.index,
    )


def _minutes(moments: pd.Series) -> npt.NDArray[np.datetime64]:
    """Moments as whole minutes."""
    return pd.to_datetime(moments).to_numpy(dtype="datetime64[s]").astype("datetime64[m]")
