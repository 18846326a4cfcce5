"""Sales effort: the hours that go to each class beside what each class brings.

The recommended effort of a class is a number of visits a year and their
length; what was done are the visits of the last 12 months. Neither is a
judgement: the two stand side by side, and large gaps are listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.forced import class_positions
from scoring.terms import UNKNOWN_CLASS
from scoring.text import fold
from scoring.uses.call_cycles import rep_names
from scoring.uses.services import Service, of_classes

__all__ = ["effort", "effort_by_class", "efforts", "misallocated", "rep_order", "share", "sums"]

Floats = npt.NDArray[np.float64]

MINUTES_AN_HOUR: Final = 60.0
_MEASURES: Final = ("accounts", "recommended", "done", "hours_recommended", "hours_done", "turnover")
_LEAST_RECOMMENDED: Final = 2.0
"""Visits a year below which nobody is visited too rarely."""
_LEAST_SURPLUS: Final = 2.0
"""Visits a year beyond those recommended from which an account may be visited too often."""


def efforts(accounts: pd.DataFrame, services: Sequence[Service]) -> pd.DataFrame:
    """Return what each account is to get and has got.

    Parameters
    ----------
    accounts
        One row an account: ``class``, and where they are there ``rep``, ``visits``
        (of the last 12 months) and ``turnover``; missing where unknown.
    services
        Best class first.

    Returns
    -------
    One row an account, under the same index: rep (``""`` for none), place (of the
    class, behind the last one for ``?``), accounts (1), recommended and done
    [visits a year; done is NaN where unknown], hours_recommended and hours_done
    [hours a year; NaN where a visit takes nobody knows how long, as one to an
    account of class ``?`` does], turnover [currency, 0 where unknown].
    """
    letters = tuple(one.letter for one in services)
    places = class_positions(accounts["class"].astype(object), letters).astype(np.intp)
    minutes = of_classes(places, services, "minutes")
    recommended = of_classes(places, services, "visits")
    done = _numbers(accounts, "visits")
    return pd.DataFrame(
        {
            "rep": rep_names(accounts),
            "place": np.where(places < 0, len(letters), places),
            "accounts": 1,
            "recommended": recommended,
            "done": done,
            "hours_recommended": _hours(recommended, minutes),
            "hours_done": _hours(done, minutes),
            "turnover": np.nan_to_num(_numbers(accounts, "turnover")),
        },
        index=accounts.index,
    )


def _hours(visits: Floats, minutes: Floats) -> Floats:
    """Hours of some visits; no visit takes no time, however long it would be."""
    return np.where(visits == 0, 0.0, visits * minutes / MINUTES_AN_HOUR)


def effort(accounts: pd.DataFrame, services: Sequence[Service]) -> pd.DataFrame:
    """Return the effort of each rep on each class.

    Parameters
    ----------
    accounts, services
        As of :func:`efforts`.

    Returns
    -------
    One row a rep and class that has accounts, by rep (none last), then class
    (``?`` last): rep, class, accounts, recommended, done, hours_recommended,
    hours_done, turnover, share_hours_done and share_turnover. The shares are of
    all that the rep did and of the turnover of all of the rep's accounts
    [fractions], NaN of nothing.

    Notes
    -----
    An account whose visits are unknown adds nothing to what was done; what is
    unknown of all accounts of a row is NaN, never 0.
    """
    found = sums(efforts(accounts, services), ["rep", "place"])
    found = found.sort_values(["rep", "place"], key=rep_order)
    of_rep = found.groupby("rep")[["hours_done", "turnover"]].transform("sum")
    return _with_shares(found, of_rep, services)


def effort_by_class(accounts: pd.DataFrame, services: Sequence[Service]) -> pd.DataFrame:
    """Return the effort of all reps together on each class, as :func:`effort` does for one."""
    found = sums(efforts(accounts, services), ["place"]).sort_values("place")
    whole = found[["hours_done", "turnover"]].sum().to_frame().T
    return _with_shares(found, whole.loc[whole.index.repeat(len(found))].set_index(found.index), services)


def sums(rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return the sums of all measures of some efforts, a row a group: NaN where none is known."""
    return rows.groupby(list(by), as_index=False, sort=False)[list(_MEASURES)].sum(min_count=1)


def _with_shares(found: pd.DataFrame, whole: pd.DataFrame, services: Sequence[Service]) -> pd.DataFrame:
    letters = np.array([*(one.letter for one in services), UNKNOWN_CLASS], dtype=object)
    return found.assign(
        **{
            "class": letters[found["place"].to_numpy(dtype=np.intp)],
            "share_hours_done": share(found["hours_done"], whole["hours_done"]),
            "share_turnover": share(found["turnover"], whole["turnover"]),
        }
    ).reset_index(drop=True)


def share(parts: pd.Series, wholes: pd.Series) -> Floats:
    """Return parts of wholes [fractions]; NaN of nothing, and of less than nothing."""
    whole = wholes.to_numpy(dtype=np.float64)
    shares: Floats = np.full(len(whole), np.nan)
    np.divide(parts.to_numpy(dtype=np.float64), whole, out=shares, where=whole > 0)
    return shares


def misallocated(accounts: pd.DataFrame, services: Sequence[Service]) -> pd.DataFrame:
    """Return the accounts that get far less or far more visits than their class is to get.

    Parameters
    ----------
    accounts, services
        As of :func:`efforts`, with ``account``.

    Returns
    -------
    One row an account: account, class, recommended, done, gap (done less
    recommended) [visits a year], and kind: ``"under"`` where less than half was
    done of two visits or more, ``"over"`` where half as much again was done and
    two visits at least. Under first, then by class (best first), then by the size
    of the gap, then by account. The index is that of the accounts.

    Notes
    -----
    Neither an account of class ``?``, of which nothing is recommended, nor one
    whose visits are unknown is listed.
    """
    of_accounts = efforts(accounts, services)
    classed = of_accounts["place"] < len(services)
    recommended, done = of_accounts["recommended"], of_accounts["done"]
    under = classed & (recommended >= _LEAST_RECOMMENDED) & (done < recommended / 2)
    over = classed & (done > 1.5 * recommended) & (done - recommended >= _LEAST_SURPLUS)
    found = accounts[["account", "class"]].assign(
        recommended=recommended,
        done=done,
        gap=done - recommended,
        kind=np.where(under, "under", "over"),
        place=of_accounts["place"],
        size=(done - recommended).abs(),
    )[under | over]
    order = found.assign(over=found["kind"] == "over", code=found["account"].str.casefold())
    order = order.sort_values(["over", "place", "size", "code"], ascending=[True, True, False, True])
    return order[["account", "class", "recommended", "done", "gap", "kind"]]


def rep_order(column: pd.Series) -> pd.Series:
    """Return what reps are sorted by: their names whatever their case, none last; other columns as are."""
    if column.name != "rep":
        return column
    names = sorted(column.unique(), key=lambda rep: (rep == "", fold(rep)))
    return column.map({name: rank for rank, name in enumerate(names)})


def _numbers(accounts: pd.DataFrame, column: str) -> Floats:
    if column not in accounts:
        return np.full(len(accounts), np.nan)
    numbers: Floats = accounts[column].to_numpy(dtype=np.float64, na_value=np.nan)
    return numbers
