"""Values of account columns as a reader of the language writes them."""

from __future__ import annotations

from typing import Any

import numpy as np

from addin.catalogue import Catalogue
from scoring.terms import FIELDS, Kind

__all__ = ["shown"]


def shown(value: Any, column: str, words: Catalogue, *, decimals: int | None = None) -> str:
    """Return a value of an account column as a reader of the language writes it.

    Parameters
    ----------
    value
        A number, a date, a text, or the key of a list word.
    column
        Key of the column.
    words
        The language.
    decimals
        The most to show of a number; as many as it has if None.
    """
    field = FIELDS.get(column)
    if field is not None and field.kind is Kind.WORD and isinstance(value, str):
        kind = "yes_no" if column == "core" else column
        return words.words(kind).get(value, value)
    if isinstance(value, np.generic):
        value = value.item()
    if field is not None and field.kind is Kind.SHARE and isinstance(value, float):
        return words.percent(value)
    return words.show(round(value, decimals) if decimals is not None and isinstance(value, float) else value)
