"""Natural breaks: the groups of scores with the least sum of squares within them.

A group is a stretch of the ordered scores; what is least is the sum, over all
groups, of the squared deviations of the scores from the mean of their group.

Notes
-----
**Ties.** Where several groupings share the least sum, the one with the lowest
upper bounds is taken, compared from the lowest group on. It has the lowest
upper bound of every single group, too: of any two best groupings, the lower
bound of each pair makes up a best grouping again (the cost is Monge).

**Exactness.** Scores have 6 decimals, so they are counted in whole millionths,
and their sums are whole numbers. ckmeans finds a grouping in floating point, of
so many values that stand for all. Its total rules out all places of bounds but
a few (:mod:`scoring.bounds`), to within a doubt greater than any rounding; among
these, fractions decide. So the grouping that is begun with saves time, and
nothing of it shows in the result: neither rounding, nor which values stood for
all, nor the choice of the library.

References
----------
Jenks, G. F. (1977), *Optimal data classification for choropleth maps*, with the
exact solution of Fisher, W. D. (1958), "On grouping for maximum homogeneity",
*JASA* 53, 789-798.
Wang, H. and Song, M. (2011), "Ckmeans.1d.dp: optimal k-means clustering in one
dimension by dynamic programming", *The R Journal* 3(2), 29-33.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scoring.bounds import Places, possible_bounds

__all__ = ["natural_breaks"]

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_MOST_GROUPS_OF_CKMEANS = 255
_ENOUGH_TO_BEGIN_WITH = 20_000
"""ckmeans takes 2 ms for so many, thirty times numpy's sort for a million."""

_MOST_TO_SQUARE = 3_000_000_000
"""Greatest number whose square a whole number of 64 bits holds, about."""


def natural_breaks(values: Floats, n_groups: int) -> Floats | None:
    """Upper bounds of the Fisher-Jenks natural groups of some values, ascending.

    Of several best groupings, the one with the lowest upper bounds: see the
    notes of this module.

    Parameters
    ----------
    values
        Array of shape (n_values,), in any order: scores [0-100 points]. They
        count to 6 decimals.
    n_groups
        Number of groups, at least 1.

    Returns
    -------
    Array of shape (n_groups,): the greatest value of each group. None with
    fewer distinct values than groups: there is nothing to break up.

    Raises
    ------
    ValueError
        Where a value is no finite number, or there is to be no group.

    Examples
    --------
    >>> values = np.array([1.3, 7.1, 7.3, 2.3, 3.9, 4.1, 7.8, 1.2, 4.3, 7.3, 5.0, 4.3])
    >>> natural_breaks(values, 3).tolist()
    [2.3, 5.0, 7.8]

    0 | 1 2 and 0 1 | 2 are equally good: the lower bound is taken.

    >>> natural_breaks(np.array([0.0, 1.0, 2.0]), 2).tolist()
    [0.0, 2.0]
    """
    if n_groups < 1:
        raise ValueError(f"Values are broken up into 1 group or more, not into {n_groups}.")
    if not np.isfinite(values).all():
        raise ValueError("Natural breaks are of numbers, and a value is unknown or infinite.")
    if len(values) == 0:
        return None
    order = _Order.of(values)
    if order.n_distinct < n_groups:
        return None
    bounds = [order.n_distinct]
    if n_groups > 1:
        possible = possible_bounds(order.moments, _some_good_bounds(order, n_groups))
        bounds = _lowest_of_the_best(order, [places.tolist() for places in possible])
    greatest: Floats = (order.distinct[np.array(bounds) - 1] + order.median) / 1e6
    return greatest


