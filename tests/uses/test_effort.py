"""Effort: visits and hours beside what each class brings, and who gets far too few or too many."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.uses.effort import effort, effort_by_class, misallocated
from scoring.uses.services import Service, read_services

CLASSES = (Service("A", visits=12, minutes=60), Service("B", visits=6, minutes=45), Service("D", visits=0))


def accounts(*rows):
    names = ("account", "rep", "class", "visits", "turnover")
    return pd.DataFrame(rows, columns=names).astype({"visits": float, "turnover": float})


def test_visits_become_hours_by_the_length_of_a_visit_of_the_class():
    found = effort(
        accounts(("1", "Ana", "A", 8, 300), ("2", "Ana", "A", 4, 100), ("3", "Ana", "B", 4, 600)), CLASSES
    )
    first, second = found.to_dict("records")
    assert first == {
        "rep": "Ana",
        "place": 0,
        "accounts": 2,
        "recommended": 24.0,
        "done": 12.0,
        "hours_recommended": 24.0,
        "hours_done": 12.0,
        "turnover": 400.0,
        "class": "A",
        "share_hours_done": 0.8,
        "share_turnover": 0.4,
    }
    assert (second["class"], second["hours_recommended"], second["hours_done"]) == ("B", 4.5, 3.0)
    assert (second["share_hours_done"], second["share_turnover"]) == (0.2, 0.6)


def test_unknown_visits_are_not_counted_as_none():
    one, other = effort(
        accounts(("1", "Ana", "A", None, 1), ("2", "Ben", "A", None, 1), ("3", "Ben", "A", 5, 1)), CLASSES
    ).to_dict("records")
    assert math.isnan(one["done"])
    assert math.isnan(one["hours_done"])
    assert (other["done"], other["recommended"]) == (5.0, 24.0)


def test_spellings_of_a_name_that_differ_by_case_or_accents_alone_are_one_rep():
    found = effort(
        accounts(("1", "Zoé", "A", 1, 1), ("2", "ZOE ", "A", 2, 1), ("3", "Zoé", "A", 3, 1)), CLASSES
    )
    assert found[["rep", "accounts", "done"]].to_dict("list") == {
        "rep": ["Zoé"],
        "accounts": [3],
        "done": [6.0],
    }


def test_the_unknown_class_and_accounts_without_a_rep_come_last():
    found = effort(
        accounts(
            ("1", None, "A", 1, 1), ("2", "ben", "?", 1, 1), ("3", "ben", "B", 1, 1), ("4", "Ana", "?", 0, 1)
        ),
        CLASSES,
    )
    assert list(zip(found["rep"], found["class"], strict=True)) == [
        ("Ana", "?"),
        ("ben", "B"),
        ("ben", "?"),
        ("", "A"),
    ]
    assert found["recommended"].tolist() == [0.0, 6.0, 0.0, 12.0]
    assert found["hours_done"].isna().tolist() == [False, False, True, False], (
        "nobody knows how long a visit to ? takes"
    )


@pytest.mark.parametrize(
    ("letter", "visits", "kind", "gap"),
    [
        ("A", 5, "under", -7),  # less than half of 12
        ("A", 6, None, None),
        ("A", 18, None, None),
        ("A", 19, "over", 7),  # more than 1.5 times 12
        ("B", 2.9, "under", -3.1),
        ("B", 10, "over", 4),
        ("D", 1, None, None),  # one visit more than none is no surplus of two
        ("D", 2, "over", 2),
        ("A", None, None, None),
        ("?", 30, None, None),
    ],
)
def test_less_than_half_is_too_few_and_half_as_much_again_too_many(letter, visits, kind, gap):
    found = misallocated(accounts(("1", "Ana", letter, visits, 1)), CLASSES)
    assert found["kind"].tolist() == ([kind] if kind else [])
    assert found["gap"].tolist() == (pytest.approx([gap]) if kind else [])


def test_nobody_is_visited_too_rarely_where_less_than_two_visits_are_due():
    rare = (Service("A", visits=1.9, minutes=60),)
    assert misallocated(accounts(("1", "Ana", "A", 0, 1)), rare).empty


def test_too_few_come_first_then_the_best_class_then_the_largest_gap():
    found = misallocated(
        accounts(
            ("1", "Ana", "A", 30, 1),
            ("2", "Ana", "B", 0, 1),
            ("3", "Ana", "A", 4, 1),
            ("4", "Ana", "A", 0, 1),
            ("5", "Ana", "D", 9, 1),
        ),
        CLASSES,
    )
    assert found["account"].tolist() == ["4", "3", "2", "1", "5"]


def test_services_are_read_with_what_is_no_number_unknown():
    table = pd.DataFrame(
        {
            "class": ["A", None, "B"],
            "label": ["Best", None, None],
            "visits": [12.0, None, -1.0],
            "minutes": [60.0, None, None],
        },
        dtype=object,
    )
    best, other = read_services(table)
    assert (best.letter, best.label, best.visits, best.minutes) == ("A", "Best", 12.0, 60.0)
    assert other.letter == "B"
    assert math.isnan(other.visits)
    assert math.isnan(other.answer_hours)


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Ana", "Ben", None]),
        st.sampled_from(["A", "B", "D", "?"]),
        st.one_of(st.none(), st.integers(0, 40)),
        st.one_of(st.none(), st.integers(-500, 90_000)),
    ),
    max_size=25,
)


@given(ROWS, st.randoms(use_true_random=False))
def test_sums_hold_and_the_order_of_accounts_changes_nothing(rows, chance):
    numbered = [(f"C{at}", *row) for at, row in enumerate(rows)]
    table = accounts(*numbered)
    found, whole = effort(table, CLASSES), effort_by_class(table, CLASSES)
    assert found["accounts"].sum() == whole["accounts"].sum() == len(rows)
    assert np.nansum(found["done"]) == np.nansum(whole["done"]) == table["visits"].sum()
    assert found["turnover"].sum() == pytest.approx(table["turnover"].fillna(0).sum())
    for _, of_rep in found.groupby("rep"):
        known = of_rep["share_hours_done"].dropna()
        assert known.empty or known.sum() == pytest.approx(1)
    chance.shuffle(numbered)
    shuffled = accounts(*numbered)
    pd.testing.assert_frame_equal(effort(shuffled, CLASSES), found)
    pd.testing.assert_frame_equal(
        misallocated(shuffled, CLASSES).reset_index(drop=True),
        misallocated(table, CLASSES).reset_index(drop=True),
    )
