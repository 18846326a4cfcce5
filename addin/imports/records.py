"""Rows of text taken apart into cells, with quotation marks that do not always close."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["UNFINISHED", "Splitter"]

_LONGEST: Final = 100
"""Lines that a quoted cell may run over: beyond it, its quotation mark was a stray one."""
_LARGEST: Final = 32 * 2**10
_PATIENCE: Final = 2_000
"""Lines that may be read again for quotation marks that never close: a hostile file must not take hours."""

UNFINISHED: Final[list[str]] = []
"""Stands for a row with a cell that is still open where the text ends."""
_STRAY: Final[list[str]] = []


@dataclass(frozen=True, slots=True)
class Splitter:
    """Takes lines apart.

    Attributes
    ----------
    delimiter
        What parts the cells.
    quoting
        Whether quotation marks around a cell belong to the writing, not to the cell.
    """

    delimiter: str
    quoting: bool

    def rows(
        self, lines: Sequence[str], first: int, width: int | None = None, *, last: bool = True
    ) -> Iterator[tuple[int, list[str] | None]]:
        """Yield the cells of each row with the line it begins in.

        Parameters
        ----------
        lines
            The text.
        first
            Number of its first line.
        width
            Number of columns; None where it is not known yet.
        last
            Whether the file ends with the text; else a cell that is still open at its end is
            :data:`UNFINISHED`.

        Notes
        -----
        None stands for a row with a quotation mark that is opened and never closed. A mark that closes
        only lines later, and then in the middle of a cell or over whole rows, was a stray one: 3" pipes.
        """
        at, patience = 0, _PATIENCE
        while at < len(lines):
            line = lines[at]
            start, at = at, at + 1
            if not self.quoting or '"' not in line:
                yield first + start, line.split(self.delimiter)
                continue
            fields = _fields(line, self.delimiter)
            more = [line]
            size = len(line)
            while fields is None and at < len(lines) and _may_go_on(more, size, patience):
                more.append(lines[at])
                size += len(lines[at])
                at += 1
                fields = _fields("\n".join(more), self.delimiter, strict=True) if '"' in more[-1] else None
                if fields is _STRAY:
                    break
            if len(more) > 1 and all(one.count(self.delimiter) + 1 == width for one in more):
                fields = _STRAY  # each of the lines is a whole row
            goes_on = at == len(lines) and _may_go_on(more, size, patience)
            if fields is None and goes_on and not last:
                yield first + start, UNFINISHED
                return
            if fields is None or fields is _STRAY:
                patience -= len(more)
                at = start + 1
                plain = line.split(self.delimiter)
                fields = plain if width is None or len(plain) == width else None
            yield first + start, fields


def _may_go_on(more: Sequence[str], size: int, patience: int) -> bool:
    return len(more) < _LONGEST and size < _LARGEST and patience > 0


def _fields(record: str, delimiter: str, *, strict: bool = False) -> list[str] | None:
    """Return the cells of a row, None where a quoted cell is left open.

    In a row of several lines, a mark that closes in the middle of a cell is :data:`_STRAY`.
    """
    try:
        return next(csv.reader([record], delimiter=delimiter, strict=True), [""])
    except csv.Error as error:
        if "end of data" in str(error):
            return None
        return _STRAY if strict else next(csv.reader([record], delimiter=delimiter), [""])
