"""Whether Excel is there, and lets the macros of a workbook run."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from pathlib import PurePath, PurePosixPath
from typing import Final

from addin.machine.book_facts import BookFacts
from addin.machine.view import Check, Machine

__all__ = ["antivirus", "attack_rules", "excel", "excel_bits", "is_trusted", "macros", "origin"]

_APP_PATH: Final = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_CLICK_TO_RUN: Final = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_INSTALL_ROOT: Final = r"Microsoft\Office\16.0\Excel\InstallRoot"
_SECURITY: Final = (  # what a company sets goes before what a person sets
    r"HKCU\Software\Policies\Microsoft\Cloud\Office\16.0\Excel\Security",
    r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Security",
    r"HKCU\Software\Microsoft\Office\16.0\Excel\Security",
)
_RULES: Final = (
    r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
    r"HKLM\SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
)
_AGAINST_US: Final = {
    "D4F940AB-401B-4EFC-AADC-AD5F3C50688A": "children",  # Office may start no other program
    "92E97FA1-2EDF-4476-BDD6-9DD0B4DDDC7B": "win32",  # macros may call no Windows API
}
_BLOCK, _WARN = 1, 6
_ANTIVIRUS: Final = r"HKLM\SOFTWARE\Microsoft\Security Center\Provider\Av"
_MAC_EXCEL: Final = PurePosixPath("/Applications/Microsoft Excel.app/Contents/Info.plist")
_FIRST_SUPPORTED: Final = 16
_INTERNET: Final = 3
"""Zone of a file from the internet; 4 are restricted sites, 0 to 2 the machine and the company."""


def _excel_path(machine: Machine) -> str:
    values = (machine.registry.value(rf"{hive}\{_APP_PATH}", "") for hive in ("HKCU", "HKLM"))
    return next((str(value).strip('"') for value in values if value), "")


def excel_bits(machine: Machine) -> int | None:
    """Return whether Excel is a program of 64 or of 32 bits, or None if that is not known."""
    platform = machine.registry.value(_CLICK_TO_RUN, "Platform")
    if platform:
        return 32 if str(platform).casefold() == "x86" else 64
    if machine.registry.value(rf"HKLM\SOFTWARE\{_INSTALL_ROOT}", "Path"):
        return 64
    if machine.registry.value(rf"HKLM\SOFTWARE\WOW6432Node\{_INSTALL_ROOT}", "Path"):
        return 32
    return None


def excel(machine: Machine, book: BookFacts | None) -> Check:
    """Check that Excel is installed, in a version and of a kind that works."""
    del book
    if machine.mac:
        return _mac_excel(machine)
    if not machine.windows:
        return Check("excel", "skipped", "no_excel_here", {})
    path = _excel_path(machine)
    if not path:
        return Check("excel", "fault", "missing", {})
    if "windowsapps" in path.casefold():
        return Check("excel", "fault", "store", {"path": path})
    current = str(machine.registry.value(r"HKCR\Excel.Application\CurVer", "") or "")
    major = current.rpartition(".")[2]
    version = str(machine.registry.value(_CLICK_TO_RUN, "VersionToReport") or major or "?")
    details = {"version": version, "bits": excel_bits(machine) or "?", "path": path}
    if major.isdigit() and int(major) < _FIRST_SUPPORTED:
        return Check("excel", "warning", "old", details)
    return Check("excel", "ok", "there", details)


def _mac_excel(machine: Machine) -> Check:
    own = PurePosixPath(machine.environ.get("HOME", "/")) / str(_MAC_EXCEL).lstrip("/")
    for path in (_MAC_EXCEL, own):
        try:
            facts = plistlib.loads(machine.at(path).read_bytes())
        except (OSError, plistlib.InvalidFileException, ValueError):
            continue
        version = str(facts.get("CFBundleShortVersionString", "?"))
        major = version.partition(".")[0]
        details = {"version": version, "path": path.parent.parent}
        old = major.isdigit() and int(major) < _FIRST_SUPPORTED
        return Check("excel", "warning" if old else "ok", "mac_old" if old else "mac", details)
    return Check("excel", "fault", "mac_missing", {})


def _security(machine: Machine, name: str) -> int | None:
    """Return a setting of Excel's Trust Center, or None where nobody set it."""
    for key in _SECURITY:
        value = machine.registry.value(key, name)
        if isinstance(value, int):
            return value
    return None


