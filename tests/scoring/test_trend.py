"""The trend over two years and the state, from three turnovers each known to the cent."""

import itertools

import numpy as np
import pytest
from support.portfolios import UNKNOWN, accounts, results


def shown(*years):
    """Trend and state of an account with these turnovers, latest first; None where there is none."""
    columns = dict(
        zip(("turnover", "turnover_1", "turnover_2"), ([float(year)] for year in years), strict=True)
    )
    found = results(accounts(**columns))
    (trend,), (state,) = found["trend"], found["state"]
    return None if np.isnan(trend) else trend, state if isinstance(state, str) else None


@pytest.mark.parametrize(
    ("years", "trend"),
    [
        ((150, 50, 150), 0.333_333_333),  # (2 x 1 - 1) / 3
        ((100, 80, 0), 0.814_814_815),  # (2 x 20 / 90 + 2) / 3
        ((80, 100, 100), -0.148_148_148),  # (2 x -20 / 90 + 0) / 3
        ((100, 100, 50), 0.222_222_222),  # (0 + 50 / 75) / 3
        ((0, 5, 5), -1.333_333_333),
        ((5, 0, 5), 0.666_666_667),
        ((0, 0, 5), -0.666_666_667),
        ((0, 5, 0), -0.666_666_667),
        ((0.02, 0.01, 0.01), 0.444_444_444),
        ((7, 7, 7), 0.0),
        ((-5, 5, 5), -1.333_333_333),  # a credit note counts as 0
        ((5, -5, 5), 0.666_666_667),
        ((5, 5, -5), 0.666_666_667),
    ],
)
def test_the_newer_year_counts_double_and_the_trend_has_nine_decimals(years, trend):
    assert shown(*years)[0] == trend


@pytest.mark.parametrize("years", [(5, 0, 0), (5, -1, -1), (0, 0, 0), (UNKNOWN, 5, 5), (5, UNKNOWN, 5)])
def test_with_nothing_to_compare_there_is_no_trend(years):
    assert shown(*years)[0] is None


def test_a_trend_lies_between_minus_2_and_2():
    found = [shown(*years)[0] for years in itertools.product((0, 0.01, 1, 1e9), repeat=3)]
    known = [trend for trend in found if trend is not None]
    assert -2 <= min(known) < -1.3
    assert 1.9 < max(known) <= 2


STATES = {
    # whether something was sold this year, last year and the year before
    (True, False, False): "new",
    (True, False, True): "returned",
    (False, True, False): "lost",
    (False, True, True): "lost",
    (False, False, True): "dormant",
    (True, True, False): "active",
    (True, True, True): "active",
    (False, False, False): None,
}


@pytest.mark.parametrize("sold", STATES)
def test_the_state_is_what_the_three_years_show_however_little_was_sold(sold):
    for amounts in itertools.product(*([0.01, 1, 1e6] if year else [0, -0.01, -1] for year in sold)):
        assert shown(*amounts)[1] == STATES[sold], amounts
