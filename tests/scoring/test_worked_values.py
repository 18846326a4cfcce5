"""The worked values of the method, each under the name of its place."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scoring import classes, portfolio, scales, trend
from scoring.weighted_sum import WeightedSum

THRESHOLDS = np.array([0.0, 10e3, 50e3, 200e3])
POINTS = np.array([0.0, 2.0, 6.0, 10.0])
CUTOFFS = np.array([75.0, 55.0, 35.0, 0.0])


def test_linear_37_500_earns_4_75_and_250k_10():
    assert scales.linear_points(np.array([37_500.0, 250e3]), THRESHOLDS, POINTS).tolist() == [4.75, 10.0]


def test_steps_give_the_points_of_the_last_row_reached():
    values = np.array([-5.0, 0, 9_999.99, 10e3, 37_500, 250e3, np.nan])
    expected = [0, 0, 0, 2, 2, 10, np.nan]
    np.testing.assert_array_equal(scales.step_points(values, THRESHOLDS, POINTS), expected)


def test_below_the_first_step_the_points_of_the_first_step():
    assert scales.step_points(np.array([-100.0]), np.array([0.0, 10.0]), np.array([3.0, 7.0])).tolist() == [
        3.0
    ]


def test_rank_of_10_20_20_40():
    values = np.array([10.0, 20, 20, 40])
    assert scales.rank_points(values, low_is_better=False).tolist() == [1.25, 5.0, 5.0, 8.75]
    assert scales.rank_points(values, low_is_better=True).tolist() == [8.75, 5.0, 5.0, 1.25]


def test_weights_40_30_20_10_with_an_unknown_score_71_43_complete_70_percent_range_50_to_80():
    total = WeightedSum(1)
    for weight, points in ((40, 8.0), (30, np.nan), (20, 4.0), (10, 10.0)):
        total.add(np.array([points]), weight)
    assert total.score()[0] == pytest.approx(71.428571, abs=1e-6)
    assert total.completeness()[0] == 0.7
    assert [bound[0] for bound in total.range()] == [50.0, 80.0]


@pytest.mark.parametrize(
    ("held", "score", "becomes"),
    [("B", 76, "B"), ("B", 78, "A"), ("A", 73, "A"), ("A", 71.9, "B"), ("D", 80, "A"), ("C", 57.9, "C")],
)
def test_margin_of_3_around_cutoffs_75_55_35(held, score, becomes):
    position = np.array(["ABCD".index(held)], dtype=np.int16)
    found = classes.by_cutoffs_with_margin(np.array([float(score)]), CUTOFFS, 3, position)
    assert "ABCD"[found[0]] == becomes


def test_natural_breaks_jenkspy_three_groups():
    values = np.array([1.3, 7.1, 7.3, 2.3, 3.9, 4.1, 7.8, 1.2, 4.3, 7.3, 5.0, 4.3])
    assert classes.natural_breaks(values, 3).tolist() == [2.3, 5.0, 7.8]
    assert classes.by_breaks(values, 3).tolist() == [2, 0, 0, 2, 1, 1, 0, 2, 1, 0, 1, 1]


ORACLES = json.loads((Path(__file__).parent / "jenks_oracle.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", ORACLES, ids=lambda case: case["id"])
def test_natural_breaks_published(case):
    values = np.array(case["values"], dtype=float)
    bounds = classes.natural_breaks(values, case["k"])
    assert bounds.tolist() == case["breaks_min_then_upper_bounds"][1:]


def test_fewer_distinct_scores_than_classes_cannot_be_broken_up():
    assert classes.by_breaks(np.array([-1.0, -1, -1, -1, 2, 2, np.nan]), 3) is None


def test_trend_of_davis_haltiwanger_schuh():
    g = trend.growth(np.array([150.0, 0.0, 10.0, 0.0]), np.array([50.0, 10.0, 0.0, 0.0]))
    assert g.tolist() == [1.0, -2.0, 2.0, 0.0]
    t = trend.trend(np.array([150.0]), np.array([50.0]), np.array([150.0]))
    assert t[0] == pytest.approx((2 * 1.0 - 1.0) / 3, abs=1e-9)


def test_trend_is_unknown_without_anything_to_compare_with():
    nan = np.nan
    t = trend.trend(np.array([5.0, nan, 5, 5]), np.array([0.0, 1, nan, -3]), np.array([0.0, 1, 1, 0]))
    assert np.isnan(t).all()  # the last: a credit note counts as 0


def test_trend_without_the_oldest_year_is_one_over_one_year():
    nan = np.nan
    years = np.array([120.0, 5, nan]), np.array([80.0, 0, 4]), np.array([nan, nan, nan])
    assert trend.trend(*years).tolist()[:1] == [0.4]
    assert np.isnan(trend.trend(*years)[1:]).all()
    assert trend.over_one_year(*years).tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ((5, 0, 0), "new"),
        ((5, 0, 3), "returned"),
        ((0, 4, 0), "lost"),
        ((0, 4, np.nan), "lost"),
        ((0, 0, 3), "dormant"),
        ((5, 4, np.nan), "active"),
        ((0, 0, 0), None),
        ((-5, 0, 0), None),
        ((5, 0, np.nan), "new"),
        ((0, 0, np.nan), None),
        ((np.nan, 4, 4), None),
    ],
)
def test_state(years, expected):
    found = trend.state(*(np.array([float(year)]) for year in years))[0]
    assert (trend.STATES[found] if found >= 0 else None) == expected


def test_quota_takes_the_first_class_whose_cumulated_share_holds_the_rank():
    ranks = portfolio.rank(np.arange(10.0))
    found = classes.by_quota(ranks, np.array([0.1, 0.2, 0.3, 0.4]))
    assert found.tolist() == [3, 3, 3, 3, 2, 2, 2, 1, 1, 0]


def test_quota_ties_share_the_better_class():
    ranks = portfolio.rank(np.array([50.0, 50, 40, 30, np.nan]))
    assert classes.by_quota(ranks, np.array([0.25, 0.25, 0.25, 0.25])).tolist() == [0, 0, 2, 3, -1]


def test_rank_shares_the_best_rank_and_leaves_out_the_unscored():
    found = portfolio.rank(np.array([50.0, 80, np.nan, 80, 10]))
    np.testing.assert_array_equal(found, [3, 1, np.nan, 1, 4])


def test_core_of_56_80_and_14_20_is_the_first_alone():
    # 0.8 * 71.0 is 56.800000000000004 in floating point.
    assert portfolio.core(np.array([56.8, 14.2]), 0.8).tolist() == [True, False]


def test_core_keeps_equal_turnovers_together():
    assert portfolio.core(np.array([40.0, 40, 40, 5, 0, np.nan]), 0.8).tolist() == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_duplicates_ignore_case():
    codes = pd.Series(["C1", "c1", "C2", "É3", "E3"])
    assert portfolio.duplicates(codes).tolist() == [True, True, False, False, False]


def test_a_score_moves_from_0_05_on():
    before = np.array([50.0, 50, 50, np.nan, np.nan])
    now = np.array([50.05, 50.0499, 50, 50, np.nan])
    same = pd.Series(["B"] * 5)
    assert portfolio.moved(now, before, same, same).tolist() == [True, False, False, True, False]
    assert portfolio.moved(before, before, same, pd.Series(["B", "A", "", "B", "B"])).tolist() == [
        False,
        True,
        True,
        False,
        False,
    ]
