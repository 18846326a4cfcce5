"""Books, their sheets and their names."""

import functools
import re
import zipfile
from pathlib import Path

import xlwings.base_classes as base
from support.calc import references
from support.calc.host import guarded, properties, struct, uno
from support.calc.names import Names
from support.calc.native import Native
from support.calc.ranges import Range
from support.calc.semantics import failed
from support.calc.tables import Tables, tables_of

_FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xlsm": "Calc MS Excel 2007 VBA XML"}
_MACROS_RUN = 4
"""com.sun.star.document.MacroExecMode.ALWAYS_EXECUTE_NO_WARN."""


@guarded
class Books(base.Books):
    """The open books; the one activated last is the active one."""

    app = None  # base.Books may have a property

    def __init__(self, app):
        self.app, self._open = app, []

    def __iter__(self):
        return iter(list(self._open))

    def __len__(self):
        return len(self._open)

    @property
    def active(self):
        return self._open[-1] if self._open else None

    def __call__(self, name_or_index):
        for at, book in enumerate(self._open, 1):
            if name_or_index == at or str(name_or_index).lower() == book.name.lower():
                return book
        raise KeyError(name_or_index)

    def open(self, fullname, *_):
        arguments = properties(Hidden=True, MacroExecutionMode=_MACROS_RUN)
        document = self.app.host.desktop.loadComponentFromURL(Path(fullname).as_uri(), "_blank", 0, arguments)
        if document is None:
            raise failed(f"{fullname} cannot be opened")
        book = Book(self.app, document, _without_rows(fullname))
        self._open.append(book)
        return book

    def activate(self, book):
        self._open.remove(book)
        self._open.append(book)

    def forget(self, book):
        self._open.remove(book)


def _without_rows(path):
    """Names of the tables whose only row is the one to insert into; the host does not tell them."""
    with zipfile.ZipFile(path) as package:
        parts = [package.read(name).decode() for name in package.namelist() if "/tables/table" in name]
    heads = [re.search(r"<table\b[^>]*>", part)[0] for part in parts]
    return {re.search(r'\bdisplayName="([^"]*)"', head)[1] for head in heads if 'insertRow="1"' in head}


