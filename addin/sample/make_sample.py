"""Make ``accounts.csv``, the sample portfolio, from the raw AdventureWorks tables.

Usage::

    python -m addin.sample.make_sample FOLDER [--output FILE]

FOLDER holds ``resellers.csv``, ``reseller_orders.csv`` and
``sales_territories.csv``. The same folder always gives the same bytes.
``PROVENANCE.md`` says which columns are facts and which are invented.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import hashlib
import math
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from addin.sample.dealings import (
    CENT,
    Order,
    company_no,
    email,
    order_of,
    owed,
    phone,
    purchases,
    visits,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Status = Literal["client", "prospect", "suspect"]

COLUMNS: Final = (
    *("account", "name", "status", "rep", "sector", "postcode", "turnover", "turnover_1", "turnover_2"),
    *("potential", "potential_new", "solidity", "days_late", "growth", "influence", "relationship"),
    *("last_visit_days", "visits", "target", "address", "town", "phone", "email", "company_no"),
    *("first_purchase_days", "last_purchase_days", "orders", "purchases", "open_amount", "overdue"),
    *("forced", "forced_reason", "forced_until_days"),
)

SECTORS: Final = ("Northeast", "Canada", "France", "Germany", "Australia", "United Kingdom")
"""The sales territories of the sample, each with all its resellers."""

LAST_DAY: Final = dt.date(2013, 11, 30)
"""The last day of the newest of the three windows of 12 months."""

PROSPECT_REVENUE: Final = 100_000
"""A reseller that never ordered is a prospect from this AnnualRevenue on, else a suspect."""

SEED: Final = "clientscore sample 1"

UNKNOWN: Final[Mapping[str, Mapping[Status, float]]] = {
    "potential": {"client": 0.04, "prospect": 0.05, "suspect": 0.35},
    "potential_new": {"client": 0.38, "prospect": 0.50, "suspect": 0.70},
    "solidity": {"client": 0.22, "prospect": 0.45, "suspect": 0.70},
    "days_late": {"client": 0.05, "prospect": 1.0, "suspect": 1.0},
    "growth": {"client": 0.30, "prospect": 0.35, "suspect": 0.60},
    "influence": {"client": 0.30, "prospect": 0.40, "suspect": 0.55},
    "relationship": {"client": 0.25, "prospect": 0.55, "suspect": 0.85},
    "last_visit_days": {"client": 0.05, "prospect": 0.30, "suspect": 0.80},
}
"""Share of the accounts for which an invented column is left empty."""

SOLIDITY: Final = ((0.18, "default"), (0.36, "weak"), (0.54, "fair"), (0.77, "good"), (math.inf, "excellent"))
"""Upper bound of each rating, on half standing and half draw."""

FORCED: Final[Mapping[str, tuple[str, str, str]]] = {
    "AW00000108": ("A", "framework_agreement", "200"),
    "AW00000642": ("B", "win_back", "90"),
    "AW00000463": ("A", "trade_fair", "-45"),
    "AW00000553": ("B", "", "120"),
}
"""Forced class, its reason (a key) and its end (days from the reference date), by account."""

TYPED: Final[Mapping[tuple[str, str], str]] = {
    ("AW00000178", "last_visit_days"): "impossible_date",
    ("AW00000283", "turnover"): "39 484,32",
    ("AW00000301", "potential_new"): "12 k€",
    ("AW00000320", "influence"): "12",
    ("AW00000337", "potential"): "not_communicated",
    ("AW00000409", "account"): "",
    ("AW00000641", "status"): "former_client",
    ("AW00000680", "solidity"): "very_good",
}
"""What somebody typed into a cell instead of what belongs there, by account and column.

