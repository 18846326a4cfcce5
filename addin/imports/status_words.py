"""What a word in the status or type of an account says: client, prospect, suspect, or none of ours."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any, Final, Literal

from addin.catalogue import LANGUAGES, catalogue
from addin.imports.facts import is_nothing
from addin.imports.programs import code_of
from scoring.text import fold

__all__ = ["CODES", "Status", "status_of"]

Status = Literal["client", "prospect", "suspect", "left_out", "inactive", "nothing"]

CODES: Final[Mapping[str, Status]] = {"0": "left_out", "1": "client", "2": "prospect", "3": "client"}
"""Dolibarr's: neither, customer, prospect, and both."""
_KEYS: Final[Mapping[str, Status]] = {
    "client": "client",
    "prospect": "prospect",
    "suspect": "suspect",
    "left_out": "left_out",
    "inactive": "inactive",
    "nothing": "nothing",
}
_BEST: Final[tuple[Status, ...]] = ("client", "prospect", "suspect")
"""Of a company that is called two things, the first one counts."""
_WORD: Final = re.compile(r"[^\W_]+")
_BETWEEN: Final = re.compile(r"\s+[-–—]\s+|[/,;|+&():]|\s+(?:et|and|ou|or)\s+")


def status_of(header: str, text: str) -> Status | None:
    """Return what a word says of an account, None where it is not known.

    >>> [status_of("Type", word) for word in ("Customer - Direct", "Prospect / Client", "Hot lead", "SARL")]
    ['client', 'client', 'prospect', None]
    >>> status_of("CT_Type", "1"), status_of("Client / Prospect", "2"), status_of("Statut", "Actif")
    ('left_out', 'prospect', 'nothing')
    """
    if is_nothing(text) or not text.strip("- "):
        return "nothing"
    code = code_of("accounts", "status", header, text)
    if code is not None:
        return _KEYS[code]
    found = _words().get(_stems(text))
    return found or _of_parts(text) or _of_words(text)


def _of_parts(text: str) -> Status | None:
    """Return what the parts of a text say of which one is known: "Customer - Direct" is a customer."""
    parts = [part for part in _BETWEEN.split(fold(text)) if part and part.strip()]
    if len(parts) < 2:
        return None
    found = [_words().get(_stems(part)) or _of_words(part) for part in parts]
    ours = next((status for status in _BEST if status in found), None)
    return ours or ("left_out" if all(one == "left_out" for one in found) else None)


def _of_words(text: str) -> Status | None:
    """Return what the one word of several says that is known: "Prospect chaud 2026" is a prospect."""
    words = _WORD.findall(fold(text))
    if len(words) < 2 or _negations() & set(words):
        return None
    found = {_words().get(_stems(word)) for word in words} & {*_BEST, "left_out"}
    return found.pop() if len(found) == 1 else None


@functools.cache
def _words() -> Mapping[str, Status]:
    found: dict[str, Status] = {}
    for language in LANGUAGES:
        lists: dict[str, Any] = catalogue(language).surface("statuses")["words"]
        for key, names in lists.items():
            for name in names:
                found.setdefault(_stems(name), _KEYS[key])
    return found


@functools.cache
def _negations() -> frozenset[str]:
    lists = (catalogue(language).surface("statuses")["signs"]["no"] for language in LANGUAGES)
    return frozenset(fold(word) for words in lists for word in words)


def _stems(text: str) -> str:
    """Return the words of a text without the signs of gender and number."""
    return " ".join(re.sub(r"(?<=...)[es]+$", "", word) for word in _WORD.findall(fold(text)))
