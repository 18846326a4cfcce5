"""The program behind the engine: a LibreOffice of its own, without a window.

Traps, each met in practice: a fresh profile makes soffice exit with 81 ("start
me again"); a lock file left behind by a killed run makes a file impossible to
open for ever; without recalculation on loading, formulas that no program has
calculated yet stay stale; and an exception of UNO's cannot carry a traceback,
so none may escape (:func:`guarded`).
"""

import contextlib
import functools
import inspect
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from support.calc.semantics import BUSY, ExcelError, failed

_DISTRIBUTION = "/usr/lib/python3/dist-packages"
"""Where Debian puts the module uno; the engine is the only one to look there."""
_REGISTRY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_ITEM = '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}"><value>{value}</value></prop></item>'
_ITEMS = (
    ("Office.Common/Misc", "UseLocking", "false"),
    ("Office.Common/Misc", "UseDocumentOOoLockFile", "false"),
    ("Office.Common/Misc", "UseDocumentSystemFileLocking", "false"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "0"),
    ("Office.Calc/Formula/Load", "OOXMLRecalcMode", "0"),
    ("Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("Office.Recovery/AutoSave", "Enabled", "false"),
)


def missing_host():
    """Say why LibreOffice cannot be driven here, or None if it can."""
    if sys.platform == "win32":
        return "a stand-in for Excel has no business on Windows"
    if shutil.which("soffice") is None:
        return "no soffice: apt install libreoffice-calc"
    try:
        uno()
    except ImportError as error:
        return f"no module uno: apt install python3-uno ({error})"
    return None


@functools.cache
def uno():
    """Import the module uno, which is outside of the virtual environment.

    Importing it replaces ``builtins.__import__`` by its own, for names such as
    com.sun.star.*: it is put back, so that no other test meets it.
    """
    import builtins

    plain = builtins.__import__
    sys.path.append(_DISTRIBUTION)
    try:
        import uno as module
    finally:
        sys.path.remove(_DISTRIBUTION)
        builtins.__import__ = plain
    return module


def struct(name, **members):
    """A struct of UNO's, such as a PropertyValue, with its members set."""
    made = uno().createUnoStruct(name)
    for member, value in members.items():
        setattr(made, member, value)
    return made


def properties(**values):
    """Arguments of UNO's methods that take them by name."""
    return tuple(struct("com.sun.star.beans.PropertyValue", Name=n, Value=v) for n, v in values.items())


class Host:
    """A running soffice, with a profile and a pipe of its own.

    Attributes
    ----------
    busy
        Set it to True to have Excel edit a cell or show a dialog: every read
        and write then raises as COM does, until it is False again. Set it to
        a number to have that many of them raise.
    """

    def __init__(self):
        self.busy = False
        self._folder = tempfile.TemporaryDirectory(prefix="calc-")
        user = Path(self._folder.name) / "user"
        user.mkdir()
        items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _ITEMS)
        (user / "registrymodifications.xcu").write_text(_REGISTRY.format(items=items))
        self._pipe = f"clientscore{os.getpid()}x{time.monotonic_ns()}"
        self._process = None
        self.context = None

    @property
    def pid(self):
        """The process; xlwings tells its apps apart by it."""
        return self._process.pid

    def start(self, timeout=60.0):
        """Start soffice, again where it asks for it, and connect to it."""
        local = uno().getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        address = f"uno:pipe,name={self._pipe};urp;StarOffice.ComponentContext"
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() == 81:
                self._process = self._launch()
            if self._process.poll() is not None:
                message = f"soffice ended with {self._process.returncode}"
                raise RuntimeError(message)
            try:
                self.context = resolver.resolve(address)
            except Exception:  # noqa: BLE001 - not there yet; pyuno's own class of exceptions
                time.sleep(0.05)
                continue
            self.desktop = self.create("com.sun.star.frame.Desktop")
            return self
        self.stop()
        message = f"soffice did not answer within {timeout} s"
        raise RuntimeError(message)

    def _launch(self):
        # The wrapper script would make its child impossible to end by its id.
        binary = Path(shutil.which("soffice")).resolve().with_name("soffice.bin")
        command = [binary if binary.exists() else "soffice", "--headless", "--invisible", "--norestore"]
        command += ["--nologo", "--nodefault", "--nolockcheck", f"--accept=pipe,name={self._pipe};urp;"]
        command += [f"-env:UserInstallation={Path(self._folder.name).as_uri()}"]
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(command, env=os.environ | {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}, **quiet)

    def create(self, service):
        """An instance of one of the host's services."""
        return self.context.ServiceManager.createInstanceWithContext(service, self.context)

    def stop(self):
        """Quit, and see to it that nothing is left."""
        if self.context is not None:
            with contextlib.suppress(Exception):  # the bridge breaks while it answers
                self.desktop.terminate()
            self.context = None
        if self._process is not None:
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._folder.cleanup()

    def check_ready(self):
        """Raise as COM does while Excel is busy; xlwings would not try this one again."""
        if self.busy:
            self.busy = self.busy if self.busy is True else self.busy - 1
            raise ExcelError(BUSY, "Excel is busy: a cell is being edited or a dialog is open")


def guarded(member):
    """Let no exception of UNO's through, from a function or from any member of a class.

    pytest and contextlib break on one, as it takes no traceback.
    """
    if isinstance(member, type):
        for name, value in list(vars(member).items()):
            if isinstance(value, property):
                setattr(member, name, property(*(f and guarded(f) for f in (value.fget, value.fset))))
            elif inspect.isfunction(value):
                setattr(member, name, guarded(value))
        return member

    @functools.wraps(member)
    def call(*args, **kwargs):
        try:
            return member(*args, **kwargs)
        except Exception as error:
            if not type(error).__name__.startswith("com.sun.star."):
                raise
            message = f"{type(error).__name__.rpartition('.')[2]}: {error.Message}"
        raise failed(message)

    return call
