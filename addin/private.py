"""Files and folders for nobody but the person at the keyboard: journals, the log, lists of clients."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Final

__all__ = ["PRIVATE", "private_file", "private_folder", "state_folder"]

PRIVATE: Final = 0o600
"""Rights of a file that its owner alone may read and write. On Windows a file has those of its folder, and
the folders of a profile are private there."""
_FOLDER: Final = 0o700


def state_folder() -> Path:
    """Return the folder of what we keep from one command to the next, in the person's own profile."""
    import platformdirs

    return Path(platformdirs.user_state_dir("clientscore", appauthor=False))


def private_folder(folder: Path) -> Path:
    """Return a folder, made where it is not there yet, that nobody else may look into.

    Raises
    ------
    OSError
        If it cannot be made.
    """
    folder.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
    _restrict(folder, _FOLDER)
    return folder


def private_file(path: Path) -> Path:
    """Return a file, made where it is not there yet, that nobody else may read.

    Raises
    ------
    OSError
        If it cannot be made.
    """
    path.touch(PRIVATE)
    _restrict(path, PRIVATE)
    return path


def _restrict(path: Path, rights: int) -> None:
    """Take from others what rights they have; what is another person's own stays as it is."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            if path.stat().st_mode & 0o077:
                path.chmod(rights)
