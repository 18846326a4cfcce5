"""Test on the past: what a score made from lines up to a day foresaw of the twelve months after it.

The same accounts are ordered by the score and by what anybody has without one:
turnover, days since the last purchase, how often a client bought. Only who does
better than those has earned its keep, and a score need not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.books.periods import years_before
from scoring.loss_risk import risk_measure
from scoring.model import Model
from scoring.trust.bootstrap import TOP, Interval, Order, auc, caught, interval, resampled

__all__ = [
    "CANDIDATES",
    "Backtest",
    "Figures",
    "as_then",
    "backtest",
    "best_of",
    "left_out",
    "measures",
    "purchases_around",
]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

CANDIDATES: Final = ("score", "turnover", "days", "purchases", "silence", "risk")
"""What may foresee who is lost: the score, and what needs none."""
_YEARS: Final = 3
"""Years of purchases that are known of each client."""


def left_out(model: Model, dated: Sequence[str]) -> list[str]:
    """Return the names of the criteria, and the reasons of the gates, that look at no dated column."""
    criteria = [one.name for one in model.criteria if one.column not in dated]
    return [*criteria, *(gate.reason for gate in model.gates if gate.column not in _gated(dated))]


def as_then(model: Model, dated: Sequence[str]) -> Model:
    """Return the model with what looks at dated columns alone.

    Parameters
    ----------
    model
        The company's model.
    dated
        Columns of which it is known what they held on the day of the test.
    """
    criteria = tuple(one for one in model.criteria if one.column in dated)
    gates = tuple(gate for gate in model.gates if gate.column in _gated(dated))
    return replace(model, criteria=criteria, gates=gates)


def _gated(dated: Sequence[str]) -> Sequence[str]:
    return (*dated, "status")


def purchases_around(sold: pd.DataFrame, on: dt.date) -> pd.DataFrame:
    """What each account bought before a day, and in the twelve months after it.

    Parameters
    ----------
    sold
        One row an account and day: ``account``, ``day`` (days since 1970-01-01), ``amount`` and ``bought``
        (whether there was a purchase, and not credit notes alone).
    on
        The day.

    Returns
    -------
    DataFrame
        Indexed by account: ``turnover`` (of the twelve months that end with the day) and ``after`` (of the
        twelve months after it), in the unit of the amounts; ``bought_after`` (bool); and of purchases up to
        the day ``last`` (days since 1970-01-01, NaN for none), ``purchases`` (days with one in the three
        years before) and ``interval`` (mean days between two, NaN with fewer than two).
    """
    day = sold["day"].to_numpy(np.int64)
    ends = {years: _number(years_before(on, years)) for years in (-1, 0, 1, _YEARS)}
    before = (day > ends[1]) & (day <= ends[0])
    after = (day > ends[0]) & (day <= ends[-1])
    bought = sold["bought"].to_numpy(bool)
    known = bought & (day <= ends[0])
    accounts = pd.Index(sorted(sold["account"].unique()), name="account")

    of_before, of_after = sold[before].groupby("account"), sold[after].groupby("account")
    days = sold[known].groupby("account")["day"]
    recent = sold[known & (day > ends[_YEARS])].groupby("account")["day"]
    bought_after = sold[after & bought].groupby("account")["day"].size()
    last = days.max().reindex(accounts).astype(np.float64)
    span, gaps = last - days.min().reindex(accounts), days.nunique().reindex(accounts) - 1
    return pd.DataFrame(
        {
            "turnover": of_before["amount"].sum().reindex(accounts, fill_value=0.0),
            "after": of_after["amount"].sum().reindex(accounts, fill_value=0.0),
            "bought_after": bought_after.reindex(accounts, fill_value=0) > 0,
            "last": last,
            "purchases": recent.nunique().reindex(accounts, fill_value=0),
            "interval": (span / gaps).where(gaps > 0),
        }
    )


def measures(around: pd.DataFrame, score: Floats, on: dt.date) -> dict[str, Floats]:
    """Measure of each candidate, the higher the likelier to be lost.

    Parameters
    ----------
    around
        Of :func:`purchases_around`, accounts that bought in the three years before.
    score
        Array of shape (n_accounts,) [0-100].
    on
        The day.

    Notes
    -----
    silence = days since the last purchase / days usual between two of the
    client's own; who bought once has the usual interval of the others, their
    median. The measure of loss risk is that of :func:`scoring.loss_risk.risk_measure`.
    """
    days = _number(on) - around["last"].to_numpy(np.float64)
    purchases = around["purchases"].to_numpy(np.float64)
    usual = around["interval"].to_numpy(np.float64)
    known = usual[~np.isnan(usual)]
    usual = np.where(np.isnan(usual), np.median(known) if len(known) else 1.0, usual)
    return {
        "score": -score,
        "turnover": -around["turnover"].to_numpy(np.float64),
        "days": days,
        "purchases": -purchases,
        "silence": days / usual,
        "risk": risk_measure(days, purchases),
    }


@dataclass(frozen=True, slots=True)
class Figures:
    """What orders foresaw of the year after.

    Attributes
    ----------
    caught
        Share of the year's turnover that the top fifth holds, by score and by plain turnover.
    gain
        The first less the second, draw by draw.
    auc
        Of each of :data:`CANDIDATES` for who buys nothing; empty where all or none do.
    lead
        Of each candidate: the area of the best less its own, draw by draw.
    """

    caught: Mapping[str, Interval]
    gain: Interval
    auc: Mapping[str, Interval]
    lead: Mapping[str, Interval]


@dataclass(frozen=True, slots=True)
class Backtest:
    """A test on the past.

    Attributes
    ----------
    around
        Of :func:`purchases_around`, the accounts that are tested.
    lost
        Bool array of shape (n_accounts,): who buys nothing in the year after.
    figures
        What was foreseen; None where nobody is tested.
    """

    around: pd.DataFrame
    lost: Bools
    figures: Figures | None


def backtest(sold: pd.DataFrame, score: pd.Series[float], on: dt.date, seed: int) -> Backtest:
    """Test a score on what came after the day that it is of.

    Parameters
    ----------
    sold
        As for :func:`purchases_around`.
    score
        Score by account as it was on the day [0-100], NaN where there was none.
    on
        The day.
    seed
        Of the draws of the bootstrap.

    Notes
    -----
    Tested are the accounts that had a score and had bought in the three years
    before: of others there is nothing to compare with. What was credited beyond
    what was sold in the year after counts 0.
    """
    around = purchases_around(sold, on)
    around["score"] = score.reindex(around.index)
    around = around[around["score"].notna() & (around["purchases"] > 0)]
    lost = ~around["bought_after"].to_numpy(bool)
    figures = _figures(around, lost, on, seed) if len(around) else None
    return Backtest(around, lost, figures)


def _figures(around: pd.DataFrame, lost: Bools, on: dt.date, seed: int) -> Figures:
    likely = measures(around, around["score"].to_numpy(np.float64), on)
    orders = {name: Order(measure) for name, measure in likely.items()}
    after = np.maximum(around["after"].to_numpy(np.float64), 0.0)
    best_first = {name: Order(-likely[name]) for name in ("score", "turnover")}
    asked = {f"caught_{name}": partial(caught, order, after) for name, order in best_first.items()}
    if lost.any() and not lost.all():
        asked |= {f"auc_{name}": partial(auc, order, lost) for name, order in orders.items()}
    found = resampled(asked, len(around), seed)
    of = {name: interval(*figure) for name, figure in found.items()}
    areas = {name: of[f"auc_{name}"] for name in CANDIDATES if f"auc_{name}" in of}
    best = best_of(areas)
    lead = {name: _less(found[f"auc_{best}"], found[f"auc_{name}"]) for name in areas}
    return Figures(
        {name: of[f"caught_{name}"] for name in best_first},
        _less(found["caught_score"], found["caught_turnover"]),
        areas,
        lead,
    )


def best_of(areas: Mapping[str, Interval]) -> str | None:
    """Return the candidate of the largest area, the first of equal ones; None where there is none."""
    return max(areas, key=lambda name: round(areas[name].value, 9), default=None)


def lift(share: float) -> float:
    """How many times as much the top fifth holds as a fifth picked by chance."""
    return share / TOP


def _less(one: tuple[float, Floats], other: tuple[float, Floats]) -> Interval:
    return interval(one[0] - other[0], one[1] - other[1])


def _number(day: dt.date) -> int:
    return (day - dt.date(1970, 1, 1)).days
