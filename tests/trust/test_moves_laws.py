"""Laws of the split of a change of class: each step has its cause, and the steps lead from then to now."""

import itertools
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from laws.portfolios import LETTERS, ON, accounts, models

from scoring import assess
from scoring.trust.moves import STEPS, classes_under, half_way, reasons_of

letters = st.sampled_from([*LETTERS, "?"])


def held_in(table):
    """What the margin goes by, as letters."""
    return np.array([one if one in LETTERS else "" for one in table["held"]], dtype=object)


def bare(table):
    """The same accounts with nothing scored before but the class held, and nothing forced."""
    return table.assign(**{"held": held_in(table), "class": None, "computed": None, "forced": None})


@given(
    st.lists(st.one_of(letters, st.none()), min_size=len(STEPS) - 1, max_size=len(STEPS) - 1),
    letters,
    letters,
)
def test_the_reasons_lead_from_the_class_of_then_to_that_of_now(between, then, now):
    found = reasons_of([then, *between, now])
    ends = [then, *(after for _, _, after in found)]
    assert ends[-1] == now
    assert [before for _, before, _ in found] == ends[:-1]
    assert all(before != after for _, before, after in found)
    order = [STEPS.index(step) for step, _, _ in found]
    assert all(one < next_ for one, next_ in itertools.pairwise(order))


@given(accounts(), models(), models())
def test_the_steps_are_those_of_what_changed_and_of_nothing_else(table, then, now):
    table, held = bare(table), held_in(table)
    by_data = classes_under(table, then, held)
    by_weights = classes_under(table, half_way(then, now), held)
    by_limits = classes_under(table, now, held)
    other_limits = replace(now, criteria=then.criteria)
    assert list(classes_under(table, half_way(then, other_limits), held)) == list(by_data)
    other_weights = replace(then, criteria=now.criteria)
    assert list(classes_under(table, other_weights, held)) == list(by_weights)
    assert half_way(then, now).settings == then.settings
    assert list(by_limits) == list(assess(table, now, ON).results["computed"].astype(object))


@given(accounts(), models())
def test_with_the_model_of_then_there_is_no_step_but_that_of_the_data(table, then):
    table, held = bare(table), held_in(table)
    assert half_way(then, then) == then
    assert list(classes_under(table, half_way(then, then), held)) == list(classes_under(table, then, held))
