"""Values to and from the cells of the open workbook, as Excel gives and takes them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any, Final

from addin.book import Cell, CellError, Formula, Uncalculated

__all__ = ["cell_of", "shows", "typed"]

_ERRORS: Final = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!"}
    | {"#CONNECT!", "#BLOCKED!", "#UNKNOWN!", "#FIELD!", "#CALC!", "#BUSY!"}
)
_MOST_TEXT: Final = 32_767
"""Characters that a cell holds."""
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_BEGINS_AS_TEXT: Final = re.compile(r"[^\W\d_]|[▲▼?«“(]")
"""No number, date or formula begins like this, but for months, currencies and truth values."""
_MAYBE_VALUE: Final = re.compile(
    r"true|false|vrai|faux|wahr|falsch|\(.*|[^\W\d_]{1,12}[-./ ,']*\d[\d.,:/ '-]*[ap]?m?", re.IGNORECASE
)
"""Texts that Excel may take for a truth value, a date such as May 2026, an amount such as EUR 5, or (5)."""


def cell_of(value: Any) -> Cell:
    """Return the cell that a value read through xlwings stands for.

    Currency comes as :class:`~decimal.Decimal`, an error as its text.

    >>> cell_of(Decimal("12.50")), cell_of("#N/A"), cell_of("")
    (12.5, CellError(text='#N/A'), None)
    """
    match value:
        case None | "":
            return None
        case bool() | float():
            return value
        case int() | Decimal():
            return float(value)
        case dt.datetime():
            return value.replace(tzinfo=None)
        case dt.date():
            return dt.datetime.combine(value, dt.time())
        case str():
            return CellError(value) if value in _ERRORS else value
        case _:
            return str(value)


def typed(cell: Cell) -> Any:
    """Return what to write so that Excel stores just this cell.

    A text that Excel would take for a formula, a number, a date or a truth
    value gets the apostrophe that keeps it a text.

    Raises
    ------
    TypeError
        If it is an error, which a program does not write.

    >>> typed("=1+1"), typed("00123"), typed("Strategic"), typed("Mar 5"), typed("▲ Turnover +12")
    ("'=1+1", "'00123", 'Strategic', "'Mar 5", '▲ Turnover +12')
    """
    match cell:
        case Formula(text):
            return text
        case str():
            text = _ILLEGAL.sub("", cell)[:_MOST_TEXT]
            safe = text == "" or (_BEGINS_AS_TEXT.match(text) and not _MAYBE_VALUE.fullmatch(text.strip()))
            return text if safe else "'" + text[: _MOST_TEXT - 1]
        case CellError() | Uncalculated():
            message = f"{cell} is read from cells, never written"
            raise TypeError(message)
        case _:
            return cell


def shows(current: Cell, wanted: Cell) -> bool:
    """Whether a cell that reads as ``current`` holds what was wanted.

    A date may come back a moment off, and as its serial number where the
    cell's format shows no date.
    """
    match wanted:
        case Formula():
            return True
        case str():
            wanted = _ILLEGAL.sub("", wanted)[:_MOST_TEXT] or None
        case dt.datetime():
            if isinstance(current, dt.datetime):
                return abs(current - wanted) < dt.timedelta(milliseconds=2)
            return isinstance(current, float)
    if isinstance(current, bool) or isinstance(wanted, bool):
        return current is wanted
    if isinstance(current, float) and isinstance(wanted, float):
        return current == wanted or abs(current - wanted) <= 1e-14 * abs(wanted)
    return current == wanted
