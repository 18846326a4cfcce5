"""The product's VBA, run on an open workbook by an interpreter that knows Excel's objects.

::

    with Worker() as python:
        excel = Excel(workbook, "en", python)
        excel.formula("CLIENTSCORE", "Clients!A5")                  # 79.6, from the last refresh
        excel.formula("CLIENTSCORE", "C-1", "Criteria[#All]")       # from Python
        excel.formula("CLIENTSCORE", "C-1", 5)                      # VbaError(2015), which is #VALUE!
        excel.press("refresh")                                      # the button with that tag

Python's side is a `support.marshalling.Worker`. Stand-ins are: the module of
xlwings, the machine with its files and its clock, and the three lines that read
a file. ``excel.machine`` keeps what these were asked for.
"""

# ruff: noqa: N802 - members have the names by which VBA calls them

import datetime as dt
import functools
import math
import re
from dataclasses import dataclass
from decimal import Decimal

from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.apps.excel._bridge import ExcelBridge
from pyopenvba.apps.excel._model import Application, Range, Worksheet
from pyopenvba.interpreter import (
    EMPTY,
    MISSING,
    NOTHING,
    NULL,
    Collection,
    VBAArray,
    VBADate,
    VBAErrorValue,
    VBAInt,
    VBAObject,
    VBARuntimeError,
    _runtime,
    method,
)
from pyopenvba.interpreter._objects import MemberSpec
from pyopenvba.interpreter._preprocess import strip_directives
from support.marshalling import EMPTY_ARGUMENT

from addin.buttons import CONTROLS
from addin.template.macros import macro_modules
from addin.template.sheets.configuration import CONFIGURATION
from addin.template.vba_project import Kind

# The same names and the same modules are read again and again.
_runtime._bare = functools.cache(_runtime._bare)  # noqa: SLF001
_runtime.parse_module = functools.cache(_runtime.parse_module)

PURE = frozenset({"Folded", "WithPlainBlanks", "CodeText", "KeyOfCell"})
"""Functions of the product whose result depends on nothing but their only argument."""
_ANSWERED = {}

LEFT_OUT = ("xlwings", "Dictionary")
INTERPRETER = r"C:\Users\x\AppData\Local\ClientScore\venv\Scripts\python.exe"
LIBRARY = r"C:\Users\x\AppData\Local\ClientScore\venv\xlwings64-0.37.8.dll"

STUBS = """
Public Const XLWINGS_VERSION As String = "0.37.8"
Public Function GetConfig(configKey As String, Optional default As String = "")
    GetConfig = Machine.Config(configKey)
End Function
Public Function FileExists(ByVal FileSpec As String) As Boolean
    FileExists = Machine.HasFile(FileSpec)
End Function
Public Function ParentFolder(ByVal Folder)
    ParentFolder = Left$(Folder, InStrRev(Folder, "\\") - 1)
End Function
Public Function ToPosixPath(ByVal MacPath As String) As String
    ToPosixPath = Replace(MacPath, "$HOME", "/Users/x")
End Function
Public Function CreateGUID() As String
    CreateGUID = "0a1b"
End Function
Public Function WScript() As Object
    Set WScript = Machine
End Function
Public Function XLPy() As Object
    Set XLPy = Machine.StartServer()
End Function
Public Sub RunPython(PythonCommand As String)
    Machine.Script PythonCommand
End Sub
Public Function Environ(Name As String) As String
    Environ = "C:\\Temp"
End Function
Public Function Timer() As Double
    Timer = Machine.Clock()
End Function
Public Sub Sleep(ByVal Milliseconds As Long)
    Machine.Pass Milliseconds
End Sub
"""
"""In place of xlwings' module, of the system's Sleep, and of what asks the machine."""


@dataclass(frozen=True)
class VbaError:
    """An error value of a cell: 2042 is #N/A, 2015 #VALUE!."""

    number: int


