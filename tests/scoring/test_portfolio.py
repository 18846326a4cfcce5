"""What an account is among all the others: rank, core, duplicate codes, moves."""

import numpy as np
import pandas as pd
import pytest
from support.portfolios import UNKNOWN, accounts, model, results, scored

from scoring.portfolio import moved


def ranks(scores):
    found = results(scored(scores))["rank"]
    return [None if np.isnan(rank) else rank for rank in found]


def core(turnovers, share=0.8):
    return results(accounts(turnover=np.array(turnovers, dtype=float)), model(core_share=share))[
        "core"
    ].tolist()


# ---- rank ----------------------------------------------------------------------------------------


def test_the_best_score_is_first_and_ties_share_the_best_rank():
    assert ranks([50, 80, UNKNOWN, 80, 10, 50, UNKNOWN, 0]) == [3, 1, None, 1, 5, 3, None, 6]


def test_scores_that_differ_in_the_sixth_decimal_are_no_tie():
    assert ranks([50, 50.000_001]) == [2, 1]


@pytest.mark.parametrize("scores", [[], [UNKNOWN], [UNKNOWN, UNKNOWN]])
def test_without_a_score_there_is_no_rank(scores):
    assert ranks(scores) == [None] * len(scores)


# ---- core ----------------------------------------------------------------------------------------


def test_the_account_that_reaches_the_share_is_in_the_core_and_the_next_one_is_not():
    assert core([50, 30, 20]) == [True, True, False]  # the 80 before the third are no less than 80 %
    assert core([50, 29.99, 20.01]) == [True, True, True]
    assert core([20, 30, 50]) == [False, True, True]
    assert core([0.5, 0.3, 0.2]) == [True, True, False]  # however small the amounts are


def test_the_share_is_reached_in_decimals_not_in_binary_fractions():
    # 0.8 * 71.0 is 56.800000000000004 in floating point.
    assert core([56.8, 14.2]) == [True, False]


def test_a_cent_less_than_the_share_is_less():
    assert core([800_000.00, 200_000.00]) == [True, False]
    assert core([799_999.99, 200_000.01]) == [True, True]


def test_equal_turnovers_are_in_the_core_together():
    assert core([40, 40, 40, 5, 0, UNKNOWN]) == [True, True, True, False, False, False]
    assert core([10, 10, 10, 10, 10], 0.1) == [True] * 5


def test_who_buys_nothing_is_in_no_core():
    assert core([100, 0, UNKNOWN], 1.0) == [True, False, False]
    assert core([0, 0]) == [False, False]
    assert core([UNKNOWN, UNKNOWN]) == [False, False]
    assert core([]) == []


def test_a_share_of_1_is_everybody_who_buys_and_a_share_of_0_nobody():
    assert core([70, 20, 10, 0], 1.0) == [True, True, True, False]
    assert core([70, 20, 10, 0], 0.0) == [False] * 4


# ---- duplicate codes -----------------------------------------------------------------------------


def test_accounts_whose_codes_differ_in_case_alone_have_no_class_and_are_each_reported():
    portfolio = scored([90, 90, 90, 90, 90])
    portfolio["account"] = ["C1", "c1", "C2", "É3", "E3"]
    found = results(portfolio)
    assert found["class"].astype(str).tolist() == ["?", "?", "A", "A", "A"]
    assert found["score"].isna().tolist() == [True, True, False, False, False]


@pytest.mark.parametrize("codes", [["ß1", "SS1", "x"], ["STRASSE", "straße", "x"], ["7", "7", "8"]])
def test_codes_are_compared_without_case_in_every_script(codes):
    portfolio = scored([90, 90, 90])
    portfolio["account"] = codes
    assert results(portfolio)["class"].astype(str).tolist() == ["?", "?", "A"]


# ---- moves ---------------------------------------------------------------------------------------


def moves(before, now, class_before="B", class_now="B"):
    one = (
        np.array([float(now)]),
        np.array([float(before)]),
        pd.Series([class_now]),
        pd.Series([class_before]),
    )
    return moved(*one).tolist() == [True]


@pytest.mark.parametrize("before", [0.0, 50.0, 99.5, 33.333_333])
def test_a_score_that_moves_by_0_05_is_a_move_either_way(before):
    for way in (1, -1):
        assert moves(before, round(before + way * 0.05, 6))
        assert not moves(before, round(before + way * 0.049_999, 6))
        assert not moves(before, before)


def test_a_score_that_comes_or_goes_is_a_move_and_none_that_stays_away_is_not():
    assert moves(UNKNOWN, 50, "B", "B")
    assert moves(50, UNKNOWN, "B", "B")
    assert not moves(UNKNOWN, UNKNOWN, "?", "?")


def test_another_class_is_a_move_at_the_same_score():
    assert moves(50, 50, "B", "A")
    assert moves(50, 50, "", "B")
    assert not moves(50, 50, "", "")
