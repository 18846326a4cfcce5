"""From scores to classes: cut-offs with a margin, quotas, natural breaks, gates.

A class is held as its position in the list of classes, best class first;
-1 stands for none.

References
----------
Jenks, G. F. (1977), *Optimal data classification for choropleth maps*, with
the exact solution of Fisher, W. D. (1958), "On grouping for maximum
homogeneity", *JASA* 53, 789-798.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = [
    "NONE",
    "by_breaks",
    "by_cutoffs",
    "by_cutoffs_with_margin",
    "by_quota",
    "cap",
    "natural_breaks",
]

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int16]

NONE = -1

_MOST_FOR_JENKS = 20_000
"""jenkspy's time grows with the square of the number of scores: 0.5 s for so many."""


def by_cutoffs(scores: Floats, min_scores: Floats) -> Positions:
    """Best class whose cut-off a score reaches.

    Parameters
    ----------
    scores
        Array of shape (n_accounts,) [0-100], NaN where there is none.
    min_scores
        Array of shape (n_classes,), strictly descending: the cut-offs.

    Returns
    -------
    Array of shape (n_accounts,). A score below every cut-off takes the last
    class; no score, none.

    Examples
    --------
    >>> by_cutoffs(np.array([75.0, 74.9, 10.0, np.nan]), np.array([75.0, 55, 35, 0])).tolist()
    [0, 1, 3, -1]
    """
    last = len(min_scores) - 1
    # Positions of the ascending cut-offs, counted back from the last class.
    reached = np.searchsorted(min_scores[::-1], scores, side="right") - 1
    found = (last - np.maximum(reached, 0)).astype(np.int16)
    found[np.isnan(scores)] = NONE
    return found


def by_cutoffs_with_margin(scores: Floats, min_scores: Floats, margin: float, held: Positions) -> Positions:
    """Class by cut-offs that an account keeps until its score clears the margin.

    Up to the class that ``score - margin`` reaches if that is better than the
    class held, else down to the class that ``score + margin`` reaches if that
    is worse, else no change.

    Parameters
    ----------
    scores, min_scores
        As for :func:`by_cutoffs`.
    margin
        Margin on each side of a cut-off [points].
    held
        Array of shape (n_accounts,): the class held so far, -1 for none.

    Examples
    --------
    >>> scores = np.array([76.0, 78, 73, 71.9, 80, 57.9])
    >>> held = np.array([1, 1, 0, 0, 3, 2], dtype=np.int16)
    >>> by_cutoffs_with_margin(scores, np.array([75.0, 55, 35, 0]), 3, held).tolist()
    [1, 0, 0, 1, 0, 2]
    """
    fresh = by_cutoffs(scores, min_scores)
    if (held == NONE).all():  # a first scoring
        return fresh
    # 9 decimals: 78.1 - 3.1 must reach 75.
    surely = by_cutoffs(np.round(scores - margin, 9), min_scores)
    at_best = by_cutoffs(np.round(scores + margin, 9), min_scores)
    kept = np.clip(held, at_best, surely)
    return np.where(held == NONE, fresh, kept)


def by_quota(ranks: Floats, shares: Floats) -> Positions:
    """Class by rank: the first whose cumulated share holds the account.

    Parameters
    ----------
    ranks
        Array of shape (n_accounts,): 1 for the best score, ties sharing the
        best rank, NaN where there is no score.
    shares
        Array of shape (n_classes,): share of the accounts by class [fraction].

    Notes
    -----
    An account of rank r of n is in the first class whose cumulated share S
    has (r - 1) < S n, to within 1e-9.
    """
    scored = ~np.isnan(ranks)
    room = np.cumsum(shares) * int(scored.sum()) - 1e-9
    found = np.minimum(np.searchsorted(room, ranks - 1, side="right"), len(shares) - 1).astype(np.int16)
    found[~scored] = NONE
    return found


def natural_breaks(values: Floats, n_groups: int) -> Floats:
    """Upper bounds of the Fisher-Jenks natural groups of some values, ascending.

    Of more than 20,000 values, as many evenly spaced order statistics stand
    for all, the smallest and the largest among them.

    Examples
    --------
    >>> values = np.array([1.3, 7.1, 7.3, 2.3, 3.9, 4.1, 7.8, 1.2, 4.3, 7.3, 5.0, 4.3])
    >>> natural_breaks(values, 3).tolist()
    [2.3, 5.0, 7.8]
    """
    import jenkspy  # only this method of classing needs it

    ordered = np.sort(values)
    if len(ordered) > _MOST_FOR_JENKS:
        sample = ordered[np.linspace(0, len(ordered) - 1, _MOST_FOR_JENKS).round().astype(np.intp)]
        # Rare values may fall through: then the distinct ones, which are few, stand for all.
        distinct = np.unique(ordered)
        ordered = sample if np.unique(sample).size >= min(n_groups, distinct.size) else distinct
    if n_groups == 1:
        return ordered[-1:]
    return np.array(jenkspy.jenks_breaks(ordered, n_classes=n_groups)[1:])


def by_breaks(scores: Floats, n_classes: int) -> Positions | None:
    """Class by natural breaks, as many groups as classes.

    Returns
    -------
    Array of shape (n_accounts,), or None with fewer distinct scores than
    classes: there is nothing to break up.
    """
    known = scores[~np.isnan(scores)]
    if np.unique(known).size < n_classes:
        return None
    inner_bounds = natural_breaks(known, n_classes)[:-1]
    found = (n_classes - 1 - np.searchsorted(inner_bounds, scores, side="left")).astype(np.int16)
    found[np.isnan(scores)] = NONE
    return found


def cap(classes: Positions, best: Positions) -> Positions:
    """Worse of a class and the best class that the gates leave; none stays none.

    Parameters
    ----------
    classes, best
        Arrays of shape (n_accounts,); -1 in ``best`` where no gate applies.
    """
    return np.where(classes == NONE, classes, np.maximum(classes, best))
