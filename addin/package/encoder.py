"""Values as the XML of cells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from math import isfinite
from typing import Final, NamedTuple

import numpy as np

from addin.package import lexer, text
from addin.package.dates import to_serial
from addin.workbook.port import Cell, CellError, Formula, Uncalculated, column_letters
from addin.workbook.same_cell import MOST_TEXT, cleaned

EMPTY: Final = b"/>"
"""The rest of an empty cell's element, after its address and style."""
_ERROR: Final = re.compile(r"#[A-Z0-9/_]+[!?]?")
"""An error value, such as ``#N/A``."""

_PLAIN: Final = 1e15
"""From it on a whole number is written with an exponent."""
_RECURS: Final = 64
"""Longer texts rarely recur: they are not kept."""


class Strip(NamedTuple):
    """What becomes of a run of cells below each other.

    ``column`` and ``top`` count from 1. Of each cell ``tails`` has the rest
    of the element after address and style, None where it must not be
    touched; ``same`` tells where the cell already shows the value. Rows
    beyond ``bottom``, the body so far, take ``style``, and so does a cell
    that does not exist yet; None leaves that to the row or the column.
    """

    column: int
    top: int
    tails: list[bytes | None]
    same: list[bool]
    bottom: int
    style: bytes | None

    @property
    def last(self) -> int:
        """The last row."""
        return self.top + len(self.tails) - 1


class Encoder:
    """Writes values as the rest of a cell's element, after its address and style.

    Parameters
    ----------
    prefix
        The namespace prefix of the worksheet's elements.
    from_1904
        Whether dates count from 1904.
    """

    def __init__(self, prefix: bytes, *, from_1904: bool) -> None:
        self._from_1904 = from_1904
        self._prefix = prefix
        self._number = b"><%bv>%%b</%bv></%bc>" % ((prefix,) * 3)
        self._calculated = b"><%bf%%b>%%b</%bf></%bc>" % ((prefix,) * 3)
        self._bool = b' t="b"' + self._number
        self._error = b' t="e"' + self._number
        self._string = b' t="inlineStr"><%bis><%bt%%b>%%b</%bt></%bis></%bc>' % ((prefix,) * 5)
        self._plain_string = self._string % (b"", b"%b")
        self._texts: dict[str | dt.datetime, bytes] = {}

    def tails(self, values: Iterable[Cell], column: int, top: int) -> list[bytes | None]:
        """Return :meth:`tail` of each value of a run of cells below each other; a million a second."""
        found: list[bytes | None] = []
        append, tail, texts, numbered = found.append, self.tail, self._texts, self._number
        for value in values:
            if value is None:
                append(EMPTY)
            elif type(value) is str:
                append(texts.get(value) or tail(value))
            elif type(value) is float and isfinite(value):
                whole = value.is_integer() and -_PLAIN < value < _PLAIN
                append(numbered % (b"%d" % value if whole else repr(value).encode()))
            elif type(value) is Formula:
                append(self._formula(value, top + len(found), column))
            else:
                append(tail(value))
        return found

    def tail(self, value: Cell) -> bytes:
        """Return the rest of the element of a cell that holds the value.

        Raises
        ------
        ValueError
            If the number is not finite or the date precedes the workbook's first.
        TypeError
            If it is no value that a program may write, such as an error.
        """
        if value is None or value == "":
            return EMPTY
        if isinstance(value, str):
            if len(value) > _RECURS:
                return self._text(value)
            if value not in self._texts:
                self._texts[value] = self._text(value)
            return self._texts[value]
        if isinstance(value, bool | np.bool_):
            return self._bool % (b"1" if value else b"0")
        if isinstance(value, dt.datetime):
            if value not in self._texts:
                self._texts[value] = self._number % number(to_serial(value, from_1904=self._from_1904))
            return self._texts[value]
        if isinstance(value, CellError | Uncalculated | Formula):
            message = f"{value} is never written to a file"
            raise TypeError(message)
        return self._number % number(value)

    def _formula(self, formula: Formula, row: int, column: int) -> bytes:
        """Return the rest of the element of a cell with a formula, whose value Excel calculates."""
        text, spread = formula.text, formula.spread
        array = text.startswith("{=") and text.endswith("}")
        spelled = dict(spread.spelled) if spread is not None else {}
        content = text[2:-1] if array else text.removeprefix("=")
        kind = "array" if array else spelled.pop("t", "")
        if not (content or kind):
            return EMPTY
        if not kind and _ERROR.fullmatch(content):  # an error that was typed, or pasted as a value
            return self._error % lexer.escape_bytes(content.encode())
        of_cell = b' cm="%b"' % spelled.pop("cm").encode() if "cm" in spelled else b""
        of_formula: dict[str, str] = {}
        if kind:
            n_rows, n_columns = (spread.n_rows, spread.n_columns) if spread is not None else (1, 1)
            last = f"{column_letters(column + n_columns - 1)}{row + n_rows - 1}"
            first = f"{column_letters(column)}{row}"
            of_formula = {"t": kind, "ref": first if first == last else f"{first}:{last}"} | spelled
        attributes = "".join(f' {name}="{value}"' for name, value in of_formula.items()).encode()
        return of_cell + self._calculated % (attributes, lexer.escape_bytes(content.encode()))

    def calculated(self, formula: Formula, value: Cell) -> bytes:
        """Return the rest of the element of a cell with a formula and the value that it has."""
        prefix = self._prefix
        spelled = b"<%bf>%b</%bf>" % (
            prefix,
            lexer.escape_bytes(formula.text.removeprefix("=").encode()),
            prefix,
        )
        if value is None or isinstance(value, str):
            kind, shown = b' t="str"', text.encoded(cleaned(value or ""))
        elif isinstance(value, bool | np.bool_):
            kind, shown = b' t="b"', b"1" if value else b"0"
        elif isinstance(value, dt.datetime):
            kind, shown = b"", number(to_serial(value, from_1904=self._from_1904))
        elif isinstance(value, CellError | Uncalculated | Formula):
            message = f"{value} is no value of a formula that is known"
            raise TypeError(message)
        else:
            kind, shown = b"", number(value)
        return b"%b>%b<%bv>%b</%bv></%bc>" % (kind, spelled, prefix, shown, prefix, prefix)

    def _text(self, value: str) -> bytes:
        if (
            len(value) <= MOST_TEXT // 2
            and value.isprintable()
            and value == value.strip()
            and not ("&" in value or "<" in value or ">" in value or "_x" in value or "  " in value)
        ):
            return self._plain_string % value.encode()
        clean = cleaned(value)
        if not clean:
            return EMPTY
        spaced = clean[0].isspace() or clean[-1].isspace() or "\n" in clean or "  " in clean
        return self._string % (b' xml:space="preserve"' if spaced else b"", text.encoded(clean))


def number(value: float) -> bytes:
    """Return the shortest digits that read back as the same number.

    >>> number(0.1), number(50.0)
    (b'0.1', b'50')
    """
    if not isfinite(value):
        message = f"{value} is no number that a cell can hold"
        raise ValueError(message)
    if value == int(value) and abs(value) < _PLAIN:
        return b"%d" % value
    return repr(float(value)).encode()


def style_attribute(style: str | None) -> bytes:
    """Return the attribute of a cell for a style."""
    return b' s="%d"' % int(style) if style and style.isdigit() else b""
