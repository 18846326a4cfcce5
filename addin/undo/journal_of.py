"""The journal of what is written to a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from addin.undo.journal import Added, Group, Journal, Replaced, Rewritten, What, codes_of, row_codes
from addin.workbook.located_tables import Layout, Located
from addin.workbook.port import Changes, Formula, RowsFill, Spread, Table

__all__ = ["journal_of"]


def journal_of(
    book: str,
    tables: Sequence[Table],
    written: Changes,
    inverse: Changes,
    what: What = "refresh",
    *,
    in_file: bool = False,
) -> Journal:
    """Return the journal of what was written.

    Parameters
    ----------
    book
        Where the workbook lies.
    tables
        Its tables before.
    written, inverse
        What was written, and what puts it back.
    what
        What wrote it.
    in_file
        Whether it was written to a file rather than in Excel.
    """
    accounts = {located.table.name: located for located in Layout(tables).accounts}
    codes = {table.name: row_codes(table, accounts.get(table.name)) for table in tables}
    rows = {fill.table: fill for fill in written.rows}
    groups = _groups(tables, inverse)
    return Journal(
        book,
        what,
        dt.datetime.now(dt.UTC),
        in_file,
        accounts={fill.table: codes[fill.table] for fill in inverse.columns},
        columns=_replaced(tables, written, inverse, groups),
        added=[
            _added(accounts[fill.table], rows[fill.table], fill)
            for fill in inverse.rows
            if fill.table in accounts
        ],
        rows=[
            Rewritten(fill.table, fill.keep, list(fill.rows), list(rows[fill.table].rows))
            for fill in inverse.rows
            if fill.table not in accounts
        ],
        sheets=tuple(inverse.sheets),
        groups=groups,
    )


def _replaced(
    tables: Sequence[Table], written: Changes, inverse: Changes, groups: Sequence[Group]
) -> list[Replaced]:
    headers = {table.name: table.headers for table in tables}
    after = {(fill.table, fill.column): fill.values for fill in written.columns}
    columns = []
    for fill in inverse.columns:
        header = headers[fill.table][fill.column]
        new, old = after[fill.table, fill.column], fill.values
        grouped = {
            row
            for group in groups
            if group.table == fill.table and header in group.headers
            for row in range(group.at, group.at + group.n_rows)
        }
        rows = [
            row
            for row in np.flatnonzero(~fill.skip).tolist()
            if type(old[row]) is not type(new[row]) or old[row] != new[row] or row in grouped
        ]
        if len(rows) == len(old) == len(new):  # all of them: nothing to pick, and no memory for it
            columns.append(Replaced(fill.table, header, range(len(rows)), old, new))
            continue
        before, behind = [old[row] for row in rows], [new[row] for row in rows]
        columns.append(Replaced(fill.table, header, rows, before, behind))
    return columns


def _groups(tables: Sequence[Table], inverse: Changes) -> tuple[Group, ...]:
    """Return the cells that one formula filled, for each formula of several cells that gave way."""
    by_name = {table.name: table for table in tables}
    return tuple(
        _group(by_name[fill.table], fill.column, row, cell.spread)
        for fill in inverse.columns
        for row, cell in enumerate(fill.values)
        if type(cell) is Formula and cell.spread is not None and cell.spread.is_wide
    )


def _group(table: Table, column: int, row: int, spread: Spread) -> Group:
    last_row, last_column = row + spread.n_rows - 1, column + spread.n_columns - 1
    return Group(
        table.name,
        table.headers[column : last_column + 1],
        row,
        spread.n_rows,
        f"{table.cell(row, column)}:{table.cell(last_row, last_column)}",
    )


def _added(located: Located, written: RowsFill, before: RowsFill) -> Added:
    table, column = located.table, located.columns["account"]
    codes = [*located.cells("account")[: written.keep], *(row[column] for row in written.rows)]
    new = zip(codes_of(codes)[written.keep :], written.rows, strict=True)
    rows = [(code, row) for code, row in new if code[0]]
    growth = max(1, written.keep + len(written.rows)) - table.n_rows
    return Added(
        table.name,
        table.headers,
        growth,
        codes=[code for code, _ in rows],
        rows=[row for _, row in rows],
        before=list(before.rows),
    )
