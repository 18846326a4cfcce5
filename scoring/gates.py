"""Gates: rules that cap the class whatever the score."""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.classes import NONE, Positions
from scoring.model import ORDERED, PRESENCE, Gate
from scoring.text import entry

__all__ = ["best_left", "holds", "without_order"]

Bools = npt.NDArray[np.bool_]

_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_PLAIN_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


def holds(gate: Gate, values: pd.Series) -> Bools:
    """Accounts to which a gate applies; an unknown value meets no condition but ``unknown``.

    Numbers compare as numbers wherever both sides are numbers, whatever else
    the column holds; a word is neither more nor less than a number.

    Parameters
    ----------
    gate
        The rule.
    values
        Series of shape (n_accounts,), missing where unknown.

    Examples
    --------
    >>> rule = Gate("solidity", "<", 30.0, best_class=2, reason="weak")
    >>> holds(rule, pd.Series([5.5, "9", 100.0, "Good", None], dtype=object)).tolist()
    [True, True, False, False, False]
    """
    if gate.condition in PRESENCE:
        known = _known(values)
        return known if gate.condition == "known" else ~known
    compare = _COMPARE[gate.condition]
    if isinstance(gate.value, dt.date) and pd.api.types.is_datetime64_any_dtype(values):
        met = compare(values.to_numpy(), np.datetime64(gate.value, "us")) & _known(values)
    elif isinstance(gate.value, float | int):
        numbers = _numbers(values)
        met = compare(numbers, float(gate.value)) & ~np.isnan(numbers)
        if gate.condition == "<>":  # what is no number is another than the number
            met |= np.isnan(numbers) & _known(values)
    else:
        wanted = entry(gate.value)
        codes, uniques = pd.factorize(values)
        entries = [entry(value) for value in uniques]
        met = np.array([bool(text) and compare(text, wanted) for text in entries] + [False])[codes]
    return np.asarray(met, dtype=bool)


def without_order(gate: Gate, values: pd.Series) -> npt.NDArray[np.intp]:
    """Positions of the known values that a gate cannot compare: words, where it looks for more or less."""
    if gate.condition not in ORDERED or not isinstance(gate.value, float | int):
        return np.array([], dtype=np.intp)
    return np.flatnonzero(_known(values) & np.isnan(_numbers(values)))


def _numbers(values: pd.Series) -> npt.NDArray[np.float64]:
    """Values as numbers, NaN where they are none."""
    if pd.api.types.is_numeric_dtype(values):
        return values.to_numpy(dtype=np.float64, na_value=np.nan)
    codes, uniques = pd.factorize(values)
    return np.array([*map(_number, uniques), np.nan])[codes]  # code -1 (missing) takes the last one


def _number(value: object) -> float:
    if isinstance(value, float | int):
        return float(value)
    return float(value) if isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value) else np.nan


def _known(values: pd.Series) -> Bools:
    known: Bools = values.notna().to_numpy() & (values != "").to_numpy()
    return known


def best_left(
    gates: Sequence[Gate], columns: Callable[[str], pd.Series], n_accounts: int
) -> tuple[Positions, Positions]:
    """Best class that the gates leave to each account, and the gate that leaves it.

    Parameters
    ----------
    gates
        The rules; of several that leave the same class the first is named.
    columns
        Gives the values of a column of the accounts.
    n_accounts
        Number of accounts.

    Returns
    -------
    best, gate
        Arrays of shape (n_accounts,), -1 where no gate applies.
    """
    best = np.full(n_accounts, NONE, dtype=np.int16)
    by = np.full(n_accounts, NONE, dtype=np.int16)
    for position, gate in enumerate(gates):
        stricter = holds(gate, columns(gate.column)) & (gate.best_class > best)
        best[stricter] = gate.best_class
        by[stricter] = position
    return best, by
