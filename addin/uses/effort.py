"""Effort: hours spent with each class beside what each class brings, and who gets too little or too much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from addin.catalogue import Phrase
from addin.uses.accounts import scored_accounts
from addin.uses.result import Record, Result
from addin.views.scored import Scored
from scoring.terms import UNKNOWN_CLASS
from scoring.uses import effort as efforts
from scoring.uses.services import Service

__all__ = ["effort"]

CLASSES_SHOWN: Final = 7
"""Rows behind the chart: six classes and ``?``. Of more classes the last ones share a row."""
_MEASURES: Final = ("accounts", "recommended", "done", "hours_recommended", "hours_done")
_FIELDS: Final = ("rep", "class", *_MEASURES, "share_hours_done", "share_turnover")


def effort(scored: Scored) -> Result:
    """Work out the effort of each rep on each class, and the accounts where it does not fit."""
    accounts, services = scored_accounts(scored), scored.intake.services
    of_reps = efforts.effort(accounts, services)
    whole = efforts.effort_by_class(accounts, services)
    gaps, notes = _misallocated(accounts, services), _notes(accounts, services)
    return Result(
        {
            "effort": _records(of_reps),
            "effortbyclass": _of_classes(whole, services),
            "misallocated": gaps,
        },
        notes=notes,
        shown={"effort": _with_totals(of_reps, whole, scored)},
        noted={"misallocated": notes or ([] if gaps else [_note("none_misallocated")])},
    )


def _records(rows: pd.DataFrame) -> list[Record]:
    return [{str(key): value for key, value in row.items()} for row in rows[list(_FIELDS)].to_dict("records")]


def _with_totals(of_reps: pd.DataFrame, whole: pd.DataFrame, scored: Scored) -> list[Record]:
    """Return the rows of each rep with their sum, and below all of them that of all reps."""
    words = scored.words
    nobody, all_reps = (words.text("views", "effort", key) for key in ("nobody", "all_reps"))
    turnover = float(whole["turnover"].sum())
    hours = float(whole["hours_done"].sum())
    shown: list[Record] = []
    for rep, rows in of_reps.groupby("rep", sort=False):
        name = str(rep) or nobody
        shown += [{**record, "rep": name} for record in _records(rows)]
        shown.append(_total(words.text("views", "effort", "total", rep=name), rows, hours, turnover))
    if shown:
        shown.append(_total(all_reps, whole, hours, turnover))
    return shown


def _total(label: str, rows: pd.DataFrame, hours: float, turnover: float) -> Record:
    """Return the sum of some rows, its shares those of all reps together."""
    sums = rows[[*_MEASURES, "turnover"]].sum(min_count=1)
    return {
        "rep": label,
        **{key: float(sums[key]) for key in _MEASURES},
        "share_hours_done": sums["hours_done"] / hours if hours > 0 else None,
        "share_turnover": sums["turnover"] / turnover if turnover > 0 else None,
    }


def _of_classes(whole: pd.DataFrame, services: Sequence[Service]) -> list[Record]:
    """Return a row a class for the chart, ``?`` last, always as many."""
    found = {str(row["class"]): row for row in whole.to_dict("records")}
    letters = [*(one.letter for one in services), UNKNOWN_CLASS]
    groups = [[letter] for letter in letters]
    if len(groups) > CLASSES_SHOWN:
        first = CLASSES_SHOWN - 2
        groups = [*groups[:first], letters[first:-1], letters[-1:]]
    rows: list[Record] = [
        {
            "class": group[0] if len(group) == 1 else f"{group[0]} - {group[-1]}",
            **{
                key: _sum([float(found[letter][key]) for letter in group if letter in found])
                for key in ("share_hours_done", "share_turnover")
            },
        }
        for group in groups
    ]
    return rows


def _sum(numbers: Sequence[float]) -> float | None:
    known = [number for number in numbers if number == number]  # noqa: PLR0124 - NaN is unlike itself
    return sum(known) if known else None


def _misallocated(accounts: pd.DataFrame, services: Sequence[Service]) -> list[Record]:
    found = efforts.misallocated(accounts, services)
    for column in ("name", "rep"):
        found[column] = accounts[column].reindex(found.index) if column in accounts else None
    cells = [found[column].to_numpy(dtype=object) for column in found]
    keys = [str(column) for column in found]
    return [dict(zip(keys, row, strict=True)) for row in zip(*cells, strict=True)]


def _notes(accounts: pd.DataFrame, services: Sequence[Service]) -> list[Phrase]:
    if accounts.empty:
        return [_note("empty")]
    known = accounts["visits"].notna().sum() if "visits" in accounts else 0
    notes = []
    if not known:
        notes.append(_note("no_visits"))
    elif known < len(accounts):
        notes.append(_note("unknown_visits", count=int(len(accounts) - known)))
    without = [one.letter for one in services if one.visits > 0 and not one.minutes >= 0]
    if without:
        notes.append(_note("no_minutes", classes=without))
    if len(services) and not any(one.visits > 0 for one in services):
        notes.append(_note("nothing_recommended"))
    return notes


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("effort", key), details)
