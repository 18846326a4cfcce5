"""The tables of a use with the file that was asked for, and rows of a table for such a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from addin.catalogue import Catalogue
from addin.exports import Exported, Rows, csv_file, excel_file
from addin.uses.result import Result
from addin.uses.rows import cells_of
from addin.workbook.definitions import Table

__all__ = ["ExportedResult", "Records", "plain_file", "sheet_rows", "with_contact"]

Records = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class ExportedResult(Result):
    """The tables of a use.

    Attributes
    ----------
    exported
        The file that was asked for; None where none was.
    """

    exported: Exported | None = None


def sheet_rows(words: Catalogue, table: Table, records: Records) -> Rows:
    """Return records as the rows of a table show them, under the name of its sheet."""
    cells = cells_of(table, records, words)
    headers = [words.header(table.key, key) for key in table.keys]
    return Rows(words.sheet(table.sheet), headers, [tuple(row[key] for key in table.keys) for row in cells])


def with_contact(rows: Rows, words: Catalogue, records: Records, keys: Sequence[str]) -> Rows:
    """Return rows with columns of the accounts behind them, such as address and telephone."""
    contact = [tuple(record[key] for key in keys) for record in records]
    headers = [*rows.headers, *(words.header("accounts", key) for key in keys)]
    return Rows(rows.name, headers, [(*row, *more) for row, more in zip(rows.rows, contact, strict=True)])


def plain_file(kind: str, sheets: Sequence[Rows], language: str) -> Exported:
    """Return rows as CSV, those of the first sheet, or as an Excel workbook, for any program."""
    content = csv_file(sheets[0], language) if kind == "csv" else excel_file(sheets)
    return Exported(content, len(sheets[0].rows))
