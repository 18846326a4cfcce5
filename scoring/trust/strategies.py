"""What other weights would do: who changes class, and the turnover that does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Effect", "effect"]

Letters = Sequence[str]


@dataclass(frozen=True, slots=True)
class Effect:
    """Accounts whose class would be another.

    Attributes
    ----------
    accounts
        How many.
    up, down
        How many of them to a better class and to a worse one; the others gain or lose their class.
    turnover
        Theirs [currency], unknown ones adding nothing.
    share
        Of the turnover of all accounts looked at [fraction]; NaN where that is not above 0.
    """

    accounts: int
    up: int
    down: int
    turnover: float
    share: float


def effect(now: Letters, then: Letters, turnover: npt.NDArray[np.float64], letters: Letters) -> Effect:
    """Count the accounts whose class would be another.

    Parameters
    ----------
    now, then
        Class of each account in force, and under other weights; ``?`` where there is none.
    turnover
        Array of shape (n_accounts,) [currency], NaN where unknown.
    letters
        Letters of the classes, best first.

    Examples
    --------
    >>> effect(["A", "B", "?"], ["A", "A", "B"], np.array([50.0, 30.0, np.nan]), ["A", "B"])
    Effect(accounts=2, up=1, down=0, turnover=30.0, share=0.375)
    """
    places = {letter: place for place, letter in enumerate(letters)}
    steps = [
        (places[before] - places[after]) if before in places and after in places else 0
        for before, after in zip(now, then, strict=True)
    ]
    changed = np.array([before != after for before, after in zip(now, then, strict=True)], dtype=bool)
    known = np.nan_to_num(turnover)
    moved, whole = float(known[changed].sum()), float(known.sum())
    return Effect(
        accounts=int(changed.sum()),
        up=sum(step > 0 for step in steps),
        down=sum(step < 0 for step in steps),
        turnover=moved,
        share=moved / whole if whole > 0 else float("nan"),
    )
