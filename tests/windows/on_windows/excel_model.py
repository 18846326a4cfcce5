"""A small Excel.Application behind COM: what the ribbon touches, in the kinds in which Excel has it.

What it makes of values stands in ``support.calc.semantics``, which names its sources and marks what nobody
could look up; what it makes of calls and filters, in ``com_objects`` and ``excel_tables``.
What is not modelled raises, and is never answered with nothing.
"""

import copy
import datetime as dt
import itertools
import time

import openpyxl
import pywintypes
from openpyxl.utils import get_column_letter, range_boundaries
from support.calc.french import parse_french
from support.calc.semantics import ERRORS, FAILED, ExcelError, Formula, constant_text, enter, moment, parse
from support.marshalling import NEWER_ERRORS
from windows.on_windows.com_objects import Items, Modelled, plain_properties
from windows.on_windows.excel_tables import Table

MOST_IN_FORMULA = 8_221  # longer text is refused through Range.Formula (recalled)


class Excel(Modelled):
    """The application.

    ``before_write`` is called with the number of each write, and may raise; until the moment ``busy_until``
    of time.monotonic() calls are rejected; ``french`` is whether what is typed is read as in France.
    """

    def __init__(self, path):
        self.busy_until, self.french = 0.0, False
        Modelled.is_busy = self.reject
        self.writes = 0
        self.before_write = lambda _: None
        self.ran = []
        self.files = False
        self.typed = False
        self.asked = ()
        self.book = Book(self, path)
        self.selected = self.book.sheets[0].range_at(1, 1)

    def writing(self):
        self.writes += 1
        self.before_write(self.writes)

    def reject(self):
        return time.monotonic() < self.busy_until

    def call_Run(self, macro, *_):
        self.ran.append(macro)

    def call_GetOpenFilename(self, *_):
        return self.files

    def call_InputBox(self, *parts):
        self.asked = parts
        return self.typed

    def get_Workbooks(self):
        return Items(lambda: [self.book], self)

    def get_ActiveWorkbook(self):
        return self.book

    def get_Selection(self):
        return self.selected

    def get_ActiveCell(self):
        return self.selected


plain_properties(
    Excel,
    ScreenUpdating=True,
    EnableEvents=True,
    Calculation=-4105,
    StatusBar=False,
    Ready=True,
    Hwnd=0,
    Version="16.0",
    DisplayAlerts=True,
    Name="Microsoft Excel",
)


class Book(Modelled):
    """A workbook, out of a file."""

    def __init__(self, excel, path):
        self.excel, self.path, self.name = excel, path, path.name
        values, formulas = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)
        self.sheets = [Sheet(self, values[name], formulas[name]) for name in values.sheetnames]
        self.active = self.sheets[0]

    def sheet(self, name):
        return next(sheet for sheet in self.sheets if sheet.name == name)

    def get_Name(self):
        return self.name

    def get_FullName(self):
        return str(self.path)

    def get_Application(self):
        return self.excel

    def get_Parent(self):
        return self.excel

    def get_Worksheets(self):
        return Items(lambda: self.sheets, self)

    get_Sheets = get_Worksheets

    def get_ActiveSheet(self):
        return self.active


class Sheet(Modelled):
    """A sheet: contents of cells by row and column, and which of them show dates."""

    def __init__(self, book, values, formulas):
        self.book, self.name, self.protected = book, values.title, False
        self.cells, self.shown, self.dates, self.arrays = {}, {}, set(), set()
        for cell in itertools.chain.from_iterable(values.iter_rows()):
            at = (cell.row, cell.column)
            formula = formulas.cell(*at)
            if getattr(cell, "is_date", False):  # what is merged away has no kind
                self.dates.add(at)
            if formula.data_type == "f":
                self.cells[at] = Formula(str(getattr(formula.value, "text", formula.value)))
                self.shown[at] = _content(cell)
            elif cell.value is not None:
                self.cells[at] = _content(cell)
        self.visible = {"visible": -1, "hidden": 0, "veryHidden": 2}[values.sheet_state]
        self.tables = [Table(self, table) for table in values.tables.values()]

    def writing(self):
        self.book.excel.writing()
        if self.protected:
            raise ExcelError(FAILED, "The cell is on a protected sheet.")

    def call_Copy(self, before=None, after=None):
        """A copy beside another sheet, with tables of its own, comes to the front; names are recalled."""
        self.book.excel.writing()
        sheets, other = self.book.sheets, before or after
        made = copy.copy(self)
        made.wrapped = None
        made.name = f"{self.name} ({1 + sum(sheet.name.startswith(self.name) for sheet in sheets)})"
        made.cells, made.shown, made.dates = dict(self.cells), dict(self.shown), set(self.dates)
        made.tables = [copy.copy(table) for table in self.tables]
        taken = {table.name for sheet in sheets for table in sheet.tables}
        for table in made.tables:
            table.wrapped, table.sheet, table.criteria = None, made, dict(table.criteria)
            table.name = next(
                name for name in (f"{table.name}{n}" for n in range(2, 99)) if name not in taken
            )
            taken.add(table.name)
        sheets.insert(sheets.index(other) + (other is after), made)
        self.book.active = made

    def call_Delete(self):
        self.book.excel.writing()
        self.book.sheets.remove(self)

    def put_Name(self, name):
        self.book.excel.writing()
        self.name = name

    def put_Visible(self, visible):
        self.book.excel.writing()
        self.visible = int(visible)

    def hides(self, row):
        return any(table.hides(row) for table in self.tables)

    def range_at(self, row, column, last_row=None, last_column=None):
        return Range(self, row, column, last_row or row, last_column or column)

    def table(self, name):
        return next(table for table in self.tables if table.name == name)

    def get_Name(self):
        return self.name

    def get_Parent(self):
        return self.book

    def get_Index(self):
        return self.book.sheets.index(self) + 1

    def get_Visible(self):
        return self.visible

    def get_ListObjects(self):
        return Items(lambda: self.tables, self)

    def get_ProtectContents(self):
        return self.protected

    def call_Cells(self, row, column):
        return self.range_at(int(row), int(column))

    def call_Range(self, first, last=None):
        if isinstance(first, str):
            left, top, right, bottom = range_boundaries(first)
            return self.range_at(top, left, bottom, right)
        return self.range_at(first.top, first.left, last.bottom, last.right)

    def call_Activate(self):
        self.book.active = self


