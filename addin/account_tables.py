"""From the account tables to one portfolio, with everything unreadable or odd reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.book import Cell
from addin.catalogue import word_key
from addin.layout import TABLE, Layout, Located
from addin.values import LARGEST, Unreadable, read_date, read_number, read_text
from scoring import Fault, Model
from scoring.model import NUMERIC_SCALES
from scoring.terms import FIELDS, NUMERIC, FilledBy, Kind

__all__ = ["Portfolio", "read_accounts", "read_codes"]

T = TypeVar("T")

_TURNOVERS = ("turnover", "turnover_1", "turnover_2")


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


def read_accounts(layout: Layout, model: Model | None, faults: list[Fault]) -> Portfolio:
    """Read all account tables as one portfolio, adding to the faults what is unreadable or odd."""
    tables = layout.accounts
    codes: list[str] = []
    rows: list[npt.NDArray[np.intp]] = []
    n_skipped = 0
    for located in tables:
        texts = [read_text(cell) for cell in located.cells("account")]
        kept = [row for row, text in enumerate(texts) if isinstance(text, str)]
        rows.append(np.array(kept, dtype=np.intp))
        codes += [str(texts[row]) for row in kept]
        skipped = _skipped(located, texts)
        n_skipped += len(skipped)
        if skipped:
            details: dict[str, object] = {"count": len(skipped)}
            faults.append(
                Fault(
                    TABLE + located.table.name,
                    skipped[0],
                    "account",
                    "rows_without_code",
                    "type_code",
                    details,
                )
            )
        for row, text in enumerate(texts):
            if isinstance(text, Unreadable):
                details = {"value": text.value}
                faults.append(
                    Fault(TABLE + located.table.name, row, "account", text.what, text.remedy, details)
                )
    columns: dict[str, object] = {"account": np.array(codes, dtype=object)}
    own_kinds = _own_kinds(model)
    for key in _needed(tables, model):
        cells: list[Cell] = []
        for located, kept_rows in zip(tables, rows, strict=True):
            column = located.cells(key)
            cells += [column[row] for row in kept_rows.tolist()]
        columns[key] = _read_column(key, cells, layout.language, own_kinds, faults)
    portfolio = Portfolio(
        accounts=pd.DataFrame(columns, index=pd.RangeIndex(len(codes))),
        tables=tables,
        table_of=np.repeat(np.arange(len(tables)), [len(kept_rows) for kept_rows in rows]),
        row_of=np.concatenate([*rows, np.array([], dtype=np.intp)]),
        n_skipped=n_skipped,
    )
    faults += [*_lost_tables(layout), *_missing_statuses(portfolio), *_absent_columns(portfolio, model)]
    return portfolio


def _lost_tables(layout: Layout) -> list[Fault]:
    """Account sheets that drop out of the scoring because a header was renamed."""
    return [
        Fault(TABLE + located.table.name, None, None, "table_left_out", "restore_marks", {"headers": missing})
        for located in layout.lost
        if (
            missing := [
                ("accounts", key) for key in ("account", "score", "class") if key not in located.columns
            ]
        )
    ]


def _missing_statuses(portfolio: Portfolio) -> list[Fault]:
    """Accounts without a status, told once a table."""
    if "status" not in portfolio.accounts:
        return []
    faults = []
    for position, located in enumerate(portfolio.tables):
        if "status" not in located.columns:
            continue
        cells = located.cells("status")
        rows = portfolio.row_of[portfolio.table_of == position].tolist()
        empty = [row for row in rows if cells[row] is None]
        if empty:
            details = {"count": len(empty)}
            faults.append(
                Fault(
                    TABLE + located.table.name,
                    empty[0],
                    "status",
                    "status_missing",
                    "pick_from_list",
                    details,
                )
            )
    return faults


def _absent_columns(portfolio: Portfolio, model: Model | None) -> list[Fault]:
    """Columns that a criterion needs for accounts of a sheet without them: renamed, most likely."""
    faults = []
    for position, located in enumerate(portfolio.tables):
        rows = np.flatnonzero(portfolio.table_of == position)
        if not len(rows) or model is None:
            continue
        if "status" in portfolio.accounts:
            statuses = set(portfolio.accounts["status"].to_numpy(dtype=object)[rows])
        else:
            statuses = {None}
        for criterion in model.criteria:
            needed = (
                ("turnover", "turnover_1", "turnover_2")
                if criterion.column == "trend"
                else (criterion.column,)
            )
            absent = [key for key in needed if key in FIELDS and key not in located.columns]
            applies = criterion.applies_to is None or bool(statuses & criterion.applies_to)
            if absent and applies:
                details = {"criterion": criterion.name, "headers": [("accounts", key) for key in absent]}
                faults.append(
                    Fault(TABLE + located.table.name, None, None, "column_absent", "restore_header", details)
                )
    return faults


def _needed(tables: Sequence[Located], model: Model | None) -> list[str]:
    """Columns to read: what scoring looks at, and all in which a typing fault is worth a word."""
    looked_at = {
        "name",
        "status",
        "solidity",
        "forced",
        "forced_reason",
        "class",
        "computed",
        "previous",
        "score",
    }
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
        column
        for key, position in located.columns.items()
        if not (key in FIELDS and FIELDS[key].filled_by is FilledBy.REFRESH)
        for column in (located.table.columns[position],)
    ]
    empty = [row for row, code in enumerate(codes) if code is None]
    return [row for row in empty if any(column[row] is not None for column in filled)]


def _own_kinds(model: Model | None) -> dict[str, Kind]:
    """What the model needs the columns of the company's own to hold; texts where it does not say."""
    kinds: dict[str, Kind] = {}
    if model is not None:
        kinds |= {gate.column: Kind.DATE for gate in model.gates if isinstance(gate.value, dt.date)}
        kinds |= {gate.column: Kind.NUMBER for gate in model.gates if isinstance(gate.value, float)}
        kinds |= {c.column: Kind.TEXT for c in model.criteria if c.scale == "list"}
        kinds |= {c.column: Kind.NUMBER for c in model.criteria if c.scale in NUMERIC_SCALES}
    return kinds


