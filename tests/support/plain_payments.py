"""A second, deliberately plain reading of how the clients of the shipped exports pay.

Loops over the lines of the files, nothing shared with the product: what :func:`payments` finds is what
an import has to fill in.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from addin.sample.exports import sample_files

TREASURY = ("BQ", "CH")
"""Journals of the bank and of cheques; the till and the bills of exchange of this company pay no invoice."""
ENCODINGS = {2023: ("cp1252", "|"), 2024: ("utf-8-sig", "\t"), 2025: ("iso8859-15", "\t")}


@dataclass(eq=False)
class Item:
    """An invoice, a payment or a credit of a client [cents]."""

    kind: str
    day: dt.date | None
    amount: int
    left: int
    letter: tuple | None
    repeated: bool
    bounced: bool
    moved: bool = False

    def due(self, terms):
        return self.day + dt.timedelta(days=0 if self.bounced else terms)


def payments(years, as_of, terms=30):
    """Return days late (None for unknown), open and overdue amount of each client."""
    return {client: measures(items, as_of, terms) for client, items in clients(years).items()}


def measures(items, as_of, terms):
    paid = []
    for letter in {item.letter for item in items} - {None}:
        paid += cleared([item for item in items if item.letter == letter])
    paid += cleared([item for item in items if not item.repeated])
    late = [
        (amount, max((payment.day - invoice.due(terms)).days, 0))
        for amount, payment, invoice in paid
        if not (invoice.bounced and payment.day <= invoice.day)
    ]
    still = [
        item for item in items if item.kind == "invoice" and item.left and not (item.repeated or item.moved)
    ]
    past = [(item.left, (as_of - item.due(terms)).days) for item in still if item.day]
    past = [(amount, days) for amount, days in past if days > 0]
    weight = sum(amount for amount, _ in late + past)
    mean = round(sum(amount * days for amount, days in late + past) / weight, 2) if weight else None
    return mean, sum(item.left for item in still) / 100, sum(amount for amount, _ in past) / 100


def cleared(items):
    """Clear the oldest invoices first, and return (amount, payment, invoice) of what was paid."""
    left = {item: item.left for item in items}
    in_order = sorted(items, key=lambda item: (item.day or dt.date.min, item.kind == "credit", item.amount))
    paid = []
    for clearing in (item for item in in_order if item.kind != "invoice"):
        for invoice in (item for item in in_order if item.kind == "invoice"):
            amount = min(left[clearing], left[invoice])
            left[clearing] -= amount
            left[invoice] -= amount
            if amount and not (clearing.repeated or invoice.repeated):
                clearing.left -= amount
                invoice.left -= amount
                if clearing.kind == "payment" and invoice.day:
                    paid.append((amount, clearing, invoice))
    return paid


def clients(years):
    found, before = defaultdict(list), set()
    for year in years:
        rows = [row for row in lines(year) if row["account"].startswith(("411", "416"))]
        opened = [row for row in rows if row["journal"] == "AN" and row["cents"]]
        if opened and all(row["code"] for row in opened):
            # Whom the opening leaves out owes nothing any more from before.
            for client in found.keys() - {row["code"] for row in opened}:
                for one in found[client]:
                    one.moved = True
        known = set(before)
        before = {row["code"] for row in rows}
        for row in rows:
            if row["code"]:
                # What an opening asks of a client of whom the year before knows nothing is no repetition.
                found[row["code"]].append(item(row, year, first=row["code"] not in known))
    return found


def item(row, year, *, first):
    opening, treasury = row["journal"] == "AN", row["journal"] in TREASURY
    if row["cents"] > 0:
        # An invoice has the date of its piece; what the first opening asks for has no other one.
        date = row["date"] if treasury else row["piece_date"] or (None if opening else row["date"])
        kind = "invoice"
    else:
        kind, date = "payment" if treasury else "credit", row["date"]
    letter = (year, row["account"], row["letter"]) if row["letter"] else None
    amount = abs(row["cents"])
    bounced = treasury and kind == "invoice"
    return Item(kind, date, amount, amount, letter, opening and not first, bounced)


def lines(year):
    """Return the lines of the export of a year."""
    encoding, separator = ENCODINGS[year]
    (file,) = (file for file in sample_files() if file.name.endswith(f"{year}1231.txt"))
    header, *body = file.read_bytes().decode(encoding).splitlines()
    for text in body:
        cells = [cell.strip() for cell in text.split(separator)]
        extra = len(cells) - len(header.split(separator))
        del cells[10 : 10 + extra]  # a label that holds the separator
        yield {
            "journal": cells[0],
            "date": day(cells[3]),
            "account": cells[4],
            "code": cells[6],
            "piece_date": day(cells[9]),
            "letter": cells[13],
            "cents": cents(cells[11]) - cents(cells[12]),
        }


def day(text):
    """Return a date, written 20251231 or 31/12/2025."""
    if not text:
        return None
    return dt.date.fromisoformat("".join(reversed(text.split("/"))))


def cents(text):
    whole, part = text.split(",")
    return int(whole) * 100 + int(part)
