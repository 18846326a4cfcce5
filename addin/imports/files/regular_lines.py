"""Lines that are rows as they stand: found all at once, and their cells with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, overload

import numpy as np
import numpy.typing as npt

from addin.imports.files.cut_cells import CutBlock, CutCells

__all__ = ["LineTexts", "Lines", "find_lines"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_END: Final = ord("\n")
_QUOTE: Final = ord('"')
_SHORT: Final = 8
"""Signs beside its separators up to which a line may be an empty one."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a block of text.

    Attributes
    ----------
    block
        The text, whole lines of it.
    ends
        Where each line ends, an array of shape (n_lines,).
    regular
        Whether each is a row of the right width by itself.
    parting
        Where the separators stand that part cells.
    quoted
        Whether quotation marks stand around some cells.
    doubled
        Whether some stand within, doubled.
    """

    block: bytes
    ends: Ints
    regular: Bools
    parting: Ints
    quoted: bool = False
    doubled: bool = False

    def cut(self, wanted: Bools, width: int, columns: Collection[int], encoding: str) -> dict[int, CutCells]:
        """Return the cells of some columns of regular lines, of those that are wanted.

        Parameters
        ----------
        wanted
            Which lines, a bool array of shape (n_lines,).
        width
            Number of cells of each.
        columns
            Positions of the columns.
        encoding
            How the letters of the block are encoded.
        """
        ends, starts, parting = self.ends, np.concatenate([[0], self.ends[:-1] + 1]), self.parting
        if not wanted.all():
            parting = parting[np.repeat(wanted, _counts(parting, ends))]
            ends, starts = ends[wanted], starts[wanted]
        edges = parting.reshape(len(ends), width - 1)
        block = CutBlock(self.block, encoding, doubled=self.doubled)
        found = {}
        for at in columns:
            begin = edges[:, at - 1] + 1 if at else starts
            end = edges[:, at] if at < width - 1 else ends
            if self.quoted:
                marked = (block.signs[begin] == _QUOTE) & (end > begin)
                begin, end = begin + marked, end - marked
            found[at] = CutCells(block, begin, end)
        return found

    def behind(self, line: int) -> bytes:
        """Return the text from a line on."""
        return self.block[int(self.ends[line - 1]) + 1 if line else 0 :]

    def begin_with(self, sign: int) -> bool:
        """Whether any line but the first begins with a byte."""
        return bool((np.frombuffer(self.block, dtype=np.uint8)[self.ends[:-1] + 1] == sign).any())

    def filled(self, delimiter: str, width: int) -> Bools:
        """Whether each line holds more than separators and blanks."""
        lengths = np.diff(self.ends, prepend=-1) - 1
        filled = np.ones(len(self.ends), dtype=np.bool_)
        nothing = f" {delimiter}".encode()
        for row in np.flatnonzero(lengths < width + _SHORT).tolist():
            end = int(self.ends[row])
            filled[row] = bool(self.block[end - int(lengths[row]) : end].strip(nothing))
        return filled


@dataclass(frozen=True)
class LineTexts(Sequence[str]):
    """The lines of a block as texts, each made when it is asked for: few are.

    Attributes
    ----------
    lines
        The lines.
    encoding
        How their letters are encoded.
    """

    lines: Lines
    encoding: str

    def __len__(self) -> int:
        return len(self.lines.ends)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        start = int(self.lines.ends[at - 1]) + 1 if at else 0
        return self.lines.block[start : int(self.lines.ends[at])].decode(self.encoding, "replace")


def find_lines(block: bytes, delimiter: str, width: int, *, quoting: bool) -> Lines:
    """Tell which lines of a block are rows of so many cells.

    Parameters
    ----------
    block
        The text, whole lines of it.
    delimiter, quoting
        What parts the cells, and whether quotation marks around them belong to the writing.
    width
        Number of cells.
    """
    signs = np.frombuffer(block, dtype=np.uint8)
    ends = np.flatnonzero(signs == _END)
    if quoting and b'"' in block:
        return _quoted_lines(block, signs, ends, ord(delimiter), width)
    parting = np.flatnonzero(signs == ord(delimiter))
    return Lines(block, ends, _of_width(parting, ends, width), parting)


def _of_width(parting: Ints, ends: Ints, width: int) -> Bools:
    """Tell which lines have so many cells."""
    if len(parting) == len(ends) * (width - 1):  # most often all
        edges = parting.reshape(len(ends), width - 1)
        if width == 1 or ((edges[:, -1] < ends).all() and (edges[1:, 0] > ends[:-1]).all()):
            return np.ones(len(ends), dtype=np.bool_)
    fits: Bools = _counts(parting, ends) + 1 == width
    return fits


def _quoted_lines(
    block: bytes, signs: npt.NDArray[np.uint8], ends: Ints, delimiter: int, width: int
) -> Lines:
    """Tell which lines of a block with quotation marks are rows of so many cells."""
    quotes = np.flatnonzero(signs == _QUOTE)
    parting = _between_quotes(signs, ends, quotes, delimiter, width)
    if parting is not None:
        return Lines(block, ends, np.ones(len(ends), dtype=np.bool_), parting, quoted=True)
    parts = signs == delimiter
    n_quotes = _counts(quotes, ends)
    line = np.repeat(np.arange(len(ends)), n_quotes)
    place = np.arange(len(quotes)) - (np.cumsum(n_quotes) - n_quotes)[line]
    opens = place % 2 == 0
    beside = np.where(opens, quotes - 1, quotes + 1)  # the sign before the first one is the end of the text
    fits = parts[beside] | (signs[beside] == _END) | (signs[beside] == _QUOTE)
    regular = n_quotes % 2 == 0
    regular[line[~fits]] = False
    parting = np.flatnonzero(parts)
    n_parting = _counts(parting, ends)
    of_quoted = np.repeat(n_quotes > 0, n_parting)
    some = parting[of_quoted]
    line = np.searchsorted(ends, some)
    within = (np.searchsorted(quotes, some) - (np.cumsum(n_quotes) - n_quotes)[line]) % 2 == 1
    of_quoted[of_quoted] = within
    regular &= n_parting - np.bincount(line[within], minlength=len(ends)) + 1 == width
    return Lines(
        block, ends, regular, parting[~of_quoted], quoted=True, doubled=bool((np.diff(quotes) == 1).any())
    )


def _counts(places: Ints, ends: Ints) -> Ints:
    """Return how many of some places each line has."""
    return np.diff(np.searchsorted(places, ends), prepend=0)


def _between_quotes(
    signs: npt.NDArray[np.uint8], ends: Ints, quotes: Ints, delimiter: int, width: int
) -> Ints | None:
    """Return where the separators are if all cells of all lines are quoted and hold no mark themselves.

    That is what many programs write.
    """
    if len(quotes) != 2 * width * len(ends):
        return None
    marks = quotes.reshape(len(ends), width, 2)
    behind = marks[:, :, 1] + 1
    starts = np.concatenate([[0], ends[:-1] + 1])
    all_quoted = (
        (marks[:, 0, 0] == starts).all()
        and (behind[:, -1] == ends).all()
        and (behind[:, :-1] + 1 == marks[:, 1:, 0]).all()
        and (signs[behind[:, :-1]] == delimiter).all()
    )
    return behind[:, :-1].reshape(-1) if all_quoted else None
