"""Whether the Python that the workbook calls is there, whole and the right one."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

from addin.machine.book_facts import BookFacts
from addin.machine.excel_checks import excel_bits
from addin.machine.view import Check, Machine

__all__ = [
    "applescript",
    "architecture",
    "dll",
    "generated_wrappers",
    "interpreter",
    "private",
    "pywin32",
    "start",
    "store_python",
    "versions",
]

_OLDEST: Final = (3, 11)
_NEWEST: Final = (3, 15)
_SLOW: Final = 10.0  # [s]
_LIBRARY: Final = re.compile(r"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-")
_PACKAGE: Final = re.compile(r"^xlwings-(.+)\.dist-info$")


def private(machine: Machine, book: BookFacts | None) -> Check:
    """Check that this runs in the private environment: elsewhere it looks at another Python."""
    del book
    prefix, venv = machine.runtime.prefix, machine.places.venv
    if prefix == venv:
        return Check("private", "ok", "here", {"path": venv})
    return Check("private", "warning", "elsewhere", {"path": machine.runtime.executable, "venv": venv})


def interpreter(machine: Machine, book: BookFacts | None) -> Check:
    """Check that the Python which the workbook names is named by a full path, and is there."""
    key = "INTERPRETER_WIN" if machine.windows else "INTERPRETER_MAC"
    sheet = book.settings if book else None
    named = (sheet.get(key) or sheet.get("INTERPRETER")) if sheet else None
    if sheet and not named:
        return Check("interpreter", "fault", "unnamed", {"setting": key})
    path = machine.path(machine.expanded(named)) if named else machine.places.interpreter
    if not path.is_absolute():
        return Check("interpreter", "fault", "not_absolute", {"path": path, "setting": key})
    if not machine.at(path).exists():
        return Check("interpreter", "fault", "missing", {"path": path})
    return Check("interpreter", "ok", "there", {"path": path})


def store_python(machine: Machine, book: BookFacts | None) -> Check:
    """Check that Python is not that of the Microsoft Store, which hides its files from Excel."""
    del book
    if not machine.windows:
        return Check("store_python", "skipped", "windows_only", {})
    for path in (machine.runtime.executable, machine.runtime.base_prefix):
        if any(
            part.casefold() == "windowsapps" or part.startswith("PythonSoftwareFoundation.")
            for part in path.parts
        ):
            return Check("store_python", "fault", "store", {"path": path})
    return Check("store_python", "ok", "other", {"path": machine.runtime.base_prefix})


def architecture(machine: Machine, book: BookFacts | None) -> Check:
    """Check that Python is one that xlwings has a DLL for: x64 and neither too old nor too new."""
    del book
    runtime = machine.runtime
    version = ".".join(map(str, runtime.version))
    details = {"build": runtime.build, "version": version}
    if machine.windows and runtime.build != "win-amd64":
        return Check("architecture", "fault", "build", details)
    if not _OLDEST <= runtime.version[:2] <= _NEWEST:
        return Check("architecture", "fault", "version", details)
    return Check("architecture", "ok", "good", details)


def _installed(machine: Machine) -> tuple[str, PurePath] | None:
    """Version of xlwings in the private environment, and the folder that says so."""
    venv = machine.places.venv
    for folder in sorted(machine.at(venv).glob(f"{machine.places.packages}/xlwings-*.dist-info")):
        found = _PACKAGE.match(folder.name)
        if found:
            return found[1], venv.joinpath(*folder.relative_to(machine.at(venv)).parts)
    return None


def dll(machine: Machine, book: BookFacts | None) -> Check:
    """Check that the DLL through which Excel reaches Python is there, in the version of the package."""
    del book
    if not machine.windows:
        return Check("dll", "skipped", "windows_only", {})
    installed = _installed(machine)
    venv = machine.places.venv
    if installed is None:
        return Check("dll", "fault", "no_xlwings", {"folder": venv})
    version, record = installed
    name = f"xlwings{excel_bits(machine) or 64}-{version}.dll"
    details: dict[str, object] = {"name": name, "folder": venv}
    if machine.at(venv / name).exists():
        return Check("dll", "ok", "there", details)
    others = sorted(path.name for path in machine.at(venv).glob("xlwings*.dll"))
    if others:
        return Check("dll", "fault", "other_version", details | {"others": others})
    listed = machine.at(record / "RECORD")
    if listed.exists() and name in listed.read_text(encoding="utf-8", errors="replace"):
        return Check("dll", "fault", "removed", details)
    return Check("dll", "fault", "without", details)


def versions(machine: Machine, book: BookFacts | None) -> Check:
    """Check that the VBA of the workbook and the package xlwings are of one version."""
    if book is None:
        return Check("versions", "skipped", "no_book", {})
    if book.xlwings is None:
        return Check("versions", "skipped", "no_vba", {"book": book.path.name})
    installed = _installed(machine)
    found = installed[0] if installed else machine.version_of("xlwings")
    details = {"book": book.path.name, "vba": book.xlwings, "package": found or "-"}
    if book.outdated_calls:
        return Check("versions", "fault", "outdated_calls", details)
    if found != book.xlwings:
        return Check("versions", "fault", "differ", details)
    return Check("versions", "ok", "same", details)


def pywin32(machine: Machine, book: BookFacts | None) -> Check:
    """Check that the package pywin32 can be imported: without it each cell waits two minutes."""
    del book
    if not machine.windows:
        return Check("pywin32", "skipped", "windows_only", {})
    for module in ("pywintypes", "pythoncom", "win32com.client"):
        try:
            machine.importer(module)
        except Exception as failure:  # noqa: BLE001 - a broken DLL raises what it likes
            return Check("pywin32", "fault", "broken", {"module": module, "error": str(failure)})
    return Check("pywin32", "ok", "whole", {})


def generated_wrappers(machine: Machine, book: BookFacts | None) -> Check:
    """Check what pywin32 has written down about Excel: half-written files there break every call."""
    del book
    if not machine.windows:
        return Check("generated_wrappers", "skipped", "windows_only", {})
    folders = [machine.places.venv / "Lib" / "site-packages" / "win32com" / "gen_py"]
    if temp := machine.environ.get("TEMP"):
        folders.append(machine.path(temp) / "gen_py")
    for folder in folders:
        for path in sorted(machine.at(folder).rglob("*.py")):
            named = path.parent.name if path.name == "__init__.py" else path.stem
            if _is_broken(path.read_bytes(), is_library=bool(_LIBRARY.match(named))):
                where = folder.joinpath(*path.relative_to(machine.at(folder)).parts)
                return Check("generated_wrappers", "fault", "broken", {"file": where, "folder": folder})
    return Check("generated_wrappers", "ok", "whole", {})


def _is_broken(source: bytes, *, is_library: bool) -> bool:
    """Whether a generated module is cut short: no Python, or a type library without its map of classes."""
    try:
        compile(source, "gen_py", "exec")
    except (SyntaxError, ValueError):
        return True
    return is_library and b"CLSIDToClassMap" not in source


def start(machine: Machine, book: BookFacts | None) -> Check:
    """Check how long a fresh Python takes to be ready: each click waits that long."""
    del book
    found = machine.start()
    details = {"seconds": round(found.seconds, 1), "error": found.error}
    if found.error:
        return Check("start", "fault", "fails", details)
    if found.seconds > _SLOW:
        return Check("start", "warning", "slow", details)
    return Check("start", "ok", "good", details)


def applescript(machine: Machine, book: BookFacts | None) -> Check:
    """Check the script through which Excel for Mac reaches Python."""
    folder = machine.places.applescripts
    if folder is None:
        return Check("applescript", "skipped", "mac_only", {})
    installed = _installed(machine)
    package = installed[0] if installed else machine.version_of("xlwings")
    version = (book.xlwings if book else None) or package or ""
    name = f"xlwings-{version}.applescript"
    details: dict[str, object] = {"name": name, "folder": folder}
    if machine.at(folder / name).exists():
        return Check("applescript", "ok", "there", details)
    others = sorted(path.name for path in machine.at(folder).glob("xlwings-*.applescript"))
    if others:
        return Check("applescript", "fault", "other_version", details | {"others": others})
    return Check("applescript", "fault", "missing", details)
