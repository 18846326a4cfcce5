"""Why an account has its score and class: numbers and positions, which the shell puts into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Reasons", "contributions", "strongest"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int16]
Bools = npt.NDArray[np.bool_]

NEGLIGIBLE = 1.0
"""A contribution of less is no reason that anybody would name [points]."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why each account stands where it stands; a criterion or gate by its position in the model.

    Attributes
    ----------
    contributions
        Array of shape (n_accounts, n_criteria): :func:`contributions`.
    raising, lowering
        Arrays of shape (n_accounts, 2): the criteria that raise and lower
        the score most, strongest first; -1 for none.
    unknown
        Array of shape (n_accounts, 3): the heaviest criteria that apply and
        are unknown; -1 for none.
    gate
        Array of shape (n_accounts,): the gate that keeps the score's class away; -1 for none.
    held_by_margin
        Bool array of shape (n_accounts,): the score alone would give another class.
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
    raising: Ints
    lowering: Ints
    unknown: Ints
    gate: Ints
    held_by_margin: Bools
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
        counts in the account's score [points]; 0 where a criterion does not count.
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
    The contributions of an account sum to its score less the mean score of
    the scored accounts of the same status.
    """
    result = np.zeros_like(shares)
    for value in np.unique(group[scored]):
        members = scored & (group == value)
        result[members] = shares[members] - shares[members].mean(axis=0)
    return result


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


def heaviest_unknown(unknown: Sequence[Bools], weights: Sequence[float], count: int, n_accounts: int) -> Ints:
    """Positions of the heaviest criteria that apply to an account and are unknown."""
    if not unknown:
        return np.full((n_accounts, count), -1, dtype=np.int16)
    strength = np.column_stack([flags * weight for flags, weight in zip(unknown, weights, strict=True)])
    return strongest(strength, count, least=np.finfo(float).tiny)
