"""Natural breaks are the best grouping, and of several best ones the lowest, by exact arithmetic."""

from fractions import Fraction
from itertools import combinations, pairwise

import ckmeans
import jenkspy
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scoring import bounds
from scoring.breaks import natural_breaks
from scoring.classes import by_breaks

MOST_DISTINCT = 12
MILLION = 10**6

# Small whole numbers and tenths make many ties; any score makes nearly none; far ones lose most to rounding.
NUMBERS = st.one_of(
    st.integers(0, 9).map(lambda number: number * MILLION),
    st.integers(0, 30).map(lambda number: number * MILLION // 10),
    st.integers(0, 100 * MILLION),
    st.integers(-(10**14), 10**14),
)


@st.composite
def in_millionths(draw):
    distinct = draw(st.lists(NUMBERS, min_size=1, max_size=MOST_DISTINCT, unique=True))
    return draw(st.permutations(distinct + draw(st.lists(st.sampled_from(distinct), max_size=20))))


def total(groups):
    """Sum of squares within the groups, without rounding."""
    return sum(sum(n * n for n in group) - Fraction(sum(group) ** 2, len(group)) for group in groups)


def groups_of(numbers, upper_bounds):
    ordered = sorted(numbers)
    cuts = [0, *np.searchsorted(ordered, upper_bounds, side="right").tolist()]
    return [ordered[start:end] for start, end in pairwise(cuts)]


def lowest_of_the_best(numbers, n_groups):
    """By trying all groupings; these come with the lowest upper bounds first, and min keeps the first."""
    distinct = sorted(set(numbers))
    choices = ([*inner, distinct[-1]] for inner in combinations(distinct[:-1], n_groups - 1))
    return min(choices, key=lambda upper_bounds: total(groups_of(numbers, upper_bounds)))


def found(numbers, n_groups):
    upper_bounds = natural_breaks(np.array(numbers) / MILLION, n_groups)
    return [round(bound * MILLION) for bound in upper_bounds.tolist()]


def whole(values):
    return np.rint(np.asarray(values) * MILLION).astype(np.int64).tolist()


@given(in_millionths(), st.data())
@example([0, 1, 2], None)
@example([0, 0, 10, 10, 20, 20], None)
def test_of_all_groupings_the_best_with_the_lowest_upper_bounds_is_found(numbers, data):
    n_distinct = len(set(numbers))
    n_groups = data.draw(st.integers(1, n_distinct)) if data else 2
    assert found(numbers, n_groups) == lowest_of_the_best(numbers, n_groups)


@given(in_millionths(), st.data())
def test_the_grouping_that_the_library_returns_changes_nothing(numbers, data):
    n_groups = data.draw(st.integers(1, len(set(numbers))))
    # Any stretches of the order: empty ones, fewer than asked for, equal values parted.
    cuts = sorted(data.draw(st.lists(st.integers(0, len(numbers)), max_size=n_groups)))
    ordered = np.sort(np.array(numbers, dtype=float))
    with pytest.MonkeyPatch.context() as patch:
        # So few values take several rounds as millions do, where all groupings can still be tried.
        patch.setattr(bounds, "_PIECES", data.draw(st.integers(1, 3)))
        patch.setattr(ckmeans, "ckmeans", lambda *_: np.split(ordered, cuts))
        assert found(numbers, n_groups) == lowest_of_the_best(numbers, n_groups)


@pytest.mark.parametrize("n_groups", [2, 4, 7])
@pytest.mark.parametrize("decimals", [0, 1, 6])
def test_jenkspy_finds_the_same_total(n_groups, decimals):
    values = np.random.default_rng(n_groups).normal(50, 15, 600).clip(0, 100).round(decimals)
    numbers = whole(values)
    theirs = whole(jenkspy.jenks_breaks(values, n_classes=n_groups)[1:])
    assert total(groups_of(numbers, found(numbers, n_groups))) == total(groups_of(numbers, theirs))


@pytest.mark.parametrize("n_groups", [2, 4, 7])
def test_all_of_many_scores_count_not_a_sample_of_them(n_groups):
    values = np.random.default_rng(n_groups).lognormal(2.5, 0.7, 60_000).clip(0, 100).round(6)
    numbers = whole(values)
    theirs = [whole(group) for group in ckmeans.ckmeans(values, n_groups)]
    assert total(groups_of(numbers, found(numbers, n_groups))) == total(theirs)


@pytest.mark.parametrize(("n_over", "sizes"), [(1, (0, 0, 0, 1)), (2, (0, 0, 1, 1)), (3, (0, 1, 1, 1))])
def test_of_evenly_spaced_scores_the_lower_groups_are_the_smaller_ones(n_over, sizes):
    each = 6_000
    values = np.arange(4 * each + n_over) / 250  # ranks: one group more or less by one, anywhere, is as good
    groups = groups_of(whole(values), found(whole(values), 4))
    assert [len(group) - each for group in groups] == list(sizes)


def test_mirrored_scores_have_no_mirrored_breaks_where_the_lower_ones_are_as_good():
    half = np.concatenate((np.arange(0, 3_000), np.arange(10_000, 13_000))) / 1_000
    numbers = whole(np.concatenate((half, 40 - half)))
    lowest = found(numbers, 3)
    mirrored = [40 * MILLION - group[0] for group in groups_of(numbers, lowest)][:0:-1]
    assert total(groups_of(numbers, lowest)) == total(groups_of(numbers, [*mirrored, max(numbers)]))
    assert lowest[:-1] < mirrored


def test_more_groups_than_the_library_takes_are_found_too():
    values = np.repeat(np.arange(300.0), 2)
    assert natural_breaks(values, 299).tolist() == [
        *range(298),
        299,
    ]  # any two neighbours together are as good


def test_one_group_ends_with_the_greatest_value():
    assert natural_breaks(np.array([3.0, 1, 2]), 1).tolist() == [3.0]


@pytest.mark.parametrize(("values", "n_groups"), [([], 1), ([2.0], 2), ([1.0, 1, 2], 3)])
def test_fewer_distinct_values_than_groups_have_no_breaks(values, n_groups):
    assert natural_breaks(np.array(values), n_groups) is None


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_value_that_is_no_number_has_no_place_among_breaks(value):
    with pytest.raises(ValueError, match="a value is unknown or infinite"):
        natural_breaks(np.array([1.0, value]), 1)


def test_there_is_at_least_one_group():
    with pytest.raises(ValueError, match="1 group or more, not into 0"):
        natural_breaks(np.array([1.0]), 0)


def test_an_account_without_a_score_moves_no_other_account():
    scores = np.array([10.0, 11, 50, 51, 90, 91])
    without = by_breaks(scores, 3)
    assert by_breaks(np.insert(scores, 3, np.nan), 3).tolist() == np.insert(without, 3, -1).tolist()
