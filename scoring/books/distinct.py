"""Counting different things of each account, by keys of 8 bytes that hold the account in their last bits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["day_key", "distinct", "distinct_of", "mixed", "own_numbers", "owner_counts"]

Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]

_BITS = np.uint64(24)
_ACCOUNT = np.uint64(2**24 - 1)
"""The last bits of a key hold the account: up to 16,777,215 of them."""
_LATER = 2**38
"""Added to days, so that those before 1970 are no negative numbers."""


def mixed(numbers: Keys, accounts: Ints) -> Keys:
    """Return keys of numbers of which only the first 40 bits tell anything, and their accounts."""
    return (numbers & ~_ACCOUNT) | accounts.astype(np.uint64)


def day_key(accounts: Ints, days: Ints) -> Keys:
    """Return keys of days and their accounts."""
    return mixed((days + _LATER).astype(np.uint64) << _BITS, accounts)


def own_numbers(n_rows: int, chunk: int) -> Keys:
    """Return a number for each row of a chunk that no other has."""
    rows = np.arange(n_rows, dtype=np.uint64) + np.uint64(chunk) * np.uint64(2**32)
    return (rows + np.uint64(1)) << _BITS


def distinct(keys: Keys) -> Keys:
    """Return the different keys; np.unique would take thirty times as long for numbers that hardly repeat.

    >>> distinct(np.array([3, 1, 3], dtype=np.uint64)).tolist()
    [1, 3]
    """
    return _without_repeats(np.sort(keys))


def distinct_of(parts: Sequence[Keys]) -> Keys:
    """Return the different keys of several :func:`distinct` ones.

    >>> distinct_of([np.array([1, 3], dtype=np.uint64), np.array([2, 3], dtype=np.uint64)]).tolist()
    [1, 2, 3]
    """
    return _without_repeats(np.sort(np.concatenate(parts), kind="stable"))  # which merges what is sorted


def _without_repeats(found: Keys) -> Keys:
    return found[np.append(True, found[1:] != found[:-1])] if len(found) else found


def owner_counts(parts: Sequence[Keys], accounts: Ints) -> Ints:
    """Return how many different keys each account has.

    Parameters
    ----------
    parts
        Keys, those of each array different from each other.
    accounts
        The accounts, an int64 array of shape (n,).

    Returns
    -------
    array
        Int64 array of shape (n,).
    """
    if not parts:
        return np.zeros(len(accounts), dtype=np.int64)
    keys = distinct_of(parts)
    counts = np.bincount((keys & _ACCOUNT).astype(np.int64), minlength=int(accounts.max(initial=-1)) + 1)
    found: Ints = counts[accounts].astype(np.int64)
    return found
