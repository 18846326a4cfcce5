"""Tables in memory that imports change and Undo puts back."""

import copy
import dataclasses
import datetime as dt
from types import SimpleNamespace

import numpy as np
from support.books import TODAY, Tables, written

from addin.refresh.score_tables import score_tables
from addin.undo.journal_of import journal_of
from addin.undo.restore import restoring
from addin.undo.stack import Stack
from addin.workbook.located_tables import Layout
from addin.workbook.port import Changes, ColumnFill, RowsFill, Table

VISIT = dt.datetime(2026, 3, 4)


KNOWN = [
    {"account": f"C{n}", "name": f"Company {n}", "status": "Client", "turnover": 9000.0 * n, "potential": 5e4}
    for n in range(1, 6)
]


LOG = ("Date", "File", "Line", "Account", "What", "Number", "Amount", "Explanation")


class Memory:
    """A book whose tables are in memory, with a journal of all that is written to it."""

    def __init__(self, folder, *, padding=0, own=None):
        tables = Tables("en").rows("Clients", [*KNOWN, *[{}] * padding])
        if own:
            tables.add_column("Clients", own, [None] * (len(KNOWN) + padding))
        log = Table("Imports", "Imports", 5, 1, LOG, tuple([None] for _ in LOG))
        self.now = [*(one for one in tables.list() if one.name != "Imports"), log]
        self.formulas = {}
        self.stack, self.inverse = Stack(folder, "here"), None

    def tables(self):
        return copy.deepcopy(self.now)

    def spelled(self, table):
        return [
            [
                self.formulas.get((header, cells[0]), cell)
                for cells, cell in zip(self.rows(table), column, strict=True)
            ]
            for header, column in zip(table.headers, table.columns, strict=True)
        ]

    @staticmethod
    def rows(table):
        return list(zip(*table.columns, strict=True))

    def apply(self, changes):
        self.inverse = self._inverse(changes)
        self.now = written(self.now, SimpleNamespace(changes=changes))

    def _inverse(self, changes):
        by_name = {table.name: table for table in self.now}
        columns = [
            dataclasses.replace(fill, values=list(by_name[fill.table].columns[fill.column]))
            for fill in changes.columns
        ]
        rows = [
            RowsFill(fill.table, fill.keep, self.rows(by_name[fill.table])[fill.keep :])
            for fill in changes.rows
        ]
        return Changes(columns, rows)

    def write(self, changes, what):
        before = self.tables()
        self.apply(changes)
        self.stack.put(journal_of("here", before, changes, self.inverse, what))

    def refresh(self):
        self.write(score_tables(self.tables(), TODAY).changes, "refresh")

    def import_(self, turnovers, new, note="import"):
        self.write(imported(self.now, turnovers, new, note), "import")

    def undo(self):
        entry = self.stack.top()
        found = restoring(entry.journal(), self.tables(), self.spelled)
        self.apply(found.changes)
        self.stack.drop(entry)
        return found

    def clients(self):
        return next(one for one in Layout(self.now).accounts if one.table.name == "Clients")

    def sort(self, key):
        """Sort the table Clients, as a person does."""
        table = self.clients().table
        rows = sorted(self.rows(table), key=key)
        self._replace(dataclasses.replace(table, columns=tuple(map(list, zip(*rows, strict=True)))))

    def type(self, account, key, value):
        located = self.clients()
        row = located.cells("account").index(account)
        located.table.columns[located.columns[key]][row] = value

    def _replace(self, table):
        self.now = [table if one.name == table.name else one for one in self.now]


def imported(tables, turnovers, new, note="import"):
    """The changes of an import: turnovers of known accounts, new accounts below, a report."""
    by_name = {table.name: table for table in tables}
    located = next(one for one in Layout(tables).accounts if one.table.name == "Clients")
    table, column = located.table, located.columns["turnover"]
    changes = Changes()
    if turnovers:
        codes = located.cells("account")
        skip = np.array([code not in turnovers for code in codes])
        values = [turnovers.get(code) for code in codes]
        changes.columns.append(ColumnFill("Clients", column, values, skip, np.zeros_like(skip)))
    if new:
        filled = [
            row for row, cells in enumerate(Memory.rows(table)) if any(cell is not None for cell in cells)
        ]
        keep = filled[-1] + 1 if filled else 0
        keys = {position: key for key, position in located.columns.items()}
        rows = [tuple(row.get(keys[at]) for at in range(len(table.headers))) for row in new]
        rows += [(None,) * len(table.headers)] * (table.n_rows - keep - len(rows))
        changes.rows.append(RowsFill("Clients", keep, rows))
    if "Imports" in by_name:
        log = by_name["Imports"]
        keep = sum(cell is not None for cell in log.columns[0])
        changes.rows.append(RowsFill("Imports", keep, [(VISIT, note, *[None] * (len(log.headers) - 2))]))
    return changes


NEW = [
    {"account": "N1", "name": "New 1", "status": "Client", "turnover": 700.0, "last_visit": VISIT},
    {"account": "N2", "name": "New 2", "status": "Client", "turnover": 800.0},
]
