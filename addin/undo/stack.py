"""Where journals lie: a small stack for each workbook, in a folder of the user's own.

Every press of a button runs in a process of its own, and nothing may be added
to the workbook. The command line and Excel share the stack of a workbook:
both know it by the same place.

Each journal is a file of its own, kept before the workbook is replaced and marked as complete after
that by another name: at whatever moment a process is killed, the names and the workbook tell together
what was written.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from pathlib import Path
from typing import Final

from addin.package.held import replace
from addin.private import PRIVATE, private_folder
from addin.undo.entry import BEGUN, GAP, JOURNAL, Entry
from addin.undo.journal import Journal
from addin.undo.journal_text import json_pieces

__all__ = ["Stack"]

_MOST_BOOKS: Final = 20
"""Journals of so many workbooks are kept, the oldest go first."""
_MOST_JOURNALS: Final = 10
"""So many journals of a workbook are kept, the last ones ..."""
MOST_BYTES: Final = 50_000_000
"""... and fewer where they would be larger together."""
_DRAFT: Final = ".new"
_UNREAD: Final = ".unread"
_UNDOING: Final = ".undoing"
"""Marks the entry of the same number as being taken back, and names the digest that the file then has."""


class Stack:
    """The journals of a workbook, the last one on top.

    Parameters
    ----------
    folder
        Where those of all workbooks lie.
    book
        Where the workbook lies.
    most_bytes
        They may be so large together, but for the last one.

    Attributes
    ----------
    book
        Where the workbook lies.
    """

    def __init__(self, folder: Path, book: str, *, most_bytes: int = MOST_BYTES) -> None:
        name = hashlib.sha256(_bytes(book)).hexdigest()[:16]
        self.book = book
        self._all = folder
        self._folder = folder / name
        self._old = folder / f"{name}.json"
        self._most_bytes = most_bytes

    def top(self) -> Entry | None:
        """Return the last entry, None where there is none."""
        entries = self._entries()
        if entries:
            return entries[-1]
        # Earlier versions kept all journals of a workbook in one file.
        return Entry(self._old) if self._old.exists() else None

    def put(self, journal: Journal) -> None:
        """Put the journal of what was written on top.

        Raises
        ------
        OSError
            If it cannot be kept. The stack then says that something was written that cannot be taken
            back, if it can be told even that.
        """
        try:
            self._keep(journal, JOURNAL)
        except OSError:
            with contextlib.suppress(OSError):  # an empty file has room where a journal has none
                self.put_gap()
            raise

    def begin(self, journal: Journal, before: str, after: str) -> Entry:
        """Put the journal of what is about to be written on top, and return it.

        Parameters
        ----------
        journal
            The journal.
        before, after
            Digests of the workbook as it is, and as it is going to be.

        Raises
        ------
        OSError
            If it cannot be kept.
        """
        self.settle(before)
        return self._keep(journal, f"-{before}-{after}{JOURNAL}{BEGUN}")

    def begin_gap(self, before: str, after: str) -> Entry:
        """Put on top that something is about to be written whose journal cannot be kept.

        Raises
        ------
        OSError
            If there is no room even for that.
        """
        return self._touch(f"-{before}-{after}{GAP}{BEGUN}")

    def put_gap(self) -> None:
        """Put on top that something was written whose journal could not be kept.

        Raises
        ------
        OSError
            If there is no room even for that.
        """
        self._touch(GAP)

    def complete(self, entry: Entry) -> None:
        """Note that what was begun is written; without that note the digests tell."""
        with contextlib.suppress(OSError):
            replace(entry.path, entry.path.with_name(entry.complete_name))

    def settle(self, digest: str) -> None:
        """Make good what a killed process could not say, as far as the workbook tells.

        Parameters
        ----------
        digest
            That of the workbook as it is.
        """
        for mark in self._folder.glob(f"*{_UNDOING}"):
            number, _, undone = mark.stem.partition("-")
            if undone == digest:
                self._drop_number(int(number))
            mark.unlink(missing_ok=True)
        entry = self.top()
        if entry is not None and entry.is_begun:
            before, after = entry.digests
            if digest == before:
                self.drop(entry)
            elif digest == after:
                self.complete(entry)

    def mark_undoing(self, entry: Entry, after: str) -> None:
        """Note that an entry is about to be taken back, and the digest that the workbook then has."""
        (self._folder / f"{entry.number:08}-{after}{_UNDOING}").touch(PRIVATE)

    def drop(self, entry: Entry) -> None:
        """Take an entry away: what it tells of is undone, was never written, or cannot be undone."""
        entry.path.unlink(missing_ok=True)
        if entry.path != self._old:
            for mark in self._folder.glob(f"{entry.number:08}-*{_UNDOING}"):
                mark.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # it stays where there are others
            self._folder.rmdir()

    def set_aside(self, entry: Entry) -> None:
        """Take an entry away that cannot be read, but keep its file: another version may."""
        if entry.path == self._old:
            private_folder(self._folder)
        replace(entry.path, self._folder / f"{entry.path.name}{_UNREAD}")

    def _drop_number(self, number: int) -> None:
        for entry in self._entries():
            if entry.number == number:
                self.drop(entry)

    def _entries(self) -> list[Entry]:
        """Return what is known of the last writes, in their order."""
        found = map(Entry.of, self._folder.glob("*"))
        return sorted((entry for entry in found if entry is not None), key=lambda entry: entry.number)

    def _next(self, ending: str) -> Path:
        entries = self._entries()
        number = entries[-1].number + 1 if entries else 1
        return self._folder / f"{number:08}{ending}"

    def _touch(self, ending: str) -> Entry:
        self._make()
        path = self._next(ending)
        path.touch(PRIVATE)
        return Entry(path)

    def _keep(self, journal: Journal, ending: str) -> Entry:
        self._make()
        path = self._next(ending)
        draft = self._folder / f"{path.name[:8]}{_DRAFT}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        try:
            with os.fdopen(os.open(draft, flags, PRIVATE), "wb") as file:
                file.writelines(json_pieces(journal))
                file.flush()
                os.fsync(file.fileno())  # before the workbook is replaced, so that power may fail between
            replace(draft, path)
        except BaseException:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise
        self._thin_out()
        return Entry(path)

    def _make(self) -> None:
        """Make the folder: what it holds are the names and figures of clients, for nobody else's eyes."""
        private_folder(self._all)
        private_folder(self._folder)

    def _thin_out(self) -> None:
        """Take away what is beyond the bounds, the oldest first."""
        entries = self._entries()
        sizes = [entry.path.stat().st_size for entry in entries]
        while len(entries) > _MOST_JOURNALS or (len(entries) > 1 and sum(sizes) > self._most_bytes):
            entries.pop(0).path.unlink(missing_ok=True)
            sizes.pop(0)
        others = sorted(self._all.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for other in others[_MOST_BOOKS:]:
            if other != self._folder:
                if other.is_dir():
                    shutil.rmtree(other, ignore_errors=True)
                else:
                    other.unlink(missing_ok=True)


def _bytes(text: str) -> bytes:
    """Return the bytes of a text, which may hold half a sign that UTF-8 would not take."""
    return text.encode("utf-8", "surrogatepass")
