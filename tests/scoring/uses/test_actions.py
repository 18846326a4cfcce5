"""Actions: whom one is for, which one is chosen, and when it counts as done."""

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.model import Gate
from scoring.uses.actions import Action, by_priority, choose, fitting

TODAY = dt.date(2026, 11, 29)
TABLE = pd.DataFrame(
    {
        "class": pd.Categorical(["A", "B", "?", "A"]),
        "status": ["client", "prospect", None, "client"],
        "state": ["new", None, "lost", "active"],
        "turnover": [10.0, np.nan, 30.0, 40.0],
    }
)


@pytest.mark.parametrize(
    ("action", "fits"),
    [
        (Action("all"), [1, 1, 1, 1]),
        (Action("classes", classes=("a", "?")), [1, 0, 1, 1]),
        (Action("statuses", statuses=("prospect",)), [0, 1, 0, 0]),
        (Action("states", states=("lost", "new")), [1, 0, 1, 0]),
        (Action("known", conditions=(Gate("turnover", "known", None, 0, ""),)), [1, 0, 1, 1]),
        (Action("unknown", conditions=(Gate("turnover", "unknown", None, 0, ""),)), [0, 1, 0, 0]),
        (
            Action(
                "both",
                classes=("A",),
                conditions=(Gate("turnover", ">", 10.0, 0, ""), Gate("turnover", "<=", 40.0, 0, "")),
            ),
            [0, 0, 0, 1],
        ),
    ],
)
def test_an_action_is_for_those_that_meet_all_it_asks(action, fits):
    assert fitting(TABLE.__getitem__, 4, action).astype(int).tolist() == fits


@pytest.mark.parametrize(
    ("first", "last", "runs"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TODAY + dt.timedelta(days=1), None, False),
        (None, TODAY - dt.timedelta(days=1), False),
    ],
)
def test_an_action_runs_from_its_first_day_to_its_last(first, last, runs):
    assert Action("x", first=first, last=last).runs(TODAY) is runs


@pytest.mark.parametrize(
    ("first", "done", "is_done"),
    [
        (None, None, False),
        (None, dt.date(2000, 1, 1), True),
        (TODAY, TODAY, True),
        (TODAY, TODAY - dt.timedelta(days=1), False),
    ],
)
def test_what_was_done_before_its_first_day_is_to_be_done_again(first, done, is_done):
    assert Action("x", first=first).is_done(done) is is_done


priorities = st.one_of(st.just(math.nan), st.integers(1, 4).map(float))


@given(st.data())
def test_the_first_by_priority_then_in_the_catalogue_is_chosen(data):
    actions = [
        Action(str(at), priority=one) for at, one in enumerate(data.draw(st.lists(priorities, max_size=5)))
    ]
    n = len(actions)
    grid = st.lists(st.lists(st.booleans(), min_size=n, max_size=n), min_size=3, max_size=3)
    fits, done = (np.array(data.draw(grid), dtype=bool).reshape(3, n) for _ in range(2))
    chosen = choose(fits, actions, TODAY, done)
    for row, at in enumerate(chosen.tolist()):
        may = [one for one in range(n) if fits[row, one] and not done[row, one]]
        if at < 0:
            assert not may
            continue
        rank = {one: (math.isnan(actions[one].priority), actions[one].priority, one) for one in may}
        numbers = {
            one: (isnan, 0 if isnan else priority, place) for one, (isnan, priority, place) in rank.items()
        }
        assert at == min(may, key=numbers.__getitem__)
    assert sorted(by_priority(actions)) == list(range(n))
