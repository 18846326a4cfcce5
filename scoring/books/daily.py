"""What each account bought on each day, added up chunk by chunk."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["DailySales"]

Ints = npt.NDArray[np.int64]


class DailySales:
    """Running sums of sales by account and day.

    Notes
    -----
    Memory grows with the days on which accounts bought, not with the lines.
    """

    def __init__(self) -> None:
        self._parts: list[pd.DataFrame] = []

    def add(self, accounts: Ints, days: Ints, amounts: Ints) -> None:
        """Add sales.

        Parameters
        ----------
        accounts, days, amounts
            Account, day since 1970-01-01 and amount of each, int64 arrays of shape (n,); amounts below 0 are
            credit notes, which are no purchases.
        """
        sold = {"account": accounts, "day": days, "amount": amounts, "bought": amounts >= 0}
        self._parts.append(_by_day(pd.DataFrame(sold)))

    def absorb(self, other: DailySales) -> None:
        """Add all that another one holds."""
        self._parts += other._parts

    def table(self) -> pd.DataFrame:
        """Return account, day, amount and bought (bool), one row an account and day, sorted."""
        empty = np.empty(0, dtype=np.int64)
        none = pd.DataFrame({"account": empty, "day": empty, "amount": empty, "bought": empty.astype(bool)})
        return _by_day(pd.concat(self._parts, ignore_index=True)) if self._parts else none


def _by_day(sold: pd.DataFrame) -> pd.DataFrame:
    return sold.groupby(["account", "day"], as_index=False).agg({"amount": "sum", "bought": "any"})
