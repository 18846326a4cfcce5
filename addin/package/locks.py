"""Whether a file may be written: not read-only, and open in no other program."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from addin.refusals import Refusal

if TYPE_CHECKING:
    from pathlib import Path


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
