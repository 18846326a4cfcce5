"""The one definition of every table of the workbook.

The template, the readers and writers, the macros, the checks as a person types
and the tests read it. The headers, notes and words of a table stand in the
catalogues under its key.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from addin.workbook.account_columns import ACCOUNT_COLUMNS
from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.steering_tables import STEERING
from addin.workbook.uses import USES
from scoring.terms import LARGEST_WEIGHT, MAX_POINTS

__all__ = ["ACCOUNTS", "BY_KEY", "TABLES", "by_role"]

CODE, TEXT, WORD, CLASS = Holds.CODE, Holds.TEXT, Holds.WORD, Holds.CLASS
NUMBER, NOTE, SHARE, COUNT, DATE = Holds.NUMBER, Holds.NOTE, Holds.SHARE, Holds.COUNT, Holds.DATE
REFRESH, IMPORT, IMPORT_ALONE = FilledBy.REFRESH, FilledBy.IMPORT, FilledBy.IMPORT_ALONE

ACCOUNTS: Final = Table("Accounts", "clients", Role.ACCOUNTS, ACCOUNT_COLUMNS)
"""Any number of tables, known by their marks alone."""

_MODEL: Final = (
    Table(
        "Criteria",
        "criteria",
        Role.MODEL,
        (
            Column("criterion", TEXT, 28, required=True, marks=True),
            Column(
                "column",
                Holds.COLUMN,
                27,
                source="AccountColumns",
                strict=False,
                message="column",
                required=True,
                marks=True,
            ),
            Column("applies_to", Holds.STATUSES, 18, words="applies_to", required=True),
            Column("weight", NOTE, 11, least=0, most=LARGEST_WEIGHT, required=True, marks=True),
            Column("scale", WORD, 11, words="scale", required=True, marks=True),
            Column("better", WORD, 10, words="better"),
            Column("missing", WORD, 11, words="missing"),
            Column("nature", WORD, 13, words="nature"),
            Column("axis", WORD, 12, words="axis"),
            Column("comment", TEXT, 62),
        ),
    ),
    Table(
        "Scales",
        "scales",
        Role.MODEL,
        (
            Column(
                "criterion",
                TEXT,
                34,
                source="CriteriaNames",
                strict=False,
                message="criterion",
                required=True,
                marks=True,
            ),
            Column("value", Holds.ANYTHING, 20, required=True, marks=True),
            Column(
                "points", NUMBER, 22, least=0, most=MAX_POINTS, message="points", required=True, marks=True
            ),
        ),
    ),
    Table(
        "Classes",
        "classes",
        Role.MODEL,
        (
            Column("class", TEXT, 9, required=True, marks=True, centred=True),
            Column("label", TEXT, 15),
            Column("min_score", NOTE, 10, least=0, most=100, message="score", required=True, marks=True),
            Column("share", SHARE, 12, least=0, most=1, centred=True),
            Column("visits", NOTE, 24, least=0),
            Column("minutes", NOTE, 12, least=0),
            Column("call_priority", TEXT, 24),
            Column("answer_hours", NOTE, 12, least=0),
            Column("shipping", TEXT, 36, wrapped=True),
            Column("instructions", TEXT, 58, wrapped=True),
        ),
    ),
    Table(
        "Gates",
        "classes",
        Role.MODEL,
        (
            Column(
                "column",
                Holds.COLUMN,
                source="AccountColumns",
                strict=False,
                message="column",
                required=True,
                marks=True,
            ),
            Column("condition", Holds.CONDITION, words="condition", required=True, marks=True, centred=True),
            Column("value", Holds.ANYTHING, required=True),
            Column("best_class", CLASS, source="ClassLetters", required=True, marks=True, centred=True),
            Column("reason", TEXT),
        ),
        optional=True,
    ),
    Table(
        "Settings",
        "settings",
        Role.MODEL,
        (
            Column("setting", TEXT, 36, required=True, marks=True),
            Column("value", Holds.ANYTHING, 26, required=True, marks=True),
            Column("help", TEXT, 120),
        ),
    ),
)

_KEPT: Final = (
    Table(
        "Imports",
        "imports",
        Role.KEPT,
        (
            Column("date", DATE, 13, IMPORT_ALONE),
            Column("file", TEXT, 35, IMPORT_ALONE, marks=True),
            Column("line", NUMBER, 9, IMPORT_ALONE, marks=True),
            Column("account", CODE, 14, IMPORT_ALONE),
            Column("item", TEXT, 31, IMPORT_ALONE, marks=True),
            Column("rows", COUNT, 11, IMPORT_ALONE),
            Column("amount", Holds.AMOUNT, 17, IMPORT_ALONE),
            Column("note", TEXT, 130, IMPORT_ALONE, marks=True),
        ),
        optional=True,
    ),
    Table(
        "ImportColumns",
        "import_columns",
        Role.KEPT,
        (
            Column("kind", WORD, 18, IMPORT, words="file_kind"),
            Column("source", TEXT, 36, IMPORT, marks=True),
            Column("target", TEXT, 30, IMPORT, marks=True),
            Column("known", WORD, 22, IMPORT, words="known", marks=True),
            Column("until", DATE, 14, IMPORT),
        ),
        optional=True,
    ),
    Table(
        "Checks",
        "checks",
        Role.KEPT,
        (
            Column("date", DATE, 13, REFRESH),
            Column("sheet", TEXT, 18, REFRESH),
            Column("cell", TEXT, 10, REFRESH, marks=True, centred=True),
            Column("account", CODE, 13, REFRESH),
            Column("finding", TEXT, 78, REFRESH, marks=True, wrapped=True),
            Column("remedy", TEXT, 58, REFRESH, marks=True, wrapped=True),
        ),
    ),
    Table(
        "History",
        "history",
        Role.KEPT,
        (
            Column("date", DATE, 13, REFRESH, marks=True),
            Column("account", CODE, 16, REFRESH, marks=True),
            Column("score", Holds.SCORE, 11, REFRESH, marks=True),
            Column("class", CLASS, 11, REFRESH, marks=True, centred=True),
            Column("completeness", SHARE, 15, REFRESH),
            Column("model", TEXT, 22, REFRESH, marks=True),
            Column("name", TEXT, 30, REFRESH),
            Column("before", CLASS, 13, REFRESH, centred=True),
        ),
    ),
)

_BOARD: Final = (
    Table(
        "Totals",
        "dashboard",
        Role.KEPT,
        (
            Column("class", TEXT, filled_by=REFRESH, marks=True, centred=True),
            Column("label", TEXT, filled_by=REFRESH),
            Column("accounts", COUNT, filled_by=REFRESH, marks=True),
            Column("share_accounts", SHARE, filled_by=REFRESH, marks=True),
            Column("turnover", Holds.MONEY, filled_by=REFRESH, marks=True),
            Column("share_turnover", SHARE, filled_by=REFRESH, marks=True),
        ),
        optional=True,
    ),
    Table(
        "Figures",
        "dashboard",
        Role.KEPT,
        (
            Column("figure", TEXT, filled_by=REFRESH, marks=True),
            Column("value", Holds.ANYTHING, filled_by=REFRESH, marks=True),
            Column("note", TEXT, filled_by=REFRESH, marks=True),
        ),
        optional=True,
    ),
    Table(
        "Curve",
        "dashboard",
        Role.KEPT,
        (
            Column("share_accounts", SHARE, filled_by=REFRESH, marks=True),
            Column("share_turnover", SHARE, filled_by=REFRESH, marks=True),
            Column("core", SHARE, filled_by=REFRESH, marks=True),
        ),
        optional=True,
    ),
    Table(
        "Bands",
        "dashboard",
        Role.KEPT,
        (
            Column("band", TEXT, filled_by=REFRESH, marks=True),
            Column("accounts", COUNT, filled_by=REFRESH, marks=True),
        ),
        optional=True,
    ),
    *STEERING,
)

_USES: Final = tuple(table for use in USES for table in use.all_tables)

TABLES: Final = (*_MODEL, *_BOARD, *_KEPT, *_USES)
"""Every table that has a name of its own, in the order of the sheets."""

BY_KEY: Final[Mapping[str, Table]] = MappingProxyType({table.key: table for table in (ACCOUNTS, *TABLES)})


def by_role(role: Role) -> tuple[Table, ...]:
    """Return the tables of a role."""
    return tuple(table for table in TABLES if table.role is role)