def _read_column(
    key: str, cells: list[Cell], language: str, own_kinds: Mapping[str, Kind], faults: list[Fault]
) -> npt.NDArray[np.generic] | pd.Series:
    """Values of an account column in the type that scoring wants; unreadable ones are unknown."""
    field = FIELDS.get(key)
    refreshed = field is not None and field.filled_by is FilledBy.REFRESH
    heard = [] if refreshed else faults  # what refresh fills is about to be written again
    kind = field.kind if field is not None else own_kinds.get(key, Kind.TEXT)
    if kind in NUMERIC:
        return _numbers(key, cells, language, heard)
    if kind is Kind.DATE:
        dates = [_heard(key, row, read_date(cell, language), heard) for row, cell in enumerate(cells)]
        return pd.Series(
            pd.to_datetime(pd.Series(dates, dtype=object), errors="coerce"), dtype="datetime64[us]"
        )
    texts = np.array(
        [
            (cell.strip() or None) if type(cell) is str else _heard(key, row, read_text(cell), heard)
            for row, cell in enumerate(cells)
        ],
        dtype=object,
    )
    if kind is Kind.WORD:
        return _words(key, texts, language, heard)
    return texts


def _numbers(key: str, cells: list[Cell], language: str, faults: list[Fault]) -> npt.NDArray[np.float64]:
    values = np.array(
        [cell if type(cell) is float and -LARGEST <= cell <= LARGEST else np.nan for cell in cells],
        dtype=np.float64,
    )
    as_text: list[int] = []
    for row, cell in enumerate(cells):
        if cell is not None and (type(cell) is not float or np.isnan(values[row])):
            value = _heard(key, row, read_number(cell, language), faults)
            values[row] = np.nan if value is None else value
            if value is not None:
                as_text.append(row)
    if as_text:  # told once a column: an export pasted as text has hundreds
        first = as_text[0]
        details = {"count": len(as_text), "value": cells[first], "number": values[first]}
        faults.append(Fault("accounts", first, key, "number_as_text", "type_as_number", details))
    return values


def _words(
    key: str, texts: npt.NDArray[np.object_], language: str, faults: list[Fault]
) -> npt.NDArray[np.object_]:
    keys: dict[str, str | None] = {}
    for text in {text for text in texts if text is not None}:
        keys[text] = word_key("yes_no" if key == "core" else key, text, language)
    for row, text in enumerate(texts):
        if text is not None and keys[text] is None:
            details = {"value": text}
            faults.append(Fault("accounts", row, key, "status_unknown", "pick_from_list", details))
    return np.array([keys.get(text) for text in texts], dtype=object)


def _heard(key: str, row: int, value: T | Unreadable | None, faults: list[Fault]) -> T | None:
    if isinstance(value, Unreadable):
        details = {"value": value.value}
        faults.append(Fault("accounts", row, key, value.what, value.remedy, details))
        return None
    return value
