"""Where a workbook lies: journals and locks of the same workbook are found by the same place."""

from __future__ import annotations

import ntpath
import os.path
import sys
import unicodedata
from types import ModuleType

__all__ = ["place"]


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
