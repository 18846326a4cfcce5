"""The tables Orders and Stock, as people type and paste them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from addin.catalogue import Phrase
from addin.workbook.located_tables import Layout, Located
from addin.workbook.port import Cell
from addin.workbook.typed_cells import is_blank, read_date, read_number, read_text
from scoring import Fault

__all__ = ["Orders", "Stock", "code_key", "named_cells", "read_orders", "read_stock"]

_CELLS: Final = 5
"""Cells that a note names."""


def code_key(text: str) -> str:
    """Return what makes two codes the same: an order names an account or a product as any sheet does."""
    return text.strip().casefold()


@dataclass(frozen=True, slots=True)
class Orders:
    """The table Orders, a row a line.

    Attributes
    ----------
    lines
        ``order``, ``account``, ``product`` (texts, empty for none), ``quantity`` (NaN where unknown or
        not above 0), ``due`` (datetime64, missing where unknown) and ``filled`` (bool: the row holds
        something that a person types).
    faults
        What cannot be read.
    """

    lines: pd.DataFrame
    faults: Sequence[Fault]


@dataclass(frozen=True, slots=True)
class Stock:
    """The table Stock.

    Attributes
    ----------
    products
        Names of the products whose stock is known, each once, in the order of the table.
    available
        What there is of each.
    places
        Position of each of them, by its key; -1 for a product whose stock cannot be told: it stands
        twice, or its number cannot be read.
    twice
        Products that stand twice, each once.
    rows
        The rows that hold something, as a program is told of them.
    faults
        What cannot be read.
    """

    products: Sequence[str]
    available: Sequence[float]
    places: Mapping[str, int]
    twice: Sequence[str]
    rows: Sequence[Mapping[str, str | float | None]]
    faults: Sequence[Fault]


def read_orders(located: Located, language: str) -> Orders:
    """Read the table Orders; its rows keep their places."""
    faults: list[Fault] = []
    columns = {key: located.cells(key) for key in ("order", "account", "product", "quantity", "due")}
    lines: dict[str, list[object]] = {
        key: [_text(cell) for cell in columns[key]] for key in ("order", "account", "product")
    }
    lines["quantity"] = [
        _quantity(row, cell, language, faults) for row, cell in enumerate(columns["quantity"])
    ]
    due = [_due(row, cell, language, faults) for row, cell in enumerate(columns["due"])]
    frame = pd.DataFrame(lines, columns=["order", "account", "product", "quantity"], dtype=object)
    return Orders(
        frame.assign(
            quantity=frame["quantity"].astype(np.float64),
            due=np.array(due, dtype="datetime64[s]"),
            filled=[not all(map(is_blank, cells)) for cells in zip(*columns.values(), strict=True)],
        ),
        faults,
    )


def read_stock(layout: Layout) -> Stock:
    """Read the table Stock."""
    located = layout.named.get("stock")
    if located is None:
        return Stock([], [], {}, [], [], [])
    names: dict[str, str] = {}
    known: dict[str, float] = {}
    twice: dict[str, str] = {}
    rows: list[Mapping[str, str | float | None]] = []
    faults: list[Fault] = []
    for row, (product, cell) in enumerate(
        zip(located.cells("product"), located.cells("available"), strict=True)
    ):
        name = _text(product)
        if not name:
            continue
        key, number = code_key(name), read_number(cell, layout.language)
        rows.append({"product": name, "available": number if isinstance(number, float) else None})
        if key in names:
            twice.setdefault(key, names[key])
        names.setdefault(key, name)
        if isinstance(number, float):
            known[key] = number
        elif not is_blank(cell):
            faults.append(_fault("stock", row, "available", "stock_unread", "stock_number", cell))
    told = [key for key in names if key in known and key not in twice]
    places = {**dict.fromkeys(names, -1), **{key: place for place, key in enumerate(told)}}
    return Stock(
        [names[key] for key in told],
        [known[key] for key in told],
        places,
        list(twice.values()),
        rows,
        faults,
    )


def named_cells(located: Located, rows: Sequence[int], column: str, key: str) -> list[Phrase]:
    """Return the note of what some rows have in common, with the first of their cells; none for none."""
    if not len(rows):
        return []
    cells = [located.address(row, column) for row in rows[:_CELLS]]
    return [Phrase("views", ("allocate", key), {"count": len(rows), "cells": cells})]


def _text(cell: Cell) -> str:
    text = cell.strip() if isinstance(cell, str) else read_text(cell)
    return text if isinstance(text, str) else ""


def _quantity(row: int, cell: Cell, language: str, faults: list[Fault]) -> float:
    number = read_number(cell, language)
    if isinstance(number, float) and number > 0:
        return number
    if not is_blank(cell):
        faults.append(_fault("orders", row, "quantity", "order_quantity", "order_number", cell))
    return np.nan


def _due(row: int, cell: Cell, language: str, faults: list[Fault]) -> dt.datetime | None:
    day = read_date(cell, language)
    if isinstance(day, dt.datetime):
        return day.replace(tzinfo=None)
    if not is_blank(cell):
        faults.append(_fault("orders", row, "due", "order_due", "order_date", cell))
    return None


def _fault(table: str, row: int, key: str, what: str, remedy: str, cell: Cell) -> Fault:
    shown = cell if isinstance(cell, float | dt.datetime) else getattr(cell, "text", None) or str(cell)
    return Fault(table, row, key, what, remedy, {"value": shown})
