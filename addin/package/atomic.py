"""Files replaced at one stroke: whoever looks sees the old bytes or the new ones, all of them."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import socket
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from addin.interruptions import unbroken
from addin.package.exchange import OLD
from addin.package.held import replace
from addin.package.locks import check_name, check_replaceable
from addin.package.moment import Moment
from addin.package.putting import identity, put_new, put_over
from addin.private import PRIVATE, state_folder
from addin.refusals import Refusal
from addin.system_faults import write_refusal
from addin.written_files import note

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows, where a file that is open cannot be deleted anyway
    fcntl = None


def write_atomically(
    path: Path,
    chunks: Iterable[bytes],
    *,
    read: bytes | None = None,
    new: bool = False,
    rights: int | None = None,
    moment: Moment | None = None,
) -> None:
    """Write a file so that a crash at any moment leaves the old one or the new one, complete.

    Parameters
    ----------
    path
        The file, which may exist. A link is followed.
    chunks
        Its new bytes.
    read
        What it held when it was read: if it holds anything else by now, whoever wrote that has the right
        of way. None if whatever is there may go.
    new
        Whether nothing may be there.
    rights
        Those of a file that was not there; the system's usual ones if None. One that was there keeps its own.
    moment
        What else happens as the new file takes its place.

    Raises
    ------
    Refusal
        ``reserved_name``, ``no_regular_file``, ``hard_links``, ``open_elsewhere``, ``changed_meanwhile``,
        ``came_meanwhile``, ``folder_missing``, ``folder_not_writable``, ``disk_full`` and its like or
        ``write_failed``; the file is then as it was.

    Notes
    -----
    Programs that know nothing of us may save the file at any time. So it changes places with the new one, and
    what comes out is compared with what was read; if it is another, the two change places again. Where the
    system or the disk knows no exchange, as on most network drives, the file is compared right before it is
    replaced, and what is saved in the instant between is lost.

    What a killed process left behind has a hidden name made from that of
    the file, and goes with the next write of the same file by the same person.
    """
    check_name(path)
    path = path.resolve()
    found = _found(path)
    draft = path.with_name(f"{_stem(path)}{secrets.token_hex(4)}.tmp")
    with _opened(draft, path, usual=found is None and rights is None) as file:
        try:
            _fill(file, draft, chunks, found, rights)
            ours = identity(draft)
        except BaseException as error:
            with contextlib.suppress(OSError):  # what it could not write it cannot write now
                file.close()
            _remove(draft)
            if isinstance(error, OSError):
                raise write_refusal(error, path) from error
            raise
        if fcntl is None:
            file.close()  # Windows replaces no file by one that is open
        try:
            if moment is not None:
                moment.before()
            with unbroken():  # or else nobody could tell whether the file was replaced
                _put(draft, path, read, new=new or found is None)
                note(path)
                if moment is not None:
                    moment.after()
        except BaseException:
            _remove(draft, ours)
            raise
    _sync_folder(path.parent)
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


def bring_back(path: Path) -> None:
    """Give a workbook its name again that a process was killed in the midst of replacing.

    That takes two steps on Windows (:mod:`addin.package.exchange`), and between them it has no name but
    another; elsewhere there is nothing to do.
    """
    path = path.resolve()
    if sys.platform == "win32" and not path.exists():
        for leftover in _leftovers(path):
            if leftover.stem.endswith(OLD):
                with contextlib.suppress(OSError):
                    leftover.rename(path)


def _opened(draft: Path, path: Path, *, usual: bool) -> BinaryIO:
    """Open a draft, marked as in use, that nobody else may read unless it is to have the usual rights."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(draft, flags, 0o666 if usual else PRIVATE)
    except OSError as error:
        raise write_refusal(error, path) from error
    _lock(descriptor)
    return os.fdopen(descriptor, "wb")


def _found(path: Path) -> os.stat_result | None:
    """Return what stands under a name, None if nothing does."""
    try:
        found = path.stat()
    except OSError:  # whoever writes hears why
        return None
    if not stat.S_ISDIR(found.st_mode):
        check_replaceable(path, found)
    return found


def _stem(path: Path) -> str:
    """Return how the names of drafts for a file start, on this machine, for this person.

    Others may be at work on the file from elsewhere: what is theirs is not for us to sweep.
    """
    whose = f"{path.name}\0{socket.gethostname()}\0{state_folder()}"
    return f".clientscore-{hashlib.sha256(whose.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}-"


def _fill(
    file: BinaryIO, draft: Path, chunks: Iterable[bytes], old: os.stat_result | None, rights: int | None
) -> None:
    """Write all bytes to a draft, with the rights that it is to have, and have them on the disk."""
    if old is not None:
        _copy_rights(old, draft)
    elif rights is not None:
        draft.chmod(rights)
    file.writelines(chunks)
    file.flush()
    os.fsync(file.fileno())


def _put(draft: Path, path: Path, read: bytes | None, *, new: bool) -> None:
    """Put a finished file in its place."""
    try:
        if read is not None:
            put_over(draft, path, read)
        elif new:
            put_new(draft, path)
        else:
            replace(draft, path)
    except OSError as error:
        if isinstance(error, PermissionError) and error.errno != errno.EPERM:
            # on Windows, and of a server, this is how a file that another program holds open answers
            raise Refusal("open_elsewhere", file=path.name) from error
        raise write_refusal(error, path) from error


def _copy_rights(old: os.stat_result, draft: Path) -> None:
    """Give the new file the rights of the old one, and its owner or at least its group where we may."""
    rights = stat.S_IMODE(old.st_mode)
    if hasattr(os, "chown"):
        for owner in (old.st_uid, -1):
            with contextlib.suppress(OSError):
                os.chown(draft, owner, old.st_gid)
                break
        if draft.stat().st_gid != old.st_gid:  # what that group might is not for another one
            rights &= ~stat.S_IRWXG
    draft.chmod(rights)


def _lock(descriptor: int) -> None:
    """Mark a draft as in use, so that nobody sweeps it."""
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


def _remove(draft: Path, ours: tuple[int, int, int] | None = None) -> None:
    """Remove a file that came to nothing; another that has its name by now stays."""
    with contextlib.suppress(OSError):
        if ours is None or identity(draft) == ours:
            draft.unlink()
