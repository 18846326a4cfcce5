"""Call desk: the index behind the card, and the log of requests with its priorities; or the card alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from addin.catalogue import Phrase
from addin.refusals import Refusal
from addin.uses.call_card import Card, card_of
from addin.uses.call_desk import Desk, clock, desk_of, moment, priority_text
from addin.uses.call_index import KEYS, SERVICE, SHOWN, hours_rows, shown
from addin.uses.records import records_of
from addin.uses.requests import Log
from addin.uses.result import Record, Result
from addin.views.scored import Scored
from addin.workbook.located_tables import Located
from addin.workbook.moments import read_moment
from scoring import Fault
from scoring.text import fold

__all__ = ["CardResult", "call"]


@dataclass(frozen=True, slots=True)
class CardResult(Result):
    """The card of who calls; no table is filled.

    Attributes
    ----------
    card
        The card.
    """

    card: Card | None = None


def call(
    scored: Scored,
    *,
    text: str = "",
    request: str | None = None,
    received: str | None = None,
    now: dt.datetime | None = None,
) -> Result:
    """Fill the index behind the card, and give each request its priority; or give the card of who calls.

    Parameters
    ----------
    scored
        The scored workbook.
    text, request, received
        Who calls, what is asked, and when it came, as typed; without a text the tables are filled.
    now
        The clock; None for that at the keyboard.

    Raises
    ------
    Refusal
        If there is no such kind of request, or the moment is none.
    """
    now = now or clock()
    if text:
        came = read_moment(received, scored.words.language)
        if not (came is None or isinstance(came, dt.datetime)):
            raise Refusal("received_unread", text=received)
        return CardResult({}, card=card_of(scored, text, request, came, now))
    desk = desk_of(scored, now)
    tables: dict[str, Sequence[Record]] = {
        "callcard": [{"as_of": scored.day, "accounts": len(desk.index)}],
        "callindex": _index_rows(desk.index),
        "callhours": hours_rows(desk.working.time, desk.now),
    }
    notes = [*desk.working.notes, *desk.kinds.notes]
    if desk.index.empty:
        notes.append(Phrase("views", ("call", "empty")))
    shown_rows: dict[str, Sequence[Record]] = {}
    faults = [*desk.working.faults, *desk.kinds.faults]
    located = scored.intake.layout.named.get("requests")
    if located is not None and desk.log is not None:
        beside, unknown = _beside(scored, desk, desk.log, located)
        shown_rows["requests"] = beside
        tables["requests"] = [row for row in _whole(located, desk.log, beside) if any(row.values())]
        notes += [*desk.log.notes, *(_said_above(located, unknown) if unknown else ())]
        faults += [*desk.log.faults, *unknown]
    return Result(tables, notes, shown_rows, faults=faults)


def _index_rows(index: pd.DataFrame) -> Sequence[Record]:
    fields = [*KEYS, *SHOWN, *SERVICE]
    worded = index[fields].assign(holds=index["holds"].map("; ".join), risk=index["risk_shown"])
    return records_of(worded, fields)


def _beside(scored: Scored, desk: Desk, log: Log, located: Located) -> tuple[list[Record], list[Fault]]:
    """Return what a refresh writes beside each request, and which accounts are not known."""
    accounts = desk.index.assign(code=desk.index["account"].map(fold)).drop_duplicates("code")
    accounts = accounts.set_index("code")
    of_rows = accounts[["name", "class"]].reindex(log.rows["code"]).reset_index(drop=True)
    found = desk.priorities(scored, log.rows.assign(**{"class": of_rows["class"]}))
    typed = log.rows["code"].ne("").to_numpy()
    known = log.rows["code"].isin(accounts.index).to_numpy()
    unknown = _unknown_accounts(scored, located, np.flatnonzero(typed & ~known).tolist())
    rows = pd.concat([of_rows, found], axis=1).astype(object)
    records: list[Record] = [
        {
            "name": shown(row["name"]),
            "class": shown(row["class"]),
            "priority": priority_text(row["priority"]),
            "answer_by": moment(row["answer_by"]),
            "late": None if pd.isna(row["late"]) else bool(row["late"]),
        }
        for row in rows.to_dict("records")
    ]
    return records, unknown


def _unknown_accounts(scored: Scored, located: Located, rows: Sequence[int]) -> list[Fault]:
    """Return a fault for each request of an account that is not there, or of a code that stands twice."""
    codes = located.cells("account")
    anywhere = set(scored.intake.portfolio.accounts["account"].map(fold)) if rows else set()
    faults = []
    for row in rows:
        value = str(codes[row]).strip()
        what, remedy = "request_account_unknown", "type_known_code"
        if fold(value) in anywhere:
            what, remedy = "request_account_twice", "rename_account"
        faults.append(Fault(located.kind, row, "account", what, remedy, {"value": value}))
    return faults


def _said_above(located: Located, unknown: Sequence[Fault]) -> list[Phrase]:
    cells = [located.address(fault.row, fault.field) for fault in unknown]
    return [Phrase("views", ("call", "accounts_unknown"), {"count": len(cells), "cells": cells[:5]})]


def _whole(located: Located, log: Log, beside: Sequence[Record]) -> list[Record]:
    """Return the rows of the log as a program is told of them."""
    moments = log.rows[["received", "answered"]].to_dict("records")
    texts = ("account", "request", "subject", "by")
    return [
        {key: moment(times[key]) for key in ("received", "answered")}
        | {key: None if cells.get(key) is None else str(cells[key]).strip() for key in texts}
        | dict(row)
        for cells, times, row in zip(located.rows(), moments, beside, strict=True)
    ]
