"""Columns that a company added to its account sheets: keys of their own beside those of the fields.

A column that is called like no field of ours may be called like one later, and
a criterion names it by its header: its key is the folded header behind a sign
that no field begins with.
"""

from __future__ import annotations

from typing import Final

from scoring.text import fold

__all__ = ["as_typed", "header_of", "is_own", "own_key"]

_SIGN: Final = "+"


def own_key(header: str) -> str:
    """Return the key of a column of the company's own.

    >>> own_key(" Région ")
    '+region'
    """
    return _SIGN + fold(header)


def as_typed(header: str) -> str:
    """Return the key of a column that no table has, with the header as somebody typed it."""
    return _SIGN + header


def is_own(key: str) -> bool:
    """Whether a key is that of a column of the company's own."""
    return key.startswith(_SIGN)


def header_of(key: str) -> str:
    """Return the header in the key of a column of the company's own."""
    return key.removeprefix(_SIGN)
