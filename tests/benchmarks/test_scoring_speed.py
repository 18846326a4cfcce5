"""Scoring 1,000,000 accounts by 9 criteria beside bare NumPy and two MCDA libraries, and its growth."""

import datetime as dt
import time

import numpy as np
import pandas as pd
import pytest

from scoring import Criterion, Gate, Model, Points, ScoreClass, assess

pytestmark = pytest.mark.benchmark(timer=time.process_time)  # so that neighbours do not count

N = 1_000_000
CLIENT = frozenset({"client"})


def rows(*points):
    return Points(tuple(float(value) for value, _ in points), tuple(float(earned) for _, earned in points))


MONEY = rows((0, 0), (10e3, 2), (50e3, 6), (200e3, 10))
TREND = rows((-0.5, 0), (-0.2, 3), (0, 5), (0.2, 8), (0.5, 10))
LATE = rows((0, 10), (15, 8), (30, 6), (45, 3), (60, 0))
SOLIDITY = Points(entries={"excellent": 10.0, "good": 8.0, "fair": 5.0, "weak": 2.0, "in default": 0.0})
MODEL = Model(
    criteria=(
        Criterion("Turnover", "turnover", CLIENT, 25, "linear", MONEY),
        Criterion("Trend", "trend", CLIENT, 10, "linear", TREND),
        Criterion("Potential", "potential", None, 20, "steps", MONEY),
        Criterion("New potential", "potential_new", None, 10, "linear", MONEY),
        Criterion("Solidity", "solidity", None, 10, "list", SOLIDITY),
        Criterion("Payment", "days_late", CLIENT, 10, "linear", LATE),
        Criterion("Growth", "growth", None, 5, "note"),
        Criterion("Influence", "influence", None, 5, "note"),
        Criterion("Relationship", "relationship", frozenset({"client", "prospect"}), 5, "note"),
    ),
    classes=(
        ScoreClass("A", "Strategic", 75, 0.1),
        ScoreClass("B", "Important", 55, 0.2),
        ScoreClass("C", "Medium", 35, 0.3),
        ScoreClass("D", "Small", 0, 0.4),
    ),
    gates=(Gate("solidity", "=", "in default", 2, "in default"), Gate("days_late", ">", 60.0, 2, "late")),
)


def portfolio(n):
    rng = np.random.default_rng(20_261_123)
    words = np.array(["Excellent", "Good", "Fair", "Weak", "In default"], dtype=object)
    frame = pd.DataFrame(
        {
            "account": pd.Series([f"C{number:07}" for number in range(n)], dtype=object),
            "status": pd.Series("client", index=range(n), dtype=object),
            "solidity": pd.Series(words[rng.integers(0, 5, n)], dtype=object),
        }
    )
    for column in ("turnover", "turnover_1", "turnover_2", "potential", "potential_new"):
        frame[column] = rng.lognormal(10, 1.5, n)
    frame["days_late"] = rng.uniform(0, 90, n)
    for column in ("growth", "influence", "relationship"):
        frame[column] = rng.uniform(0, 10, n)
    for column in frame.columns[3:]:
        frame.loc[rng.random(n) < 0.1, column] = np.nan
    return frame


@pytest.fixture(scope="module")
def million():
    return portfolio(N)


def bare_numpy(columns, codes, list_points):
    """The least that any program must do on these arrays: points by scale, weighted sum over the known."""
    total = np.zeros(N)
    weight = np.zeros(N)
    for criterion in MODEL.criteria:
        if criterion.scale in ("linear", "steps"):
            x, y = criterion.scale_points.thresholds_array(), criterion.scale_points.points_array()
        if criterion.scale == "linear":
            points = np.interp(columns[criterion.column], x, y)
        elif criterion.scale == "steps":
            values = columns[criterion.column]
            points = np.where(
                np.isnan(values), np.nan, y[np.maximum(np.searchsorted(x, values, "right") - 1, 0)]
            )
        elif criterion.scale == "list":
            points = list_points[codes]
        else:
            points = columns[criterion.column]
        known = ~np.isnan(points)
        total += criterion.weight * np.where(known, points, 0.0)
        weight += criterion.weight * known
    return 10 * total / weight


def test_points_score_class_rank(timed, million):
    found = timed("score", assess, million, MODEL, dt.date(2026, 11, 23), explain=False)
    assert found.results["rank"].max() <= N


def test_bare_numpy_points_and_weighted_sum(timed, million):
    columns = {c: million[c].to_numpy() for c in million.columns if million[c].dtype == float}
    results = assess(million, MODEL, dt.date(2026, 11, 23), explain=False).results
    columns["trend"] = results["trend"].to_numpy()
    codes, uniques = pd.factorize(million["solidity"])
    list_points = np.array([SOLIDITY.entries[word.casefold()] for word in uniques] + [np.nan])
    score = timed("numpy", bare_numpy, columns, codes, list_points)
    scored = results["score"].notna().to_numpy()
    np.testing.assert_allclose(score[scored], results["score"][scored], atol=1e-6)


def points_and_weights():
    weights = np.array([criterion.weight for criterion in MODEL.criteria])
    return np.random.default_rng(1).uniform(0, 10, (N, 9)), weights / weights.sum()


def test_scikit_criteria_weighted_sum_alone(timed):
    skcriteria = pytest.importorskip("skcriteria", reason="needs the group bench")
    simple = pytest.importorskip("skcriteria.agg.simple", reason="needs the group bench")
    matrix, weights = points_and_weights()
    decision = skcriteria.mkdm(matrix, [max] * 9, weights=weights)
    found = timed("scikit-criteria", simple.WeightedSumModel().evaluate, decision, rounds=3)
    assert len(found.values) == N


def test_pymcdm_weighted_sum_alone(timed):
    methods = pytest.importorskip("pymcdm.methods", reason="needs the group bench")
    matrix, weights = points_and_weights()
    assert len(timed("pymcdm", methods.WSM(), matrix, weights, np.ones(9), rounds=2)) == N


@pytest.mark.parametrize("n", [1_000, 10_000, 100_000, 1_000_000])
def test_growth_of_cost(timed, n):
    accounts = portfolio(n)
    found = timed(f"growth {n:,}", assess, accounts, MODEL, dt.date(2026, 11, 23), explain=False)
    assert len(found.results) == n