A word with underscores is a key of ``texts_en.toml`` and ``texts_fr.toml``.
"""

TARGETS: Final = frozenset({"AW00000066", "AW00000136", "AW00000341", "AW00000463"})
"""Accounts that are followed whatever their class."""

DUPLICATED: Final = "AW00000571"
"""The account that stands in the list a second time, typed in by hand."""


@dataclass(frozen=True, slots=True)
class Reseller:
    """The facts about one reseller.

    Attributes
    ----------
    account, name, sector, postcode, address, town, rep
        As in the sample.
    revenue
        The reseller's own AnnualRevenue [currency a year].
    turnovers
        Turnover of the newest window of 12 months and the two before [currency].
    bought
        All orders, the oldest first.
    orders
        Number of orders in the newest window.
    """

    account: str
    name: str
    sector: str
    postcode: str
    address: str
    town: str
    rep: str
    revenue: int
    turnovers: tuple[Decimal, Decimal, Decimal]
    bought: tuple[Order, ...]
    orders: int

    @property
    def status(self) -> Status:
        """Client with any order, else prospect or suspect by size."""
        if self.bought:
            return "client"
        return "prospect" if self.revenue >= PROSPECT_REVENUE else "suspect"

    @property
    def momentum(self) -> float:
        """Growth over the last year, from 0 (lost) by 0.5 (steady, or nothing to compare with) to 1."""
        now, before, long_before = (float(turnover) for turnover in self.turnovers)
        return 0.5 if before == long_before == 0 else now / (now + before) if now + before else 0.0

    @property
    def tenure(self) -> float:
        """Share of the three windows with turnover."""
        return sum(turnover > 0 for turnover in self.turnovers) / 3

    @property
    def weight(self) -> float:
        """Size as a client, from 0 to 1 at 150,000 a year."""
        return min(float(self.turnovers[0]) / 150_000, 1.0)


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def window(day: dt.date) -> int:
    """Return the window of 12 months that a day falls in, 0 the newest.

    >>> window(dt.date(2013, 11, 30)), window(dt.date(2012, 12, 1)), window(dt.date(2012, 11, 30))
    (0, 0, 1)
    """
    return LAST_DAY.year - day.year - (1 if day.month > LAST_DAY.month else 0)


def read_resellers(folder: Path) -> list[Reseller]:
    """Return the resellers of the territories of the sample, by account.

    Raises
    ------
    ValueError
        When an order lies outside the three windows.
    """
    orders = defaultdict(list)
    for order in sorted(
        read_table(folder / "reseller_orders.csv"),
        key=lambda order: (order["OrderDate"], order["SalesOrderNumber"]),
    ):
        if window(dt.date.fromisoformat(order["OrderDate"])) not in (0, 1, 2):
            raise ValueError(
                f"Order {order['SalesOrderNumber']} of {order['OrderDate']} is outside the windows."
            )
        orders[order["ResellerKey"]].append(order)
    sectors = {
        row["SalesTerritoryKey"]: row["SalesTerritoryRegion"]
        for row in read_table(folder / "sales_territories.csv")
    }
    found = []
    for row in read_table(folder / "resellers.csv"):
        sector = sectors[row["SalesTerritoryKey"]]
        if sector not in SECTORS:
            continue
        own = orders[row["ResellerKey"]]
        by_window = [
            [order for order in own if window(dt.date.fromisoformat(order["OrderDate"])) == age]
            for age in range(3)
        ]
        now, before, long_before = (
            sum((Decimal(order["SalesAmount"]) for order in window_orders), Decimal(0)).quantize(
                CENT, ROUND_HALF_UP
            )
            for window_orders in by_window
        )
        found.append(
            Reseller(
                account=row["ResellerAlternateKey"],
                name=row["ResellerName"],
                sector=sector,
                postcode=row["PostalCode"],
                address=row["AddressLine1"].strip(),
                town=row["City"].strip(),
                rep=f"R{own[-1]['EmployeeKey']}" if own else "",
                revenue=int(float(row["AnnualRevenue"])),
                turnovers=(now, before, long_before),
                bought=tuple(order_of(order) for order in own),
                orders=len(by_window[0]),
            )
        )
    return sorted(found, key=lambda reseller: reseller.account)


def usual_reps(resellers: Iterable[Reseller]) -> dict[str, str]:
    """Return the rep with the most clients of each sector, the first by code among equals."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for reseller in resellers:
        if reseller.rep:
            counts[reseller.sector][reseller.rep] += 1
    return {sector: min(reps, key=lambda rep: (-reps[rep], rep)) for sector, reps in counts.items()}


def draw(account: str, purpose: str) -> float:
    """Return a number in [0, 1) that depends on the account and the purpose alone."""
    digest = hashlib.blake2b(f"{SEED}/{account}/{purpose}".encode(), digest_size=6).digest()
    return float(int.from_bytes(digest, "big") / 2**48)


def round_figure(amount: float) -> int:
    """Return an amount as somebody would estimate it, not below it.

    >>> round_figure(7_340), round_figure(31_700), round_figure(142_100)
    (7500, 32000, 145000)
    """
    step = 500 if amount < 10_000 else 1_000 if amount < 50_000 else 5_000
    return math.ceil(amount / step) * step


def potential_of(reseller: Reseller) -> int:
    """Return 30-60 % of the reseller's own revenue, or 95-120 % of its best window where that is more."""
    accessible = reseller.revenue * (0.3 + 0.3 * draw(reseller.account, "accessible share"))
    proven = float(max(reseller.turnovers)) * (0.95 + 0.25 * draw(reseller.account, "room"))
    return round_figure(max(accessible, proven))


