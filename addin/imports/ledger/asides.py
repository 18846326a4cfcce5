"""Rows that are set aside: what of them is shown, and what they weigh."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from addin.imports.files.chunks import Chunk
from addin.imports.files.numbers import UNITS, Amounts
from addin.imports.ledger.meanings import Meanings, RowMeanings
from addin.imports.ledger.reasons import Reasons
from addin.imports.recognise import Recognised
from addin.imports.report import FileReport

__all__ = ["Asides"]

Ints = npt.NDArray[np.int64]
Details = list[dict[str, object]]

_MOST_SHOWN: Final = 1000
_SHOWN: Final = {
    "no_amount_readable": ("amount", "debit", "credit"),
    "no_date": ("date",),
    "no_due_date": ("due",),
    "no_paid_date": ("paid",),
    "no_outstanding": ("outstanding",),
    "code_destroyed": ("account",),
    "no_side": ("side",),
    "supplier": ("account",),
}
"""What a row is set aside for, with the columns one of which shows it."""


class Asides:
    """Sets rows of a file aside.

    Parameters
    ----------
    found
        The file.
    report
        Its report.
    meanings
        What its rows mean.
    places
        Places of its columns by what they are.
    """

    def __init__(
        self, found: Recognised, report: FileReport, meanings: RowMeanings, places: Mapping[str, int]
    ) -> None:
        self._found = found
        self._report = report
        self._meanings = meanings
        self._places = places

    def add(self, chunk: Chunk, reasons: Reasons, units: Ints, amounts: Amounts, meanings: Meanings) -> None:
        """Set aside the rows of a chunk that have a reason."""
        for reason in reasons.found():
            rows = np.flatnonzero(reasons.are(reason))
            details = self._details(chunk, reason, rows[:_MOST_SHOWN], units, meanings)
            details += [{}] * max(0, len(rows) - _MOST_SHOWN)
            sums: list[int | None] | None = None
            if self._report.units_read is not None:
                readable = ~amounts.unreadable[rows]
                self._report.n_unreadable += int((~readable).sum())
                shown = readable & ~meanings.foreign[rows]
                pairs = zip(units[rows].tolist(), shown.tolist(), strict=True)
                sums = [amount if is_shown else None for amount, is_shown in pairs]
            self._report.set_aside(chunk.lines[rows], reason, sums, details)

    def _details(self, chunk: Chunk, reason: str, rows: Ints, units: Ints, meanings: Meanings) -> Details:
        """Return what the sentence on each row names."""
        if reason == "other_currency":
            names, numbers = self._meanings.currencies.names, meanings.currency[rows].tolist()
            return [
                {"amount": amount / UNITS, "currency": names[number]}
                for amount, number in zip(units[rows].tolist(), numbers, strict=True)
            ]
        if reason in ("left_out", "no_sale"):
            kind = self._found.position("document")
            places = [kind if at == -1 else at for at in meanings.left_by[rows].tolist()]
            cells = {at: chunk.columns[at].cells() for at in set(places) if at is not None}
            return [
                {"header": self._found.headers[at], "value": str(cells[at][row])[:40]}
                for at, row in zip(places, rows.tolist(), strict=True)
                if at is not None
            ]
        if reason == "carried_over":
            return [{} for _ in rows]
        at = next((self._places[key] for key in _SHOWN.get(reason, ()) if key in self._places), None)
        if at is None:
            return [{"value": ""} for _ in rows]
        found = chunk.columns[at].cells()[rows].tolist()
        return [{"value": cell if isinstance(cell, bool) else str(cell)[:40]} for cell in found]
