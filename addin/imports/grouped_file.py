"""Lists grouped by client: a line with the client, its rows, a sub-total; read as if each row named it.

An ageing detail, an auxiliary ledger and a list that a program groups are written so. The line above a
group becomes columns of each of its rows, and the line of totals stands below them wherever the file has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from addin.imports.facts import code_text, is_total
from addin.imports.files.chunks import Broken, Chunk, Column
from addin.imports.files.sheet_file import SheetFile
from addin.imports.files.text_file import TextFile
from addin.imports.group_labels import Label, Labels, SupplierCode
from scoring.text import fold

__all__ = ["GroupedFile", "Layout"]

_TOTAL: Final = "Total"
_TOTAL_OF: Final = re.compile(r"(?:(?:sous|sub|grand)[ -]?)?tota(?:l|ux|ls)\b")
_COUNT: Final = re.compile(r"\s*\(\d+\)\s*$")
_BLANK: Final = (None, "")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a grouped list stand.

    Attributes
    ----------
    header_line, width
        Line in which its header ends, and its number of columns.
    date
        Place of the date.
    amounts
        Places of the amounts.
    own
        Place of the column that names the client of each row, None where only the groups do.
    headers
        Headers of the columns that the groups become: code and name.
    first
        What a line above the header says of the client of all rows; None where none does.
    """

    header_line: int
    width: int
    date: int
    amounts: Sequence[int]
    own: int | None
    headers: tuple[str, str]
    first: Label | None = None


@dataclass
class GroupedFile:
    """A grouped list, with the same face as the file that holds it.

    Attributes
    ----------
    inner
        That file.
    layout, labels
        Where its parts stand, and how its groups name clients.
    n_groups
        Number of groups with rows, once they are read.
    """

    inner: TextFile | SheetFile
    layout: Layout
    labels: Labels
    n_groups: int = 0
    head: list[list[str]] = field(init=False)
    head_lines: list[int] = field(init=False)

    def __post_init__(self) -> None:
        groups = Groups(self.layout, self.labels)
        self.head, self.head_lines = [], []
        for cells, line in zip(self.inner.head, self.inner.head_lines, strict=True):
            row: list[Any] = [*cells, *[""] * (self.layout.width - len(cells))][: self.layout.width]
            if line < self.layout.header_line:
                self.head.append(row)
                self.head_lines.append(line)
                continue
            if line == self.layout.header_line:
                found = [[*row, *self.added_headers]]
            else:
                found = [made for made, _ in groups.add(row, line)]
            self.head += [[code_text(cell) for cell in made] for made in found]
            self.head_lines += [line] * len(found)

    @property
    def path(self) -> Path:
        """The file."""
        return self.inner.path

    @property
    def delimiter(self) -> str:
        """What parts the cells."""
        return self.inner.delimiter

    @property
    def block(self) -> int:
        """Bytes of a text that are in memory at a time."""
        return self.inner.block if isinstance(self.inner, TextFile) else self.n_bytes

    @block.setter
    def block(self, n_bytes: int) -> None:
        if isinstance(self.inner, TextFile):
            self.inner.block = n_bytes

    @property
    def n_bytes(self) -> int:
        """Size of the file."""
        return self.inner.n_bytes

    @property
    def name(self) -> str:
        """Name of the sheet, empty for a text."""
        return self.inner.name if isinstance(self.inner, SheetFile) else ""

    @property
    def added_headers(self) -> Sequence[str]:
        """Headers of the columns that the groups become."""
        if self.layout.own is not None:
            return ()
        return self.layout.headers if self.labels.has_codes else self.layout.headers[1:]

    def chunks(
        self,
        header_line: int,
        width: int,
        columns: Mapping[int, bool],
        *,
        least: int = 0,
        repair: object = None,
        progress: Callable[[int], None] | None = None,
    ) -> Iterator[Chunk]:
        """Yield the rows below the header, each with the client of its group."""
        del header_line, width, repair
        groups = Groups(self.layout, self.labels)
        wanted = dict.fromkeys(range(self.layout.width), False)
        source = self.inner.chunks(
            self.layout.header_line,
            self.layout.width,
            wanted,
            least=least,
            repair=self._trimmed,
            progress=progress or _silent,
        )
        for chunk in source:
            cells = [chunk.columns[at].cells().tolist() for at in wanted]
            rows = [
                made
                for line, row in zip(chunk.lines.tolist(), zip(*cells, strict=True), strict=True)
                for made in groups.add(list(row), line)
            ]
            yield self._chunk(rows, columns, chunk.broken)
        rest = groups.end()
        self.n_groups = groups.n_groups
        if rest:
            yield self._chunk(rest, columns, [])

    def _trimmed(self, cells: list[str]) -> list[str] | None:
        width = self.layout.width
        return None if any(cell.strip() for cell in cells[width:]) else cells[:width]

    def _chunk(
        self,
        rows: Sequence[tuple[list[Any], int]],
        columns: Mapping[int, bool],
        broken: Sequence[Broken],
    ) -> Chunk:
        taken = {}
        for at in columns:
            cells = np.empty(len(rows), dtype=object)
            cells[:] = [row[at] if at < len(row) else None for row, _ in rows]
            taken[at] = Column(None, cells)
        lines = np.array([line for _, line in rows], dtype=np.int64)
        return Chunk(taken, lines, broken)


