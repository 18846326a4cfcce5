"""What a refresh replaced, kept to be put back: the journal of the last refresh of a workbook.

The journal lies in a file of the user's own, since every press of a button
runs in a process of its own and nothing may be added to the workbook. It
knows accounts by their codes, so that a table may be sorted in between, and
puts a cell back only where it still holds what the refresh wrote.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from addin.book import Cell, CellError, Changes, ColumnFill, Formula, RowsFill, Table, Uncalculated
from addin.layout import Layout
from addin.live_values import shows
from addin.values import read_text

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["Journal", "forget", "journal_of", "location", "recall", "restoring", "store", "undo_folder"]

Journal = Mapping[str, Any]

_VERSION: Final = 1
_MOST_KEPT: Final = 20
"""Journals of so many workbooks are kept, the oldest go first."""


@dataclass(frozen=True, slots=True)
class Restoring:
    """What puts the cells back.

    Attributes
    ----------
    changes
        To be applied.
    n_cells
        Cells that are put back.
    n_left
        Cells that are left, since they no longer hold what the refresh wrote.
    """

    changes: Changes
    n_cells: int
    n_left: int


def journal_of(book: str, tables: Sequence[Table], written: Changes, inverse: Changes) -> Journal:
    """Return the journal of a refresh.

    Parameters
    ----------
    book
        Where the workbook lies.
    tables
        Its tables before the refresh.
    written, inverse
        What was written, and what puts it back.
    """
    by_name = {table.name: table for table in tables}
    codes = {located.table.name: _codes(located.cells("account")) for located in Layout(tables).accounts}
    after = {(fill.table, fill.column): fill for fill in written.columns}
    rows_after = {fill.table: fill for fill in written.rows}
    columns = []
    for fill in inverse.columns:
        new = after[fill.table, fill.column]
        rows = np.flatnonzero(~fill.skip).tolist()
        columns.append(
            {
                "table": fill.table,
                "header": by_name[fill.table].headers[fill.column],
                "codes": [codes[fill.table][row] for row in rows],
                "before": [_plain(fill.values[row]) for row in rows],
                "after": [_plain(new.values[row]) for row in rows],
            }
        )
    return {
        "version": _VERSION,
        "book": book,
        "columns": columns,
        "rows": [
            {
                "table": fill.table,
                "keep": fill.keep,
                "before": [list(map(_plain, row)) for row in fill.rows],
                "after": [list(map(_plain, row)) for row in rows_after[fill.table].rows],
            }
            for fill in inverse.rows
        ],
    }


def restoring(journal: Journal, tables: Sequence[Table]) -> Restoring:
    """Work out what puts back the cells of the tables as they are now."""
    by_name = {table.name: table for table in tables}
    positions = {
        located.table.name: _positions(_codes(located.cells("account")))
        for located in Layout(tables).accounts
    }
    changes, n_cells, n_left = Changes(), 0, 0
    for entry in journal["columns"]:
        table = by_name.get(entry["table"])
        if table is None or entry["header"] not in table.headers or entry["table"] not in positions:
            n_left += len(entry["codes"])
            continue
        column = table.headers.index(entry["header"])
        shown = table.columns[column]
        values: list[Cell] = list(shown)
        skip = np.ones(table.n_rows, dtype=bool)
        where = positions[entry["table"]]
        records = zip(map(tuple, entry["codes"]), entry["before"], entry["after"], strict=True)
        for code, before, after in records:
            row = where.get(code)
            if row is None or not _holds(shown[row], _cell(after)):
                n_left += 1
                continue
            values[row], skip[row] = _cell(before), False
        n_cells += int((~skip).sum())
        if not skip.all():
            changes.columns.append(ColumnFill(table.name, column, values, skip, np.zeros_like(skip)))
    for entry in journal["rows"]:
        table = by_name.get(entry["table"])
        after = [list(map(_cell, row)) for row in entry["after"]]
        if table is None or not _ends_with(table, entry["keep"], after):
            # A check has written the sheet Checks anew: the results are put back all the same.
            n_left += len(after) if entry["table"].casefold() != "checks" else 0
            continue
        before = [tuple(map(_cell, row)) for row in entry["before"]]
        changes.rows.append(RowsFill(table.name, entry["keep"], before))
        n_cells += len(after)
    return Restoring(changes, n_cells, n_left)


def location(book: xw.Book) -> str:
    """Return where a workbook lies, as Excel says it: a copy elsewhere is another workbook.

    xlwings would turn the address of a workbook on OneDrive into a path, and fail where there is none.
    """
    full_name = getattr(book.api, "FullName", None) or getattr(book.api, "full_name", None)
    if full_name is None:
        return str(book.name)
    return str(full_name if isinstance(full_name, str) else full_name.get())


def undo_folder() -> Path:
    """Return the folder of the journals, in the person's own profile."""
    import platformdirs

    return Path(platformdirs.user_state_dir("clientscore", appauthor=False)) / "undo"


