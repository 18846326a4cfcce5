"""Dates of a workbook: which formats show one, and serial numbers to and from dates."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from addin.package import lexer
from addin.workbook.same_cell import EXCEL_EPOCH

_BUILTIN: Final = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})
"""Number formats that need no code of their own and show a date or a time of day (ECMA-376, 18.8.30)."""

_NOT_CODE: Final = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE | re.DOTALL)
_DURATION: Final = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_DATE_SIGN: Final = re.compile(r"[ymdhse]", re.IGNORECASE)
_NOT_A_DATE: Final = re.compile(r"general|standard|[0#?][.,]?[0#?]*e[+-]", re.IGNORECASE)

_DAY: Final = dt.timedelta(days=1)
_EPOCH_1904: Final = dt.datetime(1904, 1, 1)  # noqa: DTZ001 - a workbook knows no time zones
_FIRST_REAL: Final = dt.datetime(1900, 3, 1)  # noqa: DTZ001
_FIRST: Final = dt.datetime(1900, 1, 1)  # noqa: DTZ001
_MILLISECONDS: Final = 86_400_000


def shows_date(code: str) -> bool:
    """Whether a number format shows a date or a time of day; durations do not.

    >>> shows_date('dd/mm/yyyy'), shows_date('[h]:mm'), shows_date('"day" 0'), shows_date('[Red]0.00')
    (True, False, False, False)
    """
    section = _NOT_CODE.sub("", code).split(";")[0]
    if _DURATION.search(section):
        return False
    return _DATE_SIGN.search(_NOT_A_DATE.sub("", section)) is not None


def is_date_format(number: int, code: str | None) -> bool:
    """Whether a number format shows a date: by its code, or by its number if it needs none.

    >>> is_date_format(14, None), is_date_format(164, "0.00"), is_date_format(2, None)
    (True, False, False)
    """
    return shows_date(code) if code is not None else number in _BUILTIN


def date_styles(styles: bytes) -> frozenset[int]:
    """Return the cell formats, by their place in ``cellXfs``, that show dates."""
    custom: dict[str, str] = {}
    found: set[int] = set()
    place = -1
    for tag in lexer.tags(lexer.masked(styles)):
        if tag.name == "numFmt" and not tag.closing:
            custom.setdefault(tag.get("numFmtId") or "", tag.get("formatCode") or "")
        elif tag.name == "cellXfs":
            place = -1 if tag.closing or tag.empty else 0
        elif tag.name == "xf" and not tag.closing and place >= 0:
            number = tag.get("numFmtId") or "0"
            if is_date_format(int(number) if number.isdigit() else 0, custom.get(number)):
                found.add(place)
            place += 1
    return frozenset(found)


def from_serial(serial: float, *, from_1904: bool) -> dt.datetime | float:
    """Return the date of a serial number, or the number where there is no such date.

    Notes
    -----
    In the 1900 system day 60 is 29 February 1900, which never was; day 0 and
    a bare time of day have no date either. Dates are exact to the millisecond.
    """
    if from_1904:
        epoch, low = _EPOCH_1904, 0.0
    else:
        epoch, low = (EXCEL_EPOCH if serial >= 61 else EXCEL_EPOCH + _DAY), 1.0
        if 60 <= serial < 61:
            return serial
    if not low <= serial < 2_958_466:
        return serial
    try:
        return epoch + dt.timedelta(milliseconds=round(serial * _MILLISECONDS))
    except OverflowError:
        return serial


def to_serial(moment: dt.datetime, *, from_1904: bool) -> float:
    """Return the serial number of a date.

    Raises
    ------
    ValueError
        If the date lies before the first one of the workbook's system.
    """
    moment = moment.replace(tzinfo=None)
    first, epoch = (_EPOCH_1904, _EPOCH_1904) if from_1904 else (_FIRST, EXCEL_EPOCH)
    if moment < first:
        message = f"{moment} lies before {first}, the first date of the workbook"
        raise ValueError(message)
    if epoch is EXCEL_EPOCH and moment < _FIRST_REAL:
        epoch += _DAY
    return (moment - epoch) / _DAY
