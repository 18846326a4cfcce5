"""What a cell can hold, and when two cells show the same."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from addin.workbook.port import Cell, Formula

__all__ = ["AS_EXCEL_KEEPS", "EXCEL_EPOCH", "MOST_TEXT", "cleaned", "same_cell", "serial"]

EXCEL_EPOCH: Final = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - cells have no time zone
"""Day 0 of Excel's serial numbers."""
_FROM_1904: Final = 1462
"""Days between the two systems of dates."""
MOST_TEXT: Final = 32_767
"""UTF-16 units that a cell holds."""

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
AS_EXCEL_KEEPS: Final = 1e-14
"""How far a number may lie from what was written, as a part of it, once Excel has held it."""
_A_MOMENT: Final = dt.timedelta(milliseconds=2)
_OF_A_DAY: Final = 1e-6


def cleaned(text: str) -> str:
    r"""Return a text as a cell can hold it: without signs that XML forbids, and not too long.

    >>> cleaned("a\x00b")
    'ab'
    """
    if not text.isprintable():
        text = _ILLEGAL.sub("", text)
    if len(text) > MOST_TEXT // 2 and len(text.encode("utf-16-le")) > 2 * MOST_TEXT:
        text = text.encode("utf-16-le")[: 2 * MOST_TEXT].decode("utf-16-le", "ignore")
    return text


def serial(day: dt.date) -> float:
    """Return the number that Excel counts a date or time with.

    >>> serial(dt.date(2026, 1, 1))
    46023.0
    """
    moment = day if isinstance(day, dt.datetime) else dt.datetime.combine(day, dt.time())
    return (moment.replace(tzinfo=None) - EXCEL_EPOCH) / dt.timedelta(days=1)


def same_cell(shown: Cell, wanted: Cell, *, to: float = 0.0) -> bool:
    """Whether a cell that reads as ``shown`` holds what was wanted.

    A date may come back a moment off, and as its serial number where the
    format of the cell shows no date; what a formula shows is not known.

    Parameters
    ----------
    shown, wanted
        The cells.
    to
        How far two numbers may lie apart, as a part of the wanted one.
    """
    match wanted:
        case Formula():
            return True
        case str():
            wanted = cleaned(wanted) or None
        case dt.datetime():
            if isinstance(shown, dt.datetime):
                return abs(shown - wanted) < _A_MOMENT
            if not isinstance(shown, float):
                return False
            days = serial(wanted)
            return min(abs(shown - days), abs(shown + _FROM_1904 - days)) < _OF_A_DAY
    if isinstance(shown, bool) or isinstance(wanted, bool):
        return shown is wanted
    if isinstance(shown, float) and isinstance(wanted, float):
        return shown == wanted or abs(shown - wanted) <= to * abs(wanted)
    return shown == wanted
