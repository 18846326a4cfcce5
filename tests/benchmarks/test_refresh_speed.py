"""Refreshing a file of 100,000 accounts beside openpyxl's load, fill of the same cells and save.

Each runs in a process of its own, so that peak memory is its own too.
"""

import datetime as dt
import json
import shutil
import subprocess
import sys

import numpy as np
import pytest

from addin.fresh import new_workbook

N = 100_000

OURS = """
import sys
from addin.cli import console
sys.argv = ["clientscore", "refresh", sys.argv[1]]
try:
    console()
except SystemExit as stopped:
    assert stopped.code == 0
"""

# The same cells from the refreshed copy, so that only reading, filling and saving are timed.
OPENPYXL = """
import sys, pickle, openpyxl
cells = pickle.load(open(sys.argv[2], "rb"))
book = openpyxl.load_workbook(sys.argv[1])
for sheet, rows in cells.items():
    target = book[sheet]
    for row, column, value in rows:
        target.cell(row, column).value = value
book.save(sys.argv[1])
"""

MEASURED = """
import json, resource, sys, time
code = sys.stdin.read()
start = time.perf_counter()
exec(compile(code, "benchmark", "exec"))
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def run(code, *arguments):
    found = subprocess.run(
        [sys.executable, "-c", MEASURED, *map(str, arguments)],
        input=code,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(found.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    rng = np.random.default_rng(1)
    solidity = ["Excellent", "Good", "Fair", "Weak", None]
    rows = [
        {
            "account": f"C{number:06}",
            "name": f"Company number {number} Ltd",
            "status": "Client",
            "rep": f"R{number % 40:02}",
            "sector": f"Sector {number % 12}",
            "postcode": f"{number % 95_000:05}",
            "turnover": float(money[0]),
            "turnover_1": float(money[1]),
            "turnover_2": float(money[2]),
            "potential": float(money[3]),
            "potential_new": float(money[4]),
            "solidity": solidity[number % 5],
            "days_late": float(number % 70),
            "growth": float(number % 11),
            "influence": float(number % 10),
            "relationship": None,
            "last_visit": dt.datetime(2026, 1, 1) + dt.timedelta(days=number % 300),
        }
        for number, money in enumerate(rng.lognormal(10, 1.5, (N, 5)).round(2))
    ]
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    new_workbook(path, "en", rows)
    return path


@pytest.fixture(scope="module")
def filled_cells(book, tmp_path_factory):
    """Cells that a refresh fills, for openpyxl to fill: made from what our refresh would write."""
    import pickle

    from addin.package import PackageBook
    from addin.refresh import score_tables

    tables = PackageBook(book).tables()
    by_name = {table.name: table for table in tables}
    cells = {table.sheet: [] for table in tables}
    changes = score_tables(tables, dt.date(2026, 11, 23)).changes
    for fill in changes.columns:
        table = by_name[fill.table]
        for row, value in enumerate(fill.values):
            if not (fill.skip[row] or fill.same[row]):
                cells[table.sheet].append((table.top + row, table.left + fill.column, value))
    for fill in changes.rows:
        table = by_name[fill.table]
        for row, values in enumerate(fill.rows):
            for column, value in enumerate(values):
                if value is not None:
                    cells[table.sheet].append((table.top + fill.keep + row, table.left + column, value))
    path = tmp_path_factory.mktemp("cells") / "cells.pickle"
    path.write_bytes(pickle.dumps(cells))
    return path


def measure(benchmark, code, book, tmp_path, *arguments):
    copies = iter(range(10))

    def copied():
        path = tmp_path / f"book-{next(copies)}.xlsx"
        shutil.copy(book, path)
        return (code, path, *arguments), {}

    found = []
    benchmark.pedantic(lambda *args: found.append(run(*args)), setup=copied, rounds=1 if arguments else 2)
    benchmark.extra_info["peak_mb"] = max(one["mb"] for one in found)
    benchmark.extra_info["inner_seconds"] = min(one["seconds"] for one in found)
    assert benchmark.extra_info["peak_mb"] > 0


@pytest.mark.benchmark(group="refresh of a file of 100,000 accounts")
class TestRefresh:
    def test_clientscore_refresh(self, benchmark, book, tmp_path):
        measure(benchmark, OURS, book, tmp_path)

    def test_openpyxl_load_fill_save(self, benchmark, book, tmp_path, filled_cells):
        measure(benchmark, OPENPYXL, book, tmp_path, filled_cells)
