"""Tables of the model of Excel and their filters.

What a filter is made of when it is read: xlwings' own reading of it (AutoFilter.criteria of _xlwindows). That
one value or two become a comparison is recalled, and so is what a block of values does in a filtered table.
"""

import operator

from openpyxl.utils import range_boundaries
from support.calc.semantics import FAILED, ExcelError, constant_text
from windows.on_windows.com_objects import Items, Modelled

AND, OR, TOP_ITEMS, VALUES, BY_COLOUR = 1, 2, 3, 7, 8  # XlAutoFilterOperator
_COMPARISONS = {
    ">=": operator.ge,
    "<=": operator.le,
    "<>": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


class Table(Modelled):
    """A table of a sheet."""

    def __init__(self, sheet, table):
        self.sheet, self.name = sheet, table.displayName
        left, top, right, bottom = range_boundaries(table.ref)
        self.area = (top, left, bottom, right)
        self.criteria = {}
        self.totals, self.filtered = bool(table.totalsRowCount), table.autoFilter is not None

    def get_Name(self):
        return self.name

    def get_DisplayName(self):
        return self.name

    def get_Parent(self):
        return self.sheet

    def get_ShowHeaders(self):
        return True

    def get_ShowTotals(self):
        return self.totals

    def get_ShowAutoFilter(self):
        return self.filtered

    def get_AutoFilter(self):
        return AutoFilter(self) if self.filtered else None

    def get_HeaderRowRange(self):
        top, left, _, right = self.area
        return self.sheet.range_at(top, left, top, right)

    def get_DataBodyRange(self):
        top, left, bottom, right = self.area
        return self.sheet.range_at(top + 1, left, bottom - self.totals, right)

    def filter(self, field, criteria1=None, how=None, criteria2=None):
        """Filter a column, or no longer."""
        self.sheet.writing()
        if criteria1 is None:
            self.criteria.pop(int(field), None)
            return
        if how == VALUES:
            criteria1 = [f"={value}" for value in ([criteria1] if isinstance(criteria1, str) else criteria1)]
            if len(criteria1) < 3:
                criteria1, how, criteria2 = criteria1[0], (0, OR)[len(criteria1) - 1], [*criteria1, None][1]
        self.criteria[int(field)] = (int(how or 0), criteria1, criteria2)

    def hides(self, row):
        """Whether a filter hides a row of the body."""
        top, left, bottom, _ = self.area
        if not self.criteria or not top < row <= bottom - self.totals:
            return False
        return not all(self._passes(row, left + field - 1, *one) for field, one in self.criteria.items())

    def _passes(self, row, column, how, criteria1, criteria2):
        shown = self.sheet.shown.get((row, column), self.sheet.cells.get((row, column)))
        if how == VALUES:
            return f"={constant_text(shown)}" in criteria1
        if how == TOP_ITEMS:
            top, _, bottom, _ = self.area
            column_cells = (self.sheet.cells.get((other, column)) for other in range(top + 1, bottom + 1))
            numbers = sorted((cell for cell in column_cells if isinstance(cell, float)), reverse=True)
            return shown in numbers[: int(criteria1)]
        if how == BY_COLOUR:
            return False
        found = [_holds(shown, criterion) for criterion in (criteria1, criteria2) if criterion is not None]
        return any(found) if how == OR else all(found)

    def get_Range(self):
        return self.sheet.range_at(*self.area)

    def call_Resize(self, to):
        self.sheet.writing()
        self.area = (to.top, to.left, to.bottom, to.right)


def _holds(shown, criterion):
    sign = next(sign for sign in _COMPARISONS if criterion.startswith(sign))
    value = criterion.removeprefix(sign)
    if isinstance(shown, float):
        return _COMPARISONS[sign](shown, float(value))
    return _COMPARISONS[sign](constant_text(shown).casefold(), value.casefold())


class AutoFilter(Modelled):
    """The filters of a table."""

    def __init__(self, table):
        self.table = table

    def call_Filters(self, number=None):
        _, left, _, right = self.table.area
        columns = Items(lambda: [Filter(self.table, field) for field in range(1, right - left + 2)])
        return columns if number is None else columns.call_Item(number)

    def get_Range(self):
        return self.table.get_Range()

    def call_ShowAllData(self):
        self.table.sheet.writing()
        self.table.criteria.clear()


class Filter(Modelled):
    """The filter of a column; where there is none, all but that fails."""

    def __init__(self, table, field):
        self.criterion = table.criteria.get(field)

    def get_On(self):
        return self.criterion is not None

    def _part(self, number):
        if self.criterion is None or self.criterion[number] is None:
            raise ExcelError(FAILED, "Application-defined or object-defined error")
        return self.criterion[number]

    def get_Operator(self):
        return self._part(0)

    def get_Criteria1(self):
        return self._part(1)

    def get_Criteria2(self):
        return self._part(2)
