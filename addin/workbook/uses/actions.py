"""Commercial actions: what to offer whom, and what came of it."""

from __future__ import annotations

from typing import Final

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.uses.use import Use

__all__ = ["ACTIONS"]

_REFRESH: Final = FilledBy.REFRESH

ACTIONS: Final = Use(
    "actions",
    "ReviewNewComment",
    (
        Table(
            "Actions",
            "actions",
            Role.LIST,
            (
                Column("account", Holds.CODE, 13, _REFRESH, marks=True),
                Column("name", Holds.TEXT, 25, _REFRESH),
                Column("rep", Holds.TEXT, 12, _REFRESH),
                Column("class", Holds.CLASS, 8, _REFRESH, centred=True),
                Column("action", Holds.TEXT, 24, _REFRESH, marks=True, wrapped=True),
                Column("product", Holds.TEXT, 19, _REFRESH, wrapped=True),
                Column("packaging", Holds.TEXT, 18, _REFRESH, wrapped=True),
                Column("channel", Holds.TEXT, 12, _REFRESH, wrapped=True),
                Column("terms", Holds.TEXT, 36, _REFRESH, wrapped=True),
                Column("because", Holds.TEXT, 38, _REFRESH, wrapped=True),
                Column("done", Holds.DATE, 13, marks=True),
                Column("result", Holds.TEXT, 24, marks=True, wrapped=True),
            ),
            keyed_by=("account", "action"),
            optional=True,
        ),
        Table(
            "ActionCatalogue",
            "action_catalogue",
            Role.PERSON,
            (
                Column("action", Holds.TEXT, 26, marks=True, wrapped=True),
                Column("classes", Holds.TEXT, 9),
                Column("statuses", Holds.TEXT, 15),
                Column("states", Holds.TEXT, 15),
                Column("condition", Holds.CODE, 40, marks=True, wrapped=True),
                Column("product", Holds.TEXT, 24, wrapped=True),
                Column("packaging", Holds.TEXT, 18, wrapped=True),
                Column("channel", Holds.TEXT, 14, wrapped=True),
                Column("terms", Holds.TEXT, 30, marks=True, wrapped=True),
                Column("from", Holds.DATE, 12),
                Column("until", Holds.DATE, 12),
                Column("priority", Holds.NUMBER, 9, marks=True, centred=True),
                Column("owner", Holds.TEXT, 25),
            ),
            optional=True,
        ),
    ),
    needs=("name", "rep", "address", "postcode", "town", "phone", "email"),
    handler="addin.uses.actions:actions",
    noted=("actioncatalogue",),
    own_command=True,
)
