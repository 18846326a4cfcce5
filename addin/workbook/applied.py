"""Tables as they are once changes are written, without writing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from addin.workbook.port import Cell, Changes, Table

__all__ = ["applied"]


def applied(tables: Sequence[Table], changes: Changes) -> list[Table]:
    """Return tables with changes made to their cells and rows."""
    columns = {table.name: [list(column) for column in table.columns] for table in tables}
    for fill in changes.columns:
        column = columns[fill.table][fill.column]
        for row, (value, skipped) in enumerate(zip(fill.values, fill.skip.tolist(), strict=True)):
            if not skipped:
                column[row] = value
    for rows in changes.rows:
        body: list[tuple[Cell, ...]] = list(zip(*columns[rows.table], strict=True))[: rows.keep]
        body = [*body, *rows.rows] or [(None,) * len(columns[rows.table])]
        columns[rows.table] = [list(column) for column in zip(*body, strict=True)]
    return [replace(table, columns=tuple(columns[table.name])) for table in tables]
