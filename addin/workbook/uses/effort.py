"""Effort: hours spent with each class beside what each class brings."""

from __future__ import annotations

from typing import Final

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.uses.use import Use

__all__ = ["EFFORT"]

_REFRESH: Final = FilledBy.REFRESH

EFFORT: Final = Use(
    "effort",
    "ChartInsert",
    (
        Table(
            "Effort",
            "effort",
            Role.LIST,
            (
                Column("rep", Holds.TEXT, 20, _REFRESH, marks=True),
                Column("class", Holds.CLASS, 9, _REFRESH, marks=True, centred=True),
                Column("accounts", Holds.COUNT, 11, _REFRESH),
                Column("recommended", Holds.DECIMAL, 15, _REFRESH, marks=True),
                Column("done", Holds.DECIMAL, 15, _REFRESH, marks=True),
                Column("hours_recommended", Holds.DECIMAL, 15, _REFRESH, marks=True),
                Column("hours_done", Holds.DECIMAL, 15, _REFRESH, marks=True),
                Column("share_hours_done", Holds.SHARE, 13, _REFRESH, marks=True),
                Column("share_turnover", Holds.SHARE, 13, _REFRESH),
            ),
            optional=True,
        ),
        Table(
            "EffortByClass",
            "effort",
            Role.LIST,
            (
                Column("class", Holds.CLASS, 12, _REFRESH, marks=True, centred=True),
                Column("share_hours_done", Holds.SHARE, 23, _REFRESH, marks=True),
                Column("share_turnover", Holds.SHARE, 23, _REFRESH, marks=True),
            ),
            optional=True,
        ),
        Table(
            "Misallocated",
            "misallocated",
            Role.LIST,
            (
                Column("account", Holds.CODE, 13, _REFRESH, marks=True),
                Column("name", Holds.TEXT, 30, _REFRESH),
                Column("rep", Holds.TEXT, 18, _REFRESH),
                Column("class", Holds.CLASS, 9, _REFRESH, centred=True),
                Column("recommended", Holds.DECIMAL, 15, _REFRESH, marks=True),
                Column("done", Holds.DECIMAL, 12, _REFRESH, marks=True),
                Column("gap", Holds.DECIMAL, 11, _REFRESH, marks=True),
                Column("kind", Holds.WORD, 20, _REFRESH, words="misallocated", marks=True),
            ),
            optional=True,
        ),
    ),
    needs=("rep", "visits", "turnover"),
    handler="addin.uses.effort:effort",
    noted=("misallocated",),
)