NOT_AVAILABLE = VbaError(2042)
NO_VALUE = VbaError(2015)


class Machine(VBAObject):
    """The computer: files, clock, processes; and xlwings, which starts Python.

    Attributes
    ----------
    python
        ``"works"``, ``"missing"``, ``"no library"`` (its DLL), ``"broken"``, ``"silent"``, ``"slow"`` (takes
        a minute to start).
    started, commands, scripts, calls
        How many servers were started, what was run to ask Python for a sign of life,
        what RunPython was given, and the arguments of each CallUDF.
    ends
        How many of the next calls find that the server has ended.
    """

    vba_type_name = "Machine"

    def __init__(self, worker, mac):
        self.worker = worker
        self.mac = mac
        self.restart("works")

    def restart(self, python):
        self.python = python
        self.started = 0
        self.commands = []
        self.scripts = []
        self.calls = []
        self.ends = 0
        self.seconds = 1000.0
        self.files = {}
        self.later = {}
        self.caller = NOTHING
        self.ready = True
        self.described = []
        self.due = []
        self.script_fails = False

    def calculation(self, sheet, value):
        """Sheet.EnableCalculation is set: True makes all its formulas due."""
        sheet.calculates = value
        if value:
            self.due.append(sheet.name)

    @method
    def Config(self, key):
        return CONFIGURATION[key].replace(r"%LOCALAPPDATA%", r"C:\Users\x\AppData\Local")

    @method
    def HasFile(self, path):
        if path in (INTERPRETER, "/Users/x/.clientscore/venv/bin/python"):
            return self.python != "missing"
        if path == LIBRARY:
            return self.python != "no library"
        if self.seconds >= self.later.get(path, math.inf):
            self.files[path] = "works 0.1.0"
        return path in self.files

    @method
    def Run(self, command, window, wait):
        assert (int(window), wait) == (0, False)
        self.commands.append(command)
        answer = re.fullmatch(
            r'cmd\.exe /D /C ""(.+)" -B -P -m addin\.python_works "(.+)" \|\| echo fails> "(.+)""', command
        )
        assert answer[1] == INTERPRETER
        assert answer[2] == answer[3]
        if self.python == "slow":
            self.later[answer[2]] = self.seconds + 60
        elif self.python != "silent":
            self.files[answer[2]] = "fails" if self.python == "broken" else "works 0.1.0"

    @method
    def FirstLine(self, path):
        self.later.pop(path, None)
        return self.files.pop(path)

    @method
    def Clock(self):
        return self.seconds

    @method
    def Pass(self, milliseconds):
        self.seconds += milliseconds / 1000

    @method
    def StartServer(self):
        assert self.python in ("works", "slow"), "xlwings would keep Excel waiting for two minutes"
        assert not self.mac
        self.started += 1
        return Server(self)

    @method
    def Script(self, command):
        self.scripts.append(command)
        if self.script_fails:
            raise VBARuntimeError(1004, "RunPython failed")


class Server(VBAObject):
    """What xlwings' ``XLPy`` hands to VBA: Python, with the passage of values through COM."""

    vba_type_name = "XLPython"

    def __init__(self, machine):
        self.machine = machine

    @method
    def CallUDF(self, module, function, arguments):
        self.machine.calls.append(arguments)
        if self.machine.ends:
            self.machine.ends -= 1
            raise VBARuntimeError(462, "The remote server machine does not exist or is unavailable")
        return from_com(self.machine.worker.call_udf(module, function, list(to_com(arguments))))


class RibbonControl(VBAObject):
    """A button of the ribbon, as Excel hands it to a callback."""

    vba_type_name = "IRibbonControl"

    def __init__(self, tag):
        self.tag = tag


