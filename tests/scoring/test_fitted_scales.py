"""Money scales that fit: the rows of the contract, whatever the portfolio."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.fitted_scales import fitted_rows, round_amount

ROUND = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        (1.0, 1),
        (1.09, 1),
        (1.1, 1.2),
        (1.34, 1.2),
        (1.35, 1.5),
        (3.4, 3),
        (3.5, 4),
        (6.9, 6),
        (7, 8),
        (8.94, 8),
        (8.95, 10),
    ],
)
def test_amounts_are_rounded_to_the_nearest_by_ratio(amount, rounded):
    for power in (1, 1e3, 1e6):
        assert round_amount(amount * power) == pytest.approx(rounded * power, rel=1e-15)


@given(st.floats(1e-3, 1e12))
def test_a_rounded_amount_is_round_and_near(amount):
    found = round_amount(amount)
    digits = found / 10 ** np.floor(np.log10(found) + 1e-12)
    assert any(abs(digits - one) < 1e-6 for one in ROUND)
    assert abs(np.log(found / amount)) <= np.log(4 / 3) / 2 + 1e-9


def test_percentiles_get_two_to_ten_points():
    """The 75th, 751, rounds to 800, the 90th, 901, and the 97th, 971, to 1000, worth 9 together."""
    rows = ((0, 0), (200, 2), (500, 4), (800, 6), (1000, 9))
    assert fitted_rows(np.arange(1.0, 1001.0)) == rows


def test_unknown_and_negative_amounts_and_zeros_do_not_count():
    amounts = np.arange(1.0, 101.0)
    more = np.concatenate([amounts, np.zeros(500), -amounts, np.full(50, np.nan)])
    assert fitted_rows(more) == fitted_rows(amounts)


def test_fewer_than_twenty_amounts_say_nothing():
    assert fitted_rows(np.concatenate([np.arange(1.0, 20.0), np.zeros(100)])) is None
    assert fitted_rows(np.arange(1.0, 21.0)) is not None


def test_rows_on_one_value_become_one_with_the_mean_of_their_points():
    assert fitted_rows(np.full(30, 5000.0)) == ((0, 0), (5000, 6))


@given(st.lists(st.floats(0.01, 1e9), min_size=20, max_size=200))
def test_a_fitted_scale_ascends_in_values_and_points(amounts):
    values, points = zip(*fitted_rows(np.array(amounts)), strict=True)
    assert list(values) == sorted(set(values))
    assert list(points) == sorted(set(points))
    assert points[-1] <= 10