def store(folder: Path, journal: Journal) -> None:
    """Keep the journal of a workbook, in place of the one before.

    Raises
    ------
    OSError
        If it cannot be written; the one before, which is of the past, is gone all the same.
    """
    path = _path(folder, journal["book"])
    draft = path.with_suffix(".new")
    folder.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    draft.write_text(json.dumps(journal, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)
    kept = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in kept[_MOST_KEPT:]:
        old.unlink(missing_ok=True)


def recall(folder: Path, book: str) -> Journal | None:
    """Return the journal of a workbook, or None if there is none that can be read."""
    try:
        journal = json.loads(_path(folder, book).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    usable = isinstance(journal, dict) and journal.get("version") == _VERSION and journal.get("book") == book
    return journal if usable else None


def forget(folder: Path, book: str) -> None:
    """Drop the journal of a workbook: its refresh is undone."""
    _path(folder, book).unlink(missing_ok=True)


def _path(folder: Path, book: str) -> Path:
    return folder / f"{hashlib.sha256(book.encode()).hexdigest()[:16]}.json"


def _codes(cells: Sequence[Cell]) -> list[tuple[str, int]]:
    """Code of each row with its place among the rows of the same code."""
    seen: dict[str, int] = {}
    found = []
    for cell in cells:
        text = read_text(cell)
        code = text.casefold() if isinstance(text, str) else ""
        seen[code] = seen.get(code, 0) + 1
        found.append((code, seen[code]))
    return found


def _positions(codes: Sequence[tuple[str, int]]) -> dict[tuple[str, int], int]:
    return {code: row for row, code in enumerate(codes) if code[0]}


def _holds(shown: Cell, written: Cell) -> bool:
    return shown == written or shows(shown, written)


def _ends_with(table: Table, keep: int, rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the body of a table, from a row on, is just these rows."""
    if table.n_rows != max(1, keep + len(rows)):
        return False
    body = [list(row) for row in zip(*table.columns, strict=True)][keep:]
    wanted = rows or [[None] * len(table.headers)] * len(body)
    return all(
        _holds(found, cell)
        for row, cells in zip(body, wanted, strict=True)
        for found, cell in zip(row, cells, strict=True)
    )


def _plain(cell: Cell) -> Any:
    """Return a cell as JSON."""
    match cell:
        case dt.datetime():
            return {"date": cell.isoformat()}
        case Formula(text):
            return {"formula": text}
        case CellError(text) | Uncalculated(text):
            return {"formula": f"={text}"}
        case float() | int() if not isinstance(cell, bool):
            return float(cell)
        case _:
            return cell


def _cell(plain: Any) -> Cell:
    match plain:
        case {"date": str(text)}:
            return dt.datetime.fromisoformat(text)
        case {"formula": str(text)}:
            return Formula(text)
        case None | bool() | float() | str():
            return plain
        case _:
            message = f"{plain!r} is no cell of a journal"
            raise ValueError(message)
