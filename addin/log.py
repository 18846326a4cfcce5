"""The log file, where tracebacks go: never to a cell, a message box or the screen."""

from __future__ import annotations

import contextlib
import datetime as dt
import traceback
from pathlib import Path
from typing import Final

import platformdirs

from addin.private import private_file, private_folder

__all__ = ["log_failure"]

_LARGEST: Final = 1_000_000
"""Bytes after which the file starts anew: it is for the last failures, not for an archive."""


def log_failure(failure: BaseException) -> Path:
    """Add a failure to the log file, and say where that is."""
    path = Path(platformdirs.user_log_dir("clientscore", appauthor=False)) / "clientscore.log"
    with contextlib.suppress(OSError):  # where even that is not allowed, the sentence still has to be said
        private_folder(path.parent)
        mode = "a" if private_file(path).stat().st_size < _LARGEST else "w"
        with path.open(mode, encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"\n{dt.datetime.now(dt.UTC).isoformat(timespec='seconds')}\n")
            file.writelines(traceback.format_exception(failure))
    return path
