"""A finished file put in its place, without harm to what other programs put there meanwhile."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from addin.package.exchange import exchange, place_of_old, rename_new
from addin.package.held import holds, is_written_to, replace, when_free
from addin.refusals import Refusal

__all__ = ["identity", "put_new", "put_over"]


def put_new(draft: Path, path: Path) -> None:
    """Give a finished file its name, unless there is a file of that name by now.

    Raises
    ------
    Refusal
        ``came_meanwhile``.
    OSError
        If that cannot be.
    """
    try:
        if rename_new(draft, path):
            return
    except FileExistsError as error:
        raise Refusal("came_meanwhile", file=path.name) from error
    if path.exists():
        raise Refusal("came_meanwhile", file=path.name)
    replace(draft, path)


def put_over(draft: Path, path: Path, read: bytes) -> None:
    """Put a finished file in the place of one that holds what was read, and no other.

    Raises
    ------
    Refusal
        ``changed_meanwhile`` or ``open_elsewhere``; the file is then as another program left it.
    OSError
        If that cannot be; the file is then as it was.
    """
    _check_same(path, path, read)
    ours, old = identity(draft), place_of_old(draft)
    try:
        if not when_free(lambda: exchange(draft, path), replacing=True):
            replace(draft, path)
            return
        _check_same(old, path, read)
    except BaseException:  # an interruption, too, right after the two have changed places
        if old.exists() and identity(path) == ours:
            _put_back(old, path, ours)
        raise
    with contextlib.suppress(OSError):  # it goes with the next write
        old.unlink()


def _check_same(file: Path, path: Path, read: bytes) -> None:
    """Refuse if a file holds something else than what was read, or is about to."""
    try:
        if is_written_to(file):
            raise Refusal("open_elsewhere", file=path.name)
        same = holds(file, read)
    except FileNotFoundError:
        same = False
    if not same:
        raise Refusal("changed_meanwhile", file=path.name)


def _put_back(old: Path, path: Path, ours: tuple[int, int, int]) -> None:
    """Give a file its place back; but what somebody saved in the place of ours meanwhile has to stay."""
    expected = ours
    while True:
        back, came = identity(old), place_of_old(old)
        if not when_free(lambda file=old: exchange(file, path), replacing=True):  # type: ignore[misc]
            replace(old, path)
            return
        if identity(came) == expected:
            came.unlink()
            return
        old, expected = came, back


def identity(path: Path) -> tuple[int, int, int]:
    """Return what tells one version of a file from another, whatever it is called."""
    found = path.stat()
    return found.st_ino if os.name == "posix" else 0, found.st_size, found.st_mtime_ns
