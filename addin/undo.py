"""What a refresh or an import replaced, and what puts it back.

A journal knows accounts by their codes, so that a table may be sorted in
between, and puts a cell back only where it still holds what was written. An
account that an import added goes again, unless a person made it theirs.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np

from addin.book import Cell, CellError, Changes, ColumnFill, Formula, RowsFill, Table, Uncalculated
from addin.layout import Layout, Located
from addin.live_values import shows
from addin.refusals import Refusal
from addin.values import read_text
from scoring.terms import FIELDS, FilledBy

__all__ = ["Journal", "Restoring", "What", "journal_of", "restoring"]

Journal = Mapping[str, Any]
What = Literal["refresh", "import"]
Columns = Sequence[Sequence[Cell]]
"""Cells of a table, one list a column."""

_Code = tuple[str, int]
"""Code of an account, and the place of its row among those of the same code."""

_EPOCH: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - cells have no time zone
_FROM_1904: Final = 1462
"""Days between the two systems of dates."""


@dataclass(slots=True)
class Restoring:
    """What puts the cells back.

    Attributes
    ----------
    changes
        To be applied.
    n_cells, n_left
        Cells of accounts that are put back, and those that are left since
        they no longer hold what was written.
    n_accounts, n_accounts_left
        Added accounts that are removed, and those that are left since
        something in their rows was changed or typed.
    n_rows, n_rows_left
        Rows of the sheets that ClientScore keeps, such as History, that are
        taken back, and those that are left since others follow them.
    sheets
        Names of these sheets.
    """

    changes: Changes = field(default_factory=Changes)
    n_cells: int = 0
    n_left: int = 0
    n_accounts: int = 0
    n_accounts_left: int = 0
    n_rows: int = 0
    n_rows_left: int = 0
    sheets: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to put back."""
        return not (self.changes.columns or self.changes.rows)


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
        Whether it was written to a file rather than in Excel: they spell formulas in different ways.
    """
    accounts = {located.table.name: located for located in Layout(tables).accounts}
    codes = {name: _codes(located.cells("account")) for name, located in accounts.items()}
    rows = {fill.table: fill for fill in written.rows}
    return {
        "book": book,
        "what": what,
        "when": dt.datetime.now(dt.UTC).astimezone().isoformat(timespec="seconds"),
        "in_file": in_file,
        "accounts": {fill.table: codes[fill.table] for fill in inverse.columns},
        "columns": _columns(tables, written, inverse),
        "added": [
            _added(accounts[fill.table], rows[fill.table], fill)
            for fill in inverse.rows
            if fill.table in accounts
        ],
        "rows": [
            {
                "table": fill.table,
                "keep": fill.keep,
                "before": [list(map(_plain, row)) for row in fill.rows],
                "after": [list(map(_plain, row)) for row in rows[fill.table].rows],
            }
            for fill in inverse.rows
            if fill.table not in accounts
        ],
    }


def _columns(tables: Sequence[Table], written: Changes, inverse: Changes) -> list[dict[str, Any]]:
    """Cells that changed, column by column."""
    headers = {table.name: table.headers for table in tables}
    after = {(fill.table, fill.column): fill.values for fill in written.columns}
    columns = []
    for fill in inverse.columns:
        new, old = after[fill.table, fill.column], fill.values
        rows = [row for row in np.flatnonzero(~fill.skip).tolist() if not _same(old[row], new[row])]
        columns.append(
            {
                "table": fill.table,
                "header": headers[fill.table][fill.column],
                "at": rows,
                "before": [_plain(old[row]) for row in rows],
                "after": [_plain(new[row]) for row in rows],
            }
        )
    return columns


def _added(located: Located, written: RowsFill, before: RowsFill) -> dict[str, Any]:
    """Accounts that came into an account table below its last one."""
    table, column = located.table, located.columns["account"]
    codes = [*located.cells("account")[: written.keep], *(row[column] for row in written.rows)]
    new = zip(_codes(codes)[written.keep :], written.rows, strict=True)
    rows = [(code, list(map(_plain, row))) for code, row in new if code[0]]
    return {
        "table": table.name,
        "headers": list(table.headers),
        "growth": max(1, written.keep + len(written.rows)) - table.n_rows,
        "codes": [code for code, _ in rows],
        "rows": [row for _, row in rows],
        "before": [list(map(_plain, row)) for row in before.rows],
    }


def restoring(
    journal: Journal,
    tables: Sequence[Table],
    spelled: Callable[[Table], Columns] = lambda table: table.columns,
    *,
    in_file: bool = False,
) -> Restoring:
    """Work out what puts back the cells of the tables as they are now.

    Parameters
    ----------
    journal
        Of what is to be undone.
    tables
        All tables of the workbook.
    spelled
        Gives the cells of a table with the formulas that they hold.
    in_file
        Whether the cells go to a file rather than to Excel.

    Raises
    ------
    Refusal
        If only Excel can put back a formula.
    """
    return _Restorer(journal, tables, spelled, in_file=in_file).found()


class _Restorer:
    """Gathers what puts the cells back."""

    def __init__(
        self,
        journal: Journal,
        tables: Sequence[Table],
        spelled: Callable[[Table], Columns],
        *,
        in_file: bool,
    ) -> None:
        self._journal, self._spelled, self._in_file = journal, spelled, in_file
        self._tables = {table.name: table for table in tables}
        self._accounts = {located.table.name: located for located in Layout(tables).accounts}
        self._rows = {
            name: _positions(_codes(located.cells("account"))) for name, located in self._accounts.items()
        }
        self._removed: defaultdict[str, AbstractSet[int]] = defaultdict(frozenset)
        self._cells: defaultdict[tuple[str, int], dict[int, Cell]] = defaultdict(dict)
        self._found = Restoring()

    def found(self) -> Restoring:
        for entry in self._journal["added"]:
            self._take_out(entry)
        for entry in self._journal["columns"]:
            self._put_back(entry)
        for entry in self._journal["rows"]:
            self._take_back(entry)
        for (name, column), cells in self._cells.items():
            self._found.changes.columns.append(_fill(self._tables[name], column, cells))
        return self._found

    def _put_back(self, entry: Mapping[str, Any]) -> None:
        """Put back the cells of a column that still hold what was written."""
        name, found = entry["table"], self._found
        table = self._tables.get(name)
        if name not in self._accounts or table is None or entry["header"] not in table.headers:
            found.n_left += len(entry["at"])
            return
        column = table.headers.index(entry["header"])
        codes, shown = self._journal["accounts"][name], table.columns[column]
        for at, before, after in zip(entry["at"], entry["before"], entry["after"], strict=True):
            row = self._rows[name].get(tuple(codes[at]))
            cell = _cell(before)
            if row is None or row in self._removed[name] or not _holds(shown[row], _cell(after)):
                found.n_left += 1
            elif self._fits(cell, table, row, column):
                self._cells[name, column][row] = cell
                found.n_cells += 1
            else:
                found.n_left += 1

    def _fits(self, cell: Cell, table: Table, row: int, column: int) -> bool:
        """Whether a cell can be put back here.

        Raises
        ------
        Refusal
            If it could be in Excel.
        """
        if not isinstance(cell, Formula) or self._in_file == self._journal["in_file"]:
            return True
        if not self._in_file:
            return not cell.text.startswith("{")  # typed into a cell it would be a text
        from addin.package.formula_text import fits_file

        if fits_file(cell):
            return True
        raise Refusal("undo_in_excel", sheet=table.sheet, cell=table.cell(row, column))

    def _take_out(self, entry: Mapping[str, Any]) -> None:
        """Remove added accounts whose rows hold what was written and nothing else."""
        name, found = entry["table"], self._found
        rows, codes = self._rows.get(name, {}), list(map(tuple, entry["codes"]))
        here = [
            (rows[code], cells) for code, cells in zip(codes, _written(entry), strict=True) if code in rows
        ]
        # Deleted by hand they are gone already; moved to another sheet they are somebody's.
        gone = [code for code in codes if code not in rows]
        found.n_accounts_left += sum(any(code in other for other in self._rows.values()) for code in gone)
        if not here:
            return
        located = self._accounts[name]
        spelled = self._spelled(located.table)
        removed = {row: written for row, written in here if _is_untouched(located, spelled, row, written)}
        found.n_accounts_left += len(here) - len(removed)
        found.n_accounts += len(removed)
        self._removed[name] = removed.keys()
        if removed and _is_tail(spelled, removed.keys()):
            found.changes.rows.append(self._shortened(entry, located.table, min(removed)))
        else:
            self._empty(located.table, spelled, removed)

    def _shortened(self, entry: Mapping[str, Any], table: Table, keep: int) -> RowsFill:
        """Give a table the rows and the size that it had below the accounts that stay."""
        n_rows = max(1, keep, table.n_rows - entry["growth"]) - keep
        before = [dict(zip(entry["headers"], map(_cell, row), strict=True)) for row in entry["before"]]
        before += [{}] * (n_rows - len(before))
        rows = [
            tuple(
                cell if self._fits(cell, table, row, column) else None
                for column, cell in enumerate(map(cells.get, table.headers))
            )
            for row, cells in enumerate(before[:n_rows], start=keep)
        ]
        return RowsFill(table.name, keep, rows)

    def _empty(self, table: Table, spelled: Columns, rows: Mapping[int, Mapping[str, Cell]]) -> None:
        """Empty rows that stand among others, where a formula of the company's own stays."""
        for column, header in enumerate(table.headers):
            for row, written in rows.items():
                kept = isinstance(spelled[column][row], Formula) and header not in written
                if table.columns[column][row] is not None and not kept:
                    self._cells[table.name, column][row] = None

    def _take_back(self, entry: Mapping[str, Any]) -> None:
        """Take back the rows of a log, where they still are its last ones."""
        found, table = self._found, self._tables.get(entry["table"])
        after = [list(map(_cell, row)) for row in entry["after"]]
        n_rows = sum(any(cell is not None for cell in row) for row in after)
        if table is None or not _ends_with(table, entry["keep"], after):
            # A check has written the sheet Checks anew: the results are put back all the same.
            found.n_rows_left += n_rows if entry["table"].casefold() != "checks" else 0
            return
        before = [tuple(map(_cell, row)) for row in entry["before"]]
        found.changes.rows.append(RowsFill(table.name, entry["keep"], before))
        found.n_rows += n_rows
        found.sheets.append(table.sheet)


