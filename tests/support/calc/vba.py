"""A harness that presses ribbon buttons: the product's VBA, run by the host's Basic.

Basic reads VBA but not all of it, and it is silent: a module that does not
compile does not run, and neither that nor an error at run time is reported.
So the harness resolves conditional compilation itself, leaves out what cannot
compile, asks every module for a sign of life before it believes anything,
names the one to blame, and catches errors in Basic. A variable that is not
declared is found only when its line runs: press every button.

RunPython is a stub that keeps what it was given; message boxes are kept too.
"""

import re
import zipfile
from pathlib import Path
from typing import NamedTuple

from lxml import etree
from support.calc.host import struct
from support.calc.vba_stubs import (
    ALIVE,
    CALLER,
    CASE,
    CLASS,
    CLASS_ALIVE,
    DOCUMENT,
    MODULE,
    SIGN,
    STUBS,
)
from support.calc.vba_text import callbacks, defines, prepared, resolve_conditions, with_body

LEFT_OUT = ("xlwings", "dictionary")
"""Modules that Basic cannot compile; a stub stands in for the first."""
_MODULE_TYPES = {MODULE: 1, CLASS: 2, DOCUMENT: 1}
"""com.sun.star.script.ModuleType; what belongs to a sheet or to the workbook runs as a plain module."""


class Action(NamedTuple):
    """What a button of the ribbon does: the callback that it calls, and the tag that tells it from others."""

    callback: str
    tag: str = ""


def ribbon_actions(path):
    """What each button of a workbook's ribbon does, by its id."""
    return {
        control.get("id"): Action(control.get("onAction"), control.get("tag", ""))
        for control in _controls(path)
        if control.get("onAction")
    }


def ribbon_callbacks(path):
    """Every callback that a workbook's ribbon names, as pairs of attribute and callback."""
    return {
        (name, value)
        for control in _controls(path)
        for name, value in control.attrib.items()
        if re.match(r"on[A-Z]|get[A-Z]|loadImage", name)
    }


def _controls(path):
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if re.search(r"customUI/customUI(14)?\.xml$", name)]
        return [] if not names else list(etree.fromstring(package.read(max(names))).iter("{*}*"))


def read_modules(folder):
    """The VBA modules of a folder of .bas and .cls files, as {name: (kind, text)}."""
    found = {}
    for path in sorted(Path(folder).iterdir()):
        if path.suffix.lower() in (".bas", ".cls"):
            text = path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n")
            name = re.search(r'^Attribute VB_Name = "(\w+)"', text, re.MULTILINE)
            found[name[1] if name else path.stem] = (_kind(path, text), text)
    return found


def _kind(path, text):
    if path.suffix.lower() == ".bas":
        return MODULE
    document = re.search(r'VB_Base = "0\{0002082[0-9]', text) or path.stem.lower() in (
        "thisworkbook",
        "workbook",
    )
    return DOCUMENT if document else CLASS


def stored_modules(book):
    """The VBA modules of an open .xlsm, as the host read them out of its vbaProject.bin."""
    libraries = book.impl.uno.BasicLibraries
    if not libraries.hasByName(book.impl.project()):
        return {}
    library = libraries.getByName(book.impl.project())
    texts = {name: library.getByName(name) for name in library.ElementNames}
    kinds = {"VBAClassModule": CLASS, "VBADocumentModule": DOCUMENT}
    found = {}
    for name, text in texts.items():
        declared = re.search(r"VBA_ModuleType=(\w+)", text)
        found[name] = (kinds.get(declared and declared[1], MODULE), text)
    return found


