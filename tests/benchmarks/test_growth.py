"""What grows with a workbook, beside a tenth of it: time and memory of a scoring from its tables."""

from pathlib import Path

import pytest
from benchmarks.growth import SIZES
from benchmarks.own_process import work_alone

from addin.fresh import new_workbook

TESTS = Path(__file__).parents[1]
CODE = f"""
import datetime as dt
import sys
sys.path.insert(0, {str(TESTS)!r})
from pathlib import Path
from benchmarks.growth import tables
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables
from scoring import assess
from addin.workbook.located_tables import Layout
from addin.workbook.read_workbook import take_in

made = tables(PackageBook(Path(sys.argv[1])).tables(), sys.argv[2], int(sys.argv[3]))
today = dt.date(2026, 11, 23)

def work(book, what, n):
    if what == "rows":  # with a text for each reason a million accounts would need more memory than most have
        intake = take_in(Layout(made), today)
        return len(assess(intake.portfolio.accounts, intake.model, today, explain=False).results)
    report = score_tables(made, today).report
    return len(report.findings) if what == "findings" else report.n_accounts
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    new_workbook(path, "en", [])
    return path


@pytest.mark.parametrize(
    ("what", "n"), [(what, n) for what, size in SIZES.items() for n in (size // 10, size)]
)
def test_growth(what, n, book, figures):
    figures[f"{what} {n:,}"], found = work_alone(CODE, book, what, n, rounds=2)
    assert found >= (n if what in ("rows", "findings") else 1)
