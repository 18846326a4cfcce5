"""Why classes changed: the same accounts rescored step by step, from the model of then to that of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring import classes as classing
from scoring import portfolio
from scoring.columns import Accounts
from scoring.forced import class_positions
from scoring.measured import classify, measure, weigh
from scoring.model import Model
from scoring.terms import UNKNOWN_CLASS

__all__ = ["STEPS", "classes_under", "half_way", "reasons_of", "without_margin"]

Letters = npt.NDArray[np.object_]

STEPS: Final = ("data", "weights", "limits", "forced")
"""What may change a class, in the order in which it is looked at."""


def half_way(then: Model, now: Model) -> Model:
    """Return today's weights, scales and missing rules with the classes, gates and settings of then."""
    return replace(then, criteria=now.criteria)


def classes_under(accounts: pd.DataFrame, model: Model, held: Letters) -> Letters:
    """Class that a model gives each account as it is today.

    Parameters
    ----------
    accounts, model
        As for :func:`scoring.assess`.
    held
        Array of shape (n_accounts,): letter of the class held so far, for the margin; ``""`` for none.

    Returns
    -------
    Array of shape (n_accounts,): letters, ``"?"`` where too little is known.
    """
    table = Accounts(accounts)
    total, _ = weigh(measure(table, model), model.weights(), len(table))
    barred = portfolio.duplicates(accounts["account"])
    positions = class_positions(pd.Series(held, dtype=object), model.letters())
    classed = classify(total, model, positions, table, barred=barred)
    letters = np.array([*model.letters(), UNKNOWN_CLASS], dtype=object)
    found: Letters = letters[classed.computed]
    return found


def without_margin(score: npt.NDArray[np.float64], gate_best: classing.Positions, model: Model) -> Letters:
    """Class that scores would give accounts never classed before, gates applied."""
    found = classing.cap(classing.by_cutoffs(score, model.min_scores()), gate_best)
    letters = np.array([*model.letters(), UNKNOWN_CLASS], dtype=object)
    plain: Letters = letters[found]
    return plain


def reasons_of(path: Sequence[str | None]) -> list[tuple[str, str, str]]:
    """Return the steps of a path in which the class changes: step, class before and after.

    Parameters
    ----------
    path
        The class of then, and the one after each step of :data:`STEPS`; None where a step is unknown.

    Examples
    --------
    >>> reasons_of(["B", "C", "C", "A", "A"])
    [('data', 'B', 'C'), ('limits', 'C', 'A')]
    """
    found = []
    last = path[0]
    for step, letter in zip(STEPS, path[1:], strict=True):
        if letter is None or last is None:
            continue
        if letter != last:
            found.append((step, last, letter))
        last = letter
    return found
