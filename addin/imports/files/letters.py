"""In which code page the letters of a text make words: of Windows, of the Mac, or of DOS.

The same byte is é in one and Ž, È or Ú in another. What decides is what stands
beside it: a small letter within a word of capitals, or a sign of money between
two letters, is no word of any language.
"""

from __future__ import annotations

import functools
from collections import Counter
from typing import Final

__all__ = ["CODE_PAGES", "Triples", "best_code_page"]

Triples = Counter[int]
"""How often each three bytes stand side by side whose middle one is no ASCII, as numbers of 24 bits."""

CODE_PAGES: Final = ("cp1252", "mac_roman", "cp850")
"""What is tried, the likeliest first. ISO 8859-15 differs from the first in signs that are rare."""

_ENOUGH: Final = 0.4
_USUAL: Final = frozenset("éèàçêâîôûùëïüöäñíóáúßœæåø")
_OTHER: Final = frozenset("ÿãõìòðþšžÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒŠŽŸ")
_ALONE: Final = frozenset("àÀéÉ")
"""Letters that are words, or initials."""
_TYPOGRAPHY: Final = frozenset("’‘“”«»€£°–—…·•®™©№²³½§\u00a0")


def best_code_page(triples: Triples) -> str:
    """Return the code page of Windows where its letters make sense, else the one in which they make most.

    Parameters
    ----------
    triples
        What stands in the file.
    """
    found = {name: _sense(triples, name) for name in CODE_PAGES}
    windows = CODE_PAGES[0]
    return windows if found[windows] > _ENOUGH else max(found, key=lambda name: found[name])


def _sense(triples: Triples, name: str) -> float:
    """Return how well the signs fit on average."""
    names = ("cp1252", "iso8859-15") if name == "cp1252" else (name,)
    fits = max(sum(count * _fits(triple, one) for triple, count in triples.items()) for one in names)
    return fits / max(1, triples.total())


@functools.lru_cache(maxsize=20_000)
def _fits(triple: int, name: str) -> float:
    """Say how well a sign fits between its neighbours: below 0 where no text has it there."""
    before, sign, behind = list(triple.to_bytes(3, "big").decode(name, "replace"))
    if sign.isalpha():
        if sign not in _USUAL and sign not in _OTHER:
            return -4.0
        if not before.isalpha() and not behind.isalpha():
            return 1.0 if sign in _ALONE else -1.0
        if sign.isupper() and (before.islower() or (behind.islower() and before.isalpha())):
            return -4.0
        if sign.islower() and before.isupper() and behind.isupper():
            return -4.0
        return 2.0 if sign in _USUAL else 1.0
    if sign not in _TYPOGRAPHY or (before.isalpha() and behind.isalpha() and sign not in "’·"):
        return -4.0
    return 1.0 if sign in "’\u00a0€°«»" else 0.5
