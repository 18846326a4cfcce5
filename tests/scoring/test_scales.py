"""Scales: the points of a value, at the edges of each."""

import numpy as np
import pytest
from support.portfolios import ON, UNKNOWN, accounts, model, points

from scoring import Criterion, Points, assess

ROWS = Points((10.0, 20.0, 40.0), (1.0, 6.0, 10.0))
FALLING = Points((0.0, 30.0, 60.0), (10.0, 4.0, 0.0))


def scale(kind, rows=None, **more):
    return Criterion("Own", "own", None, 3.0, kind, rows, **more)


def same(found, expected):
    np.testing.assert_allclose(found, expected, atol=1e-6)


# ---- steps and straight lines --------------------------------------------------------------------


def test_a_value_that_is_a_step_has_the_points_of_that_step():
    same(points(scale("steps", ROWS), [10.0, 19.999_999, 20.0, 39.999_999, 40.0, 1e9]), [1, 1, 6, 6, 10, 10])


def test_below_the_first_step_the_points_are_those_of_the_first():
    same(points(scale("steps", ROWS), [9.999_999, 0.0, -1e9]), [1, 1, 1])


def test_steps_may_fall():
    same(points(scale("steps", FALLING), [0.0, 29.0, 30.0, 60.0]), [10, 10, 4, 0])


def test_a_straight_line_meets_its_points_and_lies_between_them():
    same(points(scale("linear", ROWS), [10.0, 15.0, 20.0, 30.0, 40.0]), [1, 3.5, 6, 8, 10])
    same(points(scale("linear", FALLING), [15.0, 45.0]), [7, 2])


def test_a_straight_line_is_flat_beyond_both_ends():
    same(points(scale("linear", ROWS), [9.0, -1e9, 41.0, 1e9]), [1, 1, 10, 10])


@pytest.mark.parametrize("kind", ["steps", "linear", "rank"])
def test_an_unknown_value_has_no_points(kind):
    found = points(scale(kind, ROWS if kind != "rank" else None), [UNKNOWN, 40.0])
    assert np.isnan(found).tolist() == [True, False]


@pytest.mark.parametrize("kind", ["steps", "linear"])
def test_a_scale_of_one_row_gives_everybody_its_points(kind):
    same(points(scale(kind, Points((5.0,), (7.0,))), [-9.0, 5.0, 9.0]), [7, 7, 7])


# ---- list ----------------------------------------------------------------------------------------

WORDS = Points(entries={"bonne": 8.0, "fragile": 2.0, "30": 4.0, "0": 1.0})


def test_a_listed_word_has_its_points_whatever_its_case_accents_and_blanks():
    same(points(scale("list", WORDS), ["Bonne", " BONNE ", "bonné", "Fragile"]), [8, 8, 8, 2])


def test_a_number_is_the_entry_that_would_be_typed_for_it():
    same(points(scale("list", WORDS), [30.0, 0.0]), [4, 1])
    same(points(scale("list", WORDS), ["30", " 0 "]), [4, 1])


def test_a_word_that_is_not_listed_is_unknown_and_reported_with_its_value():
    portfolio = accounts(own=["Bonne", "Bizarre", "", None, "  ", "Étrange"])
    found = assess(portfolio, model(scale("list", WORDS)), ON)
    assert found.results["score"].notna().tolist() == [True, False, False, False, False, False]
    told = [(fault.row, fault.field, fault.what, fault.details["value"]) for fault in found.faults]
    assert told == [(1, "own", "value_not_listed", "Bizarre"), (5, "own", "value_not_listed", "Étrange")]


# ---- rank ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([7.0], [5]),
        ([1.0, 2.0], [2.5, 7.5]),
        ([3.0, 1.0, 2.0, 4.0], [6.25, 1.25, 3.75, 8.75]),
        ([5.0, 5.0, 5.0], [5, 5, 5]),
        ([10.0, 20.0, 20.0, 40.0], [1.25, 5, 5, 8.75]),
        ([20.0, UNKNOWN, 10.0, UNKNOWN], [7.5, UNKNOWN, 2.5, UNKNOWN]),
        ([UNKNOWN, UNKNOWN], [UNKNOWN, UNKNOWN]),
    ],
)
@pytest.mark.parametrize("low", [False, True], ids=["high", "low"])
def test_a_rank_counts_the_known_values_and_ties_share_it(values, expected, low):
    expected = [10 - one if low else one for one in expected]
    same(points(scale("rank", low_is_better=low), values), expected)


