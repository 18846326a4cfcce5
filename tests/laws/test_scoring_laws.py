"""Laws of the scoring: what holds for every portfolio and every model."""

import dataclasses

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from laws.portfolios import ASCENDING, ON, accounts, models

from scoring import Criterion, Gate, assess, classes
from scoring.forced import class_positions
from scoring.portfolio import moved


def same(left: pd.DataFrame, right: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(left.astype(object), right.astype(object), check_exact=True)


@given(accounts(), models(), st.randoms())
def test_the_order_of_rows_changes_nothing(portfolio, model, random):
    order = list(range(len(portfolio)))
    random.shuffle(order)
    straight = assess(portfolio, model, ON)
    shuffled = assess(portfolio.iloc[order].reset_index(drop=True), model, ON)
    same(straight.results.iloc[order].reset_index(drop=True), shuffled.results)
    assert straight.reasons is not None
    assert shuffled.reasons is not None
    np.testing.assert_array_equal(straight.reasons.raising[order], shuffled.reasons.raising)


@given(accounts(), models())
def test_scores_lie_in_0_to_100_and_completeness_in_0_to_1(portfolio, model):
    results = assess(portfolio, model, ON, explain=False).results
    assert results["score"].dropna().between(0, 100).all()
    assert results["completeness"].dropna().between(0, 1).all()
    assert (results["score"].isna() == (results["computed"] == "?")).all()


@given(accounts(least=1), models())
def test_refreshing_twice_changes_nothing(portfolio, model):
    first = assess(portfolio, model, ON).results
    filled = ("class", "held", "computed", "previous")
    kept = portfolio.assign(**{key: first[key].astype(object) for key in filled})
    second = assess(kept, model, ON).results
    same(first, second)
    none = moved(second["score"].to_numpy(), first["score"].to_numpy(), second["class"], first["class"])
    assert not none.any()


@given(accounts(least=1), models(method="cutoffs"), st.integers(0, 11), st.floats(0, 1e6))
def test_more_points_never_lower_the_score(portfolio, model, row, more):
    rising = Criterion("Rising", "turnover", None, 20, "linear", ASCENDING)
    others = tuple(criterion for criterion in model.criteria if criterion.column not in ("trend", "turnover"))
    model = dataclasses.replace(model, criteria=(rising, *others), gates=())
    row %= len(portfolio)
    portfolio["turnover"] = portfolio["turnover"].fillna(1000.0)
    richer = portfolio.copy()
    richer.loc[row, "turnover"] += more
    before, after = (
        assess(p, model, ON, explain=False).results["score"].iat[row] for p in (portfolio, richer)
    )
    assert (np.isnan(before) and np.isnan(after)) or after >= before


@given(accounts(), models())
def test_contributions_sum_to_the_score_less_the_mean_of_the_status(portfolio, model):
    found = assess(portfolio, model, ON)
    score = found.results["score"]
    assert found.reasons is not None
    mean = score.groupby(portfolio["status"].fillna("none").to_numpy()).transform("mean")
    scored = score.notna().to_numpy()
    total = found.reasons.contributions.sum(axis=1)
    np.testing.assert_allclose(total[scored], (score - mean)[scored], atol=1.1e-6)
    assert not total[~scored].any()


@given(accounts(), models())
def test_the_range_holds_the_score_where_unknowns_are_left_out(portfolio, model):
    found = assess(portfolio, model, ON)
    assert found.reasons is not None
    score = found.results["score"].to_numpy()
    scored = ~np.isnan(score)
    assert (found.reasons.lowest[scored] <= score[scored] + 1e-6).all()
    assert (score[scored] <= found.reasons.highest[scored] + 1e-6).all()


@given(accounts(), models())
def test_gates_never_better_a_class_and_unknown_stays_unknown(portfolio, model):
    free = assess(portfolio, dataclasses.replace(model, gates=()), ON, explain=False).results
    gated = assess(portfolio, model, ON, explain=False).results
    letters = model.letters()
    before, after = (class_positions(r["computed"].astype(object), letters) for r in (free, gated))
    assert (after >= before).all()
    assert ((before == classes.NONE) == (after == classes.NONE)).all()


@given(accounts(least=1), models())
def test_a_criterion_that_applies_to_nobody_changes_no_score(portfolio, model):
    nobody = portfolio.assign(status="client")
    more = dataclasses.replace(
        model, criteria=(*model.criteria, Criterion("More", "growth", frozenset({"suspect"}), 40, "note"))
    )
    left, right = (assess(nobody, m, ON, explain=False).results for m in (model, more))
    same(left[["score", "completeness", "class"]], right[["score", "completeness", "class"]])


@given(accounts(least=1), models())
def test_an_unknown_gate_value_caps_only_on_unknown(portfolio, model):
    capped = dataclasses.replace(model, gates=(Gate("growth", "unknown", None, 3, "unknown"),))
    found = assess(portfolio, capped, ON, explain=False).results["computed"]
    unknown = portfolio["growth"].isna()
    assert found[unknown].isin(["D", "?"]).all()
    free = assess(portfolio, dataclasses.replace(model, gates=()), ON, explain=False).results["computed"]
    assert (found[~unknown].astype(str) == free[~unknown].astype(str)).all()


@given(accounts(least=1), models())
def test_an_unknown_value_that_is_left_out_is_never_named_as_a_reason(portfolio, model):
    left_out = dataclasses.replace(
        model, criteria=tuple(dataclasses.replace(c, missing="skip") for c in model.criteria)
    )
    reasons = assess(portfolio, left_out, ON).reasons
    assert reasons is not None
    for position, criterion in enumerate(left_out.criteria):
        if criterion.column in ("growth", "days_late", "potential"):
            named = ((reasons.raising == position) | (reasons.lowering == position)).any(axis=1)
            assert not (named & portfolio[criterion.column].isna()).any()
