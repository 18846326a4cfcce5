"""What the computer itself refuses, in plain words: a full disk, a network that fails, too little memory."""

from __future__ import annotations

import errno
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from addin.refusals import Refusal

__all__ = ["chain", "system_refusal", "write_refusal"]


def _numbers(*names: str) -> frozenset[int]:
    """Return the system's numbers for some errors; Windows has not all of them."""
    return frozenset(number for name in names if (number := getattr(errno, name, None)) is not None)


_CODES: Final = {
    "disk_full": _numbers("ENOSPC", "EDQUOT"),
    "too_large_for_disk": _numbers("EFBIG"),
    "disk_read_only": _numbers("EROFS"),
    "open_elsewhere": _numbers("EBUSY", "ETXTBSY"),
    "disk_fault": _numbers(
        "EIO", "ESTALE", "ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ENETRESET",
        "ECONNRESET", "ECONNABORTED", "ENOTCONN", "ENODEV", "ENXIO", "EREMOTEIO", "ENOLINK",
    ),
    "no_memory": _numbers("ENOMEM"),
    "folder_missing": _numbers("ENOENT", "ENOTDIR"),
    "folder_not_writable": _numbers("EACCES", "EPERM"),
}  # fmt: skip
"""Refusals by the errors of the system that they stand for."""
_EVERYWHERE: Final = ("disk_full", "too_large_for_disk", "disk_read_only", "disk_fault")
"""Those that say enough wherever the error comes from."""


def write_refusal(error: OSError, path: Path) -> Refusal:
    """Say why a file could not be written.

    Parameters
    ----------
    error
        What the system answered.
    path
        The file.
    """
    code = _code(error)
    if code == "folder_missing" and path.parent.is_dir():  # it is something else that is not there
        code = None
    if code is None:
        return Refusal("write_failed", file=path.name, reason=error.strerror or str(error))
    if code == "no_memory":
        return Refusal(code)
    return Refusal(code, file=path.name, folder=str(path.parent))


def system_refusal(failure: BaseException) -> Refusal | None:
    """Say in plain words what the computer refused, None where it was something else that failed.

    Parameters
    ----------
    failure
        What was raised; a library may have put an error of its own before that of the system.
    """
    for one in chain(failure):
        if _is_memory(one):
            return Refusal("no_memory")
        if isinstance(one, OSError) and _is_of_drafts(one):
            return Refusal("no_temporary_room")
        if isinstance(one, OSError) and (code := _code(one)) in _EVERYWHERE:
            path = Path(str(one.filename))
            return Refusal(str(code), file=path.name, folder=str(path.parent))
    return None


def _is_of_drafts(error: OSError) -> bool:
    """Whether a draft, of which only the system's own folder for such files knows, could not be written."""
    nowhere = "No usable temporary directory" in str(error)  # what Python's tempfile says, without a number
    return nowhere or (error.filename is None and _code(error) in _EVERYWHERE)


def _code(error: OSError) -> str | None:
    return next((code for code, numbers in _CODES.items() if error.errno in numbers), None)


def _is_memory(failure: BaseException) -> bool:
    if isinstance(failure, OSError):
        return _code(failure) == "no_memory"
    if isinstance(failure, zlib.error):
        return "Error -4" in str(failure)  # Z_MEM_ERROR
    if isinstance(failure, ImportError):  # the loader of the system has no errors but texts
        return "cannot allocate memory" in str(failure).casefold() or "failed to map" in str(failure)
    return isinstance(failure, MemoryError) or "start new thread" in str(failure)


def chain(failure: BaseException | None) -> Iterator[BaseException]:
    """Yield what was raised, and what it was raised because of."""
    seen: set[int] = set()
    while failure is not None and id(failure) not in seen:
        seen.add(id(failure))
        yield failure
        failure = failure.__cause__ or failure.__context__
