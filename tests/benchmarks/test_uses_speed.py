"""What the view of a use costs, beside the refresh of a file without it."""

import datetime as dt
import shutil

import pytest
from benchmarks.own_process import work_alone
from benchmarks.portfolios import account_rows

from addin.fresh import new_workbook
from addin.package import PackageBook
from addin.workbook.located_tables import Layout
from addin.workbook.port import Changes, RowsFill
from addin.workbook.uses import USES

N = 20_000
N_LINES = 50_000

REFRESH = """
import sys
import pandas
from addin.cli import console

def work(book):
    sys.argv = ["clientscore", "refresh", book]
    try:
        console()
    except SystemExit as stopped:
        return stopped.code or 0
"""

# Working a use out and making its cells: reading and writing the file is the refresh's.
VIEW = """
import datetime as dt
import sys
from pathlib import Path
from addin.package import PackageBook
from addin.refresh import score_tables as refreshing

seen, asked = [], {"handover": {"rep": "R01"}}.get(sys.argv[2], {})
changes = refreshing.uses_changes
refreshing.uses_changes = lambda scored, *rest: seen.append(scored) or changes(scored, *rest)
tables = PackageBook(Path(sys.argv[1])).tables()
refreshing.score_tables(tables, dt.date(2026, 11, 29), asked={sys.argv[2]: asked})

def work(book, use):
    found = changes(seen[0], refreshing.results_of(seen[0], {use}, {use: asked}), ())
    return len(found.rows) + len(found.columns)
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("books") / "book.xlsx"
    where = (
        {"town": f"Town {number % 500}", "phone": f"01 23 45 67 {number % 100:02}"} for number in range(N)
    )
    new_workbook(path, "en", [row | place for row, place in zip(account_rows(N), where, strict=True)])
    return path


def test_refresh_of_twenty_thousand(book, figures, tmp_path):
    copies = iter(range(10))
    copy = lambda: shutil.copy(book, tmp_path / f"{next(copies)}.xlsx")  # noqa: E731 - made anew for each round
    figures["refresh 20,000"], code = work_alone(REFRESH, copy, rounds=2)
    assert code == 0


@pytest.fixture(scope="module")
def orders(book, tmp_path_factory):
    """The same workbook with lines of orders of 500 scarce products."""
    path = tmp_path_factory.mktemp("orders") / "book.xlsx"
    package = PackageBook(book)
    named = Layout(package.tables()).named
    lines = [
        {
            "order": f"{number // 3:06}",
            "account": f"C{number * 7919 % N:06}",
            "product": f"P{number % 500:03}",
            "quantity": float(1 + number % 9),
            "due": dt.datetime(2026, 12, 1) + dt.timedelta(days=number % 20),
        }
        for number in range(N_LINES)
    ]
    stock = [{"product": f"P{number:03}", "available": 200.0 + number / 2} for number in range(500)]
    fills = [
        RowsFill(name, 0, named[name.lower()].tuples(rows))
        for name, rows in (("Orders", lines), ("Stock", stock))
    ]
    package.apply(Changes(rows=fills), path)
    return path


def test_orders(orders, figures):
    figures["allocate"], _ = work_alone(VIEW, orders, "allocate", rounds=2)


@pytest.mark.parametrize("use", [use.key for use in USES])
def test_view(book, figures, use):
    figures[f"view {use}"], n_tables = work_alone(VIEW, book, use, rounds=2)
    assert n_tables > 0
