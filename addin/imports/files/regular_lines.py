"""Lines that are rows as they stand: found all at once, so that the parser of pandas can read them."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["Lines", "find_lines", "parse"]

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
    """

    block: bytes
    ends: Ints
    regular: Bools

    def of(self, wanted: Bools) -> bytes:
        """Return some of the lines."""
        if wanted.all():
            return self.block
        edges = np.flatnonzero(np.diff(np.concatenate([[False], wanted, [False]]).astype(np.int8)))
        starts = np.concatenate([[0], self.ends + 1])
        runs = starts[edges].reshape(-1, 2).tolist()
        return b"".join(self.block[start:end] for start, end in runs)

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
    parting = signs == ord(delimiter)
    if not quoting or b'"' not in block:
        return Lines(block, ends, _counts(np.flatnonzero(parting), ends) + 1 == width)
    quotes = np.flatnonzero(signs == _QUOTE)
    if _all_quoted(signs, ends, quotes, ord(delimiter), width):
        return Lines(block, ends, np.ones(len(ends), dtype=np.bool_))
    n_quotes = _counts(quotes, ends)
    line = np.repeat(np.arange(len(ends)), n_quotes)
    place = np.arange(len(quotes)) - (np.cumsum(n_quotes) - n_quotes)[line]
    opens = place % 2 == 0
    beside = np.where(opens, quotes - 1, quotes + 1)  # the sign before the first one is the end of the text
    fits = parting[beside] | (signs[beside] == _END) | (signs[beside] == _QUOTE)
    regular = n_quotes % 2 == 0
    regular[line[~fits]] = False
    at = np.flatnonzero(parting)
    outside = (
        np.searchsorted(quotes, at) - (np.cumsum(n_quotes) - n_quotes)[np.searchsorted(ends, at)]
    ) % 2 == 0
    return Lines(block, ends, regular & (_counts(at[outside], ends) + 1 == width))


def _counts(places: Ints, ends: Ints) -> Ints:
    """Return how many of some places each line has."""
    return np.diff(np.searchsorted(places, ends), prepend=0)


def _all_quoted(signs: npt.NDArray[np.uint8], ends: Ints, quotes: Ints, delimiter: int, width: int) -> bool:
    """Whether all cells of all lines are quoted and hold no mark themselves: what many programs write."""
    if len(quotes) != 2 * width * len(ends):
        return False
    marks = quotes.reshape(len(ends), width, 2)
    behind = marks[:, :, 1] + 1
    starts = np.concatenate([[0], ends[:-1] + 1])
    return bool(
        (marks[:, 0, 0] == starts).all()
        and (behind[:, -1] == ends).all()
        and (behind[:, :-1] + 1 == marks[:, 1:, 0]).all()
        and (signs[behind[:, :-1]] == delimiter).all()
    )


def parse(
    block: bytes,
    delimiter: str,
    width: int,
    columns: Mapping[int, bool],
    decimals: Mapping[int, str],
    *,
    quoting: bool,
) -> pd.DataFrame:
    """Return columns of regular lines: texts, and numbers where all of them are plain ones.

    Parameters
    ----------
    block, delimiter, width, quoting
        The lines, and how they are written.
    columns
        Positions of the columns.
    decimals
        Decimal mark by position of those that hold numbers.
    """

    def read(numbers: Collection[int], decimal: str) -> pd.DataFrame:
        dtypes: dict[int, Any] = {at: float if at in numbers else object for at in columns}
        return pd.read_csv(
            io.BytesIO(block),
            sep=delimiter,
            header=None,
            names=range(width),
            usecols=list(columns),
            # Categories would make the number 12 of the code 0012.
            dtype=dtypes,
            decimal=decimal,
            na_filter=False,
            quoting=csv.QUOTE_MINIMAL if quoting else csv.QUOTE_NONE,
            skip_blank_lines=False,
            low_memory=False,
        )

    if not block:  # pandas finds no columns there
        return pd.DataFrame({at: np.empty(0, dtype=object) for at in columns})
    marks = set(decimals.values())
    if len(marks) == 1:
        try:
            frame = read(decimals, marks.pop())
        except ValueError:
            pass  # a blank between thousands, an empty cell, a currency: read one by one
        else:
            if all(np.isfinite(frame[at].to_numpy()).all() for at in decimals):
                return frame
    return read((), ".")