def to_com(value):
    """A value of VBA as pywin32 hands it to Python."""
    match value:
        case VBAArray(dimensions=1):
            return tuple(map(to_com, value.items))
        case VBAArray():
            (top, bottom), (left, right) = value.bounds
            return tuple(
                tuple(to_com(value.get([row, column])) for column in range(left, right + 1))
                for row in range(top, bottom + 1)
            )
        case VBAErrorValue():
            return value.number - 2146828288
        case VBADate():
            return value.to_datetime()
        case bool() | str():
            return value
        case VBAInt():
            return int(value)
        case Decimal():
            return Decimal(value)
        case int() | float():
            return float(value)
    if value is EMPTY or value is NULL:
        return None
    if value is MISSING:
        return EMPTY_ARGUMENT
    message = f"no {value!r} is to go through COM: each would call Excel back"
    raise AssertionError(message)


def from_com(value):
    """A value of Python as VBA gets it from pywin32."""
    if isinstance(value, list | tuple):
        if value and isinstance(value[0], list | tuple):
            assert len({len(row) for row in value}) == 1, "no array of VBA is ragged"
            bounds = [(0, len(value) - 1), (0, len(value[0]) - 1)]
            return VBAArray(bounds, items=[from_com(row[at]) for at in range(len(value[0])) for row in value])
        return VBAArray([(0, len(value) - 1)], items=list(map(from_com, value)))
    if value is None:
        return EMPTY
    return VBADate.from_datetime(value) if isinstance(value, dt.datetime) else value


def plain(value):
    """A result of VBA as Python's: rows of rows for an array."""
    match value:
        case VBAArray(dimensions=2):
            (top, bottom), (left, right) = value.bounds
            return [
                [plain(value.get([row, column])) for column in range(left, right + 1)]
                for row in range(top, bottom + 1)
            ]
        case VBAArray():
            return list(map(plain, value.items))
        case VBAErrorValue():
            return VbaError(value.number)
        case bool() | str():
            return value
        case int() | float() | Decimal():
            return float(value)
        case VBADate():
            return value.to_datetime()
    return None if value is EMPTY else value


class _Keyed(Collection):
    """VBA's Collection, which finds a key without a search, as that of VBA does."""

    vba_type_name = "Collection"

    def __init__(self):
        super().__init__()
        self._held = {}

    @method
    def Add(self, Item=MISSING, Key=MISSING):  # noqa: N803 - as in VBA
        if Key is not MISSING:
            if Key.lower() in self._held:
                raise VBARuntimeError(
                    457, "This key is already associated with an element of this collection"
                )
            self._held[Key.lower()] = Item
        self._items.append(Item)
        self._keys.append(None if Key is MISSING else Key)

    @method
    def Remove(self, Index=MISSING):  # noqa: N803
        at = self._position(Index)
        key = self._keys[at - 1]
        if key is not None:
            del self._held[key.lower()]
        self._items.pop(at - 1)
        self._keys.pop(at - 1)

    def vba_lookup(self, index, items):
        if not isinstance(index, str):
            return super().vba_lookup(index, items)
        if index.lower() not in self._held:
            raise VBARuntimeError(5, "Invalid procedure call or argument")
        return self._held[index.lower()]


class _Bridge(ExcelBridge):
    def __init__(self, application, machine):
        super().__init__(application)
        self.machine = machine

    def global_object(self, name):
        return self.machine if name == "machine" else super().global_object(name)


def _property(owner, name, getter, put=None):
    owner.vba_add_member(MemberSpec(name=name, kind="property", getter=getter, setter=put))


_property(RibbonControl, "Tag", lambda control: control.tag)
_property(Application, "Caller", lambda app: app.machine.caller)
_property(Application, "Ready", lambda app: app.machine.ready)
_property(
    Worksheet,
    "EnableCalculation",
    lambda sheet: getattr(sheet, "calculates", True),
    lambda sheet, value: sheet.book.application.machine.calculation(sheet, value),
)
Application.vba_add_member(
    MemberSpec(
        name="MacroOptions",
        kind="method",
        getter=lambda app, *described: app.machine.described.append(described),
        parameters=("Macro", "Description", "Category", "ArgumentDescriptions"),
    )
)


