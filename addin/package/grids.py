"""Whole worksheets as rows of cells: for exports, which have no tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from addin.book import Cell
from addin.package import lexer
from addin.package.archive import Archive
from addin.package.cells import Decoder
from addin.package.contents import Reading
from addin.package.reader import MAX_CELLS
from addin.package.relations import sheets
from addin.package.sheet import SheetText
from addin.refusals import Refusal

__all__ = ["read_sheets"]


def read_sheets(path: Path) -> Iterator[tuple[str, list[list[Cell]]]]:
    """Yield name and cells of each worksheet, row by row from the first, each row up to its last cell.

    Raises
    ------
    Refusal
        If the file is no workbook, or damaged, or built to do harm.
    """
    archive = Archive(path)
    reading = Reading(archive)
    for sheet in sheets(archive, reading.workbook):
        sheet_text = SheetText(archive, sheet.part)
        decoder = reading.decoder(sheet_text)
        try:
            yield sheet.name, _grid(sheet_text, decoder, archive.file)
        except (ValueError, IndexError) as error:
            raise Refusal("damaged_part", file=archive.file, part=sheet.part) from error


def _grid(sheet: SheetText, decoder: Decoder, file: str) -> list[list[Cell]]:
    grid: list[list[Cell]] = []
    n_cells = 0
    for row in sheet.rows():
        if row.empty:
            continue
        values: list[Cell] = []
        for found in sheet.patterns.cells(sheet.masked, row.number, row.start, row.end)[1]:
            content = lexer.plain(sheet.content[slice(*found.inner)])
            date = decoder.shows_date(found.attributes.get("s"))
            value = decoder.value(content, found.attributes.get("t", "n"), date=date)
            if value is not None:
                values.extend([None] * (found.column - len(values)))
                values[found.column - 1] = value
        n_cells += len(values)
        if values:
            grid.extend([] for _ in range(row.number - 1 - len(grid)))
            grid.append(values)
        if n_cells > MAX_CELLS:
            raise Refusal("table_too_large", file=file, table=sheet.part, cells=MAX_CELLS)
    return grid