def _written(entry: Mapping[str, Any]) -> list[dict[str, Cell]]:
    """Cells that were written for each added account, by header."""
    headers = entry["headers"]
    return [
        {header: _cell(cell) for header, cell in zip(headers, row, strict=True) if cell not in (None, "")}
        for row in entry["rows"]
    ]


def _is_untouched(located: Located, spelled: Columns, row: int, written: Mapping[str, Cell]) -> bool:
    """Whether a row holds what was written and otherwise only what a refresh or a formula fills."""
    table = located.table
    by_refresh = {
        column
        for key, column in located.columns.items()
        if key in FIELDS and FIELDS[key].filled_by is FilledBy.REFRESH
    }
    for column, header in enumerate(table.headers):
        shown = table.columns[column][row]
        if header in written:
            if not _holds(shown, written[header]):
                return False
        elif shown is not None and column not in by_refresh and not isinstance(spelled[column][row], Formula):
            return False
    return written.keys() <= set(table.headers)


def _is_tail(spelled: Columns, rows: AbstractSet[int]) -> bool:
    """Whether rows are the last ones of a table that hold anything but formulas."""
    last = len(spelled[0]) - 1
    while last not in rows and all(
        column[last] is None or isinstance(column[last], Formula) for column in spelled
    ):
        last -= 1
    return rows == set(range(last + 1 - len(rows), last + 1))


