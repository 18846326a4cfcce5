"""How people and programs write a date: the one grammar, for cells that are typed and for files.

Whether 03/04/2026 begins with the day or with the month is not told here, but by
whoever asks: from the language of a workbook, or from the whole file.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from scoring.text import fold

__all__ = ["WrittenDate", "written_date"]

_LONGEST: Final = 60
_EARLIEST, _LATEST = 1900, 2200
_FIRST_OF_1900: Final = 70
"""Two digits from which a year is one of the 1900s."""

_MONTHS: Final = (
    ("janvier", "janv", "jan", "january"),
    ("fevrier", "fevr", "fev", "february", "feb", "febr"),
    ("mars", "mar", "march"),
    ("avril", "avr", "april", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "juil", "juill", "july", "jul"),
    ("aout", "aou", "august", "aug"),
    ("septembre", "sept", "sep", "september"),
    ("octobre", "oct", "october"),
    ("novembre", "nov", "november"),
    ("decembre", "dec", "december"),
)
"""Names of the months in French and English as :func:`scoring.text.fold` leaves them."""
_MONTH_OF: Final = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_MONTH: Final = rf"(?P<name>{'|'.join(sorted(_MONTH_OF, key=len, reverse=True))})(?![a-z])\.?"
_WEEKDAY: Final = (
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|lun|mar|mer|jeu|ven|sam|dim|mon|tues?|weds?|thu|thurs?|fri|sat|sun)(?![a-z])\.?,? ?)?(?:le |the )?"
)
_DAY: Final = r"(?P<day>\d{1,2})(?: ?er|st|nd|rd|th|\.)?"
_YEAR: Final = r"(?P<year>\d{4}|'?\d{2})"
_CLOCK: Final = (
    r"(?:\d{1,2}(?: ?h ?|[:.])\d{2}(?:(?:[:.]|m|min)\d{2}(?:[.,]\d{1,9})?s?)?|\d{1,2} ?h|\d{4}(?:\d{2})?)"
    r"(?: ?[ap]\.?m\.?)?(?: ?(?:z|utc|gmt|cet|cest|[+-]\d{2}(?::?\d{2})?))?"
)
_COMPACT: Final = r"(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
_TIME: Final = rf"(?:,?(?: a| at| -)?[ t] ?{_CLOCK})?"

Form = Literal["year_first", "name", "numbers", "month", "year"]
"""How a date is written: from the year down, with the name of its month, in numbers that end with the year,
or no more than a month or a year."""
_PATTERNS: Final[Sequence[tuple[Form, str]]] = (
    ("numbers", rf"(?P<one>\d{{1,2}}) ?[-/. ] ?(?P<two>\d{{1,2}}) ?[-/. ] ?{_YEAR}"),
    ("year_first", r"(?P<year>\d{4}) ?[-/. ] ?(?P<month>\d{1,2}) ?[-/. ] ?(?P<day>\d{1,2})"),
    ("year_first", rf"{_COMPACT}(?:{_CLOCK})?"),
    ("numbers", r"(?P<one>\d{2})(?P<two>\d{2})(?P<year>(?:19|20)\d{2})"),
    ("name", rf"{_DAY}(?:[ ./-]{{0,2}}| of ){_MONTH}[ ,./-]{{0,2}}{_YEAR}"),
    ("name", rf"{_MONTH}[ ./-]{{0,2}}{_DAY}(?:,? |[./-]){_YEAR}"),
    ("name", rf"(?P<year>\d{{4}})[ ./-]{{0,2}}{_MONTH}[ ./-]{{0,2}}{_DAY}"),
    ("month", r"(?P<year>\d{4})[-/](?P<month>\d{1,2})"),
    ("month", r"(?P<month>\d{1,2})[-/](?P<year>\d{4})"),
    ("month", rf"{_MONTH}(?:[ ./-]{{1,2}}(?P<year>\d{{4}})|-(?P<short>\d{{2}}))"),
    ("month", rf"(?P<year>\d{{4}})[ ./-]{_MONTH}"),
    ("year", r"(?P<year>(?:19|20)\d{2})"),
)
_FORMS: Final = [
    (form, re.compile(_WEEKDAY + pattern + _TIME if form not in ("month", "year") else pattern))
    for form, pattern in _PATTERNS
]


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it is written.

    Attributes
    ----------
    form
        How it is written.
    year
        Its year.
    one, two
        Month and day; of a date in ``numbers`` the first and the second one as they stand there.
    """

    form: Form
    year: int
    one: int
    two: int

    def date(self, *, month_first: bool = False) -> dt.date | None:
        """Return the day, None where the calendar has none such; of a month or a year its last one.

        Parameters
        ----------
        month_first
            Whether dates in numbers begin with the month.
        """
        month, day = (
            (self.two, self.one) if self.form == "numbers" and not month_first else (self.one, self.two)
        )
        if not day and 1 <= month <= 12:
            day = calendar.monthrange(self.year, month)[1]
        try:
            return dt.date(self.year, month, day)
        except ValueError:
            return None


@functools.lru_cache(maxsize=100_000)
def written_date(text: str) -> WrittenDate | None:
    """Take a written date apart, None where the text is none.

    >>> written_date("samedi 1er août 2026").date(), written_date("Mar 5, 2026").date()
    (datetime.date(2026, 8, 1), datetime.date(2026, 3, 5))
    >>> written_date("03/04/26"), written_date("2026-01-31T23:59:00Z").form
    (WrittenDate(form='numbers', year=2026, one=3, two=4), 'year_first')
    >>> written_date("31 janv.") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    plain = fold(text)
    matches = ((form, pattern.fullmatch(plain)) for form, pattern in _FORMS)
    form, found = next(((form, found) for form, found in matches if found is not None), (None, None))
    if form is None or found is None:
        return None
    given = {key: value for key, value in found.groupdict().items() if value is not None}
    year = _year(given.get("year") or given["short"])
    if not _EARLIEST <= year <= _LATEST:
        return None
    if form == "numbers":
        return WrittenDate(form, year, int(given["one"]), int(given["two"]))
    month = _MONTH_OF[given["name"]] if "name" in given else int(given.get("month", 12))
    return WrittenDate(form, year, month, int(given.get("day", 0)))


def _year(text: str) -> int:
    digits = text.removeprefix("'")
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < _FIRST_OF_1900 else 1900)
