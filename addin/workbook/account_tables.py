"""From the account tables to one portfolio, with everything unreadable or odd reported."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.workbook.account_cells import kinds_of_columns, read_column
from addin.workbook.account_columns import MARKS
from addin.workbook.located_tables import Layout, Located
from addin.workbook.own_columns import is_own
from addin.workbook.port import Cell
from addin.workbook.typed_cells import Unreadable, read_text
from scoring import Fault, Model
from scoring.terms import FIELDS, MADE_OF, NUMERIC, FilledBy, Kind

__all__ = ["Portfolio", "read_accounts", "read_codes"]

_ALWAYS = frozenset(
    {
        *("name", "status", "rep", "target", "forced", "forced_reason"),
        *("class", "computed", "held", "previous", "score"),
    }
)
"""Columns that are read whatever the model looks at."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All accounts of the workbook.

    Attributes
    ----------
    accounts
        One row an account, as :func:`scoring.assess` takes it.
    tables
        The account tables.
    table_of, row_of
        Arrays of shape (n_accounts,): the table, by its position, and the row
        of its body where each account stands.
    n_skipped
        Number of rows that hold something but no account code.
    """

    accounts: pd.DataFrame
    tables: tuple[Located, ...]
    table_of: npt.NDArray[np.intp]
    row_of: npt.NDArray[np.intp]
    n_skipped: int


def read_codes(located: Located) -> list[str | None]:
    """Return the account code in each row of a table, None where there is none."""
    texts = (read_text(cell) for cell in located.cells("account"))
    return [text if isinstance(text, str) else None for text in texts]


def read_accounts(
    layout: Layout, model: Model | None, also: Collection[str] = ()
) -> tuple[Portfolio, list[Fault]]:
    """Read all account tables as one portfolio, with what is unreadable or odd."""
    tables = layout.accounts
    faults: list[Fault] = []
    codes: list[str] = []
    rows: list[npt.NDArray[np.intp]] = []
    n_skipped = 0
    for located in tables:
        texts = [
            (cell.strip() or None) if type(cell) is str else read_text(cell)
            for cell in located.cells("account")
        ]
        kept = [row for row, text in enumerate(texts) if isinstance(text, str)]
        rows.append(np.array(kept, dtype=np.intp))
        codes += [str(texts[row]) for row in kept]
        skipped = _skipped(located, texts)
        n_skipped += len(skipped)
        faults += _code_faults(located.table.name, texts, skipped)
    columns: dict[str, object] = {"account": np.array(codes, dtype=object)}
    kinds = kinds_of_columns(model)
    for key in _needed(tables, model, also):
        cells: list[Cell] = []
        for located, kept_rows in zip(tables, rows, strict=True):
            column = located.cells(key)
            is_whole = len(kept_rows) == len(column)
            cells += column if is_whole else [column[row] for row in kept_rows.tolist()]
        columns[key], unreadable = read_column(key, cells, kinds.get(key), layout.language)
        if not (key in FIELDS and FIELDS[key].filled_by is FilledBy.REFRESH):
            faults += unreadable  # what refresh fills is about to be written again
    portfolio = Portfolio(
        accounts=pd.DataFrame(columns, index=pd.RangeIndex(len(codes))),
        tables=tables,
        table_of=np.repeat(np.arange(len(tables)), [len(kept_rows) for kept_rows in rows]),
        row_of=np.concatenate([*rows, np.array([], dtype=np.intp)]),
        n_skipped=n_skipped,
    )
    faults += [
        *_lost_tables(layout),
        *_called_like_ours(tables),
        *_missing_statuses(portfolio),
        *_absent_columns(portfolio, model),
    ]
    return portfolio, faults


def _code_faults(name: str, texts: Sequence[object], skipped: Sequence[int]) -> list[Fault]:
    """Rows without a code, told once a table, and codes that cannot be read."""
    faults = [
        Fault("accounts", row, "account", text.what, text.remedy, {"value": text.value}, named=name)
        for row, text in enumerate(texts)
        if isinstance(text, Unreadable)
    ]
    if skipped:
        details = {"count": len(skipped)}
        first = Fault(
            "accounts", skipped[0], "account", "rows_without_code", "type_code", details, named=name
        )
        faults.insert(0, first)
    return faults


def _lost_tables(layout: Layout) -> list[Fault]:
    """Account sheets that drop out of the scoring because a header was renamed."""
    faults = []
    for located in layout.lost:
        missing = [("accounts", key) for key in MARKS if key not in located.columns]
        details = {"headers": missing}
        what, remedy = "table_left_out", "restore_marks"
        faults.append(Fault("accounts", None, None, what, remedy, details, named=located.table.name))
    return faults


def _called_like_ours(tables: Sequence[Located]) -> list[Fault]:
    """Columns of the company's own that are called like one which a refresh fills, and are left alone."""
    faults = []
    for located in tables:
        for own, row in located.called_like_ours.items():
            details = {"value": located.cells(own)[row]}
            what, remedy, name = "result_is_own", "rename_own", located.table.name
            faults.append(Fault("accounts", row, own, what, remedy, details, named=name))
    return faults


