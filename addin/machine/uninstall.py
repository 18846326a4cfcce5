"""The removal: everything that an installation put on the machine, and never a workbook."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from addin.catalogue import Catalogue
from addin.machine.places import PROJECT
from addin.machine.view import Machine

__all__ = ["Removal", "hand_over", "planned", "removal_script", "remove", "uninstall"]

_OURS: Final = frozenset({"clientscore", ".clientscore"})
_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".xltx", ".xltm", ".csv"})
_WINGET_MARK: Final = "uv-by-winget.txt"
"""File that the installer leaves in the home when it had winget install uv."""


@dataclass(frozen=True)
class Removal:
    """What is to be removed, as it is on the machine.

    Attributes
    ----------
    folders, files
        What is there and ours; nothing in ``folders`` is inside another of them.
    workbooks
        Workbooks inside them: where there are any, nothing is removed.
    strange
        Places that are not what they should be, such as a link to elsewhere.
    winget
        Whether uv was installed by winget, and so stays.
    """

    folders: Sequence[PurePath]
    files: Sequence[PurePath]
    workbooks: Sequence[PurePath]
    strange: Sequence[PurePath]
    winget: bool

    @property
    def places(self) -> list[PurePath]:
        """Everything that is removed."""
        return [*self.folders, *self.files]


def planned(machine: Machine) -> Removal:
    """Look for what an installation left, without touching it."""
    where = machine.places
    folders: list[PurePath] = []
    strange: list[PurePath] = []
    for folder in (where.home, where.state, where.logs, where.menu):
        if any(folder == known or known in folder.parents for known in folders):
            continue
        here = machine.at(folder)
        if here.is_symlink() or (here.exists() and not here.is_dir()) or not _is_ours(folder):
            strange.append(folder)
        elif here.is_dir():
            folders.append(folder)
    version = machine.version_of("xlwings")
    script = where.applescripts / f"xlwings-{version}.applescript" if where.applescripts else None
    return Removal(
        folders=folders,
        files=[script] if script and machine.at(script).is_file() else [],
        workbooks=[path for folder in folders for path in _workbooks(machine, folder)],
        strange=strange,
        winget=machine.at(where.home / _WINGET_MARK).exists(),
    )


def _is_ours(folder: PurePath) -> bool:
    """Whether a folder has a full path that bears our name, deep enough to be no one else's."""
    named = {part.casefold() for part in folder.parts[-2:]}
    return folder.is_absolute() and len(folder.parts) > 2 and not named.isdisjoint(_OURS)


def _workbooks(machine: Machine, folder: PurePath) -> list[PurePath]:
    """Find the workbooks that a person put into a folder of ours; packages bring some of their own."""
    own = {machine.at(path) for path in (machine.places.venv, machine.places.python, machine.places.cache)}
    top = machine.at(folder)
    found: list[PurePath] = []
    for current, folders, files in os.walk(top):
        folders[:] = [name for name in folders if Path(current, name) not in own]
        within = folder.joinpath(*Path(current).relative_to(top).parts)
        found += [within / name for name in files if Path(name).suffix.casefold() in _WORKBOOKS]
    return sorted(found)


def remove(machine: Machine, removal: Removal) -> list[PurePath]:
    """Remove what is planned, and return what could not be removed."""
    for file in removal.files:
        machine.at(file).unlink(missing_ok=True)
    for folder in removal.folders:
        shutil.rmtree(machine.at(folder), ignore_errors=True)
    return [place for place in removal.places if machine.at(place).exists()]


