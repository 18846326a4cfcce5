"""Points of the accounts, one criterion at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scoring import scales
from scoring.columns import Accounts
from scoring.faults import Fault
from scoring.model import Criterion, Model
from scoring.others import Others
from scoring.terms import STATUSES

__all__ = ["Column", "columns", "use_by_status"]

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Column:
    """What one criterion makes of the accounts.

    Attributes
    ----------
    points
        Array of shape (n_accounts,) [0-10 points], NaN where the value is
        unknown; of no meaning where the criterion does not apply.
    applies
        Bool array of shape (n_accounts,); None where it applies to all.
    missing
        What an unknown value counts: ``"skip"``, ``"zero"`` or ``"neutral"``.
    in_use
        Bool array of shape (n_accounts,): whether enough accounts of the
        same status are known by it that its absence makes one incomplete;
        None where it is in use for all.
    faults
        Values that its scale cannot use.
    """

    points: Floats
    applies: Bools | None
    missing: str
    in_use: Bools | None = None
    faults: tuple[Fault, ...] = ()


def columns(table: Accounts, model: Model, others: Others | None = None) -> Iterator[Column]:
    """Measure one criterion after the other, for whoever needs each only once.

    Parameters
    ----------
    table
        The accounts.
    model
        Whose criteria and scales.
    others
        For accounts that stand beside others without being among them: those
        others, among whose values a criterion of scale ``rank`` places them.
    """
    for position, criterion in enumerate(model.criteria):
        applies = table.applies(criterion)
        if criterion.scale == "rank" and others is not None:
            numbers = table.numbers(criterion.column)
            points = others.rank_points(position, numbers, low_is_better=criterion.low_is_better)
            yield Column(points, applies, criterion.missing, others.in_use(position, table))
            continue
        points, unusable = _points(criterion, table, applies)
        if others is not None:  # what is only tried beside others is nobody's fault
            yield Column(points, applies, criterion.missing, others.in_use(position, table))
            continue
        in_use = use_by_status(points, applies, table, model.settings.in_use_from)
        faults = _faults(criterion, table, applies, unusable)
        if not in_use[: len(STATUSES)].all():
            faults = (*faults, _not_in_use(criterion, in_use))
        by_account = None if in_use.all() else in_use[table.status_codes()]
        yield Column(points, applies, criterion.missing, by_account, faults)


def use_by_status(points: Floats, applies: Bools | None, table: Accounts, least: float) -> Bools:
    """Whether a criterion is in use, by the status of an account.

    Parameters
    ----------
    points
        Array of shape (n_accounts,) [0-10 points], NaN where the value is unknown.
    applies
        Bool array of shape (n_accounts,); None where the criterion applies to all.
    table
        The accounts.
    least
        Share of the accounts that must be known [fraction].

    Returns
    -------
    Bool array of shape (n_statuses + 1,): by the position of the status, the
    last for accounts without one, for whom the share is taken over all accounts.
    """
    known = ~np.isnan(points)
    if known.all():
        return np.ones(len(STATUSES) + 1, dtype=bool)
    asked = table.by_status(applies)
    told = table.by_status(known if applies is None else known & applies)
    asked[-1], told[-1] = asked.sum(), told.sum()
    in_use: Bools = told >= least * asked - 1e-9
    return in_use


def _not_in_use(criterion: Criterion, in_use: Bools) -> Fault:
    """Say for whom a criterion is not in use: the shell puts all of them into one line."""
    statuses = [
        status for status, used in zip(STATUSES, in_use[: len(STATUSES)].tolist(), strict=True) if not used
    ]
    details = {"criterion": criterion.name, "weight": criterion.weight, "statuses": statuses}
    return Fault("criteria", None, "weight", "not_in_use", "fill_in_or_leave", details)


def _points(
    criterion: Criterion, table: Accounts, applies: Bools | None
) -> tuple[Floats, npt.NDArray[np.intp]]:
    """Points by one criterion, and the positions of the values that its scale cannot use."""
    none: npt.NDArray[np.intp] = np.array([], dtype=np.intp)
    rows = criterion.scale_points
    if criterion.scale == "list":
        return scales.list_points(table.series(criterion.column), rows.entries if rows else {})
    numbers = table.numbers(criterion.column)
    if criterion.scale == "note":
        return scales.note_points(numbers)
    if criterion.scale == "rank":
        among = numbers if applies is None else np.where(applies, numbers, np.nan)
        return scales.rank_points(among, low_is_better=criterion.low_is_better), none
    assert rows is not None  # read_model gives rows to every such scale
    convert = scales.step_points if criterion.scale == "steps" else scales.linear_points
    return convert(numbers, rows.thresholds_array(), rows.points_array()), none


def _faults(
    criterion: Criterion, table: Accounts, applies: Bools | None, unusable: npt.NDArray[np.intp]
) -> tuple[Fault, ...]:
    listed = criterion.scale == "list"
    what, remedy = (
        ("value_not_listed", "pick_from_scale") if listed else ("note_out_of_range", "note_0_to_10")
    )
    return tuple(
        Fault(
            "accounts",
            row,
            criterion.column,
            what,
            remedy,
            {"criterion": criterion.name, "value": table.series(criterion.column).iat[row]},
        )
        for row in unusable.tolist()
        if applies is None or applies[row]
    )
