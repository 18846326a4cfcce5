"""Core target: what the best clients have in common, which prospects have it too, where the effort goes."""

from __future__ import annotations

from typing import Final

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.uses.use import Use

__all__ = ["TARGET"]

_REFRESH: Final = FilledBy.REFRESH

TARGET: Final = Use(
    "target",
    "Filter",
    (
        Table(
            "Profile",
            "target",
            Role.LIST,
            (
                Column("column", Holds.TEXT, 26, _REFRESH, marks=True),
                Column("value", Holds.TEXT, 34, _REFRESH, marks=True),
                Column("in_best", Holds.COUNT, 14, _REFRESH, marks=True),
                Column("share_best", Holds.SHARE, 14, _REFRESH),
                Column("in_all", Holds.COUNT, 14, _REFRESH, marks=True),
                Column("share_all", Holds.SHARE, 14, _REFRESH),
                Column("lift", Holds.FACTOR, 18, _REFRESH, marks=True),
                Column("small", Holds.WORD, 15, _REFRESH, words="yes_no", marks=True, centred=True),
            ),
            optional=True,
        ),
        Table(
            "Lookalikes",
            "lookalikes",
            Role.LIST,
            (
                Column("order", Holds.COUNT, 8, _REFRESH, marks=True, centred=True),
                Column("account", Holds.CODE, 13, _REFRESH, marks=True),
                Column("name", Holds.TEXT, 28, _REFRESH),
                Column("status", Holds.WORD, 11, _REFRESH, words="status"),
                Column("rep", Holds.TEXT, 16, _REFRESH),
                Column("class", Holds.CLASS, 8, _REFRESH, centred=True),
                Column("score", Holds.SCORE, 8, _REFRESH),
                Column("potential", Holds.MONEY, 13, _REFRESH),
                Column("likeness", Holds.FACTOR, 15, _REFRESH, marks=True),
                Column("because", Holds.TEXT, 62, _REFRESH, marks=True, wrapped=True),
                Column("known", Holds.SHARE, 11, _REFRESH),
                Column("town", Holds.TEXT, 17, _REFRESH),
                Column("phone", Holds.CODE, 17, _REFRESH),
            ),
            optional=True,
        ),
        Table(
            "TargetGap",
            "target_gap",
            Role.LIST,
            (
                Column("rep", Holds.TEXT, 24, _REFRESH, marks=True),
                Column("accounts", Holds.COUNT, 12, _REFRESH),
                Column("in_target", Holds.COUNT, 16, _REFRESH, marks=True),
                Column("share_hours_done", Holds.SHARE, 26, _REFRESH, marks=True),
                Column("share_turnover", Holds.SHARE, 22, _REFRESH, marks=True),
                Column("company_hours_done", Holds.SHARE, 24, _REFRESH, marks=True),
                Column("company_turnover", Holds.SHARE, 24, _REFRESH, marks=True),
            ),
            optional=True,
        ),
    ),
    needs=(
        *("name", "status", "rep", "sector", "town", "phone", "turnover", "potential", "potential_new"),
        *("solidity", "days_late", "visits", "target", "orders", "purchases", "open_amount", "overdue"),
    ),
    handler="addin.uses.target:target",
    noted=("lookalikes", "targetgap"),
    own_command=True,
)
