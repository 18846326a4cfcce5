"""Overrides: the classes that people forced, why, until when, and how many there are."""

from __future__ import annotations

from typing import Final

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.uses.use import Use

__all__ = ["OVERRIDES"]

_REFRESH: Final = FilledBy.REFRESH

OVERRIDES: Final = Use(
    "overrides",
    "Lock",
    (
        Table(
            "Overrides",
            "overrides",
            Role.LIST,
            (
                Column("rep", Holds.TEXT, 18, _REFRESH, marks=True),
                Column("account", Holds.CODE, 14, _REFRESH, marks=True),
                Column("name", Holds.TEXT, 30, _REFRESH),
                Column("computed", Holds.CLASS, 11, _REFRESH, centred=True, marks=True),
                Column("forced", Holds.CLASS, 11, _REFRESH, centred=True, marks=True),
                Column("state", Holds.WORD, 26, _REFRESH, words="override", marks=True),
                Column("until", Holds.DATE, 13, _REFRESH, marks=True),
                Column("reason", Holds.TEXT, 48, _REFRESH, marks=True, wrapped=True),
            ),
            optional=True,
        ),
        Table(
            "OverrideRates",
            "overrides",
            Role.LIST,
            (
                Column("rep", Holds.TEXT, 22, _REFRESH, marks=True),
                Column("accounts", Holds.COUNT, 12, _REFRESH, marks=True),
                Column("forced", Holds.COUNT, 12, _REFRESH, marks=True),
                Column("rate", Holds.SHARE, 11, _REFRESH, marks=True),
            ),
            optional=True,
        ),
    ),
    needs=("name", "rep", "forced", "forced_reason", "forced_until"),
    handler="addin.trust.overrides:overrides",
    menu="trust",
)
