"""Whether a file may be written: a file with one name, not read-only, and open in no other program."""

from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING, Final

from addin.refusals import Refusal

if TYPE_CHECKING:
    import os
    from pathlib import Path


_DEVICES: Final = frozenset(
    ("con", "prn", "aux", "nul", "conin$", "conout$"),
) | {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"}
"""Names that stand for devices on Windows, whatever ending they have
(learn.microsoft.com/windows/win32/fileio/naming-a-file)."""
_NO_SIGNS: Final = frozenset('<>:"|?*')
"""Signs that no name of a file has there."""


def check_name(path: Path) -> None:
    """Refuse to make a file under a name that Windows keeps for a device, or, there, takes for none.

    A workbook travels: one that is made on another system must not be impossible to open on Windows.

    Raises
    ------
    Refusal
        ``reserved_name`` or ``signs_in_name``.
    """
    name = path.name
    if name.partition(".")[0].rstrip().casefold() in _DEVICES and not path.is_file():
        raise Refusal("reserved_name", file=name)
    if sys.platform == "win32" and not _NO_SIGNS.isdisjoint(name):
        raise Refusal("signs_in_name", file=name)


def check_replaceable(path: Path, found: os.stat_result) -> None:
    """Refuse to put a new file in the place of what is no file, or of one that stands under other names too.

    These would keep the old one, and nobody would know that they are two from then on.

    Raises
    ------
    Refusal
        ``no_regular_file`` or ``hard_links``.
    """
    if not stat.S_ISREG(found.st_mode):
        raise Refusal("no_regular_file", file=path.name)
    if found.st_nlink > 1:
        raise Refusal("hard_links", file=path.name, count=found.st_nlink)


def check_writable(path: Path) -> None:
    """Refuse to write to a file that is read-only or open elsewhere. A new file is fine.

    Parameters
    ----------
    path
        The file, links resolved.

    Raises
    ------
    Refusal
        ``folder``, ``folder_missing``, ``no_regular_file``, ``hard_links``, ``read_only``,
        ``not_readable`` or ``in_use``.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise Refusal("folder_missing", file=path.name, folder=str(path.parent)) from None
        return
    except OSError as error:
        raise Refusal("not_readable", file=path.name) from error
    mode = found.st_mode
    if stat.S_ISDIR(mode):
        raise Refusal("folder", file=path.name)
    check_replaceable(path, found)
    # the bits and not os.access, which tells an administrator that everything may be written
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise Refusal("read_only", file=path.name)
    for mark in _marks(path):
        if mark.exists():
            raise Refusal("in_use", file=path.name, mark=mark.name)


def _marks(path: Path) -> list[Path]:
    """Files that Excel and LibreOffice put beside a workbook while it is open."""
    marks = [path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")]
    short = path.name[2:]
    # the owner file of a long name may replace its first two letters: if no other book has that short name
    if len(path.stem) > 2 and not path.with_name(short).exists():
        marks.append(path.with_name(f"~${short}"))
    return marks
