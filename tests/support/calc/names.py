"""Names of a book and what they stand for."""

import xlwings.base_classes as base
from support.calc import references
from support.calc.host import guarded
from support.calc.ranges import Range
from support.calc.semantics import failed


@guarded
class Names(base.Names):
    """The names of a book."""

    api = None

    def __init__(self, book):
        self._book = book

    def _list(self):
        return self._book.uno.NamedRanges.ElementNames

    def __len__(self):
        return len(self._list())

    def __iter__(self):
        return iter([Name(self._book, name) for name in self._list()])

    def contains(self, name):
        return any(found.lower() == str(name).lower() for found in self._list())

    __contains__ = contains

    def __call__(self, name_or_index):
        for at, name in enumerate(self._list(), 1):
            if name_or_index == at or name.lower() == str(name_or_index).lower():
                return Name(self._book, name)
        raise failed(f"Subscript out of range: {name_or_index}")


@guarded
class Name(base.Name):
    """A name and what it stands for."""

    name = None  # base.Name has a property that cannot be set

    def __init__(self, book, name):
        self._book, self.name = book, name

    @property
    def refers_to(self):
        return "=" + references.to_excel(self._book.uno.NamedRanges.getByName(self.name).Content)

    @property
    def refers_to_range(self):
        cells = self._book.uno.NamedRanges.getByName(self.name).ReferredCells
        if cells is not None:
            return Range.over(self._book.sheet(cells.Spreadsheet.Name), cells.RangeAddress)
        text = self.refers_to.removeprefix("=")
        for sheet in self._book.sheets:
            reference = references.table_reference(text)
            if reference and reference[0] in sheet.tables:
                return sheet.tables(reference[0]).reference(*reference[1:])
        raise failed(f"{self.name} stands for no range")
