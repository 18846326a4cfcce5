"""Gates, beside the oracle."""

import datetime as dt
import random

import pytest
from golden import terms
from golden.portfolios import SOLIDITY, some

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


@pytest.mark.parametrize("condition", ["=", "<>", "<", "<=", ">", ">=", "known", "unknown"])
def test_gate_conditions(make, condition):
    rows = some(31, 24)
    for row, region in zip(rows, ("North", "SOUTH ", "north", "Été", None, "ete") * 4, strict=True):
        row["Region"] = region
    book = make(rows, ["Region", "Signed", "Size"])
    rng = random.Random(4)
    for name in ("Clients", "Prospects"):
        columns = book.columns(name)
        for row in book.cells(name)[1:]:
            row[columns["Signed"]].value = rng.choice(
                (None, dt.datetime(2025, 5, 1), dt.datetime(2026, 5, 1))
            )
            row[columns["Size"]].value = rng.choice((None, 5, 10, 10.5, "1 200", "12 %"))
    known, words = condition in ("known", "unknown"), condition in ("=", "<>", "known", "unknown")
    lost = terms.STATES["lost"][book.at]
    # Where two gates to different classes meet, both are seen but for accounts that meet both.
    pairs = [
        (("days_late", 30, "C"), ("trend", 0, "B")),
        (("last_visit", dt.datetime(2026, 6, 1), "B"), ("Signed", dt.datetime(2025, 5, 1), "D")),
        (("Size", 10, "C"), ("state", lost, "D")) if words else (("Size", 10, "C"),),
        (("Region", "north", "B"), ("Region", "Ete", "C")) if words else (),
    ]
    pairs = [
        [(column, condition, None if known else value, best) for column, value, best in pair]
        for pair in pairs
    ]
    for pair in filter(None, pairs):
        book.gates(*pair).check()
    book.gates(*(gate for pair in pairs for gate in pair)).check_twice()


def test_shipped_gates(make):
    rows = some(32, 12, days_late=61)
    for row in rows[:4]:
        row["days_late"] = 60
    book = make(rows)
    for name in ("Clients", "Prospects"):
        columns = book.columns(name)
        for i, row in enumerate(book.cells(name)[1:]):
            row[columns["solidity"]].value = SOLIDITY[i % 5][book.at].upper()
    book.check_twice()
    book.setting("margin", 10).gates().check()
