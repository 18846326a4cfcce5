"""When two texts are the same."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Final

__all__ = ["entry", "fold", "plain_number"]

_MARKS: Final = re.compile("[\u0300-\u034e\u0350-\u036f]")
_TYPOGRAPHY: Final = str.maketrans({"’": "'", "‘": "'", "‑": "-", "–": "-", "œ": "oe", "Œ": "oe"})


@functools.lru_cache(maxsize=65536)
def fold(text: str) -> str:
    r"""Key under which two spellings of a code, header or list value are the same.

    Ignores case, accents, typographic variants of quotes and dashes, and
    outer or repeated blanks, no-break spaces included.

    >>> fold("  CŒUR\u00a0 80 % ") == fold("Coeur 80%")
    True
    """
    plain = text
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.translate(_TYPOGRAPHY))
        plain = _MARKS.sub("", plain)
        if any(map(unicodedata.combining, plain)):  # of other scripts than ours
            plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split()).replace(" %", "%")


def plain_number(value: float) -> str:
    """Text of a number as it would be typed into a cell, without a trailing ``.0``.

    >>> plain_number(42.0), plain_number(0.5)
    ('42', '0.5')
    """
    return str(int(value)) if abs(value) < 1e15 and value == int(value) else repr(float(value))


def entry(value: object) -> str:
    """Return the folded text of a list entry; a number is what would be typed.

    >>> entry(3.0), entry(" Très bonne ")
    ('3', 'tres bonne')
    """
    return fold(plain_number(value) if isinstance(value, float | int) else str(value))
