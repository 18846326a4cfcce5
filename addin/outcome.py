"""From results to cells: what a refresh writes into each table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.book import Cell, Changes, ColumnFill, RowsFill
from addin.catalogue import Catalogue
from addin.findings import Finding
from addin.intake import Intake
from addin.layout import Located
from scoring import Assessment
from scoring.portfolio import moved
from scoring.terms import ACCOUNT_FIELDS, FilledBy

__all__ = ["cells_of", "changes", "listed", "moves"]

Bools = npt.NDArray[np.bool_]
Objects = npt.NDArray[np.object_]

_MOST_TEXT = 32_767
"""Characters that a cell holds."""


def cells_of(assessment: Assessment, reasons: Sequence[str], words: Catalogue) -> dict[str, Objects]:
    """Cells by field that refresh fills, one entry an account."""
    results = assessment.results
    states, yes_no = words.words("state"), words.words("yes_no")
    return {
        "trend": _floats(results["trend"]),
        "state": _mapped(results["state"], states),
        "score": _floats(results["score"]),
        "computed": results["computed"].astype(object).to_numpy(),
        "class": results["class"].astype(object).to_numpy(),
        "label": _texts(results["label"]),
        "previous": _texts(results["previous"]),
        "completeness": _floats(results["completeness"]),
        "rank": _floats(results["rank"]),
        "core": np.where(results["core"].to_numpy(), yes_no["yes"], yes_no["no"]).astype(object),
        "reasons": np.array([text[:_MOST_TEXT] for text in reasons], dtype=object),
    }


def changes(
    intake: Intake,
    cells: Mapping[str, Objects],
    moving: Bools,
    findings: Sequence[Finding],
    summary: str,
) -> Changes:
    """All that a refresh writes.

    Parameters
    ----------
    intake
        What the workbook said.
    cells
        :func:`cells_of` the results.
    moving
        Bool array of shape (n_accounts,): accounts that get a row in History.
    findings
        What goes to Checks, below the summary.
    summary
        The first row of Checks: what was scored.
    """
    written = Changes()
    for position, located in enumerate(intake.portfolio.tables):
        rows = np.flatnonzero(intake.portfolio.table_of == position)
        written.columns.extend(_column_fills(located, intake.portfolio.row_of[rows], rows, cells))
    history = intake.layout.named.get("history")
    if history is not None and moving.any():
        written.rows.append(_appended(history, _history_rows(intake, cells, moving)))
    written.rows.extend(listed(intake, findings, summary).rows)
    return written


def listed(intake: Intake, findings: Sequence[Finding], summary: str) -> Changes:
    """Findings as the rows of the sheet Checks, below a summary; nothing where they stand there already."""
    checks = intake.layout.named.get("checks")
    fill = _rewritten(checks, _check_rows(intake, findings, summary)) if checks is not None else None
    return Changes(rows=[fill] if fill is not None else [])


def moves(intake: Intake, assessment: Assessment) -> Bools:
    """Accounts whose class changed or whose score moved since the last scoring."""
    accounts, results = intake.portfolio.accounts, assessment.results
    n_accounts = len(accounts)
    if "score" in accounts:
        before = accounts["score"].to_numpy(dtype=np.float64, na_value=np.nan)
    else:
        before = np.full(n_accounts, np.nan)
    classes = accounts["class"] if "class" in accounts else pd.Series("", index=accounts.index)
    return moved(
        results["score"].to_numpy(),
        before,
        results["class"].astype(object),
        classes.astype(object).fillna(""),
    )


def _column_fills(
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
        same = np.fromiter(
            (type(old) is type(new) and old == new for old, new in zip(shown, values, strict=True)),
            dtype=bool,
            count=len(values),
        )
        fills.append(ColumnFill(located.table.name, position, values.tolist(), skip, same))
    return fills


def _history_rows(intake: Intake, cells: Mapping[str, Objects], moving: Bools) -> list[dict[str, Cell]]:
    model = intake.model.fingerprint() if intake.model else ""
    codes = intake.portfolio.accounts["account"].to_numpy(dtype=object)
    # By code, so that the order of rows and sheets changes nothing here either.
    rows = sorted(np.flatnonzero(moving).tolist(), key=lambda row: (str(codes[row]).casefold(), row))
    return [
        {
            "date": _midnight(intake.reference_date),
            "account": codes[row],
            "score": cells["score"][row],
            "class": cells["class"][row],
            "completeness": cells["completeness"][row],
            "model": model,
        }
        for row in rows
    ]


def _check_rows(intake: Intake, findings: Sequence[Finding], summary: str) -> list[dict[str, Cell]]:
    date = _midnight(intake.reference_date)
    rows: list[dict[str, Cell]] = [{"date": date, "finding": summary}]
    rows.extend(
        {
            "date": date,
            "sheet": finding.sheet or None,
            "cell": finding.cell or None,
            "account": finding.account or None,
            "finding": finding.what,
            "remedy": finding.remedy,
        }
        for finding in findings
    )
    return rows


def _appended(located: Located, rows: Sequence[Mapping[str, Cell]]) -> RowsFill:
    """Rows below the last one that holds anything."""
    return RowsFill(located.table.name, located.table.n_filled, located.tuples(rows))


def _rewritten(located: Located, rows: Sequence[Mapping[str, Cell]]) -> RowsFill | None:
    """Rows instead of all those there are; None where they are there already."""
    new = located.tuples(rows)
    return None if list(_body(located)) == new else RowsFill(located.table.name, 0, new)


def _body(located: Located) -> list[tuple[Cell, ...]]:
    return list(zip(*located.table.columns, strict=True))


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


def _floats(values: pd.Series) -> Objects:
    numbers: Objects = values.to_numpy(dtype=object)
    numbers[values.isna().to_numpy()] = None
    return numbers


def _texts(values: pd.Series) -> Objects:
    texts: Objects = values.to_numpy(dtype=object).copy()
    texts[texts == ""] = None
    return texts


def _mapped(values: pd.Series, words: Mapping[str, str]) -> Objects:
    keys = values.astype(object).to_numpy()
    return np.array([words.get(key) for key in keys], dtype=object)
