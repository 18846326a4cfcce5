"""A fault where a person finds it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with its place and its sentences.

    Attributes
    ----------
    sheet, cell
        The place; empty where the fault has none.
    account
        Code of the account; empty where the fault is none of an account.
    what, remedy
        What is wrong and what to do, in the language of the reader.
    stops
        Whether nothing is written before it is mended.
    """

    sheet: str
    cell: str
    account: str
    what: str
    remedy: str
    stops: bool
