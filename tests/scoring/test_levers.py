"""What would raise a class: every value named really does, and none nearer would."""

import dataclasses
import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws.portfolios import ON, accounts, models
from support.small_models import (
    LATE,
    LATE_STEPS,
    NOTE,
    POTENTIAL,
    STEPS,
    TREND,
    TURNOVER,
    WORDS,
    account,
    classed,
)

from scoring import Criterion, Gate, Points, assess
from scoring.explanation import explain
from scoring.terms import FIELDS, FilledBy


def levers(portfolio, model, row=0):
    """Levers as (column or columns, value or values)."""
    found = explain(portfolio, model, ON, row).levers
    return [
        tuple(zip(*((change.column, change.value) for change in lever.changes), strict=True))
        if len(lever.changes) > 1
        else (lever.changes[0].column, lever.changes[0].value)
        for lever in found
    ]


def typed(portfolio, row, lever):
    """The portfolio once a person has typed in what a lever says."""
    changed = portfolio.copy()
    for change in lever.changes:
        changed = with_value(changed, row, change.column, change.value)
    return changed


def with_value(portfolio, row, column, value):
    values = portfolio[column].to_list() if column in portfolio else [None] * len(portfolio)
    values[row] = value
    if not isinstance(value, str):
        values = [np.nan if one is None else float(one) for one in values]
    return portfolio.assign(**{column: np.array(values, dtype=object if isinstance(value, str) else float)})


# ---- worked values -------------------------------------------------------------------------------


def test_a_turnover_takes_the_trend_along():
    # 100,000 is worth 10 points, and a trend of 0 is worth 5: 75. Alone, turnover would never do.
    portfolio = account(turnover=50e3, turnover_1=100e3, turnover_2=100e3)
    (lever,) = explain(portfolio, classed(TURNOVER, TREND, cutoff=75), ON, 0).levers
    assert [(change.column, change.value) for change in lever.changes] == [("turnover", 100e3)]
    assert (lever.score_after, lever.class_after, lever.points) == (75.0, 0, 5.0)


def test_a_trend_without_a_criterion_of_turnover_is_reached_through_turnover():
    portfolio = account(turnover=50e3, turnover_1=100e3, turnover_2=100e3)
    (lever,) = explain(portfolio, classed(TREND, cutoff=50), ON, 0).levers
    assert (lever.changes[0].criterion, lever.changes[0].column) == (0, "turnover")
    assert lever.changes[0].value == 100e3


@pytest.mark.parametrize(
    ("criterion", "cutoff", "current", "value"),
    [
        (LATE, 70.0, 50.0, 22.0),  # 22.5 days are worth 7 points: whole days, and rather early
        (LATE, 100.0, 50.0, 0.0),
        (LATE_STEPS, 80.0, 45.0, 29.0),
        (LATE_STEPS, 50.0, 90.0, 59.0),
        (LATE, 70.0, np.nan, 22.0),
        (LATE_STEPS, 50.0, np.nan, 59.0),
        (STEPS, 30.0, 5_000.0, 10e3),
        (STEPS, 95.0, 5_000.0, None),
        (NOTE, 64.2, 5.0, 6.5),
        (NOTE, 100.0, np.nan, 10.0),
        (NOTE, 64.2, 11.0, 6.5),
        (WORDS, 40.0, None, "fair"),
        (WORDS, 60.0, "FAIR ", "good"),
        (WORDS, 90.0, None, None),
    ],
)
def test_a_lever_is_what_a_person_would_type(criterion, cutoff, current, value):
    portfolio = account(**{criterion.column: current})
    model = classed(dataclasses.replace(criterion, missing="zero"), cutoff=cutoff)
    expected = [] if value is None else [(criterion.column, value)]
    assert levers(portfolio, model) == expected


def test_a_value_of_ones_own_column_is_set_to_two_decimals_and_to_the_rows_of_its_scale():
    share = Criterion("Share", "+share", None, 1, "linear", Points((0.0, 0.005, 0.02), (0.0, 5.0, 10.0)))
    assert levers(account(**{"+share": 0.001}), classed(share, cutoff=40)) == [("+share", 0.005)]
    assert levers(account(**{"+share": 0.001}), classed(share, cutoff=60)) == [("+share", 0.01)]


