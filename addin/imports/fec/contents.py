"""What would make the figures of FEC files wrong, and is refused: repeats, two contents of a year, gaps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.imports.fec.fec_file import FecFile, named_both
from addin.imports.fec.years import FiscalYear
from addin.imports.report import phrase
from addin.refusals import Refusal
from scoring.books.accounting import Books, Turnover, is_opening, unbalanced

__all__ = ["check_balance", "check_clients", "check_contents", "check_repeats"]

MOST_NAMED: Final = 8
_REPEATED: Final = 0.1
"""Share of the lines of a file from which it repeats another: parts of a year have no line in common."""
_SHARED: Final = 0.5
"""Share of the entries, and of the days, of a file from which another of the same numbers is another book."""
_COUNTERPART: Final = ("10", "11", "12", "89")
"""Accounts that stand in each part of an opening that is written account by account."""


def check_repeats(files: Sequence[FecFile]) -> None:
    """Refuse a file that repeats the lines of another: every amount would count twice."""
    if len(files) < 2:
        return
    keys = ["journal", "number", "date", "account", "aux", "debit", "credit"]
    hashes = [pd.util.hash_pandas_object(file.entries[keys], index=False).to_numpy() for file in files]
    for at, one in enumerate(files):
        for before in range(at):
            small, large = sorted((hashes[at], hashes[before]), key=len)
            if len(small) > 1 and np.isin(small, large).mean() > _REPEATED:
                name, before_name = named_both(one, files[before])
                raise Refusal("fec_twice", file=name, other=before_name)


def check_contents(years: Sequence[FiscalYear]) -> None:
    """Refuse two files of a year that are no parts of it but two accounts of the whole.

    Parts of a year share no entry, or hold a part of it each, and one of them has the opening. Two exports
    of different books number their entries alike, each of which balances in both, or open the same accounts.
    """
    for year in years:
        for one, other in combinations(year.files, 2):
            if _same_days(one, other) and (_same_numbers(one, other) or _same_openings(one, other)):
                names = sorted(named_both(one, other))
                raise Refusal("fec_two_contents", file=names[0], other=names[1], end=year.end)


def _same_days(one: FecFile, other: FecFile) -> bool:
    starts, ends = ([getattr(file.entries["date"], of)() for file in (one, other)] for of in ("min", "max"))
    shared = (min(ends) - max(starts)).days + 1
    shorter = min((end - start).days + 1 for start, end in zip(starts, ends, strict=True))
    return bool(shared >= _SHARED * shorter)


def _same_numbers(one: FecFile, other: FecFile) -> bool:
    found, others = _balanced(one.entries), _balanced(other.entries)
    return len(found & others) >= max(2, _SHARED * min(len(found), len(others)))


def _balanced(entries: pd.DataFrame) -> set[tuple[str, str]]:
    """Journal and number of the entries that balance, where numbers tell them apart."""
    told = entries[entries["number"].str.strip("0") != ""]
    sums = (told["debit"] - told["credit"]).groupby([told["journal"], told["number"]]).sum()
    return set(sums.index[sums == 0])


def _same_openings(one: FecFile, other: FecFile) -> bool:
    return bool(_opened(one.entries) & _opened(other.entries))


def _opened(entries: pd.DataFrame) -> set[tuple[str, str]]:
    """Return what a balanced opening opens, by account and client."""
    lines = entries[is_opening(entries) & ~entries["account"].str.startswith(_COUNTERPART)]
    whole = entries[is_opening(entries)]
    if (whole["debit"] - whole["credit"]).sum() != 0:
        return set()
    sums = (lines["debit"] - lines["credit"]).groupby([lines["account"], lines["aux"]]).sum()
    return set(sums.index[sums != 0])


def check_balance(books: Books, years: Sequence[FiscalYear]) -> None:
    """Refuse a year whose debits are not its credits, and name the entries at fault."""
    faults = unbalanced(books)
    for at, year in enumerate(years):
        debit, credit = (int(faults.years[side].to_numpy()[at]) for side in ("debit", "credit"))
        wrong = faults.entries[faults.entries["year"] == year.number]
        rows = np.array([row for rows in wrong["rows"] for row in rows], dtype=np.int64)
        found = np.sort(books.entries["line"].to_numpy(np.int64)[rows])[:MOST_NAMED]
        lines = [str(line) for line in found.tolist()]
        if debit != credit:
            amounts = {"debit": debit / 100, "credit": credit / 100, "difference": abs(debit - credit) / 100}
            raise Refusal("fec_unbalanced", file=year.files[0].report.file, lines=lines, **amounts)
        if len(wrong):
            report = year.files[0].report
            report.notes.append(phrase("fec", "entries_unbalanced", count=len(wrong), lines=lines))


def check_clients(books: Books, years: Sequence[FiscalYear], found: Turnover) -> None:
    """Refuse a year with sales of which no line says whose they are, and say what to ask for."""
    for year in years:
        total = int(found.total.get(year.number, 0))
        rows = books.year == year.number
        if total == 0 or books.client[rows].any() or books.buyer[rows].any():
            continue
        accounts = _receivables(books, rows)
        details = {"file": year.files[0].report.file, "total": total / 100}
        if accounts:
            raise Refusal("fec_lumped", accounts=accounts[:MOST_NAMED], **details)
        raise Refusal("fec_without_clients", **details)


def _receivables(books: Books, rows: npt.NDArray[np.bool_]) -> list[str]:
    """Return the accounts of clients, each with its label."""
    lines = books.entries[rows & books.on("411")]
    return sorted(set((lines["account"] + " " + lines["account_label"]).str.strip()))
