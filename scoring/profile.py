"""What kind of client an account is, beside its class: new, volatile, loyal or dormant.

So that the small, loyal client of old and the large, volatile one stay visible.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.columns import Accounts

__all__ = ["PROFILES", "profile"]

Floats = npt.NDArray[np.float64]

PROFILES: Final = ("dormant", "new", "volatile", "loyal")
"""The first one that fits an account is its profile."""
_VOLATILE: Final = 0.75
"""Standard deviation over mean of the three turnovers beyond which a client is volatile."""


def profile(
    accounts: pd.DataFrame, period_end: dt.date, *, table: Accounts | None = None
) -> npt.NDArray[np.object_]:
    """Return the profile of each account, None for none and where its purchases are unknown.

    Parameters
    ----------
    accounts
        One row an account, with those of ``turnover``, ``turnover_1``,
        ``turnover_2``, ``first_purchase`` and ``purchases`` (days with a purchase in
        the three periods) that are known; missing where unknown.
    period_end
        Last day of the last period, which is 12 months long.
    table
        The same accounts, where their columns were read already.

    Returns
    -------
    Array of shape (n_accounts,) of keys of :data:`PROFILES`.

    Notes
    -----
    dormant: nothing in the last period, something in an earlier one. new: first
    purchase in the last period, and the turnover of the one before known.
    volatile: population standard deviation over mean of the three turnovers above
    0.75, where all are known and the mean is above 0. loyal: turnover above 0 in
    each period, and as many purchase days as the median of the accounts that have
    any, or more. Negative turnovers (credit notes) count as 0.
    """
    table = Accounts(accounts) if table is None else table
    purchases = table.numbers("purchases")
    known = ~np.isnan(purchases)
    if not known.any():
        return np.full(len(accounts), None, dtype=object)
    # NaN compares as false: an unknown turnover is neither 0 nor above it.
    now, before, first = (np.where(one < 0, 0.0, one) for one in table.turnovers())
    three = np.stack([now, before, first])
    mean = three.mean(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = three.std(axis=0) / mean
    fits = (
        (now == 0) & ((before > 0) | (first > 0)),
        _bought_first_since(accounts, period_end) & ~np.isnan(before),
        (mean > 0) & (spread > _VOLATILE),
        (three > 0).all(axis=0) & (purchases >= _median(purchases)),
    )
    places = np.select([known & one for one in fits], list(range(len(PROFILES))), default=len(PROFILES))
    names: npt.NDArray[np.object_] = np.array([*PROFILES, None], dtype=object)[places]
    return names


def _bought_first_since(accounts: pd.DataFrame, period_end: dt.date) -> npt.NDArray[np.bool_]:
    if "first_purchase" not in accounts:
        return np.zeros(len(accounts), dtype=bool)
    begin = pd.Timestamp(period_end) - pd.DateOffset(years=1)
    return (pd.to_datetime(accounts["first_purchase"]) > begin).to_numpy()


def _median(purchases: Floats) -> float:
    buyers = purchases[purchases > 0]
    return float(np.median(buyers)) if len(buyers) else np.inf
