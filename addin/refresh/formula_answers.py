"""Answers for all accounts of a workbook, with given tables in place of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from addin.catalogue import catalogue
from addin.excel.values import cell_of, cells_of
from addin.refresh.located_faults import fault_line
from addin.refresh.score_tables import AnswerColumns, score_answers
from addin.workbook.definitions import Role
from addin.workbook.located_tables import Layout, kind_of
from addin.workbook.port import Cell, Table
from addin.workbook.tables import ACCOUNTS, by_role

__all__ = ["Answers", "PlacedTable", "answers"]

_MODEL: Final = frozenset(table.key for table in by_role(Role.MODEL))


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table as a formula hands it over.

    Attributes
    ----------
    name, sheet
        Its name and its sheet; empty where it has none.
    row, column
        Where its first header stands, counted from 1.
    given
        Whether it was given to the formula rather than found in the workbook.
    values
        Headers and body, one list a row.
    """

    name: str
    sheet: str
    row: int
    column: int
    given: bool
    values: Sequence[Sequence[Any]]

    def table(self, name: str) -> Table:
        """Return it as a table of the workbook."""
        headers = tuple("" if cell is None else str(cell) for cell in cells_of(self.values[0]))
        columns = tuple(map(cells_of, zip(*self.values[1:], strict=True))) or tuple([] for _ in headers)
        return Table(name, self.sheet, self.row + 1, self.column, headers, columns)

    def kind(self) -> str | None:
        """Return which table it is by its headers: one of the model, ``"accounts"``, or None."""
        kind = kind_of([cell for cell in map(cell_of, self.values[0]) if isinstance(cell, str)])
        return kind if kind in (*_MODEL, ACCOUNTS.key) else None


def _unknown_table(tables: Mapping[str, Sequence[Table]], given: PlacedTable) -> str:
    """Say that a given table is none that the scoring knows."""
    words = catalogue(Layout([table for found in tables.values() for table in found]).language)
    name = given.name or given.sheet or "?"
    return words.text("ribbon", "unknown_table", table=name)


@dataclass(frozen=True, slots=True)
class Answers:
    """What all formulas need to know, or why there is no answer.

    Attributes
    ----------
    columns
        By the keys of :data:`addin.workbook.formulas.ANSWER_FIELDS`, a cell
        an account, None where there is nothing; empty with a fault.
    fault
        What keeps the tables from being used; empty where nothing does.
    """

    columns: AnswerColumns = field(default_factory=dict)
    fault: str = ""

    def rows(self) -> list[list[Cell]]:
        """Return an account a row, in the order of the keys."""
        return [list(row) for row in zip(*self.columns.values(), strict=True)]


def answers(placed: Sequence[PlacedTable], today: dt.date) -> Answers:
    """Score the portfolio once.

    Parameters
    ----------
    placed
        The tables of the workbook, and those given. A given table of the
        model stands in for the workbook's own; given account tables that are
        not the workbook's own stand in for all of those.
    today
        The day of the scoring where Settings names none.
    """
    own = [table for table in placed if not table.given and table.values]
    tables: dict[str, list[Table]] = {}
    for table in own:
        name = table.name.casefold()
        tables.setdefault(name if name in _MODEL else "accounts", []).append(table.table(table.name))
    places = {(table.sheet, table.row, table.column) for table in own}
    foreign: list[Table] = []
    for number, table in enumerate(table for table in placed if table.given):
        kind = table.kind() if table.values else None
        if kind is None:
            return Answers(fault=_unknown_table(tables, table))
        if kind in _MODEL:
            tables[kind] = [table.table(kind.capitalize())]
        elif (table.sheet, table.row, table.column) not in places:
            foreign.append(table.table(table.name or f"Given{number}"))
    if foreign:
        tables["accounts"] = foreign
    scored = [table for found in tables.values() for table in found]
    columns, findings = score_answers(scored, today)
    if findings:
        return Answers(fault=fault_line(findings[0], catalogue(Layout(scored).language)))
    return Answers(columns)
