"""Who is to be visited, and how often: the visits of the class in force, targets whatever their class."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.forced import class_positions
from scoring.portfolio import duplicates
from scoring.text import fold
from scoring.uses.services import Service

__all__ = ["DAYS_OF_YEAR", "Visited", "base_cycles", "rep_names", "visited", "whole_days"]

DAYS_OF_YEAR: Final = 365.0
"""Of a call cycle: 365 days by visits a year."""

_EXACT: Final = 9
"""Decimals to which a cycle is looked at, before half a day rounds up."""

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Visited:
    """Accounts that are to be visited, arrays of shape (n_visited,).

    Attributes
    ----------
    rows
        Their positions among the accounts.
    own
        Position of the class in force; the number of classes for ``?``.
    of
        Position of the class whose call cycle they have.
    target
        Whether they are followed whatever their class.
    """

    rows: Positions
    own: Positions
    of: Positions
    target: npt.NDArray[np.bool_]

    def visits(self, classes: Sequence[Service]) -> Floats:
        """Visits a year of each."""
        return np.array([one.visits for one in classes], dtype=np.float64)[self.of]

    def minutes(self, classes: Sequence[Service]) -> Floats:
        """Length of a visit of each [minutes]: of its own class, else of that whose cycle it has."""
        lengths = np.array([*(one.minutes for one in classes), np.nan])
        own, of = lengths[self.own], lengths[self.of]
        with np.errstate(invalid="ignore"):
            return np.where(own > 0, own, of)


def base_cycles(classes: Sequence[Service]) -> Floats:
    """Call cycle of each class [days], not rounded; NaN for one without visits.

    >>> base_cycles([Service("A", visits=12), Service("D", visits=0)]).round(4).tolist()
    [30.4167, nan]
    """
    return np.array([DAYS_OF_YEAR / one.visits if one.visits > 0 else np.nan for one in classes])


def whole_days(days: float) -> int:
    """Round days half up.

    >>> whole_days(30.4167), whole_days(30.5), whole_days(2.4999999999)
    (30, 31, 3)
    """
    return math.floor(round(days, _EXACT) + 0.5)


def rep_names(accounts: pd.DataFrame) -> pd.Series:
    """Rep of each account, in one spelling; empty for none.

    Spellings that differ by case, accents or blanks alone are one rep, named
    as most of the accounts name him.

    >>> rep_names(pd.DataFrame({"rep": ["Zoé", "zoe ", "Zoé", None]})).tolist()
    ['Zoé', 'Zoé', 'Zoé', '']
    """
    if "rep" not in accounts:
        return pd.Series("", index=accounts.index, dtype=object)
    typed = accounts["rep"].astype(object).where(accounts["rep"].notna(), "").astype(str).str.strip()
    counts = typed.value_counts()
    best: dict[str, str] = {}
    for text in sorted(counts.index.tolist(), key=lambda text: (-counts[text], text)):
        best.setdefault(fold(text), text)
    return typed.map({text: best[fold(text)] for text in counts.index}).astype(object)


def visited(accounts: pd.DataFrame, letters: pd.Series, classes: Sequence[Service]) -> Visited:
    """Accounts that are to be visited.

    An account of a class with visits; and a target account of any other class
    or of ``?``, as often as the worst class that has visits. A code that
    stands twice is left out.

    Parameters
    ----------
    accounts
        With the column ``account``; ``target`` holds ``"yes"`` for those
        followed whatever their class.
    letters
        Class in force of each account, ``"?"`` where too little is known.
    classes
        The classes, best first.
    """
    n_classes = len(classes)
    own = class_positions(letters.astype(object), tuple(one.letter for one in classes)).astype(np.intp)
    own[own < 0] = n_classes
    if "target" in accounts:
        target = (accounts["target"].astype(object) == "yes").to_numpy(dtype=bool)
    else:
        target = np.zeros(len(accounts), dtype=bool)
    with_visits = [position for position, one in enumerate(classes) if one.visits > 0]
    if not with_visits:
        nobody = np.array([], dtype=np.intp)
        return Visited(nobody, nobody, nobody, np.array([], dtype=bool))
    has_visits = np.isin(own, with_visits)
    of = np.where(has_visits, own, with_visits[-1])
    rows = np.flatnonzero((has_visits | target) & ~duplicates(accounts["account"]))
    return Visited(rows, own[rows], of[rows], target[rows])
