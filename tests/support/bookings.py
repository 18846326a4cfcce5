"""Accounting lines made by hand, as scoring.books.accounting takes them."""

import pandas as pd

COLUMNS = (
    "year",
    "journal",
    "journal_label",
    "number",
    "date",
    "account",
    "account_label",
    "aux",
    "aux_label",
)
COLUMNS += ("piece", "piece_date", "letter", "debit", "credit")


def line(journal, number, date, account, amount, *, aux="", piece="", letter="", year=0, **more):
    """One line: a positive amount is a debit [cents], a negative one a credit."""
    sides = {"debit": max(amount, 0), "credit": max(-amount, 0)}
    texts = {"journal_label": "", "account_label": "", "aux_label": "", "piece_date": None}
    own = {"journal": journal, "number": number, "date": date, "account": account, "aux": aux}
    return texts | own | {"piece": piece, "letter": letter, "year": year} | sides | more


def book(*lines):
    """The lines, and lists of lines, as one table."""
    flat = [each for item in lines for each in (item if isinstance(item, list) else [item])]
    table = pd.DataFrame(flat, columns=list(COLUMNS))
    for column in ("date", "piece_date"):
        table[column] = pd.to_datetime(table[column]).astype("datetime64[s]")
    return table.astype({"year": "int64", "debit": "int64", "credit": "int64"})


def sale(number, date, client, net, *, piece=None, journal="VE", vat=0, letter="", year=0, **more):
    """An invoice; a negative amount makes it a credit note."""
    shared = {"piece": f"F{number}" if piece is None else piece, "year": year} | more
    lines = [
        line(journal, number, date, "411000", net + vat, aux=client, letter=letter, **shared),
        line(journal, number, date, "707000", -net, **shared),
    ]
    return [*lines, line(journal, number, date, "445710", -vat, **shared)] if vat else lines


def payment(number, date, client, amount, *, journal="BQ", letter="", piece="", year=0):
    """Money from a client; a negative amount is given back."""
    return [
        line(journal, number, date, "411000", -amount, aux=client, letter=letter, piece=piece, year=year),
        line(journal, number, date, "512000", amount, piece=piece, year=year),
    ]