@guarded
class Book(base.Book):
    """An open workbook."""

    app = None  # base.Book has a property that cannot be set

    def __init__(self, app, document, without_rows=()):
        self.app, self.uno, self.without_rows = app, document, set(without_rows)
        self.filters = {}  # by table: field and values
        self._tables, self._sheets = document.DatabaseRanges, document.Sheets
        self._proxies = {}
        self._places = None
        self.formats = {}  # by place: number formats and their areas
        self.format_type = functools.cache(self._format_type)
        self.format_code = functools.cache(self._format_code)
        self.format_key = functools.cache(self._format_key)

    @property
    def api(self):
        return Native("Workbook", {"Name": lambda: self.name, "FullName": lambda: self.fullname})

    @property
    def fullname(self):
        return uno().fileUrlToSystemPath(self.uno.URL)

    @property
    def name(self):
        return Path(self.fullname).name

    @property
    def sheets(self):
        return Sheets(self)

    @property
    def names(self):
        return Names(self)

    def activate(self):
        self.app.books.activate(self)

    def close(self):
        self.app.books.forget(self)
        self.uno.setModified(False)
        self.uno.close(True)  # noqa: FBT003 - UNO takes arguments by position

    def save(self, path=None, password=None):
        self.app.host.check_ready()
        if password is not None:
            raise NotImplementedError  # the product sets no passwords
        path = Path(path or self.fullname).resolve()
        self.uno.storeAsURL(path.as_uri(), properties(FilterName=_FILTERS[path.suffix.lower()]))

    def run(self, macro, args=()):
        """Run a Sub or Function of the VBA project, ``Name`` or ``Module.Name``, and return its value."""
        module, _, name = macro.rpartition(".")
        uri = f"vnd.sun.star.script:{self.project()}.{module or self._module_of(name)}.{name}"
        script = self.uno.getScriptProvider().getScript(f"{uri}?language=Basic&location=document")
        # The bridge makes a byte of a small int, and Basic a 0 of a byte; a float always arrives.
        numbers = tuple(float(a) if isinstance(a, int) and not isinstance(a, bool) else a for a in args)
        return script.invoke(numbers, (), ())[0]

    def project(self):
        """Name of the VBA project, as the host calls the library that it makes of one."""
        others = [name for name in self.uno.BasicLibraries.ElementNames if name != "Standard"]
        return others[0] if others else "VBAProject"

    def _module_of(self, name):
        libraries = self.uno.BasicLibraries
        library = libraries.getByName(self.project()) if libraries.hasByName(self.project()) else None
        defined = re.compile(
            rf"^\s*(Public\s+)?(Sub|Function)\s+{re.escape(name)}\b", re.IGNORECASE | re.MULTILINE
        )
        for module in library.ElementNames if library else ():
            if defined.search(library.getByName(module)):
                return module
        raise failed(f"Cannot run the macro '{self.name}!{name}'. The macro may not be available.")

    # -- objects of the host's, each of which is costly to get hold of

    def table_names(self):
        return self._tables.ElementNames

    def tables_by_sheet(self):
        """Names of the tables by the place of their sheet, from top to bottom.

        Looked up anew where there are other tables or sheets: each look at a table is a call of the host.
        """
        names = (self.table_names(), self.sheet_names())
        if self._places is None or self._places[0] != names:
            areas = sorted(
                (area.Sheet, area.StartRow, area.StartColumn, name)
                for name in names[0]
                for area in [self.table(name).DataArea]
            )
            found = {}
            for sheet, *_, name in areas:
                found.setdefault(sheet, []).append(name)
            self._places = names, found
        return self._places[1]

    def sheet_names(self):
        return self._sheets.ElementNames

    def table(self, name):
        """The host's database range of that name."""
        return self._proxy("table", name, self._tables)

    def sheet(self, name):
        """The Sheet of that name, spelled exactly."""
        return Sheet(self, self._proxy("sheet", name, self._sheets))

    def _proxy(self, kind, name, container):
        if (kind, name) not in self._proxies:
            self._proxies[kind, name] = container.getByName(name)
        return self._proxies[kind, name]

    def forget(self):
        """Get hold of everything anew: names have changed, or sheets."""
        self._proxies.clear()
        self._places = None
        self.formats.clear()

    # -- number formats, which the host keeps by key

    def _format_type(self, key):
        return self.uno.NumberFormats.getByKey(key).Type

    def _format_code(self, key):
        return references.locale_format(self.uno.NumberFormats.getByKey(key).FormatString)

    def _format_key(self, code):
        formats, english = self.uno.NumberFormats, struct("com.sun.star.lang.Locale")
        english.Language, english.Country = "en", "US"
        key = formats.queryKey(code, english, False)  # noqa: FBT003
        return key if key >= 0 else formats.addNew(code, english)


@guarded
class Sheets(base.Sheets):
    """The sheets of a book, in order."""

    def __init__(self, book):
        self._book = book

    def __len__(self):
        return len(self._book.sheet_names())

    def __iter__(self):
        self._book.app.host.check_ready()
        return iter([self._book.sheet(name) for name in self._book.sheet_names()])

    def __contains__(self, name):
        return str(name).lower() in (found.lower() for found in self._book.sheet_names())

    def __call__(self, name_or_index):
        self._book.app.host.check_ready()
        for at, name in enumerate(self._book.sheet_names(), 1):
            if name_or_index == at or str(name_or_index).lower() == name.lower():
                return self._book.sheet(name)
        raise failed(f"Subscript out of range: {name_or_index}")

    @property
    def active(self):
        return Sheet(self._book, self._book.uno.CurrentController.ActiveSheet)

    def add(self, before=None, after=None, name=None):
        at = before.index - 1 if before else after.index if after else self.active.index - 1
        name = name or _free_name("Sheet{}", 1, self._book.sheet_names())
        self._book.uno.Sheets.insertNewByName(name, at)
        sheet = self(at + 1)
        sheet.activate()
        return sheet


