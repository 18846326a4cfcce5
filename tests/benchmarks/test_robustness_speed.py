"""Robustness of 100,000 accounts by 1,000 draws of weights, beside the matrix product of the same size."""

from pathlib import Path

from benchmarks.own_process import work_alone

TESTS = Path(__file__).parents[1]
_READY = f"""
import sys
sys.path.insert(0, {str(TESTS)!r})
import numpy as np
from benchmarks.test_scoring_speed import MODEL, portfolio
from scoring.columns import Accounts
from scoring.measured import measure
from scoring.trust.robustness import acceptabilities

N = 100_000
measured = measure(Accounts(portfolio(N)), MODEL)
"""
DRAWS = f"""{_READY}
def work():
    found = acceptabilities(measured, MODEL, MODEL.min_scores(), np.full(N, -1, dtype=np.int16), 1)
    return [len(found), float(found.sum())]
"""
PRODUCT = f"""{_READY}
points, weights = np.nan_to_num(measured.points), np.random.default_rng(1).random((9, 1_000))
def work():
    return list((points @ weights).shape)
"""


def test_draws(figures):
    figures["draws"], found = work_alone(DRAWS, rounds=3)
    assert found[0] == 100_000
    assert abs(found[1] - 100_000) < 1e-3


def test_bare_product(figures):
    figures["product"], found = work_alone(PRODUCT, rounds=3)
    assert found == [100_000, 1_000]
