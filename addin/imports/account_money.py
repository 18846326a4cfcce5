"""Lists of accounts whose amounts are in several currencies: only that of the workbook counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from addin.catalogue import Phrase
from addin.imports.amount_signs import OWN, Currencies
from addin.imports.currencies import currencies, header_currencies
from addin.imports.facts import code_text
from addin.imports.files.chunks import Chunk
from addin.imports.header_rows import Recognised
from addin.imports.headers import AGED
from addin.imports.report import phrase
from addin.refusals import Refusal
from addin.workbook.port import Cell
from scoring.terms import FIELDS, Kind

__all__ = ["OtherCurrency"]

_MONEY: Final = frozenset(key for key, one in FIELDS.items() if one.kind is Kind.MONEY)


class OtherCurrency:
    """The currencies of a list of accounts: by a column, by the headers of the amounts, by signs in cells.

    Parameters
    ----------
    found
        The file.
    own
        The currency of the workbook, as the workbook says it.
    is_fresh
        Whether the workbook still has the currency that it shipped with, and no account.
    """

    def __init__(self, found: Recognised, own: str, *, is_fresh: bool) -> None:
        self._file = found.path.name
        self._own = own
        self._is_fresh = is_fresh
        self._places = [match.position for match in found.all_of("currency")]
        self._currencies = Currencies(own)
        self._money = [match for match in found.matches if match.target in _MONEY or match.target in AGED]
        self._signs: list[int] = []
        headers = [header_currencies(match.header) for match in self._money]
        named = [codes for codes in headers if codes]
        is_own = any(codes & currencies(own) for codes in named)
        self._by_header = OWN
        if named and own.strip() and not is_own:
            self._by_header = self._currencies.named("/".join(sorted(named[0])))

    def observe(self, chunk: Chunk) -> None:
        """Look for signs and codes of currencies in the amounts of rows."""
        signs = np.full(chunk.n_rows, self._by_header, dtype=np.int64)
        for match in self._money:
            found = self._currencies.of_cells(chunk.columns[match.position], chunk.n_rows)
            if found is not None:
                signs = np.where(signs == OWN, found, signs)
        self._signs += signs.tolist()

    def leave_out(
        self,
        columns: dict[str, list[Cell]],
        words: Sequence[Mapping[int, Cell]],
        is_used: Sequence[bool],
    ) -> list[Phrase]:
        """Empty the amounts of accounts in another currency, and say which.

        Raises
        ------
        Refusal
            If no amount is in the currency of the workbook.
        """
        money = [key for key in columns if key in _MONEY]
        rows = [
            row
            for row, used in enumerate(is_used)
            if used and any(columns[key][row] is not None for key in money)
        ]
        numbers = {row: self._number(words[row], row) for row in rows}
        abroad = [row for row, number in numbers.items() if number != OWN]
        if not abroad:
            return []
        names = sorted({self._currencies.names[numbers[row]] for row in abroad})
        if len(abroad) == len(rows):
            by_signs = {numbers[row] for row in abroad} <= self._currencies.by_sign
            if self._is_fresh and not self._places and by_signs and self._by_header == OWN:
                return [phrase("guess", "sign", currency="/".join(names), own=self._own)]
            raise Refusal("import_other_currency", file=self._file, currencies=names, own=self._own)
        if not self._places:  # beside plain amounts a sign is a way of writing them
            details = {"currencies": names, "own": self._own}
            return [phrase("guess", "some_signs", count=len(abroad), **details)]
        counts: dict[int, int] = {}
        for row in abroad:
            counts[numbers[row]] = counts.get(numbers[row], 0) + 1
            for key in money:
                columns[key][row] = None
        return [
            phrase("guess", "other_currency", count=count, currency=self._currencies.names[number])
            for number, count in sorted(counts.items())
        ]

    def _number(self, cells: Mapping[int, Cell], row: int) -> int:
        for at in self._places:
            number = self._currencies.of_text(code_text(cells.get(at)))
            if number is not None:
                return number
        return self._signs[row]
