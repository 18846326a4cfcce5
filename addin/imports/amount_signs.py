"""Which currency amounts are in: by a column, by their header, by the sign or code in their cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from addin.imports.currencies import currencies, header_currencies, named_sign, side_of
from addin.imports.files.chunks import Column
from addin.imports.header_rows import Recognised
from scoring.text import fold

__all__ = ["OWN", "Currencies"]

Ints = npt.NDArray[np.int64]

OWN: Final = -1
"""Number of the currency of the workbook."""
_AMOUNTS: Final = ("amount", "invoice_total", "line_amount", "debit", "credit")
_ODD: Final = re.compile(r"[^\d\s.,+\-−()'’%]")
_NUMBER: Final = re.compile(r"[\d\s.,+\-−()'’%]+")


@dataclass
class Currencies:
    """The currencies of a file.

    Parameters
    ----------
    own
        That of the workbook, as the workbook says it; empty where it does not.

    Attributes
    ----------
    names
        Those other than the workbook's, by number, each as it is written for the first time.
    seen
        Codes of all that were seen, the workbook's among them.
    by_sign
        Numbers of those that only signs in the cells of amounts name.
    """

    own: str
    names: list[str] = field(default_factory=list)
    seen: set[frozenset[str]] = field(default_factory=set)
    by_sign: set[int] = field(default_factory=set)
    _numbers: dict[str, int] = field(default_factory=dict)

    def of_text(self, text: str) -> int | None:
        """Return the number of the currency that a text names, None where it names none."""
        codes = currencies(text)
        if codes:
            self.seen.add(codes)
            if not self.own.strip() or codes & currencies(self.own):
                return OWN
            return self._number(text, codes)
        return OWN if self.own.strip() and fold(text) == fold(self.own) else None

    def _number(self, text: str, codes: frozenset[str]) -> int:
        return self.named(next(iter(codes)) if len(codes) == 1 else text.strip())

    def named(self, name: str) -> int:
        """Return the number of a currency of that name, which is not the workbook's."""
        if name not in self._numbers:
            self._numbers[name] = len(self.names)
            self.names.append(name)
        return self._numbers[name]

    def of_header(self, found: Recognised) -> int:
        """Return the number of the currency that the header of the amounts names, the own one for none."""
        headers = [match.header for key in _AMOUNTS for match in found.all_of(key)]
        named = [codes for header in headers if (codes := header_currencies(header))]
        if not named or not self.own.strip() or any(codes & currencies(self.own) for codes in named):
            return OWN
        signs = [sign for header in headers if (sign := named_sign(header))]
        return self._number((signs or ["/".join(sorted(named[0]))])[0], named[0])

    def of_company(self, found: Recognised) -> bool:
        """Whether the amounts are in the currency of the company, whatever that of the document is."""
        headers = [match.header for key in _AMOUNTS for match in found.all_of(key)][:1]
        return any(
            side_of(header) == "company" or bool(header_currencies(header) & currencies(self.own))
            for header in headers
        )

    def of_cells(self, column: Column, n_rows: int) -> Ints | None:
        """Return the number of the currency of each cell of amounts, None where none has a sign or a code."""
        if column.numbers is not None:
            return None
        texts = [cell if type(cell) is str else "" for cell in column.cells().tolist()]
        if not _ODD.search("\n".join(texts)):
            return None
        known: dict[str, int] = {}
        numbers = np.full(n_rows, OWN, dtype=np.int64)
        for row, text in enumerate(texts):
            rest = _NUMBER.sub(" ", text).strip()
            if rest and rest not in known:
                number = self.of_text(rest) if currencies(rest) else OWN
                known[rest] = OWN if number is None else number
            if rest:
                numbers[row] = known[rest]
        self.by_sign |= set(known.values()) - {OWN}
        return numbers
