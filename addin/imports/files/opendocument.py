"""Sheets of an OpenDocument spreadsheet (ODF 1.3, part 3, chapter 9): .ods and, in one piece, .fods."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

from addin.imports.files.growing_rows import GrowingRows, Room
from addin.imports.files.guarded_xml import walk
from addin.package.grids import Grid
from addin.workbook.port import Cell, CellError, Uncalculated

__all__ = ["read_opendocument"]

_NAMES: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE: Final = f"{_NAMES}table:1.0 "
_OFFICE: Final = f"{_NAMES}office:1.0 "
_TEXT: Final = f"{_NAMES}text:1.0 "
_STYLE: Final = f"{_NAMES}style:1.0 "
_DRAWN: Final = f"{_NAMES}drawing:1.0 "
_EXTENSION: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_NO_CELLS: Final = (f"{_OFFICE}annotation", f"{_TABLE}shapes")
_SPACES: Final = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_TIME: Final = re.compile(r"(-?)PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?")
_MOST_SPACES: Final = 1_000


def read_opendocument(content: bytes, file: str) -> list[Grid]:
    """Return the sheets of a spreadsheet.

    Parameters
    ----------
    content
        Its ``content.xml``, or all of a file in one piece.
    file
        Name of the file, for what is said.

    Raises
    ------
    Refusal
        If it is not well-formed, declares a document type, or asks for more cells than a sheet has.
    """
    reader = _Reader(file)
    walk(content, file, start=reader.start, end=reader.end, text=reader.text)
    return reader.grids


class _Reader:
    """Takes the elements of a spreadsheet as they come."""

    def __init__(self, file: str) -> None:
        self.grids: list[Grid] = []
        self._room = Room(file)
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._depth = 0  # of tables in cells of tables, which are no sheets
        self._muted = 0  # depth inside of comments and drawings, whose texts are no cells'
        self._table: Mapping[str, str] = {}
        self._rows = GrowingRows(self._room, "")
        self._row_times = 1
        self._cell: Mapping[str, str] | None = None
        self._lines: list[str] = []
        self._in_text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._muted or name in _NO_CELLS or name.startswith(_DRAWN):
            self._muted += 1
        elif name == f"{_TABLE}table":
            self._depth += 1
            if self._depth == 1:
                self._table = attributes
                self._rows = GrowingRows(self._room, attributes.get(f"{_TABLE}name", ""))
        elif self._depth == 0:
            self._note_style(name, attributes)
        elif self._depth == 1:
            self._start_inside(name, attributes)

    def _start_inside(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == f"{_TABLE}table-row":
            self._row_times = _count(attributes.get(f"{_TABLE}number-rows-repeated"))
        elif name in _CELLS:
            self._cell, self._lines = attributes, []
        elif name == f"{_TEXT}p":
            self._lines.append("")
            self._in_text = True
        elif name == f"{_TEXT}s":
            self.text(" " * min(_count(attributes.get(f"{_TEXT}c")), _MOST_SPACES))
        elif name in _SPACES:
            self.text(_SPACES[name])

    def end(self, name: str) -> None:
        if self._muted:
            self._muted -= 1
        elif name == f"{_TABLE}table":
            self._depth -= 1
            if self._depth == 0:
                hidden = self._table.get(f"{_TABLE}style-name") in self._hidden_styles
                self.grids.append(Grid(self._table.get(f"{_TABLE}name", ""), self._rows.rows, hidden))
        elif self._depth == 1 and name == f"{_TABLE}table-row":
            self._rows.end_row(self._row_times)
        elif name == f"{_TEXT}p":
            self._in_text = False
        elif self._depth == 1 and name in _CELLS and self._cell is not None:
            # What a merged cell covers is not seen, whatever it holds.
            covered = name == _CELLS[1]
            times = _count(self._cell.get(f"{_TABLE}number-columns-repeated"))
            self._rows.add(None if covered else _value(self._cell, "\n".join(self._lines)), times)
            self._cell = None

    def text(self, content: str) -> None:
        if self._in_text and not self._muted and self._cell is not None and self._depth == 1:
            self._lines[-1] += content

    def _note_style(self, name: str, attributes: Mapping[str, str]) -> None:
        """Remember the styles of tables that are not shown."""
        if name == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif name == f"{_STYLE}table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self._hidden_styles.add(self._style)


def _count(text: str | None) -> int:
    return min(int(text), 2**31) if text is not None and re.fullmatch(r"\d{1,18}", text) else 1


def _value(cell: Mapping[str, str], shown: str) -> Cell:
    """Return the value of a cell, which shows a text."""
    if cell.get(f"{_EXTENSION}value-type") == "error":
        return CellError(shown)
    match cell.get(f"{_OFFICE}value-type"):
        case "float" | "percentage" | "currency":
            return _number(cell.get(f"{_OFFICE}value", ""), shown)
        case "date":
            return _date(cell.get(f"{_OFFICE}date-value", "")) or shown
        case "time":
            return _days(cell.get(f"{_OFFICE}time-value", ""), shown)
        case "boolean":
            return cell.get(f"{_OFFICE}boolean-value") == "true"
    formula = cell.get(f"{_TABLE}formula")
    text = shown or cell.get(f"{_OFFICE}string-value", "")
    return Uncalculated(formula) if formula and not text and f"{_OFFICE}value-type" not in cell else text


def _number(text: str, shown: str) -> Cell:
    try:
        return float(text)
    except ValueError:
        return shown


def _date(text: str) -> dt.datetime | None:
    """Return a date, None where a calendar has no such day."""
    try:
        return dt.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _days(text: str, shown: str) -> Cell:
    """Return a time of day or a duration as Excel has it: in days."""
    found = _TIME.fullmatch(text)
    if found is None:
        return shown
    hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in found.groups()[1:])
    return (-1 if found[1] else 1) * (hours * 3600 + minutes * 60 + seconds) / 86_400
