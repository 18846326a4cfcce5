"""Short ways to say what to write."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from addin.workbook.port import Cell, Changes, ColumnFill, RowsFill


def column(
    number: int,
    values: Sequence[Cell],
    *,
    skip: Sequence[int] = (),
    same: Sequence[int] = (),
    table: str = "T",
) -> Changes:
    """Return changes of one column; ``skip`` and ``same`` name rows of the body, from 0."""
    rows = np.arange(len(values))
    return Changes([ColumnFill(table, number, values, np.isin(rows, skip), np.isin(rows, same))])


def rows(keep: int, *new: tuple[Cell, ...], table: str = "T") -> Changes:
    """Return changes that replace the rows of a table from ``keep`` on."""
    return Changes(rows=[RowsFill(table, keep, list(new))])
