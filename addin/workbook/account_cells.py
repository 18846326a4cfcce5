"""Cells of a column of accounts in the type that scoring wants; what a column holds is decided once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from types import NoneType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.catalogue import word_key
from addin.workbook.definitions import Holds
from addin.workbook.port import Cell
from addin.workbook.tables import ACCOUNTS
from addin.workbook.typed_cells import (
    LARGEST,
    Unreadable,
    read_as_typed,
    read_date,
    read_number,
    read_text,
)
from scoring import Fault, Model
from scoring.model import NUMERIC_SCALES
from scoring.terms import FIELDS, NUMERIC, Kind

__all__ = ["kinds_of_columns", "read_column"]

Values = npt.NDArray[np.generic] | pd.Series

_AS_TYPED = "as typed"
"""Numbers where cells hold numbers, texts elsewhere: what is compared may be either."""


def kinds_of_columns(model: Model | None) -> dict[str, Kind | str]:
    """Return what the columns of texts and of the company's own hold, as the model looks at them.

    A criterion with a scale of numbers, or a gate that compares with a date,
    makes its column one of numbers or dates; what is compared otherwise, by a
    list or a gate, is taken as it was typed.
    """
    if model is None:
        return {}
    kinds: dict[str, Kind | str] = {gate.column: _AS_TYPED for gate in model.gates}
    kinds |= {one.column: _AS_TYPED for one in model.criteria if one.scale == "list"}
    kinds |= {
        gate.column: Kind.DATE
        for gate in model.gates
        if gate.column not in FIELDS and isinstance(gate.value, dt.date)
    }
    kinds |= {one.column: Kind.NUMBER for one in model.criteria if one.scale in NUMERIC_SCALES}
    return {key: kind for key, kind in kinds.items() if key not in FIELDS or FIELDS[key].kind is Kind.TEXT}


def read_column(
    key: str, cells: list[Cell], kind: Kind | str | None, language: str
) -> tuple[Values, list[Fault]]:
    """Return the values of an account column, the unreadable ones unknown, and why they are.

    Parameters
    ----------
    key, cells
        The column.
    kind
        What it holds according to :func:`kinds_of_columns`; None where that does not say.
    language
        Of the workbook.
    """
    if kind is None:
        kind = FIELDS[key].kind if key in FIELDS else Kind.TEXT
    if kind in NUMERIC:
        return _numbers(key, cells, language)
    if kind is Kind.DATE:
        dates, faults = _parted(key, _each(cells, lambda cell: read_date(cell, language)))
        found = pd.to_datetime(pd.Series(dates, dtype=object), errors="coerce")
        return pd.Series(found, dtype="datetime64[us]"), faults
    if kind == _AS_TYPED and not (key in FIELDS and ACCOUNTS[key].holds is Holds.CODE):
        typed, faults = _parted(key, _each(cells, lambda cell: read_as_typed(cell, language)))
        return np.array(typed, dtype=object), faults
    texts, faults = _parted(key, _each(cells, read_text))
    if kind is Kind.WORD:
        words, unknown = _words(key, texts, language)
        return words, faults + unknown
    return np.array(texts, dtype=object), faults


def _each(cells: Sequence[Cell], read: Callable[[Cell], Any]) -> list[Any]:
    """Return what is read from each cell; the same text is read once."""
    known = {cell: read(cell) for cell in {cell for cell in cells if type(cell) is str}}
    return [None if cell is None else known[cell] if type(cell) is str else read(cell) for cell in cells]


def _parted(key: str, read: Sequence[Any]) -> tuple[list[Any], list[Fault]]:
    """Part the values of a column from what could not be read, which is unknown."""
    faults = [
        Fault("accounts", row, key, value.what, value.remedy, {"value": value.value})
        for row, value in enumerate(read)
        if type(value) is Unreadable
    ]
    return (
        [None if type(value) is Unreadable else value for value in read] if faults else list(read)
    ), faults


def _numbers(key: str, cells: list[Cell], language: str) -> tuple[npt.NDArray[np.float64], list[Fault]]:
    if set(map(type, cells)) <= {float, NoneType}:
        values = np.array(cells, dtype=np.float64)  # None becomes NaN
        others = np.flatnonzero(np.abs(values) > LARGEST).tolist()
        values[others] = np.nan
    else:
        values = np.array(
            [cell if type(cell) is float and -LARGEST <= cell <= LARGEST else np.nan for cell in cells],
            dtype=np.float64,
        )
        others = [
            row
            for row, cell in enumerate(cells)
            if cell is not None and (type(cell) is not float or np.isnan(values[row]))
        ]
    read = {row: read_number(cells[row], language) for row in others}
    faults = [
        Fault("accounts", row, key, value.what, value.remedy, {"value": value.value})
        for row, value in read.items()
        if isinstance(value, Unreadable)
    ]
    as_text = {row: value for row, value in read.items() if isinstance(value, float)}
    values[list(as_text)] = list(as_text.values())
    if as_text:  # told once a column: an export pasted as text has hundreds
        first = next(iter(as_text))
        details = {"count": len(as_text), "value": cells[first], "number": as_text[first]}
        faults.append(Fault("accounts", first, key, "number_as_text", "type_as_number", details))
    return values, faults


def _words(
    key: str, texts: Sequence[str | None], language: str
) -> tuple[npt.NDArray[np.object_], list[Fault]]:
    words = ACCOUNTS[key].words
    keys: Mapping[str, str | None] = {
        text: word_key(words, text, language) for text in {text for text in texts if text is not None}
    }
    what = "status_unknown" if key == "status" else "word_unknown"
    faults = [
        Fault("accounts", row, key, what, "pick_from_list", {"value": text, "words": words})
        for row, text in enumerate(texts)
        if text is not None and keys[text] is None
    ]
    return np.array([None if text is None else keys[text] for text in texts], dtype=object), faults
