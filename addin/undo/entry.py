"""What a stack of journals holds of one write: a file, whose name says how much of it is certain."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from addin.undo.journal import Journal
from addin.undo.journal_text import from_plain

__all__ = ["BEGUN", "GAP", "JOURNAL", "Entry"]

JOURNAL, GAP, BEGUN = ".json", ".gap", ".begun"
_NAME: Final = re.compile(r"(\d{8})(?:-(\w+)-(\w+))?(?:\.json|\.gap)(?:\.begun)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a stack holds of one write.

    Attributes
    ----------
    path
        Its file. The name says what is known of it:
        ``NUMBER.json`` is a journal, ``NUMBER.gap`` tells of a write whose journal could not be kept;
        ``NUMBER-BEFORE-AFTER.json.begun`` and ``.gap.begun`` were kept beforehand, with digests of the
        workbook before and after, and nobody came back to say that it was written.
    """

    path: Path

    @classmethod
    def of(cls, path: Path) -> Entry | None:
        """Return the entry that a file is, None where it is none."""
        found = _NAME.fullmatch(path.name)
        return cls(path) if found and (found[2] is not None) == (path.suffix == BEGUN) else None

    @property
    def number(self) -> int:
        """Its place in the stack."""
        return int(self.path.name[:8])

    @property
    def is_begun(self) -> bool:
        """Whether nobody came back to say that it was written."""
        return self.path.suffix == BEGUN

    @property
    def is_gap(self) -> bool:
        """Whether its journal could not be kept."""
        return GAP in self.path.suffixes

    @property
    def digests(self) -> tuple[str, str]:
        """Digests of the workbook before and after a write that was begun."""
        _, before, after = self.path.name.split(".")[0].split("-")
        return before, after

    @property
    def complete_name(self) -> str:
        """Its name once it is certain that it was written."""
        return f"{self.number:08}{GAP if self.is_gap else JOURNAL}"

    @property
    def when(self) -> dt.datetime:
        """The moment at which it was kept."""
        return dt.datetime.fromtimestamp(self.path.stat().st_mtime, dt.UTC)

    def journal(self) -> Journal:
        """Return the journal.

        Raises
        ------
        ValueError
            If it is none, or one of another version.
        """
        try:
            text = self.path.read_bytes().decode("utf-8", "surrogatepass")
            return from_plain(json.loads(text))
        except (OSError, RecursionError, ValueError) as failure:
            message = "this journal cannot be read"
            raise ValueError(message) from failure
