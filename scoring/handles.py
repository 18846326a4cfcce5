"""What a person can set to move a score, and the values worth trying."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.columns import Accounts
from scoring.model import NUMERIC_SCALES, Criterion, Model
from scoring.others import Others
from scoring.scales import MAX_POINTS
from scoring.terms import FIELDS, NUMERIC, Kind
from scoring.text import entry
from scoring.trend import trend
from scoring.way_up import can_be_set

__all__ = ["Handle", "handles"]

Floats = npt.NDArray[np.float64]

_DECIMALS: Final = {Kind.MONEY: 0, Kind.NUMBER: 0, Kind.NOTE: 1, Kind.SHARE: 2}
"""Decimals to which a person would set a value; a column of the company's own takes two."""

_OF_TURNOVER: Final = ("trend", "state", "share_of_wallet")
"""What a refresh works out of the turnovers: reached through the turnover of this year."""

_BETWEEN: Final = 3
_BETWEEN_CURVED: Final = 15
"""Values tried between two corners; more where turnover moves the trend, which follows no straight line."""


@dataclass(frozen=True, slots=True)
class Handle:
    """A column by which the score of an account can be moved.

    Attributes
    ----------
    column
        Key of the column; one that a person or an import fills.
    criterion
        Position of the criterion that is named with it: the heaviest that looks at the column.
    current
        The value now; None where it is unknown, or of no use to the criterion.
    factor
        How many steps of what a person would type make one; 0 for words.
    tries
        Values worth trying, ascending; the current number is among them.
    corners
        Those at which a scale or a gate turns.
    """

    column: str
    criterion: int
    current: Any
    factor: float
    tries: npt.NDArray[np.generic]
    corners: npt.NDArray[np.generic]


def handles(row: int, table: Accounts, model: Model, others: Others) -> list[Handle]:
    """Find every column by which the score of an account can be moved.

    Parameters
    ----------
    row
        The account, by its position.
    table, model
        The portfolio and how it is scored.
    others
        All other accounts.
    """
    looking: dict[str, list[int]] = {}
    for position, criterion in enumerate(model.criteria):
        applies = table.applies(criterion)
        column = "turnover" if criterion.column in _OF_TURNOVER else criterion.column
        if (applies is None or applies[row]) and can_be_set(column):
            looking.setdefault(column, []).append(position)
    found = []
    for column, positions in looking.items():
        direct = [at for at in positions if model.criteria[at].column == column]
        named = max(direct or positions, key=lambda at: (model.criteria[at].weight, -at))
        criteria = {at: model.criteria[at] for at in positions}
        if _holds_numbers(column, criteria.values()):
            handle = _number(row, table, model, others, column, named, criteria)
        else:
            handle = _word(row, table, column, named, criteria)
        if handle is not None:
            found.append(handle)
    return found


def _holds_numbers(column: str, criteria: Iterable[Criterion]) -> bool:
    field = FIELDS.get(column)
    if field is not None:
        return field.kind in NUMERIC
    return any(criterion.scale in NUMERIC_SCALES for criterion in criteria)


def _word(
    row: int, table: Accounts, column: str, named: int, criteria: dict[int, Criterion]
) -> Handle | None:
    """Return a column of words: every entry of its list is worth trying, by points and not by the alphabet.

    Where two ways cost the same, the first one is told: it is the same whatever the language of the words.
    """
    entries: dict[str, float] = {}
    for criterion in criteria.values():
        if criterion.scale_points is not None:
            entries |= criterion.scale_points.entries
    words = np.array(sorted(entries, key=lambda word: (entries[word], word)), dtype=object)
    value: Any = table.series(column).iat[row]
    usable = not pd.isna(value) and entry(value) in entries
    return Handle(column, named, value if usable else None, 0.0, words, words) if entries else None


