"""Invoices or statements of one file, read chunk by chunk: what each row is, and why some are set aside."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from addin.imports.describe import describe
from addin.imports.facts import code_fault, code_text, is_total
from addin.imports.files.chunks import Chunk, Column
from addin.imports.files.dates import EPOCH, NO_DATE, UNREADABLE, Dates
from addin.imports.files.known_cells import KnownCells
from addin.imports.files.numbers import Amounts
from addin.imports.files.text_file import TextFile
from addin.imports.group_labels import SupplierCode
from addin.imports.ledger.amount_columns import AmountColumns, units_or_nothing
from addin.imports.ledger.as_then import Then
from addin.imports.ledger.asides import Asides
from addin.imports.ledger.blocks import Block
from addin.imports.ledger.carried import carried
from addin.imports.ledger.cell_marks import letters, number_marks, rest_marks, wordings
from addin.imports.ledger.checks import Checks
from addin.imports.ledger.meanings import Meanings, RowMeanings
from addin.imports.ledger.reasons import Reasons
from addin.imports.ledger.registry import Registry
from addin.imports.recognise import Recognised
from addin.imports.report import FileReport, phrase
from addin.imports.row_words import Says
from addin.imports.rules import Rules
from addin.refusals import Refusal
from scoring.books.ledger import NEVER

__all__ = ["LedgerReader", "Way"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

Way = Literal["passing", "kept"]
"""Whether rows go by, or are kept until all of them are known."""
_DATES: Final = ("date", "due", "paid")
_TEXTS: Final = ("name", "postcode", "rep", "sector", "company_no")
_CODED: Final = frozenset({"account", *_DATES, *_TEXTS})
_WHOLE: Final = re.compile(r"-?\d{1,3}(?:[ \u00a0\u202f]?\d{3})*")
_CENTS: Final = re.compile(r"\d{2}")
_MOST_UNITS: Final = 2**62
_NO_INVOICE: Final = (Says.PAYMENT, Says.RETURNED, Says.OPENING, Says.OTHER)


class LedgerReader:
    """Reads one file of invoices or statements.

    Parameters
    ----------
    found
        The file.
    registry
        The accounts of all files.
    rules
        The choices of the workbook.
    place
        Place of the file among all, so that lines without a number are told apart.
    way
        Whether its rows are kept: then what else their cells say is read too.
    orders
        Whether orders count as sales.

    Attributes
    ----------
    found, place, way
        As given.
    currency
        That of the workbook, as the workbook says it.
    report
        What was read.
    amounts, meanings, checks
        Its columns of amounts, what its rows mean, and what contradicts itself.
    latest, knows
        The last day of its invoices, and the last of which it knows anything.
    credits_read, credits_used
        Sums of the rows whose side is the credit.
    has_payments
        Whether some rows are payments or openings, and nothing else says what is paid.
    paid_alone
        Lines that have the amount of a payment, and none of an invoice.
    undated
        What stands for the date of rows of which it cannot be read.
    then
        What was known on an earlier day, where that is asked.
    """

    def __init__(
        self,
        found: Recognised,
        registry: Registry,
        rules: Rules,
        place: int,
        way: Way = "passing",
        *,
        orders: bool = False,
    ) -> None:
        self.found = found
        self._registry = registry
        self._language = rules.language
        self.currency = rules.currency
        self._today = (rules.reference - EPOCH).days
        self.then = Then(rules.known_until)
        self.place = place
        self.way = way
        self._at = found.places
        self.dates = Dates(found.path.name)
        self.amounts = AmountColumns(found)
        self.meanings = RowMeanings(found, rules, orders=orders)
        self.checks = Checks(self.amounts)
        self.report = FileReport(found.name, "ledger")
        self._asides = Asides(found, self.report, self.meanings, {**self._at, **self.amounts.places})
        if self.amounts.has_amount:
            self.report.units_read = self.report.units_used = self.report.units_aside = 0
        self.first, self.last = np.iinfo(np.int64).max, NEVER
        self.latest = self.knows = NEVER
        self.has_payments = False
        self.paid_alone: list[int] = []
        self.undated: list[str] = []
        self._in_magnitude = 0.0
        self.credits_read = self.credits_used = 0
        self._n_rejoined = self._n_without_balance = 0
        self._known_codes = KnownCells()  # by their places in the two lists
        self._numbers: list[int] = []
        self._faults: list[str] = []

    @property
    def is_statement(self) -> bool:
        """Whether its rows are debits and credits."""
        return self.amounts.in_two or "side" in self._at

    def read(self, take: Callable[[Block], None], progress: Callable[[int], None]) -> None:
        """Read all lines, and hand on those that are used."""
        wanted = {0: True} | {at: target in _CODED for target, at in self._at.items()}
        wanted |= dict.fromkeys(self.meanings.positions, True)
        if self.way == "kept":
            wanted = {at: wanted.get(at, False) for at in range(len(self.found.headers))}
        source, width = self.found.source, len(self.found.headers)
        waiting: list[Chunk] = []
        line = self.found.header_line
        for chunk in source.chunks(line, width, wanted, repair=self._rejoined, progress=progress):
            self._observe(chunk)
            waiting.append(chunk)
            if self.dates.ready and self.amounts.ready:
                self._take_all(waiting, take)
        self._take_all(waiting, take)
        self._look_at_head()
        describe(self.report, self.found, self.dates, self.amounts.numbers)
        guesses = self.report.guesses
        if self._n_without_balance:
            guesses.append(phrase("guess", "no_balance", count=self._n_without_balance))
        if self.amounts.taxed:
            guesses.append(phrase("guess", "with_tax"))
        if self._n_rejoined:
            guesses.append(phrase("guess", "amounts_joined", count=self._n_rejoined))

    def _look_at_head(self) -> None:
        """Note the day of which the file is, where its head says so."""
        as_of = self.found.as_of
        if as_of is not None and self.knows != NEVER and (day := (as_of - EPOCH).days) <= self._today:
            self.knows = max(self.knows, day)

    def _rejoined(self, cells: list[str]) -> list[str] | None:
        """Put an amount together whose decimal comma was taken for the separator, where it is sure."""
        at, width = self.amounts.places.get("amount"), len(self.found.headers)
        if not any(cell.strip() for cell in cells[width:]):
            return cells[:width]
        if at is None or self.found.source.delimiter != "," or len(cells) != width + 1:
            return None
        if not _WHOLE.fullmatch(cells[at].strip()) or not _CENTS.fullmatch(cells[at + 1].strip()):
            return None
        return [*cells[:at], f"{cells[at]},{cells[at + 1]}", *cells[at + 2 :]]

    def _observe(self, chunk: Chunk) -> None:
        for key in _DATES:
            if key in self._at:
                self.dates.observe(chunk.columns[self._at[key]].coded()[1], key)
        self.amounts.observe(chunk)

    def _take_all(self, waiting: list[Chunk], take: Callable[[Block], None]) -> None:
        self.dates.settle()
        decided = self.amounts.settle(self._language)
        if isinstance(self.found.source, TextFile):
            self.found.source.decimals = decided
        for chunk in waiting:
            self._take(self.then.rows(chunk, self._at, self.dates, self._accounts), take)
        waiting.clear()

    def _take(self, chunk: Chunk, take: Callable[[Block], None]) -> None:
        self.report.begin(chunk)
        self._n_rejoined += sum(one.reason == "cells_joined" for one in chunk.broken)
        if not chunk.n_rows:
            return
        columns = {key: chunk.columns[at] for key, at in self._at.items()}
        accounts, reasons = self._accounts(columns["account"], chunk.columns[0])
        meanings = self.meanings.of(chunk.columns, self.amounts.main(chunk), chunk.n_rows)
        totals, over = carried(columns, chunk.n_rows)
        reasons.give("totals_line", totals)
        if not self.is_statement:  # a statement begins with what was open before
            reasons.give("carried_over", over)
        is_row = ~reasons.are("no_account", "totals_line", "carried_over")
        self.meanings.set_totals_apart(meanings, is_row)
        read = self.amounts.read(chunk)
        amounts, units = self.amounts.amounts(read, chunk.n_rows)
        units = meanings.signed(units, sides=self.is_statement)
        self._check_magnitude(units)
        self.checks.totals(reasons.are("totals_line"), read, units, meanings, chunk.lines)
        self.meanings.count(meanings, units, is_row)
        if meanings.side is not None:
            reasons.give("no_side", meanings.side == Says.BLANK)
        self._leave_out(reasons, meanings)
        reasons.give("no_amount_readable", amounts.unreadable)
        self._missing_amounts(chunk, reasons, read, amounts)
        days = self.dates.days(columns["date"], "date")
        undated = reasons.none & (days == UNREADABLE)
        reasons.give("no_date", undated)
        if undated.any():
            self.undated += [str(cell)[:40] for cell in columns["date"].cells()[undated].tolist()]
        reasons.give("date_empty", days == NO_DATE)
        days_of: dict[str, Ints] = {
            key: self._known(key, columns, reasons) for key in ("due", "paid") if key in columns
        }
        money = self._money(read, reasons, meanings)
        self._note_days(days, reasons)
        used = reasons.none
        self._count(units, used, meanings)
        self.meanings.count_used(meanings, used)
        self._asides.add(chunk, reasons, units, amounts, meanings)
        if not used.any():
            return
        self._span(days[used], days_of["paid"][used] if "paid" in days_of else None)
        for key in _TEXTS:
            if key in columns:
                self._registry.remember(key, columns[key], accounts, days, used)
        if self.found.position("account") is None and "postcode" in columns:
            self._registry.see_places(columns["postcode"], accounts, used)
        numbers = number_marks(columns.get("number"), chunk.lines, self.place)
        said = self._said(chunk, meanings) if self.way == "kept" else {}
        place = np.full(chunk.n_rows, self.place)
        settled = meanings.says_paid == 1
        columns_of = (accounts, days, units, numbers, meanings.kind, settled, chunk.lines, place)
        block = Block(*columns_of, money, days_of, said).only(used)
        self.checks.taxes(block)
        take(self.then.known(block))

    def _missing_amounts(
        self, chunk: Chunk, reasons: Reasons, read: dict[str, Amounts], amounts: Amounts
    ) -> None:
        """Set aside rows without an amount, and note those that have one of a payment."""
        if not self.amounts.has_amount:
            return
        without = reasons.none & np.isnan(amounts.numbers)
        reasons.give("no_amount", without)
        if "paid_amount" in read and without.any():
            paid = without & (np.nan_to_num(read["paid_amount"].numbers) != 0)
            self.paid_alone += chunk.lines[paid].tolist()

    def _leave_out(self, reasons: Reasons, meanings: Meanings) -> None:
        """Set aside what is in another currency, what its words leave out, and payments known otherwise."""
        free = reasons.none | reasons.are("code_destroyed")
        reasons.replace("other_currency", free & meanings.foreign)
        free &= ~meanings.foreign
        columns = (*self.meanings.heads, *self.meanings.columns)
        roles = {column.match.position: column.role for column in columns}
        for at, role in roles.items():
            reason = "no_sale" if role == "document" else "left_out"
            reasons.replace(reason, free & (meanings.left_by == at))
        no_invoice = free & (meanings.left_by == -1) & np.isin(meanings.kind, _NO_INVOICE)
        if (
            self.is_statement
            or self.amounts.places.keys() & {"outstanding", "balance"}
            or not no_invoice.any()
        ):
            return
        if "paid" in self._at or "paid_amount" in self.amounts.places:
            reasons.replace("no_sale", no_invoice)
        else:
            self.has_payments = True

    def _money(self, read: dict[str, Amounts], reasons: Reasons, meanings: Meanings) -> dict[str, Ints]:
        """Return the other amounts of rows; those of what takes money off are below zero."""
        money = {}
        for key, amounts in read.items():
            if key in ("amount", "debit", "credit") and not self.amounts.in_two:
                continue
            units = units_or_nothing(amounts)
            if key == "outstanding" and not self.is_statement:
                reasons.give("no_outstanding", amounts.unreadable)
                self._n_without_balance += int((np.isnan(amounts.numbers) & ~amounts.unreadable).sum())
            if not self.is_statement and key != "balance":
                turned = (meanings.kind == Says.CREDIT_NOTE) & ~np.isnan(amounts.numbers)
                turned |= (meanings.kind == Says.PAYMENT) & ~np.isnan(amounts.numbers)
                units = np.where(turned, -np.abs(units), units)
            money[key] = units
        return money

    def _said(self, chunk: Chunk, meanings: Meanings) -> dict[str, Ints]:
        """Return what else the cells of rows say."""
        columns = {key: chunk.columns[at] for key, at in self._at.items()}
        said = {
            "rest": rest_marks(chunk, self.found),
            "letter": letters(columns.get("letter"), chunk.n_rows),
            "wording": wordings(columns.get("wording"), columns.get("number"), chunk.n_rows),
        }
        others = {
            "side": meanings.side,
            "journal": meanings.journal,
            "journal_word": meanings.journal_word,
            "invoice": meanings.says_invoice,
        }
        return said | {key: says for key, says in others.items() if says is not None}

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

    def _note_days(self, days: Ints, reasons: Reasons) -> None:
        """Note the last day of rows that are left out: the file knows of what was paid until then, too."""
        left = days[reasons.are("left_out", "no_sale") & (days <= self._today)]
        if len(left):
            self.knows = max(self.knows, int(left.max()))

    def _check_magnitude(self, units: Ints) -> None:
        self._in_magnitude += float(np.abs(units.astype(np.float64)).sum())
        if self._in_magnitude > _MOST_UNITS:
            raise Refusal("import_amounts_too_large", file=self.found.path.name)

    def _accounts(self, column: Column, first: Column) -> tuple[Ints, Reasons]:
        """Number of each row's account, and why a row has none."""
        codes, values = column.different()
        places = self._known_codes.numbers(values, self._know)
        accounts = np.array(self._numbers, dtype=np.int64)[places][codes]
        reasons = Reasons(self._faults, places[codes])
        without = reasons.are("no_account")
        if without.any():
            heads, texts = first.coded()
            totals = np.array([is_total(code_text(text)) for text in texts], dtype=bool)[heads]
            reasons.replace("totals_line", without & totals)
        return accounts, reasons

    def _know(self, value: Any) -> int:
        """Note the number of the account that a cell names, and why it names none, and return their place."""
        code = code_text(value)
        fault = "supplier" if isinstance(value, SupplierCode) else code_fault(code)
        self._numbers.append(-1 if fault else self._registry.number(code))
        self._faults.append(fault)
        return len(self._numbers) - 1

    def _known(self, key: str, columns: dict[str, Column], reasons: Reasons) -> Ints:
        """Days of a column; a row whose day cannot be read is not used."""
        days = self.dates.days(columns[key], key)
        reasons.give(f"no_{key}_date", days == UNREADABLE)
        return np.where((days == NO_DATE) | (days == UNREADABLE), NEVER, days)

    def _count(self, units: Ints, used: Bools, meanings: Meanings) -> None:
        """Add up the amounts in the currency of the workbook that are read, used and set aside."""
        report, own = self.report, ~meanings.foreign
        report.n_used += int(used.sum())
        if report.units_read is None or report.units_used is None or report.units_aside is None:
            return
        report.units_read += int(units[own].sum())
        report.units_used += int(units[used].sum())
        report.units_aside += int(units[own & ~used].sum())
        if meanings.side is not None:
            is_credit = own & (meanings.side == Says.CREDIT)
            self.credits_read += int(units[is_credit].sum())
            self.credits_used += int(units[is_credit & used].sum())

    def account_name(self, number: int) -> str:
        """Return the code of an account by its number."""
        facts = self._registry.facts
        return facts.codes[self._registry.keys()[number]]

    def turn_credits(self) -> None:
        """Turn the sign of the credits in all sums: the amounts have it already."""
        report = self.report
        if report.units_read is None or report.units_used is None or report.units_aside is None:
            return
        report.units_read -= 2 * self.credits_read
        report.units_used -= 2 * self.credits_used
        report.units_aside -= 2 * (self.credits_read - self.credits_used)
