"""Figures of a test on the past, against plain loops: area under the curve, turnover caught, draws."""

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.loss_risk import loss_risk, risk_measure
from scoring.trust.backtest import best_of, measures, purchases_around
from scoring.trust.bootstrap import Interval, Order, auc, caught, interval, resampled

EPOCH = dt.date(1970, 1, 1)
ON = dt.date(2024, 12, 31)

ACCOUNTS = st.lists(
    st.tuples(st.integers(0, 5), st.booleans(), st.integers(0, 3), st.integers(0, 9)), min_size=1, max_size=30
)
"""Of each its measure, whether it came, how often it is drawn, and an amount: with many ties."""


def columns(accounts):
    measure, came, counts, amounts = (np.array(column) for column in zip(*accounts, strict=True))
    return measure.astype(float), came.astype(bool), counts.astype(float), amounts.astype(float)


@given(ACCOUNTS)
def test_the_area_is_the_share_of_pairs_in_the_right_order(accounts):
    measure, came, counts, _ = columns(accounts)
    right = pairs = 0.0
    for mine, lost, times, _ in accounts:
        for other, kept, as_often, _ in accounts:
            if lost and not kept:
                pairs += times * as_often
                right += times * as_often * (1.0 if mine > other else 0.5 if mine == other else 0.0)
    found = auc(Order(measure), came, counts[np.newaxis])[0]
    assert math.isnan(found) if not pairs else found == pytest.approx(right / pairs, abs=1e-12)


@given(ACCOUNTS)
def test_the_top_fifth_holds_what_its_accounts_bought(accounts):
    # Each account as often as it is drawn, equal ones with the mean of their amounts: any order among them.
    measure, _, counts, amounts = columns(accounts)
    drawn = [(mine, amount) for mine, _, times, amount in accounts for _ in range(times)]
    means = {mine: np.mean([amount for one, amount in drawn if one == mine]) for mine, _ in drawn}
    ordered = sorted((mine for mine, _ in drawn), reverse=True)
    held = sum(means[mine] for mine in ordered[: math.ceil(len(drawn) / 5)])
    found = caught(Order(measure), amounts, counts[np.newaxis])[0]
    total = sum(amount for _, amount in drawn)
    assert math.isnan(found) if not total else found == pytest.approx(held / total, abs=1e-12)


def test_a_measure_that_says_nothing_has_the_area_of_chance():
    came = np.array([True, False, False, True])
    assert auc(Order(np.ones(4)), came, np.ones((1, 4)))[0] == 0.5
    assert auc(Order(np.array([4.0, 1.0, 2.0, 3.0])), came, np.ones((1, 4)))[0] == 1


def test_draws_are_those_of_the_seed_however_many_are_worked_on_at_once(monkeypatch):
    amounts = np.arange(30.0)
    figures = {"mean": lambda counts: counts @ amounts / counts.sum(axis=1)}
    value, drawn = resampled(figures, 30, 7)["mean"]
    assert value == amounts.mean()
    monkeypatch.setattr("scoring.trust.bootstrap._AT_ONCE", 90)
    assert np.array_equal(resampled(figures, 30, 7)["mean"][1], drawn)
    assert not np.array_equal(resampled(figures, 30, 8)["mean"][1], drawn)
    # The standard error of a mean of 30 draws, and the normal law.
    error = amounts.std() / math.sqrt(30)
    found = interval(value, drawn)
    assert (found.low, found.high) == (
        pytest.approx(value - 1.96 * error, abs=0.6),
        pytest.approx(value + 1.96 * error, abs=0.6),
    )


def test_an_interval_leaves_out_the_draws_that_have_no_figure():
    assert interval(1.0, np.array([np.nan, 1.0, np.nan])) == Interval(1.0, 1.0, 1.0)
    assert math.isnan(interval(1.0, np.array([np.nan])).low)


