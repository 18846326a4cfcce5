"""What files told of the past: accounts as they were on a day, and what was sold by day, before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

__all__ = ["Past"]


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a day in the past.

    Attributes
    ----------
    on
        The day.
    accounts
        One row an account, indexed by its key, with the columns that the files fill as of the day.
    sold
        What was sold by day, before and after, as :func:`scoring.trust.backtest.purchases_around` takes it.
    files
        Names of the files.
    period_end
        Last day of the newest period of turnover on the day; None where the files fill none.
    span
        The first and the last day with a sale in the files.
    """

    on: dt.date
    accounts: pd.DataFrame
    sold: pd.DataFrame
    files: Sequence[str]
    period_end: dt.date | None
    span: tuple[dt.date, dt.date]
