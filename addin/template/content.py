"""What goes into a workbook besides the rules: the accounts, the history and the checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from addin.book import Cell
from addin.catalogue import catalogue

Row = Mapping[str, Cell]
"""One row of a table: cell by field key."""


@dataclass(frozen=True)
class AccountSheet:
    """One sheet of accounts with its table.

    Attributes
    ----------
    table
        Name of the table, unique in the workbook.
    sheet
        Name of the sheet.
    rows
        One mapping a row, by field key; a key that is missing leaves its cell
        empty. The cells of extra columns stand under the header itself.
    extra
        Headers of columns that a person added, at the end of the table.
    """

    table: str
    sheet: str
    rows: Sequence[Row]
    extra: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    """Everything in a workbook that is not a rule.

    Attributes
    ----------
    accounts
        The sheets of accounts, in their order.
    history
        Rows of the table History, by field key.
    imports, import_columns
        Rows of the tables Imports and ImportColumns, by field key.
    checks
        Rows of the table Checks, by field key. The first row of a scored
        workbook is dated with the day of the scoring.
    reference_date
        Value of the setting; None for today.
    """

    accounts: tuple[AccountSheet, ...]
    history: Sequence[Row] = ()
    checks: Sequence[Row] = ()
    imports: Sequence[Row] = ()
    import_columns: Sequence[Row] = ()
    reference_date: dt.date | None = None


def empty_content(language: str) -> Content:
    """Return what the shipped template holds: two account tables, each with one blank row."""
    words = catalogue(language)
    return Content(
        accounts=(
            AccountSheet("Clients", words.sheet("clients"), ({},)),
            AccountSheet("Prospects", words.sheet("prospects"), ({},)),
        ),
    )
