"""Sheets of Excel's XML of 2003 (SpreadsheetML, urn:schemas-microsoft-com:office:spreadsheet)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from addin.imports.files.growing_rows import GrowingRows, Room
from addin.imports.files.guarded_xml import walk
from addin.package.grids import Grid
from addin.workbook.port import Cell, CellError, Uncalculated

__all__ = ["read_xml_2003"]

_SHEET: Final = "urn:schemas-microsoft-com:office:spreadsheet "
_VISIBLE: Final = "urn:schemas-microsoft-com:office:excel Visible"
_FARTHEST: Final = 2**31


def read_xml_2003(content: bytes, file: str) -> list[Grid]:
    """Return the sheets of a workbook.

    Parameters
    ----------
    content
        The file.
    file
        Its name, for what is said.

    Raises
    ------
    Refusal
        If it is not well-formed, declares a document type, or asks for more cells than a sheet has.
    """
    reader = _Reader(file)
    walk(content.lstrip(), file, start=reader.start, end=reader.end, text=reader.text)
    return reader.grids


class _Reader:
    """Takes the elements of a workbook as they come."""

    def __init__(self, file: str) -> None:
        self.grids: list[Grid] = []
        self._room = Room(file)
        self._path: list[str] = []
        self._name = ""
        self._hidden = False
        self._rows = GrowingRows(self._room, "")
        self._cell: Mapping[str, str] = {}
        self._kind = ""
        self._shown: list[str] = []
        self._data = 0  # depth of the element with the value of a cell, 0 outside of one

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._path.append(name)
        match name.removeprefix(_SHEET):
            case "Worksheet":
                self._name, self._hidden = attributes.get(f"{_SHEET}Name", ""), False
                self._rows = GrowingRows(self._room, self._name)
            case "Row" if (index := _index(attributes)) is not None:
                self._rows.skip_to(index)
            case "Cell":
                self._cell, self._kind, self._shown = attributes, "", []
                index = _index(attributes)
                if index is not None and index > self._rows.column:
                    self._rows.add(None, index - self._rows.column)
            case "Data" if self._path[-2:-1] == [f"{_SHEET}Cell"]:  # a comment has such an element, too
                self._kind, self._data = attributes.get(f"{_SHEET}Type", "String"), len(self._path)

    def end(self, name: str) -> None:
        if len(self._path) == self._data:
            self._data = 0
        self._path.pop()
        match name.removeprefix(_SHEET):
            case "Cell":
                self._rows.add(_value(self._kind, "".join(self._shown), self._cell.get(f"{_SHEET}Formula")))
                across = self._cell.get(f"{_SHEET}MergeAcross", "")
                if across.isdecimal() and len(across) < 19:
                    self._rows.add(None, min(int(across), _FARTHEST))
            case "Row":
                self._rows.end_row()
            case "Worksheet":
                self.grids.append(Grid(self._name, self._rows.rows, self._hidden))

    def text(self, content: str) -> None:
        if self._data:
            self._shown.append(content)
        elif self._path[-1] == _VISIBLE and content.strip() in ("SheetHidden", "SheetVeryHidden"):
            self._hidden = True


def _index(attributes: Mapping[str, str]) -> int | None:
    """Return the place, from 0, at which a row or a cell says that it stands."""
    text = attributes.get(f"{_SHEET}Index", "")
    return min(int(text), _FARTHEST) - 1 if text.isdecimal() and len(text) < 19 and int(text) else None


def _value(kind: str, shown: str, formula: str | None) -> Cell:
    """Return the value of a cell of a kind, which shows a text."""
    match kind:
        case "Number":
            try:
                return float(shown)
            except ValueError:
                return shown
        case "DateTime":
            try:
                return dt.datetime.fromisoformat(shown).replace(tzinfo=None)
            except ValueError:
                return shown
        case "Boolean":
            return shown.strip() in ("1", "true")
        case "Error":
            return CellError(shown)
        case "":
            return Uncalculated(formula) if formula else None
    return shown
