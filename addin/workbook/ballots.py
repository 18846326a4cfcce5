"""The sheets of the participants of a weights workshop, read: points by status, or judgements of pairs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from addin.catalogue import Phrase, field_key
from addin.workbook.definitions import Holds
from addin.workbook.located_tables import Layout, Located, kind_of
from addin.workbook.model_cells import CellReader
from addin.workbook.port import Cell, Table
from addin.workbook.typed_cells import is_blank, read_text
from scoring.terms import STATUSES
from scoring.text import fold

__all__ = ["METHODS", "NO_POINTS", "Ballot", "located_as", "read_ballots"]

METHODS: Final = ("points", "pairs")
NO_POINTS: Final = "–"
"""Stands where a criterion does not apply to a status."""
_FRACTION: Final = re.compile(r"\s*1\s*/\s*([1-9])\s*")


@dataclass(frozen=True, slots=True)
class Ballot:
    """The sheet of a participant.

    Attributes
    ----------
    participant, role
        Who it is.
    method
        ``"points"`` or ``"pairs"``.
    sheet
        Name of the sheet.
    points
        By status, by folded criterion: the points given, None for a blank cell.
    judgements
        By the folded names of two criteria: how many times heavier the first is; None for a blank cell.
    cells
        Where the points to a criterion by a status stand.
    wrong
        What cannot be read, each with its cell.
    """

    participant: str
    role: str
    method: str
    sheet: str
    points: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    judgements: Mapping[tuple[str, str], float | None] = field(default_factory=dict)
    cells: Mapping[tuple[str, str], str] = field(default_factory=dict)
    wrong: Sequence[Phrase] = ()


def located_as(kind: str, table: Table, language: str) -> Located:
    """Return a table as one of a kind, its columns known by their headers in either language."""
    columns: dict[str, int] = {}
    for position, header in enumerate(table.headers):
        key = field_key(kind, header, language)
        if key is not None:
            columns.setdefault(key, position)
    return Located(table, kind, columns)


def read_ballots(layout: Layout) -> list[Ballot]:
    """Return the sheets that bear the name of a participant, in the order of the workbook."""
    by_sheet: dict[str, dict[str, Located]] = {}
    for table in layout.tables:
        kind = kind_of(table.headers)
        if kind in ("pointshead", "points", "pairshead", "pairs"):
            by_sheet.setdefault(table.sheet, {}).setdefault(kind, located_as(kind, table, layout.language))
    found = []
    for sheet, tables in by_sheet.items():
        for method in METHODS:
            head, body = tables.get(f"{method}head"), tables.get(method)
            name = _text(head, "participant") if head is not None else ""
            if body is not None and name:
                found.append(_Reader(layout, sheet).ballot(name, _text(head, "role"), method, body))
    return found


def _text(located: Located | None, key: str) -> str:
    cells = located.cells(key) if located is not None else []
    text = read_text(cells[0]) if cells else None
    return text if isinstance(text, str) else ""


class _Reader:
    """Reads one sheet, and keeps what cannot be read."""

    def __init__(self, layout: Layout, sheet: str) -> None:
        self._reader, self._sheet = CellReader(layout), sheet
        self._wrong: list[Phrase] = []
        self._cells: dict[tuple[str, str], str] = {}

    def ballot(self, name: str, role: str, method: str, body: Located) -> Ballot:
        points = dict(self._points(body)) if method == "points" else {}
        judgements = dict(self._judgements(body)) if method == "pairs" else {}
        return Ballot(name, role, method, self._sheet, points, judgements, self._cells, self._wrong)

    def _points(self, body: Located) -> Iterator[tuple[str, Mapping[str, float | None]]]:
        names = [read_text(cell) for cell in body.cells("criterion")]
        for status in STATUSES:
            given: dict[str, float | None] = {}
            for row, (name, cell) in enumerate(zip(names, body.cells(status), strict=True)):
                if isinstance(name, str) and not (isinstance(cell, str) and cell.strip() == NO_POINTS):
                    place = self._cells[status, fold(name)] = body.address(row, status)
                    given[fold(name)] = self._number(cell, place)
            yield status, given

    def _number(self, cell: Cell, place: str) -> float | None:
        value = self._reader.read(cell, Holds.NOTE)
        if value is None or (isinstance(value, float) and 0 <= value <= 100):
            return value
        self._wrong.append(self._said("wrong_points", cell, place))
        return None

    def _judgements(self, body: Located) -> Iterator[tuple[tuple[str, str], float | None]]:
        pairs = zip(body.cells("first"), body.cells("second"), body.cells("judgement"), strict=True)
        for row, (first, second, cell) in enumerate(pairs):
            names = read_text(first), read_text(second)
            if isinstance(names[0], str) and isinstance(names[1], str):
                value = self._judgement(cell, body.address(row, "judgement"))
                yield (fold(names[0]), fold(names[1])), value

    def _judgement(self, cell: Cell, place: str) -> float | None:
        if is_blank(cell):
            return None
        fraction = _FRACTION.fullmatch(cell) if isinstance(cell, str) else None
        if fraction is not None:
            return 1 / int(fraction[1])
        value = None if isinstance(cell, dt.datetime) else self._reader.read(cell, Holds.NOTE)
        if isinstance(value, float) and 1 / 9 - 1e-3 <= value <= 9:
            return max(value, 1 / 9)
        self._wrong.append(self._said("wrong_judgement", cell, place))
        return None

    def _said(self, key: str, cell: Cell, place: str) -> Phrase:
        return Phrase("views", ("workshop", key), {"value": cell, "sheet": self._sheet, "cell": place})
