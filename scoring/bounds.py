"""Where the bounds of the best groupings of ordered numbers can lie: all other places are ruled out.

A grouping cuts ordered numbers into stretches; its total is the sum of the
squared deviations of the numbers from the mean of their group. A place lies
between two distinct numbers, 0 before them all, and a bound of a grouping is a
place.

Notes
-----
The order is cut into some thousands of pieces. A bound that lies somewhere in a
piece leaves the numbers outside the piece in the groups on its sides, and a
group costs no less than a part of it: so the numbers between the pieces give
a total that no grouping with a bound there falls below. A piece in which that
is above the total of a grouping at hand (the one given, or the best one along
the edges of the pieces) holds no bound of a best grouping. What remains is cut
again, until single places remain.

The least totals themselves are shortest paths. Two overlapping stretches never
cost more than their union and their intersection (a Monge cost), so that the
best bound before a piece moves right with the piece, which saves looking at all
pairs.

References
----------
Aggarwal, A., Klawe, M., Moran, S., Shor, P. and Wilber, R. (1987), "Geometric
applications of a matrix-searching algorithm", *Algorithmica* 2, 195-208: the
minima of the rows of a totally monotone matrix.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
import numpy.typing as npt

__all__ = ["possible_bounds"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

_PIECES = 2_000
"""Pieces looked at together, a bound: fewer take more rounds, more take longer ones."""

_DOUBT = 1_000 * float(np.finfo(np.float64).eps)
"""Rounding of a total, a group, relative to the sum of all squares.

Ten roundings a sum of squares, each at most half an eps of that, once for every halving of at
most 2**40 places, make 200.
"""


def possible_bounds(moments: Floats, known: Places) -> list[Places]:
    """Places at which the bounds of the best groupings can lie.

    Parameters
    ----------
    moments
        Array of shape (3, n_distinct + 1): how many numbers lie before each
        place, their sum, and the sum of their squares, each exact but for the
        last rounding.
    known
        Array of shape (n_groups - 1,): inner bounds of a grouping, strictly
        ascending, at least one. The better it is, the less is left to look through.

    Returns
    -------
    For each inner bound an array of ascending places. Every best grouping has
    its bounds there; places where the total is the least but for rounding may
    stand among them.
    """
    end = moments.shape[1] - 1
    n_groups = len(known) + 1
    doubt = _DOUBT * n_groups * float(moments[2, -1])
    within = _within(moments, np.concatenate(([0], known)), np.concatenate((known, [end])))
    total = float(within.sum())
    from_above = moments[:, -1:] - moments[:, ::-1]

    # No group is empty: before a bound there is a distinct number for each group, and behind it, too.
    bounds = [_Pieces(np.array([nth]), np.array([end - n_groups + nth])) for nth in range(1, n_groups)]
    single = False
    while not single:
        bounds = [pieces.split() for pieces in bounds]
        single = all(len(pieces) == pieces.n_places() for pieces in bounds)
        below = _least_totals(moments, bounds)
        above = _least_totals(from_above, [pieces.mirrored(end) for pieces in reversed(bounds)])
        least = [low + high[::-1] for low, high in zip(below, reversed(above), strict=True)]
        # Single places make up groupings themselves.
        best = least[0] if single else _along_the_edges(moments, bounds)
        total = min(total, float(best.min()))
        bounds = [
            pieces.those(at_least <= total + doubt) for pieces, at_least in zip(bounds, least, strict=True)
        ]
    return [pieces.first for pieces in bounds]


@dataclass(frozen=True)
class _Pieces:
    """Stretches of places, ascending, in one of which a bound lies: from first to last, both included."""

    first: Places
    last: Places

    def __len__(self) -> int:
        return len(self.first)

    def n_places(self) -> int:
        return int((self.last - self.first + 1).sum())

    def split(self) -> _Pieces:
        """Cut into some thousands of pieces, at most half as long as the longest; single places stay."""
        lengths = self.last - self.first + 1
        step = max(1, min(self.n_places() // _PIECES, int(lengths.max()) // 2))
        parts = -(-lengths // step)
        whole = np.repeat(np.arange(len(self)), parts)
        nth = np.arange(int(parts.sum())) - np.repeat(np.cumsum(parts) - parts, parts)
        first = self.first[whole] + nth * step
        return _Pieces(first, np.minimum(first + step - 1, self.last[whole]))

    def those(self, kept: npt.NDArray[np.bool_]) -> _Pieces:
        return _Pieces(self.first[kept], self.last[kept])

    def mirrored(self, end: int) -> _Pieces:
        return _Pieces(end - self.last[::-1], end - self.first[::-1])


def _within(moments: Floats, start: Places, end: Places) -> Floats:
    """Sum of squares within the groups from start to end; 0 where there is nothing between."""
    count, total, squares = moments[:, end] - moments[:, start]
    return np.asarray(squares - total * total / np.maximum(count, 1))


def _least_totals(moments: Floats, bounds: list[_Pieces]) -> list[Floats]:
    """Least total below each piece, for each bound, the bounds before it being in any of their pieces."""
    start = np.zeros(1, dtype=np.intp)
    totals = [_within(moments, start, bounds[0].first)]
    for before, here in pairwise(bounds):
        total = partial(_total, moments, before, totals[-1], here)
        totals.append(_row_minima(len(here), len(before), total))
    return totals


def _along_the_edges(moments: Floats, bounds: list[_Pieces]) -> Floats:
    """Totals of some groupings whose bounds are first places of pieces; infinite where there is none."""
    edges = [_Pieces(pieces.first, pieces.first) for pieces in bounds]
    end = np.array([moments.shape[1] - 1])
    return _least_totals(moments, edges)[-1] + _within(moments, edges[-1].first, end)


def _total(
    moments: Floats, before: _Pieces, so_far: Floats, here: _Pieces, row: Places, column: Places
) -> Floats:
    """Least total below a piece, the bound before it in a given piece; infinite where that lies above."""
    end = here.first[row]
    found = so_far[column] + _within(moments, np.minimum(before.last[column], end), end)
    return np.where(before.first[column] < here.last[row], found, np.inf)


def _row_minima(n_rows: int, n_columns: int, value: Callable[[Places, Places], Floats]) -> Floats:
    """Least value of each row of a matrix in which the leftmost least one moves right from row to row.

    Every other row is solved within what the rows around it leave, then every
    other one of the rest: as many values are looked at as rows and columns, a
    round, and there are log2(n_rows) rounds.
    """
    stride = 1 << (n_rows.bit_length() - 1)
    minima = np.empty(n_rows)
    found_at = np.full(4 * stride, n_columns - 1, dtype=np.intp)  # of row n at n + 1: a border on both sides
    found_at[0] = 0
    while stride:
        rows = np.arange(stride, n_rows + 1, 2 * stride)
        left = found_at[rows - stride]
        lengths = found_at[rows + stride] - left + 1
        starts = np.cumsum(lengths) - lengths
        columns = np.arange(int(lengths.sum())) + np.repeat(left - starts, lengths)
        values = value(np.repeat(rows - 1, lengths), columns)
        least = np.minimum.reduceat(values, starts)
        places = np.flatnonzero(values == np.repeat(least, lengths))
        found_at[rows] = columns[places[np.searchsorted(places, starts)]]
        minima[rows - 1] = least
        stride //= 2
    return minima