class Project:
    """VBA modules, loaded into an open book.

    Parameters
    ----------
    book
        An xlwings Book of the live engine.
    modules
        ``{name: (kind, text)}``; see `read_modules` and `stored_modules`.
    mac
        Whether conditional compilation takes the Mac's branch.
    bodies
        Other bodies for Subs and Functions, by their names, for what cannot run
        here: ``{"PythonWorks": "PythonWorks = True"}``.

    A module of the workbook or of a sheet is loaded as ``ThisWorkbook_``: under
    its own name it would hide the host's object.
    """

    def __init__(self, book, modules, *, mac=False, bodies=None):
        self._book = book
        constants = dict.fromkeys(("VBA6", "VBA7"), True) | dict.fromkeys(("Win32", "Win64"), not mac)
        self.modules = {}
        for name, (kind, text) in modules.items():
            if name.lower() not in LEFT_OUT:
                code = prepared(resolve_conditions(text, constants | {"Mac": mac}))
                for procedure, body in (bodies or {}).items():
                    code = with_body(code, procedure, body)
                self.modules[name + "_" * (kind == DOCUMENT)] = (kind, code)
        for name in bodies or ():
            if not any(defines(text, name) for _, text in self.modules.values()):
                message = f"no module has {name}"
                raise AssertionError(message)
        self._load(self.modules)
        if dead := self.dead(self.modules):
            alone = [name for name in dead if self._dead_alone(name)]
            message = f"Basic cannot compile {', '.join(alone or dead)}"
            raise AssertionError(message)

    def alive(self):
        """Whether every module compiles."""
        return not self.dead()

    def dead(self, names=None):
        """Names of the modules that do not compile: they give no sign of life."""
        modules = {name: self.modules[name][0] for name in (self.modules if names is None else names)}
        return [
            name
            for name, kind in modules.items()
            if self.run(f"{'HarnessCaller' if kind == CLASS else name}.HarnessAliveIn{name}") != SIGN
        ]

    def _dead_alone(self, name):
        self._load({name: self.modules[name]})
        return bool(self.dead([name]))

    def _load(self, modules):
        libraries = self._book.impl.uno.BasicLibraries
        libraries.VBACompatibilityMode = True
        name = self._book.impl.project()
        library = libraries.getByName(name) if libraries.hasByName(name) else libraries.createLibrary(name)
        for name in library.ElementNames:
            library.removeByName(name)
        caller = {"HarnessCaller": (MODULE, _caller(modules))}
        for name, (kind, text) in (STUBS | modules | caller).items():
            if library.hasModuleInfo(name):
                library.removeModuleInfo(name)
            info = struct("com.sun.star.script.ModuleInfo", ModuleType=_MODULE_TYPES[kind])
            library.insertModuleInfo(name, info)
            head = "Option VBASupport 1\n" + "Option ClassModule\n" * (kind == CLASS)
            library.insertByName(name, f"{head}{text}\n{ALIVE.format(name=name)}")

    # -- what tests do

    def run(self, name, *arguments):
        """Run a Sub or Function, ``Name`` or ``Module.Name``, and return its value."""
        return self._book.impl.run(name, arguments)

    def call(self, callback, control_id="", tag=""):
        """Call a callback of the ribbon with a control; return what a getter answers."""
        callback = callback.rpartition(".")[2]
        names = [name for _, text in self.modules.values() for name, _ in callbacks(text)]
        if callback not in names:
            message = f"no module has a callback {callback}"
            raise AssertionError(message)
        if problem := self.run("HarnessCaller.HarnessCall", callback, control_id, tag):
            message = f"{callback} of {control_id}: {problem}"
            raise AssertionError(message)
        return self.run("HarnessCaller.HarnessValue")

    def press(self, control_id, actions):
        """Press a button and return the commands that RunPython was given."""
        self.run("xlwings.HarnessForgetCommands")
        action = actions[control_id]
        self.call(action.callback, control_id, action.tag)
        return self.commands

    @property
    def commands(self):
        """What RunPython was given since a button was last pressed."""
        return self._kept("xlwings.HarnessCommands")

    @property
    def messages(self):
        """Message boxes since they were last forgotten."""
        return self._kept("Harness.HarnessMessages")

    def forget_messages(self):
        """Start over with the message boxes."""
        self.run("Harness.HarnessForgetMessages")

    def answer(self, reply):
        """Let message boxes return a value such as 6, vbYes."""
        self.run("Harness.HarnessAnswer", reply)

    def ready(self, *, ready):
        """Let Application.Ready say this."""
        self.run("Harness.HarnessBeReady", ready)

    def _kept(self, name):
        return self.run(name).split("\x1e")[1:]


def _caller(modules):
    """Basic that calls any callback of the modules, and creates each class."""
    found = {name: kind for _, text in modules.values() for name, kind in callbacks(text)}
    cases = (f'        Case "{name}": {CASE[kind].format(name=name)}' for name, kind in found.items())
    lives = (CLASS_ALIVE.format(name=name) for name, (kind, _) in modules.items() if kind == CLASS)
    return CALLER.format(cases="\n".join(cases), lives="\n".join(lives))


def execute(commands):
    """Do what RunPython was told, against the calling book; Basic has ended by then, as on a Mac."""
    for command in commands:
        exec(command, {})  # noqa: S102 - the product's own command
