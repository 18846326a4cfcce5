"""Weights from judgements against published figures, and laws of means and agreement."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.trust.workshop import (
    CONSISTENT,
    agreement,
    geometric_mean,
    kendall_w,
    mean,
    median,
    one_weighting,
    priorities,
    tenths,
    widest_pair,
)

HERE = Path(__file__).parent
AHP = json.loads((HERE / "ahp_oracle.json").read_text())
KENDALL = json.loads((HERE / "kendall_oracle.json").read_text())


def matrix_of(case):
    return np.array(case["matrix"], dtype=float)


@pytest.mark.parametrize("case", AHP["cases"], ids=lambda case: case["id"])
def test_priorities_and_consistency_are_the_published_ones(case):
    found = priorities(matrix_of(case))
    computed, published = case["computed_numpy_eig"], case["published"]
    assert found.weights == pytest.approx(computed["priorities"], abs=1e-9)
    assert found.ratio == pytest.approx(computed["CR_saaty"], abs=1e-9)
    if "priorities" in published:
        assert found.weights == pytest.approx(published["priorities"], abs=2e-5)
    if "priorities_4dec" in published:
        assert found.weights == pytest.approx(published["priorities_4dec"], abs=6e-5)
    if "CR_saaty_3dec" in published:
        assert round(found.ratio, 3) == published["CR_saaty_3dec"]


def test_saatys_drinks():
    (case,) = (case for case in AHP["cases"] if case["id"] == "saaty2008_drinks")
    found = priorities(matrix_of(case))
    assert found.weights.round(3).tolist() == [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327]
    assert round(found.ratio, 3) == 0.022


def test_who_contradicts_himself_is_told_the_pair():
    (case,) = (case for case in AHP["cases"] if case["id"] == "wang_chin2011_inconsistent")
    judgements = matrix_of(case)
    found = priorities(judgements)
    assert found.ratio > CONSISTENT
    row, column, fitting = widest_pair(judgements, found.weights)
    judgements[row, column], judgements[column, row] = fitting, 1 / fitting
    assert priorities(judgements).ratio < found.ratio, "the pair that is named is one that helps"


def test_a_planted_contradiction_is_the_pair_that_is_named():
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    judgements = weights[:, None] / weights[None, :]
    judgements[1, 3], judgements[3, 1] = 1 / 9, 9
    found = priorities(judgements)
    assert found.ratio > CONSISTENT
    assert widest_pair(judgements, found.weights)[:2] == (1, 3)


@pytest.mark.parametrize("judgement", [1 / 9, 1.0, 9.0])
def test_two_criteria_are_always_consistent(judgement):
    found = priorities(np.array([[1.0, judgement], [1 / judgement, 1.0]]))
    assert found.ratio == 0
    assert found.weights[0] / found.weights[1] == pytest.approx(judgement)


def test_the_group_is_the_geometric_mean_and_stays_reciprocal():
    first, second = (np.array([[1.0, x], [1 / x, 1.0]]) for x in (2.0, 8.0))
    assert geometric_mean([first, second], np.ones(2))[0, 1] == pytest.approx(4)
    assert geometric_mean([first, second], np.array([3.0, 1.0]))[0, 1] == pytest.approx(2 * math.sqrt(2))
    found = geometric_mean([first, second], np.ones(2))
    assert found * found.T == pytest.approx(np.ones((2, 2)))


@pytest.mark.parametrize("case", KENDALL, ids=lambda case: case["id"])
def test_agreement_is_the_published_one(case):
    ratings = np.array(list(case["subjects_x_raters"].values()), dtype=float)
    judges = ratings if case["id"] != "perfect_agreement" else ratings[[0, 1]]
    found = kendall_w(judges)
    assert found == pytest.approx(case["published"]["W"], abs=1e-6)


def test_the_four_judges_of_the_contract():
    judges = """1 3 4 5 2 8 6 7 10 9; 2 1 4 5 6 3 8 7 10 9; 3 2 1 5 7 4 6 8 9 10; 4 2 3 1 6 7 5 9 8 10"""
    ratings = np.array([[float(rank) for rank in judge.split()] for judge in judges.split(";")])
    assert round(kendall_w(ratings), 4) == 0.7939
    assert agreement(kendall_w(ratings)) == "strong"


def test_where_nobody_prefers_anything_there_is_no_agreement_to_speak_of():
    assert math.isnan(kendall_w(np.full((3, 4), 25.0)))
    assert math.isnan(kendall_w(np.ones((1, 4))))
    assert agreement(math.nan) == "none"


votes = arrays(float, st.tuples(st.integers(2, 6), st.integers(2, 8)), elements=st.integers(0, 100))


@given(votes)
def test_agreement_lies_between_none_and_full_and_knows_no_order(ratings):
    found = kendall_w(ratings)
    if math.isnan(found):
        assert all(len(set(judge)) == 1 for judge in ratings.tolist())
        return
    assert -1e-9 <= found <= 1 + 1e-9
    assert kendall_w(ratings[::-1, ::-1]) == pytest.approx(found, abs=1e-9)


@given(votes.filter(lambda one: (one.sum(axis=1) > 0).all()), st.data())
def test_a_voice_of_weight_two_counts_as_two_equal_voices(ratings, data):
    shares = ratings / ratings.sum(axis=1, keepdims=True) * 100
    twice = data.draw(st.integers(0, len(shares) - 1))
    voices = np.ones(len(shares))
    voices[twice] = 2
    doubled = np.vstack([shares, shares[[twice]]])
    for together in (mean, median):
        found = together(shares, voices)
        assert found == pytest.approx(together(doubled, np.ones(len(doubled))), abs=1e-6)
        assert found.sum() == pytest.approx(100)


def test_the_median_of_three_leaves_the_outlier_out():
    shares = np.array([[50.0, 50.0], [60.0, 40.0], [0.0, 100.0]])
    assert median(shares, np.ones(3)) == pytest.approx([50, 50])
    assert mean(shares, np.ones(3)) == pytest.approx([110 / 3, 190 / 3])


def test_points_in_the_same_ratios_by_every_status_give_back_these_ratios():
    weights = np.array([30.0, 20.0, 40.0, 10.0])
    applies = {"client": np.array([True] * 4), "prospect": np.array([False, True, True, False])}
    given_points = {
        status: np.where(mask, weights, 0) / weights[mask].sum() * 100 for status, mask in applies.items()
    }
    assert one_weighting(given_points, applies) == pytest.approx(weights)


def test_statuses_that_differ_meet_halfway():
    applies = {"client": np.array([True, True, True]), "prospect": np.array([False, True, True])}
    points = {"client": np.array([50.0, 25.0, 25.0]), "prospect": np.array([0.0, 80.0, 20.0])}
    assert one_weighting(points, applies) == pytest.approx([50.0, 32.5, 17.5])


@given(arrays(float, st.integers(1, 12), elements=st.floats(0, 1e6)).filter(lambda one: one.sum() > 1e-3))
def test_rounded_weights_still_sum_to_a_hundred(weights):
    found = tenths(weights)
    assert round(sum(found), 6) == 100
    assert found == pytest.approx(weights / weights.sum() * 100, abs=0.1001)
