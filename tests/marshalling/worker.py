"""The Python side of the formulas: xlwings' own Windows code, on any system, behind pipes.

Real are xlwings' decorators, its reading of arguments, its writing of results
and ``XLPython().CallUDF``; stand-ins are pywin32, and with it the passage of
values through COM. Started by ``support.marshalling``.
"""

import asyncio  # noqa: F401 - before the platform is another
import concurrent.futures  # noqa: F401
import contextlib
import ctypes
import datetime as dt
import os
import pickle
import subprocess  # noqa: F401
import sys
import tempfile  # noqa: F401
import traceback
import types
from unittest import mock

import numpy as np  # noqa: F401
import pandas as pd  # noqa: F401

TYPE_OF_RANGES = "{00020846-0000-0000-C000-000000000046}"


class ComError(Exception):
    hresult = 0


class Dispatched:
    """A COM object as win32com hands it over; none travels here."""


def _module(name, **members):
    module = types.ModuleType(name)
    vars(module).update(members)
    sys.modules[name] = module
    return module


def install_stand_ins():
    """Modules of pywin32, as far as xlwings looks at them while it loads and answers."""

    def not_wrapped(_):
        raise ComError

    _module("pywintypes", com_error=ComError, error=ComError, TimeType=dt.datetime, IID=str)
    _module(
        "pythoncom",
        CoInitialize=lambda: None,
        com_error=ComError,
        ole_error=ComError,
        IID_IDispatch="dispatch",
        IID_IEnumVARIANT="variants",
        TypeIIDs={"dispatch": Dispatched},
        __file__=__file__,
    )
    _module("win32con", **dict.fromkeys(("MB_OK", "MB_OKCANCEL", "MB_YESNO", "MB_YESNOCANCEL"), 0))
    for name in ("win32api", "win32gui", "win32process", "win32event"):
        _module(name)
    _module("win32timezone", TimeZoneInfo=types.SimpleNamespace(utc=lambda: dt.UTC))
    client = _module(
        "win32com.client",
        **dict.fromkeys(("Dispatch", "DispatchEx"), lambda it, *_, **__: it),
        **{name: type(name, (), {}) for name in ("CDispatch", "DispatchBaseClass", "CoClassBaseClass")},
        gencache=types.SimpleNamespace(EnsureModule=lambda *_, **__: None),
    )
    server = _module("win32com.server")
    for name in ("policy", "dispatcher", "exception"):
        setattr(server, name, _module(f"win32com.server.{name}", DefaultPolicy=object))
    server.util = _module("win32com.server.util", wrap=lambda it, *_, **__: it, unwrap=not_wrapped)
    _module("win32com", client=client, server=server)


def load_xlwings():
    """Import xlwings as it loads on Windows."""
    install_stand_ins()
    anything = mock.MagicMock()
    with contextlib.ExitStack() as stack:
        for name in ("oledll", "windll", "PyDLL"):
            stack.enter_context(mock.patch.object(ctypes, name, anything, create=True))
        stack.enter_context(mock.patch.object(sys, "platform", "win32"))
        import xlwings
    import atexit

    import xlwings._xlwindows
    import xlwings.com_server
    import xlwings.udfs

    atexit.unregister(xlwings._xlwindows.cleanup)  # noqa: SLF001 - there is no Excel to look after
    assert xlwings.func is xlwings.udfs.xlfunc
    return xlwings


class Server:
    """What the other side may ask for."""

    def __init__(self):
        self.xlwings = load_xlwings()
        import addin.functions
        import addin.refresh.formula_answers

        assert hasattr(addin.functions.score_portfolio, "__xlfunc__")
        self.runs = 0
        scoring = addin.refresh.formula_answers.score_answers

        def counted(*arguments):
            self.runs += 1
            return scoring(*arguments)

        addin.refresh.formula_answers.score_answers = counted
        self.python = self.xlwings.com_server.XLPython()
        self.names = {"xw": self.xlwings, "addin": addin}

    def call_udf(self, module, function, args):
        return self.python.CallUDF(module, function, args)

    def scoring_runs(self):
        return self.runs

    def exec(self, code):
        """Run some lines; what they leave in ``result`` is the answer."""
        names = self.names | {"result": None}
        exec(code, names)  # noqa: S102 - our own tests
        return names["result"]


def serve(requests, answers):
    server = Server()
    while True:
        try:
            name, arguments = pickle.load(requests)  # noqa: S301 - from our own parent
        except EOFError:
            return
        try:
            answer = (True, getattr(server, name)(*arguments))
        except Exception:  # noqa: BLE001 - it is raised on the other side
            answer = (False, traceback.format_exc())
        pickle.dump(answer, answers)
        answers.flush()


if __name__ == "__main__":
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what is printed must not get into the answers
    serve(sys.stdin.buffer, channel)
