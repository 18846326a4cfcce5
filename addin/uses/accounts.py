"""The scored accounts as the uses take them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.views.scored import Scored
from scoring.portfolio import duplicates

__all__ = ["scored_accounts", "texts_of", "turnovers"]


def scored_accounts(scored: Scored) -> pd.DataFrame:
    """Return the accounts with the results of the scoring; a code that stands twice is in no list.

    Returns
    -------
    One row an account, columns by field key: those that were read, and over them
    those of :class:`scoring.Assessment` with its letters as text, and ``reasons``
    as the workbook words them. A column that no sheet has is not there.
    """
    accounts, results = scored.intake.portfolio.accounts, scored.assessment.results
    beside = {column: results[column] for column in results.columns}
    beside["class"] = results["class"].astype(object)
    beside["reasons"] = pd.Series(scored.cells["reasons"], index=accounts.index)
    joined = accounts.assign(**beside)
    return joined[~np.asarray(duplicates(accounts["account"]))].reset_index(drop=True)


def turnovers(accounts: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return the turnover of each account [currency], NaN where unknown; all NaN where no sheet has it."""
    if "turnover" not in accounts:
        return np.full(len(accounts), np.nan)
    return accounts["turnover"].to_numpy(dtype=np.float64, na_value=np.nan)


def texts_of(accounts: pd.DataFrame, column: str) -> list[str | None]:
    """Return the text of each account in a column, None where there is none."""
    if column not in accounts:
        return [None] * len(accounts)
    return [one if isinstance(one, str) else None for one in accounts[column].to_numpy(dtype=object)]
