"""Tables (ListObjects), which the host keeps as database ranges."""

import re

import xlwings.base_classes as base
from support.calc import references
from support.calc.host import guarded, struct, uno
from support.calc.native import Native
from support.calc.ranges import Range
from support.calc.semantics import failed


@guarded
class Table(base.Table):
    """A table of a sheet.

    Excel shows a table without rows as one empty row, which is no part of the
    body until something is written to it; the book remembers which tables
    have only that row.
    """

    parent = None  # base.Table has a property that cannot be set

    def __init__(self, sheet, name):
        self.parent, self._name = sheet, name

    @property
    def _uno(self):
        return self.parent.book.table(self._name)

    @property
    def _empty(self):
        return self.parent.book.without_rows

    @property
    def api(self):
        body = Native("DataBodyRange", Delete=self._delete_body) if self.data_body_range else None
        return Native("ListObject", {"DataBodyRange": lambda: body})

    def _delete_body(self):
        """All rows gone, as a user does it."""
        self.parent.check_unprotected()
        self.data_body_range.clear_contents()
        self.resize(self.range.part(0, 0, 2, self.range.shape[1]))
        self._empty.add(self._name)

    @property
    def name(self):
        return self._name

    display_name = name

    @name.setter
    def name(self, value):
        self.parent.book.app.host.check_ready()
        taken = {name.lower() for name in self.parent.book.table_names() if name != self._name}
        taken |= {name.lower() for name in self.parent.book.uno.NamedRanges.ElementNames}
        if (
            value.lower() in taken
            or references.area(value)
            or not re.fullmatch(r"[^\W\d][\w.]{0,254}", value)
        ):
            raise failed(f"{value} is no name for a table")
        self._uno.setName(value)
        self.parent.book.forget()
        if self._name in self._empty:
            self._empty.remove(self._name)
            self._empty.add(value)
        self._name = value

    @property
    def range(self):
        return Range.over(self.parent, self._uno.DataArea)

    @property
    def header_row_range(self):
        whole = self.range
        return whole.part(0, 0, 1, whole.shape[1]) if self.show_headers else None

    @property
    def data_body_range(self):
        if self._name in self._empty:
            return None
        whole, top = self.range, int(self.show_headers)
        return whole.part(top, 0, whole.shape[0] - top - int(self.show_totals), whole.shape[1])

    @property
    def totals_row_range(self):
        whole = self.range
        return whole.part(whole.shape[0] - 1, 0, 1, whole.shape[1]) if self.show_totals else None

    @property
    def show_headers(self):
        return self._uno.ContainsHeader

    @property
    def show_totals(self):
        return self._uno.TotalsRow

    @property
    def show_autofilter(self):
        return self._uno.AutoFilter

    @show_autofilter.setter
    def show_autofilter(self, value):
        self.parent.book.app.host.check_ready()
        self.parent.check_unprotected()
        self._uno.AutoFilter = bool(value)

    @property
    def autofilter(self):
        return AutoFilter(self)

    def resize(self, target):
        """Give the table another extent, under Excel's conditions."""
        self.parent.book.app.host.check_ready()
        self.parent.check_unprotected()
        old, new = self.range, Range(self.parent, target.row, target.column, *target.shape)
        if target.sheet.name != self.parent.name:
            raise failed("The range is on another sheet")
        if new.row != old.row or new.intersection(old) is None:
            raise failed("The headers must remain in the same row, and the tables must overlap.")
        if new.shape[0] < 2 + int(self.show_totals) or (self.show_totals and new.shape[0] != old.shape[0]):
            raise failed("A table has a header and at least one row; its totals row stays where it is")
        for other in tables_of(self.parent):
            if other.name != self._name and other.range.intersection(new):
                raise failed("A table can't overlap another table.")
        self._set_area(new)
        self._name_columns()

    def _set_area(self, new):
        self._uno.setDataArea(new.cells.RangeAddress)
        self._empty.discard(self._name)

    def _name_columns(self):
        """Excel names columns that have no header."""
        header = self.header_row_range
        line = list(header.cells.getDataArray()[0])
        if "" in line:
            for at, text in enumerate(line):
                number = 1
                while not text and f"Column{number}" in line:
                    number += 1
                line[at] = text or f"Column{number}"
            header.cells.setDataArray((tuple(line),))

    def after_write(self, written, *, filled):
        """Let the table grow over what was written right below it, and count its first row."""
        if not filled:
            return
        whole = self.range
        if self._name in self._empty and whole.part(1, 0, 1, whole.shape[1]).intersection(written):
            self._empty.discard(self._name)
        bottom = whole.row + whole.shape[0]
        last = written.row + written.shape[0]
        if self.show_totals or not written.row <= bottom < last:
            return
        inside = whole.column <= written.column
        inside &= written.column + written.shape[1] <= whole.column + whole.shape[1]
        grown = Range(self.parent, whole.row, whole.column, last - whole.row, whole.shape[1])
        if inside and not any(
            table.name != self._name and table.range.intersection(grown) for table in tables_of(self.parent)
        ):
            self._set_area(grown)

    def column_of(self, header):
        """Position, from 0, of a column by its header."""
        headers = [str(text).lower() for text in self.header_row_range.cells.getDataArray()[0]]
        if header.lower() not in headers:
            raise failed(f"{self._name} has no column {header}")
        return headers.index(header.lower())

    def reference(self, item, first, last):
        """The range that a structured reference means."""
        part = {
            "#all": self.range,
            "#data": self.data_body_range,
            "#headers": self.header_row_range,
            "#totals": self.totals_row_range,
        }.get(item)
        if part is None:
            raise failed(f"{self._name}[{item}] means no cells here")
        if first is None:
            return part
        left, right = sorted((self.column_of(first), self.column_of(last)))
        return part.part(0, left, part.shape[0], right - left + 1)


