"""What a person typed into a cell: numbers, dates and codes in the wild.

Each reader gives the value, None for an empty cell, or an :class:`Unreadable`
that says why there is no value.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from addin.book import Cell, CellError, Uncalculated
from scoring.text import plain_number

__all__ = ["Unreadable", "read_date", "read_number", "read_text"]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a cell gives no value: keys of what is wrong and of the remedy, and what the cell shows.

    ``words`` names the list whose words would do, if any.
    """

    what: str
    remedy: str
    value: object
    words: str = ""


LARGEST: Final = 1e15
"""Beyond it no amount is meant, and sums lose their cents."""

_CURRENCY: Final = r"(?:€|\$|£|EUR|USD|GBP|CHF|CAD)"
_NUMBER: Final = re.compile(
    rf"""(?P<open>\()?\s*{_CURRENCY}?\s*(?P<sign>[-+−–]?)\s*{_CURRENCY}?\s*
    (?P<digits>\d[\d.,\s'’]*|[.,]\d+)\s*
    (?P<scale>[kKmM])?\s*{_CURRENCY}?\s*(?P<percent>%)?\s*(?P<after>-)?\s*(?P<close>\))?""",
    re.VERBOSE,
)
_LONGEST_NUMBER: Final = 60
_BLANKS: Final = re.compile(r"\s+")
_GROUPED: Final = re.compile(r"\d{1,3}(?:[\s'’]\d{3})+")
_SCALE: Final = {None: 1.0, "k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6}

_FIRST_SERIAL: Final = 20_000
"""Serial of 1954-10-03: a smaller number in a date cell is no date, more likely a year."""
_LAST_SERIAL: Final = 73_050
"""Serial of 2099-12-31."""
_EPOCH: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - cells have no time zone
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")


def _no_value(cell: Cell) -> Unreadable | None:
    if isinstance(cell, CellError):
        return Unreadable("error_value", "mend_formula", cell.text)
    if isinstance(cell, Uncalculated):
        return Unreadable("not_calculated", "calculate", cell.formula)
    return None


def read_number(cell: Cell, language: str) -> float | Unreadable | None:
    """Read a number, typed as such or as text.

    >>> read_number("1 234,56", "fr"), read_number("12 %", "fr"), read_number("15 k€", "fr")
    (1234.56, 0.12, 15000.0)
    >>> read_number("1,234", "en"), read_number("(1,234.50)", "en")
    (1234.0, -1234.5)
    >>> read_number("n/c", "fr").what
    'no_number'
    """
    if cell is None:
        return None
    if isinstance(cell, float):
        return cell if abs(cell) <= LARGEST else Unreadable("number_too_large", "type_a_number", cell)
    trouble = _no_value(cell)
    if trouble is not None:
        return trouble
    if isinstance(cell, dt.date):
        return Unreadable("date_for_number", "type_a_number", cell)
    if isinstance(cell, bool):
        return Unreadable("no_number", "type_a_number", cell)
    text = str(cell).strip()
    if not text:
        return None
    # No number is that long, and a cell full of blanks must not cost the regular expression hours.
    plain = _BLANKS.sub(" ", text) if len(text) <= _LONGEST_NUMBER else ""
    match = _NUMBER.fullmatch(plain)
    digits = _plain_digits(match["digits"].strip(), language) if match else None
    if match is None or digits is None or bool(match["open"]) != bool(match["close"]):
        return Unreadable("no_number", "type_a_number", text)
    value = float(digits) * _SCALE[match["scale"]]
    if value > LARGEST:
        return Unreadable("number_too_large", "type_a_number", text)
    negative = match["sign"] in ("-", "−", "–") or match["after"] or match["open"]
    return (-value if negative else value) / (100 if match["percent"] else 1)


def _plain_digits(text: str, language: str) -> str | None:
    """Digits with a decimal point at most, or None where they could be read in two ways."""
    whole, mark, fraction = text, "", ""
    last = max(text.rfind(","), text.rfind("."))
    if last >= 0:
        separator, other = text[last], "." if text[last] == "," else ","
        after = text[last + 1 :]
        several = text.count(separator) > 1
        in_threes = re.fullmatch(r"\d{3}", after) is not None and re.fullmatch(r"[1-9]\d{0,2}", text[:last])
        if several:  # 1,234,567: it can only part thousands
            if other in text or not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(separator)}\d{{3}})+", text):
                return None
            return text.replace(separator, "")
        if other not in text and in_threes and separator != ("," if language == "fr" else "."):
            # 1,234 in English parts thousands; 1.234 in French may be either: better asked than guessed.
            return text.replace(",", "") if language == "en" else None
        whole, mark, fraction = text[:last], ".", after
        if other in whole:
            if not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(other)}\d{{3}})+", whole):
                return None
            whole = whole.replace(other, "")
    if re.search(r"[\s'’]", whole):
        if not _GROUPED.fullmatch(whole):
            return None
        whole = re.sub(r"[\s'’]", "", whole)
    plain = f"{whole or '0'}{mark}{fraction}"
    return plain if re.fullmatch(r"\d+(?:\.\d*)?", plain) else None


def read_date(cell: Cell, language: str) -> dt.datetime | Unreadable | None:
    """Read a date, typed as such, as a serial number or as text.

    >>> read_date("31/12/2026", "fr")
    datetime.datetime(2026, 12, 31, 0, 0)
    >>> read_date("03/04/2026", "en").what
    'date_ambiguous'
    """
    if cell is None:
        return None
    if isinstance(cell, dt.datetime):
        return cell
    trouble = _no_value(cell)
    if trouble is not None:
        return trouble
    if isinstance(cell, float):
        if _FIRST_SERIAL <= cell <= _LAST_SERIAL:
            return _EPOCH + dt.timedelta(days=cell)
        return Unreadable("no_date", "type_a_date", cell)
    text = str(cell).strip()
    if not text:
        return None
    iso, day_first = _ISO.fullmatch(text), _DAY_FIRST.fullmatch(text)
    try:
        if iso:
            return dt.datetime(int(iso[1]), int(iso[2]), int(iso[3]))  # noqa: DTZ001
        if day_first:
            day, month, year = (int(part) for part in day_first.groups())
            year += 2000 if year < 100 else 0
            if language != "fr" and day <= 12 and month <= 12 and day != month:
                return Unreadable("date_ambiguous", "type_a_date", text)
            if language != "fr" and month > 12:
                day, month = month, day
            return dt.datetime(year, month, day)  # noqa: DTZ001
    except ValueError:
        pass
    return Unreadable("no_date", "type_a_date", text)


def read_text(cell: Cell) -> str | Unreadable | None:
    """Read a text; a number is what would be typed, so that code 1234 is ``"1234"``.

    >>> read_text(1234.0), read_text(" 00123 "), read_text("  ")
    ('1234', '00123', None)
    """
    if cell is None:
        return None
    trouble = _no_value(cell)
    if trouble is not None:
        return trouble
    if isinstance(cell, float):
        return plain_number(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return str(cell).strip() or None