SALES = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.integers(-1500, 500),
        st.integers(-50, 500).filter(bool),
    ),
    min_size=1,
    max_size=25,
)
"""Of each the account, the days since the day of the test, and the amount."""


def sold(sales):
    rows = [(account, (ON - EPOCH).days + days, float(amount), amount > 0) for account, days, amount in sales]
    frame = pd.DataFrame(rows, columns=["account", "day", "amount", "bought"])
    return frame.groupby(["account", "day"], as_index=False).agg({"amount": "sum", "bought": "any"})


@given(SALES)
def test_what_is_known_of_an_account_is_what_a_plain_loop_finds(sales):
    found = purchases_around(sold(sales), ON)
    for account, row in found.iterrows():
        mine = [(days, amount) for one, days, amount in sales if one == account]
        bought = sorted({days for days, amount in mine if amount > 0 and days <= 0})
        year, years = (dt.date(2023, 12, 31) - ON).days, (dt.date(2021, 12, 31) - ON).days
        assert row["turnover"] == sum(amount for days, amount in mine if year < days <= 0)
        assert row["after"] == sum(amount for days, amount in mine if 0 < days <= 365)
        assert row["bought_after"] == any(amount > 0 and 0 < days <= 365 for days, amount in mine)
        assert row["purchases"] == sum(days > years for days in bought)
        last = (ON - EPOCH).days + bought[-1] if bought else math.nan
        assert row["last"] == last or (math.isnan(last) and math.isnan(row["last"]))
        gap = (bought[-1] - bought[0]) / (len(bought) - 1) if len(bought) > 1 else math.nan
        assert row["interval"] == pytest.approx(gap, nan_ok=True)


@given(st.lists(st.tuples(st.integers(-3, 900), st.integers(1, 40)), min_size=1, max_size=20))
def test_the_measure_of_the_loss_risk_orders_as_its_logarithms_do(clients):
    days, purchases = (np.array(column, dtype=float) for column in zip(*clients, strict=True))
    by_contract = [math.log(1 + max(since, 0)) - math.log(often) for since, often in clients]
    found = risk_measure(days, purchases)
    for one, mine in zip(found, by_contract, strict=True):
        for other, its in zip(found, by_contract, strict=True):
            if abs(mine - its) > 1e-9:
                assert (one > other) == (mine > its)


def test_the_loss_risk_that_is_tested_is_that_of_the_workbook():
    days = np.arange(25) * 13 % 400
    purchases = 1 + np.arange(25) % 7
    around = pd.DataFrame(
        {
            "last": (ON - EPOCH).days - days.astype(float),
            "purchases": purchases,
            "turnover": 1.0,
            "interval": 30.0,
        }
    )
    measure = measures(around, np.zeros(25), ON)["risk"]
    accounts = pd.DataFrame(
        {
            "status": "client",
            "last_purchase": [pd.Timestamp(ON) - pd.Timedelta(days=int(one)) for one in days],
            "purchases": purchases.astype(float),
        }
    )
    level = loss_risk(accounts, ON).level
    assert (level[np.argsort(-measure)] == np.sort(level)).all(), "the likeliest first, level by level"
    assert list(np.bincount(level)) == [5, 5, 15]


def test_who_bought_once_is_silent_against_the_usual_interval_of_the_others():
    around = pd.DataFrame(
        {
            "last": (ON - EPOCH).days - np.array([10.0, 30.0, 40.0]),
            "purchases": [5, 1, 3],
            "turnover": 1.0,
            "interval": [10.0, np.nan, 30.0],
        }
    )
    assert measures(around, np.zeros(3), ON)["silence"].tolist() == [1.0, 1.5, 40 / 30]


def test_the_best_is_the_largest_area_and_of_equal_ones_the_first():
    areas = {"score": Interval(0.7, 0, 1), "days": Interval(0.8, 0, 1), "risk": Interval(0.8, 0, 1)}
    assert best_of(areas) == "days"
    assert best_of({}) is None
