"""Why an account has its score and class: numbers and positions, which the shell puts into words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = [
    "NEGLIGIBLE",
    "Reasons",
    "contributions",
    "heaviest_unknown",
    "raising_and_lowering",
    "strongest",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int16]
Bools = npt.NDArray[np.bool_]

NEGLIGIBLE = 1.0
"""A contribution of less is no reason that anybody would name [points of score]."""

_SHOWN = 0.05
"""Less shows as 0 [points of score]."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why each account stands where it stands; a criterion or gate by its position in the model.

    Attributes
    ----------
    contributions
        Array of shape (n_accounts, n_criteria): :func:`contributions`.
    distance
        Array of shape (n_accounts,): their sum, which is the score less the
        mean score of the scored accounts of the same status [points of score].
    unknown_part
        Array of shape (n_accounts,): what of it the unknown values contribute
        [points of score].
    raising, lowering
        Arrays of shape (n_accounts, 2): the criteria that raise and lower
        the score most, strongest first; -1 for none.
    unknown
        Array of shape (n_accounts, 3): the heaviest criteria that are in use
        and unknown, or else those that apply and are unknown; -1 for none.
    known_part
        Array of shape (n_accounts,): the class that the known part alone
        would give one of whom too little is known; -1 for all others.
    one_year
        Bool array of shape (n_accounts,): the trend is one over one year.
    gate
        Array of shape (n_accounts,): the gate that keeps the score's class away; -1 for none.
    held_by_margin
        Bool array of shape (n_accounts,): the score alone would give another class.
    just_short
        Bool array of shape (n_accounts,): the score, as its one decimal shows
        it, would reach a better class than it does.
    forced
        Bool array of shape (n_accounts,): a forced class is in force.
    duplicate
        Bool array of shape (n_accounts,): another account bears the same code.
    nothing_applies
        Bool array of shape (n_accounts,): no criterion of weight > 0 applies.
    lowest, highest
        Arrays of shape (n_accounts,): the score with every unknown at 0 and
        at 10 points [0-100].
    """

    contributions: Floats
    distance: Floats
    unknown_part: Floats
    raising: Ints
    lowering: Ints
    unknown: Ints
    known_part: Ints
    one_year: Bools
    gate: Ints
    held_by_margin: Bools
    just_short: Bools
    forced: Bools
    duplicate: Bools
    nothing_applies: Bools
    lowest: Floats
    highest: Floats


def contributions(shares: Floats, scored: Bools, group: npt.NDArray[np.integer]) -> Floats:
    """Contribution of each criterion: its share of the score less the mean such share.

    Parameters
    ----------
    shares
        Array of shape (n_accounts, n_criteria): 10 w p / sum(w) of what
        counts in the account's score [points of score]; 0 where a criterion does not count.
    scored
        Bool array of shape (n_accounts,).
    group
        Array of shape (n_accounts,): the status of each account, whose scored
        accounts give the mean.

    Returns
    -------
    Array of shape (n_accounts, n_criteria), 0 for accounts without a score.

    Notes
    -----
    The contributions of an account, those of its unknown values included, sum
    to its score less the mean score of the scored accounts of the same status.
    A value that is left out of a score has a contribution all the same: it
    lacks the mean share, which the known values carry in its place.
    """
    result = np.zeros_like(shares)
    for value in np.unique(group[scored]):
        members = scored & (group == value)
        result[members] = shares[members] - shares[members].mean(axis=0)
    return result


def raising_and_lowering(found: Floats, counts: Bools) -> tuple[Ints, Ints]:
    """Find the two criteria that raise each score most, and the two that lower it most.

    Parameters
    ----------
    found
        Array of shape (n_accounts, n_criteria): :func:`contributions`.
    counts
        Bool array of the same shape: whether the criterion counts in the score.

    Returns
    -------
    raising, lowering
        Arrays of shape (n_accounts, 2), strongest first; -1 for none.

    Notes
    -----
    What is left out of a score is no reason for it, though it lacks the share
    that others have. A contribution of less than 1 point is named only where
    the score lies further than that from the mean and nothing larger says why.
    """
    named = np.where(counts, found, 0.0)
    distance = found.sum(axis=1)
    raising = _in_direction(named, distance)
    np.negative(named, out=named)
    return raising, _in_direction(named, -distance)


def heaviest_unknown(unknown: Bools, in_use: Bools, weights: Floats) -> Ints:
    """Find the three heaviest criteria that each account lacks; -1 for none.

    Parameters
    ----------
    unknown
        Bool array of shape (n_accounts, n_criteria): criteria that apply and are unknown.
    in_use
        Bool array of the same shape: those whose absence makes an account
        incomplete. Only where it lacks none of them, the others are named.
    weights
        Array of shape (n_criteria,).
    """
    lacking = unknown & in_use
    named = np.where(lacking.any(axis=1, keepdims=True), lacking, unknown)
    return strongest(named * weights, 3, least=np.finfo(float).tiny)


def strongest(strength: Floats, count: int, least: float = NEGLIGIBLE) -> Ints:
    """Positions of the largest entries of each row, largest first, -1 where below the least.

    Equal entries keep the order of the criteria.

    >>> strongest(np.array([[1.0, 9.0, 0.1], [0.0, 0.0, 0.0]]), 2).tolist()
    [[1, 0], [-1, -1]]
    """
    n_accounts, n_criteria = strength.shape
    found = np.full((n_accounts, count), -1, dtype=np.int16)
    order = np.argsort(-strength, axis=1, kind="stable")[:, :count]
    large = np.take_along_axis(strength, order, axis=1) >= least
    found[:, : min(count, n_criteria)] = np.where(large, order, -1)
    return found


def _in_direction(named: Floats, distance: Floats) -> Ints:
    """Two strongest reasons in one direction; small ones where nothing larger makes up the distance."""
    found = strongest(named, 2)
    unsaid = np.flatnonzero((found[:, 0] < 0) & (distance >= NEGLIGIBLE))
    if len(unsaid):
        found[unsaid] = strongest(named[unsaid], 2, least=_SHOWN)
    return found
