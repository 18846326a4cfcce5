"""What a refresh or an import replaced: accounts by their codes, so that a table may be sorted meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from addin.workbook.located_tables import Located
from addin.workbook.port import Cell, SheetShown, Table
from addin.workbook.typed_cells import read_text

__all__ = ["Added", "Code", "Group", "Journal", "Replaced", "Rewritten", "What", "codes_of", "row_codes"]

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
class Group:
    """Cells of a table of accounts that one formula filled: they come back together or not at all.

    Attributes
    ----------
    table, headers
        The columns.
    at, n_rows
        The first row, and how many there are.
    range
        Where they stood.
    """

    table: str
    headers: Sequence[str]
    at: int
    n_rows: int
    range: str


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
    groups
        Which of the replaced cells belong together.
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
    groups: Sequence[Group] = ()


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