@guarded
def tables_of(sheet):
    """The tables of a sheet, from top to bottom, however busy the host is."""
    return [Table(sheet, name) for name in sheet.book.tables_by_sheet().get(sheet.index - 1, ())]


@guarded
class AutoFilter(base.AutoFilter):
    """The filter of a table; one column at a time."""

    def __init__(self, table):
        self._table = table

    @property
    def criteria(self):
        width = self._table.range.shape[1]
        found = self._applied().get(self._table.name)
        return [
            base.autofilter_criteria_snapshot(field, "values", found[1])
            if found and found[0] == field
            else base.empty_autofilter_criteria(field)
            for field in range(1, width + 1)
        ]

    def _applied(self):
        return self._table.parent.book.filters

    def apply_values(self, field, values):
        self._applied()[self._table.name] = (field, list(values))
        self._filter(
            struct(
                "com.sun.star.sheet.TableFilterField",
                Field=field - 1,
                IsNumeric=False,
                StringValue=value,
                Operator=uno().Enum("com.sun.star.sheet.FilterOperator", "EQUAL"),
                Connection=uno().Enum("com.sun.star.sheet.FilterConnection", "OR"),
            )
            for value in values
        )

    def clear(self, field):
        if field is not None:
            raise NotImplementedError  # the product clears all filters of a table
        self._applied().pop(self._table.name, None)
        self._filter(())

    def _filter(self, fields):
        self._table.parent.book.app.host.check_ready()
        cells = self._table.range.cells
        descriptor = cells.createFilterDescriptor(True)  # noqa: FBT003 - UNO takes arguments by position
        descriptor.ContainsHeader = True
        descriptor.setFilterFields(tuple(fields))
        cells.filter(descriptor)


@guarded
class Tables(base.Tables):
    """The tables of a sheet, from top to bottom."""

    def __init__(self, sheet):
        self._sheet = sheet

    def _list(self):
        self._sheet.book.app.host.check_ready()
        return tables_of(self._sheet)

    def __iter__(self):
        return iter(self._list())

    def __len__(self):
        return len(self._list())

    def __contains__(self, name):
        return any(table.name.lower() == str(name).lower() for table in self._list())

    def __call__(self, name_or_index):
        tables = self._list()
        if isinstance(name_or_index, int) and 1 <= name_or_index <= len(tables):
            return tables[name_or_index - 1]
        for table in tables:
            if table.name.lower() == str(name_or_index).lower():
                return table
        raise failed(f"Subscript out of range: {name_or_index}")
