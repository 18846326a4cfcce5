"""Why an account has its class, what would raise it, and its score reckoned by hand."""

from __future__ import annotations

from typing import Final

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.uses.use import Use

__all__ = ["BY_HAND_LINES", "EXPLAIN"]

_REFRESH: Final = FilledBy.REFRESH

BY_HAND_LINES: Final = 40
"""Criteria for which the sheet By hand has formulas."""

_ACCOUNT: Final = Table(
    "ExplainAccount",
    "explain",
    Role.LIST,
    (
        Column("account", Holds.CODE, 24, marks=True),
        Column("name", Holds.TEXT, 15, _REFRESH, marks=True),
        Column("status", Holds.WORD, 11, _REFRESH, words="status"),
        Column("class", Holds.CLASS, 11, _REFRESH, marks=True, centred=True),
        Column("score", Holds.SCORE, 11, _REFRESH, marks=True),
        Column("mean", Holds.SCORE, 12, _REFRESH, marks=True),
        Column("completeness", Holds.SHARE, 13, _REFRESH, marks=True),
        Column("low", Holds.SCORE, 11, _REFRESH, marks=True),
        Column("high", Holds.SCORE, 11, _REFRESH, marks=True),
    ),
    optional=True,
)
_WORDS: Final = Table(
    "ExplainWords",
    "explain",
    Role.LIST,
    (
        Column("exact", Holds.NUMBER, filled_by=_REFRESH, marks=True),
        Column("reasons", Holds.TEXT, filled_by=_REFRESH, marks=True),
        Column("way_up", Holds.TEXT, filled_by=_REFRESH, marks=True),
    ),
    optional=True,
)
_CRITERIA: Final = Table(
    "Explain",
    "explain",
    Role.LIST,
    (
        Column("criterion", Holds.TEXT, filled_by=_REFRESH, marks=True),
        Column("value", Holds.TEXT, filled_by=_REFRESH, marks=True),
        Column("points", Holds.DECIMAL, filled_by=_REFRESH, marks=True),
        Column("weight", Holds.NUMBER, filled_by=_REFRESH, marks=True),
        Column("share", Holds.DECIMAL, filled_by=_REFRESH, marks=True),
        Column("contribution", Holds.DECIMAL, filled_by=_REFRESH, marks=True),
        Column("known", Holds.WORD, filled_by=_REFRESH, words="yes_no", centred=True, marks=True),
    ),
    optional=True,
)
_LEVERS: Final = Table(
    "Levers",
    "explain",
    Role.LIST,
    (
        Column("criterion", Holds.TEXT, 26, _REFRESH, marks=True),
        Column("from", Holds.TEXT, 17, _REFRESH, marks=True),
        Column("to", Holds.TEXT, 17, _REFRESH, marks=True),
        Column("score_after", Holds.SCORE, 11, _REFRESH, marks=True),
        Column("class_after", Holds.CLASS, 11, _REFRESH, marks=True, centred=True),
    ),
    optional=True,
)
_WATERFALL: Final = Table(
    "Waterfall",
    "explain",
    Role.LIST,
    (
        Column("step", Holds.TEXT, filled_by=_REFRESH, marks=True),
        Column("base", Holds.DECIMAL, filled_by=_REFRESH, marks=True),
        Column("whole", Holds.DECIMAL, filled_by=_REFRESH, marks=True),
        Column("rise", Holds.DECIMAL, filled_by=_REFRESH, marks=True),
        Column("fall", Holds.DECIMAL, filled_by=_REFRESH, marks=True),
    ),
    optional=True,
)
_BY_HAND: Final = Table(
    "ByHand",
    "by_hand",
    Role.LIST,
    (
        Column("criterion", Holds.TEXT, 26, _REFRESH, marks=True),
        Column("cell", Holds.TEXT, 16, _REFRESH, marks=True),
        Column("value", Holds.ANYTHING, 14, _REFRESH, marks=True),
        Column("second", Holds.NUMBER, 14, _REFRESH, marks=True),
        Column("third", Holds.NUMBER, 14, _REFRESH, marks=True),
    ),
    optional=True,
)

EXPLAIN: Final = Use(
    "explain",
    "TracePrecedents",
    (_ACCOUNT, _CRITERIA, _LEVERS, _WORDS, _WATERFALL, _BY_HAND),
    needs=("name", "status"),
    handler="addin.trust.explain:explain",
    behind=("explainwords", "waterfall"),
    own_command=True,
    menu="trust",
    line="explain_sheet",
    asks="addin.presses.explain:ask",
)
