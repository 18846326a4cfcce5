"""The day of which a report is, where its head says so: "Arrêté au 28/11/2026", "As of Nov 28, 2026"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from addin.imports.files.chunks import Column
from addin.imports.files.dates import EPOCH, NO_DATE, UNREADABLE, Dates
from scoring.text import fold

__all__ = ["day_of_report"]

_SAYS: Final = re.compile(
    r"\b(?:arrete[es]*(?: le| au)?|situation|au|jusqu'au|as of|as at|to|through|until|ending|ended)\b[\s:]*$"
)
_DATE: Final = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}(?:er)? [^\W\d_]{3,9}\.? \d{4}|[^\W\d_]{3,9}\.? \d{1,2},? \d{4}"
)
_LONGEST: Final = 300


def day_of_report(rows: Sequence[Sequence[str]]) -> dt.date | None:
    """Return the day of which a report is, by the lines above its header; None where they do not say.

    >>> day_of_report([["Balance âgée"], ["Société : X", "Arrêtée au : 28/11/2026"]])
    datetime.date(2026, 11, 28)
    >>> day_of_report([["As of November 28, 2026"]]), day_of_report([["Période du 01/01/25 au 31/12/25"]])
    (datetime.date(2026, 11, 28), datetime.date(2025, 12, 31))
    >>> day_of_report([["Édité le 27/11/2026"]]) is None
    True
    """
    found = None
    for row in rows:
        text = " ".join(" ".join(row).split())[:_LONGEST]
        for date in _DATE.finditer(text):
            if _SAYS.search(fold(text[: date.start()]).rstrip(" :(")) and (day := _day(date.group())):
                found = day
    return found


def _day(text: str) -> dt.date | None:
    dates = Dates("")
    dates.settle()
    column = Column(None, [re.sub(r"(?<=\d)er\b", "", text)])
    day = int(dates.days(column)[0])
    return None if day in (NO_DATE, UNREADABLE) else EPOCH + dt.timedelta(days=day)
