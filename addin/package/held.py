"""Files that another program holds: on Windows it says who else may open, replace or delete them.

An indexer, a virus scanner or a synchronising folder holds a file for a fraction of a second, right after it
was written; Excel holds it as long as it is open. So what fails for that reason is tried again for a while.
"""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import BinaryIO, Final, TypeVar

from addin.refusals import Refusal

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows, which does not let a file be replaced that another program has open
    fcntl = None

__all__ = ["holds", "is_held", "is_written_to", "open_to_read", "read_refusal", "replace", "when_free"]

_T = TypeVar("_T")

_SHARING: Final = (32, 33)
"""Windows' numbers for a file, or a part of it, that another program holds (ERROR_SHARING_VIOLATION,
ERROR_LOCK_VIOLATION: learn.microsoft.com/windows/win32/debug/system-error-codes)."""
_DENIED: Final = 5
"""ERROR_ACCESS_DENIED: the answer of Windows, too, when a file that is held is to be replaced or deleted."""
_SHARE_ALL: Final = 7
"""Others may read, write and delete the file meanwhile (FILE_SHARE_READ, _WRITE, _DELETE)."""
_PIECE: Final = 1 << 20
_PAUSES: Final = (0.05, 0.1, 0.2, 0.4, 0.5, 0.5)
"""Seconds between the tries: a person waits two seconds at most to hear that a file is open elsewhere."""


def is_held(error: OSError) -> bool:
    """Whether a file could not be opened because another program holds it."""
    return isinstance(error, PermissionError) and _number(error) in _SHARING


def _number(error: OSError) -> int | None:
    """Return Windows' own number for an error, None elsewhere.

    Of a file that is opened the way of C, as Python's open does, only "permission denied" is told: so
    Windows is asked again.
    """
    number: int | None = getattr(error, "winerror", None)
    if sys.platform != "win32" or number is not None or error.filename is None:
        return number
    import _winapi

    try:
        handle = _winapi.CreateFile(
            os.fspath(error.filename), _winapi.GENERIC_READ, _SHARE_ALL, 0, _winapi.OPEN_EXISTING, 0, 0
        )
    except OSError as told:
        return told.winerror
    _winapi.CloseHandle(handle)
    return _SHARING[0]  # it was held, and is free now


def when_free(work: Callable[[], _T], *, replacing: bool = False) -> _T:
    """Do something with a file, again and again for some two seconds while another program holds it.

    Parameters
    ----------
    work
        What to do; it fails with an OSError without having done anything.
    replacing
        Whether it replaces or deletes the file: Windows then has a second answer for one that is held.

    Raises
    ------
    OSError
        The last one, if the file stays held, or the first one of another kind.
    """
    for pause in _PAUSES:
        try:
            return work()
        except OSError as error:
            if not is_held(error) and not (replacing and getattr(error, "winerror", None) == _DENIED):
                raise
        time.sleep(pause)
    return work()


def open_to_read(path: Path) -> BinaryIO:
    """Open a file of a person to read its bytes.

    Raises
    ------
    Refusal
        ``not_found``, ``no_regular_file``, ``open_elsewhere``, ``not_readable`` or ``read_failed``.
    """
    with contextlib.suppress(OSError):  # opening it says why
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # a pipe would be waited for without an end
            raise Refusal("no_regular_file", file=path.name)
    try:
        return when_free(lambda: path.open("rb"))
    except OSError as error:
        raise read_refusal(error, path) from error


def read_refusal(error: OSError, path: Path) -> Refusal:
    """Say why a file could not be read."""
    if isinstance(error, FileNotFoundError):
        return Refusal("not_found", file=str(path))
    if is_held(error):
        return Refusal("open_elsewhere", file=path.name)
    if isinstance(error, PermissionError):
        return Refusal("not_readable", file=path.name)
    return Refusal("read_failed", file=path.name, reason=error.strerror or str(error))


def holds(path: Path, content: bytes) -> bool:
    """Whether a file holds these bytes and no others.

    Raises
    ------
    OSError
        If it cannot be read.
    """
    with when_free(lambda: path.open("rb")) as file:
        if os.fstat(file.fileno()).st_size != len(content):
            return False
        at = 0
        while piece := file.read(_PIECE):
            if piece != content[at : at + len(piece)]:
                return False
            at += len(piece)
    return at == len(content)


def is_written_to(path: Path) -> bool:
    """Whether a program has a file open to write to it, where the system tells (Linux: man 2 F_SETLEASE).

    Raises
    ------
    OSError
        If the file cannot be opened.
    """
    if fcntl is None or not hasattr(fcntl, "F_SETLEASE"):
        return False
    with path.open("rb") as file:
        try:
            # of who opens it in this instant a signal tells, which would end us: one that does nothing
            fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except OSError as error:
            return error.errno == errno.EAGAIN  # else the disk knows no leases, or the file is not ours
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def replace(draft: Path, path: Path) -> None:
    """Put a finished file in the place of another at a stroke.

    Raises
    ------
    OSError
        If that cannot be; both are then as they were.
    """
    when_free(lambda: draft.replace(path), replacing=True)
