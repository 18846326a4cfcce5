"""What a file of invoices says twice: totals and their lines; amounts without tax, tax, and with tax."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from addin.catalogue import Phrase
from addin.imports.files.numbers import UNITS, Amounts
from addin.imports.ledger.amount_columns import AmountColumns
from addin.imports.ledger.blocks import NOTHING, Block
from addin.imports.ledger.meanings import Meanings
from addin.imports.printed_totals import PrintedTotals
from addin.imports.report import phrase

__all__ = ["Checks"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_CENT: Final = UNITS // 100


class Checks:
    """What one file says twice.

    Parameters
    ----------
    amounts
        Its columns of amounts.
    """

    def __init__(self, amounts: AmountColumns) -> None:
        keys = ("debit", "credit") if amounts.in_two else ("amount", "outstanding")
        self._totals = {key: PrintedTotals() for key in keys if key in amounts.places}
        self._n_taxes = 0
        self._first_tax: tuple[int, int, int, int] | None = None

    def totals(
        self, is_total: Bools, read: Mapping[str, Amounts], units: Ints, meanings: Meanings, lines: Ints
    ) -> None:
        """Look at the amounts of rows, some of which are lines of totals."""
        counts = ~meanings.foreign & (meanings.left_by == -1)
        for key, totals in self._totals.items():
            raw = read[key].units()
            printed = np.where(np.isnan(read[key].numbers), NOTHING, raw)
            signed = units if key == "amount" else raw  # what is open has the sign of its column
            ways = np.stack([raw, signed, np.where(counts, signed, 0), np.where(counts, raw, 0)])
            totals.add(ways, printed, is_total, lines)

    def taxes(self, rows: Block) -> None:
        """Look whether amount and tax make the amount with tax."""
        if not rows.money.keys() >= {"tax", "gross"}:
            return
        tax, gross = rows.money["tax"], rows.money["gross"]
        known = (tax != NOTHING) & (gross != NOTHING)
        amount, tax, gross = rows.units[known], tax[known], gross[known]
        by_rate = (
            np.abs(amount * (1 + tax / UNITS / 100) - gross) <= 2 * _CENT
        )  # the column holds 20 for 20 %
        wrong = (np.abs(amount + tax - gross) > 2 * _CENT) & ~by_rate
        if not wrong.any():
            return
        self._n_taxes += int(wrong.sum())
        row = int(np.argmin(np.where(wrong, rows.lines[known], np.iinfo(np.int64).max)))
        found = (int(rows.lines[known][row]), int(amount[row]), int(tax[row]), int(gross[row]))
        self._first_tax = min(self._first_tax or found, found)

    def said(self) -> Iterator[Phrase]:
        """Yield what contradicts itself."""
        for totals in self._totals.values():
            yield from totals.said()
        if self._first_tax is not None:
            line, amount, tax, gross = self._first_tax
            details = {"amount": amount / UNITS, "tax": tax / UNITS, "gross": gross / UNITS}
            yield phrase("checks", "tax", count=self._n_taxes, line=str(line), **details)
