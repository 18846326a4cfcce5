"""Commercial actions: what to do with each account, why, and target lists for a mailing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.catalogue import Phrase
from addin.refusals import Refusal
from addin.uses.action_catalogue import Done, Entry, read_catalogue, read_done
from addin.uses.conditions import AccountColumns
from addin.uses.exported import ExportedResult, plain_file, sheet_rows, with_contact
from addin.uses.result import Record
from addin.views.scored import Scored
from addin.workbook.port import Cell
from addin.workbook.tables import BY_KEY
from addin.workbook.typed_cells import read_date, read_number, read_text
from scoring import Fault
from scoring.forced import class_positions
from scoring.model import PRESENCE, Gate
from scoring.text import fold
from scoring.uses.actions import by_priority, choose, fitting

__all__ = ["KINDS", "Export", "actions"]

KINDS: Final = ("csv", "xlsx")
_CONTACT: Final = ("address", "postcode", "town", "phone", "email")
"""What a mailing needs beside the columns of the list."""


@dataclass(frozen=True, slots=True)
class Export:
    """A target list that is wanted.

    Attributes
    ----------
    kind
        One of :data:`KINDS`.
    action
        The action whose accounts it holds; None for all.
    """

    kind: str
    action: str | None = None


def actions(scored: Scored, *, export: Export | None = None) -> ExportedResult:
    """Choose the action of each account.

    Parameters
    ----------
    scored
        The scored workbook.
    export
        What file is wanted.

    Raises
    ------
    Refusal
        ``action_unknown`` where the catalogue has no such action.
    """
    layout = scored.intake.layout
    letters = [one.letter for one in scored.intake.services]
    entries, faults = read_catalogue(layout, letters)
    done = read_done(layout)
    columns = AccountColumns(scored)
    entries, wrong = _comparable(entries, columns)
    faults += wrong
    accounts = columns.table
    fits = np.array([fitting(columns, len(accounts), one.action) for one in entries], dtype=bool)
    fits = fits.reshape(len(entries), len(accounts)).T
    actions_of = [one.action for one in entries]
    chosen = choose(fits, actions_of, scored.intake.reference_date, _done(accounts, entries, done))
    records = _records(scored, columns, entries, chosen, done)
    exported = None
    if export is not None:
        wanted = _of_action(records, export.action, entries)
        rows = with_contact(
            sheet_rows(scored.words, BY_KEY["actions"], wanted), scored.words, wanted, _CONTACT
        )
        exported = plain_file(export.kind, [rows], scored.words.language)
    notes = _notes(accounts, entries, chosen, faults)
    keys = BY_KEY["actions"].keys
    listed: list[Record] = [{key: record[key] for key in keys} for record in records]
    return ExportedResult(
        {"actions": listed, "actioncatalogue": _catalogue(scored)},
        notes=[*done.wrong, *notes],
        noted={"actioncatalogue": [_note("misread", count=len(faults))] if faults else []},
        faults=faults,
        exported=exported,
    )


def _comparable(entries: Sequence[Entry], columns: AccountColumns) -> tuple[list[Entry], list[Fault]]:
    """Leave out actions that ask for more or less of a column of words."""
    kept: list[Entry] = []
    faults: list[Fault] = []
    for entry in entries:
        words = [
            (gate, word)
            for gate in entry.action.conditions
            if (word := columns.words_for_numbers(gate)) is not None
        ]
        if not words:
            kept.append(entry)
        for gate, word in words:
            details = {"value": gate.reason, "why": Phrase("faults", ("said", "holds_words"), {"word": word})}
            place = ("actioncatalogue", entry.row, "condition")
            faults.append(Fault(*place, "action_condition", "condition_form", details))
    return kept, faults


def _done(accounts: pd.DataFrame, entries: Sequence[Entry], done: Done) -> npt.NDArray[np.bool_]:
    """Which actions are done of which accounts."""
    found = np.zeros((len(accounts), len(entries)), dtype=bool)
    if not done.days:
        return found
    rows = {fold(code): row for row, code in enumerate(accounts["account"])}
    for at, entry in enumerate(entries):
        name = fold(entry.action.name)
        for (code, action), day in done.days.items():
            if action == name and code in rows:
                found[rows[code], at] |= entry.action.is_done(day)
    return found


def _records(
    scored: Scored,
    columns: AccountColumns,
    entries: Sequence[Entry],
    chosen: npt.NDArray[np.intp],
    done: Done,
) -> list[dict[str, Any]]:
    """Return a row an account that has an action: by action, class and score."""
    accounts = columns.table
    letters = tuple(one.letter for one in scored.intake.services)
    place = class_positions(accounts["class"], letters).astype(np.intp)
    rank = {at: position for position, at in enumerate(by_priority([one.action for one in entries]))}
    texts = {key: _texts(accounts, key) for key in ("account", "name", "rep", "class", *_CONTACT)}
    scores = accounts["score"].astype(np.float64).fillna(-1.0).tolist()
    places, chosen_of = np.where(place < 0, len(letters), place).tolist(), chosen.tolist()
    order = sorted(
        np.flatnonzero(chosen >= 0).tolist(),
        key=lambda row: (
            rank[chosen_of[row]],
            places[row],
            -scores[row],
            texts["account"][row] or "",
        ),
    )
    why = _Because(scored, columns)
    found = []
    for row in order:
        entry = entries[chosen_of[row]]
        day, result = done.typed.get(
            (fold(texts["account"][row] or ""), fold(entry.action.name)), (None, None)
        )
        found.append(
            {
                **{key: values[row] for key, values in texts.items()},
                "action": entry.action.name,
                **entry.texts,
                "because": why.of(entry, row),
                "done": day,
                "result": result,
            }
        )
    return found


def _texts(accounts: pd.DataFrame, key: str) -> list[str | None]:
    if key not in accounts:
        return [None] * len(accounts)
    return [one if isinstance(one, str) and one else None for one in accounts[key].astype(object)]


class _Because:
    """Which conditions an account met, in words."""

    def __init__(self, scored: Scored, columns: AccountColumns) -> None:
        self._words = scored.words
        self._columns = columns

    def of(self, entry: Entry, row: int) -> str:
        """Return what an action looks at and an account has."""
        action, words = entry.action, self._words
        met = [self._met(gate, row) for gate in action.conditions]
        if action.states:
            met.insert(0, self._named("state", row))
        if action.statuses:
            met.insert(0, self._named("status", row))
        if action.classes:
            met.insert(0, self._named("class", row))
        return "; ".join(met) or words.text("views", "actions", "for_all")

    def _named(self, column: str, row: int) -> str:
        header = self._words.header("accounts", column)
        return f"{header} {self._columns.shown(column, self._words)[row]}"

    def _met(self, gate: Gate, row: int) -> str:
        found = self._columns.shown(gate.column, self._words)[row]
        if gate.condition in PRESENCE or gate.condition == "=" or not found:
            return gate.reason
        return self._words.text("views", "actions", "met", condition=gate.reason, value=found)


def _of_action(
    records: Sequence[Mapping[str, Any]], action: str | None, entries: Sequence[Entry]
) -> list[Mapping[str, Any]]:
    if action is None:
        return list(records)
    names = {fold(one.action.name): one.action.name for one in entries}
    if fold(action) not in names:
        raise Refusal("action_unknown", action=action, known=list(names.values()))
    return [record for record in records if fold(record["action"]) == fold(action)]


def _catalogue(scored: Scored) -> list[Record]:
    """Return the catalogue as a program is told of it: what is there, as it was typed."""
    located = scored.intake.layout.named.get("actioncatalogue")
    keys = BY_KEY["actioncatalogue"].keys
    language = scored.words.language
    rows = located.rows() if located is not None else []
    return [
        {key: _plain(key, cells.get(key), language) for key in keys}
        for cells in rows
        if any(_plain(key, cells.get(key), language) is not None for key in keys)
    ]


def _plain(key: str, cell: Cell, language: str) -> Any:
    read = (
        read_date(cell, language)
        if key in ("from", "until")
        else read_number(cell, language)
        if key == "priority"
        else read_text(cell)
    )
    return read if isinstance(read, float | str) or hasattr(read, "isoformat") else None


def _notes(
    accounts: pd.DataFrame, entries: Sequence[Entry], chosen: npt.NDArray[np.intp], faults: Sequence[Fault]
) -> list[Phrase]:
    notes = [_note("misread", count=len(faults))] if faults else []
    if accounts.empty:
        return [*notes, _note("empty")]
    if not entries:
        return [*notes, _note("no_actions")]
    without = int((chosen < 0).sum())
    if without == len(accounts):
        return [*notes, _note("nobody")]
    return [*notes, _note("without", count=without)] if without else notes


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("actions", key), details)
