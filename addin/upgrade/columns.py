"""Columns that come to a table at its right end: header, format, list of what may be typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import quoteattr

from addin.package import lexer, plan
from addin.package.archive import Archive
from addin.package.cells import Area
from addin.package.encoder import Encoder, Strip
from addin.package.sheet import SheetText
from addin.package.sheet_writer import SheetWriter
from addin.package.table_part import TablePart
from addin.upgrade.package_parts import Parts
from addin.upgrade.sheets import Donor
from addin.upgrade.styles import TakenStyles
from addin.upgrade.xml_lists import children, with_attribute, with_children
from addin.workbook.port import MAX_ROWS, column_letters

__all__ = ["NewColumn", "add_columns", "first_taken", "like_cell", "with_rule"]

_FOLLOWING: Final = (
    *("hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks"),
    *("customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing"),
    *("legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"),
)
"""What comes after the rules of typing in a sheet."""


@dataclass(frozen=True, slots=True)
class NewColumn:
    """A column that a table lacks.

    Attributes
    ----------
    header
        What stands above it.
    width, hidden
        How it looks.
    like
        The cell of the sheet of today from which it has its format and its rule: letters of the
        column, and the row of its header.
    """

    header: str
    width: float
    hidden: bool
    like: tuple[str, int]


def first_taken(
    archive: Archive, sheet: str, table: TablePart, count: int, others: Sequence[TablePart]
) -> str | None:
    """Return the first cell that stands in the way of so many columns more, None for none."""
    grown = Area(table.area.top, table.area.right + 1, table.area.bottom, table.area.right + count)
    for other in others:
        if other is not table and other.area.meets(grown):
            return f"{column_letters(other.area.left)}{other.area.top}"
    return plan.first_filled(SheetText(archive, sheet), grown)


def add_columns(
    archive: Archive,
    target: Parts,
    sheet: str,
    table: TablePart,
    columns: Sequence[NewColumn],
    donor: Donor,
    donor_sheet: str,
    styles: TakenStyles,
) -> None:
    """Give a table more columns, whose cells are empty.

    Parameters
    ----------
    archive, target
        The workbook as it is, and its parts as they become: those of the sheet and the table are as
        they were.
    sheet, table
        Name of the part of the sheet, and the table.
    columns
        What comes to its right end.
    donor, donor_sheet
        The workbook of today, and the name of the part of the same sheet there.
    styles
        Takes over the formats.
    """
    text = SheetText(archive, sheet)
    model = donor.parts[donor_sheet]
    encoder = Encoder(text.patterns.prefix, from_1904=False)
    strips = []
    for at, column in enumerate(columns, start=table.area.right + 1):
        letters, row = column.like
        look = b' s="%d"' % styles.cell(like_cell(model, f"{letters}{row}"))
        strips.append(Strip(at, table.area.top, [encoder.tail(column.header)], [False], MAX_ROWS, look))
    content = SheetWriter(text, strips).write()
    for at, column in enumerate(columns, start=table.area.right + 1):
        letters, row = column.like
        content = _with_column(content, at, column, styles.cell(like_cell(model, f"{letters}{row + 1}")))
        first = f"{column_letters(at)}{table.top}"
        content = with_rule(content, model, f"{letters}{row + 1}", f"{first}:{column_letters(at)}{MAX_ROWS}")
    target[sheet] = content
    target[table.part] = _wider(target[table.part], table, columns)


def like_cell(sheet: bytes, address: str) -> int:
    """Return the number of the format of a cell of a sheet that the template wrote."""
    found = re.search(rb'<c r="%b"[^>]*? s="(\d+)"' % address.encode(), sheet)
    return int(found[1]) if found else 0


def _with_column(content: bytes, place: int, column: NewColumn, look: int) -> bytes:
    """Return a sheet with the width and the format of a column, that of its neighbours untouched."""
    listed = children(content, "cols")
    hidden = ' hidden="1"' if column.hidden else ""
    own = f'<col min="{place}" max="{place}" width="{column.width}" style="{look}"{hidden} customWidth="1"/>'
    if listed is None:
        tag = next(lexer.elements(lexer.masked(content), "sheetData"))
        new = b"<%bcols>%b</%bcols>" % (tag.prefix, own.encode().replace(b"<", b"<" + tag.prefix), tag.prefix)
        return content[: tag.start] + new + content[tag.start :]
    items: list[tuple[int, bytes]] = [(place, own.encode().replace(b"<", b"<" + listed.tag.prefix))]
    for item in listed.items:
        tag = lexer.root(item)
        first, last = int(tag.get("min") or 0), int(tag.get("max") or 0)
        for start, end in ((first, min(last, place - 1)), (max(first, place + 1), last)):
            if start <= end:
                items.append((start, _spanning(item, start, end)))
    body = b"".join(item for _, item in sorted(items))
    return content[: listed.tag.end] + body + content[listed.end :]


def _spanning(item: bytes, first: int, last: int) -> bytes:
    item = with_attribute(item, lexer.root(item), "min", str(first))
    return with_attribute(item, lexer.root(item), "max", str(last))


def with_rule(content: bytes, model: bytes, like: str, place: str) -> bytes:
    """Return a sheet with the rule of what may be typed, where the sheet of today has one.

    Parameters
    ----------
    content, model
        The sheet, and that of today.
    like
        The first cell of the rule there.
    place
        Where it is to hold here.
    """
    listed = children(model, "dataValidations")
    for item in listed.items if listed is not None else []:
        tag = lexer.root(item)
        if re.split("[: ]", tag.get("sqref") or "")[0] == like:
            return with_children(
                content, "dataValidations", [with_attribute(item, tag, "sqref", place)], _FOLLOWING
            )
    return content


def _wider(content: bytes, table: TablePart, columns: Sequence[NewColumn]) -> bytes:
    """Return the part of a table with more columns."""
    listed = children(content, "tableColumns")
    assert listed is not None
    numbers = [int(lexer.root(item).get("id") or 0) for item in listed.items]
    items = [
        f'<tableColumn id="{number}" name={quoteattr(column.header)}/>'.encode()
        for number, column in enumerate(columns, start=max(numbers) + 1)
    ]
    content = with_children(content, "tableColumns", items)
    right = column_letters(table.area.right + len(columns))
    for tag in reversed(list(lexer.tags(lexer.masked(content)))):
        if tag.closing or tag.name not in ("table", "autoFilter"):
            continue
        area = Area.parse(tag.get("ref") or "")
        if area is not None and area.right == table.area.right:
            ref = f"{column_letters(area.left)}{area.top}:{right}{area.bottom}"
            content = with_attribute(content, tag, "ref", ref)
    return content
