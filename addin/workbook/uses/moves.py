"""Moves: whose class changed since a day, and whether data, weights, limits or a person did it."""

from __future__ import annotations

from typing import Final

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.uses.use import Use

__all__ = ["MOVES"]

_REFRESH: Final = FilledBy.REFRESH

_MODELS: Final = Table(
    "Models",
    "models",
    Role.LIST,
    (
        Column("date", Holds.DATE, 13, _REFRESH, marks=True),
        Column("model", Holds.CODE, 12, _REFRESH, marks=True),
        Column("approved_by", Holds.TEXT, 24, _REFRESH, marks=True),
        Column("part", Holds.COUNT, 8, _REFRESH, marks=True),
        Column("content", Holds.TEXT, 60, _REFRESH, marks=True),
    ),
    optional=True,
)

MOVES: Final = Use(
    "moves",
    "TraceDependents",
    (
        Table(
            "Moves",
            "moves",
            Role.LIST,
            (
                Column("kind", Holds.WORD, 22, _REFRESH, words="move", marks=True),
                Column("account", Holds.CODE, 14, _REFRESH, marks=True),
                Column("name", Holds.TEXT, 28, _REFRESH),
                Column("rep", Holds.TEXT, 16, _REFRESH),
                Column("turnover", Holds.MONEY, 13, _REFRESH),
                Column("before", Holds.CLASS, 9, _REFRESH, centred=True, marks=True),
                Column("by_data", Holds.CLASS, 9, _REFRESH, centred=True, marks=True),
                Column("by_weights", Holds.CLASS, 9, _REFRESH, centred=True, marks=True),
                Column("by_limits", Holds.CLASS, 9, _REFRESH, centred=True, marks=True),
                Column("now", Holds.CLASS, 9, _REFRESH, centred=True, marks=True),
                Column("because", Holds.TEXT, 58, _REFRESH, marks=True, wrapped=True),
            ),
            optional=True,
        ),
        Table(
            "MovesMatrix",
            "moves",
            Role.LIST,
            (
                Column("before", Holds.CLASS, 13, _REFRESH, centred=True, marks=True),
                Column("now", Holds.CLASS, 13, _REFRESH, centred=True, marks=True),
                Column("accounts", Holds.COUNT, 11, _REFRESH, marks=True),
                Column("turnover", Holds.MONEY, 14, _REFRESH, marks=True),
            ),
            optional=True,
        ),
    ),
    needs=("name", "rep", "turnover"),
    handler="addin.trust.moves:moves",
    unseen=(_MODELS,),
    own_command=True,
    menu="trust",
)
