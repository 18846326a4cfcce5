"""A formula that is given tables, asked a second time, beside the scoring that it needs."""

import datetime as dt
import time

import pytest
from benchmarks.portfolios import account_rows

from addin.fresh import new_workbook
from addin.functions import score_portfolio
from addin.package import PackageBook
from addin.workbook.located_tables import Layout
from addin.workbook.read_workbook import take_in
from scoring import assess

pytestmark = pytest.mark.benchmark(timer=time.process_time)  # so that neighbours do not count

N = 2_000
TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    new_workbook(path, "en", account_rows(N))
    return PackageBook(path).tables()


def test_formula_with_tables(timed, tables):
    own = [(table, False) for table in tables]
    given = [(table, True) for table in tables if table.name == "Criteria"]
    places = [
        [table.name, table.sheet, table.top - 1, table.left, is_given] for table, is_given in own + given
    ]
    values = [[list(table.headers), *map(list, zip(*table.columns, strict=True))] for table, _ in own + given]
    found = timed("formula", score_portfolio, places, *values)
    assert found[0][0] == "ok"
    assert len(found) == 1 + N


def test_scoring_alone(timed, tables):
    intake = take_in(Layout(tables), TODAY)
    found = timed("assess", assess, intake.portfolio.accounts, intake.model, TODAY)
    assert len(found.results) == N