class Excel:
    """An open workbook with the product's macros.

    Parameters
    ----------
    path, language
        The workbook.
    worker
        Python, in its own process.
    mac, python
        The computer: see :class:`Machine`.
    controls
        The buttons of its ribbon.
    """

    def __init__(self, path, language, worker, *, mac=False, python="works", controls=CONTROLS):
        self.app = ExcelApplication.open(path, with_vba=False)
        self.machine = Machine(worker, mac)
        self.machine.restart(python)
        self.app.application.machine = self.machine
        self.book = self.app.workbook
        self.interpreter = self.app.interpreter
        self.interpreter.host = _Bridge(self.app.application, self.machine)
        create = self.interpreter.create
        self.interpreter.create = lambda name: _Keyed() if name.lower() == "collection" else create(name)
        constants = {"Mac": mac, "VBA7": True, "Win32": not mac, "Win64": not mac}
        self.app.add_module(STUBS, name="xlwings")
        for module in macro_modules(language, (), controls):
            if module.name in LEFT_OUT:
                continue
            kind = "document" if module.kind is Kind.WORKBOOK else "standard"
            self.app.add_module(_runnable(module.source, constants), name=module.name, kind=kind)
        self._hasten()

    def _hasten(self):
        """Let the interpreter find VBA's own functions at once, and run pure functions once for a text."""
        interpreter = self.interpreter
        taken = {
            name
            for module in interpreter.modules.values()
            for name in (
                *module.procedures,
                *(d.name.lower() for g in module.parsed.variables for d in g.decls),
            )
        }
        own = set(interpreter._intrinsics) - taken - {"len", "lenb"}  # noqa: SLF001
        slow = interpreter._call_name  # noqa: SLF001

        def call_name(callee, args, frame, **context):
            key = _runtime._bare(callee.name)  # noqa: SLF001
            if key in own and key not in frame.locals:
                positional, named = interpreter._arguments(args, frame, intrinsic=key)  # noqa: SLF001
                return interpreter.call_intrinsic(key, positional, named)
            return slow(callee, args, frame, **context)

        interpreter._call_name = call_name  # noqa: SLF001
        call = interpreter.call

        def call_once(procedure, module, args, named, **context):
            if procedure.name not in PURE or named:
                return call(procedure, module, args, named, **context)
            value = interpreter._by_value(args[0])  # noqa: SLF001
            if isinstance(value, VBAObject | VBAArray):
                return call(procedure, module, args, named, **context)
            key = (id(procedure), type(value), getattr(value, "kind", ""), value)
            if key not in _ANSWERED:
                _ANSWERED[key] = call(procedure, module, args, named, **context)
            interpreter.err.reset()
            return _ANSWERED[key]

        interpreter.call = call_once

    def restart(self, python):
        """As if the workbook were just opened, on a computer where Python is like this."""
        self.machine.restart(python)
        for module in self.interpreter.modules.values():
            module.variables.clear()
            module._initialised = False  # noqa: SLF001
        self.app.dialogs.clear()
        self.clear_status_bar()

    # ------------------------------------------------------------------ cells

    def range(self, text):
        """The cells that a reference names: ``Clients!A5``, ``Clients[Account]``, ``Criteria[#All]``."""
        table = re.fullmatch(r"(\w+)(?:\[(.*)\])?", text)
        found = table and self.table(table[1])
        if not found:
            sheet, _, address = text.rpartition("!")
            return self.sheet(sheet).vba_get("Range", [address])
        match table[2]:
            case None | "" | "#Data":
                return found.vba_get("DataBodyRange")
            case "#All":
                return found.vba_get("Range")
            case "#Headers":
                return found.vba_get("HeaderRowRange")
            case column:
                return found.vba_get("ListColumns").vba_get("Item", [column]).vba_get("DataBodyRange")

    def sheet(self, name):
        return self.book.sheet_named(name)

    def table(self, name):
        """A table of the workbook, or None."""
        for sheet in self.book.sheets_:
            for table in sheet.vba_get("ListObjects").vba_items():
                if table.vba_get("Name").lower() == name.lower():
                    return table
        return None

    def value(self, text):
        return plain(self.range(text).vba_get("Value2"))

    def put(self, text, value):
        """Write a cell as a person does: events and all."""
        target = self.range(text) if isinstance(text, str) else text
        target.vba_set("Value2", _given(value))

    def copy_table(self, name, new_name, sheet):
        """Copy the cells of a table to a new sheet and make them a table there."""
        block = self.table(name).vba_get("Range").vba_get("Value2")
        return self.add_table(new_name, sheet, plain(block))

    def add_cells(self, sheet, rows):
        """Write rows to a new sheet, and say where."""
        self.book.vba_get("Worksheets").vba_get("Add").vba_set("Name", sheet)
        place = self.sheet(sheet).vba_get("Range", ["B3"])
        area = place.vba_get("Resize", [len(rows), len(rows[0])])
        items = [_given(row[at]) for at in range(len(rows[0])) for row in rows]
        area.vba_set("Value2", VBAArray([(1, len(rows)), (1, len(rows[0]))], items=items))
        return area

    def add_table(self, name, sheet, rows):
        """Make some rows a table on a new sheet."""
        area = self.add_cells(sheet, rows)
        tables = self.sheet(sheet).vba_get("ListObjects")
        table = tables.vba_get("Add", [], {"SourceType": 1, "Source": area, "XlListObjectHasHeaders": 1})
        table.vba_set("Name", name)
        return table

    # --------------------------------------------------------------- formulas

    def formula(self, name, *arguments):
        """What a cell with this formula shows; None leaves an argument out."""
        given = [self._argument(argument) for argument in arguments]
        while given and given[-1] is MISSING:
            given.pop()
        return plain(self.interpreter.run(name, given))

    def _argument(self, argument):
        if argument is None:
            return MISSING
        if isinstance(argument, VbaError):
            return VBAErrorValue(argument.number)
        if isinstance(argument, str) and re.fullmatch(r"[\w ]+!\$?[A-Z]+.*|\w+\[.*\]", argument):
            return self.range(argument)
        return argument if isinstance(argument, Range) else _given(argument)

    def in_cell(self, text):
        """From now on, formulas stand in this cell, or in these cells."""
        self.machine.caller = self.range(text)

    def press(self, tag):
        """Press the button of the ribbon that has a tag."""
        self.run("RibbonPress", RibbonControl(tag))

    def run(self, name, *arguments):
        return self.interpreter.run(name, list(arguments))

    @property
    def status_bar(self):
        return self.app.application.vba_get("StatusBar")

    def clear_status_bar(self):
        self.app.application.vba_set("StatusBar", value=False)

    @property
    def messages(self):
        """Texts of the message boxes so far."""
        return [text for _, text, _, _ in self.app.dialogs]


def _given(value):
    """A value of Python as a cell of Excel holds it."""
    if value is None:
        return EMPTY
    if isinstance(value, VbaError):
        return VBAErrorValue(value.number)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, list):
        items = [_given(row[at]) for at in range(len(value[0])) for row in value]
        return VBAArray([(1, len(value)), (1, len(value[0]))], items=items)
    return value


def _runnable(source, constants):
    """The source for the interpreter: conditions decided, no declarations, no reading of files."""
    text = strip_directives(source, constants=constants)
    text = re.sub(r"(?m)^.*\bDeclare\b.*$", "", text)
    return re.sub(
        r"(?s)\bNumber = FreeFile\n.*?Kill mAnswer", "Said = Machine.FirstLine(mAnswer)", text, count=1
    )
