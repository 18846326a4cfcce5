"""Tour plan: who is due for a visit, what a rep can do, and the days of the next two weeks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.uses.use import Use

__all__ = ["FILES", "TOUR"]

_REFRESH: Final = FilledBy.REFRESH

FILES: Final[Mapping[str, tuple[str, ...]]] = {
    "xlsx": (".xlsx",),
    "csv": (".csv", ".txt"),
    "portatour": (".csv", ".xlsx"),
    "toursolver": (".csv", ".xlsx"),
    "ics": (".ics",),
}
"""Files of a tour plan for other programs, and how the name of a file of each kind ends."""

_TOUR: Final = Table(
    "Tour",
    "tour",
    Role.LIST,
    (
        Column("rep", Holds.TEXT, 15, _REFRESH, marks=True),
        Column("order", Holds.COUNT, 7, _REFRESH, marks=True, centred=True),
        Column("account", Holds.CODE, 13, _REFRESH, marks=True),
        Column("name", Holds.TEXT, 26, _REFRESH),
        Column("class", Holds.CLASS, 8, _REFRESH, centred=True),
        Column("target", Holds.WORD, 8, _REFRESH, words="yes_no", centred=True),
        Column("due_status", Holds.WORD, 21, _REFRESH, words="due_status", marks=True),
        Column("share", Holds.SHARE, 9, _REFRESH),
        Column("last_visit", Holds.DATE, 12, _REFRESH),
        Column("due_date", Holds.DATE, 12, _REFRESH, marks=True),
        Column("cycle", Holds.DECIMAL, 9, _REFRESH, marks=True),
        Column("minutes", Holds.COUNT, 9, _REFRESH),
        Column("sector", Holds.TEXT, 13, _REFRESH),
        Column("postcode", Holds.CODE, 10, _REFRESH),
        Column("town", Holds.TEXT, 16, _REFRESH),
        Column("phone", Holds.CODE, 17, _REFRESH),
        Column("score", Holds.SCORE, 8, _REFRESH),
        Column("reasons", Holds.TEXT, 42, _REFRESH, wrapped=True),
        Column("planned", Holds.DATE, 13, marks=True),
        Column("note", Holds.TEXT, 26, wrapped=True),
    ),
    keyed_by=("account",),
    optional=True,
)
_CAPACITY: Final = Table(
    "Capacity",
    "capacity",
    Role.LIST,
    (
        Column("rep", Holds.TEXT, 22, _REFRESH, marks=True),
        Column("accounts", Holds.COUNT, 11, _REFRESH),
        Column("needed", Holds.DECIMAL, 13, _REFRESH, marks=True),
        Column("possible", Holds.COUNT, 13, _REFRESH, marks=True),
        Column("load", Holds.SHARE, 11, _REFRESH, marks=True),
        Column("choice", Holds.WORD, 22, words="capacity_choice", marks=True),
        Column("stretch", Holds.FACTOR, 15, _REFRESH, marks=True),
        Column("protect", Holds.FACTOR, 19, _REFRESH, marks=True),
        Column("cycles", Holds.TEXT, 40, _REFRESH),
    ),
    keyed_by=("rep",),
    optional=True,
)
_DAYS: Final = Table(
    "Days",
    "tour_days",
    Role.LIST,
    (
        Column("rep", Holds.TEXT, 16, _REFRESH, marks=True),
        Column("date", Holds.WEEKDAY, 17, _REFRESH, marks=True),
        Column("slot", Holds.COUNT, 7, _REFRESH, marks=True, centred=True),
        Column("account", Holds.CODE, 12, _REFRESH, marks=True),
        Column("name", Holds.TEXT, 28, _REFRESH),
        Column("class", Holds.CLASS, 8, _REFRESH, centred=True),
        Column("town", Holds.TEXT, 19, _REFRESH),
        Column("postcode", Holds.CODE, 10, _REFRESH),
        Column("minutes", Holds.COUNT, 9, _REFRESH, marks=True),
        Column("reasons", Holds.TEXT, 60, _REFRESH, wrapped=True),
    ),
    optional=True,
)

TOUR: Final = Use(
    "tour",
    "SortDescendingExcel",
    (_TOUR, _CAPACITY, _DAYS),
    needs=(
        *("name", "rep", "sector", "postcode", "target", "last_visit"),
        *("address", "town", "phone", "email"),
    ),
    handler="addin.uses.tour:tour",
    noted=("capacity", "days"),
    own_command=True,
)
