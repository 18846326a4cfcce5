"""What a workbook's package holds for us: its sheets with tables, and their bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from addin.package import lexer, relations, sheet_stream, text
from addin.package.cells import Decoder, Patterns
from addin.package.dates import date_styles
from addin.package.reader import Body, read_bodies, stream_bodies
from addin.package.regular_rows import IrregularError
from addin.package.relations import Sheet, one_of_kind, sheets, workbook_part
from addin.package.sheet import SheetText
from addin.package.sheet_stream import SheetStream
from addin.package.table_part import TablePart, read_table_part
from addin.refusals import Refusal

if TYPE_CHECKING:
    from addin.package.archive import Archive


MAX_STRINGS = 20_000_000
"""Most tags of shared strings, two for each of 10,000,000 different texts."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The tables of a workbook.

    Attributes
    ----------
    workbook
        Name of the main part.
    from_1904
        Whether dates count from 1904.
    sheets
        The worksheets that have tables, in the order of their tabs, each
        with its tables and their bodies.
    """

    workbook: str
    from_1904: bool
    sheets: list[tuple[Sheet, list[tuple[TablePart, Body]]]]


def read_contents(archive: Archive) -> Contents:
    """Return the tables of a workbook. Sheets without tables are not even inflated.

    Raises
    ------
    Refusal
        If a part that is needed is missing, damaged or not allowed.
    """
    reading = Reading(archive)
    found = []
    for sheet in sheets(archive, reading.workbook):
        tables = [read_table_part(archive, part) for part in relations.tables(archive, sheet)]
        if tables:
            bodies = _bodies(archive, reading, sheet.part, tables)
            read = list(zip(tables, bodies, strict=True))
            for table, body in read:
                if _headers_are_data(table, body):
                    raise Refusal("headers_as_data", file=archive.file, table=table.name)
            found.append((sheet, read))
    return Contents(reading.workbook, reading.from_1904, found)


def _bodies(archive: Archive, reading: Reading, part: str, tables: Sequence[TablePart]) -> list[Body]:
    """Return the bodies of a worksheet's tables; a large one is read piece by piece where that can be."""
    if archive.size(part) >= sheet_stream.LARGE:
        try:
            stream = SheetStream(archive, part)
            bodies, unproven = stream_bodies(stream, tables, reading.decoder(stream.patterns), archive.file)
            archive.prove(part, unproven)
        except (IrregularError, Refusal, ValueError, IndexError):
            pass  # read as a whole, it is told exactly what is wrong, if anything
        else:
            return bodies
    text = SheetText(archive, part)
    return read_bodies(text, tables, reading.decoder(text.patterns), archive.file)


def _headers_are_data(table: TablePart, body: Body) -> bool:
    """Whether a table that says it has no headers holds them as its first row.

    So exceljs saves a table that leaves the count of its headers out, as Excel
    does (``findings/exceljs-saves-a-table-without-headers.sh``): read as it
    says, the headers would be an account, and a refresh would write over them.
    """
    if table.n_headers or not table.n_rows:
        return False
    return tuple(column[0] for column in body) == table.headers


class Reading:
    """What it takes to read the cells of any worksheet of a workbook.

    Parameters
    ----------
    archive
        The package.

    Attributes
    ----------
    workbook
        Name of the main part.
    from_1904
        Whether dates count from 1904.
    """

    def __init__(self, archive: Archive) -> None:
        self.workbook = workbook_part(archive)
        properties = next(lexer.elements(lexer.masked(archive.xml(self.workbook)), "workbookPr"), None)
        self.from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        part = one_of_kind(archive, self.workbook, "sharedStrings")
        self._strings = self._shared_strings(archive, part) if part else []
        part = one_of_kind(archive, self.workbook, "styles")
        self._dates = date_styles(archive.xml(part)) if part else frozenset()

    @staticmethod
    def _shared_strings(archive: Archive, part: str) -> list[str | None]:
        content = archive.xml(part)
        if (
            content.count(b"si>") + content.count(b"si/>") > MAX_STRINGS
        ):  # a few bytes each in the file, many here
            raise Refusal("too_large", file=archive.file)
        return text.shared_strings(content)

    def decoder(self, patterns: Patterns) -> Decoder:
        """Return what turns the cells of a worksheet into values."""
        return Decoder(patterns, self._strings, self._dates, from_1904=self.from_1904)
