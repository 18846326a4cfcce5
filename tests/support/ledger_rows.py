"""Rows of ledgers."""

import datetime as dt

from imports.harness import lines
from support.books import Tables

FIRST, LAST = dt.date(2023, 7, 1), dt.date(2026, 6, 30)
"""The three periods of twelve months that end on the day of the tests."""

PAYMENTS = ("Account", "Invoice number", "Invoice date", "Due date", "Amount", "Paid on")


def day(year, month, number):
    return dt.datetime(year, month, number)


def covering(width=3, code="Z"):
    """Lines of an account that make a file cover all three periods."""
    return [[code, date.isoformat(), 1, *[""] * (width - 3)] for date in (FIRST, LAST)]


def invoices(*rows, header=("Account", "Invoice date", "Amount")):
    return lines(header, *rows, *covering(len(header)))


def paid(*rows):
    """Invoices of account A: date, due date, amount and day of payment of each."""
    filled = [["A", f"F{at}", *row] for at, row in enumerate(rows)]
    return lines(PAYMENTS, *filled, ["Z", "X", FIRST, FIRST, 1, FIRST], ["Z", "Y", LAST, LAST, 1, LAST])


def settings(reference=None, *, closed=False, year_end=None, terms=None, language="en"):
    tables = Tables(language)
    words = tables.words.words("periods")
    values = {
        "reference_date": dt.datetime.combine(reference, dt.time()) if reference else None,
        "periods": words["years" if closed else "months"],
        "year_end": year_end,
        "payment_terms": terms,
    }
    for key, value in values.items():
        if value is not None:
            tables.setting(key, value)
    return tables
