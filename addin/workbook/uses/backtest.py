"""Test on the past: what the score of a day foresaw of the year after it, beside what needs no score."""

from __future__ import annotations

from typing import Final

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.uses.use import Use

__all__ = ["BACKTEST"]

_REFRESH: Final = FilledBy.REFRESH

BACKTEST: Final = Use(
    "backtest",
    "CalculateSheet",
    (
        Table(
            "Backtest",
            "backtest",
            Role.LIST,
            (
                Column("class", Holds.CLASS, 11, _REFRESH, centred=True, marks=True),
                Column("accounts", Holds.COUNT, 11, _REFRESH, marks=True),
                Column("turnover_before", Holds.MONEY, 14, _REFRESH, marks=True),
                Column("turnover_after", Holds.MONEY, 14, _REFRESH, marks=True),
                Column("lost", Holds.COUNT, 9, _REFRESH, marks=True),
                Column("lost_share", Holds.SHARE, 10, _REFRESH, marks=True),
            ),
            optional=True,
        ),
        Table(
            "BacktestTop",
            "backtest",
            Role.LIST,
            (
                Column("order", Holds.WORD, 18, _REFRESH, words="foresight", marks=True),
                Column("caught", Holds.SHARE, 9, _REFRESH, marks=True),
                Column("low", Holds.SHARE, 9, _REFRESH, marks=True),
                Column("high", Holds.SHARE, 9, _REFRESH, marks=True),
                Column("lift", Holds.FACTOR, 9, _REFRESH, marks=True),
            ),
            optional=True,
        ),
        Table(
            "BacktestLosses",
            "backtest",
            Role.LIST,
            (
                Column("candidate", Holds.WORD, 28, _REFRESH, words="foresight", marks=True),
                Column("auc", Holds.FACTOR, 9, _REFRESH, marks=True),
                Column("low", Holds.FACTOR, 9, _REFRESH, marks=True),
                Column("high", Holds.FACTOR, 9, _REFRESH, marks=True),
                Column("best", Holds.WORD, 10, _REFRESH, words="yes_no", centred=True, marks=True),
            ),
            optional=True,
        ),
    ),
    needs=(),
    handler="addin.trust.backtest:backtest",
    own_command=True,
    menu="trust",
    asks="addin.presses.backtest:ask",
    stays=True,
)
