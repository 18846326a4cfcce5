"""A column of accounts as a few groups: the words of a text, the thirds of a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from scoring.text import fold

__all__ = ["Grouped", "Range", "by_thirds", "by_words"]

THIRDS: Final = 3

Codes = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers above one and up to another.

    Attributes
    ----------
    above, up_to
        The limits; None where there is none.
    """

    above: float | None
    up_to: float | None


@dataclass(frozen=True, slots=True)
class Grouped:
    """A column in groups.

    Attributes
    ----------
    groups
        What each group is: a text or the key of a word, or a :class:`Range`.
    codes
        Array of shape (n_accounts,): the group of each account by its position, -1 where the value is
        unknown or belongs to no group.
    """

    groups: Sequence[Any]
    codes: Codes


def by_words(cells: Sequence[object], model: Bools) -> Grouped:
    """Group texts that are the same but for case, accents and blanks.

    Parameters
    ----------
    cells
        One an account: a text, or anything else where it is unknown.
    model
        Bool array of shape (n_accounts,): the accounts whose values make the groups.

    Returns
    -------
    Grouped
        A group is called as most of its accounts spell it, groups in the order of their folded texts.

    Examples
    --------
    >>> found = by_words(["Paris", "lyon ", "Lyon", None, "Lyon", "Nice"], np.array([True] * 5 + [False]))
    >>> found.groups, found.codes.tolist()
    (['Lyon', 'Paris'], [1, 0, 0, -1, 0, -1])
    """
    folded = [fold(cell) if isinstance(cell, str) else "" for cell in cells]
    spellings: dict[str, Counter[str]] = {}
    for at in np.flatnonzero(model).tolist():
        if folded[at]:
            spellings.setdefault(folded[at], Counter())[str(cells[at]).strip()] += 1
    keys = sorted(spellings)
    places = {key: place for place, key in enumerate(keys)}
    names = [min(spellings[key].items(), key=lambda one: (-one[1], one[0]))[0] for key in keys]
    return Grouped(names, np.array([places.get(key, -1) for key in folded], dtype=np.intp))


def by_thirds(numbers: Floats, model: Bools) -> Grouped:
    """Group numbers by thirds of the accounts of the model, equal numbers together.

    Parameters
    ----------
    numbers
        Array of shape (n_accounts,), NaN where unknown.
    model
        Bool array of shape (n_accounts,): the accounts whose numbers make the thirds.

    Returns
    -------
    Grouped
        At most three groups, ascending; fewer where many numbers are equal.

    Notes
    -----
    A number belongs to the third floor(3 (r - 1/2) / n), r being the mean of the ranks that equal
    numbers share among the n that are known. Numbers between two groups go to the upper one.

    Examples
    --------
    >>> found = by_thirds(np.array([1.0, 2, 3, 4, 5, 6, 2.5, np.nan]), np.array([True] * 6 + [False] * 2))
    >>> [(one.above, one.up_to) for one in found.groups], found.codes.tolist()
    ([(None, 2.0), (2.0, 4.0), (4.0, None)], [0, 0, 1, 1, 2, 2, 1, -1])
    """
    known = np.sort(numbers[model & ~np.isnan(numbers)])
    distinct, first, count = np.unique(known, return_index=True, return_counts=True)
    third = np.floor(THIRDS * (first + count / 2) / max(len(known), 1)).astype(np.intp)
    limits = [float(distinct[third == one].max()) for one in range(THIRDS) if (third == one).any()]
    values = [
        Range(limits[place - 1] if place else None, limits[place] if place < len(limits) - 1 else None)
        for place in range(len(limits))
    ]
    codes = np.searchsorted(np.array(limits[:-1]), numbers, side="left").astype(np.intp)
    return Grouped(values, np.where(np.isnan(numbers) | (not values), -1, codes))
