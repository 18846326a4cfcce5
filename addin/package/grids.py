"""Whole worksheets as rows of cells: for exports, which have no tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from addin.package import lexer
from addin.package.cells import Decoder
from addin.package.contents import Reading
from addin.package.reader import MAX_CELLS
from addin.package.relations import sheets
from addin.package.sheet import Row, SheetText
from addin.refusals import Refusal
from addin.workbook.port import Cell

if TYPE_CHECKING:
    from addin.package.archive import Archive

__all__ = ["Grid", "read_grids"]


@dataclass(frozen=True, slots=True)
class Grid:
    """What stands on a sheet, or in another table that a file shows.

    Attributes
    ----------
    name
        Name of the sheet; empty where the file has but one table, without a name.
    rows
        Its cells row by row from the first, each row up to its last cell.
    hidden
        Whether a person who opens the file does not see the sheet.
    has_cells
        Whether the sheet is one of cells, not a chart or a dialogue.
    hidden_rows
        Numbers of the rows that it does not show, as a filter hides them.
    """

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    has_cells: bool = True
    hidden_rows: frozenset[int] = frozenset()


def read_grids(archive: Archive) -> list[Grid]:
    """Return the sheets of a workbook in the order of their tabs.

    Raises
    ------
    Refusal
        If the file is no workbook, or damaged, or built to do harm.
    """
    reading = Reading(archive)
    parts = {sheet.name: sheet.part for sheet in sheets(archive, reading.workbook)}
    found = []
    for tag in lexer.elements(lexer.masked(archive.xml(reading.workbook)), "sheet"):
        values = lexer.attributes(tag.attributes)
        name, hidden = values.get("name", ""), values.get("state", "visible") != "visible"
        if name not in parts:
            found.append(Grid(name, [], hidden, has_cells=False))
            continue
        text = SheetText(archive, parts[name])
        try:
            rows = _rows(text, reading.decoder(text.patterns), archive.file)
        except (ValueError, IndexError) as error:
            raise Refusal("damaged_part", file=archive.file, part=parts[name]) from error
        unseen = frozenset(
            row.number for row in text.rows() if b"hidden" in row.attributes and _is_hidden(row)
        )
        found.append(Grid(name, rows, hidden, hidden_rows=unseen))
    return found


def _is_hidden(row: Row) -> bool:
    return lexer.attributes(row.attributes).get("hidden") in ("1", "true")


def _rows(sheet: SheetText, decoder: Decoder, file: str) -> list[list[Cell]]:
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
