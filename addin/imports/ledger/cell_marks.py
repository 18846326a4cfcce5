"""Cells of rows as numbers: which order, which letter, what a label speaks of, whether two rows are alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.imports.facts import code_text
from addin.imports.files.chunks import Chunk, Column
from addin.imports.header_rows import Recognised
from addin.imports.headers import MONEY
from addin.imports.row_words import Says, meaning, meanings_within

__all__ = ["letters", "number_marks", "rest_marks", "speaks_of", "wordings"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Keys = npt.NDArray[np.uint64]

_LOOKED_AT: Final = frozenset({"account", "date", "due", "paid", "number", *MONEY})
_PREFIX: Final = re.compile(r"[^\W\d_]{2,4}(?=[\W_]*\d)")
_ODD: Final = np.uint64(0x9E3779B97F4A7C15)


def number_marks(column: Column | None, lines: Ints, place: int) -> Keys:
    """Return a number for each order; a line without one is an order of its own."""
    own = (np.uint64(place + 1) << np.uint64(56)) + (lines.astype(np.uint64) << np.uint64(24))
    if column is None:
        return own
    keys = column.keys(code_text)
    return np.where(keys == 0, own, keys)


def rest_marks(chunk: Chunk, found: Recognised) -> Ints:
    """Return a number for each row, the same where all cells are that nothing else is read from."""
    read = {match.position for match in found.matches if match.target in _LOOKED_AT}
    marks = np.zeros(chunk.n_rows, dtype=np.uint64)
    for at in sorted(chunk.columns.keys() - read):
        codes, values = chunk.columns[at].coded()
        hashes = _hashes([code_text(value) or str(value) for value in values])
        marks = (marks * _ODD) ^ hashes[codes]
    return marks.view(np.int64)


def letters(column: Column | None, n_rows: int) -> Ints:
    """Return a number above 0 for each letter, 0 for none."""
    if column is None:
        return np.zeros(n_rows, dtype=np.int64)
    codes, values = column.coded()
    texts = [code_text(value) for value in values]
    marks = (_hashes(texts) >> np.uint64(32)).astype(np.int64) + 1
    marks[[not text for text in texts]] = 0
    return marks[codes]


def wordings(column: Column | None, number: Column | None, n_rows: int) -> Ints:
    """Return what the label of each row speaks of; without labels, what its number begins with."""
    if column is not None:
        codes, values = column.coded()
        return np.array([_bits(meanings_within(code_text(value))) for value in values], dtype=np.int64)[codes]
    if number is None:
        return np.zeros(n_rows, dtype=np.int64)
    codes, values = number.coded()
    return np.array([_bits(_of_number(code_text(value))) for value in values], dtype=np.int64)[codes]


def _of_number(text: str) -> Sequence[Says]:
    """Return what the letters before a number say: AV0012 is a credit note."""
    prefix = _PREFIX.match(text)
    said = meaning("document", "", prefix[0]) if prefix else Says.UNKNOWN
    return [said] if said is Says.CREDIT_NOTE else []


def _bits(said: Any) -> int:
    return sum(1 << int(one) for one in said)


def speaks_of(marks: Ints, said: Says) -> Bools:
    """Whether labels speak of something.

    >>> speaks_of(np.array([_bits([Says.PAYMENT]), 0]), Says.PAYMENT).tolist()
    [True, False]
    """
    found: Bools = (marks & (1 << int(said))) != 0
    return found


def _hashes(texts: Sequence[str]) -> Keys:
    objects = np.empty(len(texts), dtype=object)
    objects[:] = texts
    return pd.util.hash_array(objects, categorize=False)
