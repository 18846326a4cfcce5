"""The table Settings of a workbook, to write a setting into it."""

from __future__ import annotations

import numpy as np

from addin.catalogue import catalogue, field_key
from addin.workbook.located_tables import Located
from addin.workbook.port import Cell, Changes, ColumnFill, rows_below
from addin.workbook.typed_cells import read_text

__all__ = ["setting_changes"]


def setting_changes(located: Located, key: str, value: Cell, language: str) -> Changes:
    """Return what gives a setting a value: in its row, or in one below where it has none.

    Parameters
    ----------
    located
        The table Settings.
    key, value
        Which setting, and what it is from now on.
    language
        Language of the workbook.
    """
    table = located.table
    names = [read_text(cell) for cell in located.cells("setting")]
    places = [
        at
        for at, name in enumerate(names)
        if isinstance(name, str) and field_key("setting_names", name, language) == key
    ]
    if not places:
        name = catalogue(language).surface("fields")["setting_names"][key]
        return Changes(rows=[rows_below(table, located.tuples([{"setting": name, "value": value}]))])
    cells = list(located.cells("value"))
    cells[places[0]] = value
    skip = np.ones(table.n_rows, dtype=bool)
    skip[places[0]] = False
    same = np.zeros(table.n_rows, dtype=bool)
    return Changes(columns=[ColumnFill(table.name, located.columns["value"], cells, skip, same)])
