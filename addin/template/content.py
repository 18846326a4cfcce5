"""What goes into a workbook besides the rules: the accounts, and the rows of the tables that are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from addin.catalogue import catalogue
from addin.workbook.kept_rows import Row

__all__ = ["AccountSheet", "Content", "Row", "empty_content"]


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
    dates
        Those of them that hold dates.
    """

    table: str
    sheet: str
    rows: Sequence[Row]
    extra: tuple[str, ...] = ()
    dates: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Content:
    """Everything in a workbook that is not a rule.

    Attributes
    ----------
    accounts
        The sheets of accounts, in their order.
    kept
        Rows of the tables that a refresh or an import keeps, by the key of the table and by field;
        a table that is not named has the rows that it ships with.
    reference_date
        Value of the setting; None for today.
    """

    accounts: tuple[AccountSheet, ...]
    kept: Mapping[str, Sequence[Row]] = field(default_factory=dict)
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
