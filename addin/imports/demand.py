"""Orders and stock on their way in: the rows of the files, and what becomes of the lists of the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from addin.catalogue import catalogue
from addin.imports.describe import describe
from addin.imports.facts import code_fault, code_text
from addin.imports.files.chunks import Chunk
from addin.imports.files.dates import NO_DATE, UNREADABLE, Dates, moment
from addin.imports.files.numbers import Numbers
from addin.imports.recognise import Recognised
from addin.imports.report import FileReport
from addin.imports.rules import Rules
from addin.refusals import Refusal
from addin.workbook.definitions import FilledBy
from addin.workbook.kept_rows import Row, rewritten
from addin.workbook.located_tables import Layout, Located
from addin.workbook.own_columns import is_own
from addin.workbook.port import Cell, RowsFill
from addin.workbook.tables import BY_KEY
from addin.workbook.typed_cells import is_blank, read_text
from scoring.text import fold

__all__ = ["Listed", "demand_fill", "listed", "read_demand"]

_COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "orders": {
        "order_no": "order",
        "account": "account",
        "product": "product",
        "quantity": "quantity",
        "order_due": "due",
    },
    "stock": {"product": "product", "available": "available"},
}
"""Column of the list of each kind, by what a column of the file is."""
_NUMBER: Final = {"orders": "quantity", "stock": "available"}
_GROUP: Final = {"orders": ("order",), "stock": ("product",)}
"""Columns by which a row of the file replaces all rows of the list that are alike."""
_SAME: Final = {"orders": ("order", "account", "product"), "stock": ("product",)}
"""Columns by which it takes the place of one of them, with what the company added to it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What becomes of a list.

    Attributes
    ----------
    located
        The list.
    rows
        What it holds from now on.
    added, replaced, removed
        Rows that are new, that stand in place of others, and that go.
    """

    located: Located
    rows: Sequence[Row]
    added: int
    replaced: int
    removed: int


def read_demand(
    kind: str, files: Sequence[Recognised], rules: Rules, progress: Callable[[Recognised, int], None]
) -> tuple[list[Row], list[FileReport]]:
    """Read lists of orders or of stock: their rows by the keys of the columns of the list.

    A number or a date that cannot be read stays the text that it is: a refresh tells of it with its cell.
    """
    rows: list[Row] = []
    reports = []
    for file in files:
        report = FileReport(file.name, kind)
        reports.append(report)
        rows += _rows(kind, file, rules, report, partial(progress, file))
    return rows, reports


def listed(kind: str, layout: Layout, rows: Sequence[Row]) -> Listed:
    """Put rows into a list: those of the same orders, or of the same products, give way to them.

    Raises
    ------
    Refusal
        If the workbook has no such list: it was made before it came.
    """
    located = layout.named.get(kind)
    if located is None:
        raise Refusal("import_without_list", sheet=catalogue(layout.language).sheet(BY_KEY[kind].sheet))
    named = {_key(row, _GROUP[kind]) for row in rows}
    waiting: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        waiting.setdefault(_key(row, _SAME[kind]), []).append(row)
    kept: list[Row] = []
    replaced = removed = 0
    for old in _filled(located):
        same = waiting.get(_key(old, _SAME[kind]))
        if _key(old, _GROUP[kind]) not in named:
            kept.append(old)
        elif same:
            kept.append(_in_place(located, old, same.pop(0)))
            replaced += 1
        else:
            removed += 1
    left = {id(row) for group in waiting.values() for row in group}
    new = [row for row in rows if id(row) in left]
    return Listed(located, [*kept, *new], len(new), replaced, removed)


def demand_fill(one: Listed) -> RowsFill | None:
    """Return what the list is to hold; None where it holds it already."""
    return rewritten(one.located, one.rows)


def _rows(
    kind: str, file: Recognised, rules: Rules, report: FileReport, progress: Callable[[int], None]
) -> Iterator[Row]:
    places = {match.target: match.position for match in file.matches if match.target in _COLUMNS[kind]}
    number, dates = Numbers(file.path.name), Dates(file.path.name)
    wanted = {0: True, **dict.fromkeys(places.values(), True)}
    chunks = list(file.source.chunks(file.header_line, len(file.headers), wanted, progress=progress))
    for chunk in chunks:
        number.observe(chunk.columns[places[_NUMBER[kind]]])
        if "order_due" in places:
            dates.observe(chunk.columns[places["order_due"]].coded()[1])
    number.settle(rules.language)
    dates.settle()
    for chunk in chunks:
        report.begin(chunk)
        columns = _cells(kind, chunk, places, number, dates)
        for line, cells in zip(chunk.lines, zip(*columns.values(), strict=True), strict=True):
            row = dict(zip(columns, cells, strict=True))
            reason = _reason(kind, row)
            if reason:
                report.set_aside([line], reason, details=[{"value": str(row.get("account") or "")[:40]}])
                continue
            report.n_used += 1
            yield row
    describe(report, file, dates if "order_due" in places else None, {_NUMBER[kind]: number})


def _cells(
    kind: str, chunk: Chunk, places: Mapping[str, int], number: Numbers, dates: Dates
) -> dict[str, list[Any]]:
    """Return the cells of the list's columns, one entry a row."""
    found: dict[str, list[Any]] = {}
    for target, at in places.items():
        column = chunk.columns[at]
        texts = [code_text(cell) or None for cell in column.cells().tolist()]
        if target == _NUMBER[kind]:
            amounts = number.read(column)
            known: Sequence[Cell] = [
                text if wrong else value
                for value, wrong, text in zip(amounts.cells(), amounts.unreadable, texts, strict=True)
            ]
        elif target == "order_due":
            days = dates.days(column).tolist()
            known = [
                None if day == NO_DATE else text if day == UNREADABLE else moment(day)
                for day, text in zip(days, texts, strict=True)
            ]
        else:
            known = texts
        found[_COLUMNS[kind][target]] = list(known)
    return found


def _reason(kind: str, row: Row) -> str:
    """Why a row is none of the list, empty where it is one."""
    if not row["product"]:
        return "no_product"
    return code_fault(str(row["account"] or "")) if kind == "orders" else ""


def _filled(located: Located) -> Iterator[dict[str, Cell]]:
    """Yield the rows of a list that hold anything."""
    for row in located.rows():
        if not all(map(is_blank, row.values())):
            yield row


def _in_place(located: Located, old: Row, new: Row) -> Row:
    """Return a row of the file with what the company added; what a refresh filled in is out of date."""
    own = {key: old[key] for key in located.columns if is_own(key)}
    same = all(_plain(old.get(key)) == _plain(new.get(key)) for key in new)
    filled = {
        column.key: old.get(column.key)
        for column in BY_KEY[located.kind].columns
        if same and column.filled_by is FilledBy.REFRESH
    }
    return {**own, **filled, **new}


def _plain(cell: Cell) -> object:
    return cell.strip() if isinstance(cell, str) else cell


def _key(row: Row, columns: Sequence[str]) -> tuple[str, ...]:
    texts = (read_text(row.get(key)) for key in columns)
    return tuple(fold(text) if isinstance(text, str) else "" for text in texts)