def invent(reseller: Reseller) -> dict[str, str]:
    """Return the columns that AdventureWorks does not know, by rule and draw."""
    account, status = reseller.account, reseller.status

    def drawn(purpose: str) -> float:
        return draw(account, purpose)

    def note(driver: float, purpose: str) -> int:
        return round(10 * (0.5 * driver + 0.45 * drawn(purpose)))

    regularity = min(reseller.orders, 4) / 4
    if status == "client":
        standing = 0.35 * regularity + 0.25 * reseller.momentum + 0.4 * drawn("standing")
    else:
        standing = 0.3 + 0.5 * drawn("standing")
    size = min(reseller.revenue / 300_000, 1.0)
    potential = potential_of(reseller)
    rating = 0.5 * standing + 0.5 * drawn("rating")
    late = max(
        0.0, -math.log(1 - drawn("late")) * (4 + 26 * (1 - standing) ** 1.5 + 20 * reseller.weight) - 2
    )
    blur = 1.2 - 0.6 * reseller.weight
    values = {
        "potential": str(potential),
        "potential_new": str(round_figure(potential * (0.02 + 0.16 * drawn("new share")))),
        "solidity": next(word for bound, word in SOLIDITY if rating < bound),
        "days_late": str(round(late)),
        "growth": str(note(0.5 * standing + 0.5 * reseller.momentum, "growth")),
        "influence": str(note(0.7 * size, "influence")),
        "relationship": str(note(0.4 * standing + 0.6 * reseller.tenure, "relationship")),
        "last_visit_days": str(round(6 + drawn("visit") * (50 + 420 * (1 - standing) ** 1.5))),
    }
    return {
        column: "" if drawn(f"unknown {column}") < UNKNOWN[column][status] * blur else value
        for column, value in values.items()
    }


def plain(amount: Decimal) -> str:
    """Return an amount without needless zeros.

    >>> plain(Decimal("1200.50")), plain(Decimal("0.00"))
    ('1200.5', '0')
    """
    return f"{amount:f}".rstrip("0").rstrip(".")


def row_of(reseller: Reseller, reps: Mapping[str, str]) -> dict[str, str]:
    """Return the row of a reseller, its forced class included."""
    client = reseller.status == "client"
    turnovers = [plain(turnover) if client else "" for turnover in reseller.turnovers]
    forced = FORCED.get(reseller.account, ("", "", ""))
    invented = invent(reseller)
    return {
        "account": reseller.account,
        "name": reseller.name,
        "status": reseller.status,
        "rep": reseller.rep or reps[reseller.sector],
        "sector": reseller.sector.lower().replace(" ", "_"),
        "postcode": reseller.postcode,
        **dict(zip(("turnover", "turnover_1", "turnover_2"), turnovers, strict=True)),
        **invented,
        "visits": visits(invented["last_visit_days"], draw(reseller.account, "visits")),
        "target": "yes" if reseller.account in TARGETS else "",
        "address": reseller.address,
        "town": reseller.town,
        "phone": phone(reseller.account, reseller.sector),
        "email": "" if reseller.status == "suspect" else email(reseller.name),
        "company_no": company_no(reseller.account, reseller.sector),
        **purchases(reseller.bought, LAST_DAY),
        **(_money(reseller, invented["days_late"]) if client else {}),
        **dict(zip(("forced", "forced_reason", "forced_until_days"), forced, strict=True)),
    }


def _money(reseller: Reseller, days_late: str) -> dict[str, str]:
    """Return orders and what is owed."""
    debts = owed(reseller.bought, days_late, LAST_DAY, lambda purpose: draw(reseller.account, purpose))
    return {
        "orders": str(reseller.orders),
        **{key: plain(debt.quantize(CENT)) for key, debt in debts.items()},
    }


def with_faults(rows: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return the rows with the deliberate faults of ``PROVENANCE.md``."""
    faulty = []
    for row in rows:
        typed = {column: text for (account, column), text in TYPED.items() if account == row["account"]}
        faulty.append({**row, **typed})
    twice = next((row for row in rows if row["account"] == DUPLICATED), None)
    if twice is not None:
        kept = ("account", "status", "rep", "sector", "postcode")
        again = {column: twice[column] if column in kept else "" for column in COLUMNS}
        faulty.append({**again, "name": twice["name"].upper()})
    return faulty


def write_accounts(rows: Iterable[Mapping[str, str]], path: Path) -> None:
    """Write the rows as UTF-8 with commas and line feeds."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the sample from the folder named on the command line."""
    parser = argparse.ArgumentParser(description="Make the sample portfolio from raw AdventureWorks tables.")
    parser.add_argument("folder", type=Path, help="folder of the raw tables")
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("accounts.csv"))
    options = parser.parse_args(arguments)
    resellers = read_resellers(options.folder)
    reps = usual_reps(resellers)
    rows = with_faults([row_of(reseller, reps) for reseller in resellers])
    write_accounts(rows, options.output)
    sys.stdout.write(f"{len(rows)} rows written to {options.output}\n")


if __name__ == "__main__":
    main()
