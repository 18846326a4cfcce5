"""All files of invoices together: turnover of three periods, payment, orders, by account."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import pandas as pd

from addin.book import Cell
from addin.imports.choices import Rules
from addin.imports.dates import EPOCH, moment
from addin.imports.describe import column_name
from addin.imports.facts import TURNOVERS, Facts
from addin.imports.ledger_file import LedgerReader, Registry
from addin.imports.numbers import UNITS
from addin.imports.recognise import Recognised
from addin.imports.report import FileReport, phrase
from scoring.ledger import NEVER, Ledger

__all__ = ["read_ledgers"]

_LATE_START: Final = 31
"""Days into a period within which its first invoice may lie: companies invoice at least monthly."""
_SAID_END: Final = 10
"""Days before the end of the latest period from which it is said that the file ends early."""
_EARLY_END: Final = 92
"""Days before the end of a period within which the file may end: exports are made now and then."""


def read_ledgers(
    files: Sequence[Recognised], rules: Rules, progress: Callable[[Recognised, int], None]
) -> tuple[Facts, list[FileReport]]:
    """Read files of invoices as if they were one."""
    facts = Facts(by_name=all(file.position("account") is None for file in files))
    registry, ledger = Registry(facts), Ledger(rules.periods(), rules.terms, (rules.reference - EPOCH).days)
    readers = []
    for place, file in enumerate(files):
        reader = LedgerReader(file, registry, ledger, rules, place)
        reader.read(partial(progress, file))
        readers.append(reader)
    last = max((reader.last for reader in readers), default=NEVER)
    first = min((reader.first for reader in readers), default=NEVER)
    if last == NEVER or not registry.numbers:
        return facts, [reader.report for reader in readers]
    as_of = rules.as_of(_date(max(reader.knows for reader in readers)))
    measures = ledger.measures((as_of - EPOCH).days)
    _forget_unused(facts, registry, measures)
    has_amount = any(file.position("amount") is not None for file in files)
    has_payments = any(file.position(key) is not None for file in files for key in ("paid", "outstanding"))
    only_open = has_payments and not measures["closed"].any()
    covered = [] if only_open else _covered(rules, measures, _date(first), _date(last), has_amount=has_amount)
    dated = any(file.position("paid") is not None for file in files)
    _put(facts, registry, measures, covered, (has_amount, has_payments, dated))
    _say(readers, rules, ledger, measures, covered, (has_amount, has_payments), (_date(last), as_of))
    if only_open:
        readers[0].report.notes.append(phrase("ledger", "only_open"))
    return facts, [reader.report for reader in readers]


def _forget_unused(facts: Facts, registry: Registry, measures: pd.DataFrame) -> None:
    """Forget the accounts of which no row was used."""
    used = set(measures.index.tolist())
    for key, number in registry.numbers.items():
        if number not in used:
            facts.codes.pop(key, None)


def _date(day: int) -> dt.date:
    return EPOCH + dt.timedelta(days=int(day))


def _covered(
    rules: Rules, measures: pd.DataFrame, first: dt.date, last: dt.date, *, has_amount: bool
) -> list[int]:
    """Return the periods that the files cover from end to end.

    A period without any invoice at an end of them is not covered: one old invoice that is still open
    must not make years without turnover.
    """
    periods = rules.periods()
    filled = [not has_amount or bool((measures[f"period_{period}"] != 0).any()) for period in range(3)]
    return [
        period
        for period in range(3)
        if first <= periods.start(period) + dt.timedelta(days=_LATE_START)
        and last >= periods.ends[period] - dt.timedelta(days=_EARLY_END)
        and any(filled[: period + 1])
        and any(filled[period:])
    ]


def _put(
    facts: Facts,
    registry: Registry,
    measures: pd.DataFrame,
    covered: Sequence[int],
    has: tuple[bool, bool, bool],
) -> None:
    """Note the measures of each account as cells of its fields."""
    has_amount, has_payments, has_paid = has
    keys = [key for key, _ in sorted(registry.numbers.items(), key=lambda one: one[1])]
    found = {name: measures[name].tolist() for name in measures.columns}
    owners = [keys[number] for number in measures.index.tolist()]
    cells: dict[str, list[Cell]] = {
        "first_purchase": [_moment(day) for day in found["first"]],
        "last_purchase": [_moment(day) for day in found["last"]],
    }
    if has_amount:
        cells |= {TURNOVERS[period]: _money(found[f"period_{period}"]) for period in covered}
    if 0 in covered:
        cells["orders"] = [float(orders) for orders in found["orders"]]
    if has_payments:
        known = [bool(count) for count in found["known"]]
        for name, column in (("open_amount", "open"), ("overdue", "overdue")):
            amounts = _money(found[column])
            cells[name] = [amount if told else None for amount, told in zip(amounts, known, strict=True)]
    if has_paid:  # else what is open would be all that is known of how a client pays
        cells["days_late"] = [None if math.isnan(days) else round(days, 2) for days in found["days_late"]]
    for name, values in cells.items():
        facts.put_all(name, zip(owners, values, strict=True))
    lively = ("period_0", "period_1", "period_2", "orders", *(("open",) if has_payments else ()))
    facts.added |= {
        key
        for key, row in zip(owners, zip(*(found[name] for name in lively), strict=True), strict=True)
        if any(row)
    }
    for name in registry.texts:
        facts.put_all(name, ((keys[number], text) for number, text in registry.latest(name)))
    if facts.by_name:
        facts.put_all("name", facts.codes.items())


def _moment(day: int) -> dt.datetime | None:
    return None if day == NEVER else moment(day)


def _money(units: Sequence[int]) -> list[Cell]:
    return [round(amount / UNITS, 2) for amount in units]


def _say(
    readers: Sequence[LedgerReader],
    rules: Rules,
    ledger: Ledger,
    measures: pd.DataFrame,
    covered: Sequence[int],
    has: tuple[bool, bool],
    days: tuple[dt.date, dt.date],
) -> None:
    """Say in the report of the first file what holds for all, and of each how it was read."""
    has_amount, has_payments = has
    last, as_of = days
    notes = readers[0].report.notes
    periods = rules.periods()
    if has_amount:
        for period in range(3):
            details = {
                "field": column_name(TURNOVERS[period]),
                "start": periods.start(period),
                "end": periods.ends[period],
            }
            amount = int(measures[f"period_{period}"].sum()) / UNITS
            what = "period" if period in covered else "period_left"
            notes.append(phrase("ledger", what, **details, amount=amount))
        outside = int(measures["before"].sum()) + int(measures["after"].sum())
        notes.append(phrase("ledger", "outside", amount=outside / UNITS))
    else:
        notes.append(phrase("ledger", "no_amounts"))
    early = (periods.ends[0] - last).days
    if 0 in covered and early > _SAID_END:
        readers[0].report.guesses.append(phrase("ledger", "ends_early", last=last, days=early))
    if early > _EARLY_END:
        notes.append(phrase("ledger", "stale", last=last, reference=rules.reference))
    if has_payments:
        if as_of != rules.reference:
            notes.append(phrase("ledger", "as_of", date=as_of))
        if ledger.without_terms:
            notes.append(phrase("ledger", "terms", count=ledger.without_terms, days=rules.terms))
    else:
        notes.append(phrase("ledger", "no_payments"))
    if any(reader.latest > (rules.reference - EPOCH).days for reader in readers):
        notes.append(phrase("ledger", "later", reference=rules.reference))
