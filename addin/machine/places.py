"""Every place that an installation uses, by platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Final

__all__ = ["PROJECT", "XLWINGS_PROJECT", "Places", "places"]

PROJECT: Final = "ClientScore"
"""``PROJECT_NAME`` of the VBA of our workbooks: it names the settings sheet and files that xlwings reads."""

XLWINGS_PROJECT: Final = "xlwings"
"""The same of everybody else's workbooks, and of xlwings' own Python side."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of an installation.

    Attributes
    ----------
    home
        Folder that everything of ours is in.
    venv
        The private environment, and the folder of the DLLs.
    interpreter
        Its Python, which the workbook names.
    packages
        Folders that may hold its packages, as patterns below ``venv``.
    python, cache, uv
        What uv keeps: its Python, its downloads (only while installing), itself.
    menu
        Folder of the entries that a person clicks.
    logs, state
        The log file; the journals that a refresh is undone from.
    user_config
        Settings file that the VBA of our workbooks reads for all of them.
    license_config
        Settings file that the Python side of xlwings reads, ours or not.
    applescripts
        Folder of the scripts that Excel for Mac may run, else None.
    """

    home: PurePath
    venv: PurePath
    interpreter: PurePath
    packages: str
    python: PurePath
    cache: PurePath
    uv: PurePath
    menu: PurePath
    logs: PurePath
    state: PurePath
    user_config: PurePath
    license_config: PurePath
    applescripts: PurePath | None


def places(platform: str, environ: Mapping[str, str]) -> Places:
    r"""Return the places of an installation.

    Parameters
    ----------
    platform
        As ``sys.platform`` names it.
    environ
        The environment of the person.

    Examples
    --------
    >>> str(places("win32", {"LOCALAPPDATA": r"C:\L", "USERPROFILE": r"C:\U"}).interpreter)
    'C:\\L\\ClientScore\\venv\\Scripts\\python.exe'
    >>> str(places("darwin", {"HOME": "/Users/eva"}).interpreter)
    '/Users/eva/.clientscore/venv/bin/python'
    """
    return _windows(environ) if platform == "win32" else _posix(platform, environ)


def _windows(environ: Mapping[str, str]) -> Places:
    def folder(name: str, default: str) -> PureWindowsPath:
        given = environ.get(name, "")
        return PureWindowsPath(given) if given else PureWindowsPath(environ["USERPROFILE"], default)

    local = folder("LOCALAPPDATA", r"AppData\Local")
    roaming = folder("APPDATA", r"AppData\Roaming")
    user = folder("USERPROFILE", "")
    home = local / PROJECT
    return Places(
        home=home,
        venv=home / "venv",
        interpreter=home / "venv" / "Scripts" / "python.exe",
        packages="Lib/site-packages",
        python=home / "python",
        cache=home / "cache",
        uv=home / "uv" / "uv.exe",
        menu=roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs" / PROJECT,
        logs=home / "Logs",  # platformdirs writes clientscore: the same folder, as Windows ignores case
        state=home,
        user_config=user / f".{PROJECT}" / f"{PROJECT}.conf",
        license_config=user / f".{XLWINGS_PROJECT}" / f"{XLWINGS_PROJECT}.conf",
        applescripts=None,
    )


def _posix(platform: str, environ: Mapping[str, str]) -> Places:
    user = PurePosixPath(environ["HOME"])
    home = user / ".clientscore"
    mac = platform == "darwin"
    container = user / "Library" / "Containers" / "com.microsoft.Excel" / "Data"
    given = environ.get("XDG_STATE_HOME", "").strip()
    own_state = PurePosixPath(given) if given else user / ".local" / "state"
    state = user / "Library" / "Application Support" if mac else own_state
    logs = user / "Library" / "Logs" / "clientscore" if mac else own_state / "clientscore" / "log"
    return Places(
        home=home,
        venv=home / "venv",
        interpreter=home / "venv" / "bin" / "python",
        packages="lib/python3.*/site-packages",
        python=home / "python",
        cache=home / "cache",
        uv=home / "uv" / "uv",
        menu=user / "Applications" / PROJECT,
        logs=logs,
        state=state / "clientscore",
        user_config=container / f"{PROJECT}.conf",
        license_config=container / f"{XLWINGS_PROJECT}.conf",
        applescripts=user / "Library" / "Application Scripts" / "com.microsoft.Excel" if mac else None,
    )
