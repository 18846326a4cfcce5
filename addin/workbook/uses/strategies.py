"""Strategies: other weights side by side, and what each would do to the classes."""

from __future__ import annotations

from typing import Final

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.uses.use import Use
from scoring.terms import LARGEST_WEIGHT

__all__ = ["SHIPPED", "SLOTS", "STRATEGIES"]

_REFRESH: Final = FilledBy.REFRESH

SHIPPED: Final = ("conquest", "loyalty", "safety")
"""The strategies that ship; a company renames them, deletes them, and adds columns of its own."""
SLOTS: Final = 6
"""Strategies that the list of accounts shows side by side."""


def _weight(key: str) -> Column:
    return Column(key, Holds.NOTE, 17, least=0, most=LARGEST_WEIGHT)


_STRATEGIES: Final = Table(
    "Strategies",
    "strategies",
    Role.PERSON,
    (
        Column(
            "criterion", Holds.TEXT, 34, source="CriteriaNames", strict=False, message="criterion", marks=True
        ),
        Column("current", Holds.NOTE, 17, _REFRESH, marks=True),
        *(_weight(key) for key in SHIPPED),
    ),
    optional=True,
)
_TOTALS: Final = Table(
    "StrategyTotals",
    "strategy_effect",
    Role.LIST,
    (
        Column("strategy", Holds.TEXT, 26, _REFRESH, marks=True),
        Column("accounts", Holds.COUNT, 12, _REFRESH, marks=True),
        Column("up", Holds.COUNT, 10, _REFRESH, marks=True),
        Column("down", Holds.COUNT, 10, _REFRESH, marks=True),
        Column("turnover", Holds.MONEY, 16, _REFRESH, marks=True),
        Column("share", Holds.SHARE, 13, _REFRESH, marks=True),
    ),
    optional=True,
)
_MOVES: Final = Table(
    "StrategyMoves",
    "strategy_effect",
    Role.LIST,
    (
        Column("strategy", Holds.TEXT, 26, _REFRESH, marks=True),
        Column("from", Holds.CLASS, 11, _REFRESH, marks=True, centred=True),
        Column("to", Holds.CLASS, 11, _REFRESH, marks=True, centred=True),
        Column("accounts", Holds.COUNT, 11, _REFRESH, marks=True),
        Column("turnover", Holds.MONEY, 15, _REFRESH, marks=True),
    ),
    optional=True,
)
_ACCOUNTS: Final = Table(
    "StrategyAccounts",
    "strategy_accounts",
    Role.LIST,
    (
        Column("account", Holds.CODE, 13, _REFRESH, marks=True),
        Column("name", Holds.TEXT, 30, _REFRESH),
        Column("rep", Holds.TEXT, 16, _REFRESH),
        Column("turnover", Holds.MONEY, 14, _REFRESH),
        Column("class", Holds.CLASS, 9, _REFRESH, marks=True, centred=True),
        *(
            Column(f"strategy_{place}", Holds.CLASS, 15, _REFRESH, marks=True, centred=True)
            for place in range(1, SLOTS + 1)
        ),
    ),
    optional=True,
)
_NAMES: Final = Table(
    "StrategyNames",
    "strategy_accounts",
    Role.LIST,
    tuple(
        Column(f"name_{place}", Holds.TEXT, filled_by=_REFRESH, marks=True) for place in range(1, SLOTS + 1)
    ),
    optional=True,
)

STRATEGIES: Final = Use(
    "strategies",
    "TraceDependents",
    (_STRATEGIES, _TOTALS, _MOVES, _ACCOUNTS, _NAMES),
    needs=("name", "rep", "sector", "turnover"),
    handler="addin.trust.strategies:strategies",
    behind=("strategynames",),
    noted=("strategytotals", "strategyaccounts"),
    own_command=True,
    menu="trust",
)
