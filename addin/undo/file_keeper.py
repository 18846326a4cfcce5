"""Who keeps what is written to a file: before it is replaced, so that no moment is without a journal."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from addin.log import log_failure
from addin.package.moment import digest_of
from addin.refusals import Refusal
from addin.undo.entry import Entry
from addin.undo.journal import What
from addin.undo.journal_of import journal_of
from addin.undo.stack import Stack
from addin.workbook.port import Changes, Table
from addin.written_files import can_be_undone

__all__ = ["FileKeeper"]


class FileKeeper:
    """Keeps what one write to a file replaces. As a context it takes that back where nothing was written.

    Parameters
    ----------
    stack
        The journals of the workbook.
    file
        The workbook.
    tables
        All tables as they are before.
    changes
        What is written.
    what
        What writes it.

    Attributes
    ----------
    can_undo
        Whether what was written can be taken back; True where nothing was.
    """

    def __init__(
        self, stack: Stack, file: Path, tables: Sequence[Table], changes: Changes, what: What
    ) -> None:
        self._stack = stack
        self._file, self._tables, self._changes, self._what = file, tables, changes, what
        self._begun: Entry | None = None
        self.can_undo = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if kind is None or self._begun is None:
            return
        if issubclass(kind, Refusal):  # the file is as it was, or as another program left it
            self._stack.drop(self._begun)
        else:
            with contextlib.suppress(OSError):  # what is begun can be settled later, too
                self._stack.settle(digest_of(self._file.read_bytes()))

    def begin(self, inverse: Changes, before: str, after: str) -> None:
        """Keep what is about to be written; the write goes on where that fails, and is told apart later."""
        try:
            journal = journal_of(
                self._stack.book, self._tables, self._changes, inverse, self._what, in_file=True
            )
            self._begun = self._stack.begin(journal, before, after)
        except OSError as failure:
            log_failure(failure)
            self.can_undo = False
            self._begin_gap(before, after)

    def _begin_gap(self, before: str, after: str) -> None:
        try:
            self._begun = self._stack.begin_gap(before, after)
        except OSError as failure:
            log_failure(failure)

    def complete(self) -> None:
        """Take note that it is written."""
        if self._begun is not None:
            self._stack.complete(self._begun)
            self._begun = None
        if self.can_undo:
            can_be_undone(self._file)
