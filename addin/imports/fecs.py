"""All FEC files together: turnover by fiscal year, payment, orders, by client, reconciled to the cent."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd

from addin.imports.choices import STALE, Rules
from addin.imports.describe import column_name
from addin.imports.facts import TURNOVERS, Facts
from addin.imports.fec_file import FecFile, read_fec
from addin.imports.fec_years import FiscalYear, fiscal_years, slots
from addin.imports.recognise import Recognised
from addin.imports.report import FileReport, phrase
from addin.refusals import Refusal
from scoring.accounting import Books, Turnover, payment_quality, turnover, unbalanced
from scoring.text import fold

__all__ = ["read_fecs"]

_MOST_NAMED: Final = 8
_OPEN_END: Final = 62
"""Days without an entry before the end of a year from which it is taken for not finished."""
_REPEATED: Final = 0.1
"""Share of the lines of a file from which it repeats another: parts of a year have no line in common."""
_SAME_NAME: Final = 90.0
_LEGAL_FORM: Final = re.compile(
    r"(?<!\w)(?:s\.?a\.?s\.?u?|s\.?a\.?r\.?l|s\.?a|e\.?u\.?r\.?l|s\.?c\.?i|ets|etablissements?|ste|societe|et|&)(?!\w)\.?"
)


def read_fecs(
    files: Sequence[Recognised], rules: Rules, progress: Callable[[Recognised, int], None]
) -> tuple[Facts, list[FileReport]]:
    """Read FEC files.

    Raises
    ------
    Refusal
        If a file cannot be read, or does not balance.
    """
    read = [read_fec(file, partial(progress, file)) for file in files]
    _check_repeats(read)
    years = fiscal_years(read)
    facts = Facts()
    if not years:
        return facts, [file.report for file in read]
    entries = pd.concat([year.entries.assign(year=year.number) for year in years], ignore_index=True)
    books = Books(entries)
    _check_balance(books, years)
    found = turnover(books)
    chosen = slots(years, rules.reference)
    # What was paid after the last entry is not known: open invoices are looked at as of that day.
    as_of = min(max(year.last for year in years), rules.reference)
    quality = payment_quality(books, as_of, rules.terms)
    names = _names(books)
    _put(facts, found, chosen, names)
    _put_payments(facts, quality, names)
    for year in years:
        _say_year(year, found, chosen, rules)
    _say(years, found, names, rules, as_of)
    for slot, filled in enumerate(chosen):
        if filled is None:
            field = column_name(TURNOVERS[slot])
            before = chosen[slot - 1] or chosen[0]
            details = {"field": field, "file": f"FEC {before.start.year - 1}" if before else "FEC"}
            years[-1].files[0].report.guesses.append(phrase("fec", "slot_left", **details))
        else:
            facts.complete.add(TURNOVERS[slot])
    return facts, [file.report for file in read]


def _check_repeats(files: Sequence[FecFile]) -> None:
    """Refuse a file that repeats the lines of another: every amount would count twice."""
    if len(files) < 2:
        return
    keys = ["journal", "number", "date", "account", "aux", "debit", "credit"]
    hashes = [pd.util.hash_pandas_object(file.entries[keys], index=False).to_numpy() for file in files]
    for at, one in enumerate(files):
        for before in range(at):
            small, large = sorted((hashes[at], hashes[before]), key=len)
            if len(small) > 1 and np.isin(small, large).mean() > _REPEATED:
                raise Refusal("fec_twice", file=one.report.file, other=files[before].report.file)


def _check_balance(books: Books, years: Sequence[FiscalYear]) -> None:
    """Refuse a year whose debits are not its credits, and name the entries at fault."""
    faults = unbalanced(books)
    for at, year in enumerate(years):
        debit, credit = (int(faults.years[side].to_numpy()[at]) for side in ("debit", "credit"))
        wrong = faults.entries[faults.entries["year"] == year.number]
        rows = np.array([row for rows in wrong["rows"] for row in rows], dtype=np.int64)
        found = np.sort(books.entries["line"].to_numpy(np.int64)[rows])[:_MOST_NAMED]
        lines = [str(line) for line in found.tolist()]
        if debit != credit:
            amounts = {"debit": debit / 100, "credit": credit / 100, "difference": abs(debit - credit) / 100}
            raise Refusal("fec_unbalanced", file=year.files[0].report.file, lines=lines, **amounts)
        if len(wrong):
            report = year.files[0].report
            report.notes.append(phrase("fec", "entries_unbalanced", count=len(wrong), lines=lines))


def _names(books: Books) -> dict[str, str]:
    """Name of each client: the label of its latest line, of several the first by alphabet."""
    entries = books.entries
    codes = books.clients[books.client]
    known = codes != ""
    frame = pd.DataFrame(
        {
            "code": codes[known],
            "date": entries["date"].to_numpy()[known],
            "label": np.where(
                entries["aux"].to_numpy(dtype=object)[known] != "",
                entries["aux_label"].to_numpy(dtype=object)[known],
                entries["account_label"].to_numpy(dtype=object)[known],
            ),
        }
    )
    latest = frame.sort_values(["date", "label"], ascending=[False, True]).drop_duplicates("code")
    return {
        str(code): " ".join(str(label).split())
        for code, label in zip(latest["code"], latest["label"], strict=True)
    }


def _put(
    facts: Facts,
    found: Turnover,
    chosen: Sequence[FiscalYear | None],
    names: dict[str, str],
) -> None:
    clients = found.clients.reset_index()
    by_client = clients.groupby("client")
    first, last = by_client["first"].min(), by_client["last"].max()
    keys = {client: facts.account(client) for client in first.index.tolist()}
    for client, key in keys.items():
        facts.put("name", key, names.get(client) or None)
        facts.put("first_purchase", key, _moment(first[client]))
        facts.put("last_purchase", key, _moment(last[client]))
    for slot, year in enumerate(chosen):
        if year is None:
            continue
        rows = clients[clients["year"] == year.number].set_index("client")
        cents, invoices = rows["turnover"].to_dict(), rows["invoices"].to_dict()
        for client, key in keys.items():
            amount = int(cents.get(client, 0))
            facts.put(TURNOVERS[slot], key, round(scaled(amount, year) / 100, 2))
            if amount:
                facts.added.add(key)
            if slot == 0:
                facts.put("orders", key, float(invoices.get(client, 0)))


def scaled(cents: int, year: FiscalYear) -> int:
    """Return the turnover of a year as if it had twelve months.

    Notes
    -----
    amount x 12 / months, to the nearest cent; a year of which start or end is a guess is left as it is.
    """
    if year.months == 12 or not year.certain:
        return cents
    return round(cents * 12 / year.months)


def _put_payments(facts: Facts, quality: pd.DataFrame, names: dict[str, str]) -> None:
    columns = (quality[name].tolist() for name in ("open", "overdue", "days_late"))
    for client, still, overdue, days in zip(quality.index.tolist(), *columns, strict=True):
        key = facts.account(client)
        if still:
            facts.added.add(key)
            facts.put("name", key, names.get(client) or None)
        facts.put("open_amount", key, round(still / 100, 2))
        facts.put("overdue", key, round(overdue / 100, 2))
        facts.put("days_late", key, None if math.isnan(days) else round(days, 2))


def _say_year(
    year: FiscalYear,
    found: Turnover,
    chosen: Sequence[FiscalYear | None],
    rules: Rules,
) -> None:
    """Say of a year what it is, and that its clients and the rest make its 70x total."""
    report = year.files[0].report
    total, rest = int(found.total.get(year.number, 0)), int(found.not_assigned.get(year.number, 0))
    details = {"start": year.start, "end": year.end, "count": year.months}
    slot = next((place for place, one in enumerate(chosen) if one is year), None)
    if slot is None:
        report.notes.append(phrase("fec", "no_slot", **details))
    else:
        named = column_name(TURNOVERS[slot])
        report.notes.append(phrase("fec", "slot", field=named, **details))
    report.units_read, report.units_used, report.units_aside = total * 100, (total - rest) * 100, rest * 100
    amounts = {"total": total / 100, "clients": (total - rest) / 100, "rest": rest / 100}
    report.notes.append(phrase("fec", "reconciled", **amounts))
    if year.months != 12:
        report.notes.append(phrase("fec", "scaled" if year.certain else "not_scaled", **details))
    for file in year.files:
        if not year.named and file.named_end is not None:
            file.report.guesses.append(phrase("fec", "name_differs", named=file.named_end, **details))
        elif file.named_end is None:
            file.report.guesses.append(phrase("fec", "no_name", **details))
    if (year.end - year.last).days > _OPEN_END:
        report.notes.append(phrase("fec", "unfinished", last=year.last, end=year.end))
    if slot == 0 and year.end > rules.reference:
        report.notes.append(phrase("fec", "not_closed", end=year.end, reference=rules.reference))
    if slot == 0 and (rules.reference - year.end).days > 366 + STALE:
        report.notes.append(phrase("fec", "old", end=year.end, reference=rules.reference))
    if len(year.files) > 1:
        report.notes.append(phrase("fec", "joined", files=[file.report.file for file in year.files]))


def _say(
    years: Sequence[FiscalYear], found: Turnover, names: dict[str, str], rules: Rules, as_of: dt.date
) -> None:
    notes = years[-1].files[0].report.notes
    notes.append(phrase("fec", "terms", days=rules.terms))
    if as_of != rules.reference:
        notes.append(phrase("ledger", "as_of", date=as_of))
    for old, new in changed_codes(found.clients.reset_index(), names, years[-1].number + 1):
        notes.append(phrase("fec", "same_client", old=old, new=new, name=names.get(new, "")))
    if not found.total.any():
        notes.append(phrase("fec", "no_sales"))


def changed_codes(clients: pd.DataFrame, names: dict[str, str], n_years: int) -> list[tuple[str, str]]:
    """Return pairs of codes that are likely one client: one ends as the other begins, under one name."""
    from rapidfuzz import fuzz, process

    pairs: list[tuple[str, str]] = []
    sold = clients[clients["turnover"] != 0]
    seen = sold.groupby("client")["year"].agg(["min", "max"])
    for year in range(1, n_years):
        old = {str(code): _plain(names.get(str(code), "")) for code in seen.index[seen["max"] == year - 1]}
        new = {str(code): _plain(names.get(str(code), "")) for code in seen.index[seen["min"] == year]}
        for code, name in sorted(new.items()):
            if not name:
                continue
            best = process.extractOne(name, old, scorer=fuzz.token_sort_ratio, score_cutoff=_SAME_NAME)
            if best is not None:
                pairs.append((str(best[2]), code))
                del old[best[2]]
    return pairs


def _plain(name: str) -> str:
    return " ".join(_LEGAL_FORM.sub(" ", fold(name)).split())


def _moment(stamp: Any) -> dt.datetime | None:
    return None if pd.isna(stamp) else pd.Timestamp(stamp).to_pydatetime()
