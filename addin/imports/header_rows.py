"""Where the header of a table stands, and what kind of file has such a header."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from addin.imports.adjusted_matches import with_date, with_names, without_books
from addin.imports.as_of import day_of_report
from addin.imports.by_words import matched_by_words
from addin.imports.demand_headers import demanded
from addin.imports.facts import code_text
from addin.imports.fec_headers import FecColumns
from addin.imports.files.sheet_file import SheetFile
from addin.imports.files.text_file import TextFile
from addin.imports.group_labels import GENERAL
from addin.imports.grouped_file import GroupedFile
from addin.imports.headers import MATCHED, OF_ACCOUNTS, Match, loose, matched
from addin.imports.row_keys import OF_BOOKS, key_columns
from addin.workbook.port import column_letters
from scoring.text import fold

__all__ = [
    "Choices",
    "Reason",
    "Recognised",
    "Unread",
    "best_reading",
    "lists_balances",
    "lists_books",
    "lists_invoices",
    "lists_orders",
    "longest_row",
    "rows_within",
]

_HEADER_WITHIN: Final = 20
_LONGEST_HEADER: Final = 200
_VISITS: Final = re.compile(r"visit|tournee|rdv|rendez.?vous|call.?report", re.IGNORECASE)
_OF_ACCOUNTS_ALONE: Final = frozenset(
    {"status", "turnover", "turnover_1", "turnover_2", "potential", "potential_new", "solidity", "days_late"}
    | {"growth", "influence", "relationship", "last_visit", "first_purchase", "last_purchase", "orders"}
)

_COUNTED: Final = frozenset({"amount", "number", "invoice_total", "line_amount", "debit", "credit"})
"""Without any of these a list of dates is none of invoices."""
_OF_INVOICES: Final = re.compile(r"factur|invoice|piece|emission|billing|voucher")
_OF_ORDERS: Final = re.compile(r"\b(?:orders?|commandes?|cde)\b")

Source = TextFile | SheetFile | GroupedFile
Reason = Literal["empty", "hidden", "chart", "unknown", "invoices", "list"]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided about the columns, in the workbook or on the command line.

    Attributes
    ----------
    kind
        Kind of all files; None to look.
    told
        Target by folded header.
    remembered
        Target by kind and folded header.
    own
        Header of a column that the company added to its account sheets, by what a file calls it, folded.
    currency
        That of the workbook, as the workbook says it.
    language
        That of the workbook.
    """

    kind: str | None = None
    told: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    currency: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Unread:
    """A sheet of a file that is not read.

    Attributes
    ----------
    name
        Its name.
    reason
        Why: it is ``empty``, ``hidden``, a ``chart``, of ``unknown`` columns, holds ``invoices``
        with other columns than those that are read, which may be the same ones, or is some other ``list``
        of codes or names than one of accounts.
    """

    name: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file, or a sheet of it, and what it is.

    Attributes
    ----------
    path, kind
        The file, and ``accounts``, ``ledger``, ``fec``, ``visits``, ``orders`` or ``stock``.
    source
        Its rows.
    headers
        Its headers, each once: the second of two alike has (2) behind it, and a column that has none
        goes by its letter.
    header_line
        The line in which its header ends.
    matches
        What its columns are; empty for a FEC.
    fec
        Where the columns of a FEC stand.
    twice
        Headers that stood there more than once.
    unread
        The sheets of the same file that are not read.
    own
        Headers of the columns that the company added, by their folded selves.
    """

    path: Path
    kind: str
    source: Source
    headers: Sequence[str]
    header_line: int
    matches: Sequence[Match] = ()
    fec: FecColumns | None = None
    twice: Sequence[str] = ()
    unread: Sequence[Unread] = ()
    own: Mapping[str, str] = field(default_factory=dict)

    @property
    def as_of(self) -> dt.date | None:
        """The day of which it is, where the lines above its header say so."""
        rows = zip(self.source.head, self.source.head_lines, strict=True)
        return day_of_report([row for row, line in rows if line < self.header_line])

    @property
    def name(self) -> str:
        """Name of the file, with that of the sheet where it has one."""
        sheet = getattr(self.source, "name", "")
        return f"{self.path.name} [{sheet}]" if sheet else self.path.name

    @property
    def places(self) -> dict[str, int]:
        """Place of the column of each target; where there are no codes, names stand in for them."""
        found = {match.target: match.position for match in self.matches}
        return found if "account" in found else found | {"account": found["name"]}

    @property
    def speaks_of_accounts(self) -> bool:
        """Whether it has codes, and a field that nothing but accounts has."""
        targets = {match.target for match in self.matches}
        return "account" in targets and bool(targets & _OF_ACCOUNTS_ALONE)

    @property
    def left(self) -> list[tuple[int, str]]:
        """Place and header of each column that goes nowhere."""
        taken = {match.position for match in self.matches}
        return [(at, header) for at, header in enumerate(self.headers) if header and at not in taken]

    def position(self, target: str) -> int | None:
        """Return the place of the column that is a target, None if there is none."""
        return next((match.position for match in self.matches if match.target == target), None)

    def all_of(self, target: str) -> list[Match]:
        """Return the columns that are a target: of those that say what a row means there may be several."""
        return [match for match in self.matches if match.target == target]

    def has(self, *targets: str) -> bool:
        """Whether some column is one of the targets."""
        return any(match.target in targets for match in self.matches)


def rows_within(source: Source) -> list[list[str]]:
    """Return the rows among which the header is looked for."""
    return source.head[:_HEADER_WITHIN]


def longest_row(source: Source) -> list[str]:
    """Return the texts of the row with most cells: likely the header, of a file that is not understood."""
    return [cell.strip()[:40] for cell in max(rows_within(source), key=len, default=[]) if cell.strip()]


def best_reading(source: Source, choices: Choices) -> Recognised | None:
    """Return the reading of a table in which most of its columns are known, None if it is of no kind."""
    best: Recognised | None = None
    best_at = -1
    for at, (row, line) in enumerate(zip(rows_within(source), source.head_lines, strict=False)):
        if sum(bool(cell.strip()) for cell in row) < 2:
            continue
        # A header has two rows at most: of those below the second one, none is the other half of one.
        for cells in _spellings(source, at, with_above=best is None or best_at == at - 1):
            below = source.head[at + 1 :]
            headers, twice = _once(cells, below)
            kind, matches = _kind(headers, below, source.path, choices)
            if kind is not None and (best is None or len(matches) > len(best.matches)):
                # In a text a header runs over as many lines as it has; in a sheet it is one row all the same.
                more = 0 if isinstance(source, SheetFile) else sum(cell.count("\n") for cell in row)
                own = {fold(column): column for column in choices.own.values()}
                best_at = at
                best = Recognised(
                    source.path, kind, source, headers, line + more, matches, twice=twice, own=own
                )
    return _with_words(best, source.head[best_at + 1 :], choices) if best is not None else None


def _with_words(found: Recognised, below: Sequence[Sequence[str]], choices: Choices) -> Recognised:
    """Return a file with the columns that only their words tell; not those of which somebody spoke.

    Of a list of accounts that is only the one that says in which currency its amounts are.
    """
    if found.kind not in ("ledger", "accounts"):
        return found
    spoken = choices.told.keys() | choices.remembered.get(found.kind, {}).keys()
    taken = {match.position for match in found.matches}
    taken |= {at for at, header in enumerate(found.headers) if fold(header) in spoken}
    more = [
        match
        for match in matched_by_words(found.headers, below, taken, choices.currency)
        if not (match.target == "side" and found.has("side", "debit", "credit"))
        and (found.kind == "ledger" or match.target == "currency")
    ]
    matches = sorted([*found.matches, *more], key=lambda match: match.position)
    return replace(found, matches=matches)


def _spellings(source: Source, at: int, *, with_above: bool) -> Iterator[list[str]]:
    """Yield a row as a header: by itself, and with what a merged cell of the row above says of it."""
    row = source.head[at]
    if isinstance(source, SheetFile):  # cells beyond the last header are cells too
        width = max(map(len, source.head[at:]))
        row = [*row, *[""] * (width - len(row))]
    yield row
    above = source.head[at - 1] if at else []
    if not with_above or sum(bool(cell.strip()) for cell in above) < 2:
        return
    above = [*above, *[""] * (len(row) - len(above))]
    understood = {
        match.position for kind in OF_ACCOUNTS for match in matched(_once(row, ())[0], kind, {}, {})
    }
    group, merged = "", []
    for place, (cell, over) in enumerate(zip(row, above, strict=False)):
        group = over.strip() or group
        alone = place in understood or not group
        merged.append((cell if alone else f"{group} {cell}") if cell.strip() else over)
    yield merged


def _kind(
    headers: Sequence[str],
    below: Sequence[Sequence[str]],
    path: Path,
    choices: Choices,
) -> tuple[str | None, list[Match]]:
    """Return the kind of file that has these headers, and what its columns are then."""
    keys = key_columns(below)
    looked = {kind: _matches(headers, kind, path, choices, keys) for kind in _kinds(choices)}
    looked = {kind: without_books(matches, below) for kind, matches in looked.items()}
    if "accounts" in looked:
        looked["accounts"] = with_names(looked["accounts"], headers)
    found = {
        kind: matches
        for kind, matches in looked.items()
        if _complete(kind, {match.target for match in matches})
    }
    of_demand = demanded(looked, found)
    if of_demand is not None:
        return of_demand, looked[of_demand]
    of_accounts = {match.target for match in found.get("accounts", ())} & _OF_ACCOUNTS_ALONE
    of_accounts -= {"status"}  # invoices have one too
    if "visits" in found and (choices.kind or len(of_accounts) < 2):
        return "visits", found["visits"]
    if "ledger" in found and len(of_accounts) < 2:
        return "ledger", found["ledger"]
    if "accounts" in found and not of_accounts and lists_invoices(looked.get("ledger", ())):
        return None, []  # invoices of which something is missing: said, rather than taken for accounts
    return next(((kind, found[kind]) for kind in ("accounts", "ledger") if kind in found), (None, []))


def _kinds(choices: Choices) -> Sequence[str]:
    return (choices.kind,) if choices.kind else MATCHED


def _matches(
    headers: Sequence[str], kind: str, path: Path, choices: Choices, keys: Collection[int]
) -> list[Match]:
    """Return what the columns are, if the file is of a kind."""
    remembered = choices.remembered.get(kind, {})
    matches = matched(headers, kind, remembered, choices.told, choices.own, choices.currency, keys)
    return with_date(headers, matches) if kind == "visits" and _VISITS.search(path.name) else matches


def lists_invoices(matches: Sequence[Match]) -> bool:
    """Whether columns are those of invoices, even where they lack one that is needed."""
    headers = {match.target: fold(match.header) for match in matches}
    by_name = [target for target in ("number", "date") if _OF_INVOICES.search(headers.get(target, ""))]
    others = headers.keys() & {"due", "paid", "tax", "gross", "amount", "outstanding", "line_amount"}
    return bool(by_name) and len(by_name) + len(others) > 1


def lists_balances(found: Recognised) -> bool:
    """Whether a list is one of what clients owe."""
    return found.kind == "accounts" and found.has("open_debit", "open_credit", "open_amount")


def lists_books(found: Recognised) -> bool:
    """Whether a list of balances is one of all accounts of the books: banks and sales are no clients."""
    at = found.position("account")
    if at is None or not lists_balances(found) or loose(found.headers[at]) not in OF_BOOKS:
        return False
    head = zip(found.source.head, found.source.head_lines, strict=True)
    codes = [row[at].strip() for row, line in head if line > found.header_line and at < len(row)]
    return any(map(GENERAL.fullmatch, codes)) and any(code.startswith("4") for code in codes)


def lists_orders(found: Recognised) -> bool:
    """Whether a list is one of orders by its columns: these are no sales yet.

    Not where a person says what the date is, where the kind of each document is given, or where anything
    speaks of invoices or payments.
    """
    if found.kind != "ledger" or found.has("document", "paid", "paid_amount", "outstanding", "debit", "side"):
        return False
    named = [match for match in found.matches if match.target in ("date", "number")]
    if any(match.how in ("told", "remembered") for match in named if match.target == "date"):
        return False
    if any(_OF_INVOICES.search(fold(header)) for header in found.headers):
        return False
    return any(_OF_ORDERS.search(loose(match.header)) for match in named)


def _complete(kind: str, targets: Collection[str]) -> bool:
    who = "account" in targets or "name" in targets
    match kind:
        case "accounts":
            return who and len(targets) > 1
        case "orders" | "stock":
            return False  # told apart from invoices and accounts in a place of their own
        case "ledger":
            return who and "date" in targets and bool(_COUNTED & set(targets))
        case _:
            return who and "visit" in targets


def _once(row: Sequence[str], below: Sequence[Sequence[str]]) -> tuple[list[str], list[str]]:
    """Return headers of which none is like another, and those that were."""
    seen: dict[str, int] = {}
    headers, twice = [], []
    for at, cell in enumerate(row):
        header = code_text(cell)[:_LONGEST_HEADER]
        if not header and any(at < len(cells) and cells[at].strip() for cells in below):
            header = column_letters(at + 1)
        key = fold(header)
        seen[key] = seen.get(key, 0) + 1
        if header and seen[key] > 1:
            twice.append(header)
            header = f"{header} ({seen[key]})"
        headers.append(header)
    return headers, twice
