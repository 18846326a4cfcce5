"""What a new rep has to know: the order of the accounts, who sleeps, who may be lost."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from scoring.uses.handover import at_risk, by_class, in_class_order, joint_trend, sleeping, turnover_by_year

LETTERS = ("A", "B", "C")
ON = dt.date(2026, 11, 29)


def dates(*days):
    return pd.to_datetime(pd.Series(days, dtype=object))


@pytest.mark.parametrize(
    ("letter", "status", "bought", "visited", "asleep", "unknown"),
    [
        ("A", "client", "2026-05-29", "2026-05-29", True, False),  # six months to the day
        ("B", "client", "2026-01-01", "2026-01-01", True, False),
        ("C", "client", "2026-01-01", "2026-01-01", False, False),  # not one of the two best classes
        ("?", "client", "2026-01-01", "2026-01-01", False, False),
        ("A", "client", "2026-05-30", "2026-01-01", False, False),
        ("A", "client", "2026-01-01", "2026-11-01", False, False),
        ("A", "client", None, "2026-11-01", False, False),  # visited: whatever the purchases
        ("A", "client", "2026-11-01", None, False, False),
        ("A", "client", None, "2026-01-01", False, True),
        ("A", "client", "2026-01-01", None, False, True),
        ("A", "client", None, None, False, True),
        ("A", "prospect", None, "2026-01-01", True, False),  # who never bought has bought nothing
        ("A", "suspect", None, None, False, True),
        ("A", None, None, "2026-01-01", False, True),
    ],
)
def test_who_sleeps_and_of_whom_nobody_can_tell(letter, status, bought, visited, asleep, unknown):
    one = pd.DataFrame(
        {"class": [letter], "status": [status], "last_purchase": dates(bought), "last_visit": dates(visited)}
    )
    assert [found.tolist() for found in sleeping(one, LETTERS, ON)] == [[asleep], [unknown]]


def test_without_dates_nobody_can_tell():
    bare = pd.DataFrame({"class": ["A", "C"]})
    assert [found.tolist() for found in sleeping(bare, LETTERS, ON)] == [[False, False], [True, False]]


def test_every_reason_for_a_loss_is_told():
    accounts = pd.DataFrame(
        {
            "risk": ["high", "medium", None, None],
            "trend": [-0.2, -0.21, -2.0, np.nan],
            "state": ["active", "active", "lost", "dormant"],
        }
    )
    assert at_risk(accounts).astype(int).tolist() == [[1, 0, 0, 0], [0, 1, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1]]


def test_accounts_stand_by_class_then_score_then_code():
    accounts = pd.DataFrame(
        {
            "account": ["d", "C", "b", "a", "e"],
            "class": ["?", "B", "A", "A", "B"],
            "score": [None, 60.0, 80, 80, 61],
        }
    )
    assert accounts["account"].iloc[in_class_order(accounts, LETTERS)].tolist() == ["a", "b", "e", "C", "d"]


def test_a_portfolio_at_a_glance():
    accounts = pd.DataFrame(
        {
            "class": ["A", "A", "?", "C"],
            "turnover": [120.0, 60, np.nan, 20],
            "turnover_1": [80.0, 40, 10, np.nan],
            "turnover_2": [80.0, 40, 10, np.nan],
        }
    )
    rows = by_class(accounts, LETTERS).set_index("class")
    assert rows["accounts"].to_dict() == {"A": 2, "B": 0, "C": 1, "?": 1}
    assert rows["turnover"].to_dict() == {"A": 180, "B": 0, "C": 20, "?": 0}
    assert rows["share_turnover"].to_dict() == {"A": 0.9, "B": 0, "C": 0.1, "?": 0}
    assert rows.loc["A", "trend"] == pytest.approx(0.8 / 3)
    assert np.isnan(rows.loc[["B", "C", "?"], "trend"]).all()
    assert turnover_by_year(accounts) == [200, 130, 130]
    assert np.isnan(turnover_by_year(accounts[["class"]])).all()
    assert np.isnan(joint_trend(accounts[["class"]]))