@guarded
class Sheet(base.Sheet):
    """A worksheet."""

    book = None  # base.Sheet has a property that cannot be set

    def __init__(self, book, sheet):
        self.book, self.uno = book, sheet

    @property
    def api(self):
        return Native(
            "Worksheet",
            {"ProtectContents": self.uno.isProtected, "Name": lambda: self.name},
            Protect=lambda Password="", **_: self.uno.protect(Password),  # noqa: N803 - Excel's name
            Unprotect=lambda Password="": self.uno.unprotect(Password),  # noqa: N803
        )

    def check_unprotected(self):
        if self.uno.isProtected():
            raise failed(f"The sheet {self.name} is protected")

    @property
    def name(self):
        return self.uno.Name

    @name.setter
    def name(self, value):
        self.book.app.host.check_ready()
        if value.lower() != self.name.lower() and value in self.book.sheets:
            raise failed("That name is already taken. Try a different one.")
        self.uno.setName(value)
        self.book.forget()

    @property
    def index(self):
        return self.uno.RangeAddress.Sheet + 1

    @property
    def tables(self):
        return Tables(self)

    @property
    def visible(self):
        return self.uno.IsVisible

    @visible.setter
    def visible(self, value):
        self.book.app.host.check_ready()
        if not value and sum(sheet.visible for sheet in self.book.sheets) == 1 and self.visible:
            raise failed("A workbook must contain at least one visible worksheet.")
        self.uno.IsVisible = value in (True, -1)  # [R] xlSheetVeryHidden is 2

    def activate(self):
        self.book.app.host.check_ready()
        if not self.visible:
            raise failed("Activate method of Worksheet class failed")
        self.book.activate()
        self.book.uno.CurrentController.setActiveSheet(self.uno)

    select = activate

    def range(self, first, second=None):
        start = self._range(first)
        if second is None:
            return start
        end = self._range(second)
        top, left = min(start.row, end.row), min(start.column, end.column)
        bottom = max(part.row + part.shape[0] for part in (start, end))
        right = max(part.column + part.shape[1] for part in (start, end))
        return Range(self, top, left, bottom - top, right - left)

    def _range(self, address):
        if isinstance(address, Range):
            return address
        if isinstance(address, tuple):
            if 0 in address[:2]:
                message = "Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based."
                raise IndexError(message)
            return Range(self, *address)
        if area := references.area(address):
            return Range(self, *area)
        return self._named(address)

    def _named(self, address):
        if reference := references.table_reference(address):
            name, *columns = reference
            if name in self.tables:
                return self.tables(name).reference(*columns)
        if address in self.book.names and (found := self.book.names(address).refers_to_range):
            return found
        raise failed(f"Method 'Range' of object '_Worksheet' failed: {address}")

    @property
    def cells(self):
        return Range(self, 1, 1, references.ROWS, references.COLUMNS)

    @property
    def used_range(self):
        cursor = self.uno.createCursor()
        cursor.gotoStartOfUsedArea(False)  # noqa: FBT003
        cursor.gotoEndOfUsedArea(True)  # noqa: FBT003
        return Range.over(self, cursor.RangeAddress)

    def table_over(self, part):
        """The table that a range is in or touches, if any."""
        tables = (table for table in tables_of(self) if table.range.intersection(part))
        return next(tables, None)

    def after_write(self, written, filled):
        for table in tables_of(self):
            table.after_write(written, filled=filled)

    def copy(self, before, after):
        """Copy the sheet with all that is on it; its tables get names of their own."""
        self.book.app.host.check_ready()
        if (before or after).book is not self.book:
            raise NotImplementedError  # the product copies within one workbook
        bare = re.sub(r" \(\d+\)$", "", self.name)[:26]
        name = _free_name(bare + " ({})", 2, self.book.sheet_names())
        known = {table.range.address: table.name for table in self.tables}
        self.book.uno.Sheets.copyByName(self.name, name, before.index - 1 if before else after.index)
        self.book.forget()
        copied = self.book.sheets(name)
        for table in copied.tables:
            original = known[table.range.address]
            table.name = _free_name(original + "{}", 2, self.book.table_names())
            copied.rename_table(original, table.name)
        if copied.visible:
            copied.activate()

    def rename_table(self, old, new):
        """Let the formulas of a copied sheet mean its own table, as Excel does [R]."""
        for part, formulas in self.used_range.formulas():
            named = [
                [re.sub(rf"\b{re.escape(old)}\[", f"{new}[", text) for text in line] for line in formulas
            ]
            if named != list(map(list, formulas)):
                part.cells.setFormulaArray(tuple(map(tuple, named)))

    def delete(self):
        self.book.app.host.check_ready()
        if self.visible and sum(sheet.visible for sheet in self.book.sheets) == 1:
            raise failed("A workbook must contain at least one visible worksheet.")
        sheets, name = self.book.uno.Sheets, self.name
        sheets.moveByName(name, 0)  # the host loses the tables of the sheet before one that goes
        sheets.removeByName(name)
        self.book.forget()


def _free_name(pattern, first, taken):
    return next(name for n in range(first, 9999) if (name := pattern.format(n)) not in taken)
