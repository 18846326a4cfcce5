"""What a new rep has to know of a portfolio: how it stands, in what order, who sleeps, who may be lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.columns import Accounts
from scoring.forced import class_positions
from scoring.terms import UNKNOWN_CLASS
from scoring.trend import trend
from scoring.uses.effort import share
from scoring.uses.worklist import months_before

__all__ = [
    "FALLING",
    "RISKS",
    "SLEEP_MONTHS",
    "at_risk",
    "by_class",
    "in_class_order",
    "joint_trend",
    "sleeping",
    "turnover_by_year",
]

SLEEP_MONTHS: Final = 6
"""Months without purchase and visit after which an account of the best classes sleeps."""
FALLING: Final = -0.2
"""Trend below which an account is at risk [fraction a year]."""
RISKS: Final = ("risk", "falling", "lost", "dormant")
"""Loss risk high; trend below :data:`FALLING`; bought nothing this year; nothing in two."""
_BEST: Final = 2
"""Classes whose sleeping accounts are looked for."""
_TURNOVERS: Final = ("turnover", "turnover_1", "turnover_2")
_SCORE_DECIMALS: Final = 6

Bools = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


def in_class_order(accounts: pd.DataFrame, letters: Sequence[str]) -> Places:
    """Return the positions of the accounts by class (``?`` last), then by score, then by code."""
    places = _classes(accounts, letters)
    score = accounts["score"].to_numpy(dtype=np.float64, na_value=np.nan)
    descending = -np.round(np.nan_to_num(score, nan=-1.0), _SCORE_DECIMALS)
    codes = np.array([str(code).casefold() for code in accounts["account"]], dtype=str)
    return np.lexsort((codes, descending, places))


def by_class(accounts: pd.DataFrame, letters: Sequence[str]) -> pd.DataFrame:
    """Return how a portfolio stands, class by class.

    Returns
    -------
    One row a class, best first and ``?`` last, also those without accounts: class, accounts, turnover
    [currency, unknown ones adding nothing], share_accounts, share_turnover [fractions, NaN of nothing],
    trend [fraction a year] as of :func:`joint_trend`.
    """
    places = _classes(accounts, letters)
    names = [*letters, UNKNOWN_CLASS]
    turnover = np.nan_to_num(Accounts(accounts).numbers("turnover"))
    rows = pd.DataFrame(
        {
            "class": names,
            "accounts": np.bincount(places, minlength=len(names)),
            "turnover": np.bincount(places, weights=turnover, minlength=len(names)),
            "trend": [joint_trend(accounts[places == at]) for at in range(len(names))],
        }
    )
    for key in ("accounts", "turnover"):
        whole = pd.Series(float(rows[key].sum()), index=rows.index)
        rows[f"share_{key}"] = share(rows[key], whole)
    return rows


def joint_trend(accounts: pd.DataFrame) -> float:
    """Trend of some accounts taken together, over those whose three turnovers are known.

    Where none has three, over one year of those who have two; NaN where there is nothing to compare.

    >>> several = pd.DataFrame({"turnover": [60.0, 60, 9], "turnover_1": [40.0, 40, np.nan]})
    >>> joint_trend(several.assign(turnover_2=[40.0, 40, np.nan])).__round__(4)
    0.2667
    >>> joint_trend(several)
    0.4
    """
    columns = Accounts(accounts)
    years = np.array([np.maximum(columns.numbers(key), 0.0) for key in _TURNOVERS]).reshape(3, len(accounts))
    known = ~np.isnan(years)
    whole = known.all(axis=0)
    if not whole.any():
        whole = known[:2].all(axis=0)
        if not whole.any():
            return float("nan")
    sums = [np.array([year[whole].sum()]) for year in years]  # of the oldest year NaN where unknown
    return float(trend(*sums)[0])


def turnover_by_year(accounts: pd.DataFrame) -> list[float]:
    """Return the turnovers of this year and of the two before; NaN for a year of which nothing is known."""
    columns = Accounts(accounts)
    years = [columns.numbers(key) for key in _TURNOVERS]
    return [float(np.nansum(year)) if (~np.isnan(year)).any() else float("nan") for year in years]


def sleeping(accounts: pd.DataFrame, letters: Sequence[str], on: dt.date) -> tuple[Bools, Bools]:
    """Tell which accounts of the two best classes had neither purchase nor visit for six months.

    Parameters
    ----------
    accounts
        One row an account: ``class``, and where they are there ``status``, ``last_purchase`` and
        ``last_visit``.
    letters
        The classes, best first.
    on
        The day of the scoring.

    Returns
    -------
    asleep, unknown
        Bool arrays of shape (n_accounts,): those that sleep, and those of which nobody can tell, since
        one of the two dates is unknown and the other one is old or unknown. A prospect or suspect without
        a date of purchase has bought nothing.
    """
    limit = np.datetime64(months_before(on, SLEEP_MONTHS), "D")
    best = _classes(accounts, letters) < min(_BEST, len(letters))
    days = {key: _days(accounts, key) for key in ("last_purchase", "last_visit")}
    status = accounts["status"].to_numpy(dtype=object) if "status" in accounts else None
    never_buys = np.isin(np.array(status, dtype=object), ["prospect", "suspect"]) & np.isnat(
        days["last_purchase"]
    )
    recent = (days["last_purchase"] > limit) | (days["last_visit"] > limit)
    told = (~np.isnat(days["last_purchase"]) | never_buys) & ~np.isnat(days["last_visit"])
    return best & ~recent & told, best & ~recent & ~told


def at_risk(accounts: pd.DataFrame) -> Bools:
    """Tell why accounts may be lost.

    Parameters
    ----------
    accounts
        One row an account: ``risk``, ``state`` (keys) and ``trend`` [fraction a year].

    Returns
    -------
    Bool array of shape (n_accounts, 4), a column for each of :data:`RISKS`.
    """
    risk, state = (accounts[key].astype(object).to_numpy() for key in ("risk", "state"))
    falling = accounts["trend"].to_numpy(dtype=np.float64, na_value=np.nan) < FALLING
    return np.column_stack([risk == "high", falling, state == "lost", state == "dormant"]).astype(bool)


def _classes(accounts: pd.DataFrame, letters: Sequence[str]) -> Places:
    """Positions of the classes in force, the number of classes for ``?``."""
    places = class_positions(accounts["class"].astype(object), tuple(letters)).astype(np.intp)
    return np.where(places < 0, len(letters), places)


def _days(accounts: pd.DataFrame, key: str) -> npt.NDArray[np.datetime64]:
    if key not in accounts:
        return np.full(len(accounts), np.datetime64("NaT", "D"))
    days: npt.NDArray[np.datetime64] = accounts[key].to_numpy().astype("datetime64[D]")
    return days