def test_fewest_points_come_first_then_the_heavier_weight():
    heavy = dataclasses.replace(POTENTIAL, weight=3)
    twin = dataclasses.replace(NOTE, weight=3)
    portfolio = account(turnover=40e3, potential=40e3, growth=4.0)
    assert levers(portfolio, classed(TURNOVER, heavy, twin, cutoff=47)) == [
        ("potential", 56334.0),  # 40 + 30 x / 7 >= 47
        ("growth", 5.7),
        ("turnover", 89e3),
    ]
    equal = classed(TURNOVER, POTENTIAL, cutoff=45)
    assert [column for column, _ in levers(portfolio, equal)] == ["turnover", "potential"]


def test_where_one_value_does_not_suffice_the_pair_with_the_fewest_points_is_named():
    # 3 x 10 + 1 x 7 + 4 x 2 = 45 of 60: the heaviest goes all the way, the next as far as need be.
    heavy, middle = dataclasses.replace(TURNOVER, weight=3), dataclasses.replace(NOTE, weight=2)
    portfolio = account(turnover=20e3, potential=20e3, growth=2.0)
    model = classed(heavy, POTENTIAL, middle, cutoff=75)
    (lever,) = explain(portfolio, model, ON, 0).levers
    assert [(change.column, change.value) for change in lever.changes] == [
        ("turnover", 100e3),
        ("growth", 6.5),
    ]
    assert (lever.points, lever.score_after) == (12.5, 75.0)


@pytest.mark.parametrize("words", [("weak", "good", "excellent"), ("faible", "bonne", "excellente")])
def test_of_pairs_that_cost_the_same_the_same_is_named_whatever_the_language(words):
    ratings = Criterion(
        "Solidity",
        "solidity",
        None,
        1,
        "list",
        Points(entries=dict(zip(words, (2.0, 8.0, 10.0), strict=True))),
    )
    portfolio = account(solidity=words[0], growth=2.0)
    model = classed(ratings, NOTE, cutoff=85)  # 8 + 9 and 10 + 7 are enough, from 2 + 2
    assert levers(portfolio, model) == [(("solidity", "growth"), (words[1], 9.0))]


def test_two_values_where_neither_is_enough_and_three_would_be_needed_leave_nothing_to_name():
    portfolio = account(turnover=0.0, potential=0.0, growth=0.0)
    assert levers(portfolio, classed(TURNOVER, POTENTIAL, NOTE, cutoff=75)) == []


def test_what_is_unknown_can_be_the_lever():
    portfolio = account(turnover=40e3, potential=np.nan)
    (lever, other) = explain(portfolio, classed(TURNOVER, POTENTIAL), ON, 0).levers
    assert lever.changes[0].current == 40e3
    assert (other.changes[0].column, other.changes[0].current, other.changes[0].value) == (
        "potential",
        None,
        60e3,
    )


def test_an_account_of_whom_too_little_is_known_is_told_what_to_find_out():
    half = {"min_completeness": 0.5, "in_use_from": 0.0}
    portfolio = account(turnover=60e3, potential=np.nan, growth=np.nan)
    found = explain(portfolio, classed(TURNOVER, POTENTIAL, NOTE, **half), ON, 0)
    assert found.next_class == "A"  # by what is known
    assert [(lever.changes[0].column, lever.changes[0].value) for lever in found.levers] == [
        ("potential", 40e3),
        ("growth", 4.0),
    ]
    nothing = explain(account(turnover=np.nan, growth=np.nan), classed(TURNOVER, NOTE, **half), ON, 0)
    assert nothing.next_class == "B"
    assert [lever.changes[0].value for lever in nothing.levers] == [0.0, 0.0]


def test_with_a_margin_the_next_class_begins_beyond_it():
    portfolio = account(growth=4.0, held="B", computed="B")
    found = explain(portfolio, classed(NOTE), ON, 0)
    assert (found.next_class, found.target, found.with_margin) == ("A", 53.0, True)
    assert levers(portfolio, classed(NOTE)) == [("growth", 5.3)]
    assert levers(account(growth=4.0), classed(NOTE)) == [("growth", 5.0)]


def test_a_class_held_by_the_margin_needs_less():
    portfolio = account(growth=4.0, held="A")
    assert explain(portfolio, classed(NOTE), ON, 0).target == 47.0
    assert levers(portfolio, classed(NOTE)) == [("growth", 4.7)]


