"""Whether settings, variables and paths keep Excel and Python from meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from addin.machine.book_facts import BookFacts, Settings, file_settings
from addin.machine.view import Check, Machine

__all__ = [
    "book_name",
    "book_place",
    "book_settings",
    "code_page",
    "license_key",
    "log",
    "other_settings",
    "path_length",
    "python_path",
    "synchronised",
]

_COMMAND: Final = 2047
"""Most signs of the command line that the DLL builds: a buffer of 2048 bytes."""

_FIXED_PART: Final = (
    'cmd.exe  /K """ -B -c "import sys, os;import xlwings.utils;xlwings.utils.prepare_sys_path(\\"\\");'
    "import xlwings; xlwings.serve('{00000000-0000-0000-0000-000000000000}')\"\""
)
"""What the VBA of xlwings 0.37.8 (``XLPyCommand``) puts around interpreter and paths."""

_EXCEL_PATH: Final = 218
"""Most signs of a path that Excel opens."""

_NEVER_BLANK: Final = frozenset({"INTERPRETER_WIN", "USE UDF SERVER", "SHOW CONSOLE", "DEBUG UDFS"})
_CLOUD_VARIABLES: Final = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_CLOUD_FOLDERS: Final = ("Library/Mobile Documents", "Library/CloudStorage")


def _sources(machine: Machine, book: BookFacts | None) -> Iterator[tuple[object, Settings]]:
    """Yield where settings come from, in the order that xlwings asks them."""
    if book and book.settings:
        yield book.path.name, book.settings
    if book and book.folder_settings:
        yield book.path.with_name("ClientScore.conf"), book.folder_settings
    user = machine.places.user_config
    settings = file_settings(machine, user)
    if settings:
        yield user, settings


def other_settings(machine: Machine, book: BookFacts | None) -> Check:
    """Check for files that set what the workbook leaves open."""
    for where, settings in _sources(machine, book):
        if isinstance(where, PurePath) and settings.rows:
            details = {"file": where, "settings": settings.keys}
            return Check("other_settings", "warning", "found", details)
    return Check("other_settings", "ok", "none", {})


def book_settings(machine: Machine, book: BookFacts | None) -> Check:
    """Check the settings sheet of the workbook for what makes every look-up of xlwings fail."""
    del machine
    if book is None:
        return Check("book_settings", "skipped", "no_book", {})
    if book.settings is None:
        return Check("book_settings", "skipped", "no_sheet", {"book": book.path.name})
    counts = Counter(book.settings.keys)
    twice = [key for key, count in counts.items() if count > 1]
    if twice:
        return Check("book_settings", "fault", "twice", {"settings": twice})
    blank = [key for key, value in book.settings.rows if key in _NEVER_BLANK and not value]
    if blank:
        return Check("book_settings", "fault", "blank", {"settings": blank})
    return Check("book_settings", "ok", "good", {"book": book.path.name})


def python_path(machine: Machine, book: BookFacts | None) -> Check:
    r"""Check PYTHONPATH: it puts strange modules before ours; a ``\`` at its end breaks the command."""
    for where, settings in _sources(machine, book):
        value = settings.get("PYTHONPATH") or ""
        if value.rstrip('"; ').endswith("\\"):
            return Check("python_path", "fault", "backslash", {"place": where, "value": value})
    value = machine.environ.get("PYTHONPATH", "")
    if value.endswith("\\"):
        return Check("python_path", "warning", "variable_backslash", {"value": value})
    if value:
        return Check("python_path", "warning", "variable", {"value": value})
    return Check("python_path", "ok", "unset", {})


def license_key(machine: Machine, book: BookFacts | None) -> Check:
    """Check that nobody set the key that turns on the part of xlwings which is not free for companies."""
    value = machine.environ.get("XLWINGS_LICENSE_KEY", "")
    if value:
        case = "noncommercial" if value.strip().casefold() == "noncommercial" else "variable"
        return Check("license_key", "warning" if case == "noncommercial" else "ok", case, {})
    of_xlwings = file_settings(machine, machine.places.license_config)
    others = [(machine.places.license_config, of_xlwings)] if of_xlwings else []
    for where, settings in (*_sources(machine, book), *others):
        if (settings.get("LICENSE_KEY") or "").casefold() == "noncommercial":
            return Check("license_key", "warning", "noncommercial_file", {"file": where})
    return Check("license_key", "ok", "unset", {})


