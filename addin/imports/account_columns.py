"""Columns of a file of accounts as cells of their fields."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from addin.catalogue import LANGUAGES, catalogue, word_key
from addin.imports.aged import AgedColumns
from addin.imports.company_numbers import plain_company_number
from addin.imports.currencies import header_factor
from addin.imports.describe import column_name
from addin.imports.facts import TURNOVERS, code_text, destroyed, is_nothing
from addin.imports.files.chunks import Chunk, Column
from addin.imports.files.dates import NO_DATE, UNREADABLE, Dates, moment
from addin.imports.files.numbers import Numbers
from addin.imports.header_rows import Recognised
from addin.imports.headers import AGED
from addin.imports.report import FileReport, phrase
from addin.refusals import Refusal
from addin.workbook.own_columns import is_own
from addin.workbook.port import Cell
from scoring.terms import FIELDS, NUMERIC, Kind
from scoring.text import fold

__all__ = ["AccountFile"]

_MOST_ROWS: Final = 1_000_000
_LONGEST: Final = 32_000
_TOTALLED: Final = (*TURNOVERS, "potential", "potential_new", "open_amount")
"""Fields whose sum a report shows, the first that a file has."""
_APART: Final = frozenset({"status", "currency", *AGED})
"""What several columns may be, and what is no field by itself: read beside the others."""
_CODE: Final = re.compile(r"[-+]?0\d|\d+[eE]\d+\Z")
"""Texts that are codes, though a number could be written so: 007, 12E5."""
_NEVER_NOUGHT: Final = frozenset({"name", "postcode", "town", "address", "phone", "email", "company_no"})
"""Fields in which a nought is what programs write for nothing; codes of reps and sectors may be one."""
_NOUGHTS: Final = (0.0, "0")
_LOGICAL: Final = {"true": "yes", "vrai": "yes", "false": "no", "faux": "no"}


class AccountFile:
    """One file of accounts.

    Parameters
    ----------
    found
        The file.
    language, currency
        Language and currency of the workbook.

    Attributes
    ----------
    at
        Place of the column of each target.
    report
        What was read, to which unreadable cells are added.
    dates, numbers
        How the file writes its dates, and each column its numbers.
    currency
        What its amounts are in.
    total
        The field whose sum is shown, None if the file has none.
    """

    def __init__(self, found: Recognised, language: str) -> None:
        self.found = found
        self.language = language
        self.at = {key: at for key, at in found.places.items() if key not in _APART}
        self.aged = AgedColumns(found)
        self.report = FileReport(found.name, "accounts")
        self.dates = Dates(found.path.name)
        self.numbers = {
            key: Numbers(found.path.name, header=found.headers[at], factor=header_factor(found.headers[at]))
            for key, at in self.at.items()
            if key in FIELDS and FIELDS[key].kind in NUMERIC
        }
        self._words_at = [match.position for key in ("status", "currency") for match in found.all_of(key)]
        shipped = catalogue(language).surface("template")["solidity"]
        others = (catalogue(other).surface("template")["solidity"] for other in LANGUAGES)
        self._ratings = {fold(word): str(shipped[key]) for words in others for key, word in words.items()}
        self.total = next((key for key in _TOTALLED if key in self.at or self.aged.gives(key)), None)

    def chunks(self, progress: Callable[[int], None]) -> list[Chunk]:
        """Return the rows, once it is settled how they are to be read.

        Raises
        ------
        Refusal
            If there are more than a sheet holds, or numbers or dates can be read in two ways.
        """
        wanted = {0: True} | dict.fromkeys(self.at.values(), False)
        wanted |= dict.fromkeys((*self.aged.positions, *self._words_at), False)
        chunks = []
        n_rows = 0
        width = len(self.found.headers)
        for chunk in self.found.source.chunks(self.found.header_line, width, wanted, progress=progress):
            n_rows += chunk.n_rows
            if n_rows > _MOST_ROWS:
                raise Refusal("import_too_many_accounts", file=self.found.path.name, rows=_MOST_ROWS)
            for key, at in self.at.items():
                if key in FIELDS and FIELDS[key].kind is Kind.DATE:
                    self.dates.observe(chunk.columns[at].coded()[1], key)
                elif key in self.numbers:
                    self.numbers[key].observe(chunk.columns[at])
            self.aged.observe(chunk)
            chunks.append(chunk)
        self.dates.settle()
        for numbers in self.numbers.values():
            numbers.settle(self.language)
        self.aged.settle(self.language)
        return chunks

    def cells(self, key: str, column: Column, lines: Sequence[int]) -> list[Cell]:
        """Cells of a column in the type of its field; what cannot be read is noted and empty."""
        kind = FIELDS[key].kind if key in FIELDS else Kind.TEXT
        if key in self.numbers:
            amounts = self.numbers[key].read(column)
            self._unread(
                key, column, [row for row, bad in enumerate(amounts.unreadable.tolist()) if bad], lines
            )
            return list(amounts.cells())
        if kind is Kind.DATE:
            days = self.dates.days(column, key).tolist()
            self._unread(key, column, [row for row, day in enumerate(days) if day == UNREADABLE], lines)
            return [None if day in (NO_DATE, UNREADABLE) else moment(day) for day in days]
        cells = column.cells().tolist()
        if is_own(key):
            return self._own(cells)
        if key == "company_no":
            rounded = [row for row, cell in enumerate(cells) if destroyed(code_text(cell))]
            self._unread(key, column, rounded, lines)
        is_nought = key in _NEVER_NOUGHT or (key in ("rep", "sector") and not any(map(_is_figure, cells)))
        return [None if is_nought and cell in _NOUGHTS else self._text(key, cell) for cell in cells]

    def aged_amounts(self, chunk: Chunk) -> dict[int, list[float | None]]:
        """Amounts of the columns of an aged balance by place; cells that cannot be read are noted."""
        targets = {match.position: match.target for match in self.found.matches}
        found = {}
        for at, amounts in self.aged.read(chunk).items():
            unread = [row for row, bad in enumerate(amounts.unreadable.tolist()) if bad]
            self._unread(targets[at], chunk.columns[at], unread, chunk.lines.tolist())
            found[at] = amounts.cells()
        return found

    def _own(self, cells: Sequence[Any]) -> list[Cell]:
        """Cells of a column of the company's own: as they are, and numbers where every text is one.

        A column with a code like 007 stays one of texts.
        """
        found: list[Cell] = [_plain(cell) for cell in cells]
        texts = [cell for cell in found if isinstance(cell, str)]
        if not texts or any(_CODE.match(text) for text in texts):
            return found
        numbers = Numbers(positive="")  # C1 is a code, no credit
        try:
            numbers.observe(Column(None, texts))
            numbers.settle(self.language)
        except Refusal:  # several currencies, say: what belongs to nobody stays as it is
            return found
        read = numbers.read(Column(None, np.array(texts, dtype=object)))
        if read.unreadable.any():
            return found
        values = iter(read.cells())
        return [next(values) if isinstance(cell, str) else cell for cell in found]

    def _text(self, key: str, cell: Any) -> Cell:
        text = code_text(cell)
        if key == "target":
            text = str(cell) if isinstance(cell, bool) else text
            known = _LOGICAL.get(text.casefold()) or word_key("yes_no", text, self.language)
            return catalogue(self.language).word("yes_no", known) if known else text or None
        if is_nothing(text) and not (key == "name" and fold(text) == "faux"):  # a surname, too
            return None
        if key == "postcode" and isinstance(cell, float):  # in France, Excel took the zero in front
            text = text.zfill(5) if self.language == "fr" else text
        if key == "company_no":
            return None if destroyed(text) else plain_company_number(text)
        if key in FIELDS and FIELDS[key].kind is Kind.WORD:
            known = word_key(key, text, self.language)
            return catalogue(self.language).word(key, known) if known else text
        return self._ratings.get(fold(text), text)[:_LONGEST] if key == "solidity" else text[:_LONGEST]

    def _unread(self, key: str, column: Column, rows: Sequence[int], lines: Sequence[int]) -> None:
        """Say once a column how many of its cells could not be read, and where the first is."""
        if not rows:
            return
        shown = column.cells()
        first = min(rows, key=lambda row: lines[row])
        field = column_name(key, self.found.own)
        details = {
            "count": len(rows),
            "line": str(lines[first]),
            "value": str(shown[first])[:40],
            "field": field,
        }
        self.report.notes.append(phrase("accounts", "unread", **details))


def _plain(cell: Any) -> Cell:
    """Return a cell of the company's own as it is, a text on one line."""
    if isinstance(cell, bool | dt.datetime):
        return cell
    if isinstance(cell, float):
        return float(cell)
    text = code_text(cell)
    return None if is_nothing(text) else text[:_LONGEST]


def _is_figure(cell: Any) -> bool:
    """Whether a cell holds a number other than 0."""
    text = code_text(cell)
    return text.isdecimal() and text.strip("0") != ""
