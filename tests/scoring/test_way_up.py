"""The short way up: what is said of every account at once is what the levers of each say."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from laws.portfolios import ON, accounts, models
from support.small_models import LATE, NOTE, POTENTIAL, TREND, TURNOVER, WORDS, account, classed

from scoring import Gate, assess
from scoring.explanation import explain


def way(portfolio, model, row=0):
    """Points short of the next class, and the columns that lead there."""
    found = assess(portfolio, model, ON).ways_up
    columns = tuple(model.criteria[at].column for at in found.criteria[row] if at >= 0)
    return found.short[row], columns


def test_it_names_the_criterion_with_the_fewest_points_then_the_heavier():
    heavy = dataclasses.replace(POTENTIAL, weight=3)
    portfolio = account(turnover=40e3, potential=40e3, growth=4.0)
    assert way(portfolio, classed(TURNOVER, heavy, NOTE, cutoff=47, margin=0)) == (7.0, ("potential",))
    assert way(portfolio, classed(TURNOVER, NOTE, cutoff=45, margin=0)) == (5.0, ("turnover",))


def test_the_margin_is_part_of_the_way():
    assert way(account(growth=4.0), classed(NOTE, cutoff=50)) == (13.0, ("growth",))


def test_two_together_where_none_is_enough_the_heavier_first():
    heavy, middle = dataclasses.replace(TURNOVER, weight=3), dataclasses.replace(NOTE, weight=2)
    portfolio = account(turnover=20e3, potential=20e3, growth=2.0)
    model = classed(heavy, POTENTIAL, middle, cutoff=75, margin=0)
    assert way(portfolio, model) == (55.0, ("turnover", "growth"))


def test_a_turnover_that_takes_the_trend_along_is_enough_where_alone_it_would_not_be():
    # 100,000 is worth 10 points, and takes the trend from 0 to 5 and on: 75 is reached by turnover alone.
    portfolio = account(turnover=50e3, turnover_1=100e3, turnover_2=100e3, growth=0.0)
    model = classed(TURNOVER, TREND, dataclasses.replace(NOTE, weight=0.5), cutoff=60, margin=0)
    assert way(portfolio, model)[1] == ("turnover",)
    (lever, *_) = explain(portfolio, model, ON, 0).levers
    assert [change.column for change in lever.changes] == ["turnover"]


def test_what_is_unknown_is_to_be_found_out_where_that_takes_fewer_points():
    heavier = dataclasses.replace(POTENTIAL, weight=3)
    model = classed(LATE, NOTE, heavier, cutoff=80, margin=0)
    portfolio = account(days_late=0.0, growth=0.0, potential=np.nan)
    # Growth: from 0 to 6 points. Potential: 10 points, 5 more than the mean of the others.
    assert way(portfolio, model) == (30.0, ("potential",))
    lighter = classed(LATE, NOTE, POTENTIAL, cutoff=80, margin=0)
    assert way(portfolio.assign(growth=2.0), lighter) == (20.0, ("growth",))


def test_a_gate_in_the_way_is_the_first_to_go():
    gate = Gate("solidity", "=", "weak", 1, "weak")
    found = assess(account(growth=4.0, solidity="weak"), classed(NOTE, gates=(gate,)), ON).ways_up
    assert (found.gate[0], list(found.criteria[0])) == (0, [-1, -1])


def test_no_value_is_named_that_a_gate_looks_for():
    gate = Gate("solidity", "=", "good", 1, "too good to be true")
    model = classed(NOTE, dataclasses.replace(WORDS, weight=2), cutoff=53, gates=(gate,))
    assert way(account(growth=4.0, solidity="fair"), model)[1] == ("growth",)
    late = Gate("days_late", ">", 60.0, 1, "late")
    assert way(account(days_late=30.0), classed(LATE, cutoff=80, gates=(late,)))[1] == ("days_late",)


def test_turnover_is_not_named_where_a_better_trend_costs_points():
    falling = dataclasses.replace(
        TREND, scale_points=dataclasses.replace(TREND.scale_points, points=(10.0, 0.0))
    )
    portfolio = account(turnover=45e3, turnover_1=45e3, turnover_2=45e3)
    assert way(portfolio, classed(TURNOVER, falling, margin=0))[1] == ()
    assert way(portfolio, classed(TURNOVER, TREND, margin=0))[1] == ("turnover",)


@pytest.mark.parametrize("method", ["quota", "breaks"])
def test_with_other_methods_the_last_limits_serve(method):
    portfolio = account(growth=4.0).loc[[0] * 4].assign(account=list("abcd"), growth=[4.0, 5.0, 8.0, 9.0])
    assert way(portfolio.reset_index(drop=True), classed(NOTE, method=method)) == (40.0, ("growth",))


@settings(max_examples=80)
@given(accounts(least=1, most=5), models(method="cutoffs"))
def test_what_is_named_reaches_the_class_when_it_is_tried(portfolio, model):
    assessment = assess(portfolio, model, ON)
    found = assessment.ways_up
    after = portfolio.assign(held=assessment.results["held"].astype(object))
    for row in np.flatnonzero(found.criteria[:, 0] >= 0):
        told = explain(after, model, ON, int(row))
        assert told.next_class == model.letters()[found.target[row]]
        assert told.levers, "a way is there"
        if found.criteria[row, 1] < 0:
            assert len(told.levers[0].changes) == 1
