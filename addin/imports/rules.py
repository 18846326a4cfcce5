"""What the workbook says of imports: reference date, periods, terms, and the columns that it remembers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from addin.catalogue import LANGUAGES, catalogue, field_key, word_key
from addin.imports.facts import TURNOVERS, Source, account_key
from addin.imports.headers import MATCHED, target_key
from addin.refusals import Refusal
from addin.workbook.account_tables import read_codes
from addin.workbook.located_tables import Layout
from addin.workbook.model_tables import read_settings, reference_date
from addin.workbook.own_columns import header_of, is_own, own_key
from addin.workbook.port import Cell
from addin.workbook.settings import BY_KEY as SETTINGS
from addin.workbook.typed_cells import read_date, read_text
from scoring.books.periods import Periods, closed_years, last_months
from scoring.text import fold

__all__ = ["CALCULATED", "Rules", "answer_key", "read_rules", "word_mark"]

_NEEDED: Final = ("reference_date", "periods", "year_end", "payment_terms")
"""Settings on which an import depends."""
STALE: Final = 92
"""Days before the reference date from which a file is taken for an old one."""
_YEAR: Final = 366
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
    today
        The day of the import.
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
        Headers of columns that the company added, by their folded selves.
    misread
        What the table of remembered columns says that is no target, by kind of file and folded header.
    filled
        Where the figures of a field come from, as far as an import has noted it.
    joins
        New code of a client of the FEC by the key of the old one.
    joins_told
        The old codes that the person at the keyboard named.
    add_companies
        Whether FEC of several companies are added.
    absent_zero
        Whether accounts that a source does not mention have nothing, rather than what they had.
    words
        What a person says of words in cells of invoices, by the key of column and word.
    currency
        That of the workbook, as the workbook says it.
    is_ledger
        Whether a person says that the files are invoices.
    is_fresh
        Whether the workbook has no account yet, and the currency that it shipped with.
    has_turnover
        Whether some account has a turnover already.
    known_until
        The last day of which the files tell anything, None for all: later lines are as if not there.
    by_day
        Whether what is sold is wanted by day.
    """

    language: str
    today: dt.date
    reference: dt.date
    closed: bool = False
    year_end: int = 12
    terms: int = 30
    remembered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    keep: frozenset[tuple[str, str]] = frozenset()
    own: Mapping[str, str] = field(default_factory=dict)
    misread: Mapping[tuple[str, str], Misread] = field(default_factory=dict)
    filled: Mapping[str, Source] = field(default_factory=dict)
    joins: Mapping[str, str] = field(default_factory=dict)
    joins_told: Sequence[str] = ()
    add_companies: bool = False
    absent_zero: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    currency: str = ""
    is_ledger: bool = False
    is_fresh: bool = False
    has_turnover: bool = False
    known_until: dt.date | None = None
    by_day: bool = False

    def ends(self, kind: str) -> list[dt.date | None]:
        """Return the last days of the periods that a kind of file filled the columns of turnover with."""
        sources = (self.filled.get(name) for name in TURNOVERS)
        return [one.until if one is not None and one.kind == kind else None for one in sources]

    def periods(self) -> Periods:
        """Return the three periods of turnover."""
        return closed_years(self.reference, self.year_end) if self.closed else last_months(self.reference)

    def as_of(self, last: dt.date) -> dt.date:
        """Return the day at which open invoices are looked at: an old file knows of no later payments.

        A file that goes on after the reference date, and is only not read on, knows of all until then.
        """
        return last if self.is_stale(last) and self.known_until is None else self.reference

    def is_stale(self, last: dt.date, *, by_year: bool = False) -> bool:
        """Whether a file that ends on a day is an old one; the one of a closed year stays new for a year."""
        return (self.reference - last).days > STALE + by_year * _YEAR


def read_rules(layout: Layout, today: dt.date) -> Rules:
    """Read the choices of a workbook.

    Raises
    ------
    Refusal
        If a setting of theirs cannot be read.
    """
    values = _settings(layout)
    own = {
        header_of(key): located.table.headers[position]
        for located in layout.accounts
        for key, position in located.columns.items()
        if is_own(key)
    }
    table = _columns(layout, own)
    currency = values.get("currency")
    return Rules(
        language=layout.language,
        today=today,
        reference=reference_date(values, today),
        closed=values.get("periods") == "years",
        year_end=_number(values, "year_end"),
        terms=_number(values, "payment_terms"),
        remembered=table.remembered,
        keep=frozenset(table.keep),
        own=own,
        misread=table.misread,
        filled=table.filled,
        joins=table.joins,
        words=table.words,
        currency=currency if isinstance(currency, str) else "",
        is_fresh=_is_fresh(layout, currency),
        has_turnover=any(cell is not None for table in layout.accounts for cell in table.cells("turnover")),
    )


