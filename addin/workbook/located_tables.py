"""Where things stand in the workbook: which table is which, and which column is which field."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Final

from addin.catalogue import LANGUAGES, field_key, word_key
from addin.workbook.account_columns import MARKS
from addin.workbook.definitions import Role
from addin.workbook.definitions import Table as Definition
from addin.workbook.own_columns import is_own, own_key
from addin.workbook.own_results import CAME_TOGETHER, own_results
from addin.workbook.port import Cell, Table
from addin.workbook.tables import ACCOUNTS, BY_KEY, TABLES
from scoring.text import fold

__all__ = ["Layout", "Located", "kind_of"]

_NAMED: Final = frozenset(table.key for table in TABLES)
_LISTS: Final = (Role.LIST, Role.PERSON)
_LOOKS_LIKE_ACCOUNTS: Final = 6
"""Headers of account sheets that make a table look like one."""


@dataclass(frozen=True, slots=True)
class Located:
    """A table whose columns are known.

    Attributes
    ----------
    table
        The table.
    kind
        Key of its definition.
    columns
        Position of each column by field key; a column that the company added
        goes by its own key (:func:`addin.workbook.own_columns.own_key`).
    called_like_ours
        Columns of the company's own that are called like one which a refresh fills: the row of the
        first cell that shows it, by the key of the column.
    """

    table: Table
    kind: str
    columns: Mapping[str, int]
    called_like_ours: Mapping[str, int] = field(default_factory=dict)

    def cells(self, key: str) -> list[Cell]:
        """Cells of a column; all empty where the table has no such column."""
        position = self.columns.get(key)
        return list(self.table.columns[position]) if position is not None else [None] * self.table.n_rows

    def rows(self) -> list[dict[str, Cell]]:
        """Rows of the body, cells by the keys of the columns."""
        columns = [self.table.columns[position] for position in self.columns.values()]
        return [dict(zip(self.columns, cells, strict=True)) for cells in zip(*columns, strict=True)]

    def tuples(self, rows: Iterable[Mapping[str, Cell]]) -> list[tuple[Cell, ...]]:
        """Return rows of cells by key in the order of the table's columns."""
        keys = {position: key for key, position in self.columns.items()}
        order = [keys.get(position, "") for position in range(len(self.table.headers))]
        return [tuple([row.get(key) for key in order]) for row in rows]

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

    Attributes
    ----------
    tables
        The same.
    """

    def __init__(self, tables: Iterable[Table]) -> None:
        self.tables = list(tables)

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
        tables = ((known.key, self._of(known)) for known in TABLES)
        return {key: _locate(key, table, self.language) for key, table in tables if table is not None}

    @cached_property
    def accounts(self) -> tuple[Located, ...]:
        """The account tables: those with the columns Account, Score and Class, whatever their names."""
        return tuple(located for located in self._others if set(MARKS) <= located.columns.keys())

    @cached_property
    def lost(self) -> tuple[Located, ...]:
        """Tables that look like account tables but lack one of their marks: a renamed header, most likely."""
        return tuple(
            located
            for located in self._others
            if not set(MARKS) <= located.columns.keys()
            and sum(not is_own(key) for key in located.columns) >= _LOOKS_LIKE_ACCOUNTS
        )

    @cached_property
    def _others(self) -> tuple[Located, ...]:
        """Tables that are none of those with names of their own, nor a copy of one."""
        classes = self.named.get("classes")
        letters = classes.cells("class") if classes is not None else []
        return tuple(
            _with_own_results(_locate(ACCOUNTS.key, table, self.language), letters, self.language)
            for table in self.tables
            if table.name.casefold() not in self._ours and kind_of(table.headers) in (None, ACCOUNTS.key)
        )

    @cached_property
    def _ours(self) -> frozenset[str]:
        """Names of the tables that are ours: a company's own may bear the name of a list, and be accounts."""
        lists = {located.table.name.casefold() for located in self.named.values()}
        return frozenset(key for key in _NAMED if BY_KEY[key].role not in _LISTS) | lists

    def _of(self, known: Definition) -> Table | None:
        """Return the table that is the one defined: by its name, and a list by its headers too.

        A list goes by another name where the company had a table of that name before.
        """
        table = self._by_name(known.key)
        if known.role not in _LISTS or (table is not None and _has(table, known, known.marks)):
            return table
        if not known.marks:
            return table if table is not None and _has(table, known, known.required) else None
        return next((other for other in self.tables if kind_of(other.headers) == known.key), None)

    def _by_name(self, key: str) -> Table | None:
        return next((table for table in self.tables if table.name.casefold() == key), None)

    def account_column(self, header: str) -> str | None:
        """Key of the account column with a header, in either language, or of what is worked out, or None."""
        known = field_key(ACCOUNTS.key, header, self.language)
        if known is not None:
            return known
        own = own_key(header)
        if any(own in located.columns for located in self.accounts):
            return own
        return field_key("worked_out", header, self.language)


def kind_of(headers: Sequence[str]) -> str | None:
    """Return the key of the table that some headers are those of, whatever the table is called.

    A table of ours that has an account, a score and a class in each row, such
    as History, is that table and no account table.

    >>> kind_of(["Account", "Score", "Class"]), kind_of(["Date", "Account", "Score", "Class", "Model"])
    ('accounts', 'history')
    >>> kind_of(["Account", "Phone"]) is None
    True
    """
    return _kind_of(tuple(headers))


@cache
def _kind_of(headers: tuple[str, ...]) -> str | None:
    found = [
        table
        for table in BY_KEY.values()
        if table.marks and table.marks <= {field_key(table.key, header) for header in headers}
    ]
    return max(found, key=lambda table: len(table.marks)).key if found else None


def _has(table: Table, known: Definition, keys: Collection[str]) -> bool:
    """Whether a table has some columns of a definition."""
    return bool(keys) and set(keys) <= {field_key(known.key, header) for header in table.headers}


def _locate(kind: str, table: Table, language: str) -> Located:
    columns: dict[str, int] = {}
    own: dict[str, int] = {}
    for position, header in enumerate(table.headers):
        key = field_key(kind, header, language)
        if key is not None and key not in columns:
            columns[key] = position
        else:
            own.setdefault(own_key(header), position)
    return Located(table, kind, {**columns, **own})


def _with_own_results(located: Located, letters: Sequence[Cell], language: str) -> Located:
    """Return a table of accounts whose columns that no refresh has filled count as the company's own."""
    if not set(CAME_TOGETHER) & located.columns.keys():
        return located
    cells = {
        key: located.table.columns[position] for key, position in located.columns.items() if not is_own(key)
    }
    found = own_results(cells, letters, language)
    headers = located.table.headers
    own = {key: own_key(headers[located.columns[key]]) for key in found}
    columns = {own.get(key, key): position for key, position in located.columns.items()}
    called_like_ours = {own[key]: row for key, row in found.items()}
    return replace(located, columns=columns, called_like_ours=called_like_ours) if found else located
