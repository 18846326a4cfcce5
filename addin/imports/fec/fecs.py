"""All FEC files together: turnover by fiscal year, payment, purchases, by client, reconciled to the cent."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from addin.imports.facts import TURNOVERS, Facts, account_key
from addin.imports.fec.as_then import as_then
from addin.imports.fec.clients import joined
from addin.imports.fec.companies import by_company
from addin.imports.fec.contents import check_repeats
from addin.imports.fec.fec_file import read_fec
from addin.imports.fec.measures import Measured, added_up, aligned, measured
from addin.imports.fec.said import say
from addin.imports.recognise import Recognised
from addin.imports.report import FileReport
from addin.imports.rules import Rules
from addin.imports.sources import tells_purchases

__all__ = ["read_fecs"]


def read_fecs(
    files: Sequence[Recognised], rules: Rules, progress: Callable[[Recognised, int], None]
) -> tuple[Facts, list[FileReport]]:
    """Read FEC files.

    Raises
    ------
    Refusal
        If a file cannot be read, does not balance or repeats another, if they are of several companies and
        these are not to be added, or if the sales of one have no clients.
    """
    read = [read_fec(file, partial(progress, file)) for file in files]
    reports = [file.report for file in read]
    read = as_then(read, rules.known_until)
    read, joins = joined(read, rules.joins, rules.joins_told)
    by_number = by_company(read, add=rules.add_companies)
    check_repeats(read)
    companies = [found for of_one in by_number if (found := measured(of_one, rules)) is not None]
    companies = aligned(companies)
    facts = Facts()
    if not companies:
        return facts, reports
    clients, quality = added_up(companies)
    named = {code: name for one in reversed(companies) for code, name in one.names.items()}
    _note_days(facts, companies)
    _put(facts, clients, quality, named, rules)
    if rules.by_day:
        facts.sold = _sold(companies)
    facts.joined = {old: new for old, new in joins.items() if account_key(new) in facts.codes}
    for one in companies:
        say(one, rules, filled=[name in facts.complete for name in TURNOVERS])
    return facts, reports


def _note_days(facts: Facts, companies: Sequence[Measured]) -> None:
    """Note which columns the files fill, and up to which day."""
    for slot, name in enumerate(TURNOVERS):
        ends = [one.ends[slot] for one in companies]
        if all(end is not None for end in ends):  # else it would be the turnover of some companies only
            facts.until[name] = min(end for end in ends if end is not None)
    facts.complete |= facts.until.keys()
    if "turnover" in facts.until:
        facts.until |= dict.fromkeys(("orders", "purchases"), facts.until["turnover"])
        facts.complete |= {"orders"}
    as_of = min(one.as_of for one in companies)
    facts.until |= dict.fromkeys(
        ("open_amount", "overdue", "days_late", "first_purchase", "last_purchase"), as_of
    )
    facts.complete |= {"open_amount", "overdue"}


def _put(
    facts: Facts, clients: pd.DataFrame, quality: pd.DataFrame, named: Mapping[str, str], rules: Rules
) -> None:
    """Note the measures of each client as cells of its fields."""
    codes = clients.index.union(quality.index)
    keys = {code: facts.account(str(code)) for code in codes.tolist()}
    money = {name: f"slot_{slot}" for slot, name in enumerate(TURNOVERS) if name in facts.until}
    counts = ["orders"] if "orders" in facts.until else []
    if counts and tells_purchases(rules, "fec", facts.until):
        counts.append("purchases")
        facts.complete.add("purchases")
    # Who is paid, but bought nothing in the years of the files, has a turnover of 0 in them.
    whole = clients.reindex(codes)
    for name, column in money.items():
        cents = whole[column].fillna(0).astype("int64")
        facts.put_all(name, ((keys[code], round(amount / 100, 2)) for code, amount in cents.items()))
        facts.added |= {keys[code] for code, amount in cents.items() if amount}
    for name in counts:
        facts.put_all(name, ((keys[code], float(count)) for code, count in whole[name].fillna(0).items()))
    for name, column in (("first_purchase", "first"), ("last_purchase", "last")):
        facts.put_all(name, ((keys[code], _moment(stamp)) for code, stamp in whole[column].items()))
    for name, column in (("open_amount", "open"), ("overdue", "overdue")):
        facts.put_all(name, ((keys[code], round(cents / 100, 2)) for code, cents in quality[column].items()))
    facts.put_all("days_late", ((keys[code], _days(days)) for code, days in quality["days_late"].items()))
    facts.added |= {keys[code] for code, cents in quality["open"].items() if cents}
    facts.put_all("name", ((keys[code], named.get(code) or None) for code in codes))


def _sold(companies: Sequence[Measured]) -> pd.DataFrame:
    """Return what is sold by day, clients by the keys of their accounts and amounts in the currency unit."""
    sold = pd.concat([one.daily for one in companies], ignore_index=True)
    sold = sold.assign(account=[account_key(code) for code in sold["client"]], amount=sold["amount"] / 100)
    return sold.groupby(["account", "day"], as_index=False).agg({"amount": "sum", "bought": "any"})


def _days(days: float) -> float | None:
    return None if math.isnan(days) else round(days, 2)


def _moment(stamp: Any) -> dt.datetime | None:
    return None if pd.isna(stamp) else pd.Timestamp(stamp).to_pydatetime()
