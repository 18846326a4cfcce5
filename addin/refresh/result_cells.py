"""From results to cells: what a refresh writes into each table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.catalogue import Catalogue
from addin.workbook.account_tables import Portfolio
from addin.workbook.located_tables import Located
from addin.workbook.port import ColumnFill
from addin.workbook.read_workbook import Intake
from addin.workbook.same_cell import MOST_TEXT
from scoring import Assessment
from scoring.portfolio import moved
from scoring.terms import ACCOUNT_FIELDS, FilledBy

__all__ = ["cells_of", "column_fills", "moves"]

Bools = npt.NDArray[np.bool_]
Objects = npt.NDArray[np.object_]


def cells_of(assessment: Assessment, reasons: Sequence[str], words: Catalogue) -> dict[str, Objects]:
    """Cells by field that refresh fills, one entry an account."""
    results = assessment.results
    yes_no = words.words("yes_no")
    return {
        "trend": _floats(results["trend"]),
        "risk": _mapped(results["risk"], words.words("risk")),
        "profile": _mapped(results["profile"], words.words("profile")),
        "state": _mapped(results["state"], words.words("state")),
        "score": _floats(results["score"]),
        "held": _letters(results["held"]),
        "computed": results["computed"].astype(object).to_numpy(),
        "class": results["class"].astype(object).to_numpy(),
        "label": _texts(results["label"]),
        "previous": _texts(results["previous"]),
        "completeness": _floats(results["completeness"]),
        "rank": _floats(results["rank"]),
        "core": np.where(results["core"].to_numpy(), yes_no["yes"], yes_no["no"]).astype(object),
        "reasons": np.array([text[:MOST_TEXT] for text in reasons], dtype=object),
    }


def column_fills(portfolio: Portfolio, cells: Mapping[str, Objects]) -> list[ColumnFill]:
    """Return the cells of the account tables that a refresh fills."""
    fills = []
    for position, located in enumerate(portfolio.tables):
        accounts = np.flatnonzero(portfolio.table_of == position)
        fills += _fills_of(located, portfolio.row_of[accounts], accounts, cells)
    return fills


def _fills_of(
    located: Located, rows: npt.NDArray[np.intp], accounts: npt.NDArray[np.intp], cells: Mapping[str, Objects]
) -> list[ColumnFill]:
    fills = []
    skip = np.ones(located.table.n_rows, dtype=bool)
    skip[rows] = False
    for field in ACCOUNT_FIELDS:
        position = located.columns.get(field.key)
        if field.filled_by is not FilledBy.REFRESH or position is None:
            continue
        values: Objects = np.full(located.table.n_rows, None, dtype=object)
        values[rows] = cells[field.key][accounts]
        shown = located.table.columns[position]
        new = values.tolist()
        if shown.count(None) == len(shown):  # as before a first refresh
            flags = [cell is None for cell in new]
        else:
            flags = [type(one) is type(other) and one == other for one, other in zip(shown, new, strict=True)]
        fills.append(ColumnFill(located.table.name, position, new, skip, np.array(flags, dtype=bool)))
    return fills


def moves(intake: Intake, assessment: Assessment) -> Bools:
    """Accounts whose class changed or whose score moved since the last scoring."""
    accounts, results = intake.portfolio.accounts, assessment.results
    n_accounts = len(accounts)
    if "score" in accounts:
        before = accounts["score"].to_numpy(dtype=np.float64, na_value=np.nan)
    else:
        before = np.full(n_accounts, np.nan)
    return moved(
        results["score"].to_numpy(),
        before,
        results["class"].astype(object),
        pd.Series(assessment.before.in_force(), index=accounts.index),
    )


def _floats(values: pd.Series) -> Objects:
    numbers: Objects = values.to_numpy(dtype=object)
    numbers[values.isna().to_numpy()] = None
    return numbers


def _texts(values: pd.Series) -> Objects:
    texts: Objects = values.to_numpy(dtype=object).copy()
    texts[texts == ""] = None
    return texts


def _letters(values: pd.Series) -> Objects:
    """Letters of classes; None for an account that never had one."""
    letters: Objects = values.astype(object).to_numpy(copy=True)
    letters[values.isna().to_numpy()] = None
    return letters


def _mapped(values: pd.Series, words: Mapping[str, str]) -> Objects:
    keys = values.astype(object).to_numpy()
    return np.array([words.get(key) for key in keys], dtype=object)
