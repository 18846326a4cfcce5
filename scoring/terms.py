"""The field's terms: every column of an account, once.

A key names the column everywhere in the code; headers and list words belong
to the shell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

__all__ = [
    "ACCOUNT_FIELDS",
    "FIELDS",
    "LARGEST_WEIGHT",
    "MADE_OF",
    "MAX_POINTS",
    "NUMERIC",
    "STATUSES",
    "UNKNOWN_CLASS",
    "WORKED_OUT",
    "Field",
    "FilledBy",
    "Kind",
]


MAX_POINTS: Final = 10.0
"""Points that the best value of a criterion earns."""
LARGEST_WEIGHT: Final = 1e6
"""Of a criterion."""


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    MONEY = "money"
    """Yearly amounts in the currency of the workbook."""
    NUMBER = "number"
    NOTE = "note"
    """A judgement from 0 to 10."""
    SHARE = "share"
    """A fraction, shown as a percentage."""
    DATE = "date"
    WORD = "word"
    """One of a fixed list of keys."""
    CLASS = "class"
    """The letter of a class of the company."""


class FilledBy(StrEnum):
    """Who writes a column."""

    PERSON = "person"
    """A person, or an import."""
    REFRESH = "refresh"


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the account tables."""

    key: str
    kind: Kind
    filled_by: FilledBy = FilledBy.PERSON


NUMERIC: Final = (Kind.MONEY, Kind.NUMBER, Kind.NOTE, Kind.SHARE)
"""Kinds whose values are numbers."""

STATUSES: Final = ("client", "prospect", "suspect")

UNKNOWN_CLASS: Final = "?"
"""The class of an account of which too little is known."""

ACCOUNT_FIELDS: Final = (
    Field("account", Kind.TEXT),
    Field("name", Kind.TEXT),
    Field("status", Kind.WORD),
    Field("rep", Kind.TEXT),
    Field("sector", Kind.TEXT),
    Field("postcode", Kind.TEXT),
    Field("turnover", Kind.MONEY),
    Field("turnover_1", Kind.MONEY),
    Field("turnover_2", Kind.MONEY),
    Field("potential", Kind.MONEY),
    Field("potential_new", Kind.MONEY),
    Field("solidity", Kind.TEXT),
    Field("days_late", Kind.NUMBER),
    Field("growth", Kind.NOTE),
    Field("influence", Kind.NOTE),
    Field("relationship", Kind.NOTE),
    Field("last_visit", Kind.DATE),
    Field("first_purchase", Kind.DATE),
    Field("last_purchase", Kind.DATE),
    Field("orders", Kind.NUMBER),
    Field("purchases", Kind.NUMBER),
    Field("open_amount", Kind.MONEY),
    Field("overdue", Kind.MONEY),
    Field("company_no", Kind.TEXT),
    Field("visits", Kind.NUMBER),
    Field("target", Kind.WORD),
    Field("address", Kind.TEXT),
    Field("town", Kind.TEXT),
    Field("phone", Kind.TEXT),
    Field("email", Kind.TEXT),
    Field("forced", Kind.CLASS),
    Field("forced_reason", Kind.TEXT),
    Field("forced_until", Kind.DATE),
    Field("trend", Kind.SHARE, FilledBy.REFRESH),
    Field("held", Kind.CLASS, FilledBy.REFRESH),
    Field("risk", Kind.WORD, FilledBy.REFRESH),
    Field("profile", Kind.WORD, FilledBy.REFRESH),
    Field("state", Kind.WORD, FilledBy.REFRESH),
    Field("score", Kind.NUMBER, FilledBy.REFRESH),
    Field("computed", Kind.CLASS, FilledBy.REFRESH),
    Field("class", Kind.CLASS, FilledBy.REFRESH),
    Field("label", Kind.TEXT, FilledBy.REFRESH),
    Field("previous", Kind.CLASS, FilledBy.REFRESH),
    Field("completeness", Kind.SHARE, FilledBy.REFRESH),
    Field("rank", Kind.NUMBER, FilledBy.REFRESH),
    Field("core", Kind.WORD, FilledBy.REFRESH),
    Field("reasons", Kind.TEXT, FilledBy.REFRESH),
)

WORKED_OUT: Final = (Field("share_of_wallet", Kind.SHARE, FilledBy.REFRESH),)
"""What stands in no column of the account tables, but follows from some and can be looked at like one."""

MADE_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "trend": ("turnover", "turnover_1", "turnover_2"),
    "share_of_wallet": ("turnover", "potential"),
}
"""The columns from which numbers are worked out that criteria and gates may look at."""

FIELDS: Final = {field.key: field for field in (*ACCOUNT_FIELDS, *WORKED_OUT)}
