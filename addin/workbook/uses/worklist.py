"""The worklist: what is to be found out first, of the accounts that make most of the turnover."""

from __future__ import annotations

from typing import Final

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.uses.use import Use

__all__ = ["WORKLIST"]

_REFRESH: Final = FilledBy.REFRESH

WORKLIST: Final = Use(
    "worklist",
    "SortDescendingExcel",
    (
        Table(
            "Worklist",
            "worklist",
            Role.LIST,
            (
                Column("rank", Holds.COUNT, 8, _REFRESH, centred=True),
                Column("account", Holds.CODE, 13, _REFRESH, marks=True),
                Column("name", Holds.TEXT, 28, _REFRESH),
                Column("rep", Holds.TEXT, 16, _REFRESH),
                Column("turnover", Holds.MONEY, 13, _REFRESH),
                Column("cumulated_share", Holds.SHARE, 12, _REFRESH, marks=True),
                Column("missing", Holds.TEXT, 46, _REFRESH, marks=True, wrapped=True),
                Column("stale", Holds.TEXT, 34, _REFRESH, marks=True, wrapped=True),
                Column("completeness", Holds.SHARE, 14, _REFRESH),
            ),
            optional=True,
        ),
        Table(
            "WorklistProgress",
            "worklist",
            Role.LIST,
            (
                Column("accounts", Holds.COUNT, filled_by=_REFRESH, marks=True),
                Column("known", Holds.SHARE, filled_by=_REFRESH, marks=True),
            ),
            optional=True,
        ),
    ),
    needs=("rep", "turnover"),
    handler="addin.uses.worklist:worklist",
    behind=("worklistprogress",),
)
