"""The yearly review of a scoring: what has aged, who fell out of sight, who moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.forced import forced_classes
from scoring.terms import UNKNOWN_CLASS

__all__ = [
    "age_in_months",
    "class_matrix",
    "classes_at",
    "forced_ending",
    "without_purchase",
]

Bools = npt.NDArray[np.bool_]

DAYS_A_MONTH: Final = 365.25 / 12


def age_in_months(day: dt.date, on: dt.date) -> float:
    """Return how old something is [months], 0 for a day to come.

    >>> round(age_in_months(dt.date(2025, 11, 29), dt.date(2026, 11, 29)), 1)
    12.0
    """
    return max((on - day).days, 0) / DAYS_A_MONTH


def without_purchase(accounts: pd.DataFrame) -> Bools:
    """Clients who bought nothing in the last period: turnover known, and 0 or a net credit note.

    Parameters
    ----------
    accounts
        One row an account: ``status``, and ``turnover`` where it is there.
    """
    if "turnover" not in accounts or "status" not in accounts:
        return np.zeros(len(accounts), dtype=bool)
    turnover = accounts["turnover"].to_numpy(dtype=np.float64, na_value=np.nan)
    clients: Bools = (accounts["status"].astype(object) == "client").to_numpy() & (turnover <= 0)
    return clients


def forced_ending(accounts: pd.DataFrame, letters: tuple[str, ...], on: dt.date, days: int = 60) -> Bools:
    """Accounts whose forced class is in force and ends within some days.

    Parameters
    ----------
    accounts
        With ``forced``, ``forced_reason`` and ``forced_until`` where they are there.
    letters
        Letters of the classes, best first.
    on, days
        The day of the review, and how far it looks ahead [days].
    """
    forced, _ = forced_classes(accounts, letters, on)
    if "forced_until" not in accounts:
        return np.zeros(len(accounts), dtype=bool)
    until = pd.to_datetime(accounts["forced_until"]).to_numpy()
    ending: Bools = (forced >= 0) & (until <= np.datetime64(on + dt.timedelta(days=days)))
    return ending


def classes_at(history: pd.DataFrame, day: dt.date) -> Mapping[str, str]:
    """Return the class that each account had on a day, by its folded code.

    Parameters
    ----------
    history
        Rows of the history in their order: ``account`` (text), ``date``
        (datetime64) and ``class`` (letter).
    day
        The last row up to it counts; an account without one is not there.
    """
    until = history[history["date"] <= pd.Timestamp(day)].sort_values("date", kind="stable")
    last = until.groupby(until["account"].str.casefold())["class"].last()
    return {str(code): str(letter) for code, letter in last.items()}


def class_matrix(accounts: pd.DataFrame, before: Mapping[str, str], letters: Sequence[str]) -> pd.DataFrame:
    """Return how many accounts moved from which class to which, and their turnover.

    Parameters
    ----------
    accounts
        One row an account: ``account``, ``class``, and ``turnover`` where it is there.
    before
        The class of then by folded code; accounts without one are left out.
    letters
        Letters of the classes, best first; ``?`` and letters of old come last.

    Returns
    -------
    One row a pair of classes that occurs, best class of then first: before, now,
    accounts, turnover [currency, unknown ones adding nothing].
    """
    ranks = {letter: rank for rank, letter in enumerate([*letters, UNKNOWN_CLASS])}
    moved = pd.DataFrame(
        {
            "before": accounts["account"].str.casefold().map(before),
            "now": accounts["class"].astype(object),
            "accounts": 1,
            "turnover": accounts["turnover"].fillna(0.0) if "turnover" in accounts else 0.0,
        }
    ).dropna(subset=["before"])
    found = moved.groupby(["before", "now"], as_index=False)[["accounts", "turnover"]].sum()
    return found.sort_values(
        ["before", "now"],
        key=lambda column: column.map(lambda letter: (ranks.get(letter, len(ranks)), letter)),
    ).reset_index(drop=True)
