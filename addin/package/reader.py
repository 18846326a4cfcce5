"""Reads the bodies of tables out of a worksheet's XML, row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Final

from addin.package import lexer, text
from addin.package.regular_rows import IrregularError, RegularRows, UsualCell
from addin.refusals import Refusal
from addin.workbook.port import Cell, column_letters

if TYPE_CHECKING:
    from addin.package.cells import Decoder, Patterns
    from addin.package.sheet import Row, RowsText, SheetText
    from addin.package.sheet_stream import SheetStream
    from addin.package.table_part import TablePart

MAX_CELLS: Final = 40_000_000
"""Most cells of one table: the 31 columns of an account sheet over all rows of Excel fit."""

_SHORT: Final = 16
"""Texts up to this length recur, as classes and codes do: one string serves them all."""

Body = tuple[list[Cell], ...]
"""The body of a table: its columns."""

_Targets = dict[bytes, tuple[list[Cell], int]]


def read_bodies(sheet: SheetText, tables: Sequence[TablePart], decoder: Decoder, file: str) -> list[Body]:
    """Return the body of each table of a worksheet, as columns of cells.

    Raises
    ------
    Refusal
        If a table is too large or the worksheet contradicts itself.
    """
    reader = _Reader(tables, sheet.patterns, decoder, file)
    try:
        reader.read_text(sheet)
    except (ValueError, IndexError) as error:
        raise Refusal("damaged_part", file=file, part=sheet.part) from error
    return reader.bodies


def stream_bodies(
    sheet: SheetStream, tables: Sequence[TablePart], decoder: Decoder, file: str
) -> tuple[list[Body], bytes]:
    """Return the body of each table of a worksheet, and what of its text was not proven on the way.

    Raises
    ------
    IrregularError
        If the worksheet has to be read as a whole.
    Refusal, ValueError, IndexError
        If there is anything wrong with it: read as a whole, it is said what.
    """
    reader = _Reader(tables, sheet.patterns, decoder, file)
    unproven = [sheet.head]
    known: set[bytes] = set()
    for rows in sheet.stretches():
        tags = reader.read_regular(rows) if isinstance(rows, RegularRows) else None
        if tags is not None:
            unproven += tags - known
            known |= tags
            continue
        text = sheet.text(rows)
        unproven.append(text.content)
        reader.read_text(text)
    return list(map(_lean, reader.bodies)), b"".join([*unproven, sheet.tail])


def _lean(body: Body) -> Body:
    """Return a body whose empty columns, which are many before a first refresh, are one and the same."""
    empty: list[Cell] = [None] * len(body[0])
    return tuple(empty if column.count(None) == len(empty) else column for column in body)


def _targets(row: int, tables: Sequence[TablePart], bodies: Sequence[Body]) -> tuple[_Targets, int]:
    """Return where the cells of a row go, by column letters, and the last row for which this holds."""
    targets: _Targets = {}
    until = 1 << 30
    for table, body in zip(tables, bodies, strict=True):
        bottom = table.top + table.n_rows - 1
        if table.top <= row <= bottom:
            until = min(until, bottom)
            for column, cells in enumerate(body):
                targets[column_letters(table.area.left + column).encode()] = (cells, table.top)
        elif row < table.top:
            until = min(until, table.top - 1)
    return targets, until


class _Reader:
    """Reads rows into the bodies of tables, the usual ones fast and all others exactly."""

    def __init__(self, tables: Sequence[TablePart], patterns: Patterns, decoder: Decoder, file: str) -> None:
        for table in tables:
            if table.n_rows * len(table.headers) > MAX_CELLS:
                raise Refusal("table_too_large", file=file, table=table.name, cells=MAX_CELLS)
        self.bodies: list[Body] = [tuple([None] * table.n_rows for _ in table.headers) for table in tables]
        self._tables = tables
        self._first = min((table.top for table in tables), default=0)
        self._last = max((table.top + table.n_rows - 1 for table in tables), default=0)
        self._decoder = decoder
        self._kinds: dict[bytes, tuple[str, bool]] = {}
        self._texts: dict[bytes, str | None] = {}
        self._plain: dict[bytes, Callable[[bytes], Cell]] = {}
        self._usual = patterns.usual.findall
        self._opening = patterns.opening

    def read_text(self, sheet: RowsText) -> None:
        """Read rows of any shape.

        Raises
        ------
        ValueError, IndexError
            If a cell refers to what is not there.
        Refusal
            If their numbers do not ascend.
        """
        targets: _Targets = {}
        valid_until = 0
        for row in sheet.rows():
            if row.number > self._last:
                break
            if row.number < self._first or row.empty:
                continue
            if row.number > valid_until:
                targets, valid_until = _targets(row.number, self._tables, self.bodies)
            if targets:
                self._read(sheet, row, targets)

    def read_regular(self, rows: RegularRows) -> set[bytes] | None:
        """Read regular rows and return their different tags, None if one of them is none after all."""
        try:
            tags = rows.row_tags()
            columns = [rows.read(place, self._cells) for place in range(len(rows.columns))]
        except IrregularError:
            return None
        for table, body in zip(self._tables, self.bodies, strict=True):
            first, after = max(rows.first, table.top), min(rows.last, table.top + table.n_rows - 1) + 1
            if first < after:
                for number, cells in zip(rows.columns, columns, strict=True):
                    if table.area.left <= number <= table.area.right:
                        column = body[number - table.area.left]
                        column[first - table.top : after - table.top] = cells[
                            first - rows.first : after - rows.first
                        ]
        return tags

    def _cells(self, cells: Sequence[UsualCell]) -> list[Cell]:
        attributes, values, _, _ = zip(*cells, strict=True)
        if attributes.count(attributes[0]) == len(cells) and self._kind(attributes[0]) == ("n", False):
            try:
                numbers = list(map(float, values))
            except ValueError:  # not all of them are numbers
                numbers = []
            if numbers and all(map(isfinite, numbers)):
                return numbers  # type: ignore[return-value]  # numbers are cells
        return list(map(self._cell, cells))

    def _cell(self, cell: UsualCell) -> Cell:
        attributes, raw, inline, _ = cell
        if raw:
            if attributes not in self._plain:
                self._plain[attributes] = self._decoder_of(attributes)
            return self._plain[attributes](raw)
        return self._inline(inline) if inline else None

    def _read(self, sheet: RowsText, row: Row, targets: _Targets) -> None:
        content = sheet.masked
        found = self._usual(content, row.start, row.end)
        if len(found) != content.count(self._opening, row.start, row.end) or sheet.hides(row):
            self._read_any(sheet, row, targets)
            return
        number = row.number
        for letters, attributes, raw, inline, other in found:
            if letters not in targets:
                continue
            if raw or inline:
                cells, top = targets[letters]
                cells[number - top] = self._cell((attributes, raw, inline, b""))
            elif other:
                kind, date = self._kind(attributes)
                cells, top = targets[letters]
                cells[number - top] = self._decoder.value(other, kind, date=date)

    def _read_any(self, sheet: RowsText, row: Row, targets: _Targets) -> None:
        _, found = sheet.patterns.cells(sheet.masked, row.number, row.start, row.end)
        for cell in found:
            target = targets.get(column_letters(cell.column).encode())
            if target is not None:
                content = lexer.plain(sheet.content[slice(*cell.inner)])
                kind = cell.attributes.get("t", "n")
                date = self._decoder.shows_date(cell.attributes.get("s"))
                target[0][row.number - target[1]] = self._decoder.value(content, kind, date=date)

    def _inline(self, raw: bytes) -> str | None:
        if len(raw) > _SHORT:
            return text.decoded(raw)
        if raw not in self._texts:
            self._texts[raw] = text.decoded(raw) or None
        return self._texts[raw]

    def _kind(self, attributes: bytes) -> tuple[str, bool]:
        """Return the type of a cell and whether it shows a date, from its attributes but the address."""
        if attributes not in self._kinds:
            values = lexer.attributes(attributes)
            self._kinds[attributes] = (values.get("t", "n"), self._decoder.shows_date(values.get("s")))
        return self._kinds[attributes]

    def _decoder_of(self, attributes: bytes) -> Callable[[bytes], Cell]:
        kind, date = self._kind(attributes)
        if kind == "n":
            return self._decoder.date if date else self._decoder.number
        if kind == "s":
            return self._decoder.shared
        return lambda raw: self._decoder.plain(raw, kind, date=date)