def _is_fresh(layout: Layout, currency: object) -> bool:
    shipped = {catalogue(language).text("template", "settings", "currency") for language in LANGUAGES}
    return currency in shipped and not any(any(read_codes(located)) for located in layout.accounts)


def _number(settings: Mapping[str, object], key: str) -> int:
    value = settings.get(key)
    return int(value if isinstance(value, float) else str(SETTINGS[key].shipped))


def _settings(layout: Layout) -> dict[str, object]:
    """Return the values of the settings, those of an import usable."""
    rows, faults = read_settings(layout)
    located = layout.named.get("settings")
    for fault in faults:
        key = fault.details.get("setting")
        if key in _NEEDED and located is not None and fault.row is not None:
            name, value = (located.cells(column)[fault.row] for column in ("setting", "value"))
            place = {"sheet": located.table.sheet, "cell": located.address(fault.row, "value")}
            raise Refusal("import_setting", setting=str(name), value=value, **place)
    return dict(rows)


@dataclass
class _Table:
    """What the table of remembered columns says."""

    remembered: dict[str, dict[str, str]] = field(default_factory=dict)
    keep: set[tuple[str, str]] = field(default_factory=set)
    misread: dict[tuple[str, str], Misread] = field(default_factory=dict)
    filled: dict[str, Source] = field(default_factory=dict)
    joins: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def _columns(layout: Layout, own: Collection[str]) -> _Table:
    """Read the table of remembered columns; a row of no kind of file is as if it were not there."""
    found = _Table()
    located = layout.named.get("importcolumns")
    if located is None:
        return found
    calculated = {fold(catalogue(language).text("imports", CALCULATED)) for language in LANGUAGES}
    keys = ("kind", "source", "target", "known", "until")
    rows = zip(*(located.cells(key) for key in keys), strict=True)
    for row, (kind_cell, source_cell, target_cell, known_cell, until_cell) in enumerate(rows):
        kind = _word("file_kind", kind_cell, layout.language)
        source, target_text = read_text(source_cell), read_text(target_cell)
        if kind is None or not isinstance(source, str):
            continue
        text = target_text if isinstance(target_text, str) else ""
        is_calculated = fold(source) in calculated
        answer = answer_key(text, layout.language) if ":" in source else None
        if answer is not None:
            found.words[word_mark(source)] = answer
        if kind in MATCHED and not is_calculated:
            target = target_key(text, kind, own)
            if target is not None:
                found.remembered.setdefault(kind, {})[fold(source)] = target
            elif answer is None:
                cell = located.address(row, "target")
                found.misread[kind, word_mark(source)] = Misread(text, located.table.sheet, cell)
        if kind == "fec" and not is_calculated and text:
            found.joins[account_key(source)] = text.strip()
            continue
        field_name = field_key("accounts", text, layout.language) or (
            own_key(text) if fold(text) in own else None
        )
        if field_name is None:
            continue
        if _word("known", known_cell, layout.language) == "keep":
            found.keep.add((kind, field_name))
        until = read_date(until_cell, layout.language)
        if isinstance(until, dt.datetime):
            found.filled[field_name] = Source(kind, until.date())
    return found


def answer_key(text: str, language: str) -> str | None:
    """Return what a person says that a word makes of its row, or of its account; None if that is no answer.

    >>> answer_key("left out", "en"), answer_key("Prospect", "fr"), answer_key("Turnover", "en")
    ('left_out', 'prospect', None)
    """
    return word_key("row_answer", text, language) or word_key("status", text, language)


def word_mark(source: str) -> str:
    """Return the key of a column, or of a column and a word, as a person writes them.

    >>> word_mark("Statut : Suspendue") == word_mark("statut:suspendue")
    True
    """
    return re.sub(r" ?: ?", ":", fold(source))


def _word(kind: str, cell: Cell, language: str) -> str | None:
    return word_key(kind, cell, language) if isinstance(cell, str) else None
