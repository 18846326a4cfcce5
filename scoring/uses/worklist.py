"""The worklist of the core: what is unknown or stale of the few accounts that make most of the turnover."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.measured import Measured
from scoring.terms import MADE_OF

__all__ = ["months_before", "progress", "stale", "unknown_criteria", "worklist"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def worklist(accounts: pd.DataFrame) -> pd.DataFrame:
    """Return the accounts of the core by turnover, the largest first.

    Parameters
    ----------
    accounts
        One row an account: ``account``, ``turnover`` and ``core`` (bool).

    Returns
    -------
    One row an account of the core, under its index: account, rank (1, 2, 3 ...),
    turnover, cumulated_share (of all turnovers above 0, those of accounts outside
    the core too) [fraction]. Equal turnovers stand in the order of the codes.
    """
    turnover = accounts["turnover"].to_numpy(dtype=np.float64, na_value=np.nan)
    total = turnover[turnover > 0].sum()
    core = accounts[accounts["core"].to_numpy(dtype=bool)]
    order = core.assign(code=core["account"].str.casefold()).sort_values(
        ["turnover", "code"], ascending=[False, True]
    )
    return order[["account", "turnover"]].assign(
        rank=np.arange(1, len(order) + 1), cumulated_share=order["turnover"].cumsum() / total
    )


def unknown_criteria(
    measured: Measured, weights: Floats, names: Sequence[str], places: Sequence[int]
) -> list[list[str]]:
    """Return the names of the criteria that some accounts lack, the heaviest first.

    Parameters
    ----------
    measured
        All accounts by all criteria.
    weights, names
        Of the criteria, arrays of shape (n_criteria,).
    places
        The accounts that are asked for.

    Returns
    -------
    One list an account that is asked for. A criterion that is not in use makes
    nobody incomplete and is not named; of equal weights the first of the model
    comes first.
    """
    lacking = (_unknown(measured) & measured.in_use())[list(places)]
    order = np.argsort(-weights, kind="stable").tolist()
    return [[names[at] for at in order if row[at]] for row in lacking.tolist()]


def progress(measured: Measured, weights: Floats, core: Bools) -> float:
    """Return how much of the core is known: known weight over all weight [fraction], NaN of no weight.

    Parameters
    ----------
    measured, weights
        As for :func:`unknown_criteria`.
    core
        Bool array of shape (n_accounts,).

    Notes
    -----
    All weight is that of completeness: criteria that apply and are in use, or
    known of the account.
    """
    known = measured.known()
    counted = measured.applies & (known | measured.in_use())
    whole = float((counted[core] @ weights).sum())
    return float((known[core] @ weights).sum()) / whole if whole > 0 else float("nan")


def stale(
    columns: Mapping[str, str], known_until: Mapping[str, dt.date], on: dt.date, months: float
) -> dict[str, dt.date]:
    """Return the criteria whose values are older than a number of months, with the day they go up to.

    Parameters
    ----------
    columns
        The column that each criterion looks at, by its name.
    known_until
        The last day that a column's values know of, where that is known. A trend
        is as old as the newest of the turnovers it is made of.
    on
        The day of the scoring.
    months
        From how old on a value is to be looked at again [months].
    """
    limit = months_before(on, months)
    found = {}
    for name, column in columns.items():
        days = [known_until[one] for one in MADE_OF.get(column, (column,)) if one in known_until]
        if days and max(days) < limit:
            found[name] = max(days)
    return found


def months_before(day: dt.date, months: float) -> dt.date:
    """Return the day some whole months before another, the last of a shorter month.

    >>> months_before(dt.date(2026, 8, 31), 6)
    datetime.date(2026, 2, 28)
    """
    return (pd.Timestamp(day) - pd.DateOffset(months=int(months))).date()


def _unknown(measured: Measured) -> Bools:
    unknown: Bools = measured.applies & ~measured.known()
    return unknown
