"""Files with the same columns are read as one: what their amounts are is told by all of their rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from addin.imports.files.dates import EPOCH
from addin.imports.ledger.as_then import without_letters, without_rest
from addin.imports.ledger.asks import (
    ask_balance,
    ask_dates,
    ask_movements,
    ask_payments,
    ask_unknown_words,
    ask_untold_columns,
)
from addin.imports.ledger.blocks import NOTHING, Block, joined
from addin.imports.ledger.invoices import add_invoice_rows
from addin.imports.ledger.ledger_file import LedgerReader, Way
from addin.imports.ledger.registry import Registry
from addin.imports.ledger.running import balance_of
from addin.imports.ledger.statements import add_statements
from addin.imports.ledger.words_said import say_words
from addin.imports.recognise import Recognised
from addin.imports.row_words import Says
from addin.imports.rules import Rules
from addin.refusals import Refusal
from scoring.books.daily import DailySales
from scoring.books.ledger import UNDATED, Ledger
from scoring.books.repeated import Watch, invoice_keys
from scoring.text import fold

__all__ = ["Group", "grouped", "read_group"]

Ints = npt.NDArray[np.int64]

_NEED_ALL_ROWS: Final = (
    *("side", "debit", "credit", "balance", "paid_amount", "line_amount", "invoice_total"),
)
_FEW_UNDATED: Final = 4
"""Rows without a date that can be read which a list may well have, however short it is."""
_INVOICES: Final = (int(Says.COUNTS), int(Says.CREDIT_NOTE))

Files = Sequence[tuple[int, Recognised]]
Progress = Callable[[Recognised, int], None]


@dataclass
class Group:
    """Files with the same columns, and what they add up to.

    Attributes
    ----------
    readers
        One for each file.
    ledger
        Their measures.
    is_statement
        Whether their rows are debits and credits.
    """

    readers: list[LedgerReader]
    ledger: Ledger
    is_statement: bool = False

    @property
    def has_amount(self) -> bool:
        """Whether their rows have amounts."""
        return self.readers[0].amounts.has_amount

    @property
    def has_payments(self) -> bool:
        """Whether they say what is paid, or open."""
        places = self.readers[0].amounts.places.keys()
        found = self.readers[0].found
        if not self.is_statement and any(reader.then.undated for reader in self.readers):
            return False
        return self.is_statement or found.has("paid") or bool(places & {"outstanding", "paid_amount"})

    @property
    def is_dated(self) -> bool:
        """Whether they say when something is paid."""
        return self.has_payments and (self.is_statement or self.readers[0].found.has("paid"))


def grouped(files: Sequence[Recognised]) -> list[Files]:
    """Return files with their places, those with the same columns together."""
    groups: dict[tuple[str, ...], list[tuple[int, Recognised]]] = {}
    for place, file in enumerate(files):
        groups.setdefault(tuple(map(fold, file.headers)), []).append((place, file))
    return list(groups.values())


def read_group(files: Files, registry: Registry, rules: Rules, progress: Progress) -> Group:
    """Read files with the same columns.

    Raises
    ------
    Refusal
        If it cannot be told what their rows mean.
    """
    found = files[0][1]
    needs_all = found.has(*_NEED_ALL_ROWS) or balance_of(found, is_statement=False) is not None
    reading = _Reading(files, registry, rules, progress)
    if not needs_all:
        reading.read("passing")
        needs_all = reading.needs_a_closer_look
    if needs_all:
        reading.read("kept")
    for reader in reading.readers:
        if len(reader.undated) > max(_FEW_UNDATED, reader.report.n_used):
            raise ask_dates(reader.found, reader.undated)
        if reader.paid_alone:
            raise ask_payments(reader.found, reader.paid_alone)
        ask_untold_columns(reader.found.path.name, reader.meanings)
    if reading.holds_orders_alone:
        if not rules.is_ledger:
            raise Refusal("import_orders", file=found.path.name)
        reading.read(reading.way, orders=True)
    for reader in reading.readers:
        ask_unknown_words(reader.found.path.name, reader.meanings)
    group = Group(reading.readers, reading.ledger)
    if reading.blocks:
        rows = without_letters(joined(reading.blocks), [reader.then for reader in reading.readers])
        _measure(group, rows, (rules.reference - EPOCH).days)
    for reader in group.readers:
        say_words(reader)
        reader.report.guesses += reader.checks.said()
    return group


def _measure(group: Group, rows: Block, today: int) -> None:
    """Add up rows that were kept."""
    reader = group.readers[0]
    balance = balance_of(reader.found, is_statement=reader.is_statement)
    group.is_statement = reader.is_statement or any(one.has_payments for one in group.readers)
    if balance is not None and not group.is_statement:
        reading = balance.reading(rows, today)
        if reading == "unclear" and balance.match.how != "remembered":
            raise ask_balance(reader.found.path.name, balance.match.header)
        group.is_statement = reading == "running"
    if group.is_statement and balance is not None and not group.has_amount:
        raise ask_movements(reader.found, balance.match.header)
    if group.is_statement:
        add_statements(group.readers, rows, balance, group.ledger, today)
        return
    rows = without_rest(rows, reader.then.until)
    invoices = np.isin(rows.kinds, _INVOICES)
    if not invoices.all():
        _owe(group.ledger, rows.only(~invoices), today)
        rows = rows.only(invoices)
    if len(rows):
        add_invoice_rows(group.readers, rows, group.ledger, today)


def _owe(ledger: Ledger, rows: Block, today: int) -> None:
    """Add what is open of payments and openings among invoices: they are no sales."""
    if "outstanding" in rows.money:
        rows = rows.only(rows.days <= today)
        ledger.owe(rows.accounts, np.full(len(rows), UNDATED), _filled(rows.money["outstanding"]))


@dataclass
class _Reading:
    """One pass, or two, over files with the same columns."""

    files: Files
    registry: Registry
    rules: Rules
    progress: Progress
    way: Way = "passing"
    readers: list[LedgerReader] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def read(self, way: Way, *, orders: bool = False) -> None:
        """Read all files from the beginning."""
        self.way = way
        self.today = (self.rules.reference - EPOCH).days
        self.ledger = Ledger(self.rules.periods(), self.rules.terms, self.today)
        self.ledger.daily = DailySales() if self.rules.by_day else None
        self.watch = Watch()
        self.blocks = []
        self.readers = []
        for place, file in self.files:
            reader = LedgerReader(file, self.registry, self.rules, place, way, orders=orders)
            reader.read(self._pass if way == "passing" else self.blocks.append, self._step)
            self.readers.append(reader)

    def _step(self, n_bytes: int) -> None:
        self.progress(self.files[len(self.readers)][1], n_bytes)

    def _pass(self, rows: Block) -> None:
        """Add up rows that go by."""
        rows = without_rest(rows, self.rules.known_until)
        invoices = np.isin(rows.kinds, _INVOICES)
        if not invoices.all():
            _owe(self.ledger, rows.only(~invoices), self.today)
            rows = rows.only(invoices)
        paid = rows.days_of.get("paid")
        self.watch.add(invoice_keys(rows.orders, rows.accounts, rows.days), rows.units, paid)
        gross, outstanding = rows.money.get("gross"), rows.money.get("outstanding")
        self.ledger.add(
            rows.accounts,
            rows.days,
            rows.units,
            due=rows.days_of.get("due"),
            paid=paid,
            outstanding=None if outstanding is None else _filled(outstanding),
            orders=rows.orders,
            asked=None if gross is None else np.where(gross == NOTHING, rows.units, gross),
            settled=rows.settled,
        )

    @property
    def needs_a_closer_look(self) -> bool:
        """Whether only all rows together tell what they mean."""
        repeated = self.watch.is_several and "outstanding" in self.readers[0].amounts.places
        return (
            self.watch.needs_a_closer_look or repeated or any(reader.has_payments for reader in self.readers)
        )

    @property
    def holds_orders_alone(self) -> bool:
        """Whether their documents are orders, and none is an invoice."""
        words = [
            word
            for reader in self.readers
            for column in reader.meanings.columns
            if column.role == "document"
            for word in column.words.values()
            if word.n_rows
        ]
        sold = (Says.COUNTS, Says.CREDIT_NOTE, Says.DEPOSIT, Says.BLANK)
        return any(word.says is Says.ORDER for word in words) and not any(word.says in sold for word in words)


def _filled(units: Ints) -> Ints:
    return np.where(units == NOTHING, 0, units)
