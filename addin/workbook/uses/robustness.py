"""Robustness: whose class would be another had the weights been chosen a little otherwise."""

from __future__ import annotations

from typing import Final

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.uses.use import Use

__all__ = ["ROBUSTNESS"]

_REFRESH: Final = FilledBy.REFRESH

ROBUSTNESS: Final = Use(
    "robustness",
    "GoalSeek",
    (
        Table(
            "Robustness",
            "robustness",
            Role.LIST,
            (
                Column("account", Holds.CODE, 14, _REFRESH, marks=True),
                Column("name", Holds.TEXT, 30, _REFRESH),
                Column("class", Holds.CLASS, 8, _REFRESH, centred=True),
                Column("by_weights", Holds.CLASS, 12, _REFRESH, centred=True, marks=True),
                Column("own", Holds.SHARE, 11, _REFRESH, marks=True),
                Column("better", Holds.SHARE, 11, _REFRESH, marks=True),
                Column("worse", Holds.SHARE, 11, _REFRESH, marks=True),
                Column("shares", Holds.TEXT, 34, _REFRESH, marks=True),
                Column("fragile", Holds.WORD, 10, _REFRESH, words="yes_no", centred=True, marks=True),
            ),
            optional=True,
        ),
        Table(
            "FindOutFirst",
            "robustness",
            Role.LIST,
            (
                Column("account", Holds.CODE, 14, _REFRESH, marks=True),
                Column("name", Holds.TEXT, 30, _REFRESH),
                Column("rep", Holds.TEXT, 16, _REFRESH),
                Column("class", Holds.CLASS, 8, _REFRESH, centred=True),
                Column("turnover", Holds.MONEY, 13, _REFRESH, marks=True),
                Column("own", Holds.SHARE, 11, _REFRESH, marks=True),
                Column("criterion", Holds.TEXT, 26, _REFRESH, marks=True),
            ),
            optional=True,
        ),
    ),
    needs=("name", "rep", "turnover"),
    handler="addin.trust.robustness:robustness",
    menu="trust",
)
