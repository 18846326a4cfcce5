"""Columns of tables written into a large worksheet piece by piece, every other byte kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from addin.package.encoder import Encoder, Strip
from addin.package.regular_rows import IrregularError, OtherRows, RegularRows, UsualCell
from addin.package.sheet_writer import SheetWriter
from addin.workbook.port import MAX_ROWS

if TYPE_CHECKING:
    from addin.package.sheet_stream import SheetStream
    from addin.package.table_part import TablePart
    from addin.workbook.port import ColumnFill

__all__ = ["Column", "written"]

Bools = npt.NDArray[np.bool_]


class Column(NamedTuple):
    """A column of the sheet, what is written into it, and the table to which it belongs."""

    number: int
    fill: ColumnFill
    table: TablePart


def written(sheet: SheetStream, columns: Sequence[Column], encoder: Encoder) -> Iterator[bytes]:
    """Yield the text of a worksheet with the cells of some columns replaced.

    Parameters
    ----------
    sheet
        The worksheet, which was proven well-formed.
    columns
        What is written.
    encoder
        Writes the values.

    Raises
    ------
    IrregularError
        If a cell to be written is missing, holds a formula or is in any other way not the usual one: then
        the worksheet has to be written as a whole.
    """
    yield sheet.head
    left = [~np.asarray(column.fill.skip, dtype=bool) for column in columns]
    for rows in sheet.stretches():
        if isinstance(rows, OtherRows):
            yield _with_strips(sheet, rows, columns, left, encoder)
            continue
        try:
            yield _replaced(rows, columns, left, encoder).text()
        except IrregularError:
            others = OtherRows(rows.first - 1, rows.last, rows.text())
            yield _with_strips(sheet, others, columns, left, encoder)
    if any(rows_left.any() for rows_left in left):
        raise IrregularError
    yield sheet.tail


def _with_strips(
    sheet: SheetStream, rows: OtherRows, columns: Sequence[Column], left: Sequence[Bools], encoder: Encoder
) -> bytes:
    """Return rows of any shape with the cells of some columns replaced, as in a worksheet of these alone."""
    if b"array" in rows.text or b"dataTable" in rows.text:
        raise IrregularError  # a formula that may fill cells to be written
    strips = []
    for column, rows_left in zip(columns, left, strict=True):
        top = column.table.top
        of_body = slice(max(rows.before + 1 - top, 0), max(rows.last + 1 - top, 0))
        if rows_left[of_body].any():
            strips.append(_strip(column, of_body, encoder))
            rows_left[of_body] = False
    if not strips:
        return rows.text
    text = sheet.alone(rows)
    writer = SheetWriter(text, strips)
    content = writer.write()
    if writer.overwritten or not content.startswith(sheet.head):
        raise IrregularError
    return content[text.first : len(content) - (len(text.content) - text.last)]


def _replaced(
    rows: RegularRows, columns: Sequence[Column], left: Sequence[Bools], encoder: Encoder
) -> RegularRows:
    """Return rows with the cells of some columns replaced, and note that these are not left any more."""
    pieces = list(rows.pieces)
    done = []
    for column, rows_left in zip(columns, left, strict=True):
        top = column.table.top
        first = max(rows.first, top)
        after = min(rows.last + 1, top + column.table.n_rows)
        of_body, of_rows = slice(first - top, after - top), slice(first - rows.first, after - rows.first)
        if first >= after or not rows_left[of_body].any():
            continue
        if column.number not in rows.columns:
            raise IrregularError
        place = rows.columns.index(column.number)
        new = list(pieces[place])
        new[of_rows] = _cells(rows, place, of_rows, column, of_body, encoder)
        pieces[place] = new
        done.append((rows_left, of_body))
    found = rows._replace(pieces=pieces)
    for place, (one, other) in enumerate(zip(rows.pieces, pieces, strict=True)):
        if one is not other:
            found.read(place, _styles)  # what is written is proven like what is read
    for rows_left, of_body in done:
        rows_left[of_body] = False
    return found


def _cells(
    rows: RegularRows, place: int, of_rows: slice, column: Column, of_body: slice, encoder: Encoder
) -> list[bytes]:
    """Return the pieces for some rows of a column."""
    if not rows.lead_to(place):
        raise IrregularError
    end = rows.opening(place + 1)
    styles, old = rows.read(place, _styles)[of_rows], rows.pieces[place][of_rows]
    strip = _strip(column, of_body, encoder)
    return [
        before if same or tail is None else style + tail + end
        for before, style, tail, same in zip(old, styles, strip.tails, strip.same, strict=True)
    ]


def _styles(cells: Sequence[UsualCell]) -> Sequence[bytes]:
    return [attributes.partition(b" t=")[0] for attributes, *_ in cells]


def _strip(column: Column, of_body: slice, encoder: Encoder) -> Strip:
    """Return what becomes of some rows of a column."""
    fill, top = column.fill, column.table.top + of_body.start
    skip, same = (np.asarray(flags, dtype=bool)[of_body].tolist() for flags in (fill.skip, fill.same))
    values = [None if skipped else value for value, skipped in zip(fill.values[of_body], skip, strict=True)]
    tails = encoder.tails(values, column.number, top)
    kept = [None if skipped else tail for tail, skipped in zip(tails, skip, strict=True)]
    return Strip(column.number, top, kept, same, MAX_ROWS, None)
