"""Which lines of an accounting export are an opening: the balances of the year before, once more.

References
----------
Plan comptable général: classes 1 to 5 are accounts of the balance sheet, 6 and
7 of the result; 10 to 12 hold the capital and the result brought forward, 47
what waits, 58 money on its way, 89 opening and closing balances.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.books.lines import Lines, added, one_code
from scoring.text import fold

__all__ = ["is_opening", "openings"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_BALANCE = ("1", "2", "3", "4", "5", "8")
_CAPITAL = ("10", "11", "12")
_COUNTERPART = (*_CAPITAL, "47", "58", "89")
"""Accounts that take the other side of what an opening repeats, and have no balance of their own in it."""

_WITH_RESULT = 4
"""Accounts from which an entry with accounts 6 or 7 can repeat a year rather than an invoice."""

_CODE = re.compile(r"(?:ano?|anou|anouv|r-?an|a[-. /]?nouv.*|a[-. /]n.*)\d*")
_LOOSE_CODE = re.compile(r"(?:ouv[a-z]*|rep|reprises?|open(?:ing)?)\d*")
_LABEL = re.compile(r"\ba ?[-.]? ?nouv")
_LOOSE_LABEL = re.compile(
    r"\bouverture\b|\bbalances? initiales?\b|\bsoldes? (?:initia|report|nouveaux)|\breports? (?:des? )?solde"
    r"|\bnouveaux soldes\b|\bbilan initial\b|\bopening\b|\binitial balances?\b|\bbrought forward\b"
    r"|^(?:journal )?(?:des? )?reprises?\b(?!.*(?:provision|amortis|deprecia|marchandise|materiel|vehicule))"
)
_OTHER_LABEL = re.compile(r"\b(?:vente|achat|banque|caisse|facture|tresorerie)s?\b")
_NUMBER = re.compile(r"ouverture|a[-. _]?nouv|balance.?initiale|soldes?.?initia|opening")
_SHORT_NUMBER = re.compile(r"(?:ano?|anouv|r-?an|a[-.]n|ouv|rep|reprise)(?:[-/. _]?\d+)*")


def is_opening(entries: pd.DataFrame) -> Bools:
    """Whether each line is of an opening that is called one.

    Parameters
    ----------
    entries
        Accounting lines; ``year`` may be left out where all are of one.

    Returns
    -------
    Bool array of shape (n_lines,).

    Notes
    -----
    Case and accents are ignored. Sure are the codes AN, ANO, RAN and those that
    begin with A-N, unless the label says something else, and labels "à
    nouveau". Other words have other meanings too (REP is a repair shop's
    journal as well as a *reprise*), so they hold only for an entry that does
    what an opening does: the codes OUV and REP, and the labels *ouverture*,
    *balance initiale*, *soldes initiaux* and *reprise*, for balance accounts or
    on the first day of the year; a number that spells such a word, on the
    first day; a short one (AN1), for balance accounts on the first day.

    Examples
    --------
    >>> lines = pd.DataFrame({
    ...     "journal": ["VE", "RAN", "J1", "OUV"], "journal_label": ["Ventes", "", "A Nouveaux", ""],
    ...     "number": ["1", "1", "1", "1"], "account": ["411", "411", "411", "411"],
    ...     "date": pd.to_datetime(["2024-01-01"] * 4)})
    >>> is_opening(lines).tolist()
    [False, True, True, True]
    """
    return _Openings(Lines(entries)).named()


def openings(lines: Lines) -> Bools:
    """Whether each line is of an opening, by what it is called or by what it does, shape (n_lines,).

    Notes
    -----
    Without a name, an entry of the first day of a year is its opening

    - where it gives most of its accounts, and clients, the balances at which
      the year before closed; accounts 6 and 7, which a year that is not closed
      yet brings forward too, only beside those of classes 1 to 3 or 5 and where
      all of four or more do, or an invoice like that of the year before were one;
    - or where it puts clients and capital side by side on three balance
      accounts or more, as no entry of a single day does.

    Such an entry moves nothing: its sales were sold and its money was paid in
    the year before.
    """
    found = _Openings(lines)
    named = found.named()
    proved = found.closes_as_before(~named)
    return named | proved | found.is_shaped_so(~named & ~proved)


class _Openings:
    """What the lines say of openings, looked at once."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        n_lines = len(lines)
        self._year = lines.codes("year") if "year" in lines.entries else np.zeros(n_lines, dtype=np.int64)
        self._journal, self._number = lines.codes("journal"), lines.codes("number")
        self._day = lines.day()
        self._entry = one_code(self._year, self._journal, self._number, self._day - self._day.min(initial=0))
        self._on_balance = lines.on(*_BALANCE)
        self._of_balance = ~_any(self._entry, ~self._on_balance)

    def named(self) -> Bools:
        """See :func:`is_opening`."""
        is_true = self._lines.is_true
        code = is_true("journal", lambda text: _CODE.fullmatch(fold(text)) is not None)
        loose_code = is_true("journal", lambda text: _LOOSE_CODE.fullmatch(fold(text)) is not None)
        label = is_true("journal_label", _says_new)
        loose_label = is_true("journal_label", _says_so)
        plain = is_true("journal_label", _says_nothing)
        sure = label | (code & (plain | loose_label))
        loose = loose_label | (loose_code & plain) | (code & ~sure)
        word = is_true("number", lambda text: _NUMBER.search(fold(text)) is not None)
        short = is_true("number", lambda text: _SHORT_NUMBER.fullmatch(fold(text)) is not None)
        first = self._on_first_day(~sure & ~loose)
        of_balance = self._of_balance
        return sure | (loose & (of_balance | first)) | (word & first) | (short & first & of_balance)

    def closes_as_before(self, usable: Bools) -> Bools:
        """Return the entries of a first day that repeat what the year before closed with."""
        rows = np.flatnonzero(usable & self._on_first_day(usable) & self._has_year_before())
        found = np.zeros(len(self._lines), dtype=np.bool_)
        if not len(rows):
            return found
        is_counterpart = self._lines.on(*_COUNTERPART)[rows]
        found[rows] = self._repeats(rows, self._entry[rows], is_counterpart)
        # Some programs give every balance a number of its own: then the day's entries are one opening.
        rows = rows[self._of_balance[rows]]
        together = one_code(self._year[rows], self._journal[rows], self._day[rows] - self._day.min())
        found[rows] |= self._repeats(rows, together, self._lines.on(*_COUNTERPART)[rows], least=2)
        return found

    def is_shaped_so(self, usable: Bools) -> Bools:
        """Return the entries of a first day that put clients and capital side by side."""
        rows = usable & self._on_first_day(usable) & self._of_balance
        clients, capital = (_any(self._entry, rows & self._lines.on(*of)) for of in (("411",), _CAPITAL))
        account = one_code(self._entry, self._lines.codes("account"))
        first = np.unique(account, return_index=True)[1]
        n_accounts = added(self._entry[first], np.ones_like(first), int(self._entry.max(initial=-1)) + 1)
        return rows & clients & capital & (n_accounts[self._entry] >= 3)

    def _repeats(self, rows: Ints, entry: Ints, is_counterpart: Bools, least: int = 1) -> Bools:
        """Whether most accounts of the entry of each row have in it the balance of the year before."""
        account, aux = (self._lines.codes(name) for name in ("account", "aux"))
        group = one_code(entry, account[rows], aux[rows])
        first = np.unique(group, return_index=True)[1]
        amount = added(group, self._lines.amount[rows])
        counts = ~is_counterpart[first] & (amount != 0)
        before = self._balances_before(rows[first], (account, aux))
        without_aux = ~self._lines.is_true("aux", bool)[rows[first]]
        whole = self._balances_before(rows[first], (account,))
        same = counts & ((amount == before) | (without_aux & (amount == whole)))
        n_entries = int(entry.max(initial=-1)) + 1
        n_counted, n_same = (added(entry[first], each.astype(np.int64), n_entries) for each in (counts, same))
        with_result = _any(entry, ~self._on_balance[rows])
        with_own = _any(entry, self._lines.on("1", "2", "3", "5")[rows])
        most = (n_same >= least) & (2 * n_same > n_counted)
        every = (n_same >= _WITH_RESULT) & (n_same == n_counted)
        result: Bools = np.where(with_result, every[entry] & with_own, most[entry])
        return result

    def _balances_before(self, rows: Ints, keys: tuple[Ints, ...]) -> Ints:
        """Balance at which the account of each row closed the year before, by some keys."""
        every = one_code(*keys)
        n_keys = int(every.max(initial=-1)) + 1
        found = np.zeros(len(rows), dtype=np.int64)
        for year in np.unique(self._year_position()[rows]):
            lines = np.flatnonzero(self._year_position() == year - 1)
            closed = added(every[lines], self._lines.amount[lines], n_keys)
            of_year = self._year_position()[rows] == year
            found[of_year] = closed[every[rows[of_year]]]
        return found

    def _year_position(self) -> Ints:
        return self._lines.entries["year"].to_numpy(np.int64)

    def _has_year_before(self) -> Bools:
        if "year" not in self._lines.entries:
            return np.zeros(len(self._lines), dtype=np.bool_)
        position = self._year_position()
        there: Bools = np.isin(position - 1, np.unique(position))
        return there

    def _on_first_day(self, unnamed: Bools) -> Bools:
        """Whether each line is of the first day of its year, or of the first that is no older piece's.

        A detailed opening may keep the older dates of what it repeats.
        """
        first = np.zeros(len(self._lines), dtype=np.bool_)
        for rows in (np.arange(len(self._lines)), np.flatnonzero(unnamed)):
            earliest = np.full(int(self._year.max(initial=-1)) + 1, np.iinfo(np.int64).max)
            np.minimum.at(earliest, self._year[rows], self._day[rows])
            first |= self._day == earliest[self._year]
        return first


def _any(groups: Ints, holds: Bools) -> Bools:
    """Whether something holds for any member of the group of each row."""
    return (added(groups, holds.astype(np.int64)) > 0)[groups]


def _says_new(label: str) -> bool:
    text = fold(label)
    return _LABEL.search(text) is not None and _OTHER_LABEL.search(text) is None


def _says_so(label: str) -> bool:
    text = fold(label)
    return _LOOSE_LABEL.search(text) is not None and _OTHER_LABEL.search(text) is None


def _says_nothing(label: str) -> bool:
    """Whether a label only repeats a code."""
    text = fold(label)
    return not text or _CODE.fullmatch(text) is not None or _LOOSE_CODE.fullmatch(text) is not None
