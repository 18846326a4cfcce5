"""Whether a file may be written: not read-only, and open in no other program."""

from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING, Final

from addin.refusals import Refusal

if TYPE_CHECKING:
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


def check_writable(path: Path) -> None:
    """Refuse to write to a file that is read-only or open elsewhere. A new file is fine.

    Parameters
    ----------
    path
        The file, links resolved.

    Raises
    ------
    Refusal
        ``folder``, ``folder_missing``, ``read_only``, ``not_readable`` or ``in_use``.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise Refusal("folder_missing", file=path.name, folder=str(path.parent)) from None
        return
    except OSError as error:
        raise Refusal("not_readable", file=path.name) from error
    if stat.S_ISDIR(mode):
        raise Refusal("folder", file=path.name)
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
