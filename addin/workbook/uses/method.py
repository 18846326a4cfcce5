"""The method sheet: one page that says how the classes are made, for a works council or an auditor."""

from __future__ import annotations

from typing import Final

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.uses.use import Use

__all__ = ["METHOD"]

_REFRESH: Final = FilledBy.REFRESH

METHOD: Final = Use(
    "method",
    "FileProperties",
    (
        Table(
            "Method",
            "method",
            Role.LIST,
            (
                Column("topic", Holds.TEXT, 28, _REFRESH, marks=True, wrapped=True),
                Column("text", Holds.TEXT, 104, _REFRESH, marks=True, wrapped=True),
                Column("weight", Holds.SHARE, 16, _REFRESH, marks=True),
            ),
            optional=True,
        ),
        Table(
            "Approvals",
            "method",
            Role.PERSON,
            (
                Column("date", Holds.DATE, 13, marks=True),
                Column("approved_by", Holds.TEXT, 26, marks=True),
                Column("took_part", Holds.TEXT, 44, marks=True, wrapped=True),
                Column("note", Holds.TEXT, 40, wrapped=True),
            ),
            optional=True,
        ),
    ),
    needs=(),
    handler="addin.trust.method:method",
    menu="trust",
)
