"""Invoices of one file, read chunk by chunk into the running measures of all accounts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.imports.choices import Rules
from addin.imports.dates import EPOCH, NO_DATE, UNREADABLE, Dates
from addin.imports.describe import describe
from addin.imports.facts import Facts, code_fault, code_text, is_total
from addin.imports.grid import Chunk, Column
from addin.imports.headers import loose
from addin.imports.numbers import Amounts, Numbers
from addin.imports.recognise import Recognised
from addin.imports.report import FileReport, phrase
from addin.imports.text_file import TextFile
from addin.refusals import Refusal
from scoring.ledger import NEVER, Ledger
from scoring.text import fold

__all__ = ["LedgerReader", "Registry"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_DATES: Final = ("date", "due", "paid")
_AMOUNTS: Final = ("amount", "outstanding")
_TEXTS: Final = ("name", "postcode", "rep", "sector", "company_no")
_CODED: Final = frozenset({"account", "document", *_DATES, *_TEXTS})
_CREDIT: Final = re.compile(
    r"\bavoirs?\b|\bnotes? de credit\b|\bcredit ?(?:note|memo)s?\b|\brefund|\bremboursement"
    r"|^(?:av|credit|cn|cm)$"
)
_NO_SALE: Final = re.compile(
    r"(?:devis|pro ?-?forma|quot|estimate|offre|bon de livraison|bl$|delivery)"
    r"|(?:reglement|paiement|payment|receipt)"
)
_WITH_TAX: Final = re.compile(r"\b(?:ttc|incl\w*|gross)\b")
_WHOLE: Final = re.compile(r"-?\d{1,3}(?:[ \u00a0\u202f]?\d{3})*")
_CENTS: Final = re.compile(r"\d{2}")
_MOST_UNITS: Final = 2**62


@dataclass
class Registry:
    """Accounts of all ledgers by number, and what else their lines say of them."""

    facts: Facts
    numbers: dict[str, int] = field(default_factory=dict)
    texts: dict[str, list[tuple[Ints, Ints, npt.NDArray[np.object_]]]] = field(default_factory=dict)

    def number(self, code: str) -> int:
        """Return the number of an account."""
        key = self.facts.account(code)
        return self.numbers.setdefault(key, len(self.numbers))

    def latest(self, name: str) -> list[tuple[int, str]]:
        """Return what the latest line of each account says in a column of texts, where it says something."""
        accounts, days, texts = (np.concatenate(parts) for parts in zip(*self.texts[name], strict=True))
        frame = pd.DataFrame({"account": accounts, "day": days, "text": [str(text) for text in texts]})
        frame = frame.sort_values(["account", "day", "text"]).drop_duplicates("account", keep="last")
        return [
            (number, code_text(text)) for number, text in zip(frame["account"], frame["text"], strict=True)
        ]


class LedgerReader:
    """Reads one file of invoices.

    Parameters
    ----------
    found
        The file.
    registry, ledger
        The accounts, and their measures: of all files.
    rules
        The choices of the workbook.
    place
        Place of the file among all, so that lines without a number are told apart.
    """

    def __init__(
        self, found: Recognised, registry: Registry, ledger: Ledger, rules: Rules, place: int
    ) -> None:
        self._found = found
        self._registry = registry
        self._ledger = ledger
        self._language = rules.language
        self._today = (rules.reference - EPOCH).days
        self._place = place
        self._at = found.places
        self.dates = Dates(found.path.name)
        self.numbers: dict[str, Numbers] = {
            key: Numbers(found.path.name) for key in _AMOUNTS if key in self._at
        }
        self.report = FileReport(found.name, "ledger")
        if "amount" in self._at:
            self.report.units_read = self.report.units_used = self.report.units_aside = 0
        self.first, self.last = np.iinfo(np.int64).max, NEVER
        self.latest = self.knows = NEVER
        self._in_magnitude = 0.0
        self._n_rejoined = self._n_without_balance = 0
        self._known_codes: dict[Any, tuple[int, str]] = {}

    def read(self, progress: Callable[[int], None]) -> None:
        """Read all lines."""
        wanted = {0: True} | {at: target in _CODED for target, at in self._at.items()}
        source, width = self._found.source, len(self._found.headers)
        waiting: list[Chunk] = []
        line = self._found.header_line
        for chunk in source.chunks(line, width, wanted, repair=self._rejoined, progress=progress):
            self._observe(chunk)
            waiting.append(chunk)
            if self._ready():
                self._take_all(waiting)
        self._take_all(waiting)
        describe(self.report, self._found, self.dates, self.numbers)
        if self._n_without_balance:
            self.report.guesses.append(phrase("guess", "no_balance", count=self._n_without_balance))
        if any(
            match.target == "amount" and _WITH_TAX.search(loose(match.header))
            for match in self._found.matches
        ):
            self.report.guesses.append(phrase("guess", "with_tax"))
        if self._n_rejoined:
            self.report.guesses.append(phrase("guess", "amounts_joined", count=self._n_rejoined))

    def _rejoined(self, cells: list[str]) -> list[str] | None:
        """Put an amount together whose decimal comma was taken for the separator, where it is sure."""
        at, width = self._at.get("amount"), len(self._found.headers)
        if not any(cell.strip() for cell in cells[width:]):
            return cells[:width]
        if at is None or self._found.source.delimiter != "," or len(cells) != width + 1:
            return None
        if not _WHOLE.fullmatch(cells[at].strip()) or not _CENTS.fullmatch(cells[at + 1].strip()):
            return None
        return [*cells[:at], f"{cells[at]},{cells[at + 1]}", *cells[at + 2 :]]

    def _observe(self, chunk: Chunk) -> None:
        for key in _DATES:
            if key in self._at:
                self.dates.observe(chunk.columns[self._at[key]].coded()[1])
        for key, numbers in self.numbers.items():
            numbers.observe(chunk.columns[self._at[key]])

    def _ready(self) -> bool:
        """Whether nothing seen so far waits for something later in the file to tell how it is to be read."""
        numbers = self.numbers.values()
        return (self.dates.decided or not self.dates.seen) and all(
            n.decided or not n.ambiguous for n in numbers
        )

    def _take_all(self, waiting: list[Chunk]) -> None:
        self.dates.settle()
        for numbers in self.numbers.values():
            numbers.settle(self._language)
        if isinstance(self._found.source, TextFile):
            decided = {self._at[key]: n.decimal for key, n in self.numbers.items() if n.decided}
            self._found.source.decimals = decided
        for chunk in waiting:
            self._take(chunk)
        waiting.clear()

    def _take(self, chunk: Chunk) -> None:
        report, columns = self.report, {key: chunk.columns[at] for key, at in self._at.items()}
        report.begin(chunk)
        self._n_rejoined += sum(one.mended for one in chunk.broken)
        if not chunk.n_rows:
            return
        amounts = self._amounts("amount", columns, chunk.n_rows)
        turned, no_sale = self._turned(columns, chunk.n_rows)
        units = _below_zero(amounts.units(), turned)
        self._check_magnitude(units)
        days = self.dates.days(columns["date"])
        accounts, reasons = self._accounts(columns["account"], chunk.columns[0])
        reasons[(reasons == "") & no_sale] = "no_sale"
        reasons[(reasons == "") & amounts.unreadable] = "no_amount_readable"
        if "amount" in self._at:
            reasons[(reasons == "") & np.isnan(amounts.numbers)] = "no_amount"
        reasons[(reasons == "") & (days == UNREADABLE)] = "no_date"
        reasons[(reasons == "") & (days == NO_DATE)] = "date_empty"
        due, paid = (self._known(key, columns, reasons) for key in ("due", "paid"))
        outstanding = self._outstanding(columns, reasons, turned)
        used = reasons == ""
        if report.units_read is not None and report.units_used is not None and report.units_aside is not None:
            report.units_read += int(units.sum())
            report.units_used += int(units[used].sum())
            report.units_aside += int(units[~used].sum())
        report.n_used += int(used.sum())
        self._set_aside(chunk.lines, reasons, units, columns)
        if not used.any():
            return
        self._span(days[used], None if paid is None else paid[used])
        self._remember(columns, accounts, days, used)
        self._ledger.add(
            accounts[used],
            days[used],
            units[used],
            due=None if due is None else due[used],
            paid=None if paid is None else paid[used],
            outstanding=None if outstanding is None else outstanding[used],
            orders=self._orders(columns, chunk.lines)[used],
        )

    def _span(self, days: Ints, paid: Ints | None) -> None:
        """Note the first and last day of the invoices, and the last one of which the file knows anything."""
        self.latest = max(self.latest, int(days.max()))
        known = days[days <= self._today]
        if len(known):
            self.first = min(self.first, self.dates.first_of(int(known.min())))
            self.last = max(self.last, int(known.max()))
        seen = (
            known if paid is None else np.concatenate([known, paid[(paid != NEVER) & (paid <= self._today)]])
        )
        if len(seen):
            self.knows = max(self.knows, int(seen.max()))

    def _amounts(self, key: str, columns: dict[str, Column], n_rows: int) -> Amounts:
        if key not in self._at:
            return Amounts(np.zeros(n_rows), np.zeros(n_rows, dtype=bool))
        return self.numbers[key].read(columns[key])

    def _check_magnitude(self, units: Ints) -> None:
        self._in_magnitude += float(np.abs(units.astype(np.float64)).sum())
        if self._in_magnitude > _MOST_UNITS:
            raise Refusal("import_amounts_too_large", file=self._found.path.name)

    def _turned(self, columns: dict[str, Column], n_rows: int) -> tuple[Bools, Bools]:
        """Rows that are credit notes because a column says so, and rows that are no sales at all."""
        if "document" not in columns:
            return np.zeros(n_rows, dtype=bool), np.zeros(n_rows, dtype=bool)
        codes, values = columns["document"].coded()
        words = [fold(str(value)) for value in values]
        credit = np.array([_CREDIT.search(word) is not None for word in words], dtype=bool)[codes]
        no_sale = np.array([_NO_SALE.match(word) is not None for word in words], dtype=bool)[codes]
        if credit.any():
            note = phrase("ledger", "credit_notes")
            if note not in self.report.guesses:
                self.report.guesses.append(note)
        return credit, no_sale & ~credit

    def _accounts(self, column: Column, first: Column) -> tuple[Ints, npt.NDArray[np.object_]]:
        """Number of each row's account, and why a row has none."""
        codes, values = column.coded()
        found = [self._known_codes.get(value) or self._know(value) for value in values]
        accounts = np.array([number for number, _ in found], dtype=np.int64)[codes]
        reasons = np.array([why for _, why in found], dtype=object)[codes]
        if (reasons == "no_account").any():
            heads, texts = first.coded()
            totals = np.array([is_total(code_text(text)) for text in texts], dtype=bool)[heads]
            reasons[(reasons == "no_account") & totals] = "totals_line"
        return accounts, reasons

    def _know(self, value: Any) -> tuple[int, str]:
        """Number of the account that a cell names, and why it names none; looked up once a file."""
        code = code_text(value)
        fault = code_fault(code)
        known = (-1 if fault else self._registry.number(code)), fault
        self._known_codes[value] = known
        return known

    def _known(self, key: str, columns: dict[str, Column], reasons: npt.NDArray[np.object_]) -> Ints | None:
        """Days of a column, where it is there; a row whose day cannot be read is not used."""
        if key not in columns:
            return None
        days = self.dates.days(columns[key])
        reasons[(reasons == "") & (days == UNREADABLE)] = f"no_{key}_date"
        return np.where((days == NO_DATE) | (days == UNREADABLE), NEVER, days)

    def _outstanding(
        self, columns: dict[str, Column], reasons: npt.NDArray[np.object_], turned: Bools
    ) -> Ints | None:
        if "outstanding" not in columns:
            return None
        amounts = self.numbers["outstanding"].read(columns["outstanding"])
        reasons[(reasons == "") & amounts.unreadable] = "no_outstanding"
        empty = np.isnan(amounts.numbers) & ~amounts.unreadable
        if empty.any():
            self._n_without_balance += int(empty.sum())
        return _below_zero(amounts.units(), turned)

    def _set_aside(
        self, lines: Ints, reasons: npt.NDArray[np.object_], units: Ints, columns: dict[str, Column]
    ) -> None:
        shown = {
            "no_amount_readable": "amount",
            "no_date": "date",
            "no_due_date": "due",
            "no_paid_date": "paid",
            "no_outstanding": "outstanding",
            "code_destroyed": "account",
            "no_sale": "document",
        }
        for reason in sorted({str(one) for one in np.unique(reasons[reasons != ""].astype(str))}):
            rows = np.flatnonzero(reasons == reason)
            key = shown.get(reason)
            cells = columns[key].cells()[rows[:1000]].tolist() if key else [""] * min(len(rows), 1000)
            details = [{"value": str(cell)[:40]} for cell in cells] + [{}] * max(0, len(rows) - 1000)
            amounts = units[rows].tolist() if self.report.units_read is not None else None
            self.report.set_aside(lines[rows], reason, amounts, details)

    def _remember(self, columns: dict[str, Column], accounts: Ints, days: Ints, used: Bools) -> None:
        """Keep what the latest line of an account says of its name and place."""
        for key in _TEXTS:
            if key not in columns:
                continue
            codes, values = columns[key].coded()
            order = np.argsort(np.array([str(value) for value in values], dtype=object), kind="stable")
            ranks = np.empty(len(order), dtype=np.int64)
            ranks[order] = np.arange(len(order))
            filled = np.array([bool(str(value or "").strip()) for value in values], dtype=bool)
            rows = np.flatnonzero(used & filled[codes])
            # Of the lines of the latest day the last text by alphabet, whatever their order.
            latest = pd.Series(days[rows] * len(order) + ranks[codes[rows]]).groupby(accounts[rows]).max()
            marks = latest.to_numpy(np.int64)
            texts = np.array([values[order[rank]] for rank in (marks % len(order)).tolist()], dtype=object)
            said = self._registry.texts.setdefault(key, [])
            said.append((latest.index.to_numpy(np.int64), marks // len(order), texts))

    def _orders(self, columns: dict[str, Column], lines: Ints) -> npt.NDArray[np.uint64]:
        """Return a number for each order; a line without one is an order of its own."""
        own = (np.uint64(self._place + 1) << np.uint64(56)) + (lines.astype(np.uint64) << np.uint64(24))
        if "number" not in columns:
            return own
        cells = columns["number"].cells().tolist()
        if set(map(type, cells)) != {str}:
            cells = [cell if isinstance(cell, str) else code_text(cell) for cell in cells]
        objects = np.array(list(map(str.strip, cells)), dtype=object)
        hashed = pd.util.hash_array(objects, categorize=False)
        return np.where(objects == "", own, hashed)


def _below_zero(units: Ints, turned: Bools) -> Ints:
    return np.where(turned, -np.abs(units), units)
