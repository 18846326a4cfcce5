"""The cells that a row holds so far, as its writer needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from addin.package import lexer
from addin.package.cells import column_number
from addin.package.encoder import style_attribute

if TYPE_CHECKING:
    from addin.package.sheet import Row, SheetText


class OldCell(NamedTuple):
    """A cell of a row: its place, column and style attribute, and its formula's attributes if it has one."""

    start: int
    end: int
    column: int
    style: bytes
    formula: bytes | None


class RowCells:
    """Finds the cells of rows, the usual ones fast and all others exactly.

    Parameters
    ----------
    sheet
        The worksheet.
    """

    def __init__(self, sheet: SheetText) -> None:
        self._sheet = sheet
        self._styles: dict[bytes, bytes] = {}
        self._columns: dict[bytes, int] = {}

    def style(self, attributes: bytes) -> bytes:
        """Return the style attribute among the attributes of a cell."""
        if attributes not in self._styles:
            self._styles[attributes] = style_attribute(lexer.attributes(attributes).get("s"))
        return self._styles[attributes]

    def column(self, letters: bytes) -> int:
        """Return the number of a column."""
        if letters not in self._columns:
            self._columns[letters] = column_number(letters.decode())
        return self._columns[letters]

    def of(self, row: Row) -> list[OldCell]:
        """Return the cells of a row, in the order of the part."""
        masked, patterns = self._sheet.masked, self._sheet.patterns
        if not self._sheet.hides(row):
            found = [
                OldCell(
                    match.start(),
                    match.end(),
                    self.column(match[1]),
                    self.style(match[2]),
                    self._formula(match[5]) if match[5] else None,
                )
                for match in patterns.usual.finditer(masked, row.start, row.end)
            ]
            if len(found) == masked.count(patterns.opening, row.start, row.end):
                return found
        return [
            OldCell(
                cell.start,
                cell.end,
                cell.column,
                style_attribute(cell.attributes.get("s")),
                self._formula(lexer.plain(self._sheet.content[slice(*cell.inner)])),
            )
            for cell in patterns.cells(masked, row.number, row.start, row.end)[1]
        ]

    def all_before(self, row: Row, column: int) -> bool:
        """Whether the row's last cell, and with it every other, surely stands before a column."""
        masked, patterns = self._sheet.masked, self._sheet.patterns
        at = masked.rfind(patterns.opening + b' r="', row.start, row.end)
        last = patterns.usual.match(masked, at, row.end) if at >= 0 else None
        return last is not None and last.end() == row.end and self.column(last[1]) < column

    def _formula(self, content: bytes) -> bytes | None:
        formula = self._sheet.patterns.formula.search(content)
        return formula[1] if formula else None
