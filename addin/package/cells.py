"""The cells of a worksheet's XML: the patterns that find them and the values that they hold."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Final

from addin.package import lexer, text
from addin.package.dates import from_serial
from addin.workbook.port import Cell, CellError, Uncalculated, column_letters

_REFERENCE: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@functools.lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """Return the number of a column, from 1.

    >>> column_number("A"), column_number("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def position(reference: str) -> tuple[int, int] | None:
    """Return row and column of a cell's address, both from 1, or None.

    >>> position("B4")
    (4, 2)
    """
    found = _REFERENCE.fullmatch(reference.strip())
    return (int(found[2]), column_number(found[1])) if found else None


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, bounds included, all from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, reference: str) -> Area | None:
        """Return the area of an address such as ``A1:B2``, or None."""
        first, _, last = reference.partition(":")
        start, end = position(first), position(last or first)
        if start is None or end is None:
            return None
        (top, left), (bottom, right) = start, end
        return cls(min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    def meets(self, other: Area) -> bool:
        """Whether the two share a cell."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


@dataclass(frozen=True, slots=True)
class Found:
    """One cell of a row: its place in the part, its column, its attributes and content."""

    start: int
    end: int
    column: int
    attributes: Mapping[str, str]
    inner: tuple[int, int]


class Patterns:
    """How the elements of one worksheet look.

    Parameters
    ----------
    prefix
        The namespace prefix of its elements with the colon, or empty.

    Attributes
    ----------
    usual
        A cell as nearly every program writes it: letters of its address, other
        attributes, value, else text in place, else any other content.
    """

    def __init__(self, prefix: bytes) -> None:
        p = re.escape(prefix)
        self.prefix: Final = prefix
        self.opening: Final = b"<" + prefix + b"c"
        self.row_end: Final = b"</" + prefix + b"row"
        self.row: Final = re.compile(rb"<%brow(%b)(/?)>" % (p, lexer.ATTRS))
        self.usual: Final = re.compile(
            rb'<%bc r="([A-Z]+)[0-9]+"([^>/]*)(?:/>|>(?:<%bv>([^<]*)</%bv></%bc>'
            rb'|<%bis><%bt(?: xml:space="preserve")?>([^<]*)</%bt></%bis></%bc>|(.*?)</%bc>))' % ((p,) * 10),
            re.DOTALL,
        )
        self.cell: Final = re.compile(
            rb"<%bc(%b)(?:/>|>(.*?)</%bc\s*>)" % (p, lexer.ATTRS, p),
            re.DOTALL,
        )
        self.formula_opening: Final = b"<" + prefix + b"f"
        self.formula: Final = re.compile(rb"<%bf(%b)(?:/>|>([^<]*)</)" % (p, lexer.ATTRS))
        self.value: Final = re.compile(rb"<%bv%b(?:/>|>([^<]*)</)" % (p, lexer.ATTRS))

    def run(self, columns: Sequence[int]) -> re.Pattern[bytes]:
        """Return the pattern of adjacent usual cells without formulas, by groups of cell and attributes."""
        p = re.escape(self.prefix)
        content = rb"<%bv>[^<]*</%bv>|<%bis><%bt(?: xml:space=\"preserve\")?>[^<]*</%bt></%bis>" % ((p,) * 6)
        return re.compile(
            b"".join(
                rb'(<%bc r="%b[0-9]+"([^>/]*)(?:/>|>(?:%b)</%bc>))'
                % (p, column_letters(column).encode(), content, p)
                for column in columns
            ),
        )

    def cells(self, masked: bytes, row: int, start: int, end: int) -> tuple[int, list[Found]]:
        """Return the row's number and its cells, which may lack addresses.

        Parameters
        ----------
        masked
            The part, masked.
        row
            The row's number where it is known, else 0.
        start, end
            Offsets of the row's content.
        """
        found = []
        column = 0
        for match in self.cell.finditer(masked, start, end):
            values = lexer.attributes(match[1])
            place = position(values.get("r", ""))
            column = place[1] if place else column + 1
            row = row or (place[0] if place else 0)
            inner = match.span(2) if match[2] is not None else (match.end(), match.end())
            found.append(Found(match.start(), match.end(), column, values, inner))
        return row, found


class Decoder:
    """Turns what the XML says of a cell into its value.

    Parameters
    ----------
    patterns
        The patterns of the worksheet.
    strings
        The shared strings.
    date_styles
        The cell formats that show dates.
    from_1904
        Whether dates count from 1904.
    """

    def __init__(
        self,
        patterns: Patterns,
        strings: Sequence[str | None],
        date_styles: frozenset[int],
        *,
        from_1904: bool,
    ) -> None:
        self._patterns = patterns
        self._strings = strings
        self._date_styles = date_styles
        self._from_1904 = from_1904
        self._dates: dict[bytes, Cell] = {}

    def shows_date(self, style: str | None) -> bool:
        """Whether a cell format shows dates."""
        return style is not None and style.isdigit() and int(style) in self._date_styles

    def value(self, content: bytes, kind: str, *, date: bool) -> Cell:
        """Return the value of a cell's content, whatever it is made of."""
        if not content:
            return None
        if kind == "inlineStr":
            return text.joined(content) or None
        value = self._patterns.value.search(content)
        raw = (value[1] or b"") if value else b""
        formula = self._patterns.formula.search(content)
        if formula and not raw and (value is None or kind != "str"):
            return Uncalculated(lexer.unescape(formula[2] or b""))
        return self.plain(raw, kind, date=date)

    def plain(self, raw: bytes, kind: str, *, date: bool) -> Cell:
        """Return the value of the content of ``v``.

        Raises
        ------
        ValueError, IndexError
            If a shared string is no number of one.
        """
        if not raw:
            return None
        if kind == "n":
            return self.date(raw) if date else self.number(raw)
        if kind == "s":
            return self.shared(raw)
        shown = text.decoded(raw)
        if kind == "b":
            return shown.strip() in ("1", "true")
        if kind == "e":
            return CellError(shown)
        if kind == "d":
            return iso_date(shown)
        return shown or None

    @staticmethod
    def number(raw: bytes) -> float | str:
        """Return a number; what only claims to be one stays text, for the person to see."""
        try:
            found = float(raw)
        except ValueError:
            return text.decoded(raw)
        return found if isfinite(found) else text.decoded(raw)

    def shared(self, raw: bytes) -> Cell:
        """Return the shared string of a number.

        Raises
        ------
        ValueError, IndexError
            If there is none.
        """
        index = int(raw)
        if index < 0:
            raise IndexError(index)
        return self._strings[index]

    def date(self, raw: bytes) -> Cell:
        """Return the date of a serial number, or the number where there is no such date."""
        if raw not in self._dates:
            serial = self.number(raw)
            if isinstance(serial, str):
                return serial
            self._dates[raw] = from_serial(serial, from_1904=self._from_1904)
        return self._dates[raw]


def iso_date(shown: str) -> dt.datetime | str:
    """Return the date that a text in ISO 8601 names, else the text."""
    try:
        return dt.datetime.fromisoformat(shown.strip()).replace(tzinfo=None)
    except ValueError:
        return shown
