"""Exports of other programs (CSV, Excel) as rows for the account sheets.

Columns are matched to fields by their headers, in either language; what
cannot be read as number or date stays as it was written, for a refresh to
point at: nothing is lost on the way in.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from addin.book import Cell, column_letters
from addin.catalogue import export_key, field_key
from addin.imports.text_file import TextFile
from addin.refusals import Refusal
from addin.values import Unreadable, read_date, read_number, read_text
from scoring.terms import FIELDS, NUMERIC, FilledBy, Kind
from scoring.text import fold

__all__ = ["Export", "read_export"]

_MOST_BYTES: Final = 512 * 2**20
_HEADER_WITHIN: Final = 20
"""Rows in which the header is looked for: exports put titles and dates above it."""
_MOST_ROWS: Final = 1_000_000
_MOST_COLUMNS: Final = 16_000
_CSV: Final = (".csv", ".txt", ".tsv")
_EXCEL: Final = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Export:
    """Accounts out of an export.

    Attributes
    ----------
    rows
        One mapping an account: cells by field key, and by header for columns
        that are no field.
    matched
        Header by field key.
    own
        Headers of the other columns, in their order; a column without a
        header goes by its letter.
    n_set_aside
        Number of rows without an account code, such as totals.
    """

    rows: Sequence[Mapping[str, Cell]]
    matched: Mapping[str, str]
    own: Sequence[str]
    n_set_aside: int = 0


def read_export(path: Path, language: str) -> Export:
    """Read the accounts of an export.

    Raises
    ------
    Refusal
        If the file cannot be read, or has no column of account codes.
    """
    best: Export | None = None
    headers: list[str] = []
    for grid in _grids(path):
        headers += (
            [str(cell) for cell in grid[_header(grid, language)[0]] if cell is not None] if grid else []
        )
        export = _accounts(grid, language)
        if export is not None and (best is None or len(export.matched) > len(best.matched)):
            best = export
    if best is None:
        raise Refusal("export_without_accounts", file=path.name, headers=headers[:12])
    return best


def _grids(path: Path) -> Iterator[list[list[Cell]]]:
    """Tables of cells that the file holds: one for a CSV, one a sheet for a workbook."""
    if not path.is_file():
        raise Refusal("not_found", file=str(path))
    if path.stat().st_size > _MOST_BYTES:
        raise Refusal("export_too_large", file=path.name)
    suffix = path.suffix.lower()
    if suffix in _CSV:
        yield _csv_rows(path)
    elif suffix in _EXCEL:
        from addin.package.grids import read_sheets

        yield from (grid for _, grid in read_sheets(path))
    else:
        raise Refusal("export_of_unknown_kind", file=path.name)


def _csv_rows(path: Path) -> list[list[Cell]]:
    if not path.stat().st_size:
        return []
    return [[cell.strip() or None for cell in row] for row in TextFile(path).rows()]


def _accounts(grid: list[list[Cell]], language: str) -> Export | None:
    header_at, matched = _header(grid, language)
    if "account" not in matched:
        return None
    width = max(len(row) for row in grid)
    body = [[*row, *[None] * (width - len(row))] for row in grid[header_at + 1 :]]
    filled = [cells for cells in body if any(cell is not None for cell in cells)]
    coded = [cells for cells in filled if isinstance(read_text(cells[matched["account"]]), str)]
    header = [*grid[header_at], *[None] * (width - len(grid[header_at]))]
    used = {
        at for at in range(width) if header[at] is not None or any(cells[at] is not None for cells in coded)
    }
    own = _own(header, used - set(matched.values()))
    if len(own) + len(FIELDS) > _MOST_COLUMNS or len(coded) > _MOST_ROWS:
        raise Refusal("export_does_not_fit", rows=len(coded), columns=len(own))
    rows: list[dict[str, Cell]] = []
    for cells in coded:
        account: dict[str, Cell] = {key: _cell(key, cells[at], language) for key, at in matched.items()}
        account.update({name: cells[at] for name, at in own.items()})
        rows.append(account)
    for name in own:
        _as_numbers(rows, name, language)
    names = {key: str(header[at]) for key, at in matched.items()}
    return Export(rows, names, list(own), len(filled) - len(coded))


def _as_numbers(rows: Sequence[dict[str, Cell]], name: str, language: str) -> None:
    """Make numbers of a column of the company's own where every text is one, and none a code like 007."""
    texts = [row[name] for row in rows if isinstance(row[name], str)]
    if any(re.match(r"0\d", str(text)) for text in texts):
        return
    numbers = {text: read_number(text, language) for text in texts}
    if all(isinstance(number, float) for number in numbers.values()):
        for row in rows:
            number = numbers.get(row[name])
            if isinstance(number, float):
                row[name] = number


def _header(grid: list[list[Cell]], language: str) -> tuple[int, dict[str, int]]:
    """Row of the header and the columns that it names: the first row that names most."""
    best: tuple[int, dict[str, int]] = (0, {})
    for position, row in enumerate(grid[:_HEADER_WITHIN]):
        matched: dict[str, int] = {}
        for at, cell in enumerate(row):
            key = export_key(cell, language) if isinstance(cell, str) else None
            if key is not None and FIELDS[key].filled_by is FilledBy.PERSON:
                matched.setdefault(key, at)
        if len(matched) > len(best[1]):
            best = (position, matched)
    return best


def _own(header: Sequence[Cell], columns: set[int]) -> dict[str, int]:
    """Columns that are no field, by a header that stands once and clashes with none of ours."""
    own: dict[str, int] = {}
    seen: set[str] = set()
    for at in sorted(columns):
        given = " ".join(str(read_text(header[at]) or column_letters(at + 1)).split())[:200]
        name, count = given, 1
        while fold(name) in seen or field_key("accounts", name) is not None:
            count += 1
            name = f"{given} ({count})"
        seen.add(fold(name))
        own[name] = at
    return own


def _cell(key: str, cell: Cell, language: str) -> Cell:
    """Cell in the type of its field; one that cannot be read stays as it was written."""
    kind = FIELDS[key].kind
    value: float | str | dt.datetime | Unreadable | None
    if kind in NUMERIC:
        value = read_number(cell, language)
    elif kind is Kind.DATE:
        value = read_date(cell, language)
    else:
        value = read_text(cell)
    return cell if isinstance(value, Unreadable) else value
