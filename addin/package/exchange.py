"""Two files that change places at a stroke, so that what was replaced can still be looked at, and put back.

Each system has a call of its own for it, and not every disk takes part: network drives mostly do not.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path
from typing import Final

__all__ = ["OLD", "exchange", "place_of_old", "rename_new"]

OLD: Final = "-old"
"""How the name of a file ends, on Windows, that has given its place to a draft: the draft's, and this."""
_HERE: Final = -100
"""AT_FDCWD: names count from the folder of the process."""
_LINUX_NEW, _LINUX_EXCHANGE = 1, 2
"""RENAME_NOREPLACE and RENAME_EXCHANGE (man 2 renameat2)."""
_MAC_EXCHANGE, _MAC_NEW = 2, 4
"""RENAME_SWAP and RENAME_EXCL (man 2 renamex_np)."""
_HALFWAY: Final = 1177
"""ERROR_UNABLE_TO_MOVE_REPLACEMENT_2: the old file has its other name, the new one not yet the old one's
(learn.microsoft.com/windows/win32/api/winbase/nf-winbase-replacefilew)."""
_HELD: Final = (5, 32, 33)
"""ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION: another program holds one of them."""


def place_of_old(draft: Path) -> Path:
    """Return where a file is found that has given its place to a draft."""
    return draft.with_name(f"{draft.stem}{OLD}{draft.suffix}") if sys.platform == "win32" else draft


def exchange(draft: Path, path: Path) -> bool:
    """Put a file in the place of another, which is kept (:func:`place_of_old`).

    Parameters
    ----------
    draft
        The new file, in the same folder, closed.
    path
        The place.

    Returns
    -------
    bool
        Whether the system and the disk know an exchange; if not, nothing is done.

    Raises
    ------
    OSError
        On Windows, if another program holds one of them; both are then as they were.
    """
    if sys.platform == "win32":
        return _replaced(draft, path)
    return _renamed(draft, path, _MAC_EXCHANGE if sys.platform == "darwin" else _LINUX_EXCHANGE) == 0


def rename_new(draft: Path, path: Path) -> bool:
    """Give a file a name that no other may have yet, and say whether that was possible here.

    Raises
    ------
    FileExistsError
        If there is a file of that name; both are then as they were.
    """
    if sys.platform == "win32":
        os.rename(draft, path)  # noqa: PTH104 - Path.rename says nothing of what it does there
        return True
    number = _renamed(draft, path, _MAC_NEW if sys.platform == "darwin" else _LINUX_NEW)
    if number == errno.EEXIST:
        raise FileExistsError(number, os.strerror(number), str(path))
    return number == 0


if sys.platform == "win32":

    def _replaced(draft: Path, path: Path) -> bool:
        """Exchange as Windows does it; rights and dates of the replaced file go over to the new one."""
        old = place_of_old(draft)
        system = ctypes.WinDLL("kernel32", use_last_error=True)
        if system.ReplaceFileW(str(path), str(draft), str(old), 0, None, None):
            return True
        number = ctypes.get_last_error()
        if number == _HALFWAY:
            old.rename(path)
        if number in _HELD:
            raise ctypes.WinError(number)
        return False

else:

    def _renamed(old: Path, new: Path, flags: int) -> int:
        """Rename with flags, and return 0 or the number of the error."""
        system = ctypes.CDLL(None, use_errno=True)
        names = os.fsencode(old), os.fsencode(new)
        try:
            if sys.platform == "darwin":
                failed = system.renamex_np(*names, flags)
            else:
                failed = system.renameat2(_HERE, names[0], _HERE, names[1], flags)
        except AttributeError:  # a C library that has no such call
            return errno.ENOSYS
        return ctypes.get_errno() if failed else 0
