"""All files of invoices together: turnover of three periods, payment, orders, by account."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from addin.imports.describe import column_name
from addin.imports.facts import TURNOVERS, Facts
from addin.imports.files.dates import EPOCH, moment
from addin.imports.files.numbers import UNITS
from addin.imports.ledger.groups import grouped, read_group
from addin.imports.ledger.ledger_file import LedgerReader
from addin.imports.ledger.registry import Registry
from addin.imports.recognise import Recognised
from addin.imports.report import FileReport, phrase
from addin.imports.rules import Rules
from addin.refusals import Refusal
from addin.workbook.port import Cell
from scoring.books.daily import DailySales
from scoring.books.ledger import NEVER, Ledger

__all__ = ["read_ledgers"]

_LATE_START: Final = 31
"""Days into a period within which its first invoice may lie: companies invoice at least monthly."""
_SAID_END: Final = 10
"""Days before the end of the latest period from which it is said that the file ends early."""
_MOST_PLACES: Final = 20
_EARLY_END: Final = 92
"""Days before the end of a period within which the file may end: exports are made now and then."""
_LEAST_PART: Final = 3
"""Months of the latest period from which a part of it is better than nothing, where nothing is known."""
_MONTH: Final = 365.25 / 12


def read_ledgers(
    files: Sequence[Recognised], rules: Rules, progress: Callable[[Recognised, int], None]
) -> tuple[Facts, list[FileReport]]:
    """Read files of invoices as if they were one."""
    facts = Facts(by_name=all(file.position("account") is None for file in files))
    registry, ledger = Registry(facts), Ledger(rules.periods(), rules.terms, (rules.reference - EPOCH).days)
    groups = [read_group(of_group, registry, rules, progress) for of_group in grouped(files)]
    readers = sorted((reader for group in groups for reader in group.readers), key=lambda one: one.place)
    sign = _only_sign(readers, rules)
    if sign:
        facts, reports = read_ledgers(files, replace(rules, currency=sign), progress)
        reports[0].guesses.append(phrase("guess", "sign", currency=sign, own=rules.currency))
        reports[0].sign = sign
        return facts, reports
    _check_currencies(readers, rules)
    ledger.daily = DailySales() if rules.by_day else None
    for group in groups:
        ledger.absorb(group.ledger)
    last = max((reader.last for reader in readers), default=NEVER)
    first = min((reader.first for reader in readers), default=NEVER)
    if last == NEVER or not registry.numbers:
        return facts, [reader.report for reader in readers]
    if (
        rules.known_until is not None
    ):  # the files go on: nothing was sold between their last line and that day
        last = (rules.known_until - EPOCH).days
    for reader in readers:
        reader.report.last = None if reader.knows == NEVER else _date(reader.knows)
    as_of = rules.as_of(_date(max(reader.knows for reader in readers)))
    measures = ledger.measures((as_of - EPOCH).days)
    _forget_unused(facts, registry, measures)
    has_amount = any(group.has_amount for group in groups)
    has_payments = any(group.has_payments for group in groups)
    only_open = has_payments and not measures["closed"].any()
    covered = [] if only_open else _covered(rules, measures, _date(first), _date(last), has_amount=has_amount)
    dated = any(group.is_dated for group in groups)
    _put(facts, registry, measures, covered, (has_amount, has_payments, dated))
    _note_days(facts, rules, covered, (has_amount, has_payments), (_date(last), as_of))
    days = _date(first), _date(last), as_of
    _say(readers, rules, ledger, measures, covered, (has_amount, has_payments), days)
    if ledger.daily is not None:
        facts.sold = _sold(ledger.daily, registry)
    for code, places in registry.several_places()[:_MOST_PLACES]:
        said = phrase("guess", "several_places", account=code, places=places)
        readers[0].report.guesses.append(said)
    if only_open:
        readers[0].report.notes.append(phrase("ledger", "only_open"))
    return facts, [reader.report for reader in readers]


def _only_sign(readers: Sequence[LedgerReader], rules: Rules) -> str:
    """Return the one sign that all amounts have, where it is not the workbook's, which nobody chose yet.

    A sign in the cells is how a program writes amounts; a new workbook has the currency that it shipped with.
    """
    names = {name for reader in readers for name in reader.meanings.currencies.names}
    n_own = sum(reader.meanings.n_own for reader in readers)
    alone = all(
        set(reader.meanings.foreign) <= reader.meanings.currencies.by_sign
        and not reader.meanings.columns_of("currency")
        for reader in readers
    )
    return names.pop() if rules.is_fresh and len(names) == 1 and not n_own and alone else ""


def _check_currencies(readers: Sequence[LedgerReader], rules: Rules) -> None:
    """Refuse files of which no row is in the currency of the workbook, or of which that is not known."""
    n_own = sum(reader.meanings.n_own for reader in readers)
    abroad = [reader for reader in readers if reader.meanings.foreign]
    if abroad and not n_own:
        names = sorted({name for reader in abroad for name in reader.meanings.currencies.names})
        details = {"file": abroad[0].found.path.name, "currencies": names, "own": rules.currency}
        raise Refusal("import_other_currency", **details)
    seen = {codes for reader in readers for codes in reader.meanings.currencies.seen}
    if not rules.currency.strip() and len(seen) > 1:
        names = sorted({min(codes) for codes in seen})
        raise Refusal("import_currency_unset", currencies=names)


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
    """Return the periods that the files cover from end to end, or the latest one of which they hold a part.

    A period without any invoice at an end of them is not covered: one old invoice that is still open
    must not make years without turnover. A part of the latest period counts only where no account has a
    turnover: it stands for nothing that is known, and it is said how many months it holds.
    """
    periods = rules.periods()
    filled = [not has_amount or bool((measures[f"period_{period}"] != 0).any()) for period in range(3)]
    covered = [
        period
        for period in range(3)
        if first <= periods.start(period) + dt.timedelta(days=_LATE_START)
        and last >= periods.ends[period] - dt.timedelta(days=_EARLY_END)
        and any(filled[: period + 1])
        and any(filled[period:])
    ]
    n_months = _n_months(rules, first, last)
    in_part = not covered and filled[0] and not rules.has_turnover and n_months >= _LEAST_PART
    return [0] if in_part and last >= periods.ends[0] - dt.timedelta(days=_EARLY_END) else covered


def _n_months(rules: Rules, first: dt.date, last: dt.date) -> int:
    """Return how many months of the latest period the files hold, to the nearest one."""
    periods = rules.periods()
    start, end = max(first, periods.start(0)), min(last, periods.ends[0])
    return round(((end - start).days + 1) / _MONTH)


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
        "first_purchase": _moments(found["first"]),
        "last_purchase": _moments(found["last"]),
    }
    if has_amount:
        cells |= {TURNOVERS[period]: _money(found[f"period_{period}"]) for period in covered}
    if 0 in covered:
        cells |= {name: [float(count) for count in found[name]] for name in ("orders", "purchases")}
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


def _sold(daily: DailySales, registry: Registry) -> pd.DataFrame:
    """Return what is sold by day, accounts by their keys and amounts in the currency unit."""
    sold, keys = daily.table(), np.array(registry.keys(), dtype=object)
    return sold.assign(account=keys[sold["account"]], amount=sold["amount"] / UNITS)


def _note_days(
    facts: Facts,
    rules: Rules,
    covered: Sequence[int],
    has: tuple[bool, bool],
    days: tuple[dt.date, dt.date],
) -> None:
    """Note up to which day the fields go, and of which the files hold all there is."""
    has_amount, has_payments = has
    last, as_of = days
    ends = rules.periods().ends
    facts.until |= dict.fromkeys(("first_purchase", "last_purchase"), last)
    if has_amount:
        facts.until |= {TURNOVERS[period]: ends[period] for period in covered}
    if 0 in covered:
        facts.until |= dict.fromkeys(("orders", "purchases"), ends[0])
    if has_payments:
        facts.until |= dict.fromkeys(("open_amount", "overdue", "days_late"), as_of)
    facts.complete |= facts.until.keys() - {"first_purchase", "last_purchase", "days_late"}


def _moments(days: Sequence[int]) -> list[Cell]:
    known: dict[int, Cell] = {day: None if day == NEVER else moment(day) for day in set(days)}
    return [known[day] for day in days]


def _money(units: Sequence[int]) -> list[Cell]:
    return [round(amount / UNITS, 2) for amount in units]


def _say(
    readers: Sequence[LedgerReader],
    rules: Rules,
    ledger: Ledger,
    measures: pd.DataFrame,
    covered: Sequence[int],
    has: tuple[bool, bool],
    days: tuple[dt.date, dt.date, dt.date],
) -> None:
    """Say in the report of the first file what holds for all, and of each how it was read."""
    has_amount, has_payments = has
    first, last, as_of = days
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
    if 0 in covered and first > periods.start(0) + dt.timedelta(days=_LATE_START):
        months = _n_months(rules, first, last)
        readers[0].report.guesses.append(phrase("ledger", "in_part", first=first, count=months))
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
