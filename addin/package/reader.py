"""Reads the bodies of tables out of a worksheet's XML, row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from addin.package import lexer, text
from addin.refusals import Refusal
from addin.workbook.port import Cell, column_letters

if TYPE_CHECKING:
    from addin.package.cells import Decoder
    from addin.package.sheet import Row, SheetText
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
    bodies: list[Body] = []
    for table in tables:
        if table.n_rows * len(table.headers) > MAX_CELLS:
            raise Refusal("table_too_large", file=file, table=table.name, cells=MAX_CELLS)
        bodies.append(tuple([None] * table.n_rows for _ in table.headers))
    reader = _Reader(sheet, decoder)
    last = max((table.top + table.n_rows - 1 for table in tables), default=0)
    first = min((table.top for table in tables), default=0)
    targets: _Targets = {}
    valid_until = 0
    for row in sheet.rows():
        if row.number > last:
            break
        if row.number < first or row.empty:
            continue
        if row.number > valid_until:
            targets, valid_until = _targets(row.number, tables, bodies)
        if targets:
            try:
                reader.read(row, targets)
            except (ValueError, IndexError) as error:
                raise Refusal("damaged_part", file=file, part=sheet.part) from error
    return bodies


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
    """Reads single rows, the usual ones fast and all others exactly."""

    def __init__(self, sheet: SheetText, decoder: Decoder) -> None:
        self._sheet = sheet
        self._decoder = decoder
        self._kinds: dict[bytes, tuple[str, bool]] = {}
        self._texts: dict[bytes, str | None] = {}
        self._plain: dict[bytes, Callable[[bytes], Cell]] = {}
        self._usual = sheet.patterns.usual.findall
        self._opening = sheet.patterns.opening

    def read(self, row: Row, targets: _Targets) -> None:
        content = self._sheet.masked
        found = self._usual(content, row.start, row.end)
        if len(found) != content.count(self._opening, row.start, row.end) or self._sheet.hides(row):
            self._read_any(row, targets)
            return
        number = row.number
        plain = self._plain
        for letters, attributes, raw, inline, other in found:
            if letters not in targets:
                continue
            if raw:
                if attributes not in plain:
                    plain[attributes] = self._decoder_of(attributes)
                cells, top = targets[letters]
                cells[number - top] = plain[attributes](raw)
            elif inline:
                cells, top = targets[letters]
                cells[number - top] = self._inline(inline)
            elif other:
                kind, date = self._kind(attributes)
                cells, top = targets[letters]
                cells[number - top] = self._decoder.value(other, kind, date=date)

    def _read_any(self, row: Row, targets: _Targets) -> None:
        _, found = self._sheet.patterns.cells(self._sheet.masked, row.number, row.start, row.end)
        for cell in found:
            target = targets.get(column_letters(cell.column).encode())
            if target is not None:
                content = lexer.plain(self._sheet.content[slice(*cell.inner)])
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
