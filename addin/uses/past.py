"""What the workbook remembers: past classes, models and imports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from addin.catalogue import LANGUAGES, catalogue, field_key
from addin.views.scored import Scored
from addin.workbook.port import Cell
from addin.workbook.tables import ACCOUNTS
from addin.workbook.typed_cells import read_date, read_number, read_text

__all__ = ["history", "known_until", "last_imports", "totals_of_last_import"]


def known_until(scored: Scored) -> dict[str, dt.date]:
    """Return the day up to which the values of a column go, by its key, as imports noted it."""
    found: dict[str, dt.date] = {}
    for row in _rows(scored, "importcolumns"):
        day, key = _day(row["until"], scored), _column(row["target"], scored)
        if key and day is not None:
            found[key] = max(found.get(key, day), day)
    return found


def history(scored: Scored) -> pd.DataFrame:
    """Return the rows of the history that can be read: account, date (datetime64), class and model."""
    found = [
        (code, day, letter, read_text(row["model"]))
        for row in _rows(scored, "history")
        if isinstance(code := read_text(row["account"]), str)
        and isinstance(letter := read_text(row["class"]), str)
        and (day := _day(row["date"], scored)) is not None
    ]
    rows = pd.DataFrame(found, columns=["account", "date", "class", "model"], dtype=object)
    return rows.assign(date=pd.to_datetime(rows["date"]))


def last_imports(scored: Scored) -> dict[str, dt.date]:
    """Return the day of the last import of each file, the newest first."""
    found: dict[str, dt.date] = {}
    for row in _rows(scored, "imports"):
        day, file = _day(row["date"], scored), read_text(row["file"])
        if isinstance(file, str) and day is not None:
            found[file] = max(found.get(file, day), day)
    return dict(sorted(found.items(), key=lambda one: (-one[1].toordinal(), one[0])))


def totals_of_last_import(scored: Scored) -> dict[str, float]:
    """Return the total that a column had after the last import which filled it, by the column's key."""
    after = {catalogue(language).text("imports", "item", "after") for language in LANGUAGES}
    found: dict[str, float] = {}
    for row in _rows(scored, "imports"):
        if row["item"] not in after:
            continue
        key, amount = _column(row["note"], scored), read_number(row["amount"], scored.words.language)
        if key and isinstance(amount, float):
            found[key] = amount
    return found


def _rows(scored: Scored, key: str) -> Iterator[dict[str, Cell]]:
    """Yield the rows of a table that the workbook may lack, a cell for each of our columns."""
    located = scored.intake.layout.named.get(key)
    if located is not None:
        blank = dict.fromkeys(scored.words.headers(key))
        yield from ({**blank, **row} for row in located.rows())


def _day(cell: Cell, scored: Scored) -> dt.date | None:
    day = read_date(cell, scored.words.language)
    return day.date() if isinstance(day, dt.datetime) else None


def _column(cell: Cell, scored: Scored) -> str | None:
    return field_key(ACCOUNTS.key, cell, scored.words.language) if isinstance(cell, str) else None
