"""Invoices and credit notes of the made-up company."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from addin.sample.exports.company import BUYING_GROUP, YEARS, Client, Draws, business_day, fiscal_year
from addin.sample.exports.journal import Books, Line, vat_of
from addin.sample.exports.names import PRODUCTS

__all__ = ["Item", "sell"]

_WITH_DEPOSIT: Final = frozenset({"00142", "00151", "00178"})
"""Clients that pay a deposit on their first large order of a year."""

_IN_FRANCS: Final = "00133"

_LABEL_WITH_SEPARATOR: Final[Mapping[str, str]] = {"FA23-0100": "Panneaux 19|22 mm"}
_OVER_TWO_JOURNALS: Final = "FA24-0148"


@dataclass(slots=True)
class Sale:
    """What is sold, or taken back, on a day.

    Attributes
    ----------
    shares
        The clients with their parts of the whole, in tenths.
    day
        Of the invoice.
    goods
        Account and net amount [cents], negative for a credit note.
    corrects
        The sale that a credit note takes back in part.
    deposit
        What was paid in advance [cents].
    """

    shares: Sequence[tuple[Client, int]]
    day: dt.date
    goods: Sequence[tuple[str, int]]
    corrects: Sale | None = None
    deposit: int = 0

    @property
    def net(self) -> int:
        """Total without VAT [cents]."""
        return sum(cents for _, cents in self.goods)

    @property
    def vat(self) -> int:
        """VAT [cents]."""
        return vat_of(self.net) if self.shares[0][0].domestic else 0


@dataclass(slots=True)
class Item:
    """A document in a client's account.

    Attributes
    ----------
    client, ref, day
        Whose it is, its number and date.
    line
        Its line in account 411.
    corrects
        Number of the invoice that a credit note belongs to.
    """

    client: Client
    ref: str
    day: dt.date
    line: Line
    corrects: str = ""


def sell(books: Books, clients: Sequence[Client]) -> list[Item]:
    """Post all invoices, credit notes and deposits.

    Returns
    -------
    list of Item
        What is to be paid, by date.
    """
    planned = [sale for client in clients for sale in _plan(client)]
    planned += _group_sales({client.key: client for client in clients})
    planned.sort(key=lambda sale: (sale.day, sale.corrects is not None, sale.shares[0][0].key, sale.net))
    counts: Counter[str] = Counter()
    numbers: dict[int, str] = {}
    items = []
    for sale in planned:
        prefix = f"{'AV' if sale.corrects else 'FA'}{fiscal_year(sale.day) % 100}"
        counts[prefix] += 1
        numbers[id(sale)] = ref = f"{prefix}-{counts[prefix]:04}"
        items += _post(books, sale, ref, numbers[id(sale.corrects)] if sale.corrects else "")
    return items


def _plan(client: Client) -> list[Sale]:
    """Return the sales to a client, with the credit notes on them."""
    draws = Draws(f"sales {client.key}")
    sales = []
    for year, (begins, ends) in YEARS.items():
        yearly = client.yearly[year]
        if not yearly:
            continue
        months = client.months[year]
        first = begins if months[0] == 1 else dt.date(year, months[0], 1)
        last = min(ends, dt.date(year, months[1], 28))
        n = max(1, min(client.orders * (15 if year == 2023 else 12) // 12, yearly // 15_000))
        parts = [draws.between(0.6, 1.4) for _ in range(n)]
        step = (last - first).days / n
        ordered = False
        for i, part in enumerate(parts):
            day = first + dt.timedelta(days=int((i + draws.between(0.05, 0.95)) * step))
            if day.month == 8 and draws.chance(0.6):
                day += dt.timedelta(days=28)
            sale = Sale(
                [(client, 10)],
                business_day(min(day, last)),
                _goods(client, int(yearly * part / sum(parts)), draws),
            )
            sale.day = min(sale.day, last)
            late_enough = sale.day >= begins + dt.timedelta(days=60)  # the deposit falls in the same year
            if client.key in _WITH_DEPOSIT and late_enough and sale.net > 200_000 and not ordered:
                ordered = True
                sale.deposit = (sale.net + sale.vat) * 3 // 10 // 600 * 600
            sales.append(sale)
            if draws.chance(0.05) and sale.net > 30_000 and not sale.deposit:
                account, cents = sale.goods[0]
                returned = [(account, -int(cents * draws.between(0.05, 0.3)))]
                back = business_day(sale.day + dt.timedelta(days=draws.whole(5, 40)))
                if back <= last:
                    sales.append(Sale([(client, 10)], back, returned, corrects=sale))
    return sales


def _goods(client: Client, net: int, draws: Draws) -> list[tuple[str, int]]:
    """Return what an invoice over a net amount sells, by account."""
    goods = []
    if net > 60_000 and draws.chance(0.4):
        goods.append(("708500", draws.whole(1_800, 9_500)))
    if net > 60_000 and draws.chance(0.12) and client.domestic:
        goods.append(("708000", draws.whole(2, 40) * 120))
    rest = net - sum(cents for _, cents in goods)
    if not client.domestic:
        return [("707900", rest), *goods]
    main = draws.pick(("707000", "707000", "701000", "707100"))
    other = draws.pick(("701000", "706000", "707000", "707100"))
    if main != other and net > 40_000 and draws.chance(0.7):
        part = int(rest * draws.between(0.08, 0.4))
        return [(main, rest - part), (other, part), *goods]
    return [(main, rest), *goods]


def _group_sales(by_key: Mapping[str, Client]) -> list[Sale]:
    """Return the sales to the buying group: one entry, three clients, five, three and two tenths."""
    shares = list(zip((by_key[key] for key in BUYING_GROUP), (5, 3, 2), strict=True))
    return [
        Sale(shares, day, [("707000", cents), ("708500", 42_000)])
        for day, cents in (
            (dt.date(2023, 6, 14), 1_846_000),
            (dt.date(2024, 6, 12), 1_912_500),
            (dt.date(2025, 6, 11), 2_034_000),
        )
    ]


def _post(books: Books, sale: Sale, ref: str, corrects: str) -> list[Item]:
    """Post a sale, with its deposit; return what is to be paid."""
    client = sale.shares[0][0]
    year = fiscal_year(sale.day)
    kind = "Avoir" if corrects else "Facture"
    alone = len(sale.shares) == 1
    label = f"{kind} {ref} {client.name_in(year) if alone else 'Groupement Chavarolle'}"
    to_pay = sale.net + sale.vat - sale.deposit
    items = []
    for whose, tenths in sale.shares:
        foreign = to_pay * 96 // 100 if whose.key == _IN_FRANCS else 0
        line = Line(
            "411000",
            to_pay * tenths // 10,
            whose.key,
            group=f"{corrects or ref}/{whose.key}",
            foreign=foreign,
        )
        if ref == _OVER_TWO_JOURNALS:
            line.journal = "OD"
        items.append(Item(whose, ref, sale.day, line, corrects))
    goods = [
        Line(account, -cents, label=f"{ref} {PRODUCTS.get(account, 'Export')}")
        for account, cents in sale.goods
    ]
    goods[0].label = _LABEL_WITH_SEPARATOR.get(ref, goods[0].label)
    advance = sale.deposit // 6
    lines = [
        *(item.line for item in items),
        Line("419100", sale.deposit, client.key, f"A{ref}", label=f"Acompte déduit {ref}"),
        *goods,
        Line("445710", advance - sale.vat, label=f"{ref} TVA 20 %"),
        Line("445870", -advance, label=f"{ref} TVA sur acompte"),
    ]
    books.post(
        "VE",
        sale.day,
        ref,
        label,
        lines,
        {whose.key: sale.net * tenths // 10 for whose, tenths in sale.shares},
    )
    if sale.deposit:
        paid = business_day(sale.day - dt.timedelta(days=41))
        name = client.name_in(fiscal_year(paid))
        books.post(
            "BQ",
            paid,
            f"ACPT{paid:%y%m%d}",
            f"Acompte sur commande {name}",
            [
                Line("512000", sale.deposit),
                Line("419100", -sale.deposit, client.key, f"A{ref}"),
                Line("445870", advance),
                Line("445710", -advance),
            ],
        )
    return items
