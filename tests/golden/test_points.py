"""Scales, ranks, notes and unknown values, beside the oracle."""

import pytest
from golden import terms
from golden.portfolios import SOLIDITY, some

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


STEPS = {0: 0, 10000: 2, 50000: 6, 200000: 10}


def test_steps_and_linear(make):
    values = (-5, 0, 1, 9999.99, 10000, 37500, 49999, 50000, 199999.99, 200000, 250000, None)
    rows = [
        {"account": f"s{i}", "status": "client", "potential": v, "turnover": v} for i, v in enumerate(values)
    ]
    book = make(rows)
    book.criteria(("potential", "linear", 3, {"scale": STEPS}), ("turnover", "steps", 2, {"scale": STEPS}))
    book.check_twice()
    book.criteria(("potential", "linear", 1, {"scale": {0: 10, 15: 8, 60: 0}}))
    book.check()


def test_scale_rows_in_any_order_of_criteria(make):
    book = make(some(2, 15))
    scales = book.records("Scales")
    scales = sorted(scales, key=lambda row: str(row["criterion"]), reverse=True)
    book.rows("Scales", scales).check()


def test_list(make):
    book = make([{"account": f"l{i}", "status": "client"} for i in range(9)])
    words = [pair[book.at] for pair in SOLIDITY]
    typed = [*words, words[0].upper(), f"  {words[4].lower()}\u00a0", "no such word", None]
    columns = book.columns("Clients")
    for row, word in zip(book.cells("Clients")[1:], typed, strict=True):
        row[columns["solidity"]].value = word
    book.criteria(
        ("solidity", "list", 4, {"scale": dict(zip(words, (10, 8, 5, 2, 0), strict=True))}),
        ("growth", "note", 1, {"missing": "neutral"}),
    )
    book.check_twice()


def test_rank(make):
    for better in ("high", "low"):
        book = make(some(8, 25))
        book.criteria(
            ("turnover", "rank", 5, {"better": better, "to": ("client",)}),
            ("potential", "rank", 3, {"better": better}),
            ("influence", "rank", 2, {"better": better, "to": ("prospect", "suspect"), "missing": "neutral"}),
        )
        book.check_twice()


def test_worked_rank(make):
    rows = [{"account": f"r{i}", "status": "client", "potential": v} for i, v in enumerate((10, 20, 20, 40))]
    book = make(rows).criteria(("potential", "rank", 1, {}))
    book.check()
    assert [row["score"] for row in book.records("Clients")] == [12.5, 50, 50, 87.5]


def test_note(make):
    values = (0, 10, 5.5, 10.0001, -1, 12, None, "7", "abc")
    book = make(
        [{"account": f"n{i}", "status": "client", "growth": v, "influence": 4} for i, v in enumerate(values)]
    )
    book.criteria(("growth", "note", 3, {}), ("influence", "note", 3, {})).check_twice()


@pytest.mark.parametrize("missing", ["skip", "zero", "neutral"])
def test_missing(make, missing):
    book = make(some(21, 30))
    rows = book.records("Criteria")
    for row in rows:
        row["missing"] = book.word(terms.MISSING, missing)
    book.rows("Criteria", rows)
    for minimum in (0, 0.25, 0.8, 1):
        book.setting("min_completeness", minimum).check()


def test_worked_score(make):
    rows = [{"account": "w", "A": 8, "C": 4, "D": 10}, {"account": "x", "A": 8, "B": 6, "C": 4, "D": 10}]
    book = make([row | {"status": "client"} for row in rows], ["A", "B", "C", "D"])
    book.criteria(*((name, "note", w, {}) for name, w in zip("ABCD", (40, 30, 20, 10), strict=True))).check()
    row = book.records("Clients")[0]
    assert (round(row["score"], 2), row["completeness"]) == (71.43, 0.7)


def test_weights_of_nothing(make):
    book = make(some(22, 20))
    book.criteria(
        ("growth", "note", 0, {}),
        ("influence", "note", 3, {"to": ("prospect",)}),
        ("relationship", "note", 0, {"to": ("suspect",)}),
        ("potential", "rank", 2, {"to": ("client",), "missing": "zero"}),
    )
    book.check_twice()
    book.setting("min_completeness", 0).check()
