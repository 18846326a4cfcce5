"""What a person typed into a cell: numbers, dates and codes in the wild.

Each reader gives the value, None for an empty cell, or an :class:`Unreadable`
that says why there is no value.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from addin.workbook.port import Cell, CellError, Uncalculated
from addin.workbook.same_cell import EXCEL_EPOCH
from addin.workbook.written_dates import written_date
from addin.workbook.written_numbers import decimal_number, written_number
from scoring.text import plain_number

__all__ = [
    "LARGEST",
    "Unreadable",
    "is_blank",
    "read_as_typed",
    "read_date",
    "read_number",
    "read_text",
]


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

_CODE: Final = re.compile(r"\s*[-+]?0\d|\s*\d+[eE]\d+\s*\Z")
"""Texts that are codes, though a number could be written so: 0075, 12E5."""

_FIRST_SERIAL: Final = 20_000
"""Serial of 1954-10-03: a smaller number in a date cell is no date, more likely a year."""
_LAST_SERIAL: Final = 73_050
"""Serial of 2099-12-31."""


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
    written = written_number(text)
    if written is None or written.bare:  # a bare C or D only a whole column explains
        return Unreadable("no_number", "type_a_number", text)
    # In French 1.234 may be either: better asked than guessed.
    value = decimal_number(written, "," if language == "fr" else ".", told=language != "fr")
    if value is None:
        return Unreadable("no_number", "type_a_number", text)
    if abs(value) > LARGEST:
        return Unreadable("number_too_large", "type_a_number", text)
    return -value if written.side == "credit" else value


def read_date(cell: Cell, language: str) -> dt.datetime | Unreadable | None:
    """Read a date, typed as such, as a serial number or as text.

    >>> read_date("31/12/2026", "fr") == read_date("31 déc. 2026", "en")
    True
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
            return EXCEL_EPOCH + dt.timedelta(days=cell)
        return Unreadable("no_date", "type_a_date", cell)
    text = str(cell).strip()
    if not text:
        return None
    written = written_date(text)
    date = None
    if written is not None and written.form not in ("month", "year"):
        in_doubt = written.form == "numbers" and language != "fr" and written.one != written.two
        if in_doubt and max(written.one, written.two) <= 12:
            return Unreadable("date_ambiguous", "type_a_date", text)
        date = written.date(month_first=in_doubt and written.two > 12)
    return (
        Unreadable("no_date", "type_a_date", text) if date is None else dt.datetime.combine(date, dt.time())
    )


def read_text(cell: Cell) -> str | Unreadable | None:
    """Read a text; a number is what would be typed, so that code 1234 is ``"1234"``.

    >>> read_text(1234.0), read_text(" 00123 "), read_text("  ")
    ('1234', '00123', None)
    """
    if type(cell) is str:
        return cell.strip() or None
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


def read_as_typed(cell: Cell, language: str) -> float | str | Unreadable | None:
    """Read a number where the cell holds one, typed as such or as text, else the text.

    A text that begins with a zero before other digits is a code, and stays one.

    >>> read_as_typed("5,5", "fr"), read_as_typed(" Good ", "en"), read_as_typed("0075", "fr")
    (5.5, 'Good', '0075')
    """
    if isinstance(cell, str) and not _CODE.match(cell):
        number = read_number(cell, language)
        if isinstance(number, float) and not _names_side(cell):
            return number
    return cell if isinstance(cell, float) else read_text(cell)


def _names_side(text: str) -> bool:
    written = written_number(text.strip())
    return written is not None and written.side != ""


def is_blank(cell: Cell) -> bool:
    """Whether a cell shows nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
