"""All files of invoices together: turnover of three periods, payment, orders, by account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from addin.imports.choices import Rules
from addin.imports.facts import Facts
from addin.imports.ledger_file import LedgerReader, Registry
from addin.imports.numbers import UNITS
from addin.imports.recognise import Recognised
from addin.imports.report import FileReport, phrase
from scoring.ledger import NEVER, Ledger

__all__ = ["read_ledgers"]

EPOCH: Final = dt.date(1970, 1, 1)
_TURNOVERS: Final = ("turnover", "turnover_1", "turnover_2")
_LATE_START: Final = 31
"""Days into a period within which its first invoice may lie: companies invoice at least monthly."""
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
        reader = LedgerReader(file, registry, ledger, rules.language, place)
        reader.read(partial(progress, file))
        readers.append(reader)
    last = max((reader.last for reader in readers), default=NEVER)
    first = min((reader.first for reader in readers), default=NEVER)
    if last == NEVER or not registry.numbers:
        return facts, [reader.report for reader in readers]
    as_of = rules.as_of(_date(min(last, (rules.reference - EPOCH).days)))
    measures = ledger.measures((as_of - EPOCH).days)
    has_amount = any(file.position("amount") is not None for file in files)
    has_payments = any(file.position(key) is not None for file in files for key in ("paid", "outstanding"))
    covered = _covered(rules, _date(first), _date(last))
    _put(facts, registry, measures, covered, (has_amount, has_payments))
    _say(readers, rules, ledger, measures, covered, (has_amount, has_payments), (_date(last), as_of))
    return facts, [reader.report for reader in readers]


def _date(day: int) -> dt.date:
    return EPOCH + dt.timedelta(days=int(day))


def _covered(rules: Rules, first: dt.date, last: dt.date) -> list[int]:
    """Return the periods that the files cover from end to end."""
    periods = rules.periods()
    return [
        period
        for period in range(3)
        if first <= periods.start(period) + dt.timedelta(days=_LATE_START)
        and last >= periods.ends[period] - dt.timedelta(days=_EARLY_END)
    ]


def _put(
    facts: Facts, registry: Registry, measures: pd.DataFrame, covered: Sequence[int], has: tuple[bool, bool]
) -> None:
    has_amount, has_payments = has
    keys = {number: key for key, number in registry.numbers.items()}
    for row in measures.itertuples():
        key = keys[row.Index]
        amounts = [getattr(row, f"period_{period}") for period in range(3)]
        if any(amounts) or row.orders or (has_payments and row.open):
            facts.added.add(key)
        for period in covered if has_amount else ():
            facts.put(_TURNOVERS[period], key, round(amounts[period] / UNITS, 2))
        for name, day in (("first_purchase", row.first), ("last_purchase", row.last)):
            if day != NEVER:
                facts.put(name, key, dt.datetime.combine(_date(day), dt.time()))
        if 0 in covered:
            facts.put("orders", key, float(row.orders))
        if has_payments:
            facts.put("open_amount", key, round(row.open / UNITS, 2))
            facts.put("overdue", key, round(row.overdue / UNITS, 2))
            if not np.isnan(row.days_late):
                facts.put("days_late", key, round(float(row.days_late), 2))
    for name in registry.texts:
        for number, text in registry.latest(name):
            facts.put(name, keys[number], text)
    if facts.by_name:
        for key, code in facts.codes.items():
            facts.put("name", key, code)


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
                "field": _TURNOVERS[period],
                "start": periods.start(period),
                "end": periods.ends[period],
            }
            amount = int(measures[f"period_{period}"].sum()) / UNITS
            what = "period" if period in covered else "period_left"
            notes.append(phrase("ledger", what, **_named(details), amount=amount))
        outside = int(measures["before"].sum()) + int(measures["after"].sum())
        notes.append(phrase("ledger", "outside", amount=outside / UNITS))
    else:
        notes.append(phrase("ledger", "no_amounts"))
    if 0 not in covered:
        notes.append(phrase("ledger", "stale", last=last, reference=rules.reference))
    if has_payments:
        if as_of != rules.reference:
            notes.append(phrase("ledger", "as_of", date=as_of))
        if ledger.without_terms:
            notes.append(phrase("ledger", "terms", count=ledger.without_terms, days=rules.terms))
    else:
        notes.append(phrase("ledger", "no_payments"))
    if any(reader.last > (rules.reference - EPOCH).days for reader in readers):
        notes.append(phrase("ledger", "later", reference=rules.reference))


def _named(details: dict[str, object]) -> dict[str, object]:
    """Let a field be named by its header, in whatever language."""
    from addin.catalogue import Phrase

    return {**details, "field": Phrase("fields", ("accounts", str(details["field"])))}
