"""From changes of tables to strips of cells, and the reasons why a table cannot change its extent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from addin.package import lexer
from addin.package.cells import Area
from addin.package.encoder import Encoder, Strip, style_attribute
from addin.refusals import Refusal
from addin.workbook.port import MAX_ROWS, Cell, ColumnFill, RowsFill, column_letters
from addin.workbook.same_cell import same_cell

if TYPE_CHECKING:
    from addin.package.sheet import Row, SheetText
    from addin.package.table_part import TablePart


def column_strip(fill: ColumnFill, table: TablePart, encoder: Encoder) -> Strip:
    """Return the strip for the new values of a column.

    Raises
    ------
    ValueError
        If the values do not fit the table.
    """
    if not len(fill.values) == len(fill.skip) == len(fill.same) == table.n_rows:
        message = f"{len(fill.values)} values for {table.n_rows} rows of {fill.table}"
        raise ValueError(message)
    if not 0 <= fill.column < len(table.headers):
        message = f"{fill.table} has no column {fill.column}"
        raise ValueError(message)
    skip = np.asarray(fill.skip, dtype=bool)
    # Rows at the end that stay do not belong to the strip: new rows of the table may begin there.
    written = np.flatnonzero(~skip)
    n_rows = int(written[-1]) + 1 if len(written) else 0
    values, kept = fill.values[:n_rows], np.flatnonzero(skip[:n_rows]).tolist()
    left, same = table.area.left + fill.column, np.asarray(fill.same, dtype=bool)[:n_rows].tolist()
    if kept:
        flags = skip[:n_rows].tolist()
        values = [None if skipped else value for value, skipped in zip(values, flags, strict=True)]
    tails = encoder.tails(values, left, table.top)
    for row in kept:
        tails[row] = None
    return Strip(left, table.top, tails, same, MAX_ROWS, None)


def new_bottom(fill: RowsFill, table: TablePart) -> int:
    """Return the last row of a table's whole extent once its rows are replaced."""
    return table.area.bottom + max(1, fill.keep + len(fill.rows)) - table.n_rows


def check_rows(fill: RowsFill, table: TablePart) -> None:
    """Check that rows fit their table.

    Raises
    ------
    ValueError
        If they do not: a fault of the program, not of the person.
    """
    if not 0 <= fill.keep <= table.n_rows or any(len(row) != len(table.headers) for row in fill.rows):
        message = (
            f"rows that do not fit {fill.table}, with {table.n_rows} rows of {len(table.headers)} columns"
        )
        raise ValueError(message)


def row_strips(
    fill: RowsFill,
    table: TablePart,
    body: tuple[list[Cell], ...],
    styles: Sequence[bytes | None],
    encoder: Encoder,
) -> list[Strip]:
    """Return the strips for the new rows of a table, one a column.

    Parameters
    ----------
    fill, table
        The new rows, and the table.
    body
        What the body holds so far.
    styles
        For each column the style attribute of new cells.
    encoder
        Writes the values.
    """
    strips = []
    n_left = table.n_rows - fill.keep
    for column, style in enumerate(styles):
        values: list[Cell] = [row[column] for row in fill.rows]
        values += [None] * max(n_left - len(values), int(fill.keep == 0 and not values))
        current = body[column][fill.keep :]
        same = [same_cell(old, new) for old, new in zip(current, values, strict=False)]
        same += [False] * (len(values) - len(same))
        left, top, bottom = table.area.left + column, table.top + fill.keep, table.top + table.n_rows - 1
        strips.append(Strip(left, top, encoder.tails(values, left, top), same, bottom, style))
    return strips


def style_row(fill: RowsFill, table: TablePart) -> int:
    """Row whose cells lend their style to new ones: the last that is kept, else the first."""
    return table.top + max(0, fill.keep - 1)


def check_extent(
    fill: RowsFill,
    table: TablePart,
    others: Iterable[TablePart],
    sheet: SheetText,
    name: str,
) -> None:
    """Refuse a change of a table's extent that would overrun something.

    Raises
    ------
    Refusal
        ``totals_row``, ``sheet_full``, ``table_below`` or ``cells_below``,
        with the sheet and the cell.
    """
    bottom = new_bottom(fill, table)
    area = table.area
    if bottom == area.bottom:
        return
    left = column_letters(area.left)
    if table.n_totals:
        cell = f"{left}{area.bottom - table.n_totals + 1}"
        raise Refusal("totals_row", table=table.name, sheet=name, cell=cell)
    if bottom > MAX_ROWS:
        raise Refusal("sheet_full", table=table.name, sheet=name, cell=f"{left}{MAX_ROWS}")
    if bottom < area.bottom:
        return
    grown = Area(area.bottom + 1, area.left, bottom, area.right)
    for other in others:
        if other is not table and other.area.meets(grown):
            cell = f"{column_letters(other.area.left)}{other.area.top}"
            raise Refusal("table_below", table=table.name, other=other.name, sheet=name, cell=cell)
    taken = first_filled(sheet, grown) or _first_merged(sheet, grown)
    if taken:
        raise Refusal("cells_below", table=table.name, sheet=name, cell=taken)


def first_filled(sheet: SheetText, area: Area) -> str | None:
    """Return the first cell of an area that holds anything, None for none."""
    for row in rows_between(sheet, area.top, area.bottom):
        _, found = sheet.patterns.cells(sheet.masked, row.number, row.start, row.end)
        for cell in found:
            if area.left <= cell.column <= area.right:
                content = lexer.plain(sheet.content[slice(*cell.inner)])
                if b"</" in content and any(piece.split(b"<")[0].strip() for piece in content.split(b">")):
                    return f"{column_letters(cell.column)}{row.number}"
                if sheet.patterns.formula.search(content):
                    return f"{column_letters(cell.column)}{row.number}"
    return None


def _first_merged(sheet: SheetText, area: Area) -> str | None:
    for tag in lexer.elements(sheet.masked[sheet.after :], "mergeCell"):
        merged = Area.parse(tag.get("ref") or "")
        if merged and merged.meets(area):
            return f"{column_letters(merged.left)}{merged.top}"
    return None


def rows_between(sheet: SheetText, first: int, last: int) -> Iterable[Row]:
    """Yield the rows of a worksheet whose numbers lie between two."""
    for row in sheet.rows():
        if row.number > last:
            return
        if row.number >= first:
            yield row


def styles_in_row(sheet: SheetText, number: int, table: TablePart) -> list[bytes | None]:
    """Return the style attribute of each column's cell in a row, None where there is no cell."""
    styles: dict[int, bytes] = {}
    for row in rows_between(sheet, number, number):
        _, found = sheet.patterns.cells(sheet.masked, row.number, row.start, row.end)
        styles = {cell.column: style_attribute(cell.attributes.get("s")) for cell in found}
    return [styles.get(table.area.left + column) for column in range(len(table.headers))]