def removal_script(folders: Sequence[PurePath], words: Catalogue) -> str:
    """Return the batch script that removes folders once nothing in them runs any more, and then itself.

    It tries for half a minute, then asks to close Excel and goes on trying.
    """
    texts = words.surface("doctor")["uninstall"]
    quoted = [f'"{_in_script(folder)}"' for folder in folders]
    lines = [
        "@echo off",
        "setlocal DisableDelayedExpansion",
        "chcp 65001 >nul",
        f"title {PROJECT}",
        'cd /d "%TEMP%"',
        f"echo {_plain(texts['script_removing'])}",
        "set TRIES=0",
        ":again",
        "ping -n 2 127.0.0.1 >nul",
        *(f"if exist {folder} rd /s /q {folder} 2>nul" for folder in quoted),
        *(f"if exist {folder} goto left" for folder in quoted),
        'del "%~f0" & exit',  # one line: of a file that is gone, no next line can be read
        ":left",
        "set /a TRIES=TRIES+1",
        "if %TRIES% LSS 30 goto again",
        f"echo {_plain(texts['script_stuck'])}",
        "pause >nul",
        "set TRIES=0",
        "goto again",
    ]
    return "".join(f"{line}\r\n" for line in lines)


def _in_script(folder: PurePath) -> str:
    """Return a path as a batch script finds it in any code page: by a variable, where one leads to it."""
    for name in ("LOCALAPPDATA", "APPDATA"):
        start = os.environ.get(name, "")
        if start and folder.is_relative_to(start):
            rest = str(folder.relative_to(start)).replace("%", "%%")
            return f"%{name}%\\{rest}"
    return str(folder).replace("%", "%%")


def _plain(text: str) -> str:
    """Return a text that a batch script prints as it is."""
    for sign in "^&|<>()":
        text = text.replace(sign, f"^{sign}")
    return text.replace("%", "%%")


def hand_over(folders: Sequence[PurePath], words: Catalogue) -> None:
    """Have a script of its own remove the folders after this process has ended."""
    handle, name = tempfile.mkstemp(prefix="clientscore-uninstall-", suffix=".cmd")
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(removal_script(folders, words))
    own_console: int = getattr(subprocess, "CREATE_NEW_CONSOLE", 0)
    own_group: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    subprocess.Popen(  # noqa: S603 - a script that we have just written
        [os.environ.get("COMSPEC", "cmd.exe"), "/d", "/c", name],
        cwd=tempfile.gettempdir(),  # a folder that is somebody's current one cannot be removed
        creationflags=own_console | own_group,
        close_fds=True,
    )


def uninstall(
    machine: Machine,
    words: Catalogue,
    *,
    sure: bool,
    say: Callable[[str], None],
    ask: Callable[[str], str],
    later: Callable[[Sequence[PurePath], Catalogue], None] = hand_over,
) -> bool:
    """Say what is removed, ask, and remove it.

    Parameters
    ----------
    machine
        Where.
    words
        The language.
    sure
        Whether to go on without asking.
    say, ask
        Print a line; put a question.
    later
        Removes folders after this process has ended: Windows cannot remove the Python that runs.

    Returns
    -------
    bool
        Whether all is gone, or will be in a moment.
    """

    def text(key: str, **details: object) -> str:
        return words.text("doctor", "uninstall", key, **details)

    removal = planned(machine)
    refusal = _refusal(removal, text)
    if refusal:
        say(refusal)
        return False
    if not removal.places:
        say(text("nothing"))
        return True
    say(text("removes"))
    for place in removal.places:
        say(text("place", path=place))
    say(text("keeps"))
    if not sure:
        say(text("close"))
        if ask(text("ask")).strip().casefold() not in text("yes").split():
            say(text("left"))
            return False
    gone, note, inside = text("done"), text("winget"), text("handed_over")  # the texts go too
    if machine.windows and machine.places.home in machine.runtime.executable.parents:
        later(removal.folders, words)
        say(inside)
    elif rest := remove(machine, removal):
        say(text("stuck", paths=rest))
        return False
    else:
        say(gone)
    if removal.winget:
        say(note)
    return True


def _refusal(removal: Removal, text: Callable[..., str]) -> str:
    if removal.strange:
        return text("not_ours", path=removal.strange[0])
    if removal.workbooks:
        return text("workbooks", files=list(removal.workbooks))
    return ""