def is_trusted(machine: Machine, path: PurePath) -> bool:
    """Whether a file lies in a Trusted Location, where macros run unasked."""
    if any(
        machine.registry.value(rf"{key}\Trusted Locations", "AllLocationsDisabled") == 1 for key in _SECURITY
    ):
        return False
    for location, with_subfolders in _locations(machine):
        if path.parent == location or (with_subfolders and location in path.parents):
            return True
    return False


def _locations(machine: Machine) -> Iterator[tuple[PurePath, bool]]:
    for key in _SECURITY:
        for name in machine.registry.names(rf"{key}\Trusted Locations"):
            location = rf"{key}\Trusted Locations\{name}"
            path = machine.registry.value(location, "Path")
            if path:
                subfolders = machine.registry.value(location, "AllowSubFolders") == 1
                yield machine.path(machine.expanded(str(path))), subfolders


def macros(machine: Machine, book: BookFacts | None) -> Check:
    """Check that Excel lets macros run, or asks."""
    if not machine.windows:
        return Check("macros", "skipped", "windows_only", {})
    level = _security(machine, "VBAWarnings")
    if book and is_trusted(machine, book.path):
        return Check("macros", "ok", "trusted", {"folder": book.path.parent})
    if level == 4:
        return Check("macros", "fault", "disabled", {})
    if level == 3:
        return Check("macros", "fault", "signed_only", {})
    if level == 1:
        return Check("macros", "warning", "all", {})
    return Check("macros", "ok", "asks", {})


def origin(machine: Machine, book: BookFacts | None) -> Check:
    """Check that Windows has not noted the workbook as one from the internet: its macros would not run."""
    if not machine.windows:
        return Check("origin", "skipped", "windows_only", {})
    blocks = _security(machine, "blockcontentexecutionfrominternet") == 1
    if book is None:
        return Check("origin", "skipped", "no_book", {})
    details = {"book": book.path.name}
    if book.zone is None or book.zone < _INTERNET:
        return Check("origin", "ok", "own", details)
    if is_trusted(machine, book.path):
        return Check("origin", "ok", "trusted", details)
    return Check("origin", "fault", "internet_policy" if blocks else "internet", details)


def attack_rules(machine: Machine, book: BookFacts | None) -> Check:
    """Check that no rule of Microsoft Defender keeps Excel from starting Python or loading the DLL."""
    del book
    if not machine.windows:
        return Check("attack_rules", "skipped", "windows_only", {})
    found = {}
    for rule, case in _AGAINST_US.items():
        values = (machine.registry.value(key, rule) for key in _RULES)
        action = next((str(value).strip() for value in values if value is not None), "0")
        if action.isdigit() and int(action) in (_BLOCK, _WARN):
            found[case] = (int(action), rule)
    blocking = [case for case, (action, _) in found.items() if action == _BLOCK]
    if blocking:
        return Check("attack_rules", "fault", blocking[0], {"rule": found[blocking[0]][1]})
    for case, (_, number) in found.items():
        return Check("attack_rules", "warning", f"{case}_asks", {"rule": number})
    return Check("attack_rules", "ok", "none", {})


def antivirus(machine: Machine, book: BookFacts | None) -> Check:
    """Name the antivirus programs: they are who to ask when a file of ours disappears."""
    del book
    if not machine.windows:
        return Check("antivirus", "skipped", "windows_only", {})
    keys = machine.registry.names(_ANTIVIRUS)
    names = [machine.registry.value(rf"{_ANTIVIRUS}\{key}", "DISPLAYNAME") for key in keys]
    known = sorted({str(name) for name in names if name})
    if not known:
        return Check("antivirus", "skipped", "not_told", {})
    return Check("antivirus", "ok", "named", {"names": known})
