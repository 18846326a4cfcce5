"""The catalogue of actions, and what was noted as done, as people type them."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from addin.catalogue import Phrase, word_key
from addin.uses.conditions import Misread, read_conditions
from addin.workbook.located_tables import Layout, Located
from addin.workbook.port import Cell
from addin.workbook.typed_cells import is_blank, read_date, read_number, read_text
from scoring import Fault, Gate
from scoring.terms import UNKNOWN_CLASS
from scoring.text import fold
from scoring.uses.actions import Action

__all__ = ["TEXTS", "Done", "Entry", "read_catalogue", "read_done"]

TEXTS: Final = ("product", "packaging", "channel", "terms")
"""What an action says of the offer, in the company's own words."""
_WORDS: Final = {"statuses": "status", "states": "state"}
_BETWEEN: Final = re.compile(r"[,;/]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An action of the catalogue with its row and its texts.

    Attributes
    ----------
    action
        The action.
    row
        Its row in the table.
    texts
        Its texts by the keys of :data:`TEXTS`, None for an empty one.
    """

    action: Action
    row: int
    texts: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Done:
    """What was noted as done.

    Attributes
    ----------
    days
        The last day by folded code of the account and folded name of the action.
    typed
        What stands beside each of them: the day, and what came of it.
    wrong
        Cells that hold no date.
    """

    days: Mapping[tuple[str, str], dt.date]
    typed: Mapping[tuple[str, str], tuple[dt.date | None, str | None]]
    wrong: Sequence[Phrase]


def read_catalogue(layout: Layout, letters: Sequence[str]) -> tuple[list[Entry], list[Fault]]:
    """Read the table ActionCatalogue; an action of which something cannot be read is left out, and told.

    Parameters
    ----------
    layout
        The workbook.
    letters
        Letters of the classes.
    """
    located = layout.named.get("actioncatalogue")
    entries: list[Entry] = []
    faults: list[Fault] = []
    for row, cells in enumerate(located.rows() if located is not None else ()):
        name = _text(cells.get("action"))
        if not name:
            continue
        reader = _Row(layout, row, cells)
        action = Action(
            name,
            reader.listed("classes", {fold(letter): letter for letter in (*letters, UNKNOWN_CLASS)}.get),
            reader.words("statuses"),
            reader.words("states"),
            reader.conditions(),
            reader.day("from"),
            reader.day("until"),
            reader.priority(),
        )
        faults += reader.faults
        if not reader.is_misread:
            entries.append(Entry(action, row, {key: _text(cells.get(key)) or None for key in TEXTS}))
    return entries, faults


class _Row:
    """A row of the catalogue, its cells read one by one."""

    def __init__(self, layout: Layout, row: int, cells: Mapping[str, Cell]) -> None:
        self._layout = layout
        self._row = row
        self._cells = cells
        self.faults: list[Fault] = []
        self.is_misread = False

    def listed(self, key: str, known: Callable[[str], str | None]) -> tuple[str, ...]:
        """Return the entries of a cell that lists some, ``,`` between."""
        parts = [part.strip() for part in _BETWEEN.split(_text(self._cells.get(key))) if part.strip()]
        found = [known(fold(part)) for part in parts]
        for part, one in zip(parts, found, strict=True):
            if one is None:
                self._fault(key, "action_word", "action_words", value=part)
        return tuple(one for one in found if one is not None)

    def words(self, key: str) -> tuple[str, ...]:
        """Return the keys of the words in a cell."""
        return self.listed(key, lambda word: word_key(_WORDS[key], word, self._layout.language))

    def conditions(self) -> tuple[Gate, ...]:
        """Return the conditions of the action."""
        text = _text(self._cells.get("condition"))
        try:
            return read_conditions(text, self._layout)
        except Misread as misread:
            self._fault(
                "condition", "action_condition", "condition_form", value=misread.text, why=misread.why
            )
            return ()

    def day(self, key: str) -> dt.date | None:
        """Return a day, None for none."""
        cell = self._cells.get(key)
        day = read_date(cell, self._layout.language)
        if isinstance(day, dt.datetime):
            return day.date()
        if not is_blank(cell):
            self._fault(key, "action_date", "order_date", value=str(cell))
        return None

    def priority(self) -> float:
        """Return the priority, NaN where there is none: such an action comes last."""
        cell = self._cells.get("priority")
        number = read_number(cell, self._layout.language)
        if isinstance(number, float):
            return number
        if not is_blank(cell):
            self._fault("priority", "action_priority", "type_a_number", value=str(cell))
        return math.nan

    def _fault(self, key: str, what: str, remedy: str, **details: object) -> None:
        self.is_misread = True
        self.faults.append(Fault("actioncatalogue", self._row, key, what, remedy, details))


def read_done(layout: Layout) -> Done:
    """Read what people noted beside the accounts of the table Actions, rows that left the list too."""
    located = layout.named.get("actions")
    days: dict[tuple[str, str], dt.date] = {}
    typed: dict[tuple[str, str], tuple[dt.date | None, str | None]] = {}
    wrong: list[Phrase] = []
    for row, cells in enumerate(located.rows() if located is not None else ()):
        key = fold(_text(cells.get("account"))), fold(_text(cells.get("action")))
        day = _done(located, row, cells.get("done"), layout.language, wrong)
        if day is not None:
            days[key] = max(days.get(key, day), day)
        result = _text(cells.get("result")) or None
        if day is not None or result is not None:
            typed.setdefault(key, (day, result))
    return Done(days, typed, wrong)


def _done(
    located: Located | None, row: int, cell: Cell, language: str, wrong: list[Phrase]
) -> dt.date | None:
    day = read_date(cell, language)
    if isinstance(day, dt.datetime):
        return day.date()
    if not is_blank(cell) and located is not None:
        wrong.append(Phrase("views", ("actions", "done_unread"), {"cell": located.address(row, "done")}))
    return None


def _text(cell: Cell) -> str:
    text = read_text(cell)
    return text if isinstance(text, str) else ""
