"""Gates: which accounts each condition caps, and to which class."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from support.portfolios import NOTE, UNKNOWN, accounts, letters, model, results

from scoring import Criterion, Gate
from scoring.gates import best_left, without_order

BEST = 10.0


def capped(values, condition, value=None, column="own"):
    """Which accounts a gate to class C caps, all of them being A by their score."""
    portfolio = accounts(growth=np.full(len(values), BEST), **{column: values})
    found = letters(portfolio, model(gates=[Gate(column, condition, value, 2, "why")]))
    assert set(found) <= {"A", "C"}
    return [letter == "C" for letter in found]


@pytest.mark.parametrize(
    ("condition", "caught"),
    [
        ("=", [False, True, False]),
        ("<>", [True, False, True]),
        ("<", [True, False, False]),
        ("<=", [True, True, False]),
        (">", [False, False, True]),
        (">=", [False, True, True]),
    ],
)
class TestComparisons:
    """Below, at and above the value, and unknown: that meets no comparison."""

    def test_of_numbers(self, condition, caught):
        assert capped([29.999_999, 30.0, 30.000_001, UNKNOWN], condition, 30.0) == [*caught, False]

    def test_of_numbers_among_words(self, condition, caught):
        values = pd.Series([29.0, "30", "31.0", None, ""], dtype=object)
        assert capped(values, condition, 30.0) == [*caught, False, False]

    def test_of_numbers_below_zero(self, condition, caught):
        assert capped([-1.0, 0.0, 1.0, UNKNOWN], condition, 0.0) == [*caught, False]

    def test_of_dates(self, condition, caught):
        days = pd.to_datetime(["2026-05-31", "2026-06-01", "2026-06-02", None]).astype("datetime64[us]")
        assert capped(days, condition, dt.datetime(2026, 6, 1)) == [*caught, False]


@pytest.mark.parametrize(("condition", "caught"), [("=", True), ("<>", False)])
def test_texts_are_equal_whatever_their_case_accents_and_outer_blanks(condition, caught):
    texts = ["Défaillante", "DEFAILLANTE ", "defaillante", "Fragile", "", None]
    for value in ("Défaillante", "DEFAILLANTE", " defaillante"):
        assert capped(texts, condition, value) == [caught, caught, caught, not caught, False, False]


def test_a_word_is_neither_more_nor_less_than_a_number_and_another_than_it():
    for condition in ("<", "<=", ">", ">=", "="):
        assert capped(["Good", "n/a"], condition, 30.0) == [False, False]
    assert capped(["Good", "n/a", "", None], "<>", 30.0) == [True, True, False, False]


@pytest.mark.parametrize(
    ("condition", "value", "told"),
    [
        (">", 30.0, [1, 2]),
        ("<=", 30, [1, 2]),
        ("=", 30.0, []),
        ("<>", 30.0, []),
        ("known", None, []),
        ("=", "x", []),
    ],
)
def test_words_where_a_gate_wants_more_or_less_than_a_number_are_found(condition, value, told):
    values = pd.Series(["31", "Good", "n/a", "", None, "29"], dtype=object)
    assert without_order(Gate("own", condition, value, 2, "why"), values).tolist() == told
    assert without_order(Gate("own", condition, value, 2, "why"), pd.Series([1.0, UNKNOWN])).tolist() == []


def test_a_word_is_no_number_of_a_column_of_numbers():
    assert capped([30.0, UNKNOWN], "=", "Good") == [False, False]
    assert capped([30.0, UNKNOWN], "<>", "Good") == [True, False]


@pytest.mark.parametrize(
    ("values", "known"),
    [
        (["Good", "", None, "0"], [True, False, False, True]),
        ([0.0, UNKNOWN, -5.0, 1e9], [True, False, True, True]),
        (pd.to_datetime(["2026-06-01", None]).astype("datetime64[us]"), [True, False]),
    ],
    ids=["texts", "numbers", "dates"],
)
def test_known_is_all_that_is_not_blank_and_unknown_the_rest(values, known):
    assert capped(values, "known") == known
    assert capped(values, "unknown") == [not one for one in known]


def test_a_column_that_is_missing_is_unknown_throughout():
    portfolio = accounts(growth=[BEST, BEST])
    for condition, value, found in (("unknown", None, "CC"), ("known", None, "AA"), ("<", 5.0, "AA")):
        assert letters(portfolio, model(gates=[Gate("potential", condition, value, 2, "")])) == found


def test_the_strictest_gate_counts_and_of_two_alike_the_first_is_named():
    gates = [
        Gate("own", ">", limit, best, str(limit)) for limit, best in ((10, 1), (20, 3), (30, 3), (40, 2))
    ]
    values = pd.Series([5.0, 15.0, 25.0, 35.0, 45.0])
    best, gate = best_left(gates, lambda _: values, len(values))
    assert best.tolist() == [-1, 1, 3, 3, 3]
    assert gate.tolist() == [-1, 0, 1, 1, 1]


def test_a_gate_to_the_best_class_caps_nothing_and_is_named_all_the_same():
    best, gate = best_left([Gate("own", "known", None, 0, "")], lambda _: pd.Series([1.0, UNKNOWN]), 2)
    assert (best.tolist(), gate.tolist()) == ([0, -1], [0, -1])


def test_a_gate_neither_raises_a_class_nor_gives_one_to_an_account_without():
    portfolio = accounts(growth=[BEST, 4.0, 0.0, UNKNOWN], own=[1.0] * 4)
    assert letters(portfolio, model(gates=[Gate("own", "=", 1.0, 1, "")])) == "BCD?"


def test_a_gate_on_completeness_looks_at_what_is_known_of_the_account():
    portfolio = accounts(growth=[BEST, BEST], influence=[BEST, UNKNOWN])
    used = model(
        NOTE,
        Criterion("Other", "influence", None, 1.0, "note"),
        gates=[Gate("completeness", "<", 1.0, 2, "")],
    )
    assert letters(portfolio, used) == "AC"


def test_a_gate_leaves_the_score_as_it_is():
    portfolio = accounts(growth=[BEST], own=[1.0])
    assert results(portfolio, model(gates=[Gate("own", "=", 1.0, 3, "")]))["score"].tolist() == [100.0]
