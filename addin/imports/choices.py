"""What the workbook says of imports: reference date, periods, terms, and the columns that it remembers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from addin.book import Cell
from addin.catalogue import LANGUAGES, catalogue, field_key, word_key
from addin.imports.headers import MATCHED, target_key
from addin.layout import OWN, Layout
from addin.refusals import Refusal
from addin.values import Unreadable, read_date, read_number, read_text
from scoring.periods import Periods, closed_years, last_months
from scoring.text import fold

__all__ = ["CALCULATED", "Rules", "read_rules"]

LEGAL_TERMS: Final = 30
"""Days to pay where nothing else is agreed (art. L441-10 of the French commercial code)."""
STALE: Final = 92
"""Days before the reference date from which a file is taken for an old one."""
CALCULATED: Final = "calculated"


@dataclass(frozen=True, slots=True)
class Misread:
    """A cell that says where a column goes, in words that are the name of nothing."""

    target: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The choices of a workbook for its imports.

    Attributes
    ----------
    language
        Of the workbook.
    reference
        The reference date.
    closed
        Whether turnover is that of closed years rather than of the last twelve months.
    year_end
        Month with which a year ends.
    terms
        Days to pay where a file does not say [days].
    remembered
        Target by kind of file and folded header.
    keep
        Kinds with the fields that stay as they are where they are filled in.
    own
        Headers of columns that the company added, folded.
    misread
        What the table of remembered columns says that is no target, by kind of file and folded header.
    """

    language: str
    reference: dt.date
    closed: bool = False
    year_end: int = 12
    terms: int = LEGAL_TERMS
    remembered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    keep: frozenset[tuple[str, str]] = frozenset()
    own: frozenset[str] = frozenset()
    misread: Mapping[tuple[str, str], Misread] = field(default_factory=dict)

    def periods(self) -> Periods:
        """Return the three periods of turnover."""
        return closed_years(self.reference, self.year_end) if self.closed else last_months(self.reference)

    def as_of(self, last: dt.date) -> dt.date:
        """Return the day at which open invoices are looked at: an old file knows of no later payments."""
        return last if (self.reference - last).days > STALE else self.reference


def read_rules(layout: Layout, today: dt.date) -> Rules:
    """Read the choices of a workbook.

    Raises
    ------
    Refusal
        If a setting of theirs cannot be read.
    """
    values = _settings(layout)
    own = frozenset(
        key.removeprefix(OWN) for located in layout.accounts for key in located.columns if key.startswith(OWN)
    )
    remembered, keep, misread = _columns(layout, own)
    reference = values.get("reference_date")
    return Rules(
        language=layout.language,
        reference=reference.date() if isinstance(reference, dt.datetime) else today,
        closed=values.get("periods") == "years",
        year_end=int(_number(values.get("year_end"), 12)),
        terms=int(_number(values.get("payment_terms"), LEGAL_TERMS)),
        remembered=remembered,
        keep=keep,
        own=own,
        misread=misread,
    )


def _number(value: object, otherwise: float) -> float:
    return value if isinstance(value, float) else otherwise


def _settings(layout: Layout) -> dict[str, object]:
    located = layout.named.get("settings")
    found: dict[str, object] = {}
    if located is None:
        return found
    cells = zip(located.cells("setting"), located.cells("value"), strict=True)
    for row, (name, cell) in enumerate(cells):
        key = field_key("setting_names", name, layout.language) if isinstance(name, str) else None
        if key not in ("reference_date", "periods", "year_end", "payment_terms") or cell is None:
            continue
        value = _setting(key, cell, layout.language)
        if value is None:
            raise Refusal(
                "import_setting",
                setting=str(name),
                value=cell,
                sheet=located.table.sheet,
                cell=located.address(row, "value"),
            )
        found[key] = value
    return found


def _setting(key: str, cell: Cell, language: str) -> float | str | dt.datetime | None:
    """Return the value of a setting, None where it is none."""
    value: float | str | dt.datetime | Unreadable | None
    match key:
        case "reference_date":
            value = read_date(cell, language)
        case "periods":
            value = word_key("periods", cell, language) if isinstance(cell, str) else None
        case "year_end":
            value = read_number(cell, language)
            value = value if isinstance(value, float) and value in range(1, 13) else None
        case _:
            value = read_number(cell, language)
            value = value if isinstance(value, float) and 0 <= value <= 365 else None
    return None if isinstance(value, Unreadable) else value


def _columns(
    layout: Layout, own: frozenset[str]
) -> tuple[dict[str, dict[str, str]], frozenset[tuple[str, str]], dict[tuple[str, str], Misread]]:
    """Read the table of remembered columns; a row of no kind of file is as if it were not there."""
    located = layout.named.get("importcolumns")
    remembered: dict[str, dict[str, str]] = {}
    keep: set[tuple[str, str]] = set()
    misread: dict[tuple[str, str], Misread] = {}
    if located is None:
        return remembered, frozenset(), misread
    calculated = {fold(catalogue(language).text("imports", CALCULATED)) for language in LANGUAGES}
    rows = zip(*(located.cells(key) for key in ("kind", "source", "target", "known")), strict=True)
    for row, (kind_cell, source_cell, target_cell, known_cell) in enumerate(rows):
        kind = _word("file_kind", kind_cell, layout.language)
        source, target_text = read_text(source_cell), read_text(target_cell)
        if kind is None or not isinstance(source, str):
            continue
        text = target_text if isinstance(target_text, str) else ""
        if kind in MATCHED and fold(source) not in calculated:
            target = target_key(text, kind, own)
            if target is None:
                cell = located.address(row, "target")
                misread[kind, fold(source)] = Misread(text, located.table.sheet, cell)
            else:
                remembered.setdefault(kind, {})[fold(source)] = target
        field_name = field_key("accounts", text, layout.language) or (
            f"+{fold(text)}" if fold(text) in own else None
        )
        if field_name is not None and _word("known", known_cell, layout.language) == "keep":
            keep.add((kind, field_name))
    return remembered, frozenset(keep), misread


def _word(kind: str, cell: Cell, language: str) -> str | None:
    return word_key(kind, cell, language) if isinstance(cell, str) else None
