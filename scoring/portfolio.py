"""What an account is among all the others: rank, core, duplicate codes, moves."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["SCORE_MOVE", "core", "duplicates", "moved", "rank"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

SCORE_MOVE = 0.05
"""A score that moves by less shows the same one decimal, and is no move [points]."""


_STEPS, _MOST_STEPS = 1e6, 2**30
"""Steps of a score of as many decimals as all have, and more of them than any has."""
_FINE = np.int64(48)
"""Last bits of a float that are not of its magnitude: sixteen magnitudes double it."""


def rank(scores: Floats) -> Floats:
    """Rank in the portfolio, 1 for the best score; ties share the best rank.

    >>> rank(np.array([50.0, 80, np.nan, 80])).tolist()
    [3.0, 1.0, nan, 1.0]
    """
    order = _descending(scores)
    ordered = scores[order]
    place = np.arange(len(scores))
    place[1:][ordered[1:] == ordered[:-1]] = 0  # a tie goes by the first of it
    ranks = np.empty(len(scores))
    ranks[order] = np.maximum.accumulate(place) + 1.0
    ranks[np.isnan(scores)] = np.nan
    return ranks


def core(turnover: Floats, share: float) -> Bools:
    """Accounts that by turnover descending make up a share of the total.

    An account belongs to the core when its own turnover is > 0 and the
    turnovers greater than its own sum to less than the share of the total,
    which a client with a net credit note takes nothing from.

    Parameters
    ----------
    turnover
        Array of shape (n_accounts,), NaN where unknown.
    share
        Share of the total turnover [fraction], 0.8 by default of the method.

    Examples
    --------
    >>> core(np.array([20.0, 40, -20, 40, np.nan]), 0.8).tolist()
    [False, True, False, True, False]
    """
    amounts = np.where(turnover > 0, turnover, 0.0)
    magnitudes = amounts.view(np.int64) >> _FINE
    greater = np.cumsum(np.bincount(magnitudes, weights=amounts)[::-1])
    if not len(greater):
        return np.zeros(0, dtype=bool)
    total = float(greater[-1])
    # A cent's worth of tolerance in a billion: 0.8 * 71.0 is not quite 56.8.
    wanted = share * total - 1e-9 * total
    n_whole = int(np.searchsorted(greater, wanted))  # magnitudes all of whose accounts are in the core
    edge = len(greater) - 1 - n_whole
    before = float(greater[n_whole - 1]) if n_whole else 0.0
    descending = np.sort(amounts[magnitudes == edge])[::-1]
    starts = _ties(descending)
    sums = before + np.concatenate([[0.0], np.cumsum(descending)])[starts]
    n_within = int(np.count_nonzero(sums < wanted))
    least = descending[starts[n_within - 1]] if n_within else np.inf
    belongs: Bools = (amounts > 0) & ((magnitudes > edge) | (amounts >= least))
    return belongs


def duplicates(codes: pd.Series) -> Bools:
    """Accounts whose code another account bears too, ignoring case.

    Parameters
    ----------
    codes
        Series of texts of shape (n_accounts,), without outer blanks.
    """
    texts = codes.to_numpy(dtype=object)
    together = "".join(texts)
    if together.upper() != together:  # else, as nearly always, equal means equal to the letter
        texts = np.array([text.casefold() for text in texts.tolist()], dtype=object)
    keys = pd.Index(texts, dtype=object)
    if keys.is_unique:
        return np.zeros(len(texts), dtype=bool)
    return np.asarray(keys.duplicated(keep=False), dtype=bool)


def moved(score: Floats, score_before: Floats, class_now: pd.Series, class_before: pd.Series) -> Bools:
    """Accounts whose class changed or whose score moved by 0.05 or more.

    Parameters
    ----------
    score, score_before
        Arrays of shape (n_accounts,) [0-100], NaN for none.
    class_now, class_before
        Series of shape (n_accounts,), the letters; ``""`` for none.
    """
    known, known_before = ~np.isnan(score), ~np.isnan(score_before)
    with np.errstate(invalid="ignore"):
        far = np.abs(score - score_before) >= SCORE_MOVE - 1e-9
    by_score = (known != known_before) | (known & known_before & far)
    by_class = np.asarray(class_now.astype(str) != class_before.astype(str), dtype=bool)
    either: Bools = by_class | by_score
    return either


def _descending(scores: Floats) -> npt.NDArray[np.intp]:
    """Order of scores, the best first and those that are NaN last."""
    # Infinity for NaN: numpy sorts numbers alone several times faster.
    keys = np.where(np.isnan(scores), np.inf, -scores)
    steps = np.rint(keys * _STEPS)
    if not ((steps / _STEPS == keys).all() and np.abs(steps[keys < np.inf]).max(initial=0) < _MOST_STEPS):
        return np.argsort(keys)
    # Few decimals: by the last 16 bits of the whole number and then by the others, each in no time.
    whole = np.where(keys < np.inf, steps, _MOST_STEPS).astype(np.int64) + _MOST_STEPS
    order = np.argsort(whole.astype(np.uint16), kind="stable")
    return order[np.argsort((whole >> 16).astype(np.uint16)[order], kind="stable")]


def _ties(ordered: Floats) -> npt.NDArray[np.intp]:
    """Starts of the runs of equal values; every NaN is a run of its own."""
    return np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)])
