"""Rows that a line break inside a cell tore into several lines, without quotation marks around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["Habit", "Joined", "Part", "Repair", "Torn"]

_MOST_PARTS: Final = 20
_USUAL: Final = 0.1
"""Share of the rows from which it is usual that a row leaves out its last cells."""

Repair = Callable[[list[str]], list[str] | None]
Kind = Literal["", "words", "figures"]


@dataclass(frozen=True, slots=True)
class Part:
    """A line with too few cells, which may be a part of a row.

    Attributes
    ----------
    at, end
        Its place among the lines of the block, and that of the line after it.
    cells
        Its cells.
    """

    at: int
    end: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Habit:
    """How the rows of a file look, as its first ones show.

    Attributes
    ----------
    kinds
        What the cells of each column are: ``words``, ``figures``, or empty where they are both.
    short_rows
        Whether it is usual that a row leaves out its last cells, as Excel does.
    """

    kinds: Sequence[Kind]
    short_rows: bool

    @classmethod
    def of(cls, rows: Sequence[list[str]], width: int) -> Habit:
        """Return the habit of some rows."""
        whole = [row for row in rows if len(row) >= width]
        seen: list[set[Kind]] = [{_kind(row[at]) for row in whole} - {""} for at in range(width)]
        kinds: list[Kind] = [next(iter(kinds)) if len(kinds) == 1 else "" for kinds in seen]
        torn = Torn(width, Habit([""] * width, short_rows=False))
        n_short = 0
        for at, row in enumerate(rows):
            short = Part(at, at + 1, row)
            found = torn.add(short) if len(row) < width else torn.end()
            n_short += sum(isinstance(one, Part) for one in found)
        n_short += len(torn.end())
        return cls(kinds, n_short > _USUAL * len(rows))

    def misfits(self, cells: Sequence[str]) -> int:
        """Return how many cells are words in a column of figures, or figures in one of words."""
        pairs = zip(cells, self.kinds, strict=False)
        return sum("" != _kind(cell) != kind for cell, kind in pairs if kind)


@dataclass(frozen=True, slots=True)
class Joined:
    """A row put together of parts."""

    parts: Sequence[Part]
    cells: list[str]


class Torn:
    """Puts torn rows together: parts side by side that have the cells of one row, and make sense as one.

    Parameters
    ----------
    width
        Number of columns.
    habit
        How the rows of the file look.
    repair
        Says whether cells make a row, where that is known: gives None where they do not.
    alone
        Whether a part may be a row by itself.
    """

    def __init__(self, width: int, habit: Habit, repair: Repair | None = None, *, alone: bool = True) -> None:
        self._width = width
        self._habit = habit
        self._repair = repair
        self._alone = alone
        self.waiting: list[Part] = []

    def add(self, part: Part) -> list[Part | Joined]:
        """Take one more part, and return what is known now: a row of some parts, or parts by themselves."""
        self.waiting.append(part)
        found: list[Part | Joined] = []
        while self.waiting:
            cells = _joined(self.waiting)
            if len(cells) < self._width and len(self.waiting) < _MOST_PARTS:
                break
            mended = self._mended(cells)
            if mended is not None:
                found.append(Joined(tuple(self.waiting), mended))
                self.waiting = []
                break
            found.append(self.waiting.pop(0))
        return found

    def end(self) -> list[Part]:
        """Return the parts that nothing follows."""
        found, self.waiting = self.waiting, []
        return found

    def _mended(self, cells: list[str]) -> list[str] | None:
        """Return the row that the parts make, None where they are rows by themselves."""
        if len(self.waiting) == 1 or (self._alone and len(cells) != self._width):
            return None
        if self._repair is not None:
            mended = self._repair(cells)
            if mended is None or not self._alone:
                return mended
        if len(cells) != self._width:
            return None
        together = self._habit.misfits(cells)
        apart = sum(self._habit.misfits(part.cells) for part in self.waiting)
        return cells if together < apart or (together == apart and not self._habit.short_rows) else None


def _joined(parts: Sequence[Part]) -> list[str]:
    cells = list(parts[0].cells)
    for part in parts[1:]:
        first, *others = part.cells
        cells[-1] = f"{cells[-1]}\n{first}"
        cells += others
    return cells


def _kind(cell: str) -> Kind:
    if any(sign.isalpha() for sign in cell):
        return "words"
    return "figures" if any(sign.isdigit() for sign in cell) else ""