def _number(
    row: int,
    table: Accounts,
    model: Model,
    others: Others,
    column: str,
    named: int,
    criteria: dict[int, Criterion],
) -> Handle | None:
    """Return a column of numbers: corners of scales and gates, and some values between, are worth trying."""
    field = FIELDS.get(column)
    factor = 10.0 ** (_DECIMALS.get(field.kind, 2) if field is not None else 2)
    current = float(table.numbers(column)[row])
    notes = any(criterion.scale == "note" for criterion in criteria.values())
    least, most = (0.0, MAX_POINTS) if notes else (-math.inf, math.inf)
    of_trend = [at for at, criterion in criteria.items() if criterion.column == "trend"]
    turns = set(_gate_turns(model, column, factor))
    for position, criterion in criteria.items():
        if criterion.column == column:
            turns.update(_scale_turns(criterion, others.ranked.get(position), factor))
    if column == "turnover":
        turns.update(_turnover_turns(row, table, model, others, of_trend, factor))
        turns.update(_wallet_turns(float(table.numbers("potential")[row]), model, others, factor))
    corners = np.unique([turn for turn in turns if least <= turn <= most])
    if not len(corners):
        return None
    known = least <= current <= most  # false for NaN
    tries = np.unique(
        [*corners, *_between(corners, _BETWEEN_CURVED if of_trend else _BETWEEN, factor)]
        + ([current] if known else [])
    )
    return Handle(column, named, current if known else None, factor, tries, tries if of_trend else corners)


def _turnover_turns(
    row: int, table: Accounts, model: Model, others: Others, of_trend: Sequence[int], factor: float
) -> list[float]:
    """Turnovers of this year at which trend and state turn."""
    trends = [
        float(gate.value)
        for gate in model.gates
        if gate.column == "trend" and isinstance(gate.value, float | int)
    ]
    for position in of_trend:
        trends += _scale_turns(model.criteria[position], others.ranked.get(position), 1e3)
    earlier = [float(table.numbers(key)[row]) for key in ("turnover_1", "turnover_2")]
    found = _turnovers_with(np.unique(trends), earlier[0], earlier[1], factor)
    return [*found, 0.0, 1 / factor]  # the state turns from nothing to the least there is


def _wallet_turns(potential: float, model: Model, others: Others, factor: float) -> list[float]:
    """Turnovers of this year at which the share of wallet of an account turns."""
    if not potential > 0:  # true for NaN
        return []
    shares = _gate_turns(model, "share_of_wallet", 1e6)
    for position, criterion in enumerate(model.criteria):
        if criterion.column == "share_of_wallet":
            shares += _scale_turns(criterion, others.ranked.get(position), 1e6)
    exact = [share * potential * factor for share in shares]
    return [rounded / factor for one in exact for rounded in (math.floor(one), math.ceil(one))]


def _scale_turns(criterion: Criterion, others: Floats | None, factor: float) -> list[float]:
    """Values at which the points of a scale change, or change their slope."""
    if criterion.scale == "note":
        return [0.0, MAX_POINTS]
    if criterion.scale == "rank":
        ends = [] if others is None or not len(others) else [float(others[0]), float(others[-1])]
        return [end + step / factor for end in ends for step in (-1, 0, 1)] or [0.0]
    rows = criterion.scale_points
    if rows is None:
        return []
    if criterion.scale == "list":
        return [float(text) for text in rows.entries if _is_number(text)]
    if criterion.scale == "steps":  # on a falling scale the last value of a step is the one to name
        return [at - step / factor for at in rows.thresholds for step in (0, 1)]
    return list(rows.thresholds)


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _gate_turns(model: Model, column: str, factor: float) -> list[float]:
    limits = [
        float(gate.value)
        for gate in model.gates
        if gate.column == column and isinstance(gate.value, float | int)
    ]
    return [limit + step / factor for limit in limits for step in (-1, 0, 1)]


def _turnovers_with(trends: Floats, turnover_1: float, turnover_2: float, factor: float) -> list[float]:
    """Turnovers of this year at which the trend takes some values, as a person would type them."""
    if not len(trends):
        return []
    earlier = (np.full(len(trends), turnover_1), np.full(len(trends), turnover_2))
    low, high = np.zeros(len(trends)), np.full(len(trends), 1e4 * max(turnover_1, 1.0))
    within = (trend(low, *earlier) <= trends) & (trend(high, *earlier) >= trends)  # false for NaN
    for _ in range(80):  # more halves than a float has digits
        middle = (low + high) / 2
        above = trend(middle, *earlier) >= trends
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    exact = high[within] * factor
    return [float(value) for value in np.concatenate([np.floor(exact), np.ceil(exact)]) / factor]


def _between(corners: Floats, count: int, factor: float) -> Floats:
    """Values between each two corners, as a person would type them."""
    spaced = [np.linspace(low, high, count + 2)[1:-1] for low, high in itertools.pairwise(corners.tolist())]
    return np.round(np.concatenate([*spaced, []]) * factor) / factor
