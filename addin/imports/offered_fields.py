"""What files say, field by field: of each account a field comes from one kind of file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from addin.imports.facts import TURNOVERS, Facts
from addin.imports.sources import FRESH, PRECEDENCE, givers
from addin.workbook.port import Cell
from scoring.terms import FIELDS

__all__ = ["DESCRIBING", "Given", "Offered", "offered_fields"]

DESCRIBING: Final = ("name", "postcode", "rep", "sector", "company_no")
"""Fields in which what stands in the workbook is better than what entries and invoices say."""
_EARLIEST: Final = ("first_purchase",)
_LATEST: Final = ("last_purchase", "last_visit")


@dataclass(frozen=True, slots=True)
class Given:
    """Values of a field, by key of the account, from one kind of file.

    Attributes
    ----------
    kind
        The kind of file.
    until
        The day up to which they go, None where they have none.
    values
        The values.
    """

    kind: str
    until: dt.date | None
    values: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Offered:
    """What all files of an import say.

    Attributes
    ----------
    fields
        By field, from each kind of file that gives it; no account is in two.
    until
        By kind of file, the day up to which the figures of a field go.
    givers
        Kind of file that gives the turnover of each account, by key.
    outdone
        Keys of accounts of which a kind of file gives turnover that is not used, since another one does.
    """

    fields: Mapping[str, Sequence[Given]]
    until: Mapping[str, Mapping[str, dt.date]]
    givers: Mapping[str, str]
    outdone: frozenset[str]


def offered_fields(facts: Mapping[str, Facts]) -> Offered:
    """Choose for each account and field the kind of file from which it comes.

    Notes
    -----
    In general the first of :data:`addin.imports.sources.PRECEDENCE`; for what describes a company the last
    of them, since a CRM knows better what it is called and where it is than its accounts do. All periods of
    turnover are of one kind. Of what is owed the latest day counts, of first purchases the earliest, of last
    ones and of visits the latest.
    """
    by_kind = givers(facts)
    names = {name for one in facts.values() for name in one.values}
    found: dict[str, list[Given]] = {}
    outdone: set[str] = set()
    for name in [*(name for name in FIELDS if name in names), *sorted(names - FIELDS.keys())]:
        seen: set[str] = set()
        for kind in _order(name, facts):
            values = facts[kind].values.get(name, {})
            if name in TURNOVERS:
                own = {key: value for key, value in values.items() if by_kind[key] == kind}
                outdone |= values.keys() - own.keys()
            else:
                own = {key: value for key, value in values.items() if key not in seen}
                if len(facts) > 1 and name in (*_EARLIEST, *_LATEST):
                    own = {key: value for key, value in own.items() if _is_best(name, key, kind, facts)}
            if own:
                found.setdefault(name, []).append(Given(kind, facts[kind].until.get(name), own))
                seen |= own.keys()
    until = {kind: one.until for kind, one in facts.items()}
    return Offered(found, until, by_kind, frozenset(outdone))


def _order(name: str, facts: Mapping[str, Facts]) -> list[str]:
    """Return the kinds of file in the order in which they give a field."""
    order = [kind for kind in (PRECEDENCE[::-1] if name in DESCRIBING else PRECEDENCE) if kind in facts]
    if name in FRESH:  # the sort is stable: of one day the usual order holds
        order.sort(key=lambda kind: facts[kind].until.get(name, dt.date.min), reverse=True)
    return order


def _is_best(name: str, key: str, kind: str, facts: Mapping[str, Facts]) -> bool:
    """Whether the day that a kind of file says of an account is the earliest, or the latest, of all."""
    days = [
        (value, other)
        for other in PRECEDENCE
        if other in facts and isinstance(value := facts[other].values.get(name, {}).get(key), dt.datetime)
    ]
    if not days:
        return True
    best = (min if name in _EARLIEST else max)(days, key=lambda day: day[0])
    return best[1] == kind
