"""Natural breaks of 1,000,000 scores beside numpy's sort of them, and beside ckmeans, which fixes no ties."""

import time

import ckmeans
import numpy as np
import pytest

from scoring.breaks import natural_breaks

pytestmark = pytest.mark.benchmark(timer=time.process_time)  # so that neighbours do not count

N = 1_000_000


@pytest.fixture(scope="module")
def scores():
    return np.random.default_rng(20_261_129).normal(50, 15, N).clip(0, 100).round(6)


@pytest.mark.parametrize(("name", "n_classes"), [("breaks", 4), ("breaks 10", 10)])
def test_natural_breaks(timed, scores, name, n_classes):
    assert len(timed(name, natural_breaks, scores, n_classes)) == n_classes


def test_sort(timed, scores):
    assert len(timed("sort", np.sort, scores, rounds=20)) == N


def test_ckmeans(timed, scores):
    assert len(timed("ckmeans", ckmeans.ckmeans, scores, 4)) == 4
