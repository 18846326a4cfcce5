"""When the company works, as its workbook says: hours, days, public holidays, own closing days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from addin.catalogue import Phrase
from addin.closing_days import closed_days, is_country
from addin.views.scored import Scored
from addin.workbook.definitions import Holds
from addin.workbook.located_tables import Layout
from addin.workbook.settings import BY_KEY as SETTINGS
from addin.workbook.typed_cells import Unreadable, read_date
from addin.workbook.working_hours import blocks_of, weekdays_of
from scoring import Fault
from scoring.uses.days import WEEKDAYS
from scoring.uses.working_time import WorkingTime

__all__ = [
    "Working",
    "closed_of",
    "days_of_week",
    "own_closing_days",
    "setting_numbers",
    "setting_text",
    "working_of",
]

_READERS: Final = {"working_hours": blocks_of, "working_days": weekdays_of}


@dataclass(frozen=True, slots=True)
class Working:
    """When the company works.

    Attributes
    ----------
    time
        None where the settings do not say it.
    notes
        What is wrong with the settings.
    faults
        What is wrong with the own closing days, for the sheet Checks.
    """

    time: WorkingTime | None
    notes: Sequence[Phrase]
    faults: Sequence[Fault] = ()


def working_of(scored: Scored, first: dt.date, last: dt.date) -> Working:
    """Return when the company works, holidays known from one day to another.

    A setting that the workbook does not have yet counts as it ships.
    """
    texts = {key: setting_text(scored, key) for key in _READERS}
    read = {key: reader(texts[key]) for key, reader in _READERS.items()}
    notes = [
        _note(f"{key}_unread", value=texts[key]) if texts[key] else _note(f"{key}_blank")
        for key, value in read.items()
        if value is None
    ]
    closed, wrong = closed_of(scored, first, last)
    notes += wrong
    blocks, weekdays = blocks_of(texts["working_hours"]), weekdays_of(texts["working_days"])
    time = None if blocks is None or weekdays is None else WorkingTime(blocks, weekdays, closed)
    return Working(time, notes, own_closing_days(scored.intake.layout)[1])


def closed_of(scored: Scored, first: dt.date, last: dt.date) -> tuple[frozenset[dt.date], list[Phrase]]:
    """Return the days of a span on which nobody works, weekends apart, and what cannot be read of them."""
    notes = []
    country = setting_text(scored, "country")
    if not is_country(country):
        notes.append(_note("country_unread", value=country))
        country = ""
    own, wrong = own_closing_days(scored.intake.layout)
    if wrong:
        located = scored.intake.layout.named["closingdays"]
        cells = [located.address(fault.row, fault.field) for fault in wrong]
        notes.append(_note("closing_days_unread", count=len(cells), cells=cells))
    return closed_days(country, first, last, own), notes


def own_closing_days(layout: Layout) -> tuple[list[dt.date], list[Fault]]:
    """Return the days on which the company is closed, and a fault for each cell that holds no date."""
    located = layout.named.get("closingdays")
    if located is None:
        return [], []
    days: list[dt.date] = []
    wrong: list[Fault] = []
    for row, cell in enumerate(located.cells("date")):
        day = read_date(cell, layout.language)
        if isinstance(day, dt.datetime):
            days.append(day.date())
        elif isinstance(day, Unreadable):
            wrong.append(Fault(located.kind, row, "date", day.what, day.remedy, {"value": day.value}))
    return days, wrong


def days_of_week(scored: Scored) -> tuple[Collection[int], list[Phrase]]:
    """Return the days of the week on which people work, 0 for Monday, and what is wrong with the setting."""
    text = setting_text(scored, "working_days")
    weekdays = weekdays_of(text)
    if weekdays is None:
        return WEEKDAYS, [Phrase("views", ("tour", "working_days"), {"value": text})]
    return weekdays, []


def setting_numbers(scored: Scored, keys: Sequence[str]) -> tuple[dict[str, float], list[Phrase]]:
    """Return settings that are numbers, as they ship where missing or blank, and which ones are blank."""
    settings = scored.intake.settings
    numbers: dict[str, float] = {}
    told = []
    for key in keys:
        shipped = SETTINGS[key].shipped
        assert isinstance(shipped, float | int)
        value = settings.get(key)
        numbers[key] = float(value) if isinstance(value, float | int) else float(shipped)
        if key in settings and value is None:
            is_share = SETTINGS[key].holds is Holds.SHARE
            details = {
                "setting": scored.words.header("setting_names", key),
                "value": scored.words.percent(shipped) if is_share else shipped,
            }
            told.append(Phrase("views", ("tour", "setting_blank"), details))
    return numbers, told


def setting_text(scored: Scored, key: str) -> str:
    """Return a setting that is a text, as it ships where the workbook does not have it yet."""
    settings = scored.intake.settings
    if key in settings:
        return str(settings[key] or "")
    return scored.words.text("template", "settings", key)


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("call", key), details)
