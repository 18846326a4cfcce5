"""Everything in the books of the made-up company but its invoices to clients and their payments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from addin.sample.exports.company import YEARS, Client, Draws, business_day, fiscal_year
from addin.sample.exports.journal import NOBODY, Books, Line, vat_of
from addin.sample.exports.names import SUPPLIERS
from addin.sample.exports.sales import Item

__all__ = ["months", "open_books", "run_company"]

_BALANCES: Final = (
    ("101300", -20_000_000),
    ("164000", -31_200_000),
    ("213100", 62_000_000),
    ("215400", 41_350_000),
    ("218200", 12_890_000),
    ("281000", -58_417_300),
    ("370000", 46_320_845),
    ("431000", -1_385_200),
    ("437000", -402_650),
    ("445510", -2_871_400),
    ("512000", 39_446_219),
    ("531000", 84_530),
)
"""Account and debit of the very first opening journal [cents]."""

_ABROAD: Final = "FHOLST"
_OVER_TWO_JOURNALS: Final = dt.date(2024, 5, 1)
"""The month whose first purchase stands in two journals."""


def months() -> Iterator[tuple[dt.date, dt.date]]:
    """Yield the first and the last day of each month of the fiscal years."""
    first = YEARS[2023][0]
    while first <= YEARS[2025][1]:
        after = (first + dt.timedelta(days=31)).replace(day=1)
        yield first, after - dt.timedelta(days=1)
        first = after


def open_books(books: Books, clients: Sequence[Client]) -> list[Item]:
    """Post the very first opening journal; return the balances that clients owe."""
    first = YEARS[2023][0]
    draws = Draws("opening")
    items = []
    for client in clients:
        cents = int(client.yearly[2023] * draws.between(0.04, 0.12))
        if cents and client.pays != "never" and draws.chance(0.8):
            line = Line("411000", cents, client.key, f"RAN/{client.key}")
            items.append(Item(client, "RAN", dt.date(2022, 9, 12), line))
    lines = [*(Line(account, cents) for account, cents in _BALANCES), *(item.line for item in items)]
    for supplier in _goods_suppliers():
        cents = draws.whole(600_000, 2_900_000)
        lines.append(Line("401000", -cents, supplier[0], f"RAN/{supplier[0]}"))
        paid = business_day(first + dt.timedelta(days=draws.whole(5, 40)))
        _pay_supplier(books, paid, supplier, cents, f"RAN/{supplier[0]}")
    lines.append(Line("106800", -sum(line.cents for line in lines)))
    books.post("AN", first, "RAN", "A nouveaux", lines)
    _pay(books, dt.date(2022, 10, 20), "TVA septembre", [Line("445510", 2_871_400)])
    _pay(books, dt.date(2022, 10, 17), "URSSAF", [Line("431000", 1_385_200), Line("437000", 402_650)])
    return items


def run_company(books: Books) -> None:
    """Post purchases, pay, rent, bank, cash and sales to nobody in particular, month by month."""
    draws = Draws("overheads")
    for first, last in months():
        _buy_goods(books, first, draws)
        _buy_services(books, first, draws)
        _pay_staff(books, last, draws)
        _cash(books, last, draws)
        _bank(books, first, last, draws)
        if last.month % 3 == 0:
            _other_sales(books, last, draws)


def _goods_suppliers() -> list[tuple[str, str, str]]:
    """Return code, name and account of the suppliers of goods and materials."""
    rows = [line.split(";") for line in SUPPLIERS.splitlines()]
    return [
        (code, name, account) for code, name, account in rows if account.startswith(("601", "602", "607"))
    ]


def _service_supplier(code: str) -> tuple[str, str, str]:
    """Return code, name and account of a supplier."""
    row = next(line for line in SUPPLIERS.splitlines() if line.startswith(code))
    _, name, account = row.split(";")
    return code, name, account


def _buy_goods(books: Books, first: dt.date, draws: Draws) -> None:
    """Post five purchases in a month that make up about two thirds of its sales."""
    sold = -sum(
        line.cents
        for entry, line in books.lines(fiscal_year(first))
        if line.account.startswith("70") and (entry.day.year, entry.day.month) == (first.year, first.month)
    )
    parts = [draws.between(0.3, 1.7) for _ in range(5)]
    budget = (0.45 * sold + 0.55 * 31_000_000) * draws.between(0.61, 0.67)
    for n, part in enumerate(parts):
        day = business_day(first + dt.timedelta(days=draws.whole(0, 25)))
        supplier = draws.pick(_goods_suppliers())
        two_journals = n == 0 and first == _OVER_TWO_JOURNALS
        _buy(books, day, supplier, int(budget * part / sum(parts)), draws, "OD" if two_journals else "")


def _buy_services(books: Books, first: dt.date, draws: Draws) -> None:
    """Post rent, energy, telephone, transport and fuel; fees every quarter, insurance every January."""
    bills = [
        ("FLOCAB", 1, 720_000),
        ("FENERG", 12, draws.whole(130_000, 340_000)),
        ("FTELEC", 5, draws.whole(41_000, 53_000)),
        ("FTRANS", 24, draws.whole(380_000, 720_000)),
        ("FCARBU", 26, draws.whole(90_000, 150_000)),
    ]
    if first.month % 3 == 0:
        bills.append(("FEXPER", 18, 345_000))
    if first.month == 1:
        bills.append(("FASSUR", 9, 1_874_000))
    for code, day, net in bills:
        _buy(books, first.replace(day=day), _service_supplier(code), net, draws)


def _buy(
    books: Books, day: dt.date, supplier: tuple[str, str, str], net: int, draws: Draws, journal: str = ""
) -> None:
    """Post a purchase and its payment."""
    code, name, account = supplier
    vat = 0 if code == "FASSUR" else vat_of(net)
    due_abroad = vat if code == _ABROAD else 0
    ref = f"{draws.whole(1_000, 99_999)}"
    group = f"{ref}/{code}"
    books.post(
        "AC",
        day,
        ref,
        f"{name} {ref}",
        [
            Line(account, net),
            Line("445660", vat),
            Line("445200", -due_abroad),
            Line("401000", due_abroad - net - vat, code, group, journal=journal),
        ],
    )
    paid = business_day(day + dt.timedelta(days=draws.pick((30, 45, 45, 60))))
    _pay_supplier(books, paid, supplier, net + vat - due_abroad, group)


def _pay_supplier(books: Books, day: dt.date, supplier: tuple[str, str, str], cents: int, group: str) -> None:
    """Post a payment to a supplier."""
    label = f"Règlement {supplier[1]} {group.partition('/')[0]}"
    _pay(books, day, label, [Line("401000", cents, supplier[0], group)])


def _pay(books: Books, day: dt.date, label: str, lines: Sequence[Line]) -> None:
    """Post a payment from the bank."""
    total = sum(line.cents for line in lines)
    books.post("BQ", day, f"PRLV{day:%y%m%d}", label, [*lines, Line("512000", -total)])


def _pay_staff(books: Books, last: dt.date, draws: Draws) -> None:
    """Post the salaries of a month, paid on the 28th, and what is due on them, paid on the 15th."""
    gross = draws.whole(3_280_000, 3_520_000) * (2 if last.month == 12 else 1)
    social, pension, employer = gross * 14 // 100, gross * 8 // 100, gross * 41 // 100
    net = gross - social - pension
    books.post(
        "PA",
        last.replace(day=28),
        f"PAIE{last:%y%m}",
        f"Salaires {last:%m/%Y}",
        [
            Line("641100", gross),
            Line("645000", employer),
            Line("421000", -net),
            Line("431000", -social - employer),
            Line("437000", -pension),
        ],
    )
    _pay(books, last.replace(day=28), f"Virement des salaires {last:%m/%Y}", [Line("421000", net)])
    due = business_day(last + dt.timedelta(days=15))
    _pay(books, due, f"URSSAF {last:%m/%Y}", [Line("431000", social + employer), Line("437000", pension)])


def _cash(books: Books, last: dt.date, draws: Draws) -> None:
    """Post the sales over the counter, which name no client, and bring the money to the bank."""
    net = draws.whole(310_000, 920_000)
    vat = vat_of(net)
    books.post(
        "CA",
        last,
        f"Z{last:%y%m}",
        f"Ventes comptoir {last:%m/%Y}",
        [Line("531000", net + vat), Line("707000", -net), Line("445710", -vat)],
        {NOBODY: net},
    )
    banked = (net + vat) // 5_000 * 5_000
    books.post(
        "BQ", last, f"ESP{last:%y%m}", "Versement espèces", [Line("512000", banked), Line("531000", -banked)]
    )


def _other_sales(books: Books, last: dt.date, draws: Draws) -> None:
    """Post waste wood that is sold and a car park that is let: no client either."""
    for account, net, label in (
        ("703000", draws.whole(60_000, 210_000), "Vente de sciures et chutes"),
        ("708300", 90_000, "Loyer emplacements de stationnement"),
    ):
        vat = vat_of(net)
        lines = [Line("512000", net + vat), Line(account, -net), Line("445710", -vat)]
        books.post("BQ", last.replace(day=20), f"DIV{last:%y%m}", label, lines, {NOBODY: net})


def _bank(books: Books, first: dt.date, last: dt.date, draws: Draws) -> None:
    """Post bank fees and the instalment of the loan."""
    _pay(books, last, f"Frais de tenue de compte {first:%m/%Y}", [Line("627000", draws.whole(6_500, 21_000))])
    instalment = [Line("164000", 520_000), Line("661100", draws.whole(41_000, 78_000))]
    _pay(books, business_day(first.replace(day=5)), "Échéance emprunt", instalment)
