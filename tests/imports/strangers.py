"""Files of companies that nobody here knows, and what an import and a refresh make of them."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from addin.package import PackageBook
from addin.sample.exports import copy_exports
from addin.workbook.located_tables import Layout

DATA = Path(__file__).parent / "data"


def northwind():
    totals = Counter()
    for row in records("northwind_order_details.csv"):
        price, quantity, discount = (Decimal(row[key]) for key in ("unitPrice", "quantity", "discount"))
        totals[row["orderID"]] += price * quantity * (1 - discount)
    names = {row["customerID"]: row["companyName"] for row in records("northwind_customers.csv")}
    # The first cells are right even where a comma in an address tears the others.
    return [
        (row["customerID"], names[row["customerID"]], row["orderDate"][:10], f"{totals[row['orderID']]:.2f}")
        for row in records("northwind_orders.csv")
    ]


def adventureworks():
    return [
        (row["ResellerKey"], f"Reseller {row['ResellerKey']}", row["OrderDate"], row["SalesAmount"])
        for row in records("adventureworks_reseller_orders.csv")
    ]


def wide_world_importers():
    return [
        (row["CustomerID"], f"Bill-to {row['CustomerID']}", f"{row['Month']}-28", row["AmountExcludingTax"])
        for row in records("wide_world_importers_billto_month.csv")
    ]


def records(name):
    with (DATA / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


LEDGERS = {
    "northwind": northwind,
    "northwind, ten months": lambda: [row for row in northwind() if row[2] >= "1997-07-07"],
    "adventureworks": adventureworks,
    "adventureworks, two years": lambda: [row for row in adventureworks() if row[2] >= "2011-12-01"],
    "wide_world_importers": wide_world_importers,
}
FEC = {"one FEC of another company": ["111111111FEC20221231.TXT"]}
SHIPPED = {"the shipped exports": "", "one FEC of them": "FEC2025", "two FEC of them": "FEC202[45]"}
SETS = (*LEDGERS, *FEC, *SHIPPED)


def files_of(name, folder):
    """Write the files of a company into a folder, as its programs would."""
    if name in FEC:
        return [DATA / file for file in FEC[name]]
    if name in SHIPPED:
        return [path for path in copy_exports(folder) if re.search(SHIPPED[name], path.name)]
    path = folder / "sales.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("Code", "Name", "Date", "Amount"), *LEDGERS[name]()])
    return [path]


@dataclass(frozen=True)
class Outcome:
    """Classes of the accounts with turnover in the latest period, and the share of it that each holds."""

    accounts: int
    classes: dict[str, float]
    turnover: dict[str, float]
    top_fifth: float

    @classmethod
    def of(cls, path):
        found = []
        for located in Layout(PackageBook(path).tables()).accounts:
            pairs = zip(located.cells("class"), located.cells("turnover"), strict=True)
            found += [(letter, amount) for letter, amount in pairs if amount and amount > 0]
        amounts = sorted((amount for _, amount in found), reverse=True)
        held = Counter()
        for letter, amount in found:
            held[letter] += amount / sum(amounts)
        counts = Counter(letter for letter, _ in found)
        shares = {letter: counts[letter] / len(found) for letter in "ABCD?"}
        return cls(len(found), shares, dict(held), sum(amounts[: round(len(found) / 5)]) / sum(amounts))
