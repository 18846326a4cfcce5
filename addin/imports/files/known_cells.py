"""Cells of a column that were met already: each is looked up once, not once in each part of a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from addin.imports.files.cut_cells import CutCells

__all__ = ["KnownCells"]

Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]


class KnownCells:
    """Cells of a column that were met already, each with a number that was given to it."""

    def __init__(self) -> None:
        self._by_value: dict[Any, int] = {}
        self._keys: Keys = np.empty(0, dtype=np.uint64)
        self._numbers: Ints = np.empty(0, dtype=np.int64)

    def numbers(self, values: Sequence[Any], number: Callable[[Any], int]) -> Ints:
        """Return the number of each of some different cells.

        Parameters
        ----------
        values
            The cells.
        number
            Gives one to a cell that was not met before.
        """
        keys = values.exact_keys() if isinstance(values, CutCells) else None
        if keys is None or not isinstance(values, CutCells):
            return np.array([self._number(value, number) for value in values], dtype=np.int64)
        at = np.searchsorted(self._keys, keys)
        is_new = np.append(self._keys, keys[:1])[at] != keys
        is_new |= at == len(self._keys)
        if not is_new.any():
            return self._numbers[at]
        given = [self._number(value, number) for value in values.only(is_new).texts]
        known = np.concatenate([self._keys, keys[is_new]])
        order = np.argsort(known, kind="stable")  # one part is in order already
        self._keys = known[order]
        self._numbers = np.concatenate([self._numbers, np.array(given, dtype=np.int64)])[order]
        return self._numbers[np.searchsorted(self._keys, keys)]

    def _number(self, value: Any, number: Callable[[Any], int]) -> int:
        if value not in self._by_value:
            self._by_value[value] = number(value)
        return self._by_value[value]
