"""Forced classes: a person's decision counts while it is complete and lasts, and is reported otherwise."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from support.portfolios import ON, accounts, model, results

from scoring import assess

DAY = dt.timedelta(days=1)


def forced(letter="A", reason="key account", until=ON + DAY, *, on=ON, drop=()):
    """Class in force of an account that is D by its score, and the faults found."""
    columns = {"forced": [letter], "forced_reason": [reason]}
    columns["forced_until"] = pd.to_datetime(pd.Series([until])).astype("datetime64[us]")
    portfolio = accounts(growth=[0.0], **columns).drop(columns=list(drop))
    found = assess(portfolio, model(), on)
    assert found.results["computed"].astype(str).tolist() == ["D"], "what the score gives stays"
    (in_force,) = found.results["class"].astype(str)
    return in_force, [(fault.field, fault.what, fault.remedy) for fault in found.faults]


LAPSED = [("forced_until", "forced_lapsed", "forced_renew")]


def test_a_forced_class_lasts_through_its_last_day_and_lapses_the_day_after():
    assert forced(until=ON + DAY) == ("A", [])
    assert forced(until=ON) == ("A", [])
    assert forced(until=ON - DAY) == ("D", LAPSED)


def test_the_last_day_is_a_whole_day_whatever_its_time():
    assert forced(until=dt.datetime.combine(ON, dt.time(0, 0))) == ("A", [])
    assert forced(until=dt.datetime.combine(ON, dt.time(23, 59))) == ("A", [])
    assert forced(until=dt.datetime.combine(ON - DAY, dt.time(23, 59))) == ("D", LAPSED)


@pytest.mark.parametrize("reason", [None, "", "  ", np.nan])
def test_without_a_reason_it_is_reported_and_ignored(reason):
    assert forced(reason=reason) == ("D", [("forced_reason", "forced_without_reason", "forced_needs")])


def test_without_an_end_it_is_reported_and_ignored():
    assert forced(until=None) == ("D", [("forced_until", "forced_without_end", "forced_needs")])


def test_a_column_that_is_missing_is_an_empty_one():
    assert forced(drop=["forced_reason"])[1] == [("forced_reason", "forced_without_reason", "forced_needs")]
    assert forced(drop=["forced_until"])[1] == [("forced_until", "forced_without_end", "forced_needs")]
    assert forced(drop=["forced"]) == ("D", [])


@pytest.mark.parametrize("letter", ["E", "?", "AB", "7"])
def test_what_is_no_class_of_the_company_is_reported_and_ignored(letter):
    assert forced(letter) == ("D", [("forced", "forced_unknown", "pick_from_list")])


def test_one_fault_is_told_at_a_time_the_class_first():
    assert forced("E", None, None)[1] == [("forced", "forced_unknown", "pick_from_list")]
    assert forced("A", None, None)[1] == [("forced_reason", "forced_without_reason", "forced_needs")]


@pytest.mark.parametrize("letter", [None, "", "   ", np.nan])
def test_an_empty_cell_forces_nothing_and_is_no_fault(letter):
    assert forced(letter) == ("D", [])


@pytest.mark.parametrize(("letter", "found"), [("b", "B"), (" C ", "C"), ("a", "A")])
def test_a_class_is_known_whatever_its_case_and_outer_blanks(letter, found):
    assert forced(letter) == (found, [])


def test_a_fault_names_the_class_and_the_day_on_which_it_ended():
    columns = {"forced": [None, "B", "A", "C"], "forced_reason": ["x"] * 4}
    days = [None, ON - DAY, ON, ON - 2 * DAY]
    until = pd.to_datetime(pd.Series(days)).astype("datetime64[us]")
    portfolio = accounts(growth=[9.0, 0.0, 0.0, 0.0], forced_until=until, **columns)
    told = [(fault.row, dict(fault.details)) for fault in assess(portfolio, model(), ON).faults]
    assert told == [(1, {"letter": "B", "until": ON - DAY}), (3, {"letter": "C", "until": ON - 2 * DAY})]


def test_a_forced_class_neither_needs_a_score_nor_helps_a_code_that_stands_twice():
    until = pd.to_datetime(pd.Series([ON, ON, ON])).astype("datetime64[us]")
    columns = {"forced": ["B"] * 3, "forced_reason": ["x"] * 3, "forced_until": until}
    portfolio = accounts(growth=[np.nan, 9.0, 9.0], **columns).assign(account=["C1", "C2", "c2"])
    found = results(portfolio)
    assert found["class"].astype(str).tolist() == ["B", "?", "?"]
    assert found["label"].tolist() == ["Class B", "", ""]
