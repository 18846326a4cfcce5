"""Turnover and payment quality of clients from an accounting export (FEC).

Entries are as :mod:`scoring.books.lines` says: one row an accounting line, of
one fiscal year or of several. No function depends on the order of the rows.
Where several measures of the same lines are asked for, ``Books(entries)`` in
place of the entries shares the work that they have in common.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.books.attribution import Parts, Units, attributed, sales
from scoring.books.entries import Books
from scoring.books.lateness import payment_quality
from scoring.books.lines import NEVER, added, client_codes, one_code
from scoring.books.openings import is_opening

__all__ = [
    "Books",
    "Turnover",
    "Unbalanced",
    "client_codes",
    "daily_sales",
    "is_opening",
    "payment_quality",
    "turnover",
    "unbalanced",
]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Turnover:
    """Turnover before tax, by fiscal year.

    Attributes
    ----------
    clients
        DataFrame indexed by (year, client), sorted: ``turnover`` (int64
        [cents]), ``first`` and ``last`` (datetime64[s], first and last day with
        a sale, NaT where credit notes are all there is), ``invoices`` and
        ``days`` (int64, documents with sales > 0, and days with one).
    total
        Series by year of int64 [cents]: credit less debit on accounts 70,
        outside the opening journal.
    not_assigned
        Series by year of int64 [cents]: what no client could be found for.
        ``clients`` and this add up to ``total``, to the cent.
    """

    clients: pd.DataFrame
    total: pd.Series[int]
    not_assigned: pd.Series[int]


def turnover(entries: pd.DataFrame | Books) -> Turnover:
    """Turnover by fiscal year and client.

    Parameters
    ----------
    entries
        Accounting lines (see :mod:`scoring.books.lines`), in any order.

    Returns
    -------
    Turnover
        A client with nothing but sales of 0 in a year is not listed for it.

    Notes
    -----
    :func:`scoring.books.attribution.attributed` says whose a sale is. Nothing is
    assigned across years.

    An invoice is a piece of a day, since pieces such as "VE 0123" are used
    again and again; without a piece, an entry.
    """
    books = Books.of(entries)
    units = sales(books)
    parts = attributed(books, units)
    years = np.unique(books.year)
    index = pd.Index(years, name="year")
    sold = np.searchsorted(years, units.year)
    total = pd.Series(added(sold, units.amount, len(years)), index, name="total")
    known = added(sold[parts.unit], parts.amount, len(years))
    return Turnover(_by_client(parts, units, books), total, (total - known).rename("not_assigned"))


def daily_sales(entries: pd.DataFrame | Books) -> pd.DataFrame:
    """Sales by client and day.

    Parameters
    ----------
    entries
        Accounting lines, in any order.

    Returns
    -------
    DataFrame
        One row a client and day, sorted: ``client``, ``day`` (int64, days since 1970-01-01), ``amount``
        (int64 [cents]) and ``bought`` (bool, whether a document of the day has sales > 0).
    """
    books = Books.of(entries)
    units = sales(books)
    found = _by_document(attributed(books, units), units)
    sold = pd.DataFrame(
        {
            "client": books.clients[found.client],
            "day": found.day,
            "amount": found.amount,
            "bought": found.amount > 0,
        }
    )
    return sold.groupby(["client", "day"], as_index=False).agg({"amount": "sum", "bought": "any"})


class _Documents(NamedTuple):
    """Documents of sales: arrays of shape (n_documents,)."""

    year: Ints
    client: Ints
    day: Ints
    amount: Ints


def _by_document(parts: Parts, units: Units) -> _Documents:
    unit = parts.unit
    own_entry = np.where(units.blank, units.entry + 1, 0)
    document = one_code(parts.client, own_entry[unit], units.piece[unit], units.date[unit])
    first = np.unique(document, return_index=True)[1]
    amount = added(document, parts.amount)
    return _Documents(units.year[unit[first]], parts.client[first], units.day[unit[first]], amount)


def _by_client(parts: Parts, units: Units, books: Books) -> pd.DataFrame:
    year, client, day, amount = _by_document(parts, units)
    keys = year * len(books.clients) + client
    found, which = np.unique(keys, return_inverse=True)
    sold = np.flatnonzero(amount > 0)
    begin, end = np.full(len(found), np.iinfo(np.int64).max), np.full(len(found), NEVER)
    np.minimum.at(begin, which[sold], day[sold])
    np.maximum.at(end, which[sold], day[sold])
    table = pd.DataFrame(
        {
            "turnover": added(which, amount, len(found)),
            "first": _dates(np.where(end == NEVER, NEVER, begin)),
            "last": _dates(end),
            "invoices": added(which[sold], np.ones_like(sold), len(found)),
            "days": _n_days(which[sold], day[sold], len(found)),
        },
        index=pd.MultiIndex.from_arrays(
            [found // len(books.clients), books.clients[found % len(books.clients)]],
            names=["year", "client"],
        ),
    )
    return table[(table["turnover"] != 0) | (table["invoices"] > 0)]


def _n_days(which: Ints, day: Ints, n_codes: int) -> Ints:
    """How many distinct days each code has."""
    pairs = one_code(which, day - day.min(initial=0))
    first = np.unique(pairs, return_index=True)[1]
    return added(which[first], np.ones_like(first), n_codes)


def _dates(day: Ints) -> npt.NDArray[np.datetime64]:
    return day.astype("datetime64[D]").astype("datetime64[s]")


@dataclass(frozen=True, slots=True)
class Unbalanced:
    """What does not balance.

    Attributes
    ----------
    years
        DataFrame indexed by ``year``: ``debit`` and ``credit`` (int64 [cents]) of all years.
    entries
        DataFrame with one row an entry that does not balance, sorted: ``year``, ``journal``, ``number``,
        ``date``, ``piece`` ("" unless it is part of what tells the entry), ``debit``, ``credit`` (int64
        [cents]) and ``rows`` (int64 array, ascending: positions of its lines), without those of its pieces
        that balance by themselves.
    """

    years: pd.DataFrame
    entries: pd.DataFrame


def unbalanced(entries: pd.DataFrame | Books) -> Unbalanced:
    """Find the years and the entries whose debits and credits differ.

    Parameters
    ----------
    entries
        Accounting lines, in any order.

    Notes
    -----
    An entry is what :class:`scoring.books.entries.Books` finds, so those that balance
    only across journals are no faults. Neither are entries that balance over
    several dates or, where numbers do not tell entries apart, the lines of a
    journal that balance over a day. In a year that balances as a whole,
    neither are such lines that balance over a day across journals.
    """
    books = Books.of(entries)
    lines = books.entries
    years = lines.groupby("year")[["debit", "credit"]].sum()
    even_years = years.index.to_numpy()[(years["debit"] == years["credit"]).to_numpy()]
    even = np.isin(books.year, even_years)
    faulty = ~books.balanced
    journal, number, date = map(books.codes, ("journal", "number", "date"))
    for keys, usable in (
        ((journal, number), books.tell),
        ((journal, date), ~books.tell),
        ((date,), ~books.tell & even),
    ):
        rows = np.flatnonzero(faulty & usable)
        key = one_code(books.period[rows], *(values[rows] for values in keys))
        faulty[rows] = added(key, books.amount[rows])[key] != 0
    rows = np.flatnonzero(faulty)
    told = lines.iloc[rows][["year", "journal", "number", "date", "piece", "debit", "credit"]]
    told = told.assign(piece=told["piece"].where(~books.tell[rows], ""))
    groups = told.groupby(["year", "journal", "number", "date", "piece"], dropna=False)
    found = groups[["debit", "credit"]].sum().reset_index()
    group = groups.ngroup().to_numpy()
    in_order = np.lexsort((rows, group))
    found["rows"] = pd.Series(
        np.split(rows[in_order], np.flatnonzero(np.diff(group[in_order])) + 1) if len(rows) else [],
        dtype=object,
    )
    return Unbalanced(years, found)
