"""Tables of the shipped workbook, for tests to change and score."""

import dataclasses
import datetime as dt
import functools
import tempfile
from pathlib import Path

from addin.catalogue import catalogue, field_key
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables
from addin.template import build_workbook, empty_content
from addin.workbook.located_tables import Layout
from addin.workbook.tables import BY_KEY

TODAY = dt.date(2026, 11, 23)


@functools.cache
def _shipped(language):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(build_workbook(language, empty_content(language), macro_enabled=False))
        return tuple(PackageBook(path).tables())


class Tables:
    """The tables of a fresh workbook, changed cell by cell.

    Cells are named by field key, rows by position; rows are added as needed.
    """

    def __init__(self, language="en"):
        self.language = language
        self.words = catalogue(language)
        self.tables = {table.name: table for table in _shipped(language)}

    def kind(self, name):
        return name.lower() if name.lower() in BY_KEY else "accounts"

    def column(self, name, key):
        kind = self.kind(name)
        return next(
            i
            for i, header in enumerate(self.tables[name].headers)
            if field_key(kind, header, self.language) == key
        )

    def rows(self, name, rows):
        """Put rows, mappings by field key (or by header), in place of the body."""
        table = self.tables[name]
        kind = self.kind(name)
        keys = [field_key(kind, header, self.language) or header for header in table.headers]
        columns = tuple([row.get(key) for row in rows] or [None] for key in keys)
        self.tables[name] = dataclasses.replace(table, columns=columns)
        return self

    def set(self, name, row, key, value):
        table = self.tables[name]
        at = self.column(name, key)
        columns = [list(column) for column in table.columns]
        for column in columns:
            column.extend([None] * (row + 1 - len(column)))
        columns[at][row] = value
        self.tables[name] = dataclasses.replace(table, columns=tuple(columns))
        return self

    def get(self, name, row, key):
        return self.tables[name].columns[self.column(name, key)][row]

    def find(self, name, key, value):
        return self.tables[name].columns[self.column(name, key)].index(value)

    def setting(self, key, value):
        return self.set(
            "Settings",
            self.find("Settings", "setting", self.words.surface("fields")["setting_names"][key]),
            "value",
            value,
        )

    def add_column(self, name, header, values=()):
        table = self.tables[name]
        cells = list(values) + [None] * (table.n_rows - len(values))
        self.tables[name] = dataclasses.replace(
            table, headers=(*table.headers, header), columns=(*table.columns, cells)
        )
        return self

    def drop_column(self, name, key):
        table, at = self.tables[name], self.column(name, key)
        self.tables[name] = dataclasses.replace(
            table,
            headers=table.headers[:at] + table.headers[at + 1 :],
            columns=table.columns[:at] + table.columns[at + 1 :],
        )
        return self

    def copy_of(self, name, new_name, sheet):
        self.tables[new_name] = dataclasses.replace(self.tables[name], name=new_name, sheet=sheet)
        return self

    def list(self):
        return list(self.tables.values())

    def score(self, **settings):
        return score_tables(self.list(), settings.pop("today", TODAY), **settings)

    def address(self, name, row, key):
        return self.tables[name].cell(row, self.column(name, key))


def written(tables, scoring):
    """The tables as they are after the changes."""
    after = {table.name: [list(column) for column in table.columns] for table in tables}
    by_name = {table.name: table for table in tables}
    for fill in scoring.changes.columns:
        column = after[fill.table][fill.column]
        for row, value in enumerate(fill.values):
            if not fill.skip[row]:
                column[row] = value
    for fill in scoring.changes.rows:
        columns = after[fill.table]
        rows = [[column[row] for column in columns] for row in range(fill.keep)] + [
            list(row) for row in fill.rows
        ]
        rows = rows or [[None] * len(columns)]
        after[fill.table] = [list(column) for column in zip(*rows, strict=True)]
    return [dataclasses.replace(by_name[name], columns=tuple(columns)) for name, columns in after.items()]


def cells(tables, name):
    """Rows of a table as mappings by field key."""
    located = next(
        found
        for found in (*Layout(tables).accounts, *Layout(tables).named.values())
        if found.table.name == name
    )
    keys = list(located.columns)
    return [
        dict(zip(keys, row, strict=True)) for row in zip(*(located.cells(key) for key in keys), strict=True)
    ]