def _missing_statuses(portfolio: Portfolio) -> list[Fault]:
    """Accounts without a status, told once a table."""
    faults = []
    for position, located in enumerate(portfolio.tables):
        if "status" not in located.columns:
            continue
        cells = located.cells("status")
        rows = portfolio.row_of[portfolio.table_of == position].tolist()
        empty = [row for row in rows if cells[row] is None]
        if empty:
            details = {"count": len(empty)}
            what, remedy, name = "status_missing", "pick_from_list", located.table.name
            faults.append(Fault("accounts", empty[0], "status", what, remedy, details, named=name))
    return faults


def _absent_columns(portfolio: Portfolio, model: Model | None) -> list[Fault]:
    """Columns that a criterion needs for accounts of a sheet without them: renamed, most likely."""
    faults = []
    for position, located in enumerate(portfolio.tables):
        rows = np.flatnonzero(portfolio.table_of == position)
        if not len(rows) or model is None:
            continue
        statuses = {None}
        if "status" in portfolio.accounts:
            statuses = set(portfolio.accounts["status"].to_numpy(dtype=object)[rows])
        for criterion in model.criteria:
            needed = _needed_by(criterion.column)
            absent = [key for key in needed if key in FIELDS and key not in located.columns]
            if absent and (criterion.applies_to is None or statuses & criterion.applies_to):
                details = {"criterion": criterion.name, "headers": [("accounts", key) for key in absent]}
                what, remedy, name = "column_absent", "restore_header", located.table.name
                faults.append(Fault("accounts", None, None, what, remedy, details, named=name))
    return faults


def _needed_by(column: str) -> tuple[str, ...]:
    return MADE_OF.get(column, (column,))


def _needed(tables: Sequence[Located], model: Model | None, also: Collection[str]) -> list[str]:
    """Columns to read: what scoring looks at, and all in which a typing fault is worth a word."""
    looked_at = {*_ALWAYS, *also}
    if model is not None:
        looked_at |= {criterion.column for criterion in model.criteria}
        looked_at |= {gate.column for gate in model.gates}
    looked_at |= {
        key
        for key, field in FIELDS.items()
        if field.filled_by is FilledBy.PERSON and field.kind in (*NUMERIC, Kind.DATE)
    }
    present = {key for located in tables for key in located.columns}
    return sorted(looked_at & present - {"account", "trend", "state", "completeness"})


def _skipped(located: Located, codes: Sequence[object]) -> list[int]:
    """Rows without a code in which a person has filled something all the same."""
    filled = [
        located.table.columns[position]
        for key, position in located.columns.items()
        if is_own(key) or FIELDS[key].filled_by is not FilledBy.REFRESH
    ]
    empty = [row for row, code in enumerate(codes) if code is None]
    return [row for row in empty if any(column[row] is not None for column in filled)]


def own_columns(tables: Sequence[Located]) -> Mapping[str, str]:
    """Headers of the columns that the company added, by their keys."""
    return {
        key: located.table.headers[position]
        for located in tables
        for key, position in located.columns.items()
        if is_own(key)
    }
