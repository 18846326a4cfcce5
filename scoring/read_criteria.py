"""From the tables Criteria and Scales to the criteria that count."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import pandas as pd

from scoring.faults import Fault
from scoring.model import NUMERIC_SCALES, SCALES_WITH_ROWS, Criterion, Points
from scoring.scales import MAX_POINTS
from scoring.table_rows import Cells, is_number, rows_of, stopping
from scoring.terms import FIELDS, LARGEST_WEIGHT, STATUSES, FilledBy, Kind
from scoring.text import entry, fold

__all__ = ["COMPUTED_COLUMNS", "read_criteria"]

COMPUTED_COLUMNS: Final = frozenset({"trend", "state", "share_of_wallet"})
"""What a refresh works out before it scores: a criterion may look at it."""

_NO_NUMBERS: Final = (Kind.WORD, Kind.DATE, Kind.CLASS)

ScaleRows = Sequence[tuple[int, Cells]]


def read_criteria(
    criteria: pd.DataFrame, scales: pd.DataFrame, account_columns: Collection[str]
) -> tuple[tuple[Criterion, ...], list[Fault]]:
    """Read the criteria that count, with everything that is wrong with their rows and scales.

    Parameters
    ----------
    criteria, scales
        As :func:`scoring.read_model.read_model` takes them.
    account_columns
        Columns of the accounts besides those of :data:`scoring.terms.FIELDS`.

    Returns
    -------
    criteria
        Those of weight > 0 with whose rows nothing is wrong, in the order of the table.
    faults
        In the order of the rows; those of scales that belong to no criterion last.
    """
    found: list[Criterion] = []
    faults: list[Fault] = []
    names: set[str] = set()
    rows = list(rows_of(criteria))
    by_name = _rows_by_name(scales)
    if not rows:
        faults.append(stopping("criteria", None, None, "no_criteria", "add_a_criterion"))
    for row, cells in rows:
        name = cells.get("criterion")
        if name is None:
            faults.append(
                stopping("criteria", row, "criterion", "criterion_without_name", "name_the_criterion")
            )
            continue
        if fold(str(name)) in names:
            details = {"criterion": name}
            faults.append(stopping("criteria", row, "criterion", "criterion_twice", "rename_one", **details))
        names.add(fold(str(name)))
        faults += _weight_faults(row, cells)
        if cells.get("weight") != 0:  # a weight of 0 switches the criterion off, whatever else its row says
            scale_rows = by_name.get(fold(str(name)), ())
            criterion, wrong = _read_criterion(row, cells, scale_rows, account_columns)
            faults += wrong
            if criterion is not None:
                found.append(criterion)
    return tuple(found), faults + _orphans(scales, names)


def _rows_by_name(scales: pd.DataFrame) -> dict[str, list[tuple[int, Cells]]]:
    """Rows of each scale by the folded name of its criterion."""
    found: dict[str, list[tuple[int, Cells]]] = {}
    for row, cells in rows_of(scales):
        if cells.get("criterion") is not None:
            found.setdefault(fold(str(cells["criterion"])), []).append((row, cells))
    return found


def _orphans(scales: pd.DataFrame, names: Collection[str]) -> list[Fault]:
    """Rows of scales that belong to no criterion."""
    faults = []
    for row, cells in rows_of(scales):
        name = cells.get("criterion")
        if name is None:
            faults.append(
                stopping("scales", row, "criterion", "scale_without_criterion", "name_the_criterion")
            )
        elif fold(str(name)) not in names:
            details = {"criterion": name}
            faults.append(
                Fault("scales", row, "criterion", "scale_of_no_criterion", "rename_or_delete", details)
            )
    return faults


def _weight_faults(row: int, cells: Cells) -> list[Fault]:
    weight = cells.get("weight")
    details = {"criterion": cells["criterion"], "value": weight, "most": LARGEST_WEIGHT}
    if is_number(weight, 0, LARGEST_WEIGHT):
        return []
    what = "weight_empty" if weight is None else "weight_negative"
    if isinstance(weight, float | int) and weight > LARGEST_WEIGHT:
        what = "weight_too_large"
    return [stopping("criteria", row, "weight", what, "weight_zero_or_more", **details)]


def _read_criterion(
    row: int, cells: Cells, scale_rows: ScaleRows, account_columns: Collection[str]
) -> tuple[Criterion | None, list[Fault]]:
    name, scale, applies_to = str(cells["criterion"]), cells.get("scale"), cells.get("applies_to", "all")
    faults: list[Fault] = []
    if scale not in (*NUMERIC_SCALES, "list"):
        faults.append(stopping("criteria", row, "scale", "scale_unknown", "pick_from_list", criterion=name))
    faults += _column_faults(row, cells, account_columns)
    if applies_to is None:
        what, remedy = "applies_to_empty", "pick_from_list"
        faults.append(stopping("criteria", row, "applies_to", what, remedy, criterion=name))
    points = None
    if scale in SCALES_WITH_ROWS:
        if not scale_rows:
            what, remedy = "scale_without_rows", "add_scale_rows"
            faults.append(stopping("criteria", row, "scale", what, remedy, criterion=name))
        points, wrong = _read_points(str(scale), name, scale_rows)
        faults += wrong
    if faults or not is_number(cells.get("weight"), 0, LARGEST_WEIGHT):
        return None, faults
    everyone = applies_to == "all" or set(applies_to) >= set(STATUSES)
    criterion = Criterion(
        name=name,
        column=str(cells["column"]),
        applies_to=None if everyone else frozenset(applies_to),
        weight=float(cells["weight"]),
        scale=str(scale),
        scale_points=points,
        low_is_better=cells.get("better") == "low" and scale == "rank",
        missing=cells.get("missing") or "skip",
        subjective=cells.get("nature") == "subjective",
    )
    return criterion, faults


def _column_faults(row: int, cells: Cells, account_columns: Collection[str]) -> list[Fault]:
    """Whether a criterion looks at a column that there is, and that can have such a scale."""
    column, scale = cells.get("column"), cells.get("scale")
    details = {"criterion": cells["criterion"], "column": column}
    field = FIELDS.get(str(column))
    if column is None:
        return [stopping("criteria", row, "column", "column_empty", "name_a_column", **details)]
    if field is None:
        if column in account_columns:
            return []
        return [stopping("criteria", row, "column", "column_not_found", "name_a_column", **details)]
    if field.filled_by is FilledBy.REFRESH and column not in COMPUTED_COLUMNS:
        return [stopping("criteria", row, "column", "column_is_a_result", "name_a_column", **details)]
    if scale in NUMERIC_SCALES and field.kind in _NO_NUMBERS:
        return [stopping("criteria", row, "scale", "column_holds_no_numbers", "use_list", **details)]
    return []


def _read_points(scale: str, name: str, rows: ScaleRows) -> tuple[Points | None, list[Fault]]:
    """Points of a scale; None where something is wrong with its rows."""
    faults: list[Fault] = []
    seen: dict[object, float] = {}
    for row, cells in rows:
        value, points = cells.get("value"), cells.get("points")
        details = {"criterion": name, "value": value}
        if value is None:
            faults.append(stopping("scales", row, "value", "scale_value_empty", "type_a_value", **details))
            continue
        if scale != "list" and not is_number(value):
            what, remedy = "scale_value_no_number", "type_a_number"
            faults.append(stopping("scales", row, "value", what, remedy, **details))
            continue
        key = entry(value) if scale == "list" else float(value)
        if not is_number(points, 0, MAX_POINTS):
            what = "points_empty" if points is None else "points_out_of_range"
            details |= {"value": points}
            faults.append(stopping("scales", row, "points", what, "points_0_to_10", **details))
        elif key in seen:
            faults.append(stopping("scales", row, "value", "scale_value_twice", "keep_one_row", **details))
        else:
            seen[key] = float(points)  # type: ignore[arg-type]  # a number, as just found
    if faults:
        return None, faults
    if scale == "list":
        return Points(entries={str(key): seen[key] for key in sorted(seen, key=str)}), []
    ordered = sorted((float(str(value)), points) for value, points in seen.items())
    return Points(tuple(value for value, _ in ordered), tuple(points for _, points in ordered)), []