def test_a_gate_on_another_column_leaves_no_lever():
    gate = Gate("solidity", "=", "weak", 1, "weak")
    found = explain(account(growth=4.0, solidity="weak"), classed(NOTE, gates=(gate,)), ON, 0)
    assert (found.next_class, found.gate, found.levers) == ("A", 0, ())


def test_a_lever_lifts_the_gate_that_looks_at_its_column():
    gate = Gate("days_late", ">", 60.0, 1, "late")
    model = classed(dataclasses.replace(LATE, weight=0.01), NOTE, gates=(gate,))
    found = explain(account(growth=8.0, days_late=75.0), model, ON, 0)
    assert found.gate == 0
    assert [(one.changes[0].column, one.changes[0].value) for one in found.levers] == [("days_late", 60.0)]


def test_a_value_that_meets_a_gate_of_its_own_is_no_lever():
    gate = Gate("solidity", "=", "good", 1, "too good to be true")
    portfolio = account(growth=4.0, solidity="fair")
    model = classed(NOTE, dataclasses.replace(WORDS, weight=2), cutoff=53, gates=(gate,))
    assert levers(portfolio, model) == [("growth", 5.9)]


def test_a_lever_of_scale_rank_passes_the_others():
    rank = Criterion("Rank", "potential", None, 1, "rank")
    portfolio = pd.DataFrame({"account": list("abcd"), "potential": [10.0, 20, 30, 40]})
    assert levers(portfolio, classed(rank, cutoff=80)) == [("potential", 41.0)]
    assert levers(portfolio, classed(rank, cutoff=70)) == [("potential", 40.0)]


def test_a_quota_counts_the_accounts_that_are_better():
    portfolio = pd.DataFrame({"account": list("abcd"), "growth": [4.0, 7.0, 8.0, 9.0]})
    found = explain(portfolio, classed(NOTE, method="quota"), ON, 0)
    assert (found.target, found.by_last_limits) == (80.0, False)
    assert levers(portfolio, classed(NOTE, method="quota")) == [("growth", 8.0)]


def test_where_the_classes_move_with_the_lever_the_last_limits_serve_and_it_says_so():
    portfolio = pd.DataFrame({"account": list("abcd"), "growth": [1.0, 2.0, 8.0, 9.0]})
    breaks = classed(NOTE, method="breaks")
    assert explain(portfolio, breaks, ON, 0).by_last_limits
    assert levers(portfolio, breaks) == [("growth", 8.0)]
    rank = Criterion("Rank", "growth", None, 1, "rank")
    assert explain(portfolio, classed(rank, method="quota"), ON, 0).by_last_limits
    assert not explain(portfolio, classed(rank), ON, 0).by_last_limits


def test_a_value_that_brings_a_criterion_into_use_moves_the_others_of_a_quota_and_it_says_so():
    other = Criterion("Other", "turnover", None, 1, "note")
    portfolio = pd.DataFrame(
        {"account": list("abcde"), "growth": [2.0, 3.0, 5.0, 8.0, 9.0], "turnover": [math.nan] * 5}
    )
    for least, moves in ((0.2, True), (0.3, False), (0.0, False)):
        model = classed(NOTE, other, method="quota")
        model = dataclasses.replace(model, settings=dataclasses.replace(model.settings, in_use_from=least))
        assert explain(portfolio, model, ON, 0).by_last_limits is moves


def test_a_code_that_stands_twice_and_the_best_class_have_no_lever():
    portfolio = pd.DataFrame({"account": ["1", "1", "2"], "growth": [4.0, 4.0, 9.0]})
    for row in range(3):
        found = explain(portfolio, classed(NOTE), ON, row)
        assert (found.next_class, found.levers) == ("", ())


# ---- laws ----------------------------------------------------------------------------------------


def check_levers(portfolio, model):
    letters = (*model.letters(), "?")
    for row in range(len(portfolio)):
        found = explain(portfolio, model, ON, row)
        # Where a value moves the others too, it is said that the last limits serve, and no class is promised.
        for lever in () if found.by_last_limits else found.levers:
            after = assess(typed(portfolio, row, lever), model, ON, explain=False).results
            assert after["computed"].iat[row] == letters[lever.class_after]
            assert after["score"].iat[row] == lever.score_after
            assert lever.class_after <= letters.index(found.next_class)
            for change in lever.changes:
                field = FIELDS.get(change.column)
                assert field is None or field.filled_by is FilledBy.PERSON


