"""A workbook made by the product, changed with openpyxl, refreshed, and compared with the oracle."""

import contextlib
import datetime as dt
import functools
import io
import tempfile
from pathlib import Path

import openpyxl
import pytest
from golden import oracle, terms
from golden.differences import differences
from golden.reading import key_of, tables_of
from openpyxl.worksheet.table import Table

from addin.cli import main
from addin.fresh import new_workbook

TODAY = dt.date(2026, 11, 23)
LANGUAGES = ("en", "fr")


@functools.cache
def slim(language, own):
    """The tables of a fresh workbook that say what to score, and nothing of what stands around them.

    Openpyxl takes most of its time for that, and the demonstration has it all.
    """
    kept = {"clients", "prospects", "checks", *terms.FIELDS}
    at = LANGUAGES.index(language)
    rows = [{"account": status, "status": terms.STATUS[status][at]} for status in ("client", "prospect")]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fresh.xlsx"
        new_workbook(path, language, rows, own)
        book = openpyxl.load_workbook(path)
    bare = openpyxl.Workbook()
    bare.remove(bare.active)
    for sheet in book.worksheets:
        tables = [table for table in sheet.tables.values() if table.name.lower() in kept]
        copy = bare.create_sheet(sheet.title) if tables else None
        for table in tables:
            for cell in (cell for row in sheet[table.ref] for cell in row):
                copy[cell.coordinate].value = cell.value
                copy[cell.coordinate].number_format = cell.number_format
            copy.add_table(Table(displayName=table.displayName, name=table.name, ref=table.ref))
    content = io.BytesIO()
    bare.save(content)
    return content.getvalue()


