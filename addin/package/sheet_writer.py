"""Replaces single cells in a worksheet's XML, leaving every other byte."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from addin.package import lexer
from addin.package.cells import Area
from addin.package.encoder import EMPTY, Strip, style_attribute
from addin.package.row_cells import RowCells
from addin.package.sheet import Row, SheetText
from addin.package.sheet_hints import column_styles, with_dimension, without_wrong_spans
from addin.workbook.port import column_letters

_MANY: Final = 50_000
_WORTH_A_PATTERN: Final = 50
"""Rows."""


class _Edit(NamedTuple):
    """What becomes of one cell; ``style`` is None where the cell keeps its own."""

    column: int
    tail: bytes
    same: bool
    style: bytes | None
    default: bytes | None


class _Run(NamedTuple):
    """Strips side by side, the pattern of their usual cells, and how each cell begins."""

    pattern: re.Pattern[bytes]
    strips: Sequence[Strip]
    heads: Sequence[bytes]


class SheetWriter:
    """Writes strips of cells into a worksheet.

    Parameters
    ----------
    sheet
        The worksheet.
    strips
        What to write; no two may overlap.

    Attributes
    ----------
    overwritten
        Row and column of each cell whose formula gave way, with the formula's attributes.
    """

    def __init__(self, sheet: SheetText, strips: Sequence[Strip]) -> None:
        _check_apart(strips)
        self._sheet = sheet
        self._strips = sorted(strips, key=lambda strip: strip.column)
        self._letters = {strip.column: column_letters(strip.column).encode() for strip in strips}
        self._heads = {
            column: sheet.patterns.opening + b' r="' + letters for column, letters in self._letters.items()
        }
        self._bounds = sorted({row for strip in strips for row in _bounds(strip)})
        self._active: list[Strip] = []
        self._runs: list[_Run] = []
        self._fresh: list[tuple[bytes, bytes, Strip]] = []
        self._active_rows = range(0)
        self._column_styles = _styles_by_column(column_styles(sheet), self._letters)
        self._cells = RowCells(sheet)
        self._pieces: list[bytes] = []
        self._settled = 0
        self._done = 0
        self._added: Area | None = None
        self.overwritten: list[tuple[int, int, bytes]] = []

    def write(self) -> bytes:
        """Return the worksheet's XML with the cells replaced, the same object if nothing changes."""
        if not self._bounds:
            return self._sheet.content
        first, last = self._bounds[0], self._bounds[-1] - 1
        previous = first - 1
        for row in self._sheet.rows():
            if row.number > first:
                self._add_rows(max(previous + 1, first), min(row.number - 1, last), row.tag)
            if row.number > last:
                break
            if row.number >= first:
                self._write_row(row)
                self._settle()
            previous = max(previous, row.number)
        else:
            self._add_rows(max(previous + 1, first), last, self._sheet.last)
        if not self._pieces:
            return self._sheet.content
        sheet_head = self._sheet.masked[: self._sheet.start]
        self._pieces[0] = with_dimension(self._pieces[0], sheet_head, self._added)
        self._pieces.append(self._sheet.content[self._done :])
        return b"".join(self._pieces)

    def _activate(self, number: int) -> None:
        """Find the strips that meet a row, and the rows for which that holds."""
        if number in self._active_rows:
            return
        self._active = [strip for strip in self._strips if strip.top <= number <= strip.last]
        after = [row for row in self._bounds if row > number]
        self._active_rows = range(number, after[0]) if after else range(number, 1 << 30)
        # for a few rows the patterns of runs take longer to make than they save
        is_long = len(self._active_rows) >= _WORTH_A_PATTERN
        self._runs = [self._run_of(strips) for strips in _adjacent(self._active)] if is_long else []
        fresh = [
            (self._heads[strip.column], strip.style, strip)
            for strip in self._active
            if strip.style is not None and number > strip.bottom
        ]
        self._fresh = fresh if len(fresh) == len(self._active) else []

    def _edits(self, number: int) -> list[_Edit]:
        """Return what becomes of the cells of a row, by column."""
        return [
            _Edit(
                strip.column,
                tail,
                strip.same[number - strip.top],
                strip.style if number > strip.bottom else None,
                strip.style,
            )
            for strip in self._active
            if (tail := strip.tails[number - strip.top]) is not None
        ]

    def _write_row(self, row: Row) -> None:
        self._activate(row.number)
        if not self._active or self._write_runs(row) or self._append_cells(row):
            return
        edits = self._edits(row.number)
        patterns, content = self._sheet.patterns, self._sheet.content
        if (
            all(edit.same for edit in edits)
            and content.find(patterns.formula_opening, row.start, row.end) < 0
        ):
            return
        if row.empty or self._sheet.hides(row) or not self._write_usual(row, edits):
            self._write_any(row, edits)

    def _run_of(self, strips: Sequence[Strip]) -> _Run:
        heads = [self._heads[strip.column] for strip in strips]
        return _Run(self._sheet.patterns.run([strip.column for strip in strips]), strips, heads)

    def _write_runs(self, row: Row) -> bool:
        """Write runs of cells that all exist and hold no formula, at speed."""
        number = row.number
        if not self._runs or self._sheet.hides(row):
            return False
        digits = b'%d"' % number
        style_of, find = self._cells.style, self._sheet.masked.find
        matches = []
        at = row.start
        for pattern, strips, heads in self._runs:
            if any(number > strip.bottom for strip in strips):
                return False
            start = find(heads[0] + digits, at, row.end)
            found = pattern.match(self._sheet.masked, start, row.end) if start >= 0 else None
            if found is None:
                return False
            matches.append((found, strips, heads))
            at = found.end()
        for found, strips, heads in matches:  # nothing is copied before all runs are known to match
            pieces: list[bytes] = []
            changed = False
            cells = iter(found.groups())
            for strip, head, cell, attributes in zip(strips, heads, cells, cells, strict=True):
                tail = strip.tails[number - strip.top]
                if tail is None or strip.same[number - strip.top]:
                    pieces.append(cell)
                else:
                    pieces += (head, digits, style_of(attributes), tail)
                    changed = True
            if changed:
                self._pieces.append(self._sheet.content[self._done : found.start()])
                self._pieces += pieces
                self._done = found.end()
        return True

    def _append_cells(self, row: Row) -> bool:
        """Write cells of the body so far that are all missing at the end of their row, at speed."""
        number, active = row.number, self._active
        if row.empty or self._sheet.hides(row) or not self._cells.all_before(row, active[0].column):
            return False
        if any(number > strip.bottom for strip in active):
            return False
        own, digits = self._own_style(row), b'%d"' % number
        cells: list[bytes] = []
        added: list[int] = []
        for column, top, tails, same, _, given in active:
            tail = tails[number - top]
            if tail is not None and tail != EMPTY and not same[number - top]:
                style = given if given is not None else own or self._column_styles[column]
                cells += (self._heads[column], digits, style, tail)
                added.append(column)
        if added:
            self._widen(number, added[0])
            self._widen(number, added[-1])
            self._put_row(row, [(row.end, row.end, b"".join(cells))], added)
        return True

    def _write_usual(self, row: Row, edits: list[_Edit]) -> bool:
        """Write the cells of a row where all of them exist, as nearly every program writes them."""
        masked, content, patterns = self._sheet.masked, self._sheet.content, self._sheet.patterns
        digits = b'%d"' % row.number
        pieces: list[bytes] = []
        overwritten: list[tuple[int, int, bytes]] = []
        at, done = row.start, self._done
        for edit in edits:
            address = self._heads[edit.column] + digits
            start = masked.find(address, at, row.end)
            match = patterns.usual.match(masked, start, row.end) if start >= 0 else None
            if match is None:
                return False
            at = match.end()
            formula = patterns.formula.search(match[5]) if match[5] else None
            if formula is not None:
                overwritten.append((row.number, edit.column, formula[1]))
            elif edit.same:
                continue
            style = self._cells.style(match[2]) if edit.style is None else edit.style
            pieces += (content[done:start], address, style, edit.tail)
            done = at
        self._pieces += pieces
        self._done = done
        self.overwritten += overwritten
        return True

    def _write_any(self, row: Row, edits: list[_Edit]) -> None:
        """Write the cells of a row in which some may be missing or unusual."""
        found = self._cells.of(row)
        by_column = {cell.column: cell for cell in found}
        changes: list[tuple[int, int, bytes]] = []
        added: list[int] = []
        for edit in edits:
            cell = by_column.get(edit.column)
            if cell is not None:
                if cell.formula is not None:
                    self.overwritten.append((row.number, edit.column, cell.formula))
                elif edit.same:
                    continue
                style = cell.style if edit.style is None else edit.style
                changes.append((cell.start, cell.end, self._cell(row.number, edit, style)))
                continue
            new = self._new_cell(row, edit)
            if new:
                at = next((cell.start for cell in found if cell.column > edit.column), row.end)
                changes.append((at, at, new))
                added.append(edit.column)
        if changes:
            for column in {*added[:1], *added[-1:]}:
                self._widen(row.number, column)
            self._put_row(row, changes, added)

    def _put_row(self, row: Row, changes: list[tuple[int, int, bytes]], added: list[int]) -> None:
        content = self._sheet.content
        tag = content[row.tag : row.start]
        if added and b"spans" in row.attributes:
            tag = without_wrong_spans(tag, added)
        if row.empty:
            tag = tag[:-2].rstrip() + b">"
        self._pieces += [content[self._done : row.tag], tag]
        self._done = row.start
        # a stable sort: cells added at one place stay in the order of their columns
        for start, end, new in sorted(changes, key=lambda change: change[:2]):
            self._pieces += [content[self._done : start], new]
            self._done = end
        if row.empty:
            self._pieces.append(self._sheet.patterns.row_end + b">")

    def _new_cell(self, row: Row, edit: _Edit) -> bytes:
        """Return a cell that does not exist yet, or nothing where there is nothing to show."""
        if edit.same or (edit.tail == EMPTY and not edit.style):
            return b""
        style = edit.style if edit.style is not None else edit.default
        if style is None:
            style = self._own_style(row) or self._column_styles[edit.column]
        return self._cell(row.number, edit, style)

    def _cell(self, number: int, edit: _Edit, style: bytes) -> bytes:
        return b'%b%d"%b%b' % (self._heads[edit.column], number, style, edit.tail)

    @staticmethod
    def _own_style(row: Row) -> bytes:
        values = lexer.attributes(row.attributes) if b"customFormat" in row.attributes else {}
        return style_attribute(values.get("s")) if values.get("customFormat") in ("1", "true") else b""

    def _add_rows(self, first: int, last: int, at: int) -> None:
        """Write the missing rows between two numbers, as far as there is something in them."""
        prefix = self._sheet.patterns.prefix
        rows: list[bytes] = []
        lowest, left, right = 0, self._strips[-1].column, 0
        for number in range(first, last + 1):
            self._activate(number)
            if not self._active:
                continue
            cells = self._fresh_cells(number) if self._fresh else self._cells_of_new_row(number, at)
            if cells:
                rows.append(b'<%brow r="%d">%b</%brow>' % (prefix, number, b"".join(cells), prefix))
                lowest = number
                left, right = min(left, self._active[0].column), max(right, self._active[-1].column)
                if len(rows) == 1:
                    self._widen(number, left)
        if rows:
            self._widen(lowest, left)
            self._widen(lowest, right)
        if rows and self._sheet.empty:
            opening = self._sheet.content[self._sheet.start : self._sheet.first]
            self._pieces += [self._sheet.content[: self._sheet.start], opening[:-2].rstrip(), b">", *rows]
            self._pieces.append(b"</%bsheetData>" % prefix)
            self._done = self._sheet.first
        elif rows:
            self._pieces += [self._sheet.content[self._done : at], *rows]
            self._done = at

    def _fresh_cells(self, number: int) -> list[bytes]:
        """Return the cells of a row beyond the body so far, whose styles are known."""
        digits = b'%d"' % number
        return [
            b"%b%b%b%b" % (head, digits, style, tail)
            for head, style, strip in self._fresh
            if (tail := strip.tails[number - strip.top]) is not None and (tail != EMPTY or style)
        ]

    def _cells_of_new_row(self, number: int, at: int) -> list[bytes]:
        row = Row(number, at, at, at, at, b"", empty=True)
        return [cell for edit in self._edits(number) if (cell := self._new_cell(row, edit))]

    def _widen(self, row: int, column: int) -> None:
        area = self._added or Area(row, column, row, column)
        self._added = Area(
            min(area.top, row),
            min(area.left, column),
            max(area.bottom, row),
            max(area.right, column),
        )

    def _settle(self) -> None:
        """Join the pieces so far once there are many: millions of small ones cost more than they hold."""
        if len(self._pieces) - self._settled > _MANY:
            self._pieces[self._settled :] = [b"".join(self._pieces[self._settled :])]
            self._settled += 1


def _styles_by_column(runs: Sequence[tuple[int, int, bytes]], columns: Iterable[int]) -> dict[int, bytes]:
    styles = dict.fromkeys(columns, b"")
    for first, last, style in runs:
        styles |= {column: style for column in styles if first <= column <= last}
    return styles


def _adjacent(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Return strips, which are in the order of their columns, in groups that stand side by side."""
    groups: list[list[Strip]] = []
    for strip in strips:
        if groups and groups[-1][-1].column == strip.column - 1:
            groups[-1].append(strip)
        else:
            groups.append([strip])
    return groups


def _bounds(strip: Strip) -> set[int]:
    """Return the rows from which on a strip is written in another way."""
    inner = {strip.bottom + 1} if strip.top <= strip.bottom < strip.last else set()
    return {strip.top, strip.last + 1} | inner


def _check_apart(strips: Sequence[Strip]) -> None:
    ordered = sorted(strips, key=lambda strip: (strip.column, strip.top))
    for one, other in pairwise(ordered):
        if one.column == other.column and one.last >= other.top and one.tails and other.tails:
            message = f"two values for the cell {column_letters(other.column)}{other.top}"
            raise ValueError(message)
