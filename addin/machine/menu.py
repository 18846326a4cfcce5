"""The entries that a person clicks: from exports to classes, new workbook, doctor, uninstall."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any, Final

from addin.catalogue import Catalogue
from addin.machine.places import PROJECT
from addin.machine.view import Machine

__all__ = ["ACTIONS", "BOOK_NAME", "free_path", "make_entries", "new_in_documents", "windows_shortcut"]

ACTIONS: Final = ("start", "new", "doctor", "uninstall")

BOOK_NAME: Final = f"{PROJECT}.xlsm"
"""What a new workbook is called that nobody gave a name."""

Shortcut = Callable[[Path, PurePath, str, str], None]


def make_entries(machine: Machine, words: Catalogue, shortcut: Shortcut) -> list[PurePath]:
    """Put the entries into the menu folder, in place of those of an earlier installation.

    Parameters
    ----------
    machine
        Where.
    words
        The language of their names, and of what they say.
    shortcut
        Writes a shortcut of Windows: to a path, for a program, its arguments and a description.

    Returns
    -------
    list of PurePath
        The entries.
    """
    places = machine.places
    folder = machine.at(places.menu)
    folder.mkdir(parents=True, exist_ok=True)
    suffix = ".lnk" if machine.windows else ".command"
    for old in folder.glob(f"*{suffix}"):
        old.unlink()
    made: list[PurePath] = []
    for action in ACTIONS:
        entry = places.menu / f"{words.text('doctor', 'menu', action)}{suffix}"
        arguments = f"-I -m addin.machine {action} {words.language}"
        if machine.windows:
            description = words.text("doctor", "menu", f"described_{action}")
            shortcut(machine.at(entry), places.interpreter, arguments, description)
        else:
            script = f"#!/bin/sh\ncd /\nexec {shlex.quote(str(places.interpreter))} {arguments}\n"
            machine.at(entry).write_text(script, encoding="utf-8")
            machine.at(entry).chmod(0o755)
        made.append(entry)
    return made


def windows_shortcut(path: Path, program: PurePath, arguments: str, description: str) -> None:
    """Write a shortcut of Windows, through Windows itself."""
    import importlib

    client: Any = importlib.import_module("win32com.client")
    link = client.Dispatch("WScript.Shell").CreateShortcut(str(path))
    link.TargetPath = str(program)
    link.Arguments = arguments
    link.Description = description
    link.WorkingDirectory = str(Path.home())
    link.Save()


def new_in_documents(words: Catalogue, folder: Path) -> Path:
    """Write a fresh workbook into a folder, under the first name that no file has.

    Parameters
    ----------
    words
        Its language.
    folder
        Where; made if it is not there.

    Returns
    -------
    Path
        The workbook.
    """
    from addin.fresh import new_workbook
    from addin.package.atomic import made_folder

    made_folder(folder)
    path = free_path(folder)
    new_workbook(path, words.language)
    return path


def free_path(folder: Path) -> Path:
    """Return the first name of a new workbook that no file in a folder has."""
    path, count = folder / BOOK_NAME, 1
    while path.exists():
        count += 1
        path = folder / f"{PROJECT} {count}.xlsm"
    return path
