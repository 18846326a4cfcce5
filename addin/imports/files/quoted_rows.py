"""Rows of text taken apart into cells, with quotation marks that do not always close."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["UNFINISHED", "Patience", "Splitter"]

_LONGEST: Final = 100
"""Lines that a quoted cell may run over: beyond it, its quotation mark was a stray one."""
_LARGEST: Final = 32 * 2**10
_PATIENCE: Final = 2_000
"""Lines that may be read again for quotation marks that never close: a hostile file must not take hours."""

UNFINISHED: Final[list[str]] = []
"""Stands for a row with a cell that is still open where the text ends."""
_STRAY: Final[list[str]] = []


@dataclass
class Patience:
    """How many lines may still be read again."""

    left: int = _PATIENCE


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

    def rows(self, lines: Sequence[str], first: int) -> Iterator[tuple[int, list[str] | None]]:
        """Yield the cells of each row of a whole text with the line it begins in, the first one given."""
        at, patience = 0, Patience()
        while at < len(lines):
            start = at
            fields, at = self.row(lines, at, patience)
            yield first + start, fields

    def row(
        self,
        lines: Sequence[str],
        at: int,
        patience: Patience,
        width: int | None = None,
        *,
        last: bool = True,
    ) -> tuple[list[str] | None, int]:
        """Return the cells of the row that begins in a line, and the place of the line after it.

        Parameters
        ----------
        lines
            The text.
        at
            The place of the line.
        patience
            What is left of it for this text.
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
        line = lines[at]
        start, at = at, at + 1
        if not self.quoting or '"' not in line:
            return line.split(self.delimiter), at
        fields = self._fields(line, width)
        more = [line]
        size = len(line)
        while fields is None and at < len(lines) and _may_go_on(more, size, patience):
            more.append(lines[at])
            size += len(lines[at])
            at += 1
            fields = self._fields("\n".join(more), width, strict=True) if '"' in more[-1] else None
            if fields is _STRAY:
                break
        if len(more) > 1 and all(one.count(self.delimiter) + 1 == width for one in more):
            fields = _STRAY  # each of the lines is a whole row
        if fields is None and not last and at == len(lines) and _may_go_on(more, size, patience):
            return UNFINISHED, at
        if fields is None or fields is _STRAY:
            patience.left -= len(more)
            at = start + 1
            plain = line.split(self.delimiter)
            fields = plain if width is None or len(plain) == width else None
        return fields, at

    def _fields(self, record: str, width: int | None, *, strict: bool = False) -> list[str] | None:
        """Return the cells of a row, None where a quoted cell is left open.

        In a row of several lines, a mark that closes in the middle of a cell is :data:`_STRAY`.
        """
        try:
            return next(csv.reader([record], delimiter=self.delimiter, strict=True), [""])
        except csv.Error as error:
            is_open = "end of data" in str(error)
        for cells in self._protected(record, whole=not is_open and not strict):
            if len(cells) == width:
                return cells
        if is_open:
            return None
        return _STRAY if strict else next(csv.reader([record], delimiter=self.delimiter), [""])

    def _protected(self, record: str, *, whole: bool) -> Iterator[list[str]]:
        r"""Yield the cells of a row that protects its marks with \, or not at all where all are quoted."""
        if '\\"' in record:
            with contextlib.suppress(csv.Error):
                yield next(csv.reader([record], delimiter=self.delimiter, strict=True, escapechar="\\"))
        if whole and record[0] == record[-1] == '"':
            yield record[1:-1].split(f'"{self.delimiter}"')


def _may_go_on(more: Sequence[str], size: int, patience: Patience) -> bool:
    return len(more) < _LONGEST and size < _LARGEST and patience.left > 0
