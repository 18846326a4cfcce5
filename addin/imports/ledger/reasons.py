"""Why rows of a chunk are set aside: one reason a row, the first that is found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["Reasons"]

Bools = npt.NDArray[np.bool_]


class Reasons:
    """A reason for each row, or none.

    Parameters
    ----------
    words
        Different reasons, empty for none.
    codes
        Which of them each row has, an array of shape (n_rows,).

    Examples
    --------
    >>> reasons = Reasons(["", "no_account"], np.array([0, 1, 0]))
    >>> reasons.give("no_date", np.array([True, True, False]))
    >>> reasons.none.tolist(), reasons.found()
    ([False, False, True], ['no_account', 'no_date'])
    """

    def __init__(self, words: Sequence[str], codes: npt.NDArray[np.integer]) -> None:
        self._numbers = {"": 0}
        if set(words) <= {""}:  # nearly always
            self._codes = np.zeros(len(codes), dtype=np.int8)
            return
        numbers = [self._numbers.setdefault(word, len(self._numbers)) for word in words]
        self._codes = np.array(numbers, dtype=np.int8)[codes]

    @property
    def none(self) -> Bools:
        """Which rows have no reason."""
        found: Bools = self._codes == 0
        return found

    def are(self, *reasons: str) -> Bools:
        """Tell which rows have one of some reasons."""
        found: Bools = np.zeros(len(self._codes), dtype=np.bool_)
        for reason in reasons:
            if reason in self._numbers:
                found |= self._codes == self._numbers[reason]
        return found

    def give(self, reason: str, rows: Bools) -> None:
        """Give a reason to those of some rows that have none."""
        self.replace(reason, rows & self.none)

    def replace(self, reason: str, rows: Bools) -> None:
        """Give a reason to rows, whatever theirs was."""
        if rows.any():
            self._codes[rows] = self._numbers.setdefault(reason, len(self._numbers))

    def found(self) -> list[str]:
        """Return the reasons that rows have, by alphabet."""
        counts = np.bincount(self._codes, minlength=len(self._numbers)).tolist()
        return sorted(reason for reason, number in self._numbers.items() if reason and counts[number])
