"""Files replaced at one stroke: whoever looks sees the old bytes or the new ones, all of them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

from addin.package.held import replace
from addin.package.locks import check_name
from addin.refusals import Refusal

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows, where a file that is open cannot be deleted anyway
    fcntl = None


def write_atomically(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file so that a crash at any moment leaves the old one or the new one, complete.

    Parameters
    ----------
    path
        The file, which may exist. A link is followed.
    chunks
        Its new bytes.

    Raises
    ------
    Refusal
        ``reserved_name``, ``open_elsewhere``, ``folder_missing``,
        ``folder_not_writable`` or ``write_failed``; the file is then as it was.

    Notes
    -----
    What a killed process left behind has a hidden name made from that of
    the file, and goes with the next write of the same file.
    """
    check_name(path)
    path = path.resolve()
    temporary = path.with_name(f"{_stem(path)}{secrets.token_hex(4)}.tmp")
    try:
        _write(temporary, path, chunks)
    except OSError as error:
        raise _reason(error, path) from error
    _replace(temporary, path)
    _sweep(path)


def made_folder(folder: Path) -> None:
    """Make a folder, and those that it is to be in, where they are not there yet.

    Raises
    ------
    Refusal
        ``folder_not_made``, as where a file is in the way.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refusal("folder_not_made", folder=str(folder), reason=reason) from error


def _stem(path: Path) -> str:
    """Return how the names of temporary files for a file start."""
    return f".clientscore-{hashlib.sha256(path.name.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}-"


def _write(temporary: Path, path: Path, chunks: Iterable[bytes]) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            _lock(file.fileno())
            _copy_rights(path, temporary)
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        _remove(temporary)
        raise


def _replace(temporary: Path, path: Path) -> None:
    try:
        replace(temporary, path)
    except OSError as error:
        _remove(temporary)
        if isinstance(error, PermissionError):
            # on Windows this is how a file that another program holds open answers
            raise Refusal("open_elsewhere", file=path.name) from error
        raise _reason(error, path) from error
    except BaseException:
        _remove(temporary)
        raise
    _sync_folder(path.parent)


def _reason(error: OSError, path: Path) -> Refusal:
    folder = str(path.parent)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Refusal("folder_missing", file=path.name, folder=folder)
    if isinstance(error, PermissionError):
        return Refusal("folder_not_writable", file=path.name, folder=folder)
    return Refusal("write_failed", file=path.name, reason=error.strerror or str(error))


def _copy_rights(path: Path, temporary: Path) -> None:
    """Give the new file the rights of the old one, and its owner where the system lets us."""
    try:
        old = path.stat()
    except FileNotFoundError:
        return
    temporary.chmod(stat.S_IMODE(old.st_mode))
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(temporary, old.st_uid, old.st_gid)


def _lock(descriptor: int) -> None:
    """Mark a temporary file as in use, so that nobody sweeps it."""
    if fcntl is not None:
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sync_folder(folder: Path) -> None:
    """Put the new name on the disk too, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sweep(path: Path) -> None:
    """Remove what killed processes left of earlier writes of the file."""
    for leftover in _leftovers(path):
        with contextlib.suppress(OSError):
            if fcntl is not None:
                with leftover.open("rb") as file:
                    fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            leftover.unlink()


def _leftovers(path: Path) -> Iterator[Path]:
    stem = _stem(path)
    with contextlib.suppress(OSError):
        yield from [
            other for other in path.parent.iterdir() if other.name.startswith(stem) and other.suffix == ".tmp"
        ]


def _remove(temporary: Path) -> None:
    with contextlib.suppress(OSError):
        temporary.unlink()
