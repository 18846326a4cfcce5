"""What steers a sales force: growth, visits that are needed and late, money overdue, share of wallet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.columns import Accounts
from scoring.uses.call_cycles import base_cycles, visited
from scoring.uses.services import Service

__all__ = ["growth", "late_visits", "needed_visits", "overdue_money", "share_of_wallet"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def growth(turnover: Floats, turnover_1: Floats) -> float:
    """Turnover against last year's, over the accounts of which both are known [fraction].

    NaN where there was none last year.

    >>> growth(np.array([110.0, 50, np.nan]), np.array([100.0, 50, 900])).__round__(4)
    0.0667
    """
    known = ~np.isnan(turnover) & ~np.isnan(turnover_1)
    now, before = float(turnover[known].sum()), float(turnover_1[known].sum())
    return now / before - 1 if before > 0 else float("nan")


def share_of_wallet(accounts: pd.DataFrame) -> Floats:
    """Share of wallet of each account [fraction], as :func:`scoring.wallet.wallet_share` says.

    >>> bought = pd.DataFrame({"turnover": [30.0, -5, 10], "potential": [60.0, 10, 0]})
    >>> share_of_wallet(bought).tolist()
    [0.5, 0.0, nan]
    """
    return Accounts(accounts).numbers("share_of_wallet")


def overdue_money(accounts: pd.DataFrame) -> tuple[Floats, Floats]:
    """Return what each account owes, and what of it is past due; a credit is no debt, and 0.

    Returns
    -------
    Two arrays of shape (n_accounts,) [currency], 0 where unknown.
    """
    table = Accounts(accounts)
    open_amount, overdue = (np.fmax(table.numbers(key), 0.0) for key in ("open_amount", "overdue"))
    return open_amount, overdue


def needed_visits(accounts: pd.DataFrame, letters: pd.Series, classes: Sequence[Service]) -> Floats:
    """Visits a year that each account is to get: those of its class, for targets at least some.

    Parameters
    ----------
    accounts, letters, classes
        As for :func:`scoring.uses.call_cycles.visited`.

    Returns
    -------
    Array of shape (n_accounts,), 0 for those whom nobody visits.

    Examples
    --------
    >>> services = [Service("A", visits=12), Service("D", visits=0)]
    >>> both = pd.DataFrame({"account": ["1", "2"]})
    >>> needed_visits(both, pd.Series(["A", "D"]), services).tolist()
    [12.0, 0.0]
    """
    found = visited(accounts, letters, classes)
    needed = np.zeros(len(accounts))
    needed[found.rows] = found.visits(classes)
    return needed


def late_visits(
    accounts: pd.DataFrame, letters: pd.Series, classes: Sequence[Service], on: dt.date, n_best: int
) -> pd.DataFrame:
    """Return the accounts of the best classes whose visit is late, or of whom none is known.

    Parameters
    ----------
    accounts, letters, classes
        As for :func:`scoring.uses.call_cycles.visited`, with ``last_visit`` (datetime64).
    on
        The day.
    n_best
        Number of classes that are looked at, from the best on.

    Returns
    -------
    Rows (positions among the accounts) and days (since the visit was due, NaN
    where none is known), by class, then those without a visit, then the
    largest share of the call cycle gone by.
    """
    found = visited(accounts, letters, classes)
    last = accounts["last_visit"] if "last_visit" in accounts else pd.Series(pd.NaT, index=accounts.index)
    since = (pd.Timestamp(on) - pd.to_datetime(last).dt.normalize()).dt.days
    days = since.to_numpy(dtype=np.float64, na_value=np.nan)[found.rows]
    cycle = base_cycles(classes)[found.of]
    late = (found.own < n_best) & (np.isnan(days) | (days > cycle))
    table = pd.DataFrame(
        {
            "row": found.rows,
            "days": days - cycle,
            "own": found.own,
            "share": -np.nan_to_num(days / cycle, nan=np.inf),
            "code": accounts["account"].astype(str).str.casefold().to_numpy(dtype=object)[found.rows],
        }
    )[late]
    ordered = table.sort_values(["own", "share", "code"], kind="stable")
    return ordered[["row", "days"]].reset_index(drop=True)
