"""Overrides: one list of the forced classes, those in force and those that are ignored, rep by rep."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from addin.catalogue import Phrase
from addin.uses.accounts import scored_accounts
from addin.uses.result import Record, Result
from addin.views.scored import Scored
from scoring.forced import forced_classes

__all__ = ["overrides"]

_IN_FORCE: Final = "in_force"
_STATES: Final = {
    "forced_lapsed": "lapsed",
    "forced_without_reason": "without_reason",
    "forced_without_end": "without_end",
    "forced_unknown": "unknown_class",
}
"""What is said of a forced class that is ignored, by what is wrong with it."""


def overrides(scored: Scored) -> Result:
    """List every forced class with its reason and its end, and count those in force for each rep."""
    accounts, letters = scored_accounts(scored), scored.model.letters()
    forced, faults = forced_classes(accounts, letters, scored.intake.reference_date)
    states = dict.fromkeys(np.flatnonzero(forced >= 0).tolist(), _IN_FORCE)
    states |= {int(fault.row): _STATES[fault.what] for fault in faults if fault.row is not None}
    rows = [_record(accounts, row, states[row]) for row in states]
    rows.sort(key=lambda one: (one["rep"] or "", one["state"] != _IN_FORCE, str(one["account"]).casefold()))
    rates = _rates(accounts, states, scored)
    return Result(
        {"overrides": rows, "overriderates": rates},
        notes=_notes(states, len(accounts)),
        shown={"overriderates": [*rates, *_total(rates, scored)]},
    )


def _record(accounts: pd.DataFrame, row: int, state: str) -> dict[str, Any]:
    def cell(column: str) -> Any:
        value: Any = accounts[column].iat[row] if column in accounts else None
        return None if value is None or pd.isna(value) else value

    until = cell("forced_until")
    return {
        "rep": cell("rep"),
        "account": cell("account"),
        "name": cell("name"),
        "computed": str(accounts["computed"].iat[row]),
        "forced": str(cell("forced")).strip(),
        "state": state,
        "until": until.date() if isinstance(until, dt.datetime) else None,
        "reason": cell("forced_reason"),
    }


def _rates(accounts: pd.DataFrame, states: dict[int, str], scored: Scored) -> list[Record]:
    """Return a row a rep: accounts, forced ones in force, and their share."""
    nobody = scored.words.text("views", "effort", "nobody")
    column = accounts["rep"] if "rep" in accounts else pd.Series([None] * len(accounts))
    reps = [one if isinstance(one, str) and one else nobody for one in column]
    counts = Counter(reps)
    forced = Counter(reps[row] for row, state in states.items() if state == _IN_FORCE)
    return [
        {"rep": rep, "accounts": count, "forced": forced[rep], "rate": forced[rep] / count}
        for rep, count in sorted(counts.items())
    ]


def _total(rates: Sequence[Record], scored: Scored) -> list[Record]:
    if not rates:
        return []
    accounts, forced = (sum(int(str(row[key])) for row in rates) for key in ("accounts", "forced"))
    label = scored.words.text("views", "effort", "all_reps")
    return [{"rep": label, "accounts": accounts, "forced": forced, "rate": forced / accounts}]


def _notes(states: dict[int, str], n_accounts: int) -> list[Phrase]:
    if not n_accounts:
        return [_note("empty")]
    if not states:
        return [_note("none")]
    in_force = sum(state == _IN_FORCE for state in states.values())
    notes = [_note("rate", count=in_force, accounts=n_accounts, share=round(in_force / n_accounts, 3))]
    ignored = len(states) - in_force
    return [*notes, _note("ignored", count=ignored)] if ignored else notes


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("overrides", key), details)
