"""Where sentences go: an output that closes, or has no room, never stops the work that they tell of."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path
from typing import Final, TextIO

__all__ = ["lost_output", "make_lasting"]

_CLOSED: Final = frozenset({errno.EPIPE, *([errno.EINVAL] if sys.platform == "win32" else [])})
"""How the system answers where the reader of a pipe has gone: it has seen all that it wanted to."""


class _Lasting(io.RawIOBase):
    """A file that takes whatever is written to it, and remembers what kept it from being stored."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._file = io.FileIO(number, "w", closefd=False)
        self.failure: OSError | None = None

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._file.fileno()

    def isatty(self) -> bool:
        return self._file.isatty()

    def write(self, content: object, /) -> int:
        view = memoryview(content)  # type: ignore[arg-type]  # typeshed names no type for what has bytes
        if self.failure is None:
            try:
                return self._file.write(view) or 0
            except OSError as failure:
                self.failure = failure
        return view.nbytes


def make_lasting() -> None:
    """Make standard output and standard error take whatever comes.

    One that was closed before the program began leads nowhere: else the next file that is opened would
    have its number, and whatever is printed would go into that file.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - until the end
        raw = _raw(stream)
        if mode == "w" and isinstance(stream, io.TextIOWrapper) and isinstance(raw, io.FileIO):
            setattr(sys, name, _lasting(stream, raw))


def _raw(stream: object) -> object:
    """Return the file below a text stream; where Python is not to buffer, nothing stands between them."""
    buffer = getattr(stream, "buffer", None)
    return getattr(buffer, "raw", buffer)


def _lasting(stream: io.TextIOWrapper, raw: io.FileIO) -> TextIO:
    encoding, errors, by_line = stream.encoding, stream.errors, stream.line_buffering
    stream.flush()
    buffer = io.BufferedWriter(_Lasting(raw.fileno()))
    return io.TextIOWrapper(buffer, encoding=encoding, errors=errors, line_buffering=by_line)


def lost_output() -> OSError | None:
    """Return what kept the output from being stored, None where nothing did or its reader had enough."""
    sys.stdout.flush()
    raw = _raw(sys.stdout)
    failure = raw.failure if isinstance(raw, _Lasting) else None
    return None if failure is None or failure.errno in _CLOSED else failure
