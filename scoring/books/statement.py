"""Statements of customers: what is owed and what came in, one below the other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scoring.books.ledger import NEVER, UNDATED, Ledger
from scoring.books.lines import one_code
from scoring.books.settlement import Items, settle

__all__ = ["Movement", "Movements", "Settled", "add_statement", "settled"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


class Movement(IntEnum):
    """What a row of a statement is.

    Attributes
    ----------
    INVOICE, CREDIT_NOTE, PAYMENT
        What their names say.
    RETURNED
        A payment that bounced, or money given back.
    OPENING
        What was open before the statement begins.
    OTHER
        A booking that is neither a sale nor money.
    """

    INVOICE = 0
    CREDIT_NOTE = 1
    PAYMENT = 2
    RETURNED = 3
    OPENING = 4
    OTHER = 5


class Movements(NamedTuple):
    """Rows of statements.

    Attributes
    ----------
    account, day
        Int64 arrays of shape (n_rows,).
    due
        Due day of what is an invoice, an int64 array of shape (n_rows,).
    amount
        Int64 array of shape (n_rows,) [any unit]: above 0 raises what is owed.
    kind
        Int64 array of shape (n_rows,) of :class:`Movement`.
    letter
        Int64 array of shape (n_rows,): rows of an account with the same number above 0 clear each other.
    """

    account: Ints
    day: Ints
    due: Ints
    amount: Ints
    kind: Ints
    letter: Ints


@dataclass(frozen=True, slots=True)
class Settled:
    """What was paid of statements, and what is open.

    Attributes
    ----------
    paid_account, paid_due, paid_on, paid
        Int64 arrays of shape (n_parts,): account, due day, day and amount of each payment of an invoice.
    account, due, open
        Int64 arrays of shape (n_rows,): account, due day and what is left of each row; below 0 for what
        nothing asked for.
    """

    paid_account: Ints
    paid_due: Ints
    paid_on: Ints
    paid: Ints
    account: Ints
    due: Ints
    open: Ints


def settled(rows: Movements) -> Settled:
    """Clear what is owed by what came in: within each letter first, then the oldest first.

    Payments clear invoices with days, credit notes and other bookings without. What was open before the
    statement begins is older than all of it, and its days are not known.
    """
    still = np.abs(rows.amount)
    owed, came = rows.amount > 0, rows.amount < 0
    is_payment = came & np.isin(rows.kind, (Movement.PAYMENT, Movement.RETURNED))
    undated = np.isin(rows.kind, (Movement.OPENING, Movement.OTHER))
    returned = np.isin(rows.kind, (Movement.RETURNED, Movement.PAYMENT)) & owed
    day = np.where(rows.kind == Movement.OPENING, NEVER, rows.day)
    due = np.select([undated | came, returned], [np.full_like(day, UNDATED), rows.day], rows.due)
    parts = []
    for group, usable in (
        (one_code(rows.account, rows.letter), rows.letter > 0),
        (one_code(rows.account), np.ones(len(day), dtype=bool)),
    ):
        sides = (owed, is_payment, came & ~is_payment)
        chosen = [np.flatnonzero(side & usable & (still > 0)) for side in sides]
        found = settle(*(Items(group[side], day[side], still[side]) for side in chosen))
        # Credit k is at ~k, which counts from the end.
        clearings = np.concatenate([chosen[1], chosen[2][::-1]])
        invoice, clearing = chosen[0][found.invoice], clearings[found.clearing]
        for side in (invoice, clearing):
            np.subtract.at(still, side, found.amount)
        paid = found.clearing >= 0
        parts.append((invoice[paid], clearing[paid], found.amount[paid]))
    invoice, payment, amount = (np.concatenate(part) for part in zip(*parts, strict=True))
    told = (due[invoice] != UNDATED) & ~(returned[invoice] & (day[payment] <= day[invoice]))
    invoice, payment, amount = invoice[told], payment[told], amount[told]
    return Settled(
        paid_account=rows.account[invoice],
        paid_due=due[invoice],
        paid_on=day[payment],
        paid=amount,
        account=rows.account,
        due=due,
        open=np.where(came, -still, still),
    )


def add_statement(ledger: Ledger, rows: Movements, orders: npt.NDArray[np.uint64], today: int) -> None:
    """Add statements to the measures of accounts.

    Parameters
    ----------
    ledger
        The measures.
    rows
        The statements.
    orders
        A number for each order, of shape (n_rows,).
    today
        Later rows are planned: they are in no payment and not open yet [days since 1970-01-01].
    """
    sold = np.isin(rows.kind, (Movement.INVOICE, Movement.CREDIT_NOTE))
    if sold.any():
        ledger.sell(rows.account[sold], rows.day[sold], rows.amount[sold], orders[sold])
    known = rows.day <= today
    found = settled(Movements(*(column[known] for column in rows)))
    ledger.pay(found.paid_account, found.paid_due, found.paid_on, found.paid)
    ledger.owe(found.account, found.due, found.open)
