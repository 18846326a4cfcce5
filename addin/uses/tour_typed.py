"""What people say to a tour plan: settings, planned dates and notes, and the choices of reps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from addin.catalogue import Phrase, word_key
from addin.uses.working import closed_of, days_of_week, setting_numbers
from addin.views.scored import Scored
from addin.workbook.located_tables import Layout
from addin.workbook.typed_cells import is_blank, read_date, read_text
from scoring.text import fold
from scoring.uses.days import WEEKS, visit_days

__all__ = ["Pace", "Typed", "days_of_visits", "pace", "typed"]

_PACE: Final = ("weeks", "visit_days", "visits_per_day", "due_from")


@dataclass(frozen=True, slots=True)
class Pace:
    """How reps visit, by the settings.

    Attributes
    ----------
    weeks, visit_days, visits_per_day
        Weeks of a year, days of a week, visits of a day.
    due_from
        Share of the cycle from which a visit is due.
    """

    weeks: float
    visit_days: float
    visits_per_day: float
    due_from: float

    @property
    def possible(self) -> float:
        """Visits that a rep can make in a year."""
        return self.weeks * self.visit_days * self.visits_per_day


class Planned(NamedTuple):
    """A date that somebody planned: the code of the account as it stands there, and the day."""

    account: str
    day: dt.datetime


@dataclass(frozen=True, slots=True)
class Typed:
    """What people typed into the lists.

    Attributes
    ----------
    planned, notes
        Planned dates and notes, by the folded code of the account.
    choices
        Choices, by the folded name of the rep.
    wrong
        What cannot be read.
    """

    planned: Mapping[str, Planned]
    notes: Mapping[str, str]
    choices: Mapping[str, str]
    wrong: Sequence[Phrase]


def pace(scored: Scored) -> tuple[Pace, list[Phrase]]:
    """Return how reps visit; a setting that is missing or blank counts as it ships, and is told if blank."""
    numbers, told = setting_numbers(scored, _PACE)
    return Pace(**numbers), told


def days_of_visits(
    scored: Scored, per_week: float, today: dt.date, weeks: int = WEEKS
) -> tuple[list[dt.date], list[Phrase]]:
    """Return the days of some weeks on which visits are made, and what is wrong with the settings."""
    weekdays, told = days_of_week(scored)
    closed, wrong = closed_of(scored, today, today + dt.timedelta(weeks=weeks + 1))
    return visit_days(today, per_week, closed, weekdays, weeks), [*wrong, *told]


def typed(layout: Layout) -> Typed:
    """Return what people typed into the lists Tour and Capacity; of a row copied the first one counts."""
    planned: dict[str, Planned] = {}
    notes: dict[str, str] = {}
    wrong: list[Phrase] = []
    tour = layout.named.get("tour")
    if tour is not None:
        cells = zip(*(tour.cells(key) for key in ("account", "planned", "note")), strict=True)
        seen: set[str] = set()
        for row, (account, date, note) in enumerate(cells):
            code = read_text(account)
            if not isinstance(code, str) or fold(code) in seen or (is_blank(date) and is_blank(note)):
                continue
            seen.add(fold(code))
            day = read_date(date, layout.language)
            if isinstance(day, dt.datetime):
                planned[fold(code)] = Planned(code, day)
            elif not is_blank(date):
                wrong.append(_note("planned_unread", cell=tour.address(row, "planned"), account=code))
            text = read_text(note)
            if isinstance(text, str):
                notes[fold(code)] = text
    choices, unread = _choices(layout)
    return Typed(planned, notes, choices, [*wrong, *unread])


def _choices(layout: Layout) -> tuple[dict[str, str], list[Phrase]]:
    capacity = layout.named.get("capacity")
    if capacity is None:
        return {}, []
    choices: dict[str, str] = {}
    wrong: list[Phrase] = []
    for row, (rep, cell) in enumerate(zip(capacity.cells("rep"), capacity.cells("choice"), strict=True)):
        if is_blank(cell):
            continue
        name, word = read_text(rep), read_text(cell)
        choice = word_key("capacity_choice", word, layout.language) if isinstance(word, str) else None
        if choice is None:
            wrong.append(_note("choice_unread", cell=capacity.address(row, "choice"), value=str(cell)))
        else:
            choices.setdefault(fold(name) if isinstance(name, str) else "", choice)
    return choices, wrong


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("tour", key), details)
