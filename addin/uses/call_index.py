"""The index of the call desk: what plain formulas cannot work out of an account, and the hours of work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from addin.uses.accounts import scored_accounts
from addin.uses.gate_reasons import gate_reasons
from addin.uses.result import Record, Value
from addin.views.scored import Scored
from scoring.portfolio import duplicates
from scoring.terms import UNKNOWN_CLASS
from scoring.uses.caller import card_keys
from scoring.uses.priority import importance
from scoring.uses.steering import share_of_wallet
from scoring.uses.working_time import WorkingTime

__all__ = ["KEYS", "SERVICE", "SHOWN", "call_index", "hours_rows", "listed_days", "shown"]

KEYS: Final = ("name_key", "code_key", "phone_keys", "company_keys")
SHOWN: Final = (
    *("account", "name", "class", "label", "score", "reasons", "holds", "overdue", "risk"),
    *("share_of_wallet", "rep", "town", "phone", "last_visit", "state", "shipping", "instructions"),
)
"""What a card shows of an account."""
SERVICE: Final = ("importance", "answer_hours")
"""What the priority of its requests goes by."""


def call_index(scored: Scored) -> pd.DataFrame:
    """Return an account a row, by name and code: its keys, what a card shows, and whose service counts.

    Returns
    -------
    The columns :data:`KEYS`, :data:`SHOWN` and :data:`SERVICE`: ``importance`` is 1 for the best class,
    ``answer_hours`` the time in which to answer, of ``?`` as of the class that it counts as. Neither
    shipping nor instructions are known of ``?``. A code that stands twice is not there.
    """
    accounts = scored_accounts(scored)
    letters = scored.model.letters()
    once = ~np.asarray(duplicates(scored.intake.portfolio.accounts["account"]))
    found = pd.DataFrame(index=accounts.index)
    for key in SHOWN:
        found[key] = accounts.get(key)
    found["risk_shown"] = scored.cells["risk"][once] if "risk" in scored.cells else found["risk"]
    found["label"] = scored.cells["label"][once]
    found["holds"] = pd.Series(
        [reasons for reasons, single in zip(gate_reasons(scored), once, strict=True) if single],
        index=found.index,
        dtype=object,
    )
    found["share_of_wallet"] = share_of_wallet(accounts)
    found["importance"] = importance(accounts["class"], letters)
    services = scored.intake.services
    places = found["importance"].to_numpy(dtype=np.float64, na_value=1.0).astype(int) - 1
    found["answer_hours"] = np.array([one.answer_hours for one in services], dtype=np.float64)[places]
    classed = accounts["class"].ne(UNKNOWN_CLASS).to_numpy(dtype=bool)
    for key in ("shipping", "instructions"):
        texts = np.array([getattr(one, key) for one in services], dtype=object)[places]
        found[key] = np.where(classed, texts, "")
    found = found.join(card_keys(accounts))
    order = found.sort_values(["name_key", "code_key"], kind="stable")
    return order.reset_index(drop=True)


def listed_days(now: dt.datetime) -> tuple[dt.date, dt.date]:
    """Return the days whose hours the formulas know: last year, this one and the next.

    >>> [str(day) for day in listed_days(dt.datetime(2026, 11, 29))]
    ['2025-01-01', '2027-12-31']
    """
    return dt.date(now.year - 1, 1, 1), dt.date(now.year + 1, 12, 31)


def hours_rows(working: WorkingTime | None, now: dt.datetime) -> Sequence[Record]:
    """Return a row a block of work: its beginning, its end, and the working minutes before it."""
    if working is None:
        return []
    start, end, before = working.blocks_of(*listed_days(now))
    return [
        {"start": one, "end": other, "before": minutes}
        for one, other, minutes in zip(
            start.astype(dt.datetime).tolist(), end.astype(dt.datetime).tolist(), before.tolist(), strict=True
        )
    ]


def shown(value: Any) -> Value:
    """Return a value of the index for a cell or a program: None for what is missing."""
    if isinstance(value, list):
        return value
    if isinstance(value, np.generic):
        return shown(value.item())
    found: Value = None if value is None or pd.isna(value) or value == "" else value
    return found
