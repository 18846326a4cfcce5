"""Allocation: who gets scarce stock, and how it is shipped."""

from __future__ import annotations

from typing import Final

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.uses.use import Use

__all__ = ["ALLOCATE"]

_REFRESH: Final = FilledBy.REFRESH
_IMPORT: Final = FilledBy.IMPORT

ALLOCATE: Final = Use(
    "allocate",
    "Consolidate",
    (
        Table(
            "Orders",
            "orders",
            Role.PERSON,
            (
                Column("order", Holds.CODE, 13, _IMPORT, marks=True),
                Column("account", Holds.CODE, 13, _IMPORT, marks=True),
                Column("product", Holds.CODE, 18, _IMPORT, marks=True),
                Column("quantity", Holds.NUMBER, 10, _IMPORT, least=0, marks=True),
                Column("due", Holds.DATE, 13, _IMPORT),
                Column("class", Holds.CLASS, 8, _REFRESH, centred=True),
                Column("proposed", Holds.NUMBER, 12, _REFRESH, marks=True),
                Column("shipping", Holds.TEXT, 34, _REFRESH, wrapped=True),
                Column("reason", Holds.TEXT, 58, _REFRESH, wrapped=True),
            ),
            optional=True,
        ),
        Table(
            "Stock",
            "stock",
            Role.PERSON,
            (
                Column("product", Holds.CODE, 20, _IMPORT, marks=True),
                Column("available", Holds.NUMBER, 13, _IMPORT, marks=True),
            ),
            optional=True,
        ),
        Table(
            "Allocation",
            "stock",
            Role.LIST,
            (
                Column("product", Holds.CODE, 20, _REFRESH, marks=True),
                Column("asked", Holds.NUMBER, 13, _REFRESH, marks=True),
                Column("available", Holds.NUMBER, 13, _REFRESH, marks=True),
                Column("proposed", Holds.NUMBER, 13, _REFRESH, marks=True),
                Column("left", Holds.NUMBER, 13, _REFRESH, marks=True),
            ),
            optional=True,
        ),
    ),
    needs=("days_late",),
    handler="addin.uses.allocate:allocate",
    noted=("stock",),
)
