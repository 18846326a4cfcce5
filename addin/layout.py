"""Where things stand in the workbook: which table is which, and which column is which field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from addin.book import IMPORT_TABLES, LOG_TABLES, MODEL_TABLES, Cell, Table
from addin.catalogue import LANGUAGES, field_key, word_key
from scoring.text import fold

__all__ = ["ACCOUNT_MARKS", "Layout", "Located"]

_NAMED: Final = (*MODEL_TABLES, *LOG_TABLES, *IMPORT_TABLES)
ACCOUNT_MARKS: Final = ("account", "score", "class")
"""The columns that make a table an account table."""

_LOOKS_LIKE_ACCOUNTS: Final = 6
"""Headers of account sheets that make a table look like one."""

TABLE: Final = "="
"""Marks the table of a fault that is no account's: ``=Clients``, whatever the table is called."""

OWN: Final = "+"
"""Marks a column that the company added: ``+Region`` is no field of ours, whatever it is called."""


@dataclass(frozen=True, slots=True)
class Located:
    """A table whose columns are known.

    Attributes
    ----------
    table
        The table.
    columns
        Position of each column by field key; a column that the company added
        goes by its folded header with :data:`OWN` in front.
    """

    table: Table
    columns: Mapping[str, int]

    def cells(self, key: str) -> list[Cell]:
        """Cells of a column; all empty where the table has no such column."""
        position = self.columns.get(key)
        return list(self.table.columns[position]) if position is not None else [None] * self.table.n_rows

    def tuples(self, rows: Iterable[Mapping[str, Cell]]) -> list[tuple[Cell, ...]]:
        """Return rows of cells by key in the order of the table's columns."""
        keys = {position: key for key, position in self.columns.items()}
        order = [keys.get(position, "") for position in range(len(self.table.headers))]
        return [tuple(row.get(key) for key in order) for row in rows]

    def address(self, row: int | None, key: str | None) -> str:
        """Address of a cell, of a row's first cell, or of a header; empty for the whole table."""
        position = self.columns.get(key or "", 0 if row is not None else -1)
        if position < 0:
            return ""
        return self.table.header_cell(position) if row is None else self.table.cell(row, position)


class Layout:
    """The tables of a workbook by what they are for.

    Parameters
    ----------
    tables
        All tables of the workbook.
    """

    def __init__(self, tables: Iterable[Table]) -> None:
        self._tables = list(tables)

    @cached_property
    def language(self) -> str:
        """Language of the workbook: what its settings say, else that of their headers, else English."""
        table = self._by_name("settings")
        if table is None:
            return "en"
        for language in LANGUAGES:
            located = _locate("settings", table, language)
            for name, value in zip(located.cells("setting"), located.cells("value"), strict=True):
                if isinstance(name, str) and field_key("setting_names", name) == "language":
                    found = word_key("language", value) if isinstance(value, str) else None
                    if found:
                        return found
        own = {fold(header) for header in table.headers}
        return "fr" if fold("Réglage") in own else "en"

    @cached_property
    def named(self) -> Mapping[str, Located]:
        """The tables that have a name of their own, by key."""
        found = {}
        for key in _NAMED:
            table = self._by_name(key)
            if table is not None:
                found[key] = _locate(key, table, self.language)
        return found

    @cached_property
    def accounts(self) -> tuple[Located, ...]:
        """The account tables: those with the columns Account, Score and Class, whatever their names."""
        others = (table for table in self._tables if table.name.casefold() not in _NAMED)
        located = (_locate("accounts", table, self.language) for table in others)
        return tuple(
            table
            for table in located
            if table.columns.keys() >= set(ACCOUNT_MARKS) and not _is_history(table.table, self.language)
        )

    @cached_property
    def lost(self) -> tuple[Located, ...]:
        """Tables that look like account tables but lack one of their marks: a renamed header, most likely."""
        others = (table for table in self._tables if table.name.casefold() not in _NAMED)
        located = (_locate("accounts", table, self.language) for table in others)
        return tuple(
            table
            for table in located
            if not table.columns.keys() >= set(ACCOUNT_MARKS)
            and sum(not key.startswith(OWN) for key in table.columns) >= _LOOKS_LIKE_ACCOUNTS
        )

    def _by_name(self, key: str) -> Table | None:
        return next((table for table in self._tables if table.name.casefold() == key), None)

    def account_column(self, header: str) -> str | None:
        """Key of the account column with a header, in either language, or None."""
        known = field_key("accounts", header, self.language)
        if known is not None:
            return known
        own = OWN + fold(header)
        return own if any(own in located.columns for located in self.accounts) else None


def _is_history(table: Table, language: str) -> bool:
    """Whether a table is a copy of History: it has an account, a score and a class in each row too."""
    keys = {field_key("history", header, language) for header in table.headers}
    return keys >= {"date", "account", "score", "class", "model"}


def _locate(kind: str, table: Table, language: str) -> Located:
    columns: dict[str, int] = {}
    own: dict[str, int] = {}
    for position, header in enumerate(table.headers):
        key = field_key(kind, header, language)
        if key is not None and key not in columns:
            columns[key] = position
        else:
            own.setdefault(OWN + fold(header), position)
    return Located(table, {**columns, **own})
