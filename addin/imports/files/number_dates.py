"""Columns whose dates are bare numbers: serial numbers of Excel, or six figures of day, month and year.

Such a number is a date only where its whole column says so.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Final, Literal

__all__ = ["FIRST_SERIAL", "LAST_SERIAL", "NumberDates", "day_of_serial"]

Order = Literal["day", "month", "year"]
Meaning = Literal["", "serials", "day", "month", "year"]
"""Of a column: no such numbers, serial numbers, or six figures that begin with the day, month or year."""

FIRST_SERIAL: Final = 20_000
LAST_SERIAL: Final = 73_050
"""Serial numbers of 1954-10-03 and 2099-12-31: what a number of a sheet may be as a date."""
_FIRST_AS_TEXT: Final = 32_874
"""Serial number of 1990-01-01: a number of a text is a date in narrower bounds than one of a sheet."""
_LAST_AS_TEXT: Final = 58_440
"""Serial number of 2059-12-31."""
_BEFORE_1970: Final = 25_569
"""Serial number of 1970-01-01."""
_SERIAL: Final = re.compile(r"\d{5}(?:[.,]\d+)?")
_SIX: Final = re.compile(r"\d{5,6}")
"""Six figures, or five where Excel took the nought in front."""
_ORDERS: Final[dict[Order, tuple[int, int, int]]] = {
    "day": (4, 2, 0),
    "month": (4, 0, 2),
    "year": (0, 2, 4),
}
"""Where year, month and day begin."""
_FIRST_OF_1900: Final = 70
EPOCH: Final = dt.date(1970, 1, 1)


@dataclass
class _Years:
    """The first and last year that numbers of six figures make, in each order in which all are dates."""

    of: dict[Order, tuple[int, int]] | None = None

    def add(self, text: str) -> None:
        """Take one more number."""
        dates = {order: _six_figures(text, order) for order in _ORDERS}
        years = {order: date.year for order, date in dates.items() if date is not None}
        known = self.of if self.of is not None else {order: (year, year) for order, year in years.items()}
        self.of = {
            order: (min(known[order][0], year), max(known[order][1], year))
            for order, year in years.items()
            if order in known
        }

    def spans(self, other: _Years) -> dict[Order, int]:
        """Return how many years lie between the first and the last one, others included."""
        both = [one for one in (self.of, other.of) if one is not None]
        return {
            order: max(one[order][1] for one in both) - min(one[order][0] for one in both)
            for order in _ORDERS
            if all(order in one for one in both)
        }


@dataclass
class NumberDates:
    """What was seen of a column that may hold such numbers.

    Attributes
    ----------
    proof
        The first of them by alphabet.
    usual
        The order of the other dates of the file, which decides where two would do.
    """

    proof: str = ""
    usual: Order = "day"
    _five: bool = False
    _six: bool = False
    _serial: bool = True
    _spoilt: bool = False
    _of_five: _Years = field(default_factory=_Years)
    _of_six: _Years = field(default_factory=_Years)

    def spoil(self) -> None:
        """Note that something else stands there: a date that is written as one."""
        self._spoilt = True

    def observe(self, text: str) -> None:
        """Look at a text that is not written as a date."""
        plain = text.strip()
        if _SERIAL.fullmatch(plain):
            self._five = True
            self._serial = self._serial and _serial_day(plain) is not None
            if len(plain) == 5:
                self._of_five.add(plain)
            else:
                self._of_five.of = {}
        elif _SIX.fullmatch(plain):
            self._six = True
            self._of_six.add(plain)
        else:
            figures = plain.replace(",", "").replace(".", "")
            self._spoilt = self._spoilt or (figures.isdecimal() and figures.strip("0") != "")
            return
        self.proof = min(self.proof or plain, plain)

    @property
    def _spans(self) -> dict[Order, int]:
        return self._of_six.spans(self._of_five) if self._six and not self._spoilt else {}

    @property
    def meaning(self) -> Meaning:
        """What the column holds: six figures are read in the order that makes the fewest years."""
        if self._five and not self._six:
            return "serials" if self._serial and not self._spoilt else ""
        spans = self._spans
        best = sorted((span, order != self.usual, order) for order, span in spans.items())
        return best[0][2] if best else ""

    @property
    def in_doubt(self) -> bool:
        """Whether six figures could be read in another order as well."""
        spans = sorted(self._spans.values())
        return len(spans) > 1 and spans[0] == spans[1]

    def day(self, text: str) -> int | None:
        """Return the day since 1970 that a number of the column is, None where it is none."""
        meaning = self.meaning
        if meaning == "serials":
            return _serial_day(text) if _SERIAL.fullmatch(text) else None
        date = _six_figures(text, meaning) if meaning and _SIX.fullmatch(text) else None
        return None if date is None else (date - EPOCH).days


def day_of_serial(serial: float) -> int:
    """Return the day since 1970 of a serial number of Excel.

    >>> day_of_serial(25_569.5)
    0
    """
    return int(serial) - _BEFORE_1970


def _serial_day(text: str) -> int | None:
    serial = float(text.replace(",", "."))
    return day_of_serial(serial) if _FIRST_AS_TEXT <= serial <= _LAST_AS_TEXT else None


def _six_figures(text: str, order: Order) -> dt.date | None:
    year, month, day = (int(text.zfill(6)[at : at + 2]) for at in _ORDERS[order])
    try:
        return dt.date(year + (2000 if year < _FIRST_OF_1900 else 1900), month, day)
    except ValueError:
        return None
