"""Sheets of binary workbooks (.xlsb), whose parts hold records instead of XML ([MS-XLSB]).

They are read here, out of the package that guards itself, since neither
library for them is sound: python-calamine 0.9.1 ends the whole process on
one damaged file in a hundred, and tells no error value; pyxlsb 1.0.10 knows
no dates.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from addin.imports.files.growing_rows import GrowingRows, Room
from addin.package.archive import Archive
from addin.package.contents import MAX_STRINGS
from addin.package.dates import from_serial, is_date_format
from addin.package.grids import Grid
from addin.package.relations import one_of_kind, relations
from addin.refusals import Refusal
from addin.workbook.port import Cell, CellError

__all__ = ["binary_part", "read_binary"]

# Numbers of the records that matter ([MS-XLSB] 2.3.2).
_ROW: Final = 0
_RK: Final = 2
_RICH: Final = 62
_CELLS: Final = frozenset({*range(_RK, 12), _RICH})
"""Numbers (2, 5, of a formula 9), errors (3, 11), truth values (4, 10), texts (6, 8, 62; 7 a shared one)."""
_SHARED_ITEM: Final = 19
_FORMAT: Final = 44
_STYLE: Final = 47
_STYLES_BEGIN: Final = 617
_STYLES_END: Final = 618
_PROPERTIES: Final = 153
_SHEET: Final = 156

_VALUE: Final = 8
"""Where the value of a cell begins, after its column and its style."""
_ERRORS: Final = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
    43: "#GETTING_DATA",
}


@dataclass(frozen=True, slots=True)
class _Book:
    """What it takes to read the cells of any sheet: shared texts, which styles show dates, the first day."""

    strings: list[str]
    dates: frozenset[int]
    from_1904: bool


def binary_part(archive: Archive) -> str | None:
    """Return the name of the main part of a binary workbook, None if the package holds none."""
    part = one_of_kind(archive, "", "officeDocument")
    return part if part is not None and part.casefold().endswith(".bin") else None


def read_binary(archive: Archive, part: str) -> list[Grid]:
    """Return the sheets of a binary workbook in the order of their tabs.

    Parameters
    ----------
    archive
        The package.
    part
        Name of its main part.

    Raises
    ------
    Refusal
        If a part is missing or damaged, or asks for more cells than a sheet has.
    """
    try:
        return _grids(archive, part)
    except (IndexError, struct.error, UnicodeDecodeError) as error:
        raise Refusal("damaged", file=archive.file) from error


def _grids(archive: Archive, part: str) -> list[Grid]:
    targets = {relation.key: relation for relation in relations(archive, part)}
    from_1904 = False
    listed: list[tuple[str, str, bool]] = []
    for kind, record in _records(archive.read(part)):
        if kind == _PROPERTIES:
            from_1904 = bool(record[0] & 1)
        elif kind == _SHEET:
            key, at = _wide(record, 8)
            name, _ = _wide(record, at)
            listed.append((name, key, record[0] != 0))
    book = _Book(_strings(archive, part), _dates(archive, part), from_1904)
    grids, room = [], Room(archive.file)
    for name, key, hidden in listed:
        relation = targets.get(key)
        if relation is None or relation.kind != "worksheet":
            grids.append(Grid(name, [], hidden, has_cells=False))
        else:
            rows = GrowingRows(room, name)
            _read_cells(archive.read(relation.target), book, rows)
            grids.append(Grid(name, rows.rows, hidden))
    return grids


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and content of each record of a part."""
    at = 0
    while at < len(content):
        kind = content[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (content[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        more = True
        while more:
            size |= (content[at] & 0x7F) << shift
            more = content[at] & 0x80 != 0 and shift < 21
            at, shift = at + 1, shift + 7
        if at + size > len(content):
            raise IndexError(at)
        yield kind, content[at : at + size]
        at += size


def _wide(record: bytes, at: int) -> tuple[str, int]:
    """Return a text with its length before it, and where what follows begins."""
    (length,) = struct.unpack_from("<I", record, at)
    at += 4
    if length == 0xFFFFFFFF:
        return "", at
    end = at + 2 * length
    if end > len(record):
        raise IndexError(end)
    return record[at:end].decode("utf-16-le"), end


def _strings(archive: Archive, part: str) -> list[str]:
    """Return the texts that the sheets share; how their letters look is passed over."""
    found = one_of_kind(archive, part, "sharedStrings")
    strings = []
    for kind, record in _records(archive.read(found)) if found else ():
        if kind == _SHARED_ITEM:
            strings.append(_wide(record, 1)[0])
            if len(strings) > MAX_STRINGS // 2:
                raise Refusal("too_large", file=archive.file)
    return strings


def _dates(archive: Archive, part: str) -> frozenset[int]:
    """Return the cell styles, by their place, that show dates."""
    found = one_of_kind(archive, part, "styles")
    codes: dict[int, str] = {}
    dates: set[int] = set()
    place = -1
    for kind, record in _records(archive.read(found)) if found else ():
        if kind == _FORMAT:
            (number,) = struct.unpack_from("<H", record)
            codes[number] = _wide(record, 2)[0]
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            place = 0 if kind == _STYLES_BEGIN else -1
        elif kind == _STYLE and place >= 0:
            (number,) = struct.unpack_from("<H", record, 2)
            if is_date_format(number, codes.get(number)):
                dates.add(place)
            place += 1
    return frozenset(dates)


def _read_cells(content: bytes, book: _Book, rows: GrowingRows) -> None:
    """Add the cells of a sheet to its rows."""
    started = False
    for kind, record in _records(content):
        if kind == _ROW:
            if started:
                rows.end_row()
            started = True
            rows.skip_to(struct.unpack_from("<I", record)[0])
        elif started and kind in _CELLS:
            column, style = struct.unpack_from("<II", record)
            rows.add(None, column - rows.column)
            rows.add(_value(kind, record, style & 0xFFFFFF, book))
    if started:
        rows.end_row()


def _value(kind: int, record: bytes, style: int, book: _Book) -> Cell:
    """Return the value of a cell."""
    match kind:
        case 2 | 5 | 9:
            number = _packed(record) if kind == _RK else float(struct.unpack_from("<d", record, _VALUE)[0])
            return from_serial(number, from_1904=book.from_1904) if style in book.dates else number
        case 3 | 11:
            return CellError(_ERRORS.get(record[_VALUE], "#?"))
        case 4 | 10:
            return record[_VALUE] != 0
        case 7:
            return book.strings[struct.unpack_from("<I", record, _VALUE)[0]] or None
    return _wide(record, _VALUE + (kind == _RICH))[0] or None


def _packed(record: bytes) -> float:
    """Return a number of 30 bits: a whole one, or the beginning of a longer one; maybe in hundredths."""
    (packed,) = struct.unpack_from("<I", record, _VALUE)
    if packed & 2:
        number = float(struct.unpack("<i", packed.to_bytes(4, "little"))[0] >> 2)
    else:
        number = float(struct.unpack("<d", bytes(4) + (packed & 0xFFFFFFFC).to_bytes(4, "little"))[0])
    return number / 100 if packed & 1 else number
