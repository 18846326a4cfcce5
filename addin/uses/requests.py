"""The log of requests and the kinds of requests, as people type them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from addin.catalogue import Phrase
from addin.workbook.located_tables import Layout, Located
from addin.workbook.moments import read_moment
from addin.workbook.port import Cell
from addin.workbook.typed_cells import Unreadable, is_blank, read_number, read_text
from scoring import Fault
from scoring.text import fold
from scoring.uses.priority import URGENCIES

__all__ = ["Kind", "Kinds", "Log", "read_kinds", "read_log"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request: what it is called, how urgent it is (1 to 3), and whom to tell."""

    request: str
    urgency: int
    escalate_to: str


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of requests of a company.

    Attributes
    ----------
    by_name
        By their folded names; of a name that stands twice the first.
    notes
        What is wrong with them, for the card.
    faults
        The same cell by cell, for the sheet Checks.
    """

    by_name: Mapping[str, Kind] = field(default_factory=dict)
    notes: Sequence[Phrase] = ()
    faults: Sequence[Fault] = ()

    def of(self, text: str | None) -> Kind | None:
        """Return the kind that a text names, None for none."""
        return self.by_name.get(fold(text)) if text else None


def read_kinds(layout: Layout) -> Kinds:
    """Read the table RequestTypes."""
    located = layout.named.get("requesttypes")
    if located is None:
        return Kinds()
    found: dict[str, Kind] = {}
    wrong: list[str] = []
    faults: list[Fault] = []
    for row, cells in enumerate(located.rows()):
        name = _text(cells.get("request"))
        if not name:
            continue
        urgency = read_number(cells.get("urgency"), layout.language)
        if not isinstance(urgency, float) or urgency not in URGENCIES:
            wrong.append(located.address(row, "urgency"))
            faults.append(_of_urgency(located, row, name, cells.get("urgency")))
            continue
        if fold(name) in found:
            faults.append(Fault(located.kind, row, "request", "request_twice", "rename_one", {"value": name}))
        found.setdefault(fold(name), Kind(name, int(urgency), _text(cells.get("escalate_to"))))
    notes = [Phrase("views", ("call", "urgency_unread"), {"count": len(wrong), "cells": wrong})]
    return Kinds(found, notes if wrong else (), faults)


def _of_urgency(located: Located, row: int, name: str, cell: Cell) -> Fault:
    what = "urgency_empty" if is_blank(cell) else "urgency_unknown"
    return Fault(located.kind, row, "urgency", what, "urgency_1_to_3", {"request": name, "value": cell})


@dataclass(frozen=True, slots=True)
class Log:
    """The table Requests.

    Attributes
    ----------
    rows
        One row a row of the table: ``received``, ``answered``, ``code`` (folded), ``urgency``, missing where
        nothing or nothing readable stands.
    notes
        What cannot be read, for the card.
    faults
        The same cell by cell, for the sheet Checks.
    """

    rows: pd.DataFrame
    notes: Sequence[Phrase]
    faults: Sequence[Fault] = ()


def read_log(located: Located, kinds: Kinds, language: str) -> Log:
    """Read the log; its rows keep their places."""
    rows: list[dict[str, object]] = []
    unread: list[str] = []
    unknown: list[str] = []
    faults: list[Fault] = []
    for row, cells in enumerate(located.rows()):
        moments = {key: read_moment(cells.get(key), language) for key in ("received", "answered")}
        for key, one in moments.items():
            if isinstance(one, Unreadable):
                unread.append(located.address(row, key))
                faults.append(Fault(located.kind, row, key, one.what, one.remedy, {"value": one.value}))
        asked = cells.get("request")
        kind = kinds.of(_text(asked))
        if kind is None and not is_blank(asked):
            unknown.append(located.address(row, "request"))
            faults.append(
                Fault(located.kind, row, "request", "request_unknown", "pick_request", {"value": asked})
            )
        rows.append(
            {key: None if isinstance(one, Unreadable) else one for key, one in moments.items()}
            | {"code": fold(_text(cells.get("account"))), "urgency": kind.urgency if kind else None}
        )
    frame = pd.DataFrame(rows, columns=["received", "answered", "code", "urgency"])
    frame = frame.astype({"received": "datetime64[s]", "answered": "datetime64[s]", "urgency": "Int64"})
    notes = [
        Phrase("views", ("call", key), {"count": len(cells), "cells": cells[:5]})
        for key, cells in (("moments_unread", unread), ("requests_unknown", unknown))
        if cells
    ]
    return Log(frame, notes, faults)


def _text(cell: Cell) -> str:
    text = read_text(cell)
    return text if isinstance(text, str) else ""
