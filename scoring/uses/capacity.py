"""Visits that are needed against visits that can be made, rep by rep, and what to do where they are too many.

Two remedies: all call cycles are stretched by one factor, or the best class
is protected and the others are stretched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.text import fold
from scoring.uses.call_cycles import Visited, base_cycles
from scoring.uses.services import Service

__all__ = ["CHOICES", "Capacity", "capacity", "protect_factor", "stretch_factor"]

CHOICES: Final = ("none", "stretch", "protect")
"""What a rep may choose: the cycles as they are, all longer, or all but those of the best class."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Capacity:
    """The capacity of each rep, and the call cycles that follow.

    Attributes
    ----------
    table
        One row a rep, by name, those without one last: rep, accounts (to be
        visited), needed [visits a year], possible [visits a year], load
        [fraction], choice (one of :data:`CHOICES`), stretch, protect
        [factors; NaN where there is none], applied (the choice that is in
        force: another one where that of the rep is not possible).
    factors
        Array of shape (n_reps, n_classes): what the call cycle of each class
        is multiplied by.
    cycles
        Array of the same shape [days], NaN for a class without visits.
    """

    table: pd.DataFrame
    factors: Floats
    cycles: Floats


def stretch_factor(needed: float, possible: float) -> float:
    """Factor by which all call cycles fit: max(1, needed / possible); NaN where none would.

    >>> round(stretch_factor(1429.58, 1200), 4), stretch_factor(600, 1200), stretch_factor(10, 0)
    (1.1913, 1.0, nan)
    """
    return max(1.0, needed / possible) if possible > 0 else float("nan")


def protect_factor(needed: float, needed_best: float, possible: float) -> float:
    """Factor for all classes but the best that leaves the best one untouched; NaN where none does.

    >>> round(protect_factor(1429.58, 486.67, 1200), 4), protect_factor(1429.58, 486.67, 400)
    (1.3218, nan)
    """
    left = possible - needed_best
    return max(1.0, (needed - needed_best) / left) if possible > 0 and left > 0 else float("nan")


def capacity(
    visited: Visited,
    reps: pd.Series,
    classes: Sequence[Service],
    possible: float,
    choices: Mapping[str, str],
) -> Capacity:
    """Work out the capacity of each rep.

    Parameters
    ----------
    visited
        The accounts to be visited.
    reps
        Rep of every account of the portfolio (:func:`scoring.uses.call_cycles.rep_names`).
    classes
        The classes, best first.
    possible
        Visits that a rep can make in a year: weeks x days a week x visits a day.
    choices
        What reps chose, one of :data:`CHOICES` by name; those who chose
        nothing keep the cycles as they are.
    """
    names = _in_order(reps)
    at = pd.Index(names).get_indexer(pd.Index(reps.iloc[visited.rows]))
    visits = visited.visits(classes)
    needed = np.bincount(at, weights=visits, minlength=len(names))
    best = visited.of == 0
    needed_best = np.bincount(at[best], weights=visits[best], minlength=len(names))
    chosen = {fold(name): choice for name, choice in choices.items()}
    table = pd.DataFrame(
        {
            "rep": pd.Series(names, dtype=object),
            "accounts": np.bincount(at, minlength=len(names)).astype(np.int64),
            "needed": needed,
            "possible": np.full(len(names), float(possible)),
            "load": needed / possible if possible > 0 else np.full(len(names), np.nan),
            "choice": pd.Series([chosen.get(fold(name), "none") for name in names], dtype=object),
            "stretch": [stretch_factor(one, possible) for one in needed.tolist()],
            "protect": [
                protect_factor(one, of_best, possible)
                for one, of_best in zip(needed.tolist(), needed_best.tolist(), strict=True)
            ],
        }
    )
    table["applied"] = pd.Series(
        [_applied(*row) for row in zip(table["choice"], table["stretch"], table["protect"], strict=True)],
        dtype=object,
    )
    factors = np.ones((len(names), len(classes)))
    stretched = (table["applied"] == "stretch").to_numpy(dtype=bool)
    protected = (table["applied"] == "protect").to_numpy(dtype=bool)
    factors[stretched] = table["stretch"].to_numpy(dtype=np.float64)[stretched, np.newaxis]
    factors[protected, 1:] = table["protect"].to_numpy(dtype=np.float64)[protected, np.newaxis]
    return Capacity(table, factors, factors * base_cycles(classes))


def _applied(choice: str, stretch: float, protect: float) -> str:
    """Return the choice that is in force: the best class cannot be protected where it alone is too much."""
    if choice == "protect" and not np.isnan(protect):
        return "protect"
    return "none" if choice == "none" or np.isnan(stretch) else "stretch"


def _in_order(reps: pd.Series) -> list[str]:
    """Names of the reps, no name last."""
    return sorted(set(reps.tolist()), key=lambda name: (name == "", fold(name)))
