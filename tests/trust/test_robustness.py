"""Robustness: published acceptabilities, laws of the draws, and what a person and a program are told."""

import dataclasses
import datetime as dt
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws.portfolios import accounts, models
from support.commands import run_command
from support.made import new_workbook
from support.small_models import NOTE, POTENTIAL, TURNOVER, WORDS, classed

from addin.catalogue import LANGUAGES, catalogue
from addin.package import PackageBook
from addin.workbook.located_tables import Layout
from scoring import Model
from scoring.classes import NONE, by_cutoffs, cap
from scoring.columns import Accounts
from scoring.gates import best_left
from scoring.measured import measure, scores
from scoring.trust.robustness import CONCENTRATION, acceptabilities

TODAY = dt.date(2026, 11, 29)


def shares(portfolio, model, seed=1, n_draws=1_000, alphas=None, left=None):
    measured = measure(Accounts(portfolio), model)
    left = np.full(len(portfolio), NONE, dtype=np.int16) if left is None else left
    return acceptabilities(measured, model, model.min_scores(), left, seed, n_draws=n_draws, alphas=alphas)


def test_published_acceptability_of_two_criteria_under_uniform_weights():
    # Worth 100 and 40: 100 w + 40 (1 - w) >= 80 where w >= 2/3.
    portfolio = pd.DataFrame({"account": ["1"], "turnover": [100e3], "potential": [40e3]})
    n_draws = 20_000
    found = shares(portfolio, classed(TURNOVER, POTENTIAL, cutoff=80), n_draws=n_draws, alphas=np.ones(2))
    error = np.sqrt(1 / 3 * 2 / 3 / n_draws)
    assert found[0, 0] == pytest.approx(1 / 3, abs=3 * error)
    assert found.sum() == 1


def test_three_criteria_under_uniform_weights_are_worth_their_share_of_the_triangle():
    # Only the first is worth anything, 100: w1 >= t has the chance (1 - t)^2.
    portfolio = pd.DataFrame({"account": ["1"], "turnover": [100e3], "potential": [0.0], "growth": [0.0]})
    model = classed(TURNOVER, POTENTIAL, NOTE, cutoff=40)
    found = shares(portfolio, model, n_draws=20_000, alphas=np.ones(3))
    assert found[0, 0] == pytest.approx(0.36, abs=3 * np.sqrt(0.36 * 0.64 / 20_000))


def test_the_draws_lie_around_the_chosen_weights():
    # Var of a Dirichlet weight: w (1 - w) / (100 + 1); by the normal law 75 % +- 1 standard deviation.
    heavy = dataclasses.replace(TURNOVER, weight=3)
    portfolio = pd.DataFrame({"account": ["1"], "turnover": [100e3], "potential": [0.0]})
    deviation = 100 * np.sqrt(0.75 * 0.25 / (CONCENTRATION + 1))
    low, high = (
        shares(portfolio, classed(heavy, POTENTIAL, cutoff=75 + side * deviation), n_draws=20_000)[0, 0]
        for side in (-1, 1)
    )
    assert low == pytest.approx(0.84, abs=0.02)
    assert high == pytest.approx(0.16, abs=0.02)


@settings(max_examples=60)
@given(accounts(least=1, most=6), models(method="cutoffs"), st.integers(0, 9))
def test_shares_are_those_of_plain_scores_under_the_same_draws(portfolio, model, seed):
    if not model.criteria:
        return
    table = Accounts(portfolio)
    measured = measure(table, model)
    left, _ = best_left(model.gates, table.with_completeness(np.ones(len(table))), len(table))
    found = shares(portfolio, model, seed, n_draws=50, left=left)
    for row in range(len(table)):
        applies = measured.applies[measured.status == measured.status[row]].any(axis=0)
        weights = model.weights()[applies]
        if not applies.any():
            assert np.isnan(found[row]).all()
            continue
        rng = np.random.default_rng([seed, int(measured.status[row])])
        drawn = np.zeros((50, len(applies)))
        drawn[:, applies] = rng.gamma(CONCENTRATION * weights / weights.sum(), size=(50, len(weights)))
        score = scores(measured, drawn)[row]
        if np.isnan(score).any():
            assert np.isnan(found[row]).all()
            continue
        near = np.abs(score[:, None] - model.min_scores()[None]).min() < 1e-5
        places = cap(by_cutoffs(score, model.min_scores()), np.full(50, left[row], dtype=np.int16))
        wanted = np.bincount(places, minlength=len(model.classes)) / 50
        assert near or found[row] == pytest.approx(wanted)
        assert found[row].sum() == pytest.approx(1)


@settings(max_examples=30)
@given(accounts(least=2, most=6), models(method="cutoffs"))
def test_order_and_neighbours_change_no_share(portfolio, model):
    found = shares(portfolio, model, n_draws=40)
    turned = portfolio.iloc[::-1].reset_index(drop=True)
    np.testing.assert_array_equal(shares(turned, model, n_draws=40)[::-1], found)


def test_a_gate_keeps_every_draw_at_its_class():
    portfolio = pd.DataFrame({"account": ["1"], "growth": [9.0], "solidity": ["good"]})
    left = np.array([1], dtype=np.int16)
    assert shares(portfolio, classed(NOTE, WORDS), left=left).tolist() == [[0.0, 1.0]]


def test_one_criterion_leaves_nothing_to_chance():
    portfolio = pd.DataFrame({"account": ["1", "2"], "growth": [5.0, 4.9]})
    assert shares(portfolio, classed(NOTE)).tolist() == [[1.0, 0.0], [0.0, 1.0]]


def test_no_criterion_no_share():
    model = Model((), classed(NOTE).classes)
    assert np.isnan(shares(pd.DataFrame({"account": ["1"]}), model)).all()


@pytest.fixture(params=LANGUAGES)
def book(request, tmp_path):
    words, path = catalogue(request.param), tmp_path / "book.xlsx"
    known = {"status": words.word("status", "client"), "turnover_1": 90e3, "turnover_2": 80e3}
    known |= {"potential": 100e3, "days_late": 10.0}
    turnovers = {"C-1": 300e3, "C-2": 110e3, "C-3": 40e3, "C-4": 5e3}
    rows = [{"account": code, "name": code, "turnover": value, **known} for code, value in turnovers.items()]
    new_workbook(path, request.param, [*rows, {"account": "C-5", "status": known["status"]}])
    return path


def test_a_program_is_told_shares_by_letter_and_the_same_twice(book, capsys):
    first, second = (run_command(capsys, "robustness", book, "--json", today=TODAY)[1] for _ in range(2))
    assert first == second
    tables = json.loads(first)["tables"]
    assert {row["account"] for row in tables["Robustness"]} == {"C-1", "C-2", "C-3", "C-4"}
    for row in tables["Robustness"]:
        assert list(row["shares"]) == ["A", "B", "C", "D"]
        assert sum(row["shares"].values()) == pytest.approx(1)
        assert row["own"] == row["shares"][row["by_weights"]]
        assert row["fragile"] is (row["own"] < 0.8)
    for row in tables["FindOutFirst"]:
        assert row["criterion"]


def test_the_sheet_says_how_many_are_fragile_and_another_seed_draws_others(book, capsys):
    assert run_command(capsys, "robustness", book, today=TODAY)[0] == 0
    layout = Layout(PackageBook(book).tables())
    note = layout.named["robustnessnotes"].rows()[0]["note"]
    assert "4" in note
    assert "1" in note
    row = layout.named["robustness"].rows()[0]
    assert row["shares"].count("%") >= 1
