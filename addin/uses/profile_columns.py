"""The columns that describe accounts, in groups: what the profile of the best clients is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.views.scored import Scored
from addin.workbook.own_columns import header_of, is_own
from addin.workbook.typed_cells import Unreadable, read_as_typed
from scoring.portfolio import duplicates
from scoring.text import fold, plain_number
from scoring.uses.thirds import Grouped, by_thirds, by_words

__all__ = ["profile_columns"]

_FIELDS: Final = (
    *("sector", "rep", "town", "target", "state", "solidity", "potential", "potential_new"),
    *("days_late", "orders", "purchases", "visits", "open_amount", "overdue"),
)
"""Ours that may describe an account: neither codes, names and addresses, nor notes and dates, nor
turnover, nor forced classes, nor what a refresh works out, but for the state."""


def profile_columns(
    scored: Scored, accounts: pd.DataFrame, model: npt.NDArray[np.bool_]
) -> Mapping[str, Grouped]:
    """Return the columns that describe the accounts, by key, in groups.

    Parameters
    ----------
    scored
        The scored workbook.
    accounts
        Its accounts, as :func:`addin.uses.accounts.scored_accounts` gives them.
    model
        Bool array of shape (n_accounts,): the accounts whose values make the groups.
    """
    noted = {one.column for one in scored.model.criteria if one.scale == "note"}
    cells = {key: _values(accounts[key]) for key in _FIELDS if key in accounts and key not in noted}
    remarks = {fold(word) for word in scored.words.surface("views")["target"]["remarks"]}
    own = {
        key
        for located in scored.intake.portfolio.tables
        for key in located.columns
        if is_own(key) and key not in noted and header_of(key) not in remarks
    }
    cells |= {key: _own_values(scored, key) for key in sorted(own)}
    found = {key: _grouped(values, model) for key, values in cells.items()}
    return {key: grouped for key, grouped in found.items() if grouped is not None}


def _values(column: pd.Series) -> list[object]:
    values: list[object] = column.astype(object).where(column.notna(), None).tolist()
    return values


def _own_values(scored: Scored, key: str) -> list[object]:
    """Return the cells of a column of the company's own: numbers, texts and dates as they were typed."""
    portfolio, language = scored.intake.portfolio, scored.intake.layout.language
    columns = [located.cells(key) for located in portfolio.tables]
    once = ~np.asarray(duplicates(portfolio.accounts["account"]))
    places = zip(portfolio.table_of[once].tolist(), portfolio.row_of[once].tolist(), strict=True)
    cells = [columns[table][row] for table, row in places]
    read = [cell if isinstance(cell, dt.datetime) else read_as_typed(cell, language) for cell in cells]
    return [None if isinstance(value, Unreadable) else value for value in read]


def _grouped(values: Sequence[object], model: npt.NDArray[np.bool_]) -> Grouped | None:
    """Return a column of numbers in thirds and one of texts by words; None for one of dates."""
    known = [value for value in values if value is not None]
    if any(isinstance(value, dt.date) for value in known):
        return None
    if known and all(isinstance(value, float | int) for value in known):
        numbers = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
        return by_thirds(numbers, model)
    return by_words([plain_number(value) if isinstance(value, float) else value for value in values], model)
