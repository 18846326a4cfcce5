"""The yearly review: what has aged, who fell out of sight, who moved, and what is to be done about it."""

from __future__ import annotations

from typing import Final

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.uses.use import Use

__all__ = ["REVIEW"]

_REFRESH: Final = FilledBy.REFRESH

REVIEW: Final = Use(
    "review",
    "ReviewAcceptChange",
    (
        Table(
            "Review",
            "review",
            Role.LIST,
            (
                Column("topic", Holds.WORD, 26, _REFRESH, words="review", marks=True),
                Column("item", Holds.TEXT, 42, _REFRESH, marks=True),
                Column("date", Holds.DATE, 13, _REFRESH),
                Column("age", Holds.DECIMAL, 12, _REFRESH, marks=True),
                Column("accounts", Holds.COUNT, 11, _REFRESH),
                Column("turnover", Holds.MONEY, 14, _REFRESH),
                Column("imported", Holds.MONEY, 18, _REFRESH, marks=True),
                Column("share", Holds.SHARE, 9, _REFRESH),
                Column("note", Holds.TEXT, 62, _REFRESH, wrapped=True),
            ),
            optional=True,
        ),
        Table(
            "ReviewMatrix",
            "review",
            Role.LIST,
            (
                Column("before", Holds.CLASS, 20, _REFRESH, marks=True, centred=True),
                Column("now", Holds.CLASS, 17, _REFRESH, marks=True, centred=True),
                Column("accounts", Holds.COUNT, 11, _REFRESH, marks=True),
                Column("turnover", Holds.MONEY, 14, _REFRESH),
            ),
            optional=True,
        ),
        Table(
            "ReviewAccounts",
            "review_accounts",
            Role.LIST,
            (
                Column("topic", Holds.WORD, 30, _REFRESH, words="review", marks=True),
                Column("account", Holds.CODE, 13, _REFRESH, marks=True),
                Column("name", Holds.TEXT, 30, _REFRESH),
                Column("rep", Holds.TEXT, 16, _REFRESH),
                Column("class", Holds.CLASS, 8, _REFRESH, centred=True),
                Column("turnover", Holds.MONEY, 13, _REFRESH),
                Column("because", Holds.TEXT, 62, _REFRESH, marks=True, wrapped=True),
            ),
            optional=True,
        ),
        Table(
            "ReviewChecklist",
            "review_checklist",
            Role.PERSON,
            (
                Column("step", Holds.TEXT, 30, marks=True),
                Column("what", Holds.TEXT, 70, marks=True, wrapped=True),
                Column("done", Holds.DATE, 13, marks=True),
                Column("by", Holds.TEXT, 20, marks=True),
                Column("note", Holds.TEXT, 40, wrapped=True),
            ),
            optional=True,
        ),
    ),
    needs=(
        *("rep", "turnover", "turnover_1", "turnover_2", "first_purchase", "last_purchase", "purchases"),
        *("forced_until", "status"),
    ),
    handler="addin.uses.review:review",
    noted=("reviewaccounts",),
)