def _fill(table: Table, column: int, cells: Mapping[int, Cell]) -> ColumnFill:
    values: list[Cell] = list(table.columns[column])
    skip = np.ones(table.n_rows, dtype=bool)
    for row, cell in cells.items():
        values[row], skip[row] = cell, False
    return ColumnFill(table.name, column, values, skip, np.zeros_like(skip))


def _codes(cells: Sequence[Cell]) -> list[_Code]:
    """Code of each row with its place among the rows of the same code."""
    seen: dict[str, int] = {}
    found = []
    for cell in cells:
        text = read_text(cell)
        code = text.casefold() if isinstance(text, str) else ""
        seen[code] = seen.get(code, 0) + 1
        found.append((code, seen[code]))
    return found


def _positions(codes: Sequence[_Code]) -> dict[_Code, int]:
    return {code: row for row, code in enumerate(codes) if code[0]}


def _same(one: Cell, other: Cell) -> bool:
    return type(one) is type(other) and one == other


def _holds(shown: Cell, written: Cell) -> bool:
    if isinstance(written, dt.datetime) and isinstance(shown, float):  # its format shows no date
        days = (written - _EPOCH) / dt.timedelta(days=1)
        return min(abs(shown - days), abs(shown + _FROM_1904 - days)) < 1e-6
    return shown == written or shows(shown, written)


def _ends_with(table: Table, keep: int, rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the body of a table, from a row on, is just these rows."""
    if table.n_rows != max(1, keep + len(rows)):
        return False
    body = [list(row) for row in zip(*table.columns, strict=True)][keep:]
    wanted = rows or [[None] * len(table.headers)] * len(body)
    return all(
        _holds(found, cell)
        for row, cells in zip(body, wanted, strict=True)
        for found, cell in zip(row, cells, strict=True)
    )


def _plain(cell: Any) -> Any:
    """Return a cell as JSON."""
    match cell:
        case None | bool() | str():
            return cell
        case dt.datetime():
            return {"date": cell.isoformat()}
        case Formula(text):
            return {"formula": text}
        case CellError(text) | Uncalculated(text):
            return {"formula": f"={text}"}
        case np.bool_():
            return bool(cell)
        case _:
            return float(cell)


def _cell(plain: Any) -> Cell:
    match plain:
        case {"date": str(text)}:
            return dt.datetime.fromisoformat(text)
        case {"formula": str(text)}:
            return Formula(text)
        case None | bool() | float() | str():
            return plain
        case _:
            message = f"{plain!r} is no cell of a journal"
            raise ValueError(message)
