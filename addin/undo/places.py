"""Where a workbook lies, and where its journals do: the command line and Excel know both by the same name."""

from __future__ import annotations

import ntpath
import os.path
import sys
import unicodedata
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["location", "place", "undo_folder"]


def location(book: Path | xw.Book) -> str:
    """Return where a workbook lies: a copy elsewhere is another workbook.

    xlwings would turn the address of a workbook on OneDrive into a path, and fail where there is none.
    """
    if isinstance(book, Path):
        return place(str(book.absolute()))
    full_name = getattr(book.api, "FullName", None) or getattr(book.api, "full_name", None)
    if full_name is None:
        return str(book.name)
    return place(str(full_name if isinstance(full_name, str) else full_name.get()))


def place(name: str, paths: ModuleType = os.path) -> str:
    """Return the one way to say where a workbook lies, whoever names it.

    Parameters
    ----------
    name
        Its full name, of the command line or of Excel: a path, an address, or
        a bare name where it was never saved.
    paths
        How the system writes paths: on Windows, case and slashes do not matter.
    """
    if "://" in name:
        return name
    if sys.platform == "darwin" and ":" in name and not name.startswith("/"):
        name = "/".join(["/Volumes", *(part.replace("/", ":") for part in name.split(":"))])
    for prefix, plain in (("\\\\?\\UNC\\", "\\\\"), ("\\\\?\\", "")):  # how Windows writes long paths
        if paths is ntpath and name.startswith(prefix):
            name = plain + name.removeprefix(prefix)
    if not paths.isabs(name):
        return name
    return unicodedata.normalize("NFC", paths.normcase(paths.realpath(name)))


def undo_folder() -> Path:
    """Return the folder of the journals, in the person's own profile."""
    import platformdirs

    return Path(platformdirs.user_state_dir("clientscore", appauthor=False)) / "undo"
