"""The columns of the account tables, in the order in which they ship."""

from __future__ import annotations

from itertools import chain
from typing import Any, Final

from addin.workbook.definitions import Column, FilledBy, Holds
from scoring.terms import FIELDS, Kind
from scoring.terms import FilledBy as Filler

__all__ = ["ACCOUNT_COLUMNS", "GROUPS", "GROUPS_OF_REFRESH", "MARKS"]

_HOLDS: Final = {
    Kind.TEXT: Holds.TEXT,
    Kind.MONEY: Holds.MONEY,
    Kind.NUMBER: Holds.NUMBER,
    Kind.NOTE: Holds.NOTE,
    Kind.SHARE: Holds.SHARE,
    Kind.DATE: Holds.DATE,
    Kind.WORD: Holds.WORD,
    Kind.CLASS: Holds.CLASS,
}
_BOUNDS: Final[dict[Kind, dict[str, Any]]] = {Kind.MONEY: {"least": 0}, Kind.NOTE: {"least": 0, "most": 10}}
_CREDIT: Final[dict[str, Any]] = {"least": -1e15, "most": 1e15, "message": "number"}
"""Amounts that credit notes make negative."""
MARKS: Final = ("account", "score", "class")
"""The columns that make a table an account table."""


def _field(key: str, width: float, filled_by: FilledBy = FilledBy.IMPORT, **more: Any) -> Column:
    """Return the column of a field: what it holds, and whether a refresh fills it, scoring knows."""
    kind = FIELDS[key].kind
    by_refresh = FIELDS[key].filled_by is Filler.REFRESH
    settled: dict[str, Any] = {"holds": _HOLDS[kind], "marks": key in MARKS}
    if kind is Kind.WORD:
        settled["words"] = key
    if kind is Kind.CLASS:
        settled["centred"] = True
    if not by_refresh:
        settled |= _BOUNDS.get(kind, {})
        if kind is Kind.CLASS:
            settled["source"] = "ClassLetters"
    return Column(
        key=key, width=width, filled_by=FilledBy.REFRESH if by_refresh else filled_by, **settled | more
    )


_CODE: Final[dict[str, Any]] = {"holds": Holds.CODE}
_PERSON: Final = FilledBy.PERSON

GROUPS: Final[dict[str, tuple[Column, ...]]] = {
    "identity": (_field("account", 13, **_CODE), _field("name", 25)),
    "result": (
        _field("class", 8),
        _field("label", 12),
        _field("score", 8, holds=Holds.SCORE),
        _field("reasons", 50),
    ),
    "profile": (
        _field("status", 11),
        _field("rep", 15),
        _field("sector", 14),
        _field("postcode", 10, **_CODE),
    ),
    "money": (
        _field("turnover", 12, **_CREDIT),
        _field("turnover_1", 12, **_CREDIT),
        _field("turnover_2", 12, **_CREDIT),
        _field("potential", 12),
        _field("potential_new", 17),
    ),
    "risk": (
        # The scale may be changed to numbers: a warning leaves that open.
        _field("solidity", 14, source="SolidityRatings", strict=False, message="solidity"),
        _field("days_late", 13, least=-365, most=3650, message="days"),
    ),
    "notes": (
        _field("growth", 14, _PERSON),
        _field("influence", 15, _PERSON),
        _field("relationship", 14, _PERSON),
    ),
    "visit": (
        _field("last_visit", 12),
        _field("visits", 12, least=0),
        _field("target", 10, _PERSON, words="yes_no", centred=True),
    ),
    "contact": (
        _field("address", 28),
        _field("town", 18),
        _field("phone", 17, **_CODE),
        _field("email", 26),
    ),
    "purchases": (
        _field("first_purchase", 13),
        _field("last_purchase", 13),
        _field("orders", 12, least=0),
        _field("purchases", 14, least=0),
        _field("open_amount", 13, **_CREDIT),
        _field("overdue", 13, **_CREDIT),
        _field("company_no", 18, **_CODE),
    ),
    "forced": (
        _field("forced", 10, _PERSON),
        _field("forced_reason", 24, _PERSON),
        _field("forced_until", 12, _PERSON),
    ),
    "details": (
        _field("trend", 11, holds=Holds.TREND),
        _field("held", 11, hidden=True),
        _field("state", 11),
        _field("risk", 12),
        _field("profile", 11),
        _field("computed", 11),
        _field("previous", 12),
        _field("completeness", 13),
        _field("rank", 8, centred=True),
        _field("core", 9, words="yes_no", centred=True),
    ),
}
"""Columns under a common heading. What everybody looks for comes first and stays in view."""

GROUPS_OF_REFRESH: Final = frozenset({"result", "details"})

ACCOUNT_COLUMNS: Final = tuple(chain.from_iterable(GROUPS.values()))
