"""The parts of a package that changes of its tables change."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from addin.package import calc_chain, inverse, plan, sheet_stream, stream_writer
from addin.package.echoes import MOST_ECHOED, changed_cells, echo_strips
from addin.package.encoder import Encoder, Strip
from addin.package.formula_text import Formulas, formulas_in
from addin.package.formulas import check_groups
from addin.package.packed import Packed, packed
from addin.package.part_edits import recalculated_on_load, sheets_shown
from addin.package.regular_rows import IrregularError
from addin.package.sheet import SheetText
from addin.package.sheet_stream import SheetStream
from addin.package.sheet_writer import SheetWriter
from addin.package.table_part import TablePart, with_bottom
from addin.workbook.port import Cell, Changes, ColumnFill, Formula, RowsFill, SheetShown, column_letters

if TYPE_CHECKING:
    from addin.package.archive import Archive
    from addin.package.contents import Contents
    from addin.package.reader import Body
    from addin.package.relations import Sheet

Parts = dict[str, bytes | Packed | None]
"""New bytes by the names of parts, or what they are once compressed; None where a part goes."""


class Edit(NamedTuple):
    """The parts that change, and what puts the cells back."""

    parts: Parts
    inverse: Changes


def changed_parts(archive: Archive, contents: Contents, changes: Changes) -> Edit:
    """Return the parts that the changes change, none if they change nothing, and what undoes them.

    Raises
    ------
    Refusal
        If a cell or a table's extent cannot be changed.
    ValueError, KeyError
        If the changes do not fit the tables.
    """
    wanted = _Wanted(changes, contents)
    changed: Parts = {}
    back = Changes()
    gone: set[tuple[int, str]] = set()
    for sheet, tables in contents.sheets:
        if any(wanted.touches(table) for table, _ in tables):
            parts, overwritten = _changed_sheet(
                archive, sheet, tables, wanted, back, from_1904=contents.from_1904
            )
            changed |= parts
            gone |= overwritten
    if changed:
        whole = wanted.has_formulas()
        changed |= calc_chain.chain_changes(archive, contents.workbook, gone, whole=whole)
    before = archive.xml(contents.workbook)
    shown = {one.sheet: one.shown for one in changes.sheets}
    workbook, moved = sheets_shown(before, shown) if shown else (before, [])
    back.sheets.extend(SheetShown(name, shown=not shown[name]) for name in moved)
    if changed:
        workbook = recalculated_on_load(workbook)
    if workbook != before:
        changed[contents.workbook] = workbook
    return Edit(changed, back if changed else Changes())


class _Wanted:
    """The changes by table, whose names ignore case."""

    def __init__(self, changes: Changes, contents: Contents) -> None:
        self._columns: defaultdict[str, list[ColumnFill]] = defaultdict(list)
        self._rows: dict[str, RowsFill] = {}
        for column in changes.columns:
            self._columns[column.table.casefold()].append(column)
        for fill in changes.rows:
            if self._rows.setdefault(fill.table.casefold(), fill) is not fill:
                message = f"two sets of rows for {fill.table}"
                raise ValueError(message)
        known = {table.name.casefold() for _, tables in contents.sheets for table, _ in tables}
        unknown = ({*self._columns, *self._rows}) - known
        if unknown:
            raise KeyError(", ".join(sorted(unknown)))

    def has_formulas(self) -> bool:
        """Whether any formula is to be written: only an undo writes some."""
        columns = (fill.values for fills in self._columns.values() for fill in fills)
        rows = (row for fill in self._rows.values() for row in fill.rows)
        return any(Formula in set(map(type, cells)) for cells in columns) or any(
            Formula in map(type, row) for row in rows
        )

    def touches(self, table: TablePart) -> bool:
        return table.name.casefold() in self._columns or self.rows(table) is not None

    def columns(self, table: TablePart) -> list[ColumnFill]:
        return self._columns.get(table.name.casefold(), [])

    def rows(self, table: TablePart) -> RowsFill | None:
        return self._rows.get(table.name.casefold())


def _changed_sheet(
    archive: Archive,
    sheet: Sheet,
    tables: list[tuple[TablePart, Body]],
    wanted: _Wanted,
    back: Changes,
    *,
    from_1904: bool,
) -> tuple[Parts, set[tuple[int, str]]]:
    """Return the changed parts of a sheet and its tables, and the cells whose formulas gave way.

    What puts the cells back is added to ``back``.
    """
    streamed = _streamed(archive, sheet, tables, wanted, from_1904=from_1904)
    if streamed is not None:
        for table, body in tables:
            _put_back(table, body, wanted, {}, back)
        return {sheet.part: streamed}, set()
    text = SheetText(archive, sheet.part)
    encoder = Encoder(text.patterns.prefix, from_1904=from_1904)
    changed: Parts = {}
    strips: list[Strip] = []
    new_cells: dict[tuple[int, int], Cell] = {}
    for table, body in tables:
        of_table = [plan.column_strip(fill, table, encoder) for fill in wanted.columns(table)]
        fill = wanted.rows(table)
        if fill is not None:
            plan.check_rows(fill, table)
            plan.check_extent(fill, table, [other for other, _ in tables], text, sheet.name)
            styles = plan.styles_in_row(text, plan.style_row(fill, table), table)
            of_table += plan.row_strips(fill, table, body, styles, encoder)
            bottom = plan.new_bottom(fill, table)
            if bottom != table.area.bottom:
                changed[table.part] = with_bottom(archive.xml(table.part), table.area.bottom, bottom)
        new_cells |= changed_cells(table, wanted.columns(table), fill, of_table)
        strips += of_table
    echoes = echo_strips(text, new_cells, encoder)
    writer = SheetWriter(text, [*strips, *echoes])
    content = writer.write()
    repeated = {(strip.top, strip.column) for strip in echoes}
    overwritten = [one for one in writer.overwritten if one[:2] not in repeated]
    check_groups(text, sheet.name, strips, overwritten)
    if content != text.content:
        changed[sheet.part] = content
    formulas = formulas_in(text, {row for row, _, _ in overwritten}) if overwritten else {}
    for table, body in tables:
        _put_back(table, body, wanted, formulas, back)
    return changed, {(sheet.number, f"{column_letters(column)}{row}") for row, column, _ in overwritten}


def _streamed(
    archive: Archive,
    sheet: Sheet,
    tables: list[tuple[TablePart, Body]],
    wanted: _Wanted,
    *,
    from_1904: bool,
) -> Packed | None:
    """Return a large worksheet with many cells of columns replaced; None if it has to be written whole."""
    fills = [(table, fill) for table, _ in tables for fill in wanted.columns(table)]
    n_changed = sum(int((~(fill.skip | fill.same)).sum()) for _, fill in fills)
    has_rows = any(wanted.rows(table) is not None for table, _ in tables)
    if archive.size(sheet.part) < sheet_stream.LARGE or n_changed <= MOST_ECHOED or has_rows:
        return None
    columns = [stream_writer.Column(table.area.left + fill.column, fill, table) for table, fill in fills]
    try:
        stream = SheetStream(archive, sheet.part)
        encoder = Encoder(stream.patterns.prefix, from_1904=from_1904)
        return packed(stream_writer.written(stream, columns, encoder))
    except IrregularError:
        return None


def _put_back(table: TablePart, body: Body, wanted: _Wanted, formulas: Formulas, back: Changes) -> None:
    """Add to ``back`` what puts back the cells of a table."""
    rows = wanted.rows(table)
    n_after = table.n_rows if rows is None else max(1, rows.keep + len(rows.rows))
    for fill in wanted.columns(table):
        column = inverse.column_back(fill, table, body, formulas, n_after)
        if column is not None:
            back.columns.append(column)
    rows = rows and inverse.rows_back(rows, table, body, formulas)
    if rows is not None:
        back.rows.append(rows)
