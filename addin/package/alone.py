"""One ClientScore at a time works on a workbook: the others wait a little, then say so.

The lock is a file in the person's own profile, so that nothing appears beside the workbook; the system
releases it when its process ends, however it ends. So it holds among the commands and buttons of one person
on one machine. Colleagues who work on one workbook of a shared drive have locks of their own: what keeps them
from overwriting one another is that a file is only replaced if it holds what was read
(:func:`addin.package.atomic.write_atomically`).

The package filelock (4.3) was looked at: 15,700 lines, and 0.07 s of every command to load them.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Iterator
from typing import Final

from addin.private import PRIVATE, private_folder, state_folder
from addin.refusals import Refusal

__all__ = ["alone_with"]

_PATIENCE: Final = 10.0
"""Seconds that a person waits to hear that another command is at work."""
_PAUSE: Final = 0.02
_held: Final[dict[str, int]] = {}
"""How often this process, which has one thread of ours, has each workbook."""


@contextlib.contextmanager
def alone_with(place: str, file: str) -> Iterator[None]:
    """Let no other ClientScore of this person write to a workbook meanwhile.

    Within it may be asked for again. Where the profile takes no lock, one goes on without.

    Parameters
    ----------
    place
        Where the workbook lies, as :func:`addin.workbook.place.place` says it.
    file
        Its name, as the person knows it.

    Raises
    ------
    Refusal
        ``busy_with_book`` if another has it all that time.
    """
    descriptor = None if place in _held else _locked(place, file)
    _held[place] = _held.get(place, 0) + 1
    try:
        yield
    finally:
        _held[place] -= 1
        if not _held[place]:
            del _held[place]
        if descriptor is not None:
            os.close(descriptor)


def _locked(place: str, file: str) -> int | None:
    """Return the open file whose lock is the turn of this process, None where there can be none."""
    name = hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    try:
        path = private_folder(state_folder() / "locks") / f"{name}.lock"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE)
    except OSError:
        return None
    try:
        _wait(descriptor, file, time.monotonic() + _PATIENCE)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _wait(descriptor: int, file: str, until: float) -> None:
    while not _lock(descriptor):
        if time.monotonic() >= until:
            raise Refusal("busy_with_book", file=file)
        time.sleep(_PAUSE)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        """Lock the first byte, there or not, and say whether it was free."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        """Lock the file, and say whether it was free; a disk that knows no locks has no others at work."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True
