"""What puts back what a refresh or an import replaced.

A cell is put back only where it still holds what was written. An account that
an import added goes again, unless a person made it theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import numpy as np

from addin.refusals import Refusal
from addin.undo.added_rows import Columns, check_whole, holds, is_tail, is_untouched, written_cells
from addin.undo.journal import Added, Code, Group, Journal, Replaced, Rewritten, row_codes
from addin.views import VIEWS
from addin.views.view import How
from addin.workbook.located_tables import Layout
from addin.workbook.port import Cell, Changes, ColumnFill, Formula, RowsFill, Table
from addin.workbook.uses import USES

__all__ = ["Columns", "Restoring", "restoring"]

_UNCOUNTED = frozenset(
    {
        *(view.table for view in VIEWS if view.how is not How.BELOW),
        *(table.key for use in USES for table in use.all_tables),
    }
)
"""Tables that are written anew as a whole: their rows are no news, and another check may have followed."""


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
        return not (self.changes.columns or self.changes.rows or self.changes.sheets)


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
            table.name: _positions(row_codes(table, self._accounts.get(table.name))) for table in tables
        }
        self._removed: defaultdict[str, AbstractSet[int]] = defaultdict(frozenset)
        self._cells: defaultdict[tuple[str, int], dict[int, Cell]] = defaultdict(dict)
        self._found = Restoring()

    def found(self) -> Restoring:
        for added in self._journal.added:
            self._take_out(added)
        for replaced in self._journal.columns:
            self._put_back(replaced)
        for group in self._journal.groups:
            self._keep_together(group)
        for rewritten in self._journal.rows:
            self._take_back(rewritten)
        shown = {table.sheet: table.shown for table in self._tables.values()}
        self._found.changes.sheets.extend(
            one for one in self._journal.sheets if shown.get(one.sheet, one.shown) != one.shown
        )
        for (name, column), cells in self._cells.items():
            if cells:
                self._found.changes.columns.append(_fill(self._tables[name], column, cells))
        return self._found

    def _put_back(self, entry: Replaced) -> None:
        """Put back the cells of a column that still hold what was written."""
        name, found = entry.table, self._found
        table = self._tables.get(name)
        if table is None or entry.header not in table.headers:
            found.n_left += len(entry.at)
            return
        column = table.headers.index(entry.header)
        codes, shown = self._journal.accounts[name], table.columns[column]
        for at, cell, after in zip(entry.at, entry.before, entry.after, strict=True):
            row = self._rows[name].get(codes[at])
            if row is None or row in self._removed[name] or not holds(shown[row], after):
                found.n_left += 1
            elif self._fits(cell, table, row, column):
                self._cells[name, column][row] = cell
                found.n_cells += 1
            else:
                found.n_left += 1

    def _keep_together(self, group: Group) -> None:
        """Leave alone the cells that one formula filled, where one of them was changed since.

        Raises
        ------
        Refusal
            If they stand otherwise than they did.
        """
        table = self._tables.get(group.table)
        if table is None:
            return
        codes, here = self._journal.accounts[group.table], self._rows[group.table]
        rows = [here.get(code) for code in codes[group.at : group.at + group.n_rows]]
        columns = [table.headers.index(one) if one in table.headers else -1 for one in group.headers]
        cells = [(column, row) for column in columns for row in rows]
        back = [(column, row) for column, row in cells if row in self._cells.get((group.table, column), {})]
        if len(back) == len(cells):
            first_row, first_column = rows[0], columns[0]
            assert first_row is not None
            if rows != list(range(first_row, first_row + len(rows))) or columns != list(
                range(first_column, first_column + len(columns))
            ):
                cell = table.cell(first_row, first_column)
                raise Refusal("undo_moved", sheet=table.sheet, cell=cell, range=group.range)
            return
        for column, row in back:
            assert row is not None
            del self._cells[group.table, column][row]
        self._found.n_cells -= len(back)
        self._found.n_left += len(back)

    def _fits(self, cell: Cell, table: Table, row: int, column: int) -> bool:
        """Whether a cell can be put back here.

        Raises
        ------
        Refusal
            If it could be in Excel, or in a file.
        """
        if not isinstance(cell, Formula) or self._in_file == self._journal.in_file:
            return True
        if not self._in_file:
            if cell.spread is None and not cell.text.startswith("{"):
                return True
            # typed into a cell it would be a text
            address, book = table.cell(row, column), self._journal.book
            raise Refusal("undo_outside_excel", sheet=table.sheet, cell=address, book=f'"{book}"')
        from addin.package.formula_text import fits_file

        if fits_file(cell):
            return True
        raise Refusal("undo_in_excel", sheet=table.sheet, cell=table.cell(row, column))

    def _take_out(self, entry: Added) -> None:
        """Remove added accounts whose rows hold what was written and nothing else."""
        name, found = entry.table, self._found
        rows, codes = self._rows.get(name, {}), entry.codes
        here = [
            (rows[code], cells)
            for code, cells in zip(codes, written_cells(entry), strict=True)
            if code in rows
        ]
        # Deleted by hand they are gone already; moved to another sheet they are somebody's.
        gone = [code for code in codes if code not in rows]
        found.n_accounts_left += sum(any(code in other for other in self._rows.values()) for code in gone)
        located = self._accounts.get(name)
        if not here or located is None:  # it may have lost the columns that made it one
            found.n_accounts_left += len(here)
            return
        spelled = self._spelled(located.table)
        removed = {row: written for row, written in here if is_untouched(located, spelled, row, written)}
        found.n_accounts_left += len(here) - len(removed)
        found.n_accounts += len(removed)
        self._removed[name] = removed.keys()
        if removed and is_tail(spelled, removed.keys()):
            found.changes.rows.append(self._shortened(entry, located.table, min(removed)))
        else:
            self._empty(located.table, spelled, removed)

    def _shortened(self, entry: Added, table: Table, keep: int) -> RowsFill:
        """Give a table the rows and the size that it had below the accounts that stay."""
        n_rows = max(1, keep, table.n_rows - entry.growth) - keep
        before = [dict(zip(entry.headers, row, strict=True)) for row in entry.before]
        before += [{}] * (n_rows - len(before))
        rows = [
            tuple(
                cell if self._fits(cell, table, row, column) else None
                for column, cell in enumerate(map(cells.get, table.headers))
            )
            for row, cells in enumerate(before[:n_rows], start=keep)
        ]
        check_whole(rows, table, keep, same_columns=tuple(entry.headers) == table.headers)
        return RowsFill(table.name, keep, rows)

    def _empty(self, table: Table, spelled: Columns, rows: Mapping[int, Mapping[str, Cell]]) -> None:
        """Empty rows that stand among others, where a formula of the company's own stays."""
        for column, header in enumerate(table.headers):
            for row, written in rows.items():
                kept = isinstance(spelled[column][row], Formula) and header not in written
                if table.columns[column][row] is not None and not kept:
                    self._cells[table.name, column][row] = None

    def _take_back(self, entry: Rewritten) -> None:
        """Take back the rows of a log, where they still are its last ones."""
        found, table = self._found, self._tables.get(entry.table)
        after = entry.after
        n_rows = sum(any(cell is not None for cell in row) for row in after)
        counted = entry.table.casefold() not in _UNCOUNTED
        if table is None or not _ends_with(table, entry.keep, after):
            # A check may have written the sheet Checks anew: the results are put back all the same.
            found.n_rows_left += n_rows if counted else 0
            return
        found.changes.rows.append(RowsFill(table.name, entry.keep, list(entry.before)))
        if counted:
            found.n_rows += n_rows
            found.sheets.append(table.sheet)


def _fill(table: Table, column: int, cells: Mapping[int, Cell]) -> ColumnFill:
    values: list[Cell] = list(table.columns[column])
    skip = np.ones(table.n_rows, dtype=bool)
    for row, cell in cells.items():
        values[row], skip[row] = cell, False
    return ColumnFill(table.name, column, values, skip, np.zeros_like(skip))


def _positions(codes: Sequence[Code]) -> dict[Code, int]:
    return {code: row for row, code in enumerate(codes) if code[0]}


def _ends_with(table: Table, keep: int, rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the body of a table, from a row on, is just these rows."""
    if table.n_rows != max(1, keep + len(rows)):
        return False
    body = [list(row) for row in zip(*table.columns, strict=True)][keep:]
    wanted = rows or [[None] * len(table.headers)] * len(body)
    if any(len(row) != len(table.headers) for row in wanted):
        return False  # a person gave it another column, or took one out
    return all(
        holds(found, cell)
        for row, cells in zip(body, wanted, strict=True)
        for found, cell in zip(row, cells, strict=True)
    )
