"""Refreshing files beside openpyxl's load, fill of the same cells and save, and beside an earlier build."""

import datetime as dt
import functools
import pickle
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from benchmarks.own_process import whole, work_alone
from benchmarks.portfolios import account_rows

from addin.fresh import new_workbook
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables

N, FEW = 100_000, 2_000
ROOT = Path(__file__).parents[2]
EARLIER = "52a6278"

# Imports do not count, whether a build loads pandas with its command line or later.
REFRESH = """
import sys
import addin
import pandas
from addin.cli import console

def work(book):
    sys.argv = ["clientscore", "refresh", book]
    try:
        console()
    except SystemExit as stopped:
        return stopped.code or 0, addin.__file__
"""

# The same cells from the refreshed copy, so that only reading, filling and saving are timed.
OPENPYXL = """
import pickle, openpyxl

def work(path, filled):
    with open(filled, "rb") as file:
        cells = pickle.load(file)
    book = openpyxl.load_workbook(path)
    for sheet, rows in cells.items():
        target = book[sheet]
        for row, column, value in rows:
            target.cell(row, column).value = value
    book.save(path)
    return sum(len(rows) for rows in cells.values())
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Make a copy of a workbook that was never refreshed, as often as called."""
    folder = tmp_path_factory.mktemp("books")
    numbers = iter(range(1_000))

    @functools.cache
    def made(n):
        path = folder / f"{n}.xlsx"
        new_workbook(path, "en", account_rows(n))
        return path

    def copied(n):
        return Path(shutil.copy(made(n), folder / f"{n}-{next(numbers)}.xlsx"))

    return copied


@pytest.fixture(scope="module")
def filled_cells(book, tmp_path_factory):
    """Cells that a refresh fills, for openpyxl to fill: made from what our refresh would write."""
    tables = PackageBook(book(N)).tables()
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


def test_refresh(book, figures):
    figures["refresh"], (code, package) = work_alone(REFRESH, lambda: book(N), rounds=2, cwd=ROOT)
    assert code == 0
    assert Path(package).is_relative_to(ROOT)


def test_refresh_by_an_earlier_build(book, figures, tmp_path):
    packed = subprocess.run(["git", "archive", EARLIER], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        pytest.skip(f"needs the history with {EARLIER}")
    (tmp_path / "earlier.tar").write_bytes(packed.stdout)
    with tarfile.open(tmp_path / "earlier.tar") as archive:
        archive.extractall(tmp_path, filter="data")
    # Its folder is the working one, and so comes first where Python looks.
    figures["refresh then"], (code, package) = work_alone(REFRESH, lambda: book(N), rounds=2, cwd=tmp_path)
    assert code == 0
    assert Path(package).is_relative_to(tmp_path)


def test_openpyxl_load_fill_save(book, filled_cells, figures):
    figures["openpyxl"], n_cells = work_alone(OPENPYXL, lambda: book(N), filled_cells)
    assert n_cells > N


def test_refresh_of_a_few_accounts_from_start_to_end(book, figures):
    command = [sys.executable, "-c", "from addin.cli import console; console()", "refresh"]
    figures["refresh 2,000"] = min(
        (whole(*command, book(FEW), rounds=1) for _ in range(5)), key=lambda figure: figure.seconds
    )
    figures["imports"] = whole(sys.executable, "-c", "import pandas, xlwings")
    assert figures["refresh 2,000"].seconds > 0
