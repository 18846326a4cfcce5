"""What would raise a class: values of single criteria that do."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from laws.portfolios import ON, accounts, models

from scoring import Criterion, Gate, Model, Points, ScoreClass, Settings, assess
from scoring.explanation import explain
from scoring.levers import lever

LATE = Criterion("Late", "days_late", None, 1.0, "linear", Points((0.0, 30.0, 60.0), (10.0, 6.0, 0.0)))
STEPS = Criterion("Turnover", "turnover", None, 1.0, "steps", Points((0.0, 10e3, 50e3), (0.0, 4.0, 9.0)))
NOTE = Criterion("Growth", "growth", None, 1.0, "note")
WORDS = Criterion("Solidity", "solidity", None, 1.0, "list", Points(entries={"good": 8.0, "fair": 5.0}))


@pytest.mark.parametrize(
    ("criterion", "needed", "current", "value"),
    [
        (LATE, 7.0, 50.0, 22.0),  # 22.5 days are worth 7 points: whole days, and rather early
        (LATE, 10.0, 50.0, 0.0),
        (STEPS, 3.0, 5_000.0, 10_000.0),
        (STEPS, 9.5, 5_000.0, None),
        (NOTE, 6.42, 5.0, 6.5),
        (NOTE, 10.0, math.nan, 10.0),
        (NOTE, 10.2, 5.0, None),
        (WORDS, 4.0, math.nan, "fair"),
        (WORDS, 9.0, math.nan, None),
        (Criterion("Rank", "turnover", None, 1.0, "rank"), 5.0, 0.0, None),
    ],
)
def test_a_lever_is_what_a_person_would_type(criterion, needed, current, value):
    assert lever(criterion, needed, current) == value


@settings(max_examples=40)
@given(accounts(least=1), models(method="cutoffs"))
def test_a_lever_reaches_the_next_class(portfolio, model):
    columns = [criterion.column for criterion in model.criteria]
    letters = model.letters()
    for row in range(len(portfolio)):
        found = explain(portfolio, model, ON, row)
        if found.assessment.reasons.duplicate[row]:
            continue
        for one in found.levers:
            column = columns[one.criterion]
            # A turnover moves the trend too, and a column that two criteria look at moves both.
            if column in ("trend", "turnover") or columns.count(column) > 1:
                continue
            values = portfolio[column].to_list()
            values[row] = one.value
            kind = object if isinstance(one.value, str) else float
            after = assess(portfolio.assign(**{column: np.array(values, dtype=kind)}), model, ON)
            reached = letters.index(after.results["computed"].iat[row])
            # The new value may meet a gate of its own, such as a rating that caps the class.
            assert after.reasons.gate[row] >= 0 or reached <= letters.index(found.next_class)


@settings(max_examples=40)
@given(accounts(least=1), models())
def test_the_parts_of_an_explanation_make_the_score(portfolio, model):
    for row in range(len(portfolio)):
        found = explain(portfolio, model, ON, row)
        score = found.assessment.results["score"].iat[row]
        if math.isnan(score):
            continue
        counted = [part for part in found.parts if not math.isnan(part.points)]
        weight = sum(part.weight for part in counted)
        total = sum(part.weight * part.points for part in counted)
        assert 10 * total / weight == pytest.approx(score, abs=2e-6)


def test_a_gate_that_caps_the_class_leaves_no_lever():
    gate = Gate("solidity", "=", "weak", 1, "weak")
    classes = (ScoreClass("A", "", 50, 0.5), ScoreClass("B", "", 0, 0.5))
    portfolio = pd.DataFrame({"account": ["1"], "growth": [4.0], "solidity": ["weak"]})
    found = explain(portfolio, Model((NOTE,), classes, (gate,), Settings()), ON, 0)
    assert (found.next_class, found.gate, found.levers) == ("A", 0, ())


@pytest.mark.parametrize(("late", "needed", "value"), [(45.0, 8.0, 29.0), (90.0, 5.0, 59.0)])
def test_on_falling_steps_the_nearest_value_is_named(late, needed, value):
    rows = Points((0.0, 30.0, 60.0), (10.0, 5.0, 0.0))
    assert lever(Criterion("Late", "days_late", None, 1.0, "steps", rows), needed, late) == value


def test_a_class_held_by_the_margin_needs_less():
    model = Model((NOTE,), (ScoreClass("A", "", 50, 0.5), ScoreClass("B", "", 0, 0.5)), (), Settings())
    portfolio = pd.DataFrame({"account": ["1"], "growth": [4.0], "computed": ["A"], "class": ["A"]})
    assert explain(portfolio, model, ON, 0).target == 47.0


def test_with_a_margin_the_next_class_begins_beyond_it():
    model = Model((NOTE,), (ScoreClass("A", "", 50, 0.5), ScoreClass("B", "", 0, 0.5)), (), Settings())
    portfolio = pd.DataFrame({"account": ["1"], "growth": [4.0], "computed": ["B"], "class": ["B"]})
    found = explain(portfolio, model, ON, 0)
    assert (found.next_class, found.target) == ("A", 53.0)
    assert [one.value for one in found.levers] == [5.3]
    fresh = explain(portfolio.drop(columns=["computed", "class"]), model, ON, 0)
    assert [one.value for one in fresh.levers] == [5.0]
