"""A planted halo and planted twins are found; without them there is silence."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.small_models import LATE, NOTE, POTENTIAL, TURNOVER, classed

from scoring import Criterion, assess
from scoring.judgement import rank_correlation

ON = dt.date(2026, 11, 29)
SAID = ("notes_above", "notes_below", "criteria_alike", "criteria_opposed")
JUDGED = Criterion("Growth", "growth", None, 1, "note", subjective=True)
ALSO_JUDGED = Criterion("Influence", "influence", None, 1, "note", subjective=True)
MODEL = classed(TURNOVER, POTENTIAL, LATE, JUDGED, ALSO_JUDGED)


def portfolio(seed, n_reps=6, n_accounts=300, unknown=0.2):
    """Accounts of some reps: nothing depends on anything."""
    rng = np.random.default_rng(seed)
    columns = {
        "account": [f"C{at}" for at in range(n_accounts)],
        "rep": [f"R{at % n_reps}" for at in range(n_accounts)],
        "turnover": rng.uniform(0, 120e3, n_accounts),
        "potential": rng.uniform(0, 120e3, n_accounts),
        "days_late": rng.uniform(0, 70, n_accounts),
        "growth": rng.integers(0, 11, n_accounts).astype(float),
        "influence": rng.integers(0, 11, n_accounts).astype(float),
    }
    frame = pd.DataFrame(columns)
    for column in list(columns)[2:]:
        frame.loc[rng.random(n_accounts) < unknown, column] = np.nan
    return frame


def said(frame, model=MODEL):
    return [
        (fault.what, dict(fault.details)) for fault in assess(frame, model, ON).faults if fault.what in SAID
    ]


@pytest.mark.parametrize("seed", range(60))
def test_without_a_halo_or_twins_there_is_silence(seed):
    assert said(portfolio(seed, n_reps=3 + seed % 10)) == []


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("direction", [1, -1])
def test_a_planted_halo_is_found_and_nobody_else_is_named(seed, direction):
    frame = portfolio(seed, n_reps=8, n_accounts=400)
    his = frame["rep"] == "R2"
    for column in ("growth", "influence"):
        frame.loc[his, column] = (frame.loc[his, column] + direction * 7).clip(0, 10)
    ((what, details),) = said(frame)
    assert (what, details["rep"]) == ("notes_above" if direction > 0 else "notes_below", "R2")
    assert details["points"] > 1


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("direction", [1, -1])
def test_planted_twins_are_found_and_no_other_pair(seed, direction):
    frame = portfolio(seed)
    noise = np.random.default_rng(seed).normal(0, 8e3, len(frame))
    frame["potential"] = 60e3 + direction * (frame["turnover"] - 60e3) + noise
    ((what, details),) = said(frame)
    assert what == ("criteria_alike" if direction > 0 else "criteria_opposed")
    assert {details["first"], details["second"]} == {"Turnover", "Potential"}
    assert abs(details["correlation"]) > 0.8
    assert details["weight"] == 2


def test_under_twenty_accounts_known_in_both_no_pair_is_compared():
    frame = portfolio(1, n_accounts=19, unknown=0.0).assign(growth=np.linspace(0, 10, 19))
    assert said(frame.assign(influence=frame["growth"])) == []
    frame = portfolio(1, n_accounts=20, unknown=0.0).assign(growth=np.linspace(0, 10, 20))
    assert [what for what, _ in said(frame.assign(influence=frame["growth"]))] == ["criteria_alike"]


def test_a_model_without_judgements_or_with_them_alone_names_nobody():
    assert said(portfolio(1), classed(TURNOVER, NOTE)) == []
    assert said(portfolio(1), classed(JUDGED, ALSO_JUDGED)) == []


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=30))
def test_the_rank_correlation_is_that_of_pandas(pairs):
    first, second = (np.array(values, dtype=float) for values in zip(*pairs, strict=True))
    wanted = pd.Series(first).rank().corr(pd.Series(second).rank())
    found = rank_correlation(first, second)
    assert found == (pytest.approx(wanted) if not np.isnan(wanted) else 0.0)
