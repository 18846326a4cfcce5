"""Formulas that only repeat a cell which is written: they get the new value too.

Programs that do not calculate - previews, Protected View - show the value that
is stored beside a formula. ``IF($D$5="","",$D$5)`` on the same sheet is worth
its cell, whatever else the workbook holds. So is a line of the Dashboard's
lists, ``IF($C$14=$O$115,IF($O$116="","",$O$116),...Highlights[...``: the refresh
that writes the line writes for which rep it is, the one that is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from addin.package.cells import column_number
from addin.package.encoder import Encoder, Strip
from addin.package.formula_text import formulas_in

if TYPE_CHECKING:
    from addin.package.sheet import SheetText
    from addin.package.table_part import TablePart
    from addin.workbook.port import Cell, ColumnFill, RowsFill

__all__ = ["MOST_ECHOED", "changed_cells", "echo_strips"]

MOST_ECHOED: Final = 2_000
"""Beyond so many cells a sheet is a list, and nothing that is looked at as a whole."""
_ECHO: Final = re.compile(
    r"=(?:IF\(\$[A-Z]{1,3}\$\d{1,7}=\$[A-Z]{1,3}\$\d{1,7},(?=.*,INDEX\(Highlights\[))?"
    r'IF\(\$?([A-Z]{1,3})\$?(\d{1,7})="","",\$?\1\$?\2\)(?:,IF\(.*\)\))?'
)

Place = tuple[int, int]
"""Row and column, from 1."""


def changed_cells(
    table: TablePart, columns: Iterable[ColumnFill], rows: RowsFill | None, strips: Iterable[Strip]
) -> dict[Place, Cell]:
    """Return the cells of a table that get another value; none where there are many."""
    changing = {
        (strip.top + at, strip.column)
        for strip in strips
        if len(strip.tails) <= MOST_ECHOED
        for at, (tail, same) in enumerate(zip(strip.tails, strip.same, strict=True))
        if tail is not None and not same
    }
    if not 0 < len(changing) <= MOST_ECHOED:
        return {}
    values: dict[Place, Cell] = {}
    for fill in columns:
        column = table.area.left + fill.column
        values |= {(table.top + at, column): value for at, value in enumerate(fill.values)}
    if rows is not None and len(rows.rows) <= MOST_ECHOED:
        first = table.top + rows.keep
        values |= {
            (first + at, table.area.left + place): value
            for at, row in enumerate(rows.rows)
            for place, value in enumerate(row)
        }
    return {place: values.get(place) for place in changing}


def echo_strips(sheet: SheetText, changed: Mapping[Place, Cell], encoder: Encoder) -> list[Strip]:
    """Return a strip for each formula of the sheet that repeats one of the changed cells."""
    if not changed or sheet.content.find(sheet.patterns.formula_opening, sheet.first, sheet.last) < 0:
        return []
    rows = frozenset(row.number for row in sheet.rows())
    strips = []
    for (row, column), formula in formulas_in(sheet, rows).items():
        match = _ECHO.fullmatch(formula.text)
        source = (int(match[2]), column_number(match[1])) if match else (0, 0)
        if source in changed:
            tail = encoder.calculated(formula, changed[source])
            strips.append(Strip(column, row, [tail], [False], row, None))
    return strips
