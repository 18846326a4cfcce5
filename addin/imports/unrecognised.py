"""A table that is of no kind: what it lacks, and what to say of its columns so that it lacks nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from addin.catalogue import Phrase
from addin.imports.demand_headers import NEEDED
from addin.imports.files.chunks import Column
from addin.imports.files.dates import NO_DATE, UNREADABLE, Dates
from addin.imports.files.numbers import Numbers
from addin.imports.files.sheet_file import SheetFile
from addin.imports.files.text_file import TextFile
from addin.imports.header_rows import Choices, lists_invoices, rows_within
from addin.imports.headers import Match, heads_pivot, matched
from addin.imports.report import phrase
from addin.refusals import Refusal
from scoring.terms import FIELDS

__all__ = ["refusal_of"]

_SHOWN: Final = 12
_LONGEST: Final = 40
_DATES: Final = ("date", "due", "paid")
_AMOUNTS: Final = ("amount", "invoice_total", "line_amount", "number", "debit", "credit")
_MOSTLY: Final = 0.5

Source = TextFile | SheetFile


@dataclass(frozen=True, slots=True)
class _Header:
    """A row that may be the header of a table.

    Attributes
    ----------
    cells
        Its cells, trimmed.
    place
        Its place among the first rows.
    matches
        What its columns would be in a list of invoices.
    n_known
        How many of its columns are known in some kind of file.
    """

    cells: list[str]
    place: int
    matches: Sequence[Match]
    n_known: int

    @property
    def named(self) -> list[str]:
        return [cell for cell in self.cells if cell]


def refusal_of(source: Source, choices: Choices) -> Refusal:
    """Return the refusal of a table that is of no kind: what is missing, and the answers that would do."""
    header = max(
        (_look_at(source, place, choices) for place in range(len(rows_within(source)))),
        key=lambda one: (one.n_known, len(one.named)),
    )
    headers = [cell[:_LONGEST] for cell in header.named[:_SHOWN]]
    pivot = next((one for one in headers if heads_pivot(one)), None)
    if pivot is not None:
        return Refusal("import_of_pivot", file=source.path.name, header=pivot)
    if choices.kind is not None and choices.kind in NEEDED:
        have = {match.target for match in matched(header.cells, choices.kind, {}, choices.told)}
        absent = [phrase("missing", what) for what in NEEDED[choices.kind] if what not in have]
        return Refusal("import_lacks_columns", file=source.path.name, missing=absent, headers=headers)
    columns = _Columns(source, header)
    missing = _missing(columns, choices.kind)
    found = columns.candidates(missing)
    lacks = [phrase("missing", what) for what in missing]
    if not found:
        return Refusal("import_lacks_columns", file=source.path.name, missing=lacks, headers=headers)
    return Refusal(
        "import_of_no_kind",
        file=source.path.name,
        missing=lacks,
        headers=headers,
        maps=[_map(column, what) for what, column in found.items()],
    )


def _look_at(source: Source, place: int, choices: Choices) -> _Header:
    cells = [" ".join(cell.split()) for cell in source.head[place]]
    once = [cell if cell not in cells[:at] else "" for at, cell in enumerate(cells)]
    kinds = ("ledger", "accounts", "visits")
    readings = {kind: matched(once, kind, {}, choices.told, choices.own) for kind in kinds}
    return _Header(once, place, readings["ledger"], max(map(len, readings.values())))


def _missing(columns: _Columns, kind: str | None) -> list[str]:
    """Return what a list of invoices lacks, or one of accounts where nothing looks like a date."""
    targets = {match.target for match in columns.header.matches}
    missing = [] if targets & {"account", "name"} else ["account"]
    if kind == "visits":
        return [*missing, "visit"]
    has_dates = bool(targets & set(_DATES)) or columns.has_dates
    if kind == "accounts" or (kind is None and not has_dates and not lists_invoices(columns.header.matches)):
        return missing if missing and columns.header.n_known else [*missing, "more"]
    if "date" not in targets:
        missing.append("date")
    return missing if targets & set(_AMOUNTS) else [*missing, "amount"]


class _Columns:
    """The columns of a table of which nobody knows what they are, by what stands below their headers."""

    def __init__(self, source: Source, header: _Header) -> None:
        self.header = header
        self._file = source.path.name
        self._below = source.head[header.place + 1 :]
        taken = {match.position for match in header.matches}
        self._free = [at for at, cell in enumerate(header.cells) if cell and at not in taken]

    @property
    def has_dates(self) -> bool:
        """Whether some column looks like dates."""
        return any(self._dated(at) > _MOSTLY for at in self._free)

    def candidates(self, missing: Sequence[str]) -> dict[str, str]:
        """Return the header that looks most like each thing that is missing."""
        free, found = list(self._free), {}
        fits = {
            "date": self._dated,
            "visit": self._dated,
            "amount": lambda at: self._numeric(at) - self._dated(at),
            "account": self._coded,
            "more": self._numeric,
        }
        for what in sorted(missing, key=list(fits).index):
            ranked = sorted(free, key=lambda at: (-fits[what](at), at))
            if ranked and (what in ("account", "more") or fits[what](ranked[0]) > _MOSTLY):
                free.remove(ranked[0])
                is_number = self._numeric(ranked[0]) > _MOSTLY
                key = what if what != "more" else "turnover" if is_number else "name"
                found[key] = self.header.cells[ranked[0]]
        return found

    def _cells(self, at: int) -> list[str]:
        return [row[at] for row in self._below if at < len(row) and row[at].strip()]

    def _dated(self, at: int) -> float:
        """Share of the cells of a column that are dates."""
        dates, cells = Dates(self._file), self._cells(at)
        dates.settle()
        days = dates.days(Column(None, np.array(cells, dtype=object)))
        return float(((days != NO_DATE) & (days != UNREADABLE)).mean()) if cells else 0.0

    def _numeric(self, at: int) -> float:
        """Share of the cells of a column that are numbers."""
        numbers, cells = Numbers(self._file), self._cells(at)
        numbers.settle("fr")
        read = numbers.read(Column(None, np.array(cells, dtype=object)))
        return float((~read.unreadable).mean()) if cells else 0.0

    def _coded(self, at: int) -> float:
        """How much a column looks like codes or names: filled, and neither dates nor broken numbers."""
        cells = self._cells(at)
        broken = self._numeric(at) if any("," in cell or "." in cell for cell in cells) else 0.0
        return len(cells) / max(len(self._below), 1) - self._dated(at) - broken


def _map(column: str, what: str) -> Phrase:
    section = "accounts" if what in FIELDS else "roles"
    return phrase("ask", "map", source=column, target=Phrase("fields", (section, what)))
