"""Lines that are no rows as they stand, taken apart one by one; what cannot be taken apart is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from addin.imports.files.chunks import Broken
from addin.imports.files.quoted_rows import UNFINISHED, Patience, Splitter
from addin.imports.files.torn_rows import Habit, Joined, Part, Repair, Torn

__all__ = ["Layout", "Loose", "read_loose"]


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a file are laid out.

    Attributes
    ----------
    splitter
        What takes a line apart.
    width
        Number of columns.
    habit
        How rows look.
    least
        A row with fewer cells is broken; one with fewer than the header ends with empty ones.
    repair
        Puts together a row that has too many cells, or gives None.
    """

    splitter: Splitter
    width: int
    habit: Habit
    least: int = 0
    repair: Repair | None = None


@dataclass
class Loose:
    """Rows that were taken apart one by one.

    Attributes
    ----------
    rows, lines
        The cells of each, and the line in which it begins.
    broken
        Those that could not be, and those that were put together.
    taken
        Which lines of the block they are, a bool array of shape (n_lines,); or are left for the next block.
    rest
        Place of the line from which on nothing was read: its row may go on in the next block.
    """

    rows: list[list[str]]
    lines: list[int]
    broken: list[Broken]
    taken: npt.NDArray[np.bool_]
    rest: int


def read_loose(
    texts: Sequence[str],
    odd: npt.NDArray[np.int64],
    first: int,
    layout: Layout,
    *,
    last: bool,
    cut_off: bool,
) -> Loose:
    """Read the rows that begin in some lines.

    Parameters
    ----------
    texts
        All lines of the block.
    odd
        Places of the lines that are no rows as they stand.
    first
        Number of the first line of the block.
    layout
        How rows are laid out.
    last, cut_off
        Whether the file ends with the block, and without an end of its last line.
    """
    reader = _Reader(first, len(texts), layout, cut_at=len(texts) - 1 if last and cut_off else -1)
    patience, at = Patience(), 0
    for begin in odd.tolist():
        if begin < at:
            continue
        if begin > at:
            reader.end_parts()
        cells, end = layout.splitter.row(texts, begin, patience, layout.width, last=last)
        if cells is UNFINISHED:
            reader.leave(begin)
            break
        reader.add(begin, end, cells)
        at = end
    else:
        if at == len(texts) and not last:
            reader.leave(at)
    reader.end_parts()
    return reader.found


class _Reader:
    """Takes the rows of a block as they come."""

    def __init__(self, first: int, n_lines: int, layout: Layout, *, cut_at: int) -> None:
        self.found = Loose([], [], [], np.zeros(n_lines, dtype=np.bool_), n_lines)
        self._first = first
        self._layout = layout
        self._cut_at = cut_at
        self._torn = Torn(layout.width, layout.habit, layout.repair, alone=not layout.least)

    def add(self, begin: int, end: int, cells: list[str] | None) -> None:
        """Take the row that stands in some lines."""
        self.found.taken[begin:end] = True
        if cells is None:
            self.end_parts()
            self._break(begin, "quote_open")
        elif len(cells) < (self._layout.least or self._layout.width):
            if self._torn.waiting or any(cell.strip() for cell in cells):
                self._take_parts(self._torn.add(Part(begin, end, cells)))
        else:
            self.end_parts()
            self._take(begin, cells)

    def end_parts(self) -> None:
        """Read the lines that wait for others to make a row with as rows by themselves."""
        self._take_parts(self._torn.end())

    def leave(self, at: int) -> None:
        """Leave the lines from a place on, and those that wait just before it, for the next block."""
        waiting = self._torn.end()
        self.found.rest = waiting[0].at if waiting else at
        self.found.taken[self.found.rest :] = True

    def _take_parts(self, parts: Sequence[Part | Joined]) -> None:
        for one in parts:
            if isinstance(one, Joined):
                begin = one.parts[0].at
                self._note(begin, one.cells)
                self._break(begin, "lines_joined", mended=True, lines=one.parts[-1].end - begin)
            elif any(cell.strip() for cell in one.cells):
                self._take_short(one)

    def _take_short(self, part: Part) -> None:
        details: dict[str, Any] = {"cells": len(part.cells), "width": self._layout.width}
        if part.end - 1 == self._cut_at and not self._layout.least and not self._layout.habit.short_rows:
            self._break(part.at, "cut_off", **details)
        elif len(part.cells) < self._layout.least:
            self._break(part.at, "too_few_cells", **details)
        else:
            self._note(part.at, part.cells)

    def _take(self, begin: int, cells: list[str]) -> None:
        width, repair = self._layout.width, self._layout.repair
        if not any(cell.strip() for cell in cells):
            return
        if len(cells) > width and (repair is not None or any(cell.strip() for cell in cells[width:])):
            mended = repair(cells) if repair else None
            if mended is None:
                self._break(begin, "too_many_cells", cells=len(cells), width=width)
                return
            if mended != cells[:width]:
                self._break(begin, "cells_joined", mended=True, cells=len(cells))
            cells = mended
        self._note(begin, cells)

    def _note(self, begin: int, cells: list[str]) -> None:
        width = self._layout.width
        self.found.rows.append(cells[:width] + [""] * (width - len(cells)))
        self.found.lines.append(self._first + begin)

    def _break(self, begin: int, reason: str, *, mended: bool = False, **details: object) -> None:
        self.found.broken.append(Broken(self._first + begin, reason, details, mended=mended))