def test_a_rank_is_taken_among_those_that_the_criterion_applies_to():
    alone = Criterion("Own", "own", frozenset({"client"}), 1.0, "rank")
    portfolio = accounts(own=[1.0, 2.0, 3.0], status=["client", "prospect", "client"])
    found = assess(portfolio, model(alone), ON).results["score"]
    same(found, [25, UNKNOWN, 75])


# ---- note ----------------------------------------------------------------------------------------


def test_a_note_is_its_own_points_from_0_to_10_both_included():
    same(points(scale("note"), [0.0, 10.0, 5.5, UNKNOWN]), [0, 10, 5.5, UNKNOWN])


def test_a_note_outside_0_to_10_is_unknown_and_reported():
    portfolio = accounts(own=[-0.000_001, 10.000_001, 0.0, 10.0, UNKNOWN])
    found = assess(portfolio, model(scale("note")), ON)
    same(found.results["score"], [UNKNOWN, UNKNOWN, 0, 100, UNKNOWN])
    assert [(fault.row, fault.what) for fault in found.faults] == [
        (0, "note_out_of_range"),
        (1, "note_out_of_range"),
    ]


def test_a_value_that_cannot_be_used_is_reported_only_where_the_criterion_applies():
    to_clients = Criterion("Own", "own", frozenset({"client"}), 1.0, "note")
    portfolio = accounts(own=[11.0, 11.0, 11.0], status=["client", "prospect", None])
    assert [fault.row for fault in assess(portfolio, model(to_clients), ON).faults] == [0]


# ---- unknown values in the score -----------------------------------------------------------------


@pytest.mark.parametrize(("missing", "score"), [("skip", 80.0), ("zero", 40.0), ("neutral", 65.0)])
def test_an_unknown_value_is_left_out_or_counts_0_or_5_points(missing, score):
    criteria = (
        Criterion("Known", "growth", None, 1.0, "note"),
        Criterion("Unknown", "own", None, 1.0, "note", missing=missing),
    )
    found = assess(accounts(growth=[8.0], own=[UNKNOWN]), model(*criteria), ON).results
    assert (found["score"].iat[0], found["completeness"].iat[0]) == (score, 0.5)


@pytest.mark.parametrize("missing", ["skip", "zero", "neutral"])
def test_a_criterion_that_does_not_apply_counts_nothing_known_or_not(missing):
    criteria = (
        Criterion("Known", "growth", None, 1.0, "note"),
        Criterion("Own", "own", frozenset({"client"}), 3.0, "note", missing=missing),
    )
    portfolio = accounts(growth=[8.0, 8.0], own=[UNKNOWN, 1.0], status=["prospect", "suspect"])
    found = assess(portfolio, model(*criteria), ON).results
    assert found[["score", "completeness"]].to_numpy().tolist() == [[80.0, 1.0], [80.0, 1.0]]


@pytest.mark.parametrize(("least", "letter"), [(0.5, "A"), (0.500_001, "?"), (0.499_999, "A")])
def test_the_least_completeness_is_enough(least, letter):
    # 0.1 + 0.7 of a weight of 1.6 is 0.49999999999999994 in floating point.
    weights = {"growth": 0.1, "influence": 0.7, "relationship": 0.8}
    criteria = [Criterion(key, key, None, weight, "note") for key, weight in weights.items()]
    portfolio = accounts(growth=[9.0], influence=[9.0], relationship=[UNKNOWN])
    found = assess(portfolio, model(*criteria, min_completeness=least), ON).results
    assert found["completeness"].tolist() == [0.5]
    assert found["computed"].astype(str).tolist() == [letter]


def test_a_score_is_rounded_to_six_decimals_before_it_meets_a_cutoff():
    # Three times 7.5 points of a weight of 0.1 is 74.99999999999999 in floating point.
    keys = ("growth", "influence", "relationship")
    criteria = [Criterion(key, key, None, 0.1, "note") for key in keys]
    portfolio = accounts(**{key: [7.5] for key in keys})
    found = assess(portfolio, model(*criteria), ON).results
    assert (found["score"].iat[0], str(found["computed"].iat[0])) == (75.0, "A")


def test_a_score_has_six_decimals():
    keys = ("growth", "influence", "relationship")
    criteria = [Criterion(key, key, None, 1.0, "note") for key in keys]
    found = assess(accounts(growth=[10.0], influence=[10.0], relationship=[0.0]), model(*criteria), ON)
    assert found.results["score"].tolist() == [66.666_667]