@settings(max_examples=60)
@given(accounts(least=1, most=6), models(method="cutoffs"))
def test_with_cut_offs_a_lever_reaches_the_class_that_it_promises(portfolio, model):
    check_levers(portfolio, model)


@settings(max_examples=40)
@given(accounts(least=1, most=6), models(method="quota"))
def test_with_a_quota_and_no_rank_a_lever_reaches_the_class_that_it_promises(portfolio, model):
    unranked = tuple(criterion for criterion in model.criteria if criterion.scale != "rank")
    check_levers(portfolio, dataclasses.replace(model, criteria=unranked))


monotone = st.lists(
    st.sampled_from([TURNOVER, POTENTIAL, NOTE, LATE, LATE_STEPS, TREND]),
    min_size=1,
    unique_by=lambda criterion: criterion.column,
).flatmap(
    lambda chosen: st.tuples(
        *(
            st.builds(
                dataclasses.replace,
                st.just(one),
                weight=st.integers(1, 9).map(float),
                missing=st.sampled_from(["skip", "zero", "neutral"]),
            )
            for one in chosen
        )
    )
)
UNIT = {"turnover": 1.0, "potential": 1.0, "days_late": 1.0, "growth": 0.1}


@settings(max_examples=60)
@given(accounts(least=1, most=4), monotone, st.sampled_from([0.0, 3.0]), st.floats(5, 95))
def test_with_cut_offs_a_value_one_unit_nearer_does_not_reach_the_class(portfolio, criteria, margin, cutoff):
    model = classed(*criteria, cutoff=round(cutoff, 2), margin=margin, min_completeness=0.3)
    for row in range(len(portfolio)):
        found = explain(portfolio, model, ON, row)
        for lever in found.levers:
            if len(lever.changes) > 1 or lever.changes[0].current is None:
                continue
            (change,) = lever.changes
            step = np.copysign(UNIT[change.column], change.current - change.value)
            nearer = round(change.value + step, 6)
            if (nearer - change.current) * step > 0:  # past the current value
                continue
            after = assess(with_value(portfolio, row, change.column, nearer), model, ON, explain=False)
            assert after.results["computed"].iat[row] != found.next_class


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 8).map(float), min_size=3, max_size=3),
    st.lists(st.integers(1, 9).map(float), min_size=3, max_size=3),
    st.floats(0.05, 0.95),
)
def test_no_other_pair_costs_fewer_points_in_sum(notes, weights, further):
    """Three notes, a class that only two of them reach, every combination of steps of 0.1 beside it."""
    keys = ("growth", "influence", "relationship")
    criteria = [Criterion(key, key, None, weight, "note") for key, weight in zip(keys, weights, strict=True)]
    gains = sorted(weight * (10 - note) for weight, note in zip(weights, notes, strict=True))
    needed = np.dot(weights, notes) + gains[2] + further * gains[1]
    cutoff = round(10 * needed / sum(weights), 4)
    (lever,) = explain(
        account(**dict(zip(keys, notes, strict=True))), classed(*criteria, cutoff=cutoff), ON, 0
    ).levers

    steps, least = np.arange(101) / 10, np.inf
    for one, other in itertools.combinations(range(3), 2):
        rest = weights[3 - one - other] * notes[3 - one - other]
        score = rest + np.add.outer(weights[one] * steps, weights[other] * steps)
        gained = np.add.outer(np.maximum(steps - notes[one], 0), np.maximum(steps - notes[other], 0))
        enough = np.round(10 * score / sum(weights), 6) >= cutoff
        least = min(least, gained[enough].min(initial=np.inf))
    assert len(lever.changes) == 2
    assert lever.points == pytest.approx(least, abs=1e-6)


@settings(max_examples=40)
@given(accounts(least=1, most=6), models())
def test_the_parts_of_an_explanation_make_the_score_and_its_distance_from_the_mean(portfolio, model):
    for row in range(len(portfolio)):
        found = explain(portfolio, model, ON, row)
        score = found.assessment.results["score"].iat[row]
        if np.isnan(score):
            assert np.isnan(found.mean)
            continue
        assert sum(part.share for part in found.parts) == pytest.approx(score, abs=1e-6)
        assert sum(part.contribution for part in found.parts) == pytest.approx(score - found.mean, abs=1e-9)
        status = portfolio["status"].fillna("none")
        alike = found.assessment.results["score"][status == status.iat[row]]
        assert found.mean == pytest.approx(alike.mean(), abs=1e-6)