def code_page(machine: Machine, book: BookFacts | None) -> Check:
    """Check that the paths hold no sign that the DLL cannot pass on."""
    if not machine.windows:
        return Check("code_page", "skipped", "windows_only", {})
    for path in (machine.places.interpreter, *([book.path] if book else [])):
        signs = sorted({sign for sign in str(path) if not _encodes(sign, machine.code_page)})
        if signs:
            case = "book" if book and path == book.path else "home"
            return Check("code_page", "fault", case, {"path": path, "signs": "".join(signs)})
    return Check("code_page", "ok", "good", {"code_page": machine.code_page})


def _encodes(sign: str, code_page: str) -> bool:
    try:
        sign.encode(code_page)
    except UnicodeEncodeError:
        return False
    except LookupError:  # a code page that Python has no codec for: say nothing rather than wrong things
        return True
    return True


def path_length(machine: Machine, book: BookFacts | None) -> Check:
    """Check that the command which the DLL builds out of all paths fits into its buffer."""
    if not machine.windows:
        return Check("path_length", "skipped", "windows_only", {})
    extra = next((s.get("PYTHONPATH") or "" for _, s in _sources(machine, book) if s.get("PYTHONPATH")), "")
    name = str(book.path) if book else ""
    paths = f"False;{name};{name};;;;{extra}".replace("\\", "\\\\").replace("'", "\\'").replace("&", "^&")
    command = len(_FIXED_PART) + len(str(machine.places.interpreter)) + len(paths)
    details = {"length": command, "limit": _COMMAND}
    if command > _COMMAND:
        return Check("path_length", "fault", "command", details)
    if len(name) > _EXCEL_PATH:
        found = {"length": len(name), "limit": _EXCEL_PATH}
        return Check("path_length", "warning", "book", found)
    return Check("path_length", "ok", "good", details)


def _in_cloud(machine: Machine, path: PurePath) -> bool:
    if machine.windows:
        by_name = {name.upper(): value for name, value in machine.environ.items()}
        values = [by_name.get(name.upper(), "") for name in _CLOUD_VARIABLES]
        folders = [machine.path(value) for value in values if value]
    else:
        user = machine.path(machine.environ.get("HOME", "/"))
        folders = [user / folder for folder in _CLOUD_FOLDERS]
    return any(folder == path or folder in path.parents for folder in folders)


def synchronised(machine: Machine, book: BookFacts | None) -> Check:
    """Check that the installation lies in no folder that OneDrive or iCloud synchronises."""
    del book
    home = machine.places.home
    if _in_cloud(machine, home):
        return Check("synchronised", "warning", "home", {"path": home})
    return Check("synchronised", "ok", "no", {"path": home})


def book_place(machine: Machine, book: BookFacts | None) -> Check:
    """Check that a workbook in OneDrive does not ask xlwings to find its folder."""
    if book is None:
        return Check("book_place", "skipped", "no_book", {})
    if not _in_cloud(machine, book.path):
        return Check("book_place", "ok", "local", {"path": book.path.parent})
    value = book.settings.get("ADD_WORKBOOK_TO_PYTHONPATH") if book.settings else None
    if book.settings is not None and (value is None or value.casefold() == "true"):
        return Check("book_place", "fault", "cloud_looked_for", {"path": book.path.parent})
    return Check("book_place", "ok", "cloud", {"path": book.path.parent})


def book_name(machine: Machine, book: BookFacts | None) -> Check:
    """Check that the name of the workbook survives the way to Python."""
    if book is None:
        return Check("book_name", "skipped", "no_book", {})
    name = book.path.name
    if "=" in name:
        return Check("book_name", "fault", "equals", {"book": name})
    if machine.mac and not name.isascii():
        return Check("book_name", "warning", "mac_accents", {"book": name})
    return Check("book_name", "ok", "good", {"book": name})


def log(machine: Machine, book: BookFacts | None) -> Check:
    """Name the log file, for whoever looks after ClientScore."""
    del book
    path = machine.places.logs / "clientscore.log"
    try:
        size = machine.at(path).stat().st_size
    except OSError:
        return Check("log", "ok", "none", {"path": path})
    return Check("log", "ok", "there", {"path": path, "kilobytes": -(-size // 1024)})
