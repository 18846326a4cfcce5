"""The way from Excel to Python as the VBA takes it: xlwings' DLL starts a server, and calls go by COM.

The modules of COM are imported where they are used: pytest reads this file on other systems too.
"""

import ctypes
import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path

from xlwings import __version__

LIBRARY = Path(sys.executable).with_name(f"xlwings64-{__version__}.dll")
# A folder and a workbook as they are called in France: part of the command, as in XLPyCommand of xlwings.bas.
BOOK = r"C:\Données\Portefeuille d'été (1) & Cie.xlsm"


class _Variant(ctypes.Structure):
    _fields_ = (
        ("kind", ctypes.c_ushort),
        ("reserved", ctypes.c_ushort * 3),
        ("value", ctypes.c_void_p),
        ("more", ctypes.c_void_p),
    )


def command(python=sys.executable, book=BOOK):
    """Return what the VBA has the DLL start, sign for sign (XLPyCommand in xlwings.bas)."""
    path = f"False;{book};{book};;;;"
    path = path.replace("\\", "\\\\").replace("'", "\\'").replace("&", "^&")
    tail = (
        ' -B -c "import sys, os;import xlwings.utils;xlwings.utils.prepare_sys_path(\\"'
        + path
        + "\\\");import xlwings; xlwings.serve('$(CLSID)')\""
    )
    return f'cmd.exe  /K ""{python}"{tail}"'


def activate(text, mode=1):
    """Start the server of a command, or find it; -1 ends it. Returns what the VBA then calls CallUDF of."""
    import pythoncom
    import win32com.client

    library = ctypes.WinDLL(str(LIBRARY))
    function = library.XLPyDLLActivateAuto
    function.restype = ctypes.c_long
    function.argtypes = [ctypes.POINTER(_Variant), ctypes.c_char_p, ctypes.c_long]
    answer = _Variant()
    failed = function(ctypes.byref(answer), text.encode("mbcs"), mode)
    if failed:
        raise OSError(ctypes.wstring_at(answer.value))
    if mode != 1:
        return None
    return win32com.client.Dispatch(pythoncom.ObjectFromAddress(answer.value, pythoncom.IID_IDispatch))


def to_com(value):
    """Hand a cell over as Excel does: empty is VT_EMPTY, currency VT_CY, a date VT_DATE.

    An error goes as the number that pywin32 makes of VT_ERROR as it receives it (see through_com): it cannot
    send that kind, and would send "left out" instead.
    """
    import pythoncom

    match value:
        case None:
            return pythoncom.Empty
        case Decimal() | dt.datetime() | str() | bool() | float() | int():
            return value
        case _:
            return tuple(map(to_com, value))


class _Arguments(ctypes.Structure):
    _fields_ = (
        ("values", ctypes.POINTER(_Variant)),
        ("names", ctypes.c_void_p),
        ("count", ctypes.c_uint),
        ("named", ctypes.c_uint),
    )


def through_com(kind, bits):
    """Have an object of the system keep a value as Excel hands it over, and return it as Python receives it.

    Parameters
    ----------
    kind
        Its kind (VARTYPE): 0 empty, 6 currency, 7 date, 10 error.
    bits
        Its 64 bits, as a whole number.
    """
    import pythoncom
    import win32com.client

    ole = ctypes.OleDLL("ole32")
    dispatch = ctypes.create_string_buffer(bytes(pythoncom.IID_IDispatch), 16)
    made_of, box = ctypes.create_string_buffer(16), ctypes.c_void_p()
    ole.CLSIDFromProgID(ctypes.c_wchar_p("Scripting.Dictionary"), made_of)
    ole.CoCreateInstance(made_of, None, 1, dispatch, ctypes.byref(box))
    methods = ctypes.cast(
        ctypes.cast(box, ctypes.POINTER(ctypes.c_void_p))[0], ctypes.POINTER(ctypes.c_void_p)
    )
    pointer, whole = ctypes.c_void_p, ctypes.c_ulong
    id_of = ctypes.WINFUNCTYPE(ctypes.HRESULT, pointer, pointer, pointer, whole, whole, pointer)(methods[5])
    invoke = ctypes.WINFUNCTYPE(
        ctypes.HRESULT, pointer, whole, pointer, whole, ctypes.c_ushort, pointer, pointer, pointer, pointer
    )(methods[6])
    none, name, number = ctypes.create_string_buffer(16), ctypes.c_wchar_p("Add"), whole()
    id_of(box, none, ctypes.byref(name), 1, 0, ctypes.byref(number))
    values = (_Variant * 2)(_Variant(kind=kind, value=bits), _Variant(kind=3, value=1))  # the last one first
    arguments = _Arguments(values, None, 2, 0)
    invoke(box, number, none, 0, 1, ctypes.byref(arguments), None, None, None)
    return win32com.client.Dispatch(pythoncom.ObjectFromAddress(box.value, pythoncom.IID_IDispatch)).Item(1)
