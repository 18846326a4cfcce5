"""Rows of invoices on which payments stand: one invoice may be on several of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scoring.books.ledger import NEVER, Ledger
from scoring.books.lines import added

__all__ = ["InvoiceRows", "add_invoices", "first_rows"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


class InvoiceRows(NamedTuple):
    """Rows of invoices; all arrays are of shape (n_rows,) and int64 where nothing else is said.

    Attributes
    ----------
    invoice
        Number of the invoice of each row, from 0 without a gap.
    account, day
        Its account and its day.
    amount
        What of its amount is on this row: all of it on one row where it is repeated.
    orders
        A number for each order, uint64.
    due
        Due day, :data:`NEVER` where none is given; None where there is no such column, as for all below.
    asked
        What the invoice asks for, tax included: repeated on each of its rows.
    outstanding
        What is open of it: repeated on each of its rows.
    paid
        Day of a payment, :data:`NEVER` for none.
    paid_amount
        What that payment paid.
    settled
        Whether nothing of it is open, whatever is known of its payments: bool.
    taxed
        Whether payments can be set against what is asked: both are with tax.
    """

    invoice: Ints
    account: Ints
    day: Ints
    amount: Ints
    orders: npt.NDArray[np.uint64]
    due: Ints | None = None
    asked: Ints | None = None
    outstanding: Ints | None = None
    paid: Ints | None = None
    paid_amount: Ints | None = None
    settled: Bools | None = None
    taxed: bool = True


def first_rows(invoice: Ints) -> Ints:
    """Return the place of the first row of each invoice, an int64 array of shape (n_invoices,)."""
    return np.unique(invoice, return_index=True)[1].astype(np.int64)


def add_invoices(ledger: Ledger, rows: InvoiceRows, today: int) -> None:
    """Add invoices and their payments to the measures of accounts.

    Parameters
    ----------
    ledger
        The measures.
    rows
        The rows.
    today
        Later payments have not been made yet [days since 1970-01-01].

    Notes
    -----
    Every payment counts with its own days and amount. Where amounts of payments are not given, the
    payments of an invoice share what was paid of it in equal parts. Where payments are with tax and the
    invoice is known without it, an invoice that was paid in full or more is closed.
    """
    first = first_rows(rows.invoice)
    n_invoices = len(first)
    account, day = rows.account[first], rows.day[first]
    amount = added(rows.invoice, rows.amount, n_invoices)
    ledger.sell(account, day, amount, rows.orders[first])
    if rows.outstanding is None and rows.paid is None and rows.paid_amount is None:
        return
    due = np.full(n_invoices, NEVER)
    if rows.due is not None:
        np.maximum.at(due, rows.invoice, rows.due)
    due = ledger.due_days(day, due)
    asked = amount if rows.asked is None else rows.asked[first]
    happened = _happened(rows, today)
    still = _open(rows, asked, happened, n_invoices)
    if rows.settled is not None and rows.outstanding is None:
        still = np.where(added(rows.invoice, rows.settled.astype(np.int64), n_invoices) > 0, 0, still)
    if rows.paid is not None:
        dated = happened & (rows.paid != NEVER)
        parts = _parts(rows, asked - still, dated, n_invoices)
        counted = dated & (parts > 0)
        invoice = rows.invoice[counted]
        ledger.pay(account[invoice], due[invoice], rows.paid[counted], parts[counted])
    known = day <= today
    ledger.owe(account[known], due[known], still[known])


def _happened(rows: InvoiceRows, today: int) -> Bools:
    """Whether each row holds a payment that has been made."""
    if rows.paid is None:
        return np.ones(len(rows.invoice), dtype=bool)
    past: Bools = rows.paid <= today
    # Of an amount without a day it is known that it was paid, not when.
    return past if rows.paid_amount is not None else past & (rows.paid != NEVER)


def _open(rows: InvoiceRows, asked: Ints, happened: Bools, n_invoices: int) -> Ints:
    """Return what is open of each invoice."""
    if rows.outstanding is not None:  # programs repeat it, or write what was left after each payment
        order = np.lexsort((np.abs(rows.outstanding), rows.invoice))
        least: Ints = rows.outstanding[order][first_rows(rows.invoice[order])]
        return least
    if rows.paid_amount is not None:
        left: Ints = asked - added(rows.invoice, np.where(happened, rows.paid_amount, 0), n_invoices)
        if rows.taxed:
            return left
        return np.where(asked >= 0, np.maximum(left, 0), np.minimum(left, 0))
    is_paid = added(rows.invoice, happened.astype(np.int64), n_invoices) > 0
    return np.where(is_paid, 0, asked)


def _parts(rows: InvoiceRows, settled: Ints, dated: Bools, n_invoices: int) -> Ints:
    """Return what each payment paid."""
    if rows.paid_amount is not None:
        return rows.paid_amount
    n_payments = np.maximum(added(rows.invoice, dated.astype(np.int64), n_invoices), 1)
    each: Ints = np.maximum(settled, 0) // n_payments
    return each[rows.invoice]
