"""What the sample says of dealings with a reseller: purchases, what it owes, visits, how it is reached.

Purchases are facts of AdventureWorks, counted in days before the last day of its
newest window, which stands for the reference date. The rest is invented by rule.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from stdnum import luhn

__all__ = ["CENT", "Order", "company_no", "email", "order_of", "owed", "phone", "purchases", "visits"]

CENT: Final = Decimal("0.01")
TERMS: Final = 30
"""Days to pay, as the template ships them."""
_IN_CREDIT: Final = 0.02
"""Share of the clients whose account shows a credit."""
_AREA_CODES: Final = {
    "Canada": ("416", "514", "604", "403", "613", "905", "418", "204"),
    "Northeast": ("317", "603", "207", "513", "617", "212", "203", "315"),
}
_PREFIXES: Final = {
    "France": "+33 1 99 00 0{0} {1}{2}",
    "Germany": "+49 30 23125 {0}{1}{2}",
    "Australia": "+61 2 5550 0{0}{1}{2}",
    "United Kingdom": "+44 1632 960{0}{1}{2}",
}
"""Numbers that the authorities keep for films and books: nobody answers there."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order.

    Attributes
    ----------
    day
        When.
    amount
        Net [currency].
    total
        With tax and freight [currency].
    """

    day: dt.date
    amount: Decimal
    total: Decimal


def order_of(row: Mapping[str, str]) -> Order:
    """Return an order of the source, its total in cents, half ones up."""
    amounts = [Decimal(row[column]) for column in ("SalesAmount", "TaxAmt", "Freight")]
    total = sum(amounts, Decimal(0)).quantize(CENT, ROUND_HALF_UP)
    return Order(dt.date.fromisoformat(row["OrderDate"]), amounts[0], total)


def purchases(orders: Sequence[Order], last_day: dt.date) -> dict[str, str]:
    """Return first and last purchase, as days before the last day, and on how many days there was one."""
    days = {order.day for order in orders}
    if not days:
        return dict.fromkeys(("first_purchase_days", "last_purchase_days", "purchases"), "")
    return {
        "first_purchase_days": str((last_day - min(days)).days),
        "last_purchase_days": str((last_day - max(days)).days),
        "purchases": str(len(days)),
    }


def owed(
    orders: Sequence[Order], days_late: str, last_day: dt.date, drawn: Callable[[str], float]
) -> dict[str, Decimal]:
    """Return what a client owes, and what of it is past due.

    An order is unpaid for 30 days and 20 to 80 % (drawn) of the days that the
    client pays late; one client in fifty has a credit instead.
    """
    if drawn("credit") < _IN_CREDIT:
        credit = -Decimal(50 + round(550 * drawn("credit amount")))
        return {"open_amount": credit, "overdue": Decimal(0)}
    patience = TERMS + int(days_late or 0) * (0.2 + 0.6 * drawn("patience"))
    unpaid = [order for order in orders if (last_day - order.day).days < patience]
    late = [order for order in unpaid if (last_day - order.day).days > TERMS]
    sums = (sum((order.total for order in some), Decimal(0)) for some in (unpaid, late))
    return dict(zip(("open_amount", "overdue"), sums, strict=True))


def visits(last_visit_days: str, drawn: float) -> str:
    """Return the visits of 12 months: none where the last one is older, more where it is recent.

    >>> visits("", 0.5), visits("400", 0.5), visits("20", 0.5), visits("120", 0.8)
    ('', '0', '5', '2')
    """
    if not last_visit_days:
        return ""
    days = int(last_visit_days)
    return "0" if days > 365 else str(1 + int(drawn * min(11.0, 300 / (days + 15))))


def phone(account: str, sector: str) -> str:
    """Return a telephone number of the account's own, out of those kept for fiction.

    >>> phone("AW00000123", "France"), phone("AW00000123", "Canada")
    ('+33 1 99 00 01 23', '+1 514 555 0123')
    """
    hundreds, tens, ones = list(account[-3:])
    if sector in _AREA_CODES:
        return f"+1 {_AREA_CODES[sector][int(hundreds)]} 555 01{tens}{ones}"
    return _PREFIXES[sector].format(hundreds, tens, ones)


def email(name: str) -> str:
    """Return an address at a domain of the kind that is kept for examples: no mail arrives there.

    >>> email("Cycles Wholesaler & Mfg."), email("Self-Contained Cycle Parts Company")
    ('contact@cycles-wholesaler-mfg.example', 'contact@self-contained-cycle-parts-company.example')
    """
    return f"contact@{'-'.join(re.findall('[a-z0-9]+', name.lower()))}.example"


def company_no(account: str, sector: str) -> str:
    """Return a SIREN in France and a business number in Canada, both with a check digit that is wrong.

    So it is nobody's: in both countries the last of nine digits follows from the others by Luhn's rule.

    >>> company_no("AW00000121", "France"), company_no("AW00000010", "Canada")
    ('990001211', '990000106')
    >>> company_no("AW00000002", "Germany")
    ''
    """
    if sector not in ("France", "Canada"):
        return ""
    first = f"99{int(account[-6:]):06d}"
    return f"{first}{(int(luhn.calc_check_digit(first)) + 5) % 10}"
