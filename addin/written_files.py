"""Files that a command has put in place, so that what is said of one that was broken off is true."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

__all__ = ["WrittenFiles", "can_be_undone", "note", "recorded"]


@dataclass(slots=True)
class WrittenFiles:
    """What was put in place since the record began.

    Attributes
    ----------
    paths
        The files, in the order in which they were put there.
    undoable
        Workbooks among them, once for each time that undo can take back what was written.
    """

    paths: list[Path] = field(default_factory=list)
    undoable: list[Path] = field(default_factory=list)

    @property
    def lasting(self) -> list[Path]:
        """Those that are still there, each once: drafts in folders of our own are gone by then."""
        return [path for path in dict.fromkeys(self.paths) if path.exists()]


_RECORD: Final[ContextVar[WrittenFiles | None]] = ContextVar("written files", default=None)


@contextmanager
def recorded() -> Iterator[WrittenFiles]:
    """Record the files that are put in place from now on."""
    record = WrittenFiles()
    token = _RECORD.set(record)
    try:
        yield record
    finally:
        _RECORD.reset(token)


def note(path: Path) -> None:
    """Record that a file has been put in place."""
    record = _RECORD.get()
    if record is not None:
        record.paths.append(path)


def can_be_undone(book: Path) -> None:
    """Record that what was just written to a workbook can be taken back."""
    record = _RECORD.get()
    if record is not None:
        record.undoable.append(book)
