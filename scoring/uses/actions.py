"""Commercial actions: the first one that fits an account today and is not done yet."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.gates import holds
from scoring.model import Gate
from scoring.text import fold

__all__ = ["Action", "by_priority", "choose", "fitting"]

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Action:
    """An action of the catalogue.

    Attributes
    ----------
    name
        What it is called.
    classes, statuses, states
        Letters of classes, and keys of statuses and states, that it is for; empty for all.
    conditions
        What else has to hold, each as a gate has it.
    first, last
        First and last day of it; None for no limit.
    priority
        The lower, the earlier it is chosen; NaN comes last.
    """

    name: str
    classes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    conditions: tuple[Gate, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None
    priority: float = math.nan

    def runs(self, today: dt.date) -> bool:
        """Whether a day is one of it."""
        return not (
            (self.first is not None and today < self.first) or (self.last is not None and today > self.last)
        )

    def is_done(self, done: dt.date | None) -> bool:
        """Whether it is done since its first day, by the day on which it was done.

        >>> Action("Fair", first=dt.date(2026, 9, 1)).is_done(dt.date(2025, 9, 8))
        False
        """
        return done is not None and (self.first is None or done >= self.first)


def fitting(columns: Callable[[str], pd.Series], n_accounts: int, action: Action) -> Bools:
    """Accounts that an action is for, whatever the day.

    Parameters
    ----------
    columns
        Gives the values of a column of the accounts: ``class``, ``status``,
        ``state`` and those of the conditions.
    n_accounts
        Number of accounts.
    action
        The action.

    Returns
    -------
    Bool array of shape (n_accounts,).

    Examples
    --------
    >>> table = {"class": pd.Series(["A", "B", "?"]), "turnover": pd.Series([5.0, None, 9.0])}
    >>> rule = Action("Call", classes=("a", "?"), conditions=(Gate("turnover", ">", 7.0, 0, ""),))
    >>> fitting(table.__getitem__, 3, rule).tolist()
    [False, False, True]
    """
    fits = np.ones(n_accounts, dtype=bool)
    for column, wanted in (("class", action.classes), ("status", action.statuses), ("state", action.states)):
        if wanted:
            keys = {fold(one) for one in wanted}
            codes, uniques = pd.factorize(columns(column))
            known = np.array([*(fold(str(one)) in keys for one in uniques), False], dtype=bool)
            fits &= known[codes]
    for condition in action.conditions:
        fits &= holds(condition, columns(condition.column))
    return fits


def by_priority(actions: Sequence[Action]) -> list[int]:
    """Return the positions of actions in the order in which they are chosen.

    >>> by_priority([Action("Late"), Action("Second", priority=2), Action("First", priority=1)])
    [2, 1, 0]
    """
    priorities = [one.priority for one in actions]
    return sorted(
        range(len(actions)),
        key=lambda at: (math.isnan(priorities[at]), 0 if math.isnan(priorities[at]) else priorities[at], at),
    )


def choose(fits: Bools, actions: Sequence[Action], today: dt.date, done: Bools) -> npt.NDArray[np.intp]:
    """Position of the action of each account, -1 for none: the first by priority, then in the catalogue.

    Parameters
    ----------
    fits
        Bool array of shape (n_accounts, n_actions): whom each action is for.
    actions
        The catalogue.
    today
        The day.
    done
        Bool array of the same shape: what is done since the first day of the action.
    """
    chosen = np.full(len(fits), -1, dtype=np.intp)
    for at in by_priority(actions):
        if actions[at].runs(today):
            chosen[(chosen < 0) & fits[:, at] & ~done[:, at]] = at
    return chosen
