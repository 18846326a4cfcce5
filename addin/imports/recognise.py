"""What a file is: accounts, invoices, visits or a FEC; said before anything is done with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from addin.imports.fec_headers import fec_columns, looks_like_entries
from addin.imports.files.content import Content, content_of
from addin.imports.files.foreign_sheets import read_foreign
from addin.imports.files.sheet_file import SheetFile
from addin.imports.files.text_file import TextFile
from addin.imports.group_layout import grouped_by_client
from addin.imports.grouped_file import GroupedFile
from addin.imports.header_rows import (
    Choices,
    Reason,
    Recognised,
    Unread,
    best_reading,
    lists_balances,
    lists_books,
    lists_orders,
    longest_row,
    rows_within,
)
from addin.imports.unrecognised import refusal_of
from addin.package.grids import Grid
from addin.refusals import Refusal
from addin.workbook.located_tables import kind_of
from addin.workbook.tables import ACCOUNTS
from scoring.text import fold

__all__ = ["ENDINGS", "PACKED", "Choices", "Recognised", "recognise"]

_MOST_BYTES: Final = 4 * 2**30
PACKED: Final = (".gz", ".zip", ".7z", ".rar", ".bz2", ".xz")
ENDINGS: Final = (
    *(".csv", ".txt", ".tsv", ".asc"),
    *(".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".xlsb", ".ods", ".fods", ".xml"),
    *(".htm", ".html"),
)
"""How the name of an export ends. What it is, its content says: many a web page is called .xls."""


def recognise(path: Path, choices: Choices) -> list[Recognised]:
    """Look at a file and tell what it is: of a workbook, each of its sheets.

    Raises
    ------
    Refusal
        If it cannot be read, or is none of the kinds.
    """
    _check(path)
    content = content_of(path)
    return [_text(path, choices)] if content == "text" else _sheets(path, content, choices)


def _sheets(path: Path, content: Content, choices: Choices) -> list[Recognised]:
    """Return the sheets that are understood, each as what it is; the first one names those that are not."""
    grids = read_foreign(path, content)
    if not any(grid.rows for grid in grids):
        raise Refusal("import_empty", file=path.name)
    sheets = [(grid, SheetFile(path, grid.rows, grid.name, content, grid.hidden_rows)) for grid in grids]
    if any(fec_columns(row) is not None for _, sheet in sheets for row in rows_within(sheet)):
        raise Refusal("fec_in_excel", file=path.name)
    readings = [(grid, _reading(sheet, choices)) for grid, sheet in sheets]
    if any(reading is not None and not _is_filled(reading) for _, reading in readings):
        readings = [
            (grid, None if reading is not None and _is_filled(reading) else reading)
            for grid, reading in readings
        ]
    seen = [grid for grid, reading in readings if reading is not None and not grid.hidden]
    if seen:  # else the only sheets that hold anything are hidden ones, and these are meant
        readings = [(grid, None if grid.hidden else reading) for grid, reading in readings]
    found = [reading for _, reading in readings if reading is not None]
    invoices = [one for one in found if one.kind == "ledger" and not lists_orders(one)]
    if invoices:  # orders beside invoices are none of them
        found = [one for one in found if one.kind != "ledger" or one in invoices]
    if not found:
        full = max((sheet for grid, sheet in sheets if grid.rows), key=lambda sheet: len(longest_row(sheet)))
        raise refusal_of(full, choices)
    taken = list(_apart(found))
    unread = [
        Unread(grid.name, _reason(grid, reading))
        for grid, reading in readings
        if not any(one is reading for one in taken)
    ]
    return [replace(one, unread=unread if at == 0 else ()) for at, one in enumerate(taken)]


def _is_filled(reading: Recognised) -> bool:
    """Whether a list of accounts is one that a refresh fills, such as Explain: no list of a company's own."""
    return reading.kind == "accounts" and kind_of(reading.headers) not in (None, ACCOUNTS.key)


def _reading(source: TextFile | SheetFile, choices: Choices) -> Recognised | None:
    """Return the best reading of a table: one that is grouped by client, as if each row named its own."""
    if choices.kind in (None, "ledger"):
        grouped = grouped_by_client(source, choices.language)
        found = best_reading(grouped, choices) if grouped is not None else None
        if found is not None and found.kind == "ledger":
            return found
    found = best_reading(source, choices)
    if found is not None and choices.kind is None and lists_books(found):
        raise Refusal("entries_without_fec", file=source.path.name)
    return found


def _apart(found: Sequence[Recognised]) -> Iterator[Recognised]:
    """Leave out sheets that may say once more, or of something else, what another one says.

    Invoices and their lines often stand on two sheets of one workbook, and so do all invoices and those
    that are open: beside the sheet that is understood best only such with the same columns are parts of
    the list. Reps, sectors and articles have codes and names as accounts have.
    """
    main = {
        kind: max((one for one in found if one.kind == kind), key=lambda one: len(one.matches))
        for kind in {one.kind for one in found}
    }
    for one in found:
        alike = _folded(one) == _folded(main[one.kind])
        if alike or one.kind == "visits" or (one.kind == "accounts" and one.speaks_of_accounts):
            yield one


def _folded(one: Recognised) -> list[str]:
    return [fold(header) for header in one.headers]


def _reason(grid: Grid, reading: Recognised | None) -> Reason:
    """Return why a sheet is not read."""
    if not grid.has_cells:
        return "chart"
    if not grid.rows:
        return "empty"
    if grid.hidden:
        return "hidden"
    if reading is None:
        return "unknown"
    return "invoices" if reading.kind == "ledger" else "list"


def _text(path: Path, choices: Choices) -> Recognised:
    source = TextFile(path)
    if not source.head:
        raise Refusal("import_empty", file=path.name)
    if choices.kind in (None, "fec") and fec_columns(source.head[0]) is not None:
        return _fec(source if source.quoted_throughout else source.unquoted())
    if choices.kind == "fec":
        raise Refusal(
            "fec_columns_missing", file=path.name, columns=["JournalCode", "CompteNum", "EcritureDate"]
        )
    found = _reading(source, choices)
    is_grouped = found is not None and isinstance(found.source, GroupedFile)
    is_known = is_grouped or (found is not None and lists_balances(found))
    if choices.kind is None and not is_known and looks_like_entries(source.head[0]):
        raise Refusal("entries_without_fec", file=path.name)
    if found is None:
        raise refusal_of(source, choices)
    return found


def _fec(source: TextFile) -> Recognised:
    columns = fec_columns(source.head[0])
    assert columns is not None
    if columns.missing:
        raise Refusal("fec_columns_missing", file=source.path.name, columns=list(columns.missing))
    return Recognised(source.path, "fec", source, source.head[0], source.head_lines[0], fec=columns)


def _check(path: Path) -> None:
    if path.is_dir():
        raise Refusal("import_of_folder", file=str(path))
    if not path.exists():
        raise Refusal("not_found", file=str(path))
    if path.stat().st_size > _MOST_BYTES:
        raise Refusal("import_too_large", file=path.name, most=_MOST_BYTES // 2**20)
    if path.suffix.lower() in PACKED:
        raise Refusal("import_packed", file=path.name)
    if path.suffix.lower() not in ENDINGS:
        raise Refusal("export_of_unknown_kind", file=path.name)
