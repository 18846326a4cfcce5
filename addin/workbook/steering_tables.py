"""The tables of the Dashboard's upper half: the rep that is looked at, and what to look at first."""

from __future__ import annotations

from typing import Final

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table

__all__ = ["STEERING"]

_REFRESH: Final = FilledBy.REFRESH


def _of_lists(name: str) -> Table:
    """Return a table of the lists: a row a line of a list."""
    return Table(
        name,
        "dashboard",
        Role.KEPT,
        (
            Column("line", Holds.TEXT, filled_by=_REFRESH, marks=True),
            Column("class", Holds.TEXT, filled_by=_REFRESH, marks=True),
            Column("name", Holds.TEXT, filled_by=_REFRESH, marks=True),
            Column("figure", Holds.ANYTHING, filled_by=_REFRESH, marks=True),
            Column("detail", Holds.ANYTHING, filled_by=_REFRESH, marks=True),
            Column("day", Holds.DATE, filled_by=_REFRESH, marks=True),
        ),
        optional=True,
    )


STEERING: Final = (
    Table(
        "Board",
        "dashboard",
        Role.KEPT,
        (Column("rep", Holds.TEXT, source="RepChoices", message="rep"),),
        optional=True,
    ),
    _of_lists("Shown"),
    _of_lists("Highlights"),
    Table(
        "RepNames",
        "dashboard",
        Role.KEPT,
        (Column("rep", Holds.TEXT, filled_by=_REFRESH),),
        optional=True,
    ),
    Table(
        "RepLines",
        "dashboard",
        Role.KEPT,
        (
            Column("rep", Holds.TEXT, filled_by=_REFRESH, marks=True),
            Column("first", Holds.COUNT, filled_by=_REFRESH, marks=True),
            Column("second", Holds.COUNT, filled_by=_REFRESH, marks=True),
            Column("third", Holds.COUNT, filled_by=_REFRESH, marks=True),
            Column("fourth", Holds.COUNT, filled_by=_REFRESH, marks=True),
            Column("others", Holds.COUNT, filled_by=_REFRESH, marks=True),
            Column("turnover", Holds.MONEY, filled_by=_REFRESH, marks=True),
            Column("growth", Holds.TREND, filled_by=_REFRESH, marks=True),
            Column("needed", Holds.COUNT, filled_by=_REFRESH),
            Column("possible", Holds.COUNT, filled_by=_REFRESH),
            Column("load", Holds.SHARE, filled_by=_REFRESH, marks=True),
        ),
        optional=True,
    ),
    Table(
        "CoreMark",
        "dashboard",
        Role.KEPT,
        (
            Column("share_accounts", Holds.SHARE, filled_by=_REFRESH, marks=True),
            Column("share_turnover", Holds.SHARE, filled_by=_REFRESH, marks=True),
            Column("mark", Holds.TEXT, filled_by=_REFRESH, marks=True),
        ),
        optional=True,
    ),
)
"""Behind them stand plain formulas alone."""