@dataclass(frozen=True)
class _Order:
    """The values in their order; a place in it lies between two distinct values, 0 before them all.

    Attributes
    ----------
    median
        The value from which the others are counted: the squares of distant
        numbers lose most to rounding [millionths].
    all_values, distinct
        Arrays of shape (n_values,) and (n_distinct,), ascending [millionths
        from the median].
    counts, sums
        Arrays of shape (n_distinct + 1,): how many values lie before a place,
        and their sum [millionths from the median].
    moments
        Array of shape (3, n_distinct + 1): counts, sums and sums of squares
        before a place, as floats.
    """

    median: int
    all_values: Integers
    distinct: Integers
    counts: Integers
    sums: Integers
    moments: Floats

    @classmethod
    def of(cls, values: Floats) -> _Order:
        ordered = np.sort(np.rint(values * 1e6).astype(np.int64))
        changes = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
        counts = np.concatenate(([0], changes, [len(ordered)]))
        median = int(ordered[len(ordered) // 2])
        ordered -= median
        if np.abs(ordered[[0, -1]]).max() > _MOST_TO_SQUARE:
            ordered = ordered.astype(object)  # numbers of any length, though no score needs them
        squares = ordered * ordered
        sums = _before(counts, ordered)
        # In two halves: a million squares of 100 points make 74 bits, and a whole number has 64.
        high, low = _before(counts, squares >> 26), _before(counts, squares & (2**26 - 1))
        square_sums = high.astype(np.float64) * 2.0**26 + low.astype(np.float64)
        moments = np.stack((counts.astype(np.float64), sums.astype(np.float64), square_sums))
        return cls(median, ordered, ordered[counts[:-1]], counts, sums, moments)

    @property
    def n_distinct(self) -> int:
        return len(self.distinct)


def _before(counts: Integers, numbers: Integers) -> Integers:
    """Sum of the numbers before each place."""
    return np.concatenate(([0], np.cumsum(numbers)))[counts]


def _some_good_bounds(order: _Order, n_groups: int) -> Places:
    """Places of the inner bounds of a good grouping: a best one but for rounding, if it is of all values."""
    import ckmeans  # only this method of classing needs it

    if n_groups <= _MOST_GROUPS_OF_CKMEANS:
        n_values = len(order.all_values)
        some = np.linspace(0, n_values - 1, min(n_values, _ENOUGH_TO_BEGIN_WITH)).round().astype(np.intp)
        groups = ckmeans.ckmeans(order.all_values[some].astype(np.float64), n_groups)
        upper_bounds = [group[-1] for group in groups[:-1] if len(group)]
        places = np.searchsorted(order.distinct, upper_bounds, side="right")
        # Few distinct values make fewer groups, and rounding may part equal values.
        if len(places) == n_groups - 1 and (np.diff(places, prepend=0, append=order.n_distinct) > 0).all():
            return places
    return np.linspace(0, order.n_distinct, n_groups + 1).astype(np.intp)[1:-1]


def _lowest_of_the_best(order: _Order, possible: list[list[int]]) -> list[int]:
    """Upper bounds of all groups, the lowest of the best ones, by exact arithmetic over possible places.

    The sum of squares within the groups is that of all values less, for each
    group, the square of its sum over its count: the greatest sum of these is
    looked for.
    """
    if all(len(places) == 1 for places in possible):
        return [*(place for (place,) in possible), order.n_distinct]
    from fractions import Fraction  # rarely needed

    def gain(start: int, end: int) -> Fraction:
        total = int(order.sums[end] - order.sums[start])
        return Fraction(total * total, int(order.counts[end] - order.counts[start]))

    best = {0: Fraction(0)}
    came_from: list[dict[int, int]] = []
    for places in [*possible, [order.n_distinct]]:
        starts: dict[int, int] = {}
        reached: dict[int, Fraction] = {}
        for place in places:
            for start, so_far in best.items():  # ascending: of equal ones the lowest stays
                if start < place:
                    found = so_far + gain(start, place)
                    if place not in reached or found > reached[place]:
                        reached[place], starts[place] = found, start
        came_from.append(starts)
        best = reached
    chosen = [order.n_distinct]
    for starts in reversed(came_from[1:]):
        chosen.append(starts[chosen[-1]])
    return chosen[::-1]
