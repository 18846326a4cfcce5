"""One matrix, weighed and classed as often as somebody asks what if."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from laws.portfolios import ON, accounts, models

from scoring import Criterion, Model, Points, ScoreClass, assess
from scoring.before import read_before
from scoring.columns import Accounts
from scoring.measured import classify, measure, scores, weigh
from scoring.others import others_of
from scoring.points import columns
from scoring.portfolio import duplicates
from scoring.scales import rank_among, rank_points
from scoring.trial import Trial


@given(accounts(), models())
def test_an_assessment_is_measuring_weighing_and_classing(portfolio, model):
    table = Accounts(portfolio)
    total, faults = weigh(measure(table, model), model.weights(), len(table))
    held = read_before(table, model.letters()).held
    found = classify(total, model, held, table, barred=duplicates(portfolio["account"]))
    assessed = assess(portfolio, model, ON, explain=False)
    np.testing.assert_array_equal(found.score, assessed.results["score"])
    np.testing.assert_array_equal(total.completeness(), assessed.results["completeness"])
    letters = np.array([*model.letters(), "?"], dtype=object)
    assert letters[found.computed].tolist() == assessed.results["computed"].tolist()
    of_accounts = {repr(fault) for fault in faults if fault.table == "accounts"}
    assert of_accounts <= {repr(fault) for fault in assessed.faults}
    assert repr(assess(portfolio, model, ON).faults) == repr(assessed.faults)  # NaN equals no NaN


@given(accounts(), models())
def test_criteria_as_they_come_weigh_the_same_as_the_matrix(portfolio, model):
    table = Accounts(portfolio)
    kept, kept_faults = weigh(measure(table, model), model.weights(), len(table))
    passing, faults = weigh(columns(table, model), model.weights(), len(table))
    np.testing.assert_array_equal(kept.score(), passing.score())
    np.testing.assert_array_equal(kept.completeness(), passing.completeness())
    np.testing.assert_array_equal(kept.range(), passing.range())
    assert repr(kept_faults) == repr(faults)


@given(accounts(), models(), st.lists(st.lists(st.integers(0, 9), min_size=7, max_size=7), max_size=4))
def test_many_weightings_at_once_score_as_each_alone(portfolio, model, drawn):
    weightings = np.array(drawn, dtype=float).reshape(-1, 7)[:, : len(model.criteria)]
    table = Accounts(portfolio)
    measured = measure(table, model)
    at_once = scores(measured, weightings)
    assert at_once.shape == (len(portfolio), len(weightings))
    for number, weights in enumerate(weightings):
        total, _ = weigh(measured, weights, len(table))
        np.testing.assert_allclose(at_once[:, number], total.score(), atol=1.1e-6)


def test_two_weightings_by_hand():
    points = Points((0.0, 10.0), (0.0, 10.0))
    criteria = (
        Criterion("One", "turnover", None, 1, "linear", points),
        Criterion("Two", "potential", None, 1, "linear", points, missing="neutral"),
        Criterion("Three", "growth", None, 1, "note"),
    )
    portfolio = pd.DataFrame({"turnover": [8.0, 2.0], "potential": [4.0, np.nan], "growth": [np.nan, 10.0]})
    measured = measure(Accounts(portfolio), Model(criteria, (ScoreClass("A", "", 0, 1),)))
    np.testing.assert_array_equal(measured.known(), [[True, True, False], [True, False, True]])
    found = scores(measured, np.array([[1.0, 1.0, 1.0], [3.0, 1.0, 0.0], [0.0, 0.0, 1.0]]))
    np.testing.assert_allclose(found, [[60.0, 70.0, np.nan], [56.666667, 27.5, 100.0]])


@given(accounts(least=1), models())
def test_an_account_beside_the_others_scores_as_among_them(portfolio, model):
    """Tried with the values that it has, it comes to what the portfolio gives it."""
    table = Accounts(portfolio)
    held = read_before(table, model.letters()).held
    barred = duplicates(portfolio["account"])
    measured = measure(table, model)
    total, _ = weigh(measured, model.weights(), len(table))
    classed = classify(total, model, held, table, barred=barred)
    for row in np.flatnonzero(~barred).tolist():
        others = others_of(row, table, model, measured.used, classed.score, classed.by_score)
        outcome = Trial(portfolio.iloc[[row]], model, held[[row]], others)({}, 2)
        assert outcome.score.tolist()[1:] == outcome.score.tolist()[:1] or np.isnan(outcome.score).all()
        np.testing.assert_allclose(outcome.score[0], classed.score[row], atol=1.1e-6)
        if model.settings.method != "breaks" or others.limits is not None:
            assert outcome.computed[0] == classed.computed[row]


@given(st.lists(st.integers(0, 9).map(float), min_size=1, max_size=12), st.booleans())
def test_a_value_among_others_earns_what_it_earns_in_one_list(values, low):
    whole = rank_points(np.array(values), low_is_better=low)
    beside = rank_among(np.array(values[:1]), np.sort(np.array(values[1:])), low_is_better=low)
    np.testing.assert_allclose(beside, whole[:1])
