"""Rows of a table as the records of a use, column by column: there may be many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

__all__ = ["records_of"]


def records_of(rows: pd.DataFrame, keys: Sequence[str]) -> list[dict[str, Any]]:
    """Return some columns of rows as records: None for what is unknown, days as days."""
    columns = []
    for key in keys:
        values = rows[key].to_numpy()
        missing = rows[key].isna().to_numpy(dtype=bool)
        if values.dtype.kind == "M":
            values = values.astype("datetime64[D]")
        cells = values.astype(object)  # datetime64[D] gives dates
        cells[missing] = None
        columns.append(cells.tolist())
    return [dict(zip(keys, row, strict=True)) for row in zip(*columns, strict=True)]
