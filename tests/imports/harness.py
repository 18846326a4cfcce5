"""Files and a workbook in, cells and words out: what the tests of imports share."""

import datetime as dt
import io
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

import xlsxwriter
from support.books import Tables, written

from addin.catalogue import LANGUAGES, catalogue
from addin.imports.importing import Options, look_at, plan_import
from addin.imports.sheets import import_changes
from addin.reports.import_texts import report_lines
from addin.workbook.located_tables import Layout

TODAY = dt.date(2026, 6, 30)


@dataclass
class Taken:
    """An import, and the tables before and after it."""

    done: object
    before: list
    language: str
    today: dt.date

    @cached_property
    def changes(self):
        """All that would be written."""
        return import_changes(self.done, catalogue(self.language), self.today)

    @cached_property
    def after(self):
        """The tables with all that written to them."""
        return written(self.before, SimpleNamespace(changes=self.changes))

    @cached_property
    def accounts(self):
        """What is filled in of each account of the workbook afterwards, with the table it stands in."""
        found = {}
        for located in Layout(self.after).accounts:
            columns = {key: located.cells(key) for key in located.columns}
            for row, code in enumerate(columns["account"]):
                if code is not None:
                    filled = {key: cells[row] for key, cells in columns.items() if cells[row] is not None}
                    found[code] = {"table": located.table.name, **filled}
        return found

    def __getitem__(self, code):
        return self.accounts[code]

    def column(self, name):
        """Cells of a field by code, where there is something."""
        return {code: cells[name] for code, cells in self.accounts.items() if name in cells}

    @property
    def report(self):
        """What was read from the only file."""
        (report,) = self.done.reports
        return report

    @property
    def aside(self):
        """Line and reason of each row that was set aside."""
        return [(row.line, row.reason.keys[-1]) for row in self.report.listed()]

    def said(self, language=None):
        """All that is said on the screen, as one text."""
        return "\n".join(report_lines(self.done, catalogue(language or self.language)))

    def guesses(self):
        """What is said to be a guess, by key."""
        return {said.keys[-1] for report in self.done.reports for said in report.guesses}

    def notes(self):
        """What else is said, by key."""
        return {said.keys[-1] for report in self.done.reports for said in report.notes}

    def targets(self):
        """What each header of the only file was taken for."""
        (file,) = self.done.recognition.files
        return {match.header: match.target for match in file.matches}

    def rows_of(self, table):
        """Filled cells of each row of a sheet that the product keeps, by field."""
        located = Layout(self.after).named[table]
        columns = {key: located.cells(key) for key in located.columns}
        rows = zip(*columns.values(), strict=True)
        made = [
            {key: cell for key, cell in zip(columns, row, strict=True) if cell is not None} for row in rows
        ]
        return [row for row in made if row]


def put(folder, files):
    """Write files, by name, as text (UTF-8) or bytes, and return their paths."""
    paths = []
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths.append(path)
    return paths


def taken_from(paths, tables=None, *, today=TODAY, block=None, **options):
    """Import files into the tables of a workbook, and check that what was read is what became of it.

    With ``block`` the files are read so many bytes at a time.
    """
    tables = tables or Tables("en")
    before = tables.list()
    recognition = look_at(before, paths, today, Options(**options))
    for file in recognition.files if block else ():
        file.source.block = block
    done = plan_import(recognition)
    for report in done.reports:
        assert report.n_read == report.n_used + report.n_aside
        if report.units_read is not None:
            assert report.units_read == report.units_used + report.units_aside
    return Taken(done, before, tables.language, today)


def taken(folder, content, tables=None, *, name="export.csv", **settings):
    """Import one file, or several by name."""
    files = content if isinstance(content, dict) else {name: content}
    return taken_from(put(folder, files), tables, **settings)


def lines(*rows, sign=";", end="\n"):
    """Rows as the text of a file."""
    return "".join(sign.join(map(str, row)) + end for row in rows)


def sheet(rows, *, date_format="yyyy-mm-dd"):
    """A workbook of another program with these rows, as bytes."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": date_format}) as book:
        found = book.add_worksheet("Data")
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    found.write_string(at, column, cell)
                elif cell is not None:
                    found.write(at, column, cell)
    return stream.getvalue()


def workbook(*, hidden=(), chart="", **sheets):
    """A workbook of these sheets, by name, as bytes."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "yyyy-mm-dd"}) as found:
        for name, rows in sheets.items():
            sheet = found.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
            if name in hidden:
                sheet.hide()
        if chart:
            drawn = found.add_chart({"type": "bar"})
            drawn.add_series({"values": f"={next(iter(sheets))}!$A$1:$A$2"})
            found.add_chartsheet(chart).set_chart(drawn)
    return stream.getvalue()


def known(language="en", clients=(), prospects=()):
    """Tables of a workbook that knows these accounts."""
    tables = Tables(language)
    words = catalogue(language)
    for table, status, rows in (("Clients", "client", clients), ("Prospects", "prospect", prospects)):
        if rows:
            tables.rows(table, [{"status": words.word("status", status), **row} for row in rows])
    return tables


def sentences(refusal):
    """What a person reads of a refusal, in each language, with nothing left to fill in."""
    texts = {name: catalogue(name).text("refusals", refusal.code, **refusal.details) for name in LANGUAGES}
    assert not [text for text in texts.values() if "{" in text or "}" in text or "Phrase" in text]
    assert texts["en"] != texts["fr"]
    return texts
