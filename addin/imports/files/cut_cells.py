"""Cells of regular lines, cut all at once: places in a block of bytes, made texts only where they are wanted.

Eight bytes of a cell at a time are a number: equal cells are found by comparing numbers, without a text
for each row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["CutBlock", "CutCells", "text_keys", "with_rows"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]

_WORD: Final = 8
_OF_LENGTH: Final = np.array([2 ** (8 * n) - 1 for n in range(_WORD + 1)], dtype=np.uint64)
"""The bits of a word that belong to so many bytes."""
_LONGEST: Final = 128
"""Bytes of a cell up to which a column is compared by numbers."""
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_HALF: Final = np.uint64(32)
_HIGH: Final = np.uint64(0x8080808080808080)
_UNKNOWN: Final = "\ufffd"
_UNDEFINED: Final = b"\x81"
"""A byte that stands for no letter in cp1252; in other code pages all stand for one."""
_NOUGHT: Final = np.uint8(ord("0"))
_PLAIN: Final = np.array([chr(sign).isalnum() and sign < 128 for sign in range(256)])
_MINUS: Final = ord("-")
_MOST_FIGURES: Final = 15
"""Figures up to which a whole number and a float are the same."""


@dataclass(frozen=True)
class CutBlock:
    """Lines of text, of which cells are cut.

    Attributes
    ----------
    text
        The bytes.
    encoding
        How its letters are encoded: in a way in which separators and figures are as in ASCII.
    doubled
        Whether quotation marks within a quoted cell are doubled.
    """

    text: bytes
    encoding: str = "utf-8"
    doubled: bool = False
    signs: npt.NDArray[np.uint8] = field(init=False)
    words: Keys = field(init=False)

    def __post_init__(self) -> None:
        signs = np.frombuffer(self.text + bytes(_WORD), dtype=np.uint8)
        object.__setattr__(self, "signs", signs)
        words = np.ndarray((len(signs) - _WORD + 1,), dtype="<u8", buffer=signs, strides=(1,))
        object.__setattr__(self, "words", words)

    def encoded(self, text: str) -> bytes:
        """Return the bytes of a text as they would stand in the block."""
        text = text.replace('"', '""') if self.doubled else text
        parts = [part.encode(self.encoding) for part in text.split(_UNKNOWN)]
        return (_UNKNOWN.encode() if self.encoding == "utf-8" else _UNDEFINED).join(parts)


@dataclass(frozen=True, eq=False)
class CutCells(Sequence[str]):
    """Cells of a column.

    Attributes
    ----------
    block
        The bytes in which they stand.
    starts, ends
        Where each begins and ends, arrays of shape (n_rows,).
    """

    block: CutBlock
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        return self.texts[at]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    @cached_property
    def texts(self) -> list[str]:
        """The cells as texts."""
        if not len(self):
            return []
        text = self.block.text
        places = zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        # No file with a zero byte is read.
        joined = b"\0".join([text[start:end] for start, end in places]).decode(self.block.encoding, "replace")
        return (joined.replace('""', '"') if self.block.doubled else joined).split("\0")

    def only(self, rows: Bools | Ints) -> CutCells:
        """Return some of the cells."""
        return CutCells(self.block, self.starts[rows], self.ends[rows])

    def coded(self) -> tuple[Ints, Sequence[str]]:
        """Return the place of each cell among the different ones, and these in the order of their rows."""
        if not len(self) or int((self.ends - self.starts).max()) > _LONGEST:
            return self._coded_texts()
        words = self.words()
        mixed = words[0]
        for word in words[1:]:
            mixed = _mixed(mixed, word)
        codes, found = pd.factorize(mixed)
        first = np.empty(len(found), dtype=np.int64)
        first[codes[::-1]] = np.arange(len(codes))[::-1]
        # Of cells longer than a word, two different ones might make the same number.
        if len(words) > 1 and any((word != word[first][codes]).any() for word in words):
            return self._coded_texts()
        return codes.astype(np.int64, copy=False), self.only(first)

    def _coded_texts(self) -> tuple[Ints, list[str]]:
        codes, found = pd.factorize(np.array(self.texts, dtype=object))
        return codes.astype(np.int64), found.tolist()

    def words(self) -> list[Keys]:
        """Return the bytes of the cells, eight at a time, as numbers; 0 behind the end of a cell."""
        lengths = self.ends - self.starts
        shortest, last = int(lengths.min()), len(self.block.words) - 1
        found = []
        for at in range(0, max(int(lengths.max()), 1), _WORD):
            word = self.block.words[np.minimum(self.starts + at, last)]
            if shortest < at + _WORD:
                word &= _OF_LENGTH[np.clip(lengths - at, 0, _WORD)]
            found.append(word)
        return found

    def exact_keys(self) -> Keys | None:
        """Return a number for each cell, the same for the same cell alone; None where one is too long."""
        return self.words()[0] if len(self) and int((self.ends - self.starts).max()) <= _WORD else None

    def are_words(self, n_bytes: int) -> Bools:
        """Tell which cells are longer and begin and end with a plain letter or figure."""
        begin, end = self.block.signs[self.starts], self.block.signs[np.maximum(self.ends - 1, 0)]
        found: Bools = (self.ends - self.starts > n_bytes) & _PLAIN[begin] & _PLAIN[end]
        return found

    def heads(self, n_letters: int) -> set[str]:
        """Return the first letters of all cells: far fewer than cells."""
        begun = CutCells(self.block, self.starts, np.minimum(self.ends, self.starts + n_letters))
        codes, heads = begun.coded()
        torn = np.array([not head.isascii() or '"' in head for head in heads], dtype=bool)
        found = {head for head in heads if head.isascii() and '"' not in head}
        if torn.any():
            found |= {text[:n_letters] for text in self.only(torn[codes]).texts}
        return found

    def keys(self) -> Keys:
        """Return a number for each cell, as :func:`text_keys` gives it to its text without outer blanks."""
        if not len(self) or int((self.ends - self.starts).max()) > _LONGEST:
            return text_keys(self.texts)
        words, lengths = self.words(), self.ends - self.starts
        signs = self.block.signs
        outer = np.minimum(signs[self.starts], signs[np.maximum(self.ends - 1, self.starts)])
        odd = (lengths > 0) & (outer <= ord(" "))
        for word in words:
            odd |= (word & _HIGH) != 0
        odd |= self.block.doubled
        found = _keys(words, lengths)
        if odd.any():
            found[odd] = text_keys(self.only(odd).texts)
        return found

    def numbers(self, decimal: str) -> npt.NDArray[np.float64] | None:
        """Return plain numbers of at most two decimals, NaN for empty cells; None unless all cells are that.

        Parameters
        ----------
        decimal
            Decimal mark.
        """
        signs, lengths = self.block.signs, self.ends - self.starts
        if not len(self):
            return np.empty(0)
        minus = (signs[self.starts] == _MINUS) & (lengths > 0)
        n_decimals = np.zeros(len(self), dtype=np.int64)
        for n in (1, 2):
            n_decimals[(lengths - minus > n + 1) & (signs[self.ends - n - 1] == ord(decimal))] = n
        marked = n_decimals > 0
        n_whole = lengths - minus - n_decimals - marked
        n_figures = n_whole + n_decimals
        if ((n_whole < 1) & (lengths > 0)).any() or int(n_figures.max()) > _MOST_FIGURES:
            return None
        figures = np.zeros(len(self), dtype=np.int64)
        for place in range(int(n_figures.max())):
            # Behind the mark, the decimals; before it, the figures of the whole number.
            at = self.ends - 1 - place - (marked & (place >= n_decimals))
            figure = signs[np.maximum(at, 0)] - _NOUGHT  # what is below it is far above 9 then
            figure *= place < n_figures
            if figure.max() > 9:
                return None
            figures += figure.astype(np.int64) * 10**place
        values = figures / 10.0**n_decimals
        values[minus] *= -1
        values[lengths == 0] = np.nan
        return values


def with_rows(
    columns: Mapping[int, CutCells], rows: Sequence[Sequence[str]], order: Ints
) -> dict[int, CutCells]:
    """Return columns of a block with the cells of more rows.

    Parameters
    ----------
    columns
        The columns by position.
    rows
        Texts of the rows by position.
    order
        The order in which all rows stand then, as of those more ones behind the others.
    """
    block = next(iter(columns.values())).block
    more = [[block.encoded(row[at]) for row in rows] for at in columns]
    lengths = np.array([[len(cell) for cell in cells] for cells in more], dtype=np.int64)
    ends = len(block.text) + np.cumsum(lengths).reshape(lengths.shape)
    text = block.text + b"".join(cell for cells in more for cell in cells)
    longer = CutBlock(text, block.encoding, doubled=block.doubled)
    return {
        at: CutCells(
            longer,
            np.concatenate([cells.starts, end - length])[order],
            np.concatenate([cells.ends, end])[order],
        )
        for (at, cells), end, length in zip(columns.items(), ends, lengths, strict=True)
    }


def text_keys(texts: Sequence[str]) -> Keys:
    """Return a number for each text without its outer blanks, the same for the same text alone.

    Parameters
    ----------
    texts
        The texts.

    Examples
    --------
    >>> one, other, same = text_keys(["F001", "F002", " F001 "]).tolist()
    >>> one == same, one == other
    (True, False)
    """
    encoded = [text.strip().encode(errors="surrogatepass") for text in texts]
    lengths = np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded))
    if not lengths.any():
        return np.zeros(len(encoded), dtype=np.uint64)
    ends = np.cumsum(lengths)
    found = np.zeros(len(encoded), dtype=np.uint64)
    short = lengths <= _LONGEST
    cells = CutCells(CutBlock(b"".join(encoded)), ends - lengths, ends)
    if short.any():
        some = cells.only(short)
        found[short] = _keys(some.words(), lengths[short])
    for row in np.flatnonzero(~short).tolist():
        one = cells.only(np.array([row]))
        found[row] = _keys(one.words(), lengths[row : row + 1])[0]
    return found


def _keys(words: Sequence[Keys], lengths: Ints) -> Keys:
    """Return a number for each cell, whatever longer ones stand beside it; 0 for an empty one."""
    found = np.zeros(len(lengths), dtype=np.uint64)
    for at, word in enumerate(words):
        found = np.where(lengths > at * _WORD, _mixed(found, word), found)
    return _mixed(found, np.zeros_like(found))


def _mixed(found: Keys, word: Keys) -> Keys:
    """Return numbers that each bit of two others changes, each in its own way."""
    found = found * _FACTOR
    found ^= found >> _HALF
    found = (found ^ word) * _FACTOR
    return found ^ (found >> _HALF)
