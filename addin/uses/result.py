"""What a use comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from addin.catalogue import Phrase
from scoring import Fault

__all__ = ["Record", "Result", "Value"]

Value = None | bool | int | float | str | dt.date | Sequence[str] | Mapping[str, float | str] | Phrase
"""What a field of a row holds: words of a list by their keys, yes and no as truth values."""
Record = Mapping[str, Value]
"""A row by the keys of its columns, and of what only a program is told."""


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of the tables of a use.

    Attributes
    ----------
    tables
        By the keys of the tables. A table that is a person's own has a row for each of its rows, in
        their order: only what a refresh fills is written there. Where nothing is, it may have others.
    notes
        What is to be said above the first list: why it is empty and what to do, or what its figures
        do not tell.
    noted
        What is to be said above further lists, by the keys of their tables.
    shown
        Rows of the sheet where it shows others than a program is told, such as totals.
    faults
        What is wrong in the tables that people fill in, for the sheet Checks: none of it stops anything.
    """

    tables: Mapping[str, Sequence[Record]]
    notes: Sequence[Phrase] = ()
    shown: Mapping[str, Sequence[Record]] = field(default_factory=dict)
    noted: Mapping[str, Sequence[Phrase]] = field(default_factory=dict)
    faults: Sequence[Fault] = ()
