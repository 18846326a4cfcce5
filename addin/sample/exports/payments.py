"""What the clients of the made-up company pay, and when, and what they get back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from addin.sample.exports.company import YEARS, Client, Draws, business_day, fiscal_year
from addin.sample.exports.journal import Books, Line, vat_of
from addin.sample.exports.sales import Item

__all__ = ["settle"]

_STOPPED: Final = dt.date(2024, 6, 1)
"""From here on, a client whose way is ``stops`` pays no invoice any more."""

_DOUBTFUL: Final = "CTESSO"
_DOUBTFUL_DAY: Final = dt.date(2024, 9, 27)
_LOST_DAY: Final = dt.date(2025, 11, 28)

_REBATED: Final = frozenset({"00101", "00102", "00124"})
"""Clients with a rebate of 1.5 % at the end of the year."""

_FORMULA_LOVER: Final = "00127"
"""The client whose payments the bookkeeper labels with a sum of invoice numbers."""

_MONTHLY_RUN: Final = frozenset({"00101", "CQUIMB", "00118", "00121", "00127", "00139"})
"""Clients that pay on the 10th of a month only."""


def settle(books: Books, items: Sequence[Item]) -> None:
    """Post payments and rebates of the clients, and what becomes of the doubtful one."""
    by_client: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_client[item.client.key].append(item)
    for own in by_client.values():
        _settle_client(books, own)
    _rebates(books, [own[0].client for key, own in by_client.items() if key in _REBATED])
    _bank_cheques(books)
    _write_off(books, by_client[_DOUBTFUL])


def _settle_client(books: Books, items: Sequence[Item]) -> None:
    """Post the payments of one client."""
    client = items[0].client
    draws = Draws(f"payments {client.key}")
    days: dict[str, dt.date] = {}
    runs: dict[dt.date, list[Item]] = defaultdict(list)
    for item in items:
        if item.corrects:
            day = days.get(item.corrects)
            if day is not None and item.day > day:
                day = min((later for later in days.values() if later >= item.day), default=None)
        else:
            day = _pay_day(client, item.day, draws)
            if day is not None:
                days[item.ref] = day
        if day is not None:
            runs[day].append(item)
    for day, run in sorted(runs.items()):
        if sum(item.line.cents for item in run) > 0:
            _pay(books, day, run, draws)


def _pay_day(client: Client, invoiced: dt.date, draws: Draws) -> dt.date | None:
    """Return the day on which a client pays an invoice, None for never."""
    beyond = draws.whole(*client.delay)
    if client.pays == "never" or (client.pays == "stops" and invoiced >= _STOPPED):
        return None
    day = invoiced + dt.timedelta(days=client.terms + beyond)
    if client.key in _MONTHLY_RUN:
        while day.day != 10:
            day += dt.timedelta(days=1)
    return business_day(day)


def _pay(books: Books, day: dt.date, run: Sequence[Item], draws: Draws) -> None:
    """Post the payment of some items of one client."""
    client = run[0].client
    group = run[0].line.group
    for item in run:
        item.line.group = group
    total = sum(item.line.cents for item in run)
    refs = [item.ref for item in run if not item.corrects] or [run[0].ref]
    name = client.name.upper()
    if client.method == "LCR":
        _bill(books, day, run, total)
    elif client.method == "CHQ":
        ref = f"CHQ{draws.whole(1_000_000, 9_999_999)}"
        label = f"CHQ {name} {refs[0]}"
        books.post("CH", day, ref, label, [Line("511200", total), Line("411000", -total, client.key, group)])
    elif len(run) == 1 and total > 300_000 and draws.chance(0.07):
        part = int(total * draws.between(0.3, 0.7)) // 100 * 100
        later = business_day(day + dt.timedelta(days=draws.whole(20, 60)))
        _transfer(books, day, client, group, (part, 0), f"VIR {name} acompte {refs[0]}")
        _transfer(books, later, client, group, (total - part, 0), f"VIR {name} solde {refs[0]}")
    else:
        short = draws.whole(1, 300) if draws.chance(0.02) else 0
        label = f"VIR {name} {' '.join(ref[-4:] for ref in refs[:4])}"
        if client.key == _FORMULA_LOVER and len(refs) > 1:
            label = "=" + "+".join(refs)
        _transfer(books, day, client, group, (total, short), label)


def _transfer(
    books: Books, day: dt.date, client: Client, group: str, amount: tuple[int, int], label: str
) -> None:
    """Post a transfer that clears an amount, and may be short of it."""
    total, short = amount
    lines = [
        Line("512000", total - short),
        Line("658000", short, label="Écart de règlement"),
        Line("411000", -total, client.key, group),
    ]
    books.post("BQ", day, f"VIR{day:%y%m%d}", label, lines)


def _bill(books: Books, day: dt.date, run: Sequence[Item], total: int) -> None:
    """Post a bill of exchange: accepted after the last invoice, cashed when due."""
    client, group = run[0].client, run[0].line.group
    accepted = max(YEARS[2023][0], business_day(max(item.day for item in run) + dt.timedelta(days=9)))
    due = max(day, business_day(accepted + dt.timedelta(days=14)))
    ref = f"LCR{run[0].ref[2:]}"
    bill = f"L{group}"
    books.post(
        "EF",
        accepted,
        ref,
        f"LCR acceptée {client.name_in(min(2025, accepted.year))}",
        [Line("413000", total, client.key, bill), Line("411000", -total, client.key, group)],
    )
    books.post(
        "BQ",
        due,
        ref,
        f"Encaissement LCR {client.name}",
        [Line("512000", total), Line("413000", -total, client.key, bill)],
    )


def _rebates(books: Books, clients: Sequence[Client]) -> None:
    """Post the rebates of each year, and their refund in February."""
    for year, (_, last) in YEARS.items():
        for client in clients:
            net = books.sold[year, client.key] * 15 // 1000
            ref = f"RFA{year}"
            gross = Line("411000", -net - vat_of(net), client.key, f"{ref}/{client.key}")
            lines = [Line("709700", net), Line("445710", vat_of(net)), gross]
            books.post(
                "OD",
                last,
                f"{ref}-{client.key}",
                f"RFA {year} {client.name_in(year)}",
                lines,
                {client.key: -net},
            )
            paid = business_day(dt.date(year + 1, 2, 20))
            back = Line("411000", -gross.cents, client.key, gross.group)
            books.post(
                "BQ",
                paid,
                f"VIR{paid:%y%m%d}",
                f"VIR RFA {year} {client.name}",
                [back, Line("512000", gross.cents)],
            )


def _bank_cheques(books: Books) -> None:
    """Post what the bank credits for the cheques, two days after they came."""
    totals: dict[dt.date, int] = defaultdict(int)
    for year in books.entries:
        for entry, line in books.lines(year):
            if line.account == "511200":
                totals[business_day(entry.day + dt.timedelta(days=2))] += line.cents
    for day, total in sorted(totals.items()):
        books.post(
            "BQ",
            day,
            f"REM{day:%y%m%d}",
            "Remise de chèques",
            [Line("512000", total), Line("511200", -total)],
        )


def _write_off(books: Books, items: Sequence[Item]) -> None:
    """Post the transfer of a client to the doubtful ones, its provision and the loss."""
    client = items[0].client
    open_items = [item for item in items if item.day <= _DOUBTFUL_DAY]
    for item in open_items:
        item.line.group = open_items[0].line.group
    gross = sum(item.line.cents for item in open_items)
    net = gross * 5 // 6
    name = client.name_in(fiscal_year(_DOUBTFUL_DAY))
    doubtful = f"X{client.key}"
    books.post(
        "OD",
        _DOUBTFUL_DAY,
        "DOUT2024",
        f"Transfert en douteux {name}",
        [
            Line("416000", gross, client.key, doubtful),
            Line("411000", -gross, client.key, open_items[0].line.group),
        ],
    )
    books.post(
        "OD",
        dt.date(2024, 12, 31),
        "PROV2024",
        f"Dépréciation {name}",
        [Line("681740", net), Line("491000", -net)],
    )
    lost = gross // 2
    lost_net = lost * 5 // 6
    books.post(
        "OD",
        _LOST_DAY,
        "PERTE2025",
        f"Créance irrécouvrable {name}",
        [
            Line("654000", lost_net),
            Line("445710", lost - lost_net),
            Line("416000", -lost, client.key, doubtful),
        ],
    )
    books.post(
        "OD",
        _LOST_DAY,
        "PROV2025",
        f"Reprise dépréciation {name}",
        [Line("491000", lost_net), Line("781740", -lost_net)],
    )
