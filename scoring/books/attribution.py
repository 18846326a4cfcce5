"""Which client each sale of an accounting export goes to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scoring.books.entries import Books
from scoring.books.lines import NOBODY, added, one_code
from scoring.remainder import shared_out

__all__ = ["Parts", "Units", "attributed", "sales"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


class Units(NamedTuple):
    """Sales by entry, date, piece and buyer, what is assigned as a whole: arrays of shape (n_units,).

    Attributes
    ----------
    entry, year
        Number of the entry and position of the fiscal year.
    date, day
        Code of the date, and the date in days since 1970-01-01.
    piece
        Code of the piece within its year.
    blank, named
        Whether there is no piece, and whether it can be the name of a document.
    buyer
        Position of the client whom the books name as the buyer where no account names one.
    amount
        Credit less debit [cents].
    """

    entry: Ints
    year: Ints
    date: Ints
    day: Ints
    piece: Ints
    blank: Bools
    named: Bools
    buyer: Ints
    amount: Ints


class Parts(NamedTuple):
    """What clients have of the units: positions and amounts, arrays of shape (n_parts,)."""

    unit: Ints
    client: Ints
    amount: Ints


def sales(books: Books) -> Units:
    """Return the sales: lines on accounts 70 outside the opening."""
    rows = np.flatnonzero(books.on("70") & ~books.opening)
    date, piece, buyer = books.codes("date"), _piece(books), _buyer(books)
    unit = one_code(books.entry[rows], date[rows], piece[rows], buyer[rows])
    first = rows[np.unique(unit, return_index=True)[1]]
    return Units(
        entry=books.entry[first],
        year=books.year[first],
        date=date[first],
        day=books.day()[first],
        piece=piece[first],
        blank=~books.is_true("piece", bool)[first],
        # The piece of a document has a digit: "sans" and "-" name nothing.
        named=books.is_true("piece", _has_digit)[first],
        buyer=buyer[first],
        amount=added(unit, -books.amount[rows]),
    )


def _buyer(books: Books) -> Ints:
    """Buyer of each line, else the only one of its entry; nobody where an account names the client."""
    own, entry = books.buyer, books.entry
    if not own.any():
        return own
    n_entries = int(entry.max(initial=-1)) + 1
    first, last = np.full(n_entries, len(books.clients)), np.full(n_entries, NOBODY)
    told = own != NOBODY
    np.minimum.at(first, entry[told], own[told])
    np.maximum.at(last, entry[told], own[told])
    only = np.where(first == last, last, NOBODY)
    by_account = added(entry, _of_clients(books).astype(np.int64), n_entries) > 0
    found: Ints = np.where(by_account[entry], NOBODY, np.where(told, own, only[entry]))
    return found


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _piece(books: Books) -> Ints:
    return one_code(books.codes("year"), books.codes("piece"))


def _of_clients(books: Books) -> Bools:
    found: Bools = (books.client != NOBODY) & ~books.opening
    return found


def attributed(books: Books, units: Units) -> Parts:
    """Find the clients of sales.

    Parameters
    ----------
    books
        All accounting lines.
    units
        Their sales.

    Returns
    -------
    Parts
        The parts of a unit add up to it exactly, except where some of it is
        nobody's; a unit without a client has none.

    Notes
    -----
    A sale goes to the client of its entry, or to the buyer whom the books name.
    Where an entry holds several, it
    is shared pro rata of what they owe by that entry (for credit notes: are
    owed; the other side where that is all 0), by largest remainder. Money
    taken on the spot and receivables without a client's code have a share as
    well, which is nobody's: a till's entry that names one client must not give
    him the whole day.

    Where the entry names no client, the sale goes to the only client that has
    its piece outside the treasury, on the same day or else on any day of the
    year, provided that all sales of the piece then lie between 0 and what that
    client owes for it.
    """
    entry, client, owes, is_owed = _claims(books, units)
    start, end = (np.searchsorted(entry, units.entry, side) for side in ("left", "right"))
    told = units.buyer != NOBODY
    n_claims = np.where(told, 0, end - start)
    alone, several = np.flatnonzero(n_claims == 1), np.flatnonzero(n_claims > 1)
    bought = np.flatnonzero(told)
    shares = np.array(
        list(
            _shares(
                zip(*(column[several].tolist() for column in (units.amount, start, end)), strict=True),
                client,
                owes.tolist(),
                is_owed.tolist(),
            )
        ),
        dtype=np.int64,
    ).reshape(-1, 3)
    shares = shares[shares[:, 1] != NOBODY]
    shared = Parts(several[shares[:, 0]], shares[:, 1], shares[:, 2])
    known = _joined(
        Parts(bought, units.buyer[bought], units.amount[bought]),
        Parts(alone, client[start[alone]], units.amount[alone]),
        shared,
    )
    return _by_piece(books, units, known, np.flatnonzero((end == start) & ~told & units.named))


def _joined(*parts: Parts) -> Parts:
    return Parts(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _claims(books: Books, units: Units) -> tuple[Ints, Ints, Ints, Ints]:
    """What each client owes and is owed by each entry with sales, :data:`NOBODY` among them.

    Returns
    -------
    Entry, client, what it owes and what it is owed, sorted by entry and client; entries that name no
    client are not listed.
    """
    entry, n_entries = books.entry, int(books.entry.max(initial=-1)) + 1
    owes, is_owed = np.maximum(books.amount, 0), np.maximum(-books.amount, 0)
    named = _of_clients(books)

    def in_all(rows: Bools, amounts: Ints) -> Ints:
        return added(entry[rows], amounts[rows], n_entries)

    with_sale = np.zeros(n_entries, dtype=np.bool_)
    with_sale[units.entry] = True
    with_both = with_sale & (in_all(named, np.ones_like(entry)) > 0)
    # Advances received (419) are not due by anybody: they are the client's own money.
    nameless = books.on("41") & ~books.on("419") & ~named
    money = in_all(books.on("51", "53", "58"), books.amount)
    # What a client pays in the same entry is not paid on the spot by another.
    spot_in = in_all(nameless, owes) + np.maximum(money - in_all(named, is_owed), 0)
    spot_out = in_all(nameless, is_owed) + np.maximum(-money - in_all(named, owes), 0)
    nobody = np.flatnonzero(with_both & ((spot_in > 0) | (spot_out > 0)))
    lines = np.flatnonzero(named & with_both[entry])
    keys = np.concatenate([entry[lines], nobody]) * len(books.clients)
    keys += np.concatenate([books.client[lines], np.full_like(nobody, NOBODY)])
    found, which = np.unique(keys, return_inverse=True)
    debits = added(which, np.concatenate([owes[lines], spot_in[nobody]]), len(found))
    credits_ = added(which, np.concatenate([is_owed[lines], spot_out[nobody]]), len(found))
    return found // len(books.clients), found % len(books.clients), debits, credits_


def _shares(
    units: Iterator[tuple[int, int, int]], client: Ints, owes: list[int], is_owed: list[int]
) -> Iterator[tuple[int, int, int]]:
    """Share units, given as amount and range of claims; those without a weight are left out."""
    for position, (amount, start, end) in enumerate(units):
        sides = (owes, is_owed) if amount > 0 else (is_owed, owes)
        weights = next((side[start:end] for side in sides if any(side[start:end])), None)
        if weights is not None:
            for k, part in enumerate(shared_out(amount, weights)):
                yield position, int(client[start + k]), part


def _by_piece(books: Books, units: Units, known: Parts, left: Ints) -> Parts:
    """Add what the pieces of the units left tell of their clients."""
    if not len(left):
        return known
    rows = np.flatnonzero(_of_clients(books) & ~books.treasury & ~books.takes_money)
    client, owed = books.client[rows], books.amount[rows]
    date, piece = books.codes("date")[rows], _piece(books)[rows]
    n_dates = int(books.codes("date").max()) + 1
    for of_units, of_lines in (
        (units.piece * n_dates + units.date, piece * n_dates + date),
        (units.piece, piece),
    ):
        wanted, of_left = np.unique(of_units[left], return_inverse=True)
        unit, line = _found(wanted, of_units[known.unit]), _found(wanted, of_lines)
        sales = added(of_left, units.amount[left], len(wanted))
        sales += added(unit.code, known.amount[unit.rows], len(wanted))
        owes = added(line.code, owed[line.rows], len(wanted))
        first, last = np.full(len(wanted), len(books.clients)), np.full(len(wanted), NOBODY)
        np.minimum.at(first, line.code, client[line.rows])
        np.maximum.at(last, line.code, client[line.rows])
        sure = (first == last) & (sales >= np.minimum(owes, 0)) & (sales <= np.maximum(owes, 0))
        taken = left[sure[of_left]]
        known = _joined(known, Parts(taken, first[of_left][sure[of_left]], units.amount[taken]))
        left = left[~sure[of_left]]
    return known


class _Found(NamedTuple):
    rows: Ints
    code: Ints


def _found(wanted: Ints, keys: Ints) -> _Found:
    """Rows of keys that are wanted, and the position there of each."""
    rows = np.flatnonzero(np.isin(keys, wanted))
    return _Found(rows, np.searchsorted(wanted, keys[rows]))
