"""Forced classes: a person's decision that stands in for the computed class while it lasts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.classes import NONE, Positions
from scoring.faults import Fault
from scoring.text import fold

__all__ = ["class_positions", "forced_classes"]


def class_positions(letters: pd.Series, classes: tuple[str, ...]) -> Positions:
    """Position of each letter among the classes, best first; -1 for any other text.

    >>> class_positions(pd.Series(["b", " A ", "?", None]), ("A", "B")).tolist()
    [1, 0, -1, -1]
    """
    positions = {fold(letter): position for position, letter in enumerate(classes)}
    codes, uniques = pd.factorize(letters)
    of_unique = [positions.get(fold(str(letter)), NONE) for letter in uniques]
    return np.array([*of_unique, NONE], dtype=np.int16)[codes]


def forced_classes(
    accounts: pd.DataFrame, classes: tuple[str, ...], on: dt.date
) -> tuple[Positions, list[Fault]]:
    """Class that a person forces on each account, where the decision is complete and has not lapsed.

    Parameters
    ----------
    accounts
        With the columns ``forced``, ``forced_reason`` and ``forced_until``;
        those that are missing are empty.
    classes
        Letters, best class first.
    on
        The day of the scoring: a forced class lasts through its last day.

    Returns
    -------
    forced
        Array of shape (n_accounts,), -1 where none is in force.
    faults
        Those ignored, each with what it lacks.
    """
    forced = np.full(len(accounts), NONE, dtype=np.int16)
    if "forced" not in accounts:
        return forced, []
    faults: list[Fault] = []
    wanted = class_positions(accounts["forced"], classes)
    for row in np.flatnonzero(_filled(accounts, "forced")).tolist():
        letter = accounts["forced"].iat[row]
        reason = _value(accounts, "forced_reason", row)
        until = _value(accounts, "forced_until", row)
        if wanted[row] == NONE:
            what, remedy, field = "forced_unknown", "pick_from_list", "forced"
        elif reason is None:
            what, remedy, field = "forced_without_reason", "forced_needs", "forced_reason"
        elif until is None:
            what, remedy, field = "forced_without_end", "forced_needs", "forced_until"
        elif until.date() < on:
            what, remedy, field = "forced_lapsed", "forced_renew", "forced_until"
        else:
            forced[row] = wanted[row]
            continue
        details = {"letter": letter, "until": until.date() if until is not None else None}
        faults.append(Fault("accounts", row, field, what, remedy, details))
    return forced, faults


def _filled(accounts: pd.DataFrame, column: str) -> npt.NDArray[np.bool_]:
    texts = accounts[column]
    filled: npt.NDArray[np.bool_] = (texts.notna() & (texts.astype(str).str.strip() != "")).to_numpy()
    return filled


def _value(accounts: pd.DataFrame, column: str, row: int) -> Any:
    """Cell of a column that may be missing; None where it is empty."""
    if column not in accounts:
        return None
    value: Any = accounts[column].iat[row]
    return None if value is None or pd.isna(value) or str(value).strip() == "" else value
