"""Rows as nearly every program writes them: cut into columns of cells, proven and read at once.

Each cell of row 5 is named A5, B5 and so on. Cut at ``5"``, a row falls into pieces, each the rest of one
cell and the beginning of the next: rows with the same cells give the same number of pieces, and a column of
pieces is read in one go. Nothing in them is taken on trust: a piece either has exactly the shape below, and
so is well-formed, or its rows are read as any XML is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final, NamedTuple, TypeVar

from addin.package.cells import column_number
from addin.workbook.port import column_letters

__all__ = ["END", "IrregularError", "OtherRows", "RegularRows", "UsualCell", "regular_rows"]

T = TypeVar("T")

END: Final = b"</row>"
_START: Final = b'<row r="'
_FEWEST: Final = 8
"""Fewer rows of the same cells are sooner read one by one."""
_BETWEEN: Final = b"\0"
"""What parts pieces that are looked at together: no text of XML holds it."""

_SIGN: Final = rb"[^<>&\x00-\x08\x0b\x0c\x0e-\x1f]"
_CELL: Final = (
    rb'\x00((?: s="[0-9]+"|)(?: t="[a-zA-Z]+"|))'
    rb'(?:/>|><v>(%b)</v></c>|><is><t(?: xml:space="preserve"|)>(%b)</t></is></c>)'
    rb'(<c r="[A-Z]{1,3}|)(?=\x00)'
)
_USUAL: Final = re.compile(_CELL % ((_SIGN + rb"*",) * 2))
_WITH_REFERENCES: Final = re.compile(_CELL % ((rb"(?:%b|&(?:amp|lt|gt|quot|apos);)*+" % _SIGN,) * 2))
_OPENING: Final = re.compile(rb'<c r="([A-Z]{1,3})\Z')

UsualCell = tuple[bytes, bytes, bytes, bytes]
"""A cell: its attributes but the address, its value, else its own text, and how the next cell begins."""


class IrregularError(Exception):
    """A worksheet is not written in the usual way: it has to be read as a whole."""


class OtherRows(NamedTuple):
    """Rows of any shape: as text, with the numbers of the row before them and of the last one."""

    before: int
    last: int
    text: bytes


class RegularRows(NamedTuple):
    """Rows one below the other, with the same cells.

    Attributes
    ----------
    first
        Number of the first one.
    columns
        Numbers of the columns of their cells.
    starts
        What stands between the number of each row and that of its first cell.
    pieces
        For each column the rest of its cells, and the beginning of the next ones.
    """

    first: int
    columns: Sequence[int]
    starts: Sequence[bytes]
    pieces: Sequence[Sequence[bytes]]

    @property
    def last(self) -> int:
        """Number of the last one."""
        return self.first + len(self.starts) - 1

    def opening(self, place: int) -> bytes:
        """Return how the cells of a column by its place begin; nothing beyond the last one."""
        if place == len(self.columns):
            return b""
        return b'<c r="' + column_letters(self.columns[place]).encode()

    def read(self, place: int, of_cells: Callable[[Sequence[UsualCell]], Sequence[T]]) -> Sequence[T]:
        """Return what becomes of the cells of a column, by its place; of equal ones once.

        Raises
        ------
        IrregularError
            If one of them has not the shape of a usual cell.
        """
        pieces = self.pieces[place]
        if pieces.count(pieces[0]) == len(pieces):
            return [of_cells(self._cells(place, pieces[:1]))[0]] * len(pieces)
        different = list(set(pieces))
        if len(different) > len(pieces) // 2:
            return of_cells(self._cells(place, pieces))
        known = dict(zip(different, of_cells(self._cells(place, different)), strict=True))
        return [known[piece] for piece in pieces]

    def _cells(self, place: int, pieces: Sequence[bytes]) -> list[UsualCell]:
        opening = self.opening(place + 1)
        for pattern in (_USUAL, _WITH_REFERENCES):
            found = pattern.findall(_BETWEEN.join([b"", *pieces, b""]))
            if len(found) == len(pieces) and {cell[3] for cell in found} == {opening}:
                return found
        raise IrregularError

    def row_tags(self) -> set[bytes]:
        """Return the different tags of these rows, as empty elements.

        Raises
        ------
        IrregularError
            If one of them ends elsewhere than where the first cell begins.
        """
        opening = b">" + self.opening(0)
        starts = set(self.starts)
        if not all(start.endswith(opening) for start in starts):
            raise IrregularError
        return {_START + b'1"' + start.removesuffix(opening) + b"/>" for start in starts}

    def lead_to(self, place: int) -> bool:
        """Whether the cells of a column begin where the pieces before them end."""
        opening = self.opening(place)
        return all(piece.endswith(opening) for piece in (self.pieces[place - 1] if place else self.starts))

    def text(self) -> bytes:
        """Return the rows as the part has them."""
        rows = zip(self.starts, *self.pieces, strict=True)
        return b"".join(
            (b'%d"' % number).join((_START, *row)) + END for number, row in enumerate(rows, self.first)
        )


def regular_rows(text: bytes, before: int) -> Iterator[RegularRows | OtherRows]:
    """Part some rows into those that are regular and others, in their order.

    Parameters
    ----------
    text
        The rows, from the start of the first one to the end of the last.
    before
        Number of the row before them.

    Raises
    ------
    IrregularError
        If a row does not say its number first of all, or says one that is not above the one before.
    """
    lines = text.split(END)[:-1]
    numbers = [_number(line) for line in lines]
    if any(one >= other for one, other in pairwise([before, *numbers])):
        raise IrregularError
    cut = [line.split(b'%d"' % number) for number, line in zip(numbers, lines, strict=True)]
    places = range(len(lines))
    for _, group in groupby(places, key=lambda place: (numbers[place] - place, len(cut[place]))):
        rows = list(group)
        start, end, last = rows[0], rows[-1] + 1, numbers[rows[-1]]
        regular = _together(numbers[start], cut[start:end]) if len(rows) >= _FEWEST else None
        yield regular or OtherRows(before, last, b"".join(line + END for line in lines[start:end]))
        before = last


def _number(line: bytes) -> int:
    digits = line[len(_START) : line.find(b'"', len(_START))] if line.startswith(_START) else b""
    if not digits.isdigit() or digits.startswith(b"0"):
        raise IrregularError
    return int(digits)


def _together(first: int, rows: Sequence[Sequence[bytes]]) -> RegularRows | None:
    """Return rows of the same number of pieces as columns, None if these cannot be told."""
    _, starts, *pieces = zip(*rows, strict=True)
    named = [_OPENING.search(column[0]) for column in (starts, *pieces[:-1])]
    columns = [column_number(name[1].decode()) for name in named if name]
    if len(columns) < len(named) or any(one >= other for one, other in pairwise(columns)):
        return None
    return RegularRows(first, columns, starts, pieces)
