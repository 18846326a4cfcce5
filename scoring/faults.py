"""What is wrong with the input: values, which the shell puts into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute

__all__ = ["Fault"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a table that a person should know of or mend.

    Attributes
    ----------
    table
        The table: ``"accounts"``, ``"criteria"``, ``"scales"``, ``"classes"``,
        ``"gates"`` or ``"settings"``.
    row
        Position of the row in the table as given, from 0; None for the table
        as a whole.
    field
        Column of the table; None for the row as a whole.
    what
        What is wrong: a key such as ``"weight_negative"``.
    remedy
        What to do: a key such as ``"weight_zero_or_more"``.
    details
        Values that the sentence names.
    stops
        Whether nothing may be scored before this is mended.
    named
        Of several tables of accounts the one that is meant, by its name: the row counts within it
        then. Empty where the row is a position in the portfolio.
    """

    table: str
    row: int | None
    field: str | None
    what: str
    remedy: str
    details: Mapping[str, object] = attribute(default_factory=dict)
    stops: bool = False
    named: str = ""
