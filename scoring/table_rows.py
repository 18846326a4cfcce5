"""Rows of a table of the model, and what is wrong with one of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from scoring.faults import Fault

__all__ = ["Cells", "is_number", "rows_of", "stopping"]

Cells = dict[str, Any]
"""Cells of a row by field; an empty one is None."""


def rows_of(table: pd.DataFrame | None) -> Iterator[tuple[int, Cells]]:
    """Yield the rows that hold anything, with their positions."""
    if table is None:
        return
    for position, row in enumerate(table.to_dict("records")):
        cells = {str(key): None if _is_blank(value) else value for key, value in row.items()}
        if any(value is not None for value in cells.values()):
            yield position, cells


def _is_blank(value: object) -> bool:
    return (
        value is None
        or (isinstance(value, float) and math.isnan(value))
        or (isinstance(value, str) and not value.strip())
        or value is pd.NaT
    )


def is_number(value: object, least: float = -math.inf, most: float = math.inf) -> bool:
    """Whether a cell holds a finite number within some bounds.

    >>> is_number(3, 0, 10), is_number("3"), is_number(-1, 0), is_number(float("inf"))
    (True, False, False, False)
    """
    return isinstance(value, float | int) and math.isfinite(value) and least <= value <= most


def stopping(
    table: str, row: int | None, field: str | None, what: str, remedy: str, **details: object
) -> Fault:
    """Return a fault that keeps the portfolio from being scored."""
    return Fault(table, row, field, what, remedy, details, stops=True)
