"""What purchases say of a client: loss risk, whom to win back, and profile."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.loss_risk import LEVELS, at_stake, loss_risk, win_back
from scoring.profile import profile

ON = dt.date(2026, 11, 29)


def clients(since, purchases, **more):
    """Clients whose last purchase was some days ago, None where it is unknown."""
    last = [None if days is None else pd.Timestamp(ON) - pd.Timedelta(days=days) for days in since]
    columns = {
        "account": [f"C{row:03d}" for row in range(len(last))],
        "status": "client",
        "last_purchase": pd.to_datetime(pd.Series(last, dtype=object)),
        "purchases": np.array(purchases, dtype=float),
    }
    return pd.DataFrame(columns | more)


def levels(portfolio):
    found = loss_risk(portfolio, ON).level
    return ["" if place < 0 else LEVELS[place] for place in found.tolist()]


# ---- loss risk -----------------------------------------------------------------------------------


def test_a_fifth_of_the_clients_is_at_high_risk_and_the_next_at_medium():
    found = levels(clients(range(20), [5] * 20))
    assert found == ["low"] * 12 + ["medium"] * 4 + ["high"] * 4


def test_who_bought_often_may_be_silent_as_long_as_its_habit_allows():
    found = levels(clients([99] * 25, range(1, 26)))
    assert found == ["high"] * 5 + ["medium"] * 5 + ["low"] * 15


def test_equal_clients_share_the_worse_level_though_their_days_and_purchases_differ():
    same = [(1, 1), (3, 2), (5, 3), (7, 4), (9, 5), (19, 10), (29, 15)]  # (1 + days) / purchases = 2
    days, purchases = zip(*same, *[(0, 9)] * 18, strict=True)
    assert levels(clients(days, purchases)) == ["high"] * 7 + ["medium"] * 18


def test_under_twenty_clients_nobody_has_a_level():
    assert levels(clients(range(19), [5] * 19)) == [""] * 19


def test_a_purchase_after_the_day_of_the_scoring_is_no_day_ago():
    ahead, today = (loss_risk(clients([days, *range(1, 20)], [1] * 20), ON).level for days in (-40, 0))
    assert ahead.tolist() == today.tolist()


def test_who_never_bought_and_who_is_no_client_has_no_level():
    portfolio = clients(range(22), [5] * 20 + [0, 5])
    portfolio.loc[21, "status"] = "prospect"
    assert levels(portfolio)[20:] == ["", ""]
    assert levels(portfolio)[:20] == levels(portfolio.iloc[:20])


def test_where_purchases_are_unknown_there_is_no_level_and_it_is_said():
    portfolio = clients(range(22), [5] * 20 + [np.nan, np.nan], turnover=[100.0] * 21 + [0.0])
    risk = loss_risk(portfolio, ON)
    assert risk.level.tolist()[20:] == [-1, -1]
    assert np.flatnonzero(risk.unplaced()).tolist() == [20]  # the other one bought nothing that is known
    assert not risk.by_days


def test_purchases_known_for_too_few_leave_the_days_alone_to_serve_all():
    portfolio = clients(range(25), [90] * 19 + [np.nan] * 6, turnover_1=[100.0] * 25)
    risk = loss_risk(portfolio, ON)
    assert risk.by_days
    assert levels(portfolio) == ["low"] * 15 + ["medium"] * 5 + ["high"] * 5


def test_the_worked_measure_ranks_as_its_logarithms_do():
    rng = np.random.default_rng(1)
    days, purchases = rng.integers(0, 900, 60), rng.integers(1, 60, 60)
    measure = np.log1p(days) - np.log(purchases)
    level = loss_risk(clients(days.tolist(), purchases), ON).level
    ranked = level[np.argsort(-measure)]
    assert (np.diff(ranked) >= 0).all()
    assert np.bincount(level).tolist() == [12, 12, 36]


@given(
    st.lists(
        st.tuples(st.integers(-5, 1500) | st.none(), st.integers(0, 99) | st.none()), min_size=20, max_size=60
    ),
    st.randoms(),
)
def test_the_order_of_rows_changes_no_level_and_silence_never_lowers_it(rows, random):
    days, purchases = zip(*rows, strict=True)
    portfolio = clients(days, [np.nan if one is None else one for one in purchases], turnover=50.0)
    level = loss_risk(portfolio, ON).level
    order = random.sample(range(len(rows)), len(rows))
    assert loss_risk(portfolio.iloc[order].reset_index(drop=True), ON).level.tolist() == level[order].tolist()
    row = next((row for row in range(len(rows)) if level[row] >= 0), None)
    if row is not None:
        portfolio.loc[row, "last_purchase"] -= pd.Timedelta(days=400)
        assert loss_risk(portfolio, ON).level[row] <= level[row]


@given(st.lists(st.integers(0, 1500), min_size=20, max_size=60))
def test_levels_are_fifths_but_for_ties(days):
    level = loss_risk(clients(days, [1] * len(days)), ON).level
    n_high, n_medium = (np.count_nonzero(level == place) for place in (0, 1))
    assert n_high >= len(days) / 5
    assert n_high + n_medium >= 2 * len(days) / 5
    if len(set(days)) == len(days):
        assert n_high + n_medium < 2 * len(days) / 5 + 1


# ---- whom to win back ----------------------------------------------------------------------------


def test_money_at_stake_is_the_larger_turnover_of_the_last_two_years():
    amounts = pd.DataFrame({"turnover": [100, np.nan, -5, np.nan], "turnover_1": [300, 40, -7, np.nan]})
    assert at_stake(amounts).tolist() == [300, 40, 0, 0]


def test_high_risk_comes_before_medium_then_the_money_then_the_code():
    portfolio = clients([1] * 6, [1] * 6, turnover=[10.0, 90, 50, 50, 70, 0], turnover_1=0.0)
    portfolio["account"] = ["a", "b", "D", "c", "e", "f"]
    assert win_back(portfolio, np.array([1, 2, 0, 0, 1, 0])).tolist() == [3, 2, 4, 0]


# ---- profile -------------------------------------------------------------------------------------


def kind(t0, t1, t2, *, purchases=5.0, first="2024-01-01", others=(5.0,), end=ON):
    rows = [(t0, t1, t2, purchases, first), *((1.0, 1.0, 1.0, count, "2020-01-01") for count in others)]
    columns = ["turnover", "turnover_1", "turnover_2", "purchases", "first_purchase"]
    portfolio = pd.DataFrame(rows, columns=columns)
    portfolio["first_purchase"] = pd.to_datetime(portfolio["first_purchase"])
    return profile(portfolio, end)[0]


@pytest.mark.parametrize(
    ("turnovers", "found"),
    [
        ((0, 10, 10), "dormant"),
        ((0, 0, 10), "dormant"),
        ((-20, 10, 10), "dormant"),
        ((0, 0, 0), None),
        ((100, 100, 100), "loyal"),
        ((100, 1, 1), "volatile"),  # 46.67 / 34 = 1.37
        ((100, 20, 30), "loyal"),  # 35.59 / 50 = 0.71
        ((100, 10, 20), "volatile"),  # 40.28 / 43.33 = 0.93
        ((100, np.nan, 100), None),
        ((np.nan, 10, 10), None),
    ],
)
def test_what_three_years_show(turnovers, found):
    assert kind(*turnovers) == found


def test_new_is_who_bought_first_in_the_last_period_and_is_known_to_have_been_none_before():
    assert kind(100, 0, 0, first="2025-11-30") == "new"
    assert kind(100, 0, 0, first="2025-11-29") == "volatile"
    assert kind(100, np.nan, np.nan, first="2026-05-01") is None
    assert kind(100, 0, 0, first="2025-06-01", end=dt.date(2025, 12, 31)) == "new"


def test_loyal_takes_as_many_purchase_days_as_the_middle_of_the_buyers():
    assert kind(9, 9, 9, purchases=4.0, others=(5.0, 6.0, 0.0, np.nan)) is None
    assert kind(9, 9, 9, purchases=5.0, others=(5.0, 6.0, 0.0, np.nan)) == "loyal"


def test_without_purchases_known_there_is_no_profile():
    assert kind(0, 10, 10, purchases=np.nan) is None
    assert profile(pd.DataFrame({"turnover": [0.0], "turnover_1": [5.0]}), ON).tolist() == [None]
