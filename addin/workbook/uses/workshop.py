"""Weights workshop: who takes part, the sheet that each fills in, and what all of them say."""

from __future__ import annotations

from typing import Final

from addin.workbook.definitions import Column, FilledBy, Holds, Role, Table
from addin.workbook.uses.use import Use
from scoring.terms import STATUSES

__all__ = ["BALLOTS", "SEATS", "WORKSHOP"]

_REFRESH: Final = FilledBy.REFRESH

SEATS: Final = 10
"""Participants whose points are shown live, side by side."""


def _head(name: str, sheet: str) -> Table:
    """Return the table of one row that says whose sheet it is."""
    columns = (Column("participant", Holds.TEXT, marks=True), Column("role", Holds.TEXT, marks=True))
    return Table(name, sheet, Role.PERSON, columns, optional=True)


BALLOTS: Final = (
    _head("PointsHead", "ballot_points"),
    Table(
        "Points",
        "ballot_points",
        Role.PERSON,
        (
            Column("criterion", Holds.TEXT, 30, marks=True),
            Column("comment", Holds.TEXT, 58, marks=True, wrapped=True),
            *(Column(status, Holds.NOTE, 14, least=0, most=100, marks=True) for status in STATUSES),
        ),
        optional=True,
    ),
    _head("PairsHead", "ballot_pairs"),
    Table(
        "Pairs",
        "ballot_pairs",
        Role.PERSON,
        (
            Column("first", Holds.TEXT, 34, marks=True),
            Column("judgement", Holds.CODE, 16, marks=True, centred=True),
            Column("second", Holds.TEXT, 34, marks=True),
        ),
        optional=True,
    ),
)
"""The sheets of the participants as they ship, empty: each participant gets a copy of one."""

WORKSHOP: Final = Use(
    "workshop",
    "Lock",
    (
        Table(
            "Participants",
            "workshop",
            Role.PERSON,
            (
                Column("participant", Holds.TEXT, 24, marks=True),
                Column("role", Holds.TEXT, 24, marks=True),
                Column("method", Holds.WORD, 13, words="workshop_method", marks=True),
                Column("voice", Holds.NOTE, 10, least=0, most=100, marks=True),
                Column("sheet", Holds.TEXT, 24, _REFRESH, marks=True),
                Column("consistency", Holds.FACTOR, 13, _REFRESH, marks=True),
                Column("counted", Holds.TEXT, 58, _REFRESH, marks=True, wrapped=True),
            ),
            optional=True,
        ),
        Table(
            "WorkshopChoice",
            "workshop",
            Role.PERSON,
            (
                Column("weighing", Holds.WORD, 15, words="workshop_weighing", marks=True),
                Column("approved_by", Holds.TEXT, 24, marks=True),
            ),
            optional=True,
        ),
        Table(
            "WorkshopWeights",
            "workshop_weights",
            Role.LIST,
            (
                Column("criterion", Holds.TEXT, 30, _REFRESH, marks=True),
                Column("current", Holds.DECIMAL, 15, _REFRESH, marks=True),
                Column("mean", Holds.DECIMAL, 11, _REFRESH, marks=True),
                Column("median", Holds.DECIMAL, 11, _REFRESH, marks=True),
                Column("pairs", Holds.DECIMAL, 11, _REFRESH, marks=True),
                Column("lowest", Holds.DECIMAL, 11, _REFRESH, marks=True),
                Column("lowest_by", Holds.TEXT, 20, _REFRESH),
                Column("highest", Holds.DECIMAL, 11, _REFRESH, marks=True),
                Column("highest_by", Holds.TEXT, 20, _REFRESH),
                Column("disputed", Holds.COUNT, 11, _REFRESH, marks=True, centred=True),
            ),
            optional=True,
        ),
        Table(
            "WorkshopAgreement",
            "workshop_weights",
            Role.LIST,
            (
                Column("status", Holds.WORD, 12, _REFRESH, words="applies_to", marks=True),
                Column("participants", Holds.COUNT, 12, _REFRESH, marks=True),
                Column("w", Holds.FACTOR, 12, _REFRESH, marks=True),
                Column("agreement", Holds.WORD, 14, _REFRESH, words="workshop_agreement", marks=True),
            ),
            optional=True,
        ),
        Table(
            "WorkshopVotes",
            "workshop_votes",
            Role.LIST,
            (
                Column("status", Holds.WORD, 12, _REFRESH, words="status", marks=True),
                Column("criterion", Holds.TEXT, 30, _REFRESH, marks=True),
                Column("place", Holds.TEXT, 9, _REFRESH, marks=True, centred=True),
            ),
            optional=True,
        ),
        Table(
            "WorkshopSeats",
            "workshop_votes",
            Role.LIST,
            tuple(
                Column(f"{key}_{seat}", holds, filled_by=_REFRESH, marks=True)
                for key, holds in (("seat", Holds.TEXT), ("sheet", Holds.TEXT), ("voice", Holds.NUMBER))
                for seat in range(1, SEATS + 1)
            ),
            optional=True,
        ),
        Table(
            "WorkshopAccounts",
            "workshop_accounts",
            Role.LIST,
            (
                Column("account", Holds.CODE, 13, _REFRESH, marks=True),
                Column("name", Holds.TEXT, 30, _REFRESH),
                Column("rep", Holds.TEXT, 16, _REFRESH),
                Column("turnover", Holds.MONEY, 14, _REFRESH),
                Column("class", Holds.CLASS, 9, _REFRESH, centred=True),
                Column("proposed", Holds.CLASS, 12, _REFRESH, marks=True, centred=True),
                Column("votes", Holds.TEXT, 80, _REFRESH, marks=True, wrapped=True),
            ),
            optional=True,
        ),
    ),
    needs=("name", "rep", "turnover"),
    handler="addin.trust.workshop:workshop",
    behind=("workshopseats",),
    unseen=BALLOTS,
    noted=("workshopweights", "workshopaccounts"),
    own_command=True,
    menu="trust",
)
