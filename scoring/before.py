"""What an account was before a scoring: read from the accounts in this one place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.classes import NONE, Positions
from scoring.columns import Accounts
from scoring.forced import class_positions

__all__ = ["Before", "read_before"]

Letters = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Before:
    """The outcome of the last scoring, as far as the accounts still hold it.

    Attributes
    ----------
    held
        Array of shape (n_accounts,): class that score and margin gave, before
        gates and overrides; -1 for none.
    table
        The accounts.
    """

    held: Positions
    table: Accounts

    def in_force(self) -> Letters:
        """Letters of the classes in force, whatever the model calls its classes now; ``""`` for none."""
        return _letters(self.table, "class")

    def previous(self, now: pd.Series) -> Letters:
        """Class before the last change: what was in force, where it changes now.

        Parameters
        ----------
        now
            Series of shape (n_accounts,): letters of the classes in force from now on.
        """
        earlier = _letters(self.table, "previous")
        if "class" not in self.table:
            return earlier
        in_force = self.in_force()
        moved = (in_force != "") & (in_force != now.astype(object).to_numpy())
        return np.where(moved, in_force, earlier)


def read_before(table: Accounts, letters: tuple[str, ...]) -> Before:
    """Read what the accounts hold of the last scoring.

    Parameters
    ----------
    table
        The accounts, with the columns ``held``, ``computed``, ``class`` and
        ``previous`` of the last scoring; those that are missing are empty.
    letters
        Letters of the classes, best first.

    Notes
    -----
    The class held is that of ``held``. Where that cell is empty, as in a
    workbook older than the column, it is the computed class; where that is
    empty too, the one in force. A letter that is no class any more is none,
    and so is ``"?"``: a forced class must not drag on when it lapses, nor a
    gate when it is gone.
    """
    held = np.full(len(table), NONE, dtype=np.int16)
    for column in ("class", "computed", "held"):
        if column in table:
            values = table.series(column)
            filled = (values.notna() & (values != "")).to_numpy()
            held = np.where(filled, class_positions(values, letters), held)
    return Before(held, table)


def _letters(table: Accounts, column: str) -> Letters:
    if column not in table:
        return np.full(len(table), "", dtype=object)
    letters = table.series(column).astype(object)
    texts: Letters = letters.where(letters.notna(), "").to_numpy(dtype=object)
    return texts
