"""From scores to classes: cut-offs with a margin, quotas, natural breaks, gates.

A class is held as its position in the list of classes, best class first;
-1 stands for none.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scoring.breaks import natural_breaks

__all__ = [
    "NONE",
    "by_breaks",
    "by_cutoffs",
    "by_cutoffs_with_margin",
    "by_quota",
    "cap",
    "limits",
    "natural_breaks",
]

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int16]

NONE = -1


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
    found = np.zeros(len(scores), dtype=np.int16)
    for min_score in min_scores[:-1].tolist():  # one comparison a class: a search takes far longer
        found += scores < min_score
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


def by_quota(ranks: Floats, shares: Floats, n_scored: int | None = None) -> Positions:
    """Class by rank: the first whose cumulated share holds the account.

    Parameters
    ----------
    ranks
        Array of shape (n_accounts,): 1 for the best score, ties sharing the
        best rank, NaN where there is no score.
    shares
        Array of shape (n_classes,): share of the accounts by class [fraction].
    n_scored
        Number of accounts with a score; as many as there are ranks if None.

    Notes
    -----
    An account of rank r of n is in the first class whose cumulated share S
    has (r - 1) < S n, to within 1e-9.
    """
    scored = ~np.isnan(ranks)
    room = np.cumsum(shares) * (int(scored.sum()) if n_scored is None else n_scored) - 1e-9
    found = np.minimum(np.searchsorted(room, ranks - 1, side="right"), len(shares) - 1).astype(np.int16)
    found[~scored] = NONE
    return found


def by_breaks(scores: Floats, n_classes: int) -> Positions | None:
    """Class by natural breaks, as many groups as classes.

    Parameters
    ----------
    scores
        Array of shape (n_accounts,) [0-100 points, 6 decimals], NaN where there is none.
    n_classes
        Number of classes, at least 1.

    Returns
    -------
    Array of shape (n_accounts,), or None with fewer distinct scores than
    classes: there is nothing to break up.

    See Also
    --------
    scoring.breaks : the rule where several groupings are equally good.
    """
    upper_bounds = natural_breaks(scores[~np.isnan(scores)], n_classes)
    if upper_bounds is None:
        return None
    found = (n_classes - 1 - np.searchsorted(upper_bounds[:-1], scores, side="left")).astype(np.int16)
    found[np.isnan(scores)] = NONE
    return found


def limits(scores: Floats, classes: Positions, n_classes: int) -> Floats:
    """Score from which each class begins in a portfolio as it is classed: the lowest in it or a better one.

    With them :func:`by_cutoffs` serves where the class lies with the other
    accounts: for a quota or natural breaks once a single score is moved.

    Parameters
    ----------
    scores, classes
        Arrays of shape (n_accounts,).
    n_classes
        Number of classes.

    Returns
    -------
    Array of shape (n_classes,), descending; infinite above all scores, and
    minus infinite for the last class, which takes whatever is left.

    Examples
    --------
    >>> limits(np.array([90.0, 60, 70, 20]), np.array([0, 2, 2, 3], dtype=np.int16), 4).tolist()
    [90.0, 90.0, 60.0, -inf]
    """
    scored = classes != NONE
    lowest = np.full(n_classes, np.inf)
    np.minimum.at(lowest, classes[scored], scores[scored])
    lowest = np.minimum.accumulate(lowest)
    lowest[-1] = -np.inf
    return lowest


def cap(classes: Positions, best: Positions) -> Positions:
    """Worse of a class and the best class that the gates leave; none stays none.

    Parameters
    ----------
    classes, best
        Arrays of shape (n_accounts,); -1 in ``best`` where no gate applies.
    """
    return np.where(classes == NONE, classes, np.maximum(classes, best))
