"""One account with other values: scored again by the very steps that score the portfolio."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.classes import Positions
from scoring.columns import Accounts
from scoring.measured import classify, measure, weigh
from scoring.model import Model
from scoring.others import Others
from scoring.scales import MAX_POINTS

__all__ = ["Outcome", "Trial"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What some variants of one account come to.

    Attributes
    ----------
    points
        Array of shape (n_variants, n_criteria) [0-10 points]: what each
        criterion counts for. One that is left out counts for nothing, which
        is what it would with the mean of the others: that mean stands for it.
    score
        Array of shape (n_variants,) [0-100], NaN where too little is known.
    computed
        Array of shape (n_variants,): class, margin and gates included; -1 for none.
    """

    points: Floats
    score: Floats
    computed: Positions


@dataclass(frozen=True, slots=True)
class Trial:
    """An account, all others as they stand.

    Attributes
    ----------
    account
        Its row, a table of one row.
    model
        How it is scored.
    held
        Array of shape (1,): the class it held so far.
    others
        The others.
    """

    account: pd.DataFrame
    model: Model
    held: Positions
    others: Others

    def __call__(self, changes: Mapping[str, npt.NDArray[np.generic]], n_variants: int) -> Outcome:
        """Score variants of the account.

        Parameters
        ----------
        changes
            By column: an array of shape (n_variants,) of its values.
        n_variants
            How many variants there are.
        """
        variants = self.account.take(np.zeros(n_variants, dtype=np.intp)).reset_index(drop=True)
        table = Accounts(variants.assign(**dict(changes)))
        measured = measure(table, self.model, self.others)
        total, _ = weigh(measured, self.model.weights(), n_variants)
        held = np.repeat(self.held, n_variants)
        classed = classify(total, self.model, held, table, others=self.others)
        points, counts = measured.counted()
        mean = np.nan_to_num(total.score() / MAX_POINTS)[:, np.newaxis]
        return Outcome(np.where(counts, points, mean), classed.score, classed.computed)
