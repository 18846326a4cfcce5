"""Call desk: who calls, how urgent it is, and the log of requests."""

from __future__ import annotations

from typing import Final

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.uses.use import Use

__all__ = ["CALL"]

_REFRESH: Final = FilledBy.REFRESH

_CARD: Final = Table(
    "CallCard",
    "call",
    Role.LIST,
    (
        Column("as_of", Holds.DATE, filled_by=_REFRESH, marks=True),
        Column("accounts", Holds.COUNT, filled_by=_REFRESH, marks=True),
    ),
    optional=True,
)
_REQUESTS: Final = Table(
    "Requests",
    "requests",
    Role.PERSON,
    (
        Column("received", Holds.MOMENT, 17, marks=True),
        Column("account", Holds.CODE, 13, marks=True),
        Column("request", Holds.TEXT, 16, source="RequestNames", message="request", marks=True),
        Column("subject", Holds.TEXT, 40),
        Column("answered", Holds.MOMENT, 17, marks=True),
        Column("by", Holds.TEXT, 26),
        Column("name", Holds.TEXT, 34, _REFRESH),
        Column("class", Holds.CLASS, 8, _REFRESH, centred=True),
        Column("priority", Holds.TEXT, 9, _REFRESH, marks=True, centred=True),
        Column("answer_by", Holds.MOMENT, 17, _REFRESH, marks=True),
        Column("late", Holds.WORD, 9, _REFRESH, words="yes_no", centred=True),
    ),
    optional=True,
)
_TYPES: Final = Table(
    "RequestTypes",
    "request_types",
    Role.PERSON,
    (
        Column("request", Holds.TEXT, 20, marks=True),
        Column("urgency", Holds.NOTE, 11, least=1, most=3, message="urgency", marks=True),
        Column("escalate_to", Holds.TEXT, 30, marks=True),
        Column("comment", Holds.TEXT, 44),
    ),
    optional=True,
)
_CLOSED: Final = Table(
    "ClosingDays",
    "request_types",
    Role.PERSON,
    (
        Column("date", Holds.DATE, 14, marks=True),
        Column("occasion", Holds.TEXT, 30, marks=True),
    ),
    optional=True,
)
_INDEX: Final = Table(
    "CallIndex",
    "call_index",
    Role.LIST,
    (
        Column("name_key", Holds.CODE, 24, _REFRESH, marks=True),
        Column("code_key", Holds.CODE, 12, _REFRESH, marks=True),
        Column("phone_keys", Holds.CODE, 16, _REFRESH, marks=True),
        Column("company_keys", Holds.CODE, 16, _REFRESH),
        Column("account", Holds.CODE, 12, _REFRESH),
        Column("name", Holds.TEXT, 24, _REFRESH),
        Column("class", Holds.CLASS, 8, _REFRESH, centred=True),
        Column("label", Holds.TEXT, 12, _REFRESH),
        Column("score", Holds.SCORE, 8, _REFRESH),
        Column("reasons", Holds.TEXT, 30, _REFRESH),
        Column("holds", Holds.TEXT, 30, _REFRESH),
        Column("overdue", Holds.MONEY, 12, _REFRESH),
        Column("risk", Holds.TEXT, 12, _REFRESH),
        Column("share_of_wallet", Holds.SHARE, 12, _REFRESH),
        Column("rep", Holds.TEXT, 14, _REFRESH),
        Column("town", Holds.TEXT, 14, _REFRESH),
        Column("phone", Holds.CODE, 16, _REFRESH),
        Column("last_visit", Holds.DATE, 12, _REFRESH),
        Column("state", Holds.WORD, 12, _REFRESH, words="state"),
        Column("importance", Holds.COUNT, 10, _REFRESH),
        Column("answer_hours", Holds.NUMBER, 12, _REFRESH),
        Column("shipping", Holds.TEXT, 24, _REFRESH),
        Column("instructions", Holds.TEXT, 24, _REFRESH),
    ),
    optional=True,
)
_HOURS: Final = Table(
    "CallHours",
    "call_index",
    Role.LIST,
    (
        Column("start", Holds.MOMENT, 16, _REFRESH, marks=True),
        Column("end", Holds.MOMENT, 16, _REFRESH, marks=True),
        Column("before", Holds.COUNT, 12, _REFRESH, marks=True),
    ),
    optional=True,
)

CALL: Final = Use(
    "call",
    "AutoDial",
    (_CARD, _REQUESTS, _TYPES, _CLOSED),
    needs=(
        *("name", "rep", "town", "phone", "company_no", "last_visit"),
        *("overdue", "turnover", "potential"),
    ),
    handler="addin.uses.call:call",
    unseen=(_INDEX, _HOURS),
    own_command=True,
)
