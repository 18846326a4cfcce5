"""What the books of companies say of each client: turnover, purchases, what is owed and how late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from addin.imports.fec.clients import names
from addin.imports.fec.contents import check_balance, check_clients, check_contents
from addin.imports.fec.fec_file import FecFile
from addin.imports.fec.years import FiscalYear, fiscal_years, slots
from addin.imports.rules import Rules
from scoring.books.accounting import Books, Turnover, daily_sales, payment_quality, turnover

__all__ = ["Measured", "added_up", "aligned", "measured"]


@dataclass(frozen=True, slots=True)
class Measured:
    """The books of a company, measured.

    Attributes
    ----------
    years
        Its fiscal years, the oldest first.
    chosen
        Which of them are those of turnover N, N-1 and N-2.
    found
        Turnover by year and client.
    as_of
        The day from which open invoices are looked at.
    undated
        Number of the clients of whom an opening says what they owe, but not since when.
    names
        Name by client.
    clients
        DataFrame by client: ``slot_0`` to ``slot_2`` (turnover [cents], as if each year had twelve months; 0
        for none), ``orders`` (of the latest), ``purchases`` (days with one, in the three), ``first`` and
        ``last`` (purchase).
    quality
        See :func:`scoring.books.accounting.payment_quality`.
    daily
        What is sold by day, as :func:`scoring.books.accounting.daily_sales` has it; None unless asked for.
    """

    years: Sequence[FiscalYear]
    chosen: Sequence[FiscalYear | None]
    found: Turnover
    as_of: dt.date
    undated: int
    names: dict[str, str]
    clients: pd.DataFrame
    quality: pd.DataFrame
    daily: pd.DataFrame | None = None

    @property
    def ends(self) -> list[dt.date | None]:
        """Last days of the years of the three columns."""
        return [None if year is None else year.end for year in self.chosen]


def measured(files: Sequence[FecFile], rules: Rules) -> Measured | None:
    """Measure the books of a company; None where its files hold no line.

    Raises
    ------
    Refusal
        If two files hold the same year twice, a year does not balance, or none of its sales has a client.
    """
    years = fiscal_years(files)
    if not years:
        return None
    check_contents(years)
    entries = pd.concat([year.entries.assign(year=year.number) for year in years], ignore_index=True)
    books = Books(entries)
    if rules.known_until is None:  # else an entry that takes several days may be cut in two
        check_balance(books, years)
    found = turnover(books)
    check_clients(books, years, found)
    chosen = slots(years, rules.reference, rules.ends("fec"))
    # What was paid after the last entry is not known: open invoices are looked at as of that day.
    last = max(year.last for year in years) if rules.known_until is None else rules.known_until
    as_of = min(last, rules.reference)
    quality = payment_quality(books, as_of, rules.terms)
    undated = _n_undated(books, years)
    clients, daily = _clients(found, chosen), daily_sales(books) if rules.by_day else None
    return Measured(years, chosen, found, as_of, undated, names(books), clients, quality, daily)


def _clients(found: Turnover, chosen: Sequence[FiscalYear | None]) -> pd.DataFrame:
    by_year = found.clients.reset_index()
    counts = by_year[["client", "turnover", "invoices", "days"]]
    groups = by_year.groupby("client")
    table = pd.DataFrame({"first": groups["first"].min(), "last": groups["last"].max()})
    table["orders"] = table["purchases"] = 0
    for slot, year in enumerate(chosen):
        table[f"slot_{slot}"] = 0
        if year is None:
            continue
        of_year = counts[by_year["year"] == year.number].set_index("client")
        of_year = of_year.reindex(table.index, fill_value=0)
        table[f"slot_{slot}"] = [scaled(int(cents), year) for cents in of_year["turnover"]]
        table["purchases"] += of_year["days"]
        if slot == 0:
            table["orders"] = of_year["invoices"]
    return table


def scaled(cents: int, year: FiscalYear) -> int:
    """Return the turnover of a year as if it had twelve months.

    Notes
    -----
    amount x 12 / months, to the nearest cent; a year of which start or end is a guess is left as it is.
    """
    if year.months == 12 or not year.certain:
        return cents
    return round(cents * 12 / year.months)


def _n_undated(books: Books, years: Sequence[FiscalYear]) -> int:
    """Count the clients of whom the first opening gives a balance, and no day but its own."""
    first = books.year == years[0].number
    owed = first & books.opening & books.on("411", "416") & (books.client > 0) & (books.amount > 0)
    piece_day = books.day("piece_date")
    return len(np.unique(books.client[owed & (piece_day >= books.day())]))


def aligned(companies: Sequence[Measured]) -> list[Measured]:
    """Let a year of one company stand beside that of another which ends less than a year later."""
    latest = max((end for one in companies if (end := one.ends[0]) is not None), default=None)
    found = []
    for one in companies:
        end = one.ends[0]
        late = 0 if latest is None or end is None else (latest - end).days // 365
        chosen = [*[None] * late, *one.chosen][:3]
        found.append(replace(one, chosen=chosen, clients=_clients(one.found, chosen)) if late else one)
    return found


def added_up(companies: Sequence[Measured]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return clients and payment quality of all companies; clients of one code are one."""
    if len(companies) == 1:
        return companies[0].clients, companies[0].quality
    how = dict.fromkeys(("slot_0", "slot_1", "slot_2", "orders", "purchases"), "sum")
    clients = (
        pd.concat([one.clients for one in companies])
        .groupby(level="client")
        .agg({**how, "first": "min", "last": "max"})
    )
    quality = pd.concat([one.quality for one in companies])
    quality["late"] = (quality["days_late"] * quality["weight"]).fillna(0)
    total = quality.groupby(level="client").sum()
    late = total["late"].to_numpy(float)
    weight = total["weight"].to_numpy(float)
    total["days_late"] = np.divide(late, weight, out=np.full(len(total), np.nan), where=weight > 0)
    return clients, total
