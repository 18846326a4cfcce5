"""Rows of an account that are no documents: totals that name it, and amounts carried over."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from addin.imports.facts import code_text, is_total
from addin.imports.files.chunks import Column
from addin.imports.row_words import Says, meaning
from scoring.text import fold

__all__ = ["carried"]

Bools = npt.NDArray[np.bool_]

_CODED: Final = ("account", "name")
"""Columns of few different texts."""
_LOOKED_AT: Final = (*_CODED, "number", "wording")
_BEGIN: Final = frozenset(
    (
        *("tota", "sous", "sub-", "subt", "sub ", "gran", "somm", "sum", "cumu", "ense"),
        *("repo", "a no", "à no", "sold", "open", "bala", "brou"),
    )
)
"""First four letters of what may be meant: most texts need no closer look."""
_SIGNS: Final = 4
_BEFORE_NAMES: Final = ("total ", "sous-total ", "sous total ", "subtotal ", "cumul ")


def carried(columns: Mapping[str, Column], n_rows: int) -> tuple[Bools, Bools]:
    """Return which rows are totals, and which carry an amount over, by their names, numbers and labels.

    Parameters
    ----------
    columns
        Columns of a chunk by what they are.
    n_rows
        Number of its rows.

    Returns
    -------
    tuple of two arrays of bool of shape (n_rows,)
    """
    totals, over = np.zeros((2, n_rows), dtype=bool)
    for key in _LOOKED_AT:
        column = columns.get(key)
        if column is None or column.numbers is not None:
            continue
        odd_heads = {head for head in column.heads(_SIGNS) if head.lower() in _BEGIN}
        if not odd_heads:
            continue
        codes, values = column.coded() if key in _CODED else (None, column.cells().tolist())
        texts = list(map(_text, values))
        odd = {text for text in texts if text[:_SIGNS] in odd_heads}
        names = _names(columns)
        said = {text: _said(text, names) for text in odd}
        for found, what in ((totals, "total"), (over, "over")):
            rows = np.array([said.get(text) == what for text in texts], dtype=bool)
            np.logical_or(found, rows if codes is None else rows[codes], out=found)
    return totals, over


def _text(cell: Any) -> str:
    return cell if type(cell) is str else ""


def _said(text: str, names: Collection[str]) -> str:
    """Return what a text says of its row: that it is a total, that it carries over, or nothing."""
    plain = fold(code_text(text))
    named = next((plain.removeprefix(word) for word in _BEFORE_NAMES if plain.startswith(word)), "")
    if is_total(plain) or named.strip(" :.") in names:
        return "total"
    return "over" if meaning("document", "", plain) is Says.OPENING else ""


def _names(columns: Mapping[str, Column]) -> frozenset[str]:
    """Return the codes and names of a chunk, folded."""
    found = (columns[key].coded()[1] for key in ("account", "name") if key in columns)
    return frozenset(fold(code_text(value)) for values in found for value in values) - {""}
