"""The class held so far: what the margin protects, and what leaves no trace in it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws.portfolios import LETTERS, ON, accounts, models

from scoring import Criterion, Gate, Model, ScoreClass, Settings, assess
from scoring.classes import NONE, limits
from scoring.forced import class_positions

CLASSES = tuple(
    ScoreClass(letter, "", cutoff, share)
    for letter, cutoff, share in zip(LETTERS, (75.0, 55.0, 35.0, 0.0), (0.1, 0.2, 0.3, 0.4), strict=True)
)
NOTE = Criterion("Growth", "growth", None, 1, "note")
LATE = Gate("days_late", ">", 60.0, 2, "late")


def scored(*, gates=(), method="cutoffs", classes=CLASSES, **columns):
    """Results of accounts that have one note each."""
    growth = columns.pop("growth")
    portfolio = pd.DataFrame(
        {"account": [f"C{row}" for row in range(len(growth))], "growth": np.array(growth, dtype=float)}
        | {key: np.array(values, dtype=object) for key, values in columns.items() if key != "days_late"}
    )
    if "days_late" in columns:
        portfolio["days_late"] = columns["days_late"]
    model = Model((NOTE,), classes, gates, Settings(method=method))
    return assess(portfolio, model, ON, explain=False).results.astype(object)


@pytest.mark.parametrize(
    ("held", "score", "becomes"),
    [("B", 76, "B"), ("B", 78, "A"), ("A", 73, "A"), ("A", 71.9, "B"), ("D", 80, "A"), ("C", 57.9, "C")],
)
def test_margin_of_3_around_cutoffs_75_55_35(held, score, becomes):
    found = scored(growth=[score / 10], held=[held], computed=["D"], **{"class": ["D"]})
    assert found.loc[0, ["held", "computed", "class"]].tolist() == [becomes] * 3


def test_an_a_of_76_points_that_a_gate_capped_is_a_again_once_the_gate_has_gone():
    capped = scored(growth=[7.6], held=["A"], days_late=[90.0], gates=(LATE,))
    assert capped.loc[0, ["held", "computed"]].tolist() == ["A", "C"]
    free = scored(growth=[7.6], held=capped["held"], computed=capped["computed"], days_late=[30.0])
    assert free.loc[0, ["held", "computed"]].tolist() == ["A", "A"]


def test_an_account_of_whom_too_little_is_known_keeps_its_class_by_score():
    unknown = scored(growth=[np.nan], held=["A"])
    assert unknown.loc[0, ["held", "computed"]].tolist() == ["A", "?"]
    known_again = scored(growth=[7.3], held=unknown["held"], computed=unknown["computed"])
    assert known_again["computed"].tolist() == ["A"]


def test_without_a_class_by_score_it_starts_from_the_computed_class_else_from_the_one_in_force():
    found = scored(
        growth=[7.6] * 5,
        held=[None, "", None, None, "A"],
        computed=["B", "B", None, "?", "B"],
        **{"class": ["A", "A", "B", "B", "B"]},
    )
    assert found["held"].tolist() == ["B", "B", "B", "A", "A"]


def test_a_letter_that_is_no_class_any_more_is_ignored():
    found = scored(growth=[7.6, np.nan], held=["E", "E"], computed=["B", "B"])
    assert found["held"].tolist()[0] == "A"
    assert found["held"].isna().tolist() == [False, True]


def test_a_code_that_stands_twice_keeps_what_each_row_held():
    portfolio = pd.DataFrame({"account": ["1", "1"], "growth": [9.0, 9.0], "held": ["A", "C"]})
    found = assess(portfolio, Model((NOTE,), CLASSES), ON, explain=False).results
    assert (found["held"].tolist(), found["class"].tolist()) == (["A", "C"], ["?", "?"])


@pytest.mark.parametrize("method", ["quota", "breaks"])
def test_with_quotas_and_breaks_it_is_the_class_of_the_method(method):
    found = scored(growth=[1.0, 2.0, 5.0, 6.0, 9.0], held=["A"] * 5, method=method)
    assert found["held"].tolist() == found["computed"].tolist()
    assert found["held"].tolist()[-1] == "A"
    assert found["held"].tolist()[0] == "D"


@given(accounts(), models(), st.sampled_from(["B", "C"]))
def test_gates_and_forced_classes_leave_no_trace_in_it(portfolio, model, letter):
    """Whatever gates and overrides make of the class, the class by score is that of a model without them."""
    bare = Model(model.criteria, model.classes, (), model.settings)
    free = portfolio.drop(columns=["forced", "computed", "class"])
    gate = Gate("account", "known", None, "ABCD".index(letter), "everybody")
    capped = Model(model.criteria, model.classes, (*model.gates, gate), model.settings)
    kept = portfolio.assign(held=portfolio["held"].where(portfolio["held"].isin(LETTERS), "?"))
    left = assess(kept, capped, ON, explain=False).results["held"].astype(object)
    right = assess(free.assign(held=kept["held"]), bare, ON, explain=False).results["held"].astype(object)
    pd.testing.assert_series_equal(left, right)


@given(accounts(), models())
def test_it_is_never_worse_than_the_computed_class(portfolio, model):
    results = assess(portfolio, model, ON, explain=False).results
    held, computed = (
        class_positions(results[key].astype(object), model.letters()) for key in ("held", "computed")
    )
    scored_ones = computed != NONE
    assert (held[scored_ones] != NONE).all()
    assert (held[scored_ones] <= computed[scored_ones]).all()


def test_limits_are_the_lowest_scores_of_a_class_or_a_better_one():
    found = limits(np.array([60.0, 70.0, np.nan]), np.array([1, 2, NONE], dtype=np.int16), 4)
    assert found.tolist() == [np.inf, 60.0, 60.0, -np.inf]
