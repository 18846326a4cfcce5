"""Rows of a use as a sheet shows them, and as a program is told of them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from addin.catalogue import Catalogue, Phrase
from addin.uses.result import Record, Result, Value
from addin.workbook.definitions import Column, FilledBy, Role, Table
from addin.workbook.kept_rows import Row, refilled, rewritten
from addin.workbook.located_tables import Layout, Located
from addin.workbook.port import Cell, Changes, ColumnFill
from addin.workbook.same_cell import same_cell
from addin.workbook.uses import Use

__all__ = ["cells_of", "fills_of", "plain", "plain_tables"]


def fills_of(use: Use, result: Result, layout: Layout, words: Catalogue) -> Changes:
    """Return what fills the tables of a use, those that a workbook has."""
    changes = Changes()
    for table in (*use.tables, *use.unseen):
        located = layout.named.get(table.key)
        if located is None or table.key not in result.tables:
            continue
        records = result.shown.get(table.key, result.tables[table.key])
        rows = cells_of(table, records, words)
        if table.role is Role.PERSON:
            if any(column.filled_by is FilledBy.REFRESH for column in table.columns):
                changes.columns.extend(_beside(located, table, rows))
            continue
        gone = words.text("views", "gone")
        fill = refilled(located, rows, gone) if table.keyed_by else rewritten(located, rows)
        if fill is not None:
            changes.rows.append(fill)
    said = {**result.noted, use.tables[0].key: result.notes}
    for key, table in use.notes_above.items():
        located = layout.named.get(table.key)
        if located is not None:
            text = " ".join(words.show(note) for note in said.get(key, ()))
            fill = rewritten(located, [{"note": text or None}])
            if fill is not None:
                changes.rows.append(fill)
    return changes


def plain_tables(use: Use, result: Result) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Yield the name of each table and its rows as JSON has them: keys, ISO dates, null for empty."""
    for table in use.tables:
        if table.key in result.tables:
            yield table.name, [_plain_row(table, record) for record in result.tables[table.key]]


def _plain_row(table: Table, record: Record) -> dict[str, object]:
    keys = dict.fromkeys([*table.keys, *record])
    return {key: plain(record.get(key)) for key in keys}


def plain(value: object) -> object:
    """Return a value as JSON has it: null for empty and for what is no number, dates in ISO form."""
    match value:
        case None | "":
            return None
        case np.generic():
            return plain(value.item())
        case float() if not math.isfinite(value):
            return None
        case dt.datetime():
            return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
        case dt.date():
            return value.isoformat()
        case Mapping():
            return {key: plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case Phrase():
            return value.keys[-1]
        case _:
            return value


def cells_of(table: Table, records: Sequence[Record], words: Catalogue) -> list[Row]:
    """Return rows as the cells of a table show them."""
    columns = [
        _column(column, [record.get(column.key) for record in records], words) for column in table.columns
    ]
    keys = table.keys
    return [dict(zip(keys, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _column(column: Column, values: Sequence[Value], words: Catalogue) -> list[Cell]:
    """Return the cells of a column: of one kind, as nearly all are, they are taken together."""
    kinds = set(map(type, values)) - {type(None)}
    if kinds == {str} and not column.words:
        return [value or None for value in values]  # type: ignore[misc]  # texts, as just found
    if len(kinds) == 1 and kinds <= {str, dt.date, bool}:  # few, and they repeat
        shown: dict[Any, Cell] = {value: _cell(column, value, words) for value in set[Any](values)}
        return [shown[value] for value in values]
    if kinds == {Phrase}:  # a reason on each row, and few of them
        known = {id(value): value for value in values}
        said = {key: _cell(column, value, words) for key, value in known.items()}
        return [said[id(value)] for value in values]
    if kinds and kinds <= {int, float}:
        numbers: Any = values
        return [float(value) if value is not None and math.isfinite(value) else None for value in numbers]
    return [_cell(column, value, words) for value in values]


def _cell(column: Column, value: Value, words: Catalogue) -> Cell:
    """Return a value as a cell of its column shows it."""
    match value:
        case np.generic():
            return _cell(column, value.item(), words)
        case None | "":
            return None
        case bool():
            return words.word("yes_no", "yes" if value else "no")
        case int() | float():
            return float(value) if math.isfinite(value) else None
        case str():
            return words.words(column.words).get(value, value) if column.words else value
        case dt.datetime():
            return value
        case dt.date():
            return dt.datetime.combine(value, dt.time())
        case Phrase():
            return words.show(value)
        case Mapping():
            return None  # for a program: a sheet has columns of their own for it
        case _:
            return ", ".join(str(_cell(column, one, words)) for one in value) or None


def _beside(located: Located, table: Table, rows: Sequence[Row]) -> Iterator[ColumnFill]:
    """Yield the columns that a refresh fills in a table that is a person's own.

    Raises
    ------
    ValueError
        If there is not a row for each of its rows.
    """
    if len(rows) != located.table.n_rows:
        message = f"{len(rows)} rows beside the {located.table.n_rows} of {located.table.name}"
        raise ValueError(message)
    for column in table.columns:
        position = located.columns.get(column.key)
        if column.filled_by is not FilledBy.REFRESH or position is None:
            continue
        values = [row.get(column.key) for row in rows]
        shown = located.table.columns[position]
        same = np.array([same_cell(old, new) for old, new in zip(shown, values, strict=True)], dtype=bool)
        yield ColumnFill(located.table.name, position, values, np.zeros(len(values), dtype=bool), same)
