"""The demonstration, and what a quarter does to it, beside the oracle."""

import copy
import datetime as dt
import random

import pytest
from golden import oracle, terms
from golden.book import TODAY, Book, midnight
from golden.differences import differences, history_differences
from golden.portfolios import SOLIDITY
from golden.reading import tables_of

from addin.fresh import demo_workbook

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


def test_demo(tmp_path, language):
    path = tmp_path / "demo.xlsx"
    demo_workbook(path, language, TODAY)
    book = Book(path, language)
    shown = tables_of(book.book)
    then, today, year_ago = copy.deepcopy(shown), copy.deepcopy(shown), TODAY.replace(year=TODAY.year - 1)
    for table in then["accounts"]:
        for row in table.rows if "turnover_1" in table.keys else ():
            go_back_a_year(row, table.keys)
    then["history"].rows = []
    scored = oracle.expected(then, year_ago)
    assert len(scored.cells) == 330
    at = shown["history"].keys.index("date")
    today["history"].rows = [row for row in shown["history"].rows if row[at] == midnight(year_ago)]
    assert history_differences(then, today, scored) == []

    for table in today["accounts"]:
        for line, row in enumerate(table.rows, start=1):
            found = scored.cells.get((table.sheet, table.first_row + line), {})
            for at, key in enumerate(table.keys):
                row[at] = found.get(key) if key in (*terms.FILLED, "reasons") else row[at]
    assert differences(today, shown, oracle.expected(today, TODAY)) == []

    book.setting("reference_date", dt.datetime(2027, 2, 25))
    rng = random.Random(7)
    for name in ("Clients", "Prospects"):
        columns = book.columns(name)
        for row in book.cells(name)[1:]:
            change_account(rng, row, columns, book)
    wanted = book.check()
    assert 20 < len(wanted.history) < 330
    for key, value in (("margin", 8), ("min_completeness", 0.7), ("core_share", 0.5)):
        book.setting(key, value)
    assert book.check().history
    book.method("quota").check()
    book.method("breaks").check_twice()


def go_back_a_year(row, keys):
    """Make of the cells of an account what the demonstration scores a year ago."""
    now = dict(zip(keys, row, strict=True))
    before = {"turnover": now["turnover_1"], "turnover_1": now["turnover_2"]}
    gone = ("turnover_2", "forced", "forced_reason", "forced_until", *terms.FILLED, "reasons")
    for at, key in enumerate(keys):
        if key in before or key in gone:
            row[at] = before.get(key)


def change_account(rng, row, columns, book):
    """What a quarter does to an account."""
    turnover, solidity = row[columns["turnover"]], row[columns["solidity"]]
    if isinstance(turnover.value, (int, float)) and rng.random() < 0.5:
        turnover.value = round(turnover.value * rng.uniform(0.7, 1.4), 2)
    if rng.random() < 0.1:
        solidity.value = rng.choice(SOLIDITY)[book.at]
    if rng.random() < 0.05:
        row[columns["days_late"]].value = rng.choice((None, 0, 61, 60))
    if rng.random() < 0.02:
        row[columns["status"]].value = "PROSPECT "
