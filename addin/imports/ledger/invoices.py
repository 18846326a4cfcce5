"""Invoices with their payments on the rows: one invoice may stand on several of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from addin.catalogue import Phrase
from addin.imports.files.numbers import UNITS
from addin.imports.ledger.asks import ask_repeated
from addin.imports.ledger.blocks import NOTHING, Block
from addin.imports.ledger.ledger_file import LedgerReader
from addin.imports.report import phrase
from scoring.books.invoice_rows import InvoiceRows, add_invoices, first_rows
from scoring.books.ledger import Ledger
from scoring.books.lines import added, one_code
from scoring.books.repeated import Hint, Reading, invoice_keys, reading_of

__all__ = ["add_invoice_rows"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_CENT: Final = UNITS // 100


def add_invoice_rows(readers: Sequence[LedgerReader], rows: Block, ledger: Ledger, today: int) -> None:
    """Add the invoices of files with the same columns to the measures of accounts.

    Parameters
    ----------
    readers
        The files.
    rows
        All their rows.
    ledger
        The measures.
    today
        The reference day, since 1970-01-01.

    Raises
    ------
    Refusal
        If invoices stand on several rows, and it cannot be told what their amounts are.
    """
    found = _Invoices(readers, rows)
    found.tell()
    if found.reading == "total" and "line_amount" not in rows.money:  # else they may be two equal lines
        rows = found.without_copies()
        found = _Invoices(readers, rows, "total")
    found.report_repeated()
    add_invoices(ledger, found.invoice_rows(), today)


@dataclass
class _Invoices:
    """Rows by the invoices on which they stand."""

    readers: Sequence[LedgerReader]
    rows: Block
    reading: Reading = "once"

    def __post_init__(self) -> None:
        keys = invoice_keys(self.rows.orders, self.rows.accounts, self.rows.days)
        self.invoice = np.unique(keys, return_inverse=True)[1].astype(np.int64)
        self._amounts = self.readers[0].amounts

    def tell(self) -> None:
        """Tell what the amounts are, or ask."""
        told: Hint = self._amounts.told
        rows = self.rows
        self.reading = reading_of(
            self.invoice,
            rows.units,
            payments=self._payments(),
            due=rows.days_of.get("due"),
            rest=rows.said["rest"].view(np.uint64),
            has_lines="line_amount" in rows.money,
            has_payments="paid_amount" in rows.money,
            hint=told or self._amounts.hint,
        )
        if told and self.reading != "once":
            self.reading = "total" if told == "total" else "lines"
        if self.reading == "unclear" and self._amounts.has_amount:
            first = self._first_several()
            lines = sorted(rows.lines[self.invoice == first].tolist())
            raise ask_repeated(self.readers[0].found.path.name, self._amounts.header, lines)
        if self.reading == "lines":
            self._say_twins()

    def _payments(self) -> npt.NDArray[np.uint64] | None:
        """Return a number for what each row says of a payment."""
        paid = self.rows.days_of.get("paid")
        amount = self.rows.money.get("paid_amount")
        if paid is None and amount is None:
            return None
        nothing = np.full(len(self.rows), NOTHING)
        keys = [nothing if column is None else column for column in (paid, amount)]
        return invoice_keys(np.zeros(len(self.rows), dtype=np.uint64), *keys)

    def _first_several(self) -> int:
        """Return the first invoice on several rows of the same amount."""
        rows, invoice = self.rows, self.invoice
        order = np.lexsort((rows.lines, rows.place))
        several = np.bincount(invoice) > 1
        low = np.full(len(several), np.iinfo(np.int64).max)
        high = np.full(len(several), np.iinfo(np.int64).min)
        np.minimum.at(low, invoice, rows.units)
        np.maximum.at(high, invoice, rows.units)
        alike = (several & (low == high))[invoice[order]]
        return int(invoice[order][np.argmax(alike)])

    def _same(self) -> Ints:
        """Return a number for each row, the same for rows that are alike in everything."""
        rows = self.rows
        columns = [self.invoice, rows.units, rows.said["rest"], *rows.days_of.values(), *rows.money.values()]
        return one_code(*(np.unique(column, return_inverse=True)[1].astype(np.int64) for column in columns))

    def _copies(self) -> Bools:
        """Which rows repeat an earlier one in everything."""
        same = self._same()
        copies = np.ones(len(same), dtype=bool)
        copies[first_rows(same)] = False
        return copies

    def _say_twins(self) -> None:
        """Say that rows which repeat another one were added up, where no other column tells lines apart."""
        copies = self._copies()
        several = (np.bincount(self.invoice) > 1)[self.invoice]
        if not copies.any() or (several & ~self._repeats(copies)).any():
            return
        details = {"count": int(copies.sum()), "amount": int(self.rows.units[copies].sum()) / UNITS}
        lines = np.sort(self.rows.lines[copies])[:5].tolist()
        said = phrase("guess", "twins", lines=[str(line) for line in lines], **details)
        self.readers[0].report.guesses.append(said)

    def _repeats(self, copies: Bools) -> Bools:
        """Which rows are copies, or have some."""
        same = self._same()
        found: Bools = np.isin(same, same[copies])
        return found

    def without_copies(self) -> Block:
        """Set aside rows that repeat a payment once more: the invoice does not ask for as much."""
        copies = self._copies()
        if not copies.any():
            return self.rows
        paid, asked = self.rows.money.get("paid_amount"), self._asked()
        if paid is not None:
            sums = added(self.invoice, np.where(copies, 0, _filled(paid)))
            for row in np.flatnonzero(copies).tolist():
                invoice, more = self.invoice[row], int(paid[row])
                if more > 0 and sums[invoice] + more <= asked[row] + _CENT:
                    copies[row] = False  # two payments of one day and amount
                    sums[invoice] += more
        for reader in self.readers:
            mine = np.flatnonzero(copies & (self.rows.place == reader.place))
            report = reader.report
            report.n_used -= len(mine)
            report.set_aside(self.rows.lines[mine], "again", [0] * len(mine))
            _less(reader, int(self.rows.units[mine].sum()))
        return self.rows.only(~copies)

    def _asked(self) -> Ints:
        """Return what the invoice of each row asks for at most, tax included."""
        gross = self.rows.money.get("gross")
        if gross is not None:
            return np.where(gross == NOTHING, self.rows.units, gross)
        return (self.rows.units * (1.3 if self._amounts.untaxed else 1)).astype(np.int64)

    def report_repeated(self) -> None:
        """Count each total once, and say so."""
        if self.reading != "total":
            return
        first = first_rows(self.invoice)
        more = np.ones(len(self.rows), dtype=bool)
        more[first] = False
        for reader in self.readers:
            _less(reader, int(self.rows.units[more & (self.rows.place == reader.place)].sum()))
        details = {"header": self._amounts.header, "count": len(first), "rows": len(self.rows)}
        amount = int(self.rows.units[first].sum()) / UNITS
        self.readers[0].report.guesses.append(phrase("guess", "repeated", amount=amount, **details))

    def invoice_rows(self) -> InvoiceRows:
        """Return the rows as they are measured."""
        rows, money = self.rows, {key: _filled(column) for key, column in self.rows.money.items()}
        spread = {key: self._spread(key) for key in ("outstanding", "paid_amount", "gross") if key in money}
        grouped = self.reading == "total" or "total" in spread.values()
        invoice = self.invoice if grouped else np.arange(len(rows))
        n_invoices = int(invoice.max(initial=-1)) + 1
        first = first_rows(invoice)
        amount = rows.units
        if self.reading == "total":
            amount = np.zeros_like(rows.units)
            amount[first] = self._sold(first)
        if grouped:
            for key, reading in spread.items():
                if reading == "lines" and key != "paid_amount":
                    money[key] = added(invoice, money[key], n_invoices)[invoice]
                elif reading == "total" and key == "paid_amount":
                    once = np.zeros_like(money[key])
                    once[first] = money[key][first]
                    money[key] = once
        asked = money.get("gross")
        if asked is None and self.reading == "total":
            asked = rows.units
        elif asked is not None:
            asked = np.where(rows.money["gross"] == NOTHING, rows.units, asked)
        paid = rows.days_of.get("paid")
        taxed = "gross" in money or not self._amounts.untaxed
        if not taxed and "paid_amount" in money:
            self.readers[0].report.guesses.append(phrase("guess", "payments_with_tax"))
        return InvoiceRows(
            invoice,
            rows.accounts,
            rows.days,
            amount,
            rows.orders,
            due=rows.days_of.get("due"),
            asked=asked,
            outstanding=money.get("outstanding"),
            paid=paid,
            paid_amount=money.get("paid_amount"),
            settled=rows.settled,
            taxed=taxed,
        )

    def _spread(self, key: str) -> Reading:
        """Tell whether another amount is that of its row, or that of the invoice on each of its rows."""
        if self.reading == "total":
            return "lines" if key == "paid_amount" else "total"
        if self.reading == "once":
            return "lines"
        column = _filled(self.rows.money[key])
        reading = reading_of(self.invoice, column, has_lines=True)
        if reading != "total" or reading_of(self.invoice, self.rows.units, has_lines=True) != "total":
            return "total" if reading == "total" and column.any() else "lines"
        beyond = np.abs(column) > np.abs(self.rows.units) * 1.3  # more than this line can owe, tax included
        return "total" if beyond.any() else "lines"

    def _sold(self, first: Ints) -> Ints:
        """Return what was sold by each invoice: its total, or its lines where these are without tax."""
        total = self.rows.units[first]
        if "line_amount" not in self.rows.money:
            return total
        lines = added(self.invoice, _filled(self.rows.money["line_amount"]), len(first))
        tax = np.zeros_like(total)
        if "tax" in self.rows.money:
            column = _filled(self.rows.money["tax"])
            repeated = reading_of(self.invoice, column, has_lines=True) in ("total", "once")
            tax = column[first] if repeated else added(self.invoice, column, len(first))
        equal, net = (np.abs(lines - sum_) <= _CENT for sum_ in (total, total - tax))
        without_tax = bool((net & ~equal).sum() > (equal & ~net).sum())
        wrong = ~(net if without_tax else equal)
        if wrong.any():
            self.readers[0].report.guesses.append(self._lines_differ(first, wrong, lines, total))
        return lines if without_tax else total

    def _lines_differ(self, first: Ints, wrong: Bools, lines: Ints, total: Ints) -> Phrase:
        place = int(np.flatnonzero(wrong)[np.argmin(self.rows.lines[first][wrong])])
        return phrase(
            "checks",
            "lines",
            count=int(wrong.sum()),
            line=str(int(self.rows.lines[first][place])),
            added=int(lines[place]) / UNITS,
            total=int(total[place]) / UNITS,
        )


def _filled(units: Ints) -> Ints:
    return np.where(units == NOTHING, 0, units)


def _less(reader: LedgerReader, units: int) -> None:
    """Take amounts that stand there once more out of the sums of a file."""
    report = reader.report
    if report.units_read is not None and report.units_used is not None:
        report.units_read -= units
        report.units_used -= units
