"""The made-up company: its fiscal years, its clients and how each of them buys and pays."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from addin.sample.exports.names import CLIENTS, REPS

__all__ = [
    "BUYING_GROUP",
    "CHANGED_CODES",
    "LAST_DAY",
    "SIREN",
    "YEARS",
    "Client",
    "Draws",
    "business_day",
    "clients",
    "fiscal_year",
]

T = TypeVar("T")

SIREN: Final = "987654321"
"""Fails the check digit of a SIREN on purpose: it can be nobody's."""

YEARS: Final[Mapping[int, tuple[dt.date, dt.date]]] = {
    2023: (dt.date(2022, 10, 1), dt.date(2023, 12, 31)),
    2024: (dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
    2025: (dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
}
"""First and last day of each fiscal year; the first has 15 months."""

LAST_DAY: Final = YEARS[2025][1]

CHANGED_CODES: Final[Mapping[str, tuple[str, str]]] = {
    "00118": ("CL90001", "Etablissements Vergonce et Fils"),
    "00127": ("CL90002", "CHARPENTES DE L OUVRANCEL"),
    "00136": ("CL90003", "Pradeval Batiment"),
    "00145": ("CL90004", "Brizolle Agencement SARL"),
    "00160": ("CL90005", "Menuiserie Caldrec"),
}
"""Code and name from 2025 on of the clients that the migration of the software created anew."""

BUYING_GROUP: Final = ("CHAV01", "CHAV02", "CHAV03")
"""The clients that one entry a year sells to together."""

_SEED: Final = "clientscore exports 1"
_LARGEST: Final = 365_000.0
"""Yearly turnover of the largest client [EUR]."""
_NEXT: Final = 0.9
"""Turnover of a client as a share of that of the next larger one."""

_TRENDS: Final[Mapping[str, tuple[float, float, float]]] = {
    "steady": (0.95, 1.0, 1.03),
    "up": (0.75, 1.0, 1.3),
    "soar": (0.4, 1.0, 1.9),
    "down": (1.3, 1.0, 0.72),
    "fall": (1.6, 1.0, 0.3),
    "back": (1.0, 0.0, 0.7),
    "new24": (0.0, 0.7, 1.0),
    "new25": (0.0, 0.0, 0.9),
    "left23": (1.0, 0.0, 0.0),
    "left24": (1.0, 0.45, 0.0),
}
"""Yearly turnover in each fiscal year, as a share of the usual one."""

_DELAYS: Final[Mapping[str, tuple[int, int]]] = {
    "early": (-6, 1),
    "prompt": (-1, 6),
    "fair": (4, 18),
    "slow": (18, 45),
    "bad": (40, 105),
    "stops": (0, 8),
    "never": (0, 0),
}
"""Least and most days beyond terms, by way of paying."""

_HOLIDAYS: Final = frozenset({(1, 1), (1, 5), (8, 5), (14, 7), (15, 8), (1, 11), (11, 11), (25, 12)})
"""Day and month."""

_CHEQUES: Final = frozenset({"00142", "00169", "CPELLE", "00202", "00238", "00244", "CTOULO", "00262"})
_BILLS: Final = frozenset({"00107", "00124", "00178", "CFAUVE"})


class Draws:
    """Drawn numbers that depend on the seed and the purpose alone.

    Nothing but ``random()`` and the four operations: the same on every version and machine.
    """

    def __init__(self, purpose: str) -> None:
        self._random = random.Random(f"{_SEED}/{purpose}")  # noqa: S311 - nothing secret

    def between(self, low: float, high: float) -> float:
        """Return a number in [low, high)."""
        return low + (high - low) * self._random.random()

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from low to high."""
        return low + int(self._random.random() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options."""
        return options[int(self._random.random() * len(options))]

    def chance(self, share: float) -> bool:
        """Return True in this share of the draws."""
        return self._random.random() < share


@dataclass(frozen=True, slots=True)
class Client:
    """A client.

    Attributes
    ----------
    key
        Its code before the migration, which is what the books know it by.
    name, postcode, town, sector, rep
        As in the CRM.
    yearly
        Turnover to aim at in each fiscal year [cents].
    orders
        Invoices a year, as long as it buys as usual.
    months
        First and last calendar month of the year of each fiscal year's end in which it buys.
    terms
        Days from invoice to due date.
    delay
        Least and most days beyond terms.
    pays
        ``prompt`` and the like, see the table of names.
    method
        ``VIR`` (transfer), ``CHQ`` (cheque) or ``LCR`` (bill of exchange).
    """

    key: str
    name: str
    postcode: str
    town: str
    sector: str
    rep: str
    yearly: Mapping[int, int]
    orders: int
    months: Mapping[int, tuple[int, int]]
    terms: int
    delay: tuple[int, int]
    pays: str
    method: str

    @property
    def domestic(self) -> bool:
        """Whether French VAT is due."""
        return self.sector != "Export"

    def code_in(self, year: int) -> str:
        """Return the code in the export of a fiscal year."""
        return CHANGED_CODES[self.key][0] if year >= 2025 and self.key in CHANGED_CODES else self.key

    def name_in(self, year: int) -> str:
        """Return the name in the export of a fiscal year."""
        return CHANGED_CODES[self.key][1] if year >= 2025 and self.key in CHANGED_CODES else self.name


def clients() -> list[Client]:
    """Return the clients, the largest first."""
    found = []
    usual = _LARGEST
    for rank, line in enumerate(CLIENTS.splitlines()):
        key, name, postcode, town, trend, pays = line.split(";")
        draws = Draws(f"client {key}")
        sector, rep = REPS[postcode[:2]]
        yearly = {
            year: int(usual * share * draws.between(0.88, 1.12)) * 100 * (15 if year == 2023 else 12) // 12
            for year, share in zip(YEARS, _TRENDS[trend], strict=True)
        }
        months = dict.fromkeys(YEARS, (1, 12))
        if trend.startswith("new"):
            months[2000 + int(trend[-2:])] = (draws.whole(2, 4), 12)
        if trend.startswith("left"):
            months[2000 + int(trend[-2:])] = (1, draws.whole(5, 9))
        found.append(
            Client(
                key=key,
                name=name,
                postcode=postcode,
                town=town,
                sector=sector,
                rep=rep,
                yearly=yearly,
                orders=next(n for last, n in ((6, 12), (14, 10), (30, 5), (50, 3), (99, 2)) if rank < last),
                months=months,
                terms=draws.pick((30, 30, 45, 60)),
                delay=_DELAYS[pays],
                pays=pays,
                method="CHQ" if key in _CHEQUES else "LCR" if key in _BILLS else "VIR",
            )
        )
        usual *= _NEXT
    return found


def fiscal_year(day: dt.date) -> int:
    """Return the fiscal year that a day falls in, named after its end.

    >>> fiscal_year(dt.date(2022, 11, 2)), fiscal_year(dt.date(2024, 1, 1))
    (2023, 2024)
    """
    return next(year for year, (_, end) in YEARS.items() if day <= end)


def business_day(day: dt.date) -> dt.date:
    """Return the day, or the first after it that is neither of a weekend nor a fixed holiday.

    >>> business_day(dt.date(2025, 8, 30)), business_day(dt.date(2025, 1, 1))
    (datetime.date(2025, 9, 1), datetime.date(2025, 1, 2))
    """
    while day.weekday() >= 5 or (day.day, day.month) in _HOLIDAYS:
        day += dt.timedelta(days=1)
    return day
