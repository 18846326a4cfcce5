"""Priority: class, urgency and waiting; the time by which to answer."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.uses.priority import prioritise
from scoring.uses.working_time import WorkingTime

OFFICE = WorkingTime([(510, 720), (810, 1050)], range(5))
LETTERS = ("A", "B", "C", "D")
HOURS = (2.0, 4.0, 8.0, 16.0)
FRIDAY = dt.datetime(2026, 11, 27, 16, 30)
COMPLAINT, ORDER, QUOTE, INVOICE = 1, 2, 2, 3


def request(letter, urgency, received=FRIDAY, answered=None, now=FRIDAY, letters=LETTERS, hours=HOURS):
    """What a single request is given."""
    asked = pd.DataFrame(
        {
            "class": [letter],
            "urgency": [urgency],
            "received": pd.to_datetime([received]),
            "answered": pd.to_datetime([answered]),
        }
    )
    return prioritise(asked, letters, np.array(hours), OFFICE, now).iloc[0]


@pytest.mark.parametrize(
    ("letter", "urgency", "priority"),
    [
        ("A", COMPLAINT, 1),
        ("A", ORDER, 2),
        ("A", INVOICE, 3),
        ("B", COMPLAINT, 2),
        ("C", QUOTE, 4),
        ("C", COMPLAINT, 3),
        ("D", COMPLAINT, 4),
        ("D", INVOICE, 4),
        ("?", COMPLAINT, 3),
        ("?", ORDER, 4),
        ("c", COMPLAINT, 3),
    ],
)
def test_a_priority_is_the_class_and_the_urgency(letter, urgency, priority):
    assert request(letter, urgency)["priority"] == priority


@pytest.mark.parametrize(
    ("now", "priority"),
    [
        (dt.datetime(2026, 11, 30, 16, 59), 4),
        (dt.datetime(2026, 11, 30, 17, 0), 3),  # one full answer time of 8 hours
        (dt.datetime(2026, 12, 1, 17, 0), 3),
        (dt.datetime(2026, 12, 1, 16, 30), 3),
        (dt.datetime(2026, 12, 2, 16, 30), 2),
        (dt.datetime(2026, 12, 3, 16, 30), 1),  # three
        (dt.datetime(2027, 12, 3, 16, 30), 1),
        (dt.datetime(2026, 11, 20), 4),  # received in the future
    ],
)
def test_each_full_answer_time_lifts_a_request_one_step(now, priority):
    assert request("C", QUOTE, now=now)["priority"] == priority


def test_waiting_ends_with_the_answer():
    later = dt.datetime(2027, 1, 4, 12)
    assert request("C", QUOTE, answered=FRIDAY, now=later)["priority"] == 4
    assert request("C", QUOTE, now=later)["priority"] == 1


@pytest.mark.parametrize(
    ("urgency", "answer_by"),
    [
        (ORDER, dt.datetime(2026, 11, 30, 17, 0)),
        (COMPLAINT, dt.datetime(2026, 11, 30, 11, 30)),
        (INVOICE, dt.datetime(2026, 12, 1, 17, 30)),
    ],
)
def test_an_answer_is_due_in_half_once_or_twice_the_answer_time(urgency, answer_by):
    assert request("C", urgency)["answer_by"] == answer_by


def test_an_unknown_class_is_answered_like_the_second_last_and_never_like_the_best():
    assert request("?", ORDER)["answer_by"] == request("C", ORDER)["answer_by"]
    two = request("?", COMPLAINT, letters=("A", "B"), hours=(2.0, 4.0))
    assert (two["priority"], two["answer_by"]) == (2, dt.datetime(2026, 11, 30, 9, 30))
    assert request("?", COMPLAINT, letters=("A",), hours=(2.0,))["priority"] == 1


@pytest.mark.parametrize("hours", [0.0, np.nan])
def test_without_an_answer_time_nothing_is_due_and_nothing_waits(hours):
    found = request("C", QUOTE, now=dt.datetime(2028, 1, 3), hours=(2, 4, hours, 16))
    assert found["priority"] == 4
    assert pd.isna(found["answer_by"])
    assert pd.isna(found["late"])


@pytest.mark.parametrize(("letter", "urgency"), [(None, 1), ("X", 1), ("A", None)])
def test_an_unknown_account_or_kind_of_request_has_no_priority(letter, urgency):
    assert request(letter, urgency).isna().all()


def test_without_a_moment_of_receipt_there_is_a_priority_alone():
    found = request("C", QUOTE, received=None, now=dt.datetime(2028, 1, 3))
    assert found["priority"] == 4
    assert pd.isna(found["answer_by"])


@pytest.mark.parametrize(
    ("answered", "now", "late"),
    [
        (None, dt.datetime(2026, 11, 30, 17, 0), False),
        (None, dt.datetime(2026, 11, 30, 17, 1), True),
        (dt.datetime(2026, 11, 30, 17, 0), dt.datetime(2027, 1, 1), False),
        (dt.datetime(2026, 11, 30, 17, 1), dt.datetime(2027, 1, 1), True),
    ],
)
def test_late_is_what_is_answered_or_open_after_its_time(answered, now, late):
    assert request("C", ORDER, answered=answered, now=now)["late"] == late


def test_a_request_is_answered_within_a_minute_at_the_soonest():
    found = request("A", COMPLAINT, hours=(0.001, 4, 8, 16))
    assert found["answer_by"] == FRIDAY + dt.timedelta(minutes=1)


CLASSES = st.sampled_from([*LETTERS, "?"])
WHEN = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 6, 1))
RUNS = st.timedeltas(dt.timedelta(0), dt.timedelta(days=90))


@given(CLASSES, st.sampled_from([1, 2, 3]), WHEN, RUNS, RUNS)
def test_a_priority_never_falls_by_waiting(letter, urgency, received, first, more):
    earlier = request(letter, urgency, received, now=received + first)
    later = request(letter, urgency, received, now=received + first + more)
    assert 1 <= later["priority"] <= earlier["priority"] <= 4
    assert later["answer_by"] == earlier["answer_by"]
    assert later["late"] >= earlier["late"]


@given(st.lists(st.tuples(CLASSES, st.sampled_from([1, 2, 3]), WHEN), max_size=12), st.randoms())
def test_the_order_of_requests_changes_nothing(rows, random):
    asked = pd.DataFrame(rows, columns=["class", "urgency", "received"]).assign(answered=pd.NaT)
    asked["received"] = pd.to_datetime(asked["received"])
    order = list(range(len(asked)))
    random.shuffle(order)
    now = dt.datetime(2026, 9, 1, 12)
    straight = prioritise(asked, LETTERS, np.array(HOURS), OFFICE, now)
    shuffled = prioritise(asked.iloc[order], LETTERS, np.array(HOURS), OFFICE, now)
    pd.testing.assert_frame_equal(straight.iloc[order], shuffled)
