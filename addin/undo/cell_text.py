"""Cells of journals as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from math import isfinite
from types import NoneType
from typing import Any, Final

import numpy as np

from addin.workbook.port import Cell, CellError, Formula, Spread, Uncalculated

__all__ = ["cell_of", "plain_cells", "plain_of"]

_AS_THEY_ARE: Final = frozenset({NoneType, bool, float, str})
_FIRST_YEAR: Final = 1900
"""Before it Excel has no dates."""


def plain_of(cell: Any) -> Any:
    """Return a cell as JSON."""
    match cell:
        case None | bool() | str():
            return cell
        case dt.datetime():
            return {"date": cell.isoformat()}
        case Formula(text, None):
            return {"formula": text}
        case Formula(text, Spread(n_rows, n_columns, spelled)):
            return {"formula": text, "over": [n_rows, n_columns], "spelled": dict(spelled)}
        case CellError(text) | Uncalculated(text):
            return {"formula": f"={text}"}
        case np.bool_():
            return bool(cell)
        case _:
            return float(cell)


def plain_cells(cells: Sequence[Any]) -> Sequence[Any]:
    """Return cells as JSON; as a rule they are what JSON knows anyway."""
    return cells if _AS_THEY_ARE.issuperset(map(type, cells)) else list(map(plain_of, cells))


def cell_of(plain: Any) -> Cell:
    """Return the cell that JSON holds.

    Raises
    ------
    ValueError, TypeError, OverflowError
        If it is none that could be written.
    """
    match plain:
        case None | bool() | str():
            return plain
        case int() | float() if isfinite(plain):
            return float(plain)
        case {"date": str(text)}:
            moment = dt.datetime.fromisoformat(text)
            if moment.tzinfo is None and moment.year >= _FIRST_YEAR:
                return moment
        case {"formula": str(text), "over": [int(n_rows), int(n_columns)], "spelled": dict(spelled)}:
            if min(n_rows, n_columns) > 0 and all(_is_plain(text) for text in (*spelled, *spelled.values())):
                return Formula(_formula(text), Spread(n_rows, n_columns, tuple(spelled.items())))
        case {"formula": str(text), **others} if not others:
            return Formula(_formula(text))
    message = f"{plain!r} is no cell of a journal"
    raise ValueError(message)


def _formula(text: str) -> str:
    if not all(sign.isprintable() or sign in "\n\r\t" or sign.isspace() for sign in text):
        raise ValueError(text)
    text.encode()
    return text


def _is_plain(text: object) -> bool:
    """Whether a text can be a name or a value of an attribute as it stands."""
    return isinstance(text, str) and text.isascii() and text.replace("$", "").replace(":", "").isalnum()
