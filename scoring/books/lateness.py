"""How late the clients of an accounting export pay."""

from __future__ import annotations

import datetime as dt

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.books.entries import Books
from scoring.books.lines import NEVER, NOBODY, added, one_code
from scoring.books.settlement import Items, settle

__all__ = ["payment_quality"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_EPOCH = dt.date(1970, 1, 1)

_KINDS = _INVOICE, _PAYMENT, _CREDIT = range(3)


def payment_quality(entries: pd.DataFrame | Books, as_of: dt.date, terms_days: int) -> pd.DataFrame:
    """Days late of each client, weighted by amount, and what it owes.

    Parameters
    ----------
    entries
        Accounting lines, in any order.
    as_of
        The day that is looked from: lines dated later are not known yet.
    terms_days
        Days from invoice to due date, for all invoices [days].

    Returns
    -------
    DataFrame
        Indexed by ``client``, sorted, with every client that has a line on its
        account: ``days_late`` (float64 [days], NaN where nothing is known),
        ``weight`` (int64 [cents], the amount behind it), ``open`` (int64
        [cents], negative for a client in credit) and ``overdue`` (int64 [cents]).

    Notes
    -----
    days late = sum(amount x days past due) / sum(amount), over what was paid,
    with 0 for what was paid before it was due, and over open invoices past
    due, with the days to ``as_of``; invoices not yet due say nothing.

    Within (year, account, client, letter), then with what is left within the
    client over all years, payments clear the oldest invoices first. Invoices
    are debits on accounts 411, dated by the piece, and on 416, to which bad
    debts are moved: a transfer must not make the client look clean. Payments
    are credits of a treasury journal or of an entry that takes money in;
    other credits clear without days. A debit of a treasury journal gives money
    back, or is a payment that bounced: due at once, and without days where an
    earlier payment covers it.

    The same letter of two years is one group just if it balances only so.
    Openings repeat what the year before left open, so they count only where
    that year is missing; elsewhere they hold the payments of their letter for
    the invoices that they repeat. The invoices of a first opening are dated by
    their pieces; without such a date they clear without days and are open
    without being overdue. What was open before a missing year is in the opening
    after it, and not counted twice. A client that an opening does not carry on,
    though it carries on others, owes nothing any more from before: what it owed
    may be another one's now, whose opening then repeats nothing of its own.
    """
    books = Books.of(entries)
    today = (as_of - _EPOCH).days
    items = _items(books, today, terms_days)
    positions, client = np.unique(items["client"].to_numpy(), return_inverse=True)
    due, day, returned, kind = (items[name].to_numpy() for name in ("due", "day", "returned", "kind"))
    (invoice, payment, amount), still = _matched(items)
    paid_on = day[payment]
    known = (due[invoice] != NEVER) & ~(returned[invoice] & (paid_on <= day[invoice]))
    invoice, paid_on, amount = invoice[known], paid_on[known], amount[known]
    stays = (items["run"] == items["run"].max()) & ~items["repeated"] & ~items["moved"]
    is_open = (kind == _INVOICE) & stays.to_numpy()
    past = np.flatnonzero(is_open & (due != NEVER) & (due < today))
    in_credit = (kind != _INVOICE) & stays.to_numpy()
    counted = np.concatenate([amount, still[past]])
    late = np.concatenate([np.maximum(paid_on - due[invoice], 0), today - due[past]])
    of_client = client[np.concatenate([invoice, past])]
    weight = added(of_client, counted, len(positions))
    with np.errstate(invalid="ignore"):
        days_late = added(of_client, counted * late, len(positions)) / weight
    return pd.DataFrame(
        {
            "days_late": days_late,
            "weight": weight,
            "open": added(
                client, np.where(is_open, still, 0) - np.where(in_credit, still, 0), len(positions)
            ),
            "overdue": added(client[past], still[past], len(positions)),
        },
        index=pd.Index(books.clients[positions], name="client"),
    )


def _items(books: Books, today: int, terms_days: int) -> pd.DataFrame:
    """Invoices, payments and credits of the clients."""
    booked_on = books.day()
    seen = books.on("411", "416") & (books.client != NOBODY) & (booked_on <= today)
    rows = np.flatnonzero(seen)
    year, amount, opening = books.year[rows], books.amount[rows], books.opening[rows]
    day, piece_day = booked_on[rows], books.day("piece_date")[rows]
    returned = books.treasury[rows] & (amount > 0)
    by_piece = (amount > 0) & ~returned & (piece_day != NEVER)
    undated = opening & (amount > 0) & ~by_piece
    day = np.where(by_piece, piece_day, day)
    money = books.treasury[rows] | books.takes_money[rows]
    kind = np.select([amount > 0, money], [_INVOICE, _PAYMENT], _CREDIT)
    years = np.unique(books.year)
    runs: Ints = np.cumsum(np.diff(years, prepend=years[:1]) > 1)
    run: Ints = runs[np.searchsorted(years, year)]
    lettered = books.is_true("letter", bool)[rows]
    repeated, moved = _carried_on(books, rows)
    letter = one_code(run, books.client[rows], *(books.codes(name)[rows] for name in ("account", "letter")))
    of_year = one_code(letter, books.codes("year")[rows])
    joined = _balance_only_together(of_year, letter, np.where(lettered & ~repeated, amount, 0))
    table = pd.DataFrame(
        {
            "client": books.client[rows],
            "run": run,
            "group": np.where(joined, len(rows) + letter, of_year),
            # Where the letter holds the invoices themselves, their repetition has no place.
            "lettered": lettered & ~(joined & repeated),
            "repeated": repeated,
            "moved": moved,
            "kind": kind,
            "day": np.where(undated, NEVER, day),
            "due": np.where(undated, NEVER, day + np.where(returned, 0, terms_days)),
            "returned": returned,
            "amount": np.abs(amount),
        }
    )
    # Items of the same day and amount are alike, but for these: their order must not show.
    return table.sort_values(["repeated", "returned"], ignore_index=True)


def _carried_on(books: Books, rows: Ints) -> tuple[Bools, Bools]:
    """Which of the rows an opening repeats, and which are of a client that a later opening leaves out."""
    year, client, opening = books.year[rows], books.client[rows], books.opening[rows]
    n_years = int(books.year.max(initial=0)) + 2
    key = client * n_years + year
    has_before = np.isin(key - 1, key) & (year > 0)
    nameless = books.opening & books.on("411", "416") & (books.client == NOBODY) & (books.amount != 0)
    told = np.setdiff1d(year[opening], books.year[nameless])
    last: Ints = np.full(int(client.max(initial=0)) + 1, -1)
    for first in told:
        before, carried = client[year < first], client[opening & (year == first)]
        last[np.setdiff1d(before, carried)] = first - 1
    repeated: Bools = opening & has_before
    return repeated, (year <= last[client]) & ~repeated


def _balance_only_together(parts: Ints, wholes: Ints, amount: Ints) -> Bools:
    """Which items are of a part that does not balance, while such parts of its whole do together."""
    uneven: Bools = added(parts, amount)[parts] != 0
    together: Bools = added(wholes, np.where(uneven, amount, 0))[wholes] == 0
    return uneven & together


def _matched(items: pd.DataFrame) -> tuple[tuple[Ints, Ints, Ints], Ints]:
    """Return (invoice, payment, amount) of the paid parts, as positions, and what is left of each item."""
    names = ("day", "kind", "lettered", "repeated")
    day, kind, lettered, repeated = (items[name].to_numpy() for name in names)
    still = items["amount"].to_numpy().copy()
    parts = []
    for group, usable in (
        (items["group"].to_numpy(), lettered),
        (one_code(items["run"].to_numpy(), items["client"].to_numpy()), ~repeated),
    ):
        rows = [np.flatnonzero((kind == of_kind) & usable & (still > 0)) for of_kind in _KINDS]
        found = settle(*(Items(group[chosen], day[chosen], still[chosen]) for chosen in rows))
        # Credit note k is at ~k, which counts from the end.
        clearings = np.concatenate([rows[_PAYMENT], rows[_CREDIT][::-1]])
        invoice, clearing = rows[_INVOICE][found.invoice], clearings[found.clearing]
        real = ~repeated[invoice] & ~repeated[clearing]
        for side in (invoice, clearing):
            np.subtract.at(still, side[real], found.amount[real])
        paid = real & (found.clearing >= 0)
        parts.append((invoice[paid], clearing[paid], found.amount[paid]))
    invoice, payment, amount = (np.concatenate(column) for column in zip(*parts, strict=True))
    return (invoice, payment, amount), still
