"""Columns of files that no field takes: in a workbook made of the files, columns of the company's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from addin.catalogue import field_key
from addin.imports.files.sheet_file import SheetFile
from addin.imports.header_rows import Recognised
from addin.refusals import Refusal
from scoring.terms import FIELDS
from scoring.text import fold

__all__ = ["OwnColumn", "own_columns"]

_MOST_COLUMNS: Final = 16_000


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column of the company's own.

    Attributes
    ----------
    source
        Its header in the files.
    header
        Its header in the workbook: the same, unless a field of ours has that name.
    holds_dates
        Whether all its cells are dates.
    """

    source: str
    header: str
    holds_dates: bool


def own_columns(files: Sequence[Recognised]) -> list[OwnColumn]:
    """Return the columns of lists of accounts that go nowhere else, in their order.

    Columns of the same name in several files are one column.

    Raises
    ------
    Refusal
        If there are more than a sheet holds.
    """
    places: dict[str, list[tuple[Recognised, int, str]]] = {}
    for file in files:
        if file.kind == "accounts":
            for at, header in file.left:
                places.setdefault(fold(header), []).append((file, at, header))
    if len(places) + len(FIELDS) > _MOST_COLUMNS:
        raise Refusal("export_does_not_fit", columns=len(places))
    taken = set(places)
    found = []
    for same in places.values():
        source = same[0][2]
        header = _free(source, taken)
        found.append(OwnColumn(source, header, all(_holds_dates(file, at) for file, at, _ in same)))
    return found


def _free(source: str, taken: Collection[str]) -> str:
    """Return a header that no field of ours has in any language, and no other column."""
    header, count = source, 1
    while field_key("accounts", header) is not None or (count > 1 and fold(header) in taken):
        count += 1
        header = f"{source} ({count})"
    return header


def _holds_dates(file: Recognised, at: int) -> bool:
    if not isinstance(file.source, SheetFile):
        return False
    cells = [row[at] for row in file.source.grid[file.header_line :] if at < len(row) and row[at] is not None]
    return bool(cells) and all(isinstance(cell, dt.datetime) for cell in cells)
