"""Cells of the tables of the model, read by what their columns hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from addin.catalogue import word_key
from addin.workbook.definitions import NUMBERS, Holds
from addin.workbook.located_tables import Layout
from addin.workbook.moments import read_moment
from addin.workbook.own_columns import as_typed
from addin.workbook.port import Cell
from addin.workbook.tables import ACCOUNTS
from addin.workbook.typed_cells import Unreadable, read_as_typed, read_date, read_number, read_text
from scoring import Fault
from scoring.model import SCALES_WITH_ROWS, SIGNS
from scoring.terms import FIELDS, NUMERIC, Kind

__all__ = ["CellReader", "Value", "fault_of", "gate_value", "scale_value"]

Value = float | str | dt.datetime | Unreadable | None

_IN_MODEL: Final = {
    "no_number": ("model_no_number", "number_needed"),
    "date_for_number": ("model_no_number", "number_needed"),
    "no_date": ("model_no_date", "date_needed"),
    "date_ambiguous": ("model_no_date", "date_needed"),
    "error_value": ("model_error", "mend_formula"),
    "not_calculated": ("model_not_calculated", "calculate"),
}
"""What is unknown in an account is wrong in a model: the sentences differ."""


def fault_of(kind: str, row: int, key: str, value: Unreadable, **details: object) -> Fault:
    """Return the fault of a cell of the model that cannot be read."""
    what, remedy = _IN_MODEL.get(value.what, (value.what, value.remedy))
    named = {"value": value.value, "words": value.words, **details}
    return Fault(kind, row, key, what, remedy, named, stops=True)


class CellReader:
    """Reads cells in the language of a workbook.

    Parameters
    ----------
    layout
        The workbook.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self.language = layout.language

    def read(self, cell: Cell, holds: Holds, words: str = "") -> Value:
        """Return the value of a cell of a column that holds such values."""
        if holds in NUMBERS:
            return read_number(cell, self.language)
        readers: dict[Holds, Callable[[Cell], Value]] = {
            Holds.DATE: lambda one: read_date(one, self.language),
            Holds.MOMENT: lambda one: read_moment(one, self.language),
            Holds.WORD: lambda one: self._word(one, words),
            Holds.CONDITION: lambda one: one if one in SIGNS else self._word(one, words),
            Holds.COLUMN: self._column,
            Holds.STATUSES: lambda one: self._statuses(one, words),
        }
        return readers.get(holds, read_text)(cell)

    def _word(self, cell: Cell, words: str) -> Value:
        text = read_text(cell)
        if not isinstance(text, str):
            return text
        return word_key(words, text, self.language) or Unreadable(
            "word_unknown", "pick_from_list", text, words
        )

    def _column(self, cell: Cell) -> Value:
        text = read_text(cell)
        return (self._layout.account_column(text) or as_typed(text)) if isinstance(text, str) else text

    def _statuses(self, cell: Cell, words: str) -> Value:
        """Statuses that a criterion applies to, as one text: ``"client prospect"``."""
        text = read_text(cell)
        if not isinstance(text, str):
            return text
        parts = [part for part in text.replace(";", ",").replace("/", ",").split(",") if part.strip()]
        keys = [word_key(words, part, self.language) for part in parts]
        if not all(keys):
            return Unreadable("word_unknown", "pick_from_list", text, words)
        return "all" if "all" in keys else " ".join(sorted({str(key) for key in keys}))


def scale_value(cell: Cell, scale: str | None, column: str | None, language: str) -> Value:
    """Return the value of a row of a scale: a number, or an entry as the column holds it."""
    if scale in SCALES_WITH_ROWS and scale != "list":
        return read_number(cell, language)
    return _as_key(column, read_as_typed(cell, language), language)


def gate_value(cell: Cell, column: str | None, language: str) -> Value:
    """Return what a gate compares a column with: a number with numbers, a date with dates, else a word."""
    field = FIELDS.get(column or "")
    if field is None:
        return cell if isinstance(cell, dt.datetime) else read_as_typed(cell, language)
    if field.kind in NUMERIC:
        return read_number(cell, language)
    if field.kind is Kind.DATE:
        return read_date(cell, language)
    return _as_key(column, read_as_typed(cell, language), language)


def _as_key(column: str | None, value: Value, language: str) -> Value:
    """Key of a list word such as Lost, where the column holds such words."""
    field = FIELDS.get(column or "")
    if field is None or field.kind is not Kind.WORD or not isinstance(value, str):
        return value
    return word_key(ACCOUNTS[field.key].words, value, language) or value
