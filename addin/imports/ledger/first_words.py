"""What the numbers and labels of documents begin with, where no column says their kind: AV0012, Devis 7."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from addin.imports.files.chunks import Column
from scoring.text import fold

__all__ = ["ASKS", "first_words"]

Ints = npt.NDArray[np.int64]

_LETTERS: Final = re.compile(r"[^\W\d_]+")
_CREDITS: Final = ("av", "avo", "avc", "avoir", "cn", "crn", "cm")
_NO_SALES: Final = (
    *("bc", "bcc", "bdc", "cde", "cmd", "so", "po", "bl", "blc"),
    *("de", "dev", "dv", "devis", "quo", "est", "pro", "prof", "pf"),
)
_IN_LABELS: Final = (
    "avoir",
    "devis",
    "proforma",
    "credit note",
    "credit memo",
    "quote",
    "quotation",
    "estimate",
)
ASKS: Final[Mapping[str, frozenset[str]]] = {
    "number": frozenset((*_CREDITS, *_NO_SALES)),
    "wording": frozenset(_IN_LABELS),
}
"""First words that ask a question, by what the column is."""
_FEW: Final = 3
_BEGIN: Final = {target: frozenset(word[:2] for word in words) for target, words in ASKS.items()}
_SIGNS: Final = {"number": 6, "wording": 12}
_OTHER: Final = "…"


def first_words(column: Column, target: str) -> tuple[Ints, list[str]] | None:
    """Return the number of the first word of each row, and these words; None where none of them asks.

    Parameters
    ----------
    column
        Numbers or labels of documents.
    target
        ``number`` or ``wording``.

    Returns
    -------
    tuple of (ndarray of int64 of shape (n_rows,), list of str) or None
        All words that ask nothing are one.
    """
    if column.numbers is not None:
        return None
    signs, asks = _SIGNS[target], ASKS[target]
    if not any(head.lower()[:2] in _BEGIN[target] for head in column.heads(_FEW)):
        return None
    cells = column.cells().tolist()
    heads = [cell[:signs] if type(cell) is str else "" for cell in cells]
    known = {head: _word(head, target) for head in set(heads)}
    if not any(word in asks for word in known.values()):
        return None
    words = sorted({word if word in asks else _OTHER for word in known.values()})
    place = {word: at for at, word in enumerate(words)}
    codes = {head: place.get(word, place.get(_OTHER, 0)) for head, word in known.items()}
    shown = [word if word == _OTHER else word.upper() if target == "number" else word for word in words]
    return np.array([codes[head] for head in heads], dtype=np.int64), shown


def _word(head: str, target: str) -> str:
    """Return the word with which a text begins, folded; empty where it begins with none.

    >>> _word("AV0012", "number"), _word("AVIATI", "number"), _word("Devis 12 du", "wording")
    ('av', '', 'devis')
    """
    plain = fold(head)
    found = _LETTERS.match(plain)
    if found is None:
        return ""
    if target == "wording":
        return next((word for word in _IN_LABELS if re.match(rf"{word}\b", plain)), "")
    # Letters that the cut may have torn are the beginning of a word of their own.
    return found[0] if found.end() < len(plain) else ""
