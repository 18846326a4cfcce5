"""Make the exports of the made-up company.

Usage::

    python -m addin.sample.exports.make_exports [--check] [--folder FOLDER]

writes three FEC, ``crm_accounts.csv`` and ``visites_2025.csv``; with
``--check`` it writes nothing and says which files differ. The bytes are the
same on every machine. ``PROVENANCE.md`` says what is odd in them on purpose.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from addin.sample.exports.closing import close_years, letter_and_number
from addin.sample.exports.company import CHANGED_CODES, YEARS, Client, clients
from addin.sample.exports.crm import (
    SAME_NAME,
    SAME_SIRET,
    UNKNOWN_ACCOUNT,
    Account,
    accounts,
    accounts_bytes,
    visits_bytes,
)
from addin.sample.exports.fec_text import fec_bytes, fec_name
from addin.sample.exports.journal import NOBODY, Books
from addin.sample.exports.overheads import open_books, run_company
from addin.sample.exports.payments import settle
from addin.sample.exports.sales import sell

__all__ = ["main", "make", "truth"]


@dataclass(frozen=True, slots=True)
class _Company:
    """The clients, their books and the accounts of the CRM."""

    clients: dict[str, Client]
    books: Books
    accounts: list[Account]


@cache
def _company() -> _Company:
    """Return the company after three fiscal years."""
    books = Books()
    found = clients()
    items = [*open_books(books, found), *sell(books, found)]
    settle(books, items)
    run_company(books)
    close_years(books)
    letter_and_number(books)
    buying = [client for client in found if (2025, client.key) in books.sold]
    return _Company({client.key: client for client in found}, books, accounts(buying))


def make() -> dict[str, bytes]:
    """Return the content of each export by its file name."""
    company = _company()
    files = {fec_name(year): fec_bytes(company.books, year, company.clients) for year in YEARS}
    files["crm_accounts.csv"] = accounts_bytes(company.accounts)
    files["visites_2025.csv"] = visits_bytes(company.accounts)
    return files


def truth() -> dict[str, Any]:
    """Return what a reader of the exports must find, as the model knows it.

    Returns
    -------
    dict
        ``years``: by fiscal year, ``file``, ``first`` and ``last`` day, ``lines`` below the
        header, ``total`` of accounts 70x, ``not_assigned`` of it and ``turnover`` by client
        code, all in cents. ``changed_codes``: pairs of codes, before and from 2025 on.
        ``accounts``: codes of the CRM by type. ``same_siret``, ``same_name``: pairs of
        suspected duplicates. ``unknown_account``: the account of a visit that is in no list.
    """
    company = _company()
    years = {}
    for year, (first, last) in YEARS.items():
        sold = {key: cents for (when, key), cents in company.books.sold.items() if when == year}
        years[year] = {
            "file": fec_name(year),
            "first": first,
            "last": last,
            "lines": sum(1 for _ in company.books.lines(year)),
            "total": sum(sold.values()),
            "not_assigned": sold.pop(NOBODY),
            "turnover": {company.clients[key].code_in(year): cents for key, cents in sorted(sold.items())},
        }
    kinds = sorted({account.kind for account in company.accounts})
    return {
        "years": years,
        "changed_codes": [(old, new) for old, (new, _) in CHANGED_CODES.items()],
        "accounts": {
            kind: [account.code for account in company.accounts if account.kind == kind] for kind in kinds
        },
        "same_siret": SAME_SIRET,
        "same_name": SAME_NAME,
        "unknown_account": UNKNOWN_ACCOUNT,
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the exports, or compare them with what stands there; return 1 where they differ."""
    parser = argparse.ArgumentParser(description="Make the exports of the made-up company.")
    parser.add_argument("--check", action="store_true", help="write nothing, say which files differ")
    parser.add_argument("--folder", type=Path, default=Path(__file__).parent, help="where the files belong")
    options = parser.parse_args(arguments)
    different = []
    for name, content in make().items():
        path = options.folder / name
        if not options.check:
            path.write_bytes(content)
            sys.stdout.write(f"{path}: {len(content)} bytes\n")
        elif not path.is_file() or path.read_bytes() != content:
            different.append(name)
            sys.stdout.write(f"{path} differs\n")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
