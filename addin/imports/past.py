"""Files read as they were on a day in the past, and again for what came after it."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from addin.imports.facts import TURNOVERS, Facts
from addin.imports.files.dates import EPOCH
from addin.imports.importing import Options, Recognition, look_at, read_files
from addin.refusals import Refusal
from addin.trust.past import Past
from addin.workbook.port import Table
from scoring.books.periods import years_before
from scoring.terms import FIELDS, Kind

__all__ = ["Opened", "open_past", "past_on"]

_TELLING: Final = ("ledger", "fec")
"""Kinds of file whose lines have days."""
_DATED: Final = (
    *TURNOVERS,
    *("orders", "purchases", "first_purchase", "last_purchase", "open_amount", "overdue", "days_late"),
)
"""Columns that such files fill, of which it can be told what they held on any day."""
_NEARLY: Final = 10
"""Days before the end of a month within which its last sale may well lie."""
_ENDS_EARLY: Final = 31
"""Days before the end of a year within which its last invoice may lie: companies invoice at least monthly."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Files, and what was sold by day.

    Attributes
    ----------
    recognition
        What the files are.
    sold
        As :class:`addin.imports.facts.Facts` has it.
    first, last
        The days between which something was sold.
    """

    recognition: Recognition
    sold: pd.DataFrame
    first: dt.date
    last: dt.date

    @property
    def latest(self) -> dt.date:
        """The latest day, the last of a month, that a whole year follows in the files."""
        month_end = self.last.replace(day=calendar.monthrange(self.last.year, self.last.month)[1])
        if (month_end - self.last).days > _NEARLY:
            month_end = self.last.replace(day=1) - dt.timedelta(days=1)
        return years_before(month_end, 1)


def open_past(tables: Sequence[Table], paths: Sequence[Path], today: dt.date, options: Options) -> Opened:
    """Look at files and read what was sold by day.

    Raises
    ------
    Refusal
        If one of them cannot be read or its lines have no days, or nothing was sold.
    """
    recognition = look_at(tables, paths, today, options)
    for file in recognition.files:
        if file.kind not in _TELLING:
            raise Refusal("past_without_days", file=file.name)
    # What the workbook holds today has no part in it: neither its accounts nor what filled them.
    rules = replace(recognition.rules, reference=today, filled={}, has_turnover=False, by_day=True)
    recognition = replace(recognition, rules=rules)
    facts = _facts(recognition)
    if facts.sold is None or not len(facts.sold):
        raise Refusal("past_without_sales", files=_names(recognition))
    first, last = (
        EPOCH + dt.timedelta(days=int(day)) for day in (min(facts.sold["day"]), max(facts.sold["day"]))
    )
    return Opened(recognition, facts.sold, first, last)


def past_on(opened: Opened, on: dt.date) -> Past:
    """Read the files as they were on a day.

    Raises
    ------
    Refusal
        If they do not hold the year after it, or nothing before it.
    """
    end = years_before(on, -1)
    if opened.last < end - dt.timedelta(days=_ENDS_EARLY):
        raise Refusal("past_too_late", date=on, last=opened.last, latest=opened.latest)
    if on < opened.first:
        raise Refusal("past_too_early", date=on, first=opened.first)
    recognition = opened.recognition
    rules = replace(recognition.rules, today=on, reference=on, known_until=on, by_day=False)
    facts = _facts(replace(recognition, rules=rules))
    accounts = _accounts(facts)
    return Past(
        on,
        accounts,
        opened.sold,
        _names(recognition),
        facts.until.get("turnover"),
        (opened.first, opened.last),
    )


def _facts(recognition: Recognition) -> Facts:
    by_kind, _ = read_files(recognition)
    if len(by_kind) > 1:
        raise Refusal("past_of_two_kinds", files=_names(recognition))
    return next(iter(by_kind.values()), Facts())


def _names(recognition: Recognition) -> list[str]:
    return [file.name for file in recognition.files]


def _accounts(facts: Facts) -> pd.DataFrame:
    """Return the accounts with the columns that the files fill, all of them clients."""
    keys = sorted(facts.codes)
    columns: dict[str, object] = {"account": [facts.codes[key] for key in keys], "status": "client"}
    by_field = facts.values  # noqa: PD011 - no frame
    for name in _DATED:
        if name in by_field:
            kind = "datetime64[s]" if FIELDS[name].kind is Kind.DATE else "float64"
            columns[name] = np.array([by_field[name].get(key) for key in keys], dtype=kind)
    return pd.DataFrame(columns, index=pd.Index(keys, dtype=object))
