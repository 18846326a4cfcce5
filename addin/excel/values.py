"""Values to and from the cells of the open workbook, as Excel gives and takes them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from types import NoneType
from typing import Any, Final

from addin.workbook.port import Cell, CellError, Formula, Uncalculated
from addin.workbook.same_cell import MOST_TEXT, cleaned

__all__ = ["cell_of", "cells_of", "typed"]

_ERRORS: Final = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: "#UNKNOWN!",
    2049: "#FIELD!",
    2050: "#CALC!",
    2051: "#BUSY!",
}
"""Error values by Excel's number for them (XlCVError), and what a cell shows."""
_TEXTS_OF_ERRORS: Final = frozenset(_ERRORS.values())
_AS_THEY_ARE: Final = frozenset({NoneType, bool, float, str})
_NOT_AS_THEY_ARE: Final = _TEXTS_OF_ERRORS | {""}
_OF_COM: Final = -2_146_828_288
"""What COM adds to that number. xlwings 0.37.8 turns the first seven into texts and lets the newer ones
through as whole numbers, which no cell holds: every number of a cell is a float or a currency."""
_MOST_ERRORS: Final = 1 << 16
"""So many such numbers there are: one that Excel gets tomorrow is an error too, and never an amount."""
_LEFT_OUT: Final = -2_147_352_572
"""What COM has for an argument that is left out (DISP_E_PARAMNOTFOUND)."""

_BEGINS_AS_TEXT: Final = re.compile(r"[^\W\d_]|[▲▼?«“(]")
"""No number, date or formula begins like this, but for months, currencies and truth values."""
_MAYBE_VALUE: Final = re.compile(
    r"true|false|vrai|faux|wahr|falsch|\(.*|[^\W\d_]{1,12}[-./ ,']*\d[\d.,:/ '-]*[ap]?m?", re.IGNORECASE
)
"""Texts that Excel may take for a truth value, a date such as May 2026, an amount such as EUR 5, or (5)."""


def cell_of(value: Any) -> Cell:
    """Return the cell that a value read through xlwings stands for.

    Currency comes as :class:`~decimal.Decimal`, an error as its text or, where
    xlwings does not know it, as the number that COM has for it.

    >>> cell_of(Decimal("12.50")), cell_of("#N/A"), cell_of(-2146826243), cell_of("")
    (12.5, CellError(text='#N/A'), CellError(text='#SPILL!'), None)
    """
    match value:
        case None | "":
            return None
        case bool() | float():
            return value
        case int() if 0 <= value - _OF_COM < _MOST_ERRORS:
            return CellError(_ERRORS.get(value - _OF_COM, "#UNKNOWN!"))
        case int() if value == _LEFT_OUT:
            return None
        case int() | Decimal():
            return float(value)
        case dt.datetime():
            return value.replace(tzinfo=None)
        case dt.date():
            return dt.datetime.combine(value, dt.time())
        case str():
            return CellError(value) if value in _TEXTS_OF_ERRORS else value
        case _:
            return str(value)


def cells_of(values: Sequence[Any]) -> list[Cell]:
    """Return the cells that many values stand for; as a rule they are what cells hold anyway.

    >>> cells_of([1.5, "", None]), cells_of(["Good", "#N/A"])
    ([1.5, None, None], ['Good', CellError(text='#N/A')])
    """
    kinds = set(map(type, values))
    if kinds <= _AS_THEY_ARE and (str not in kinds or _NOT_AS_THEY_ARE.isdisjoint(values)):
        return list(values)
    return list(map(cell_of, values))


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
            text = cleaned(cell)
            safe = text == "" or (_BEGINS_AS_TEXT.match(text) and not _MAYBE_VALUE.fullmatch(text.strip()))
            return text if safe else "'" + text[: MOST_TEXT - 1]
        case CellError() | Uncalculated():
            message = f"{cell} is read from cells, never written"
            raise TypeError(message)
        case _:
            return cell