def _silent(n_bytes: int) -> None:
    """Report no progress."""


class Groups:
    """Goes through the rows of a grouped list, and gives each the client of its group.

    Parameters
    ----------
    layout, labels
        Where its parts stand, and how its groups name clients.

    Attributes
    ----------
    n_groups
        Number of groups with rows.
    """

    def __init__(self, layout: Layout, labels: Labels) -> None:
        self._layout = layout
        self._labels = labels
        self._group: Label | None = layout.first
        self._above: list[tuple[int, Label]] = []
        self._total: tuple[list[Any], int] | None = None
        self._is_new = True
        self.n_groups = 0

    def add(self, row: list[Any], line: int) -> list[tuple[list[Any], int]]:
        """Return the rows that a row becomes: none, itself, or the total that was above its group."""
        has_amounts = any(row[at] not in _BLANK and str(row[at]).strip() for at in self._layout.amounts)
        texts = [
            text
            for at, cell in enumerate(row)
            if at not in self._layout.amounts and (text := code_text(cell))
        ]
        dated = self._is_dated(row)
        if has_amounts and not dated and texts and _TOTAL_OF.match(fold(texts[0])):
            return [self._as_total(row, line)]
        if not has_amounts and not dated and texts:
            self._begin(row, texts)
            return []
        if has_amounts and not dated and texts and self._is_above(row, texts):
            done = self.end()
            self._begin(row, texts)
            self._total = self._as_total(row, line)
            return done
        if self._is_new and dated:
            self.n_groups += 1
            self._is_new = False
        return [(self._with_client(row), line)]

    def end(self) -> list[tuple[list[Any], int]]:
        """Return the total of the last group, where it stood above it."""
        done = [] if self._total is None else [self._total]
        self._total = None
        return done

    def _is_dated(self, row: Sequence[Any]) -> bool:
        """Whether a row has a date: a text of more than figures and signs may be a client all the same."""
        cell = row[self._layout.date]
        if cell in _BLANK or not str(cell).strip():
            return False
        return not isinstance(cell, str) or self._labels.is_date(cell)

    def _is_above(self, row: Sequence[Any], texts: Sequence[str]) -> bool:
        """Whether a row with sums heads a group: "Fromages du Nord (2)"."""
        own = self._layout.own
        is_named = own is not None and code_text(row[own]) != ""
        return not is_named and _COUNT.search(texts[0]) is not None

    def _begin(self, row: Sequence[Any], texts: Sequence[str]) -> None:
        label = self._labels.read([_COUNT.sub("", text) for text in texts])
        first = next((cell for cell in row if isinstance(cell, str) and cell.strip()), "")
        indent = len(first) - len(first.lstrip())
        while self._above and self._above[-1][0] >= indent:
            self._above.pop()
        self._group = label.below(self._above[-1][1]) if self._above else label
        self._above.append((indent, self._group))
        self._is_new = True

    def _as_total(self, row: list[Any], line: int) -> tuple[list[Any], int]:
        own = self._layout.own
        row = [cell if at in self._layout.amounts else "" for at, cell in enumerate(row)]
        if own is not None:
            return [*row[:own], _TOTAL, *row[own + 1 :]], line
        return [*row, *[_TOTAL] * (2 if self._labels.has_codes else 1)], line

    def _with_client(self, row: list[Any]) -> list[Any]:
        group = self._group
        if self._layout.own is not None:
            return row
        name = group.name if group is not None else ""
        if not self._labels.has_codes:
            return [*row, name]
        code = group.code if group is not None else ""
        is_supplier = group is not None and group.is_supplier
        return [*row, SupplierCode(code) if is_supplier else code, name]


def is_total_text(text: str) -> bool:
    """Whether a text heads a line of totals, of all or of a client.

    >>> is_total_text("Total ALPHA SAS"), is_total_text("TOTAL"), is_total_text("Totem SARL")
    (True, True, False)
    """
    return is_total(text) or _TOTAL_OF.match(fold(text)) is not None
