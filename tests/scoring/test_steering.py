"""What steers a sales force: late visits, visits needed, money overdue."""

import datetime as dt

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from scoring.uses.services import Service
from scoring.uses.steering import growth, late_visits, needed_visits, overdue_money

ON = dt.date(2026, 11, 29)
CLASSES = [
    Service(letter, visits=visits)
    for letter, visits in zip("ABCD", (365 / 30, 365 / 60, 365 / 120, 0), strict=True)
]


def portfolio(letters, since=None, **more):
    days = since or [0] * len(letters)
    last = [None if day is None else pd.Timestamp(ON) - pd.Timedelta(days=day) for day in days]
    codes = [f"C{row}" for row in range(len(letters))]
    frame = pd.DataFrame(
        {"account": codes, "last_visit": pd.to_datetime(pd.Series(last, dtype=object))} | more
    )
    return frame, pd.Series(list(letters), dtype=object)


def late(letters, since, **more):
    accounts, classes = portfolio(letters, since, **more)
    found = late_visits(accounts, classes, CLASSES, ON, 2)
    return found["row"].tolist(), found["days"].round(4).tolist()


def test_forty_a_eighty_b_and_a_hundred_and_fifty_c_need_1429_58_visits():
    accounts, letters = portfolio("A" * 40 + "B" * 80 + "C" * 150 + "D" * 9)
    assert needed_visits(accounts, letters, CLASSES).sum().round(2) == 1429.58


def test_a_target_is_visited_whatever_its_class_and_a_code_that_stands_twice_is_not():
    accounts, letters = portfolio("D?A", target=["yes", "yes", None])
    assert needed_visits(accounts, letters, CLASSES).round(4).tolist() == [3.0417, 3.0417, 12.1667]
    accounts["account"] = ["1", "2", "2"]
    assert needed_visits(accounts, letters, CLASSES).round(4).tolist() == [3.0417, 0, 0]


def test_late_is_who_waits_longer_than_the_cycle_of_its_class_or_was_never_visited():
    rows, days = late("AAABBCCD", [30, 31, None, 61, 90, 500, None, None])
    assert rows == [2, 1, 4, 3]
    assert days[1:] == [1, 30, 1]
    assert np.isnan(days[0])


def test_without_dates_of_visits_none_is_known():
    accounts, letters = portfolio("AB")
    assert len(late_visits(accounts.drop(columns="last_visit"), letters, CLASSES, ON, 2)) == 2


def test_growth_compares_accounts_of_which_both_years_are_known():
    assert round(growth(np.array([120.0, 30, np.nan]), np.array([100.0, np.nan, 50])), 9) == 0.2
    assert np.isnan(growth(np.array([120.0]), np.array([0.0])))


def test_a_credit_is_no_debt():
    owed, overdue = overdue_money(
        pd.DataFrame({"open_amount": [100, -30, np.nan], "overdue": [40, -30, np.nan]})
    )
    assert (owed.tolist(), overdue.tolist()) == ([100, 0, 0], [40, 0, 0])


@given(
    st.lists(st.tuples(st.sampled_from("ABCD?"), st.integers(0, 500) | st.none()), max_size=30), st.randoms()
)
def test_the_order_of_rows_changes_no_late_visit_and_waiting_makes_none_timely(rows, random):
    letters, since = zip(*rows, strict=True) if rows else ("", [])
    found, _ = late(letters, list(since))
    order = random.sample(range(len(rows)), len(rows))
    accounts, classes = portfolio(letters, list(since))
    shuffled = late_visits(
        accounts.iloc[order].reset_index(drop=True),
        classes.iloc[order].reset_index(drop=True),
        CLASSES,
        ON,
        2,
    )
    assert [order[row] for row in shuffled["row"]] == found
    later, _ = late(letters, [None if day is None else day + 7 for day in since])
    assert set(found) <= set(later)
