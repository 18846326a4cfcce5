"""How likely a client is to be lost, by the days since its last purchase and how often it bought.

It never takes part in the score: it says whom to win back first. Plain days since
the last purchase tell those who come back from those who do not better than the
silence beyond a client's own interval, or the probability of being alive of
BG/NBD, does; how often a client bought makes them better still.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.classes import NONE, by_quota
from scoring.columns import Accounts
from scoring.portfolio import rank
from scoring.terms import STATUSES

__all__ = ["LEAST", "LEVELS", "LossRisk", "at_stake", "loss_risk", "risk_measure", "win_back"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.intp]

LEVELS: Final = ("high", "medium", "low")
LEAST: Final = 20
"""With fewer clients whose purchases are known, the measure says nothing."""
_SHARES: Final = np.array([0.2, 0.2, 0.6])


@dataclass(frozen=True, slots=True)
class LossRisk:
    """The loss risk of each account.

    Attributes
    ----------
    level
        Array of shape (n_accounts,): position in :data:`LEVELS`, -1 for none.
    buyers
        Bool array of shape (n_accounts,): clients with a purchase in the periods that are known.
    by_days
        Whether the days since the last purchase serve alone: purchase days are known for too few.
    """

    level: npt.NDArray[np.int16]
    buyers: Bools
    by_days: bool

    def unplaced(self) -> Bools:
        """Return the buyers without a level, where others have one."""
        none = self.level == NONE
        found: Bools = self.buyers & none & (not none.all())
        return found


def loss_risk(accounts: pd.DataFrame, on: dt.date, *, table: Accounts | None = None) -> LossRisk:
    """Return the loss risk of each client that bought in the periods that are known.

    Parameters
    ----------
    accounts
        One row an account, with those of ``status``, ``last_purchase``
        (datetime64), ``purchases`` (days with a purchase in the three periods),
        ``turnover``, ``turnover_1`` and ``turnover_2`` that are known.
    on
        The day of the scoring.
    table
        The same accounts, where their columns were read already.

    Notes
    -----
    The fifth of the clients with the highest :func:`risk_measure` are at high
    risk, the next fifth at medium, the rest at low; equal ones share the worse
    level. Where purchases are known for fewer than 20, the days serve alone, and
    below 20 clients nobody has a level. Who bought where purchases are unknown
    shows by a turnover above 0.

    Examples
    --------
    >>> days = pd.date_range("2026-11-29", periods=20, freq="-7D")
    >>> clients = pd.DataFrame({"status": "client", "last_purchase": days, "purchases": 10.0})
    >>> loss_risk(clients, dt.date(2026, 11, 29)).level.tolist()[11:]
    [2, 1, 1, 1, 1, 0, 0, 0, 0]
    """
    table = Accounts(accounts) if table is None else table
    purchases = table.numbers("purchases")
    now, before, first = table.turnovers()  # NaN is not above 0
    invoiced = (now > 0) | (before > 0) | (first > 0)
    is_client = table.status_codes() == STATUSES.index("client")
    buyers = is_client & np.where(np.isnan(purchases), invoiced, purchases > 0)
    nobody = np.full(len(accounts), NONE, dtype=np.int16)
    if "last_purchase" not in accounts:
        return LossRisk(nobody, buyers, by_days=False)
    days = _days_since(accounts["last_purchase"], on)
    measure = np.where(buyers, risk_measure(days, purchases), np.nan)
    by_days = np.count_nonzero(~np.isnan(measure)) < LEAST
    if by_days:
        measure = np.where(buyers, days, np.nan)
    if np.count_nonzero(~np.isnan(measure)) < LEAST:
        return LossRisk(nobody, buyers, by_days=False)
    return LossRisk(by_quota(rank(measure), _SHARES), buyers, by_days=bool(by_days))


def risk_measure(days: Floats, purchases: Floats) -> Floats:
    """Measure of the loss risk, the higher the likelier to be lost.

    Parameters
    ----------
    days
        Array of shape (n_accounts,): days since the last purchase, below 0 counting 0.
    purchases
        Array of shape (n_accounts,): days with a purchase in the three periods, > 0.

    Notes
    -----
    ln(1 + days) - ln(purchases), without the logarithm: the ratio has the same
    order, and no rounding between equal ones.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = (1 + np.maximum(days, 0.0)) / purchases
    return found


def at_stake(accounts: pd.DataFrame) -> Floats:
    """Return the larger turnover of the last two years of each account, 0 where none is known."""
    table = Accounts(accounts)
    largest: Floats = np.fmax(np.fmax(table.numbers("turnover"), table.numbers("turnover_1")), 0.0)
    return largest


def win_back(accounts: pd.DataFrame, level: npt.NDArray[np.integer]) -> Ints:
    """Return the accounts to win back: high risk before medium, each by the money at stake, largest first.

    Parameters
    ----------
    accounts
        As for :func:`loss_risk`, with ``account``, which settles ties.
    level
        As in :class:`LossRisk`.

    Returns
    -------
    Array of positions. Where no money is at stake there is nothing to win back.
    """
    stake = at_stake(accounts)
    found = np.flatnonzero((level >= 0) & (level < LEVELS.index("low")) & (stake > 0))
    codes = accounts["account"].astype(str).str.casefold().to_list()
    order = sorted(found.tolist(), key=lambda row: (level[row], -stake[row], codes[row], row))
    return np.array(order, dtype=np.intp)


def _days_since(last_purchase: pd.Series, on: dt.date) -> Floats:
    """Days since the last purchase, at least 0; NaN where it is unknown."""
    days = (pd.Timestamp(on) - pd.to_datetime(last_purchase).dt.normalize()).dt.days
    since: Floats = np.maximum(days.to_numpy(dtype=np.float64, na_value=np.nan), 0.0)
    return since