class Book:
    """A workbook made by the product, changed with openpyxl, refreshed by the command."""

    def __init__(self, path, language="en", rows=(), own=()):
        self.path, self.at = path, LANGUAGES.index(language)
        if path.exists():
            self.book = openpyxl.load_workbook(path)
            return
        self.book = openpyxl.load_workbook(io.BytesIO(slim(language, tuple(own))))
        parts = {"Clients": [], "Prospects": []}
        for row in rows:
            part = parts["Prospects" if row["status"] in ("prospect", "suspect") else "Clients"]
            part.append(row | {"status": self.word(terms.STATUS, row["status"])})
        for name, records in parts.items():
            self.rows(name, records)
        if rows:
            self.setting("reference_date", midnight(TODAY))

    def word(self, names, key):
        """A list word in the workbook's language; what is no key stays."""
        return names[key][self.at] if key in names else key

    def table(self, name):
        return next((sheet, sheet.tables[name]) for sheet in self.book.worksheets if name in sheet.tables)

    def cells(self, name):
        sheet, table = self.table(name)
        return list(sheet[table.ref])

    def columns(self, name):
        """Position by field key, by header where it is no field."""
        fields = terms.FIELDS.get(name.lower(), terms.ACCOUNTS)
        headers = [str(cell.value) for cell in self.cells(name)[0]]
        return {key_of(fields, header) or header: i for i, header in enumerate(headers)}

    def rows(self, name, records):
        """Put records in place of a table's body, and move its end."""
        sheet, table = self.table(name)
        cells, columns = self.cells(name), self.columns(name)
        for row in cells[1:]:
            for cell in row:
                cell.value = None
        top, left = cells[0][0].row, cells[0][0].column
        for down, record in enumerate(records, start=1):
            for key, value in record.items():
                cell = sheet.cell(top + down, left + columns[key])
                cell.number_format = "General"  # a date that stood there would make a date of a number
                cell.value = value
        end = sheet.cell(top + max(len(records), 1), left + len(columns) - 1)
        table.ref = f"{cells[0][0].coordinate}:{end.coordinate}"
        if table.autoFilter is not None:
            table.autoFilter.ref = table.ref
        return self

    def records(self, name):
        columns = self.columns(name)
        return [{key: row[at].value for key, at in columns.items()} for row in self.cells(name)[1:]]

    def put(self, key, values, name="Clients"):
        """Type values down a column, from its first account."""
        at = self.columns(name)[key]
        for row, value in zip(self.cells(name)[1:], values, strict=True):
            row[at].value = value
        return self

    def column(self, key, name="Clients"):
        """What a column holds, downwards."""
        return [row[key] for row in self.records(name)]

    def setting(self, key, value):
        names = terms.SETTING_NAMES
        for row in self.cells("Settings")[1:]:
            if key_of(names, row[0].value) == key:
                row[1].value = value
        return self

    def method(self, key):
        return self.setting("method", self.word(terms.METHODS, key))

    def criteria(self, *criteria):
        """Criteria as (column key or header, scale, weight, options); scales as {value: points}."""
        rows, scales = [], []
        for i, (column, scale, weight, options) in enumerate(criteria):
            name = options.get("name", f"K{i}")
            applies = [self.word(terms.STATUS | terms.ALL, key) for key in options.get("to", ("all",))]
            rows.append(
                {
                    "criterion": name,
                    "column": self.word(terms.ACCOUNTS, column),
                    "applies": ", ".join(applies),
                    "weight": weight,
                    "scale": self.word(terms.SCALE_WORDS, scale),
                    "better": self.word(terms.BETTER, options.get("better", "high")),
                    "missing": self.word(terms.MISSING, options.get("missing", "skip")),
                    "nature": ("Objective", "Objectif")[self.at],
                    "axis": ("Value", "Valeur")[self.at],
                }
            )
            scales += [
                {"criterion": name, "value": value, "points": points}
                for value, points in options.get("scale", {}).items()
            ]
        return self.rows("Criteria", rows).rows("Scales", scales)

    def gates(self, *gates):
        """Gates as (column, condition, value, best class)."""
        return self.rows(
            "Gates",
            [
                {
                    "column": self.word(terms.ACCOUNTS, column),
                    "condition": self.word(terms.KNOWLEDGE, condition),
                    "value": value,
                    "best": best,
                    "reason": f"gate {i}",
                }
                for i, (column, condition, value, best) in enumerate(gates)
            ],
        )

    def sheet_like(self, name, new_name, title, records):
        """One more account sheet."""
        headers = [cell.value for cell in self.cells(name)[0]]
        columns = self.columns(name)
        sheet = self.book.create_sheet(title)
        for at, header in enumerate(headers, start=1):
            sheet.cell(3, at).value = header
        for down, record in enumerate(records, start=4):
            for key, value in record.items():
                shown = self.word(terms.STATUS, value) if key == "status" else value
                sheet.cell(down, columns[key] + 1).value = shown
        end = sheet.cell(3 + max(len(records), 1), len(headers)).coordinate
        sheet.add_table(Table(displayName=new_name, name=new_name, ref=f"A3:{end}"))
        return self

    def refresh(self, code=0):
        """Save, run the command, open again."""
        self.book.save(self.path)
        found, screen = run("refresh", self.path)
        assert found == code, screen
        self.book = openpyxl.load_workbook(self.path)
        return screen

    def check(self, *, exact_breaks=True):
        """Refresh, and compare all that was written, and all that was not, with the oracle."""
        before = tables_of(self.book)
        wanted = oracle.expected(before, TODAY)
        if exact_breaks:
            assert not wanted.ambiguous_breaks, "choose other scores: two groupings are equally good"
        self.refresh()
        wrong = differences(before, tables_of(self.book), wanted)
        assert not wrong, "\n".join(map(repr, wrong))
        return wanted

    def check_twice(self):
        """A second refresh has nothing to add."""
        self.check()
        bytes_before = self.path.read_bytes()
        screen = run("refresh", self.path)
        assert self.path.read_bytes() == bytes_before, screen
        return self


def run(command, path):
    """Exit code of the command, and what it showed."""
    screen = io.StringIO()
    with (
        contextlib.redirect_stdout(screen),
        contextlib.redirect_stderr(screen),
        pytest.raises(SystemExit) as end,
    ):
        main([command, str(path)])
    return end.value.code, screen.getvalue()


def midnight(day):
    """A day as the cells of a workbook hold it."""
    return dt.datetime.combine(day, dt.time())
