"""Statements of customers: debits and credits, or payments among invoices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from addin.catalogue import Phrase
from addin.imports.files.numbers import UNITS
from addin.imports.ledger.asks import ask_words
from addin.imports.ledger.blocks import NOTHING, Block, joined
from addin.imports.ledger.cell_marks import speaks_of
from addin.imports.ledger.ledger_file import LedgerReader
from addin.imports.ledger.running import Balance
from addin.imports.report import phrase
from addin.imports.row_words import Says
from scoring.books.ledger import NEVER, Ledger
from scoring.books.statement import Movement, Movements, add_statement

__all__ = ["add_statements"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_OF: Final = {
    Says.CREDIT_NOTE: Movement.CREDIT_NOTE,
    Says.PAYMENT: Movement.PAYMENT,
    Says.RETURNED: Movement.RETURNED,
    Says.OPENING: Movement.OPENING,
    Says.OTHER: Movement.OTHER,
}
_UNTOLD: Final = -1


def add_statements(
    readers: Sequence[LedgerReader], rows: Block, balance: Balance | None, ledger: Ledger, today: int
) -> None:
    """Add the statements of files with the same columns to the measures of accounts.

    Parameters
    ----------
    readers
        The files.
    rows
        All their rows.
    balance
        Their column of balances, None if they have none.
    ledger
        The measures.
    today
        The reference day, since 1970-01-01.

    Raises
    ------
    Refusal
        If a journal is unknown, and nothing else tells what its rows are.
    """
    report = readers[0].report
    rows = _turned(readers, rows)
    followed = balance.follow(rows, today) if balance is not None else None
    rows = _two_sided(rows)
    kinds = _kinds(rows)
    _ask_journals(readers, rows, kinds)
    report.notes += _said(rows, kinds)
    if readers[0].is_statement and not readers[0].amounts.taxed:
        report.guesses.append(phrase("guess", "statement_with_tax"))
    if balance is not None and followed is not None:
        if followed.runs:
            report.notes.append(phrase("ledger", "running", header=balance.match.header))
            report.guesses += followed.said(readers[0].account_name)
            rows, kinds = _opened(rows, kinds, followed.accounts, followed.missing)
        else:
            share = max(followed.found.share, 0.0)
            report.guesses.append(phrase("checks", "no_balance", header=balance.match.header, share=share))
    invoices = kinds == Movement.INVOICE
    due = rows.days_of.get("due", np.full(len(rows), NEVER)).copy()
    due[invoices] = ledger.due_days(rows.days[invoices], due[invoices])
    movements = Movements(rows.accounts, rows.days, due, rows.units, kinds, rows.said["letter"])
    add_statement(ledger, movements, rows.orders, today)


def _turned(readers: Sequence[LedgerReader], rows: Block) -> Block:
    """Take credits as they are where their amounts have a sign already: all of them are below zero."""
    if "side" not in rows.said:
        return rows
    is_credit = rows.said["side"] == Says.CREDIT
    if not (rows.units[is_credit] > 0).any() or (rows.units[is_credit] < 0).any():
        return rows
    for reader in readers:
        reader.turn_credits()
    return replace(rows, units=np.where(is_credit, -rows.units, rows.units))


def _two_sided(rows: Block) -> Block:
    """Return rows of one side each: one with a debit and a credit is an invoice and what was paid of it."""
    if not rows.money.keys() >= {"debit", "credit"}:
        return rows
    debit, credit = (np.where(rows.money[key] == NOTHING, 0, rows.money[key]) for key in ("debit", "credit"))
    both = (debit != 0) & (credit != 0)
    if not both.any():
        return rows
    first, second = rows.only(both), rows.only(both)
    sides = replace(first, units=debit[both]), replace(second, units=-credit[both])
    return joined([rows.only(~both), *sides])


def _kinds(rows: Block) -> Ints:
    """Return what each row is: by its kind of document, its journal, its label, its side, in that order."""
    label, journal = rows.said["wording"], rows.said.get("journal", np.zeros(len(rows), dtype=np.int64))
    raises = rows.units > 0

    def speaks(said: Says) -> Bools:
        return speaks_of(label, said)

    paid, opening = speaks(Says.PAYMENT), speaks(Says.OPENING)
    returned = speaks(Says.RETURNED) & ~speaks(Says.COUNTS)
    credit_note = speaks(Says.CREDIT_NOTE) & ~paid
    sales, money = journal == Says.COUNTS, journal == Says.PAYMENT
    other = (journal == Says.OTHER) | (journal == Says.LEFT_OUT)
    unknown = (journal == Says.UNKNOWN) & (label == 0)
    up = np.select(
        [
            (journal == Says.OPENING) | opening,
            sales,
            money | returned,
            speaks(Says.COUNTS),
            paid,
            other,
            unknown,
        ],
        [
            *(Movement.OPENING, Movement.INVOICE, Movement.RETURNED, Movement.INVOICE, Movement.RETURNED),
            *(Movement.OTHER, _UNTOLD),
        ],
        Movement.INVOICE,
    )
    down = np.select(
        [(journal == Says.OPENING) | opening, money | paid, credit_note | sales, other, unknown],
        [Movement.OPENING, Movement.PAYMENT, Movement.CREDIT_NOTE, Movement.OTHER, _UNTOLD],
        Movement.PAYMENT,
    )
    found: Ints = np.where(raises, up, down).astype(np.int64)
    for said, kind in _OF.items():  # what the file itself says comes first
        found[rows.kinds == said] = kind
    invoice = (rows.kinds == Says.COUNTS) & (rows.said["invoice"] == 1)
    found[invoice] = np.where(raises[invoice], Movement.INVOICE, Movement.CREDIT_NOTE)
    # A credit note taken back is a sale again, and a payment that raises what is owed came back.
    found[raises & (found == Movement.CREDIT_NOTE)] = Movement.INVOICE
    found[raises & (found == Movement.PAYMENT)] = Movement.RETURNED
    found[~raises & (found == Movement.INVOICE)] = Movement.CREDIT_NOTE
    return found


def _ask_journals(readers: Sequence[LedgerReader], rows: Block, kinds: Ints) -> None:
    """Refuse journals of which it is not known what they hold, where nothing else tells."""
    untold = kinds == _UNTOLD
    if not untold.any():
        return
    for reader in readers:
        words = [
            word
            for column in reader.meanings.columns
            if column.role == "journal"
            for word in column.words.values()
        ]
        mine = untold & (rows.place == reader.place)
        numbers = set(rows.said["journal_word"][mine].tolist())
        asked = [word for word in words if word.number in numbers]
        if asked:
            header = next(
                column.match.header for column in reader.meanings.columns if column.role == "journal"
            )
            raise ask_words(reader.found.path.name, "journal", header, asked)


def _opened(rows: Block, kinds: Ints, accounts: Ints, missing: Ints) -> tuple[Block, Ints]:
    """Return rows with what each account owed before them."""
    apart = missing != 0
    if not apart.any():
        return rows, kinds
    first = np.full(int(rows.accounts.max()) + 1, np.iinfo(np.int64).max)
    at = np.zeros(len(first), dtype=np.int64)
    np.minimum.at(first, rows.accounts, rows.days)
    at[rows.accounts] = np.arange(len(rows))
    more = replace(rows.only(at[accounts[apart]]), units=missing[apart])
    more = replace(more, days=first[more.accounts])
    opened = joined([rows, more])
    return opened, np.append(kinds, np.full(len(more), int(Movement.OPENING)))


def _said(rows: Block, kinds: Ints) -> Iterator[Phrase]:
    """Yield how many rows were taken for what."""
    for kind in Movement:
        for side, chosen in (("debit", rows.units > 0), ("credit", rows.units < 0)):
            these = chosen & (kinds == kind)
            if these.any():
                amount = abs(int(rows.units[these].sum())) / UNITS
                what = f"{kind.name.lower()}_{side}"
                yield phrase("movement", what, count=int(these.sum()), amount=amount)
