"""Formulas that cover several cells: overwriting one cell of them may break the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from addin.package import lexer
from addin.package.cells import Area
from addin.refusals import Refusal
from addin.workbook.port import column_letters

if TYPE_CHECKING:
    from addin.package.encoder import Strip
    from addin.package.sheet import SheetText

Overwritten = Sequence[tuple[int, int, bytes]]
"""Row and column of cells whose formula gave way, with the formula's attributes."""


def check_groups(sheet: SheetText, name: str, strips: Sequence[Strip], overwritten: Overwritten) -> None:
    """Refuse to overwrite a part of what one formula fills.

    Raises
    ------
    Refusal
        ``array_formula`` or ``shared_formula``, with the sheet and the cell.
    """
    _check_arrays(sheet, name, strips)
    _check_shared(sheet, name, overwritten)


def _check_arrays(sheet: SheetText, name: str, strips: Sequence[Strip]) -> None:
    """Array formulas and data tables: all of their cells give way, or none."""
    if b"array" not in sheet.masked and b"dataTable" not in sheet.masked:
        return
    for found in sheet.patterns.formula.finditer(sheet.masked, sheet.first, sheet.last):
        if b"array" not in found[1] and b"dataTable" not in found[1]:
            continue
        values = lexer.attributes(found[1])
        area = Area.parse(values.get("ref", ""))
        if values.get("t") not in ("array", "dataTable") or area is None:
            continue
        cell = _broken(area, strips)
        if cell:
            raise Refusal("array_formula", sheet=name, cell=cell, range=values["ref"])


def _broken(area: Area, strips: Sequence[Strip]) -> str | None:
    """Return a cell that would be written although others of the area would not."""
    owned = 0
    written: str | None = None
    for strip in strips:
        if not area.left <= strip.column <= area.right:
            continue
        for row in range(max(area.top, strip.top), min(area.bottom, strip.last) + 1):
            if strip.tails[row - strip.top] is None:
                continue
            owned += 1
            if written is None and not strip.same[row - strip.top]:
                written = f"{column_letters(strip.column)}{row}"
    # where the cells that stay the same own the formula itself, it gives way too
    if written is None and owned and _owns(area, strips):
        written = f"{column_letters(area.left)}{area.top}"
    whole = (area.bottom - area.top + 1) * (area.right - area.left + 1)
    return written if owned < whole else None


def _owns(area: Area, strips: Sequence[Strip]) -> bool:
    """Whether the first cell of an area, which holds the formula, is to be written."""
    return any(
        strip.column == area.left
        and strip.top <= area.top <= strip.last
        and strip.tails[area.top - strip.top] is not None
        for strip in strips
    )


def _check_shared(sheet: SheetText, name: str, overwritten: Overwritten) -> None:
    """Shared formulas: the cell that spells the formula gives way only with all that refer to it."""
    masters: dict[str, str] = {}
    for row, column, attributes in overwritten:
        if b"shared" in attributes:
            values = lexer.attributes(attributes)
            if values.get("t") == "shared" and "ref" in values:
                masters[values.get("si", "")] = f"{column_letters(column)}{row}"
    if not masters:
        return
    gone = {(row, column) for row, column, _ in overwritten}
    for line in sheet.rows():
        if sheet.masked.find(b"shared", line.start, line.end) < 0:
            continue
        for cell in sheet.patterns.cells(sheet.masked, line.number, line.start, line.end)[1]:
            formula = sheet.patterns.formula.search(sheet.masked, *cell.inner)
            values = lexer.attributes(formula[1]) if formula else {}
            key = values.get("si", "")
            if values.get("t") != "shared" or key not in masters or (line.number, cell.column) in gone:
                continue
            other = f"{column_letters(cell.column)}{line.number}"
            raise Refusal("shared_formula", sheet=name, cell=masters[key], other=other)
