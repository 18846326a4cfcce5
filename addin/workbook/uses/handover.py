"""Handover: a portfolio as a new rep takes it over, with what is to be watched and an agenda."""

from __future__ import annotations

from typing import Final

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.uses.use import Use

__all__ = ["HANDOVER"]

_REFRESH: Final = FilledBy.REFRESH

_GLANCE: Final = (
    Table(
        "HandoverFigures",
        "handover",
        Role.LIST,
        (
            Column("figure", Holds.WORD, 30, _REFRESH, words="handover_figure", marks=True),
            Column("value", Holds.TEXT, 20, _REFRESH, marks=True),
        ),
        optional=True,
    ),
    Table(
        "HandoverClasses",
        "handover",
        Role.LIST,
        (
            Column("class", Holds.CLASS, 9, _REFRESH, marks=True, centred=True),
            Column("accounts", Holds.COUNT, 12, _REFRESH, marks=True),
            Column("share_accounts", Holds.SHARE, 16, _REFRESH, marks=True),
            Column("turnover", Holds.MONEY, 15, _REFRESH, marks=True),
            Column("share_turnover", Holds.SHARE, 16, _REFRESH, marks=True),
            Column("trend", Holds.TREND, 12, _REFRESH, marks=True),
        ),
        optional=True,
    ),
    Table(
        "HandoverYears",
        "handover",
        Role.LIST,
        (
            Column("period", Holds.TEXT, 20, _REFRESH, marks=True),
            Column("period_turnover", Holds.MONEY, 22, _REFRESH, marks=True),
        ),
        optional=True,
    ),
    Table(
        "HandoverOf",
        "handover",
        Role.LIST,
        (
            Column("by", Holds.WORD, filled_by=_REFRESH, words="handover_by", marks=True),
            Column("whose", Holds.TEXT, filled_by=_REFRESH, marks=True),
        ),
        optional=True,
    ),
)
_ACCOUNTS: Final = Table(
    "Handover",
    "handover_accounts",
    Role.LIST,
    (
        Column("class", Holds.CLASS, 8, _REFRESH, centred=True),
        Column("account", Holds.CODE, 12, _REFRESH, marks=True),
        Column("name", Holds.TEXT, 25, _REFRESH),
        Column("score", Holds.SCORE, 8, _REFRESH),
        Column("turnover", Holds.MONEY, 12, _REFRESH),
        Column("trend", Holds.TREND, 10, _REFRESH),
        Column("state", Holds.WORD, 11, _REFRESH, words="state"),
        Column("reasons", Holds.TEXT, 46, _REFRESH, wrapped=True),
        Column("lever", Holds.TEXT, 34, _REFRESH, marks=True, wrapped=True),
        Column("last_visit", Holds.DATE, 12, _REFRESH),
        Column("days_late", Holds.NUMBER, 11, _REFRESH),
        Column("open_amount", Holds.MONEY, 12, _REFRESH),
        Column("overdue", Holds.MONEY, 12, _REFRESH),
        Column("share_of_wallet", Holds.SHARE, 11, _REFRESH, marks=True),
        Column("instructions", Holds.TEXT, 60, _REFRESH, marks=True),
        Column("status", Holds.WORD, 11, _REFRESH, words="status"),
        Column("risk", Holds.WORD, 12, _REFRESH, words="risk"),
        Column("rep", Holds.TEXT, 15, _REFRESH),
        Column("town", Holds.TEXT, 16, _REFRESH),
        Column("phone", Holds.CODE, 17, _REFRESH),
    ),
    optional=True,
)
_WATCH: Final = Table(
    "HandoverWatch",
    "handover_watch",
    Role.LIST,
    (
        Column("watch", Holds.WORD, 16, _REFRESH, words="handover_watch", marks=True),
        Column("account", Holds.CODE, 13, _REFRESH, marks=True),
        Column("name", Holds.TEXT, 28, _REFRESH),
        Column("class", Holds.CLASS, 8, _REFRESH, centred=True),
        Column("stake", Holds.MONEY, 15, _REFRESH, marks=True),
        Column("last_purchase", Holds.DATE, 13, _REFRESH),
        Column("last_visit", Holds.DATE, 13, _REFRESH),
        Column("because", Holds.TEXT, 60, _REFRESH, marks=True, wrapped=True),
    ),
    optional=True,
)
_AGENDA: Final = Table(
    "HandoverAgenda",
    "handover_agenda",
    Role.LIST,
    (
        Column("date", Holds.WEEKDAY, 17, _REFRESH, marks=True),
        Column("slot", Holds.COUNT, 7, _REFRESH, marks=True, centred=True),
        Column("account", Holds.CODE, 12, _REFRESH, marks=True),
        Column("name", Holds.TEXT, 28, _REFRESH),
        Column("class", Holds.CLASS, 8, _REFRESH, centred=True),
        Column("due_status", Holds.WORD, 21, _REFRESH, words="due_status", marks=True),
        Column("town", Holds.TEXT, 19, _REFRESH),
        Column("postcode", Holds.CODE, 10, _REFRESH),
        Column("phone", Holds.CODE, 17, _REFRESH),
        Column("minutes", Holds.COUNT, 9, _REFRESH),
    ),
    optional=True,
)

HANDOVER: Final = Use(
    "handover",
    "FileSendAsAttachment",
    (*_GLANCE, _ACCOUNTS, _WATCH, _AGENDA),
    needs=(
        *("name", "status", "rep", "sector", "postcode", "town", "phone", "target", "last_visit"),
        *("turnover", "turnover_1", "turnover_2", "potential", "days_late", "open_amount", "overdue"),
        *("last_purchase", "forced", "forced_reason", "forced_until", "purchases"),
    ),
    handler="addin.uses.handover:handover",
    behind=("handoverof",),
    noted=("handover", "handoverwatch", "handoveragenda"),
    own_command=True,
    asks="addin.presses.handover:ask",
)