def _content(cell):
    value = cell.value
    if cell.data_type == "e":
        return ExcelValueError(value)
    if isinstance(value, dt.datetime):
        return (value - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


class ExcelValueError(str):
    """An error that a cell shows."""

    __slots__ = ()


class Range(Modelled):
    """A rectangle of cells."""

    def __init__(self, sheet, top, left, bottom, right):
        self.sheet, self.top, self.left, self.bottom, self.right = sheet, top, left, bottom, right

    def places(self):
        return [
            [(row, column) for column in range(self.left, self.right + 1)]
            for row in range(self.top, self.bottom + 1)
        ]

    def _each(self, read):
        rows = [[read(at) for at in row] for row in self.places()]
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows

    def get_Row(self):
        return self.top

    def get_Column(self):
        return self.left

    def get_Rows(self):
        return Items(lambda: [self] * (self.bottom - self.top + 1))

    def get_Columns(self):
        return Items(lambda: [self] * (self.right - self.left + 1))

    def get_Count(self):
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def get_Worksheet(self):
        return self.sheet

    get_Parent = get_Worksheet

    def call_Address(self, *_):
        return f"${get_column_letter(self.left)}${self.top}:${get_column_letter(self.right)}${self.bottom}"

    def call_Item(self, row, column=1):
        return self.sheet.range_at(self.top + int(row) - 1, self.left + int(column) - 1)

    call_Cells = call_Item

    def call_Resize(self, rows=None, columns=None):
        bottom = self.top + int(rows) - 1 if rows else self.bottom
        right = self.left + int(columns) - 1 if columns else self.right
        return self.sheet.range_at(self.top, self.left, bottom, right)

    def get_HasArray(self):
        return any(at in self.sheet.arrays for row in self.places() for at in row)

    def get_Value(self):
        return self._each(self._value)

    def _value(self, at):
        content = self.sheet.cells.get(at)
        if isinstance(content, Formula):
            content = self.sheet.shown.get(at)
        if isinstance(content, ExcelValueError):
            return (ERRORS | NEWER_ERRORS)[content]
        if isinstance(content, float) and at in self.sheet.dates:
            return pywintypes.Time(moment(content).replace(tzinfo=dt.UTC))
        return content

    def get_Formula(self):
        return self._each(self._formula)

    def _formula(self, at):
        content = self.sheet.cells.get(at)
        return content.text if isinstance(content, Formula) else constant_text(content)

    def put_Value(self, data):
        self.sheet.writing()
        hidden = {row for row in range(self.top, self.bottom + 1) if self.sheet.hides(row)}
        for row_number, row in enumerate(self.places()):
            for column_number, at in enumerate(row):
                if at[0] in hidden and self.get_Count() > 1:
                    continue
                first = (0, 0) if hidden else (row_number, column_number)
                value = data[first[0]][first[1]] if isinstance(data, list | tuple) else data
                self._enter(at, value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value)

    def put_Formula(self, data):
        texts = [data] if isinstance(data, str) else itertools.chain.from_iterable(data)
        if any(isinstance(text, str) and len(text) > MOST_IN_FORMULA for text in texts):
            raise ExcelError(FAILED, "text too long")
        self.put_Value(data)

    def _enter(self, at, value):
        read = parse_french if self.sheet.book.excel.french else parse
        entry = enter(float(value) if type(value) is int else value, read=read)
        if entry.content is None:
            self.sheet.cells.pop(at, None)
            return
        if isinstance(entry.content, Formula):
            error = entry.content.text.removeprefix("=")
            self.sheet.shown[at] = ExcelValueError(error) if error in ERRORS | NEWER_ERRORS else 0.0
        self.sheet.cells[at] = entry.content
        if entry.number_format and "yy" in entry.number_format:
            self.sheet.dates.add(at)

    def call_ClearContents(self):
        self.put_Value(None)

    def call_AutoFilter(self, field, *criteria):
        table = next(table for table in self.sheet.tables if table.area == self.area())
        table.filter(field, *criteria)

    def area(self):
        return (self.top, self.left, self.bottom, self.right)

    def call_Calculate(self):
        """Nothing is calculated here."""

    def call_Dirty(self):
        """Nothing is calculated here."""
