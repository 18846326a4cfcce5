"""What a refresh or an import replaced: accounts by their codes, so that a table may be sorted meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from addin.workbook.located_tables import Layout, Located
from addin.workbook.port import Cell, Changes, RowsFill, SheetShown, Table
from addin.workbook.typed_cells import read_text

__all__ = ["Added", "Code", "Journal", "Replaced", "Rewritten", "What", "codes_of", "journal_of", "row_codes"]

What = Literal["refresh", "import", "scales", "strategy", "workshop", "put_away"]
Code = tuple[str, int]
"""Code of an account, and the place of its row among those of the same code."""
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Replaced:
    """Cells of a column of accounts that got other values.

    Attributes
    ----------
    table, header
        The column.
    at
        Rows of the table as it was then.
    before, after
        Their cells.
    """

    table: str
    header: str
    at: Sequence[int]
    before: Sequence[Cell]
    after: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Added:
    """Accounts that came into a table of accounts below its last one.

    Attributes
    ----------
    table, headers
        The table.
    growth
        By how many rows it grew.
    codes, rows
        The accounts, and their cells.
    before
        What stood there: blank rows, and formulas in them.
    """

    table: str
    headers: Sequence[str]
    growth: int
    codes: Sequence[Code]
    rows: Sequence[Row]
    before: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """Rows of a table that ClientScore keeps.

    Attributes
    ----------
    table
        The table.
    keep
        This many of its first rows stayed.
    before, after
        Those beyond.
    """

    table: str
    keep: int
    before: Sequence[Row]
    after: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Journal:
    """What was written, and what it replaced.

    Attributes
    ----------
    book
        Where the workbook lies.
    what, when
        What wrote it, and the moment.
    in_file
        Whether it was written to a file rather than in Excel: they spell formulas in different ways.
    accounts
        What tells the rows of each table apart in which cells were replaced: the codes of accounts,
        and in a table of another kind their places.
    columns, added, rows
        What was replaced, added and written anew.
    sheets
        Sheets that were shown, or put away, as they were before.
    """

    book: str
    what: What
    when: dt.datetime
    in_file: bool
    accounts: Mapping[str, Sequence[Code]] = field(default_factory=dict)
    columns: Sequence[Replaced] = ()
    added: Sequence[Added] = ()
    rows: Sequence[Rewritten] = ()
    sheets: Sequence[SheetShown] = ()


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
    return Journal(
        book,
        what,
        dt.datetime.now(dt.UTC).astimezone(),
        in_file,
        accounts={fill.table: codes[fill.table] for fill in inverse.columns},
        columns=_replaced(tables, written, inverse),
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
    )


def _replaced(tables: Sequence[Table], written: Changes, inverse: Changes) -> list[Replaced]:
    headers = {table.name: table.headers for table in tables}
    after = {(fill.table, fill.column): fill.values for fill in written.columns}
    columns = []
    for fill in inverse.columns:
        new, old = after[fill.table, fill.column], fill.values
        rows = [
            row
            for row in np.flatnonzero(~fill.skip).tolist()
            if type(old[row]) is not type(new[row]) or old[row] != new[row]
        ]
        before, behind = [old[row] for row in rows], [new[row] for row in rows]
        columns.append(Replaced(fill.table, headers[fill.table][fill.column], rows, before, behind))
    return columns


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


def row_codes(table: Table, located: Located | None) -> list[Code]:
    """Return what tells the rows of a table apart: the codes of accounts, else their places."""
    if located is not None:
        return codes_of(located.cells("account"))
    return [(f"#{row}", 1) for row in range(table.n_rows)]


def codes_of(cells: Sequence[Cell]) -> list[Code]:
    """Code of each row with its place among the rows of the same code."""
    seen: dict[str, int] = {}
    found = []
    for cell in cells:
        text = read_text(cell)
        code = text.casefold() if isinstance(text, str) else ""
        seen[code] = seen.get(code, 0) + 1
        found.append((code, seen[code]))
    return found
