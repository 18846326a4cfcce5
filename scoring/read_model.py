"""From the tables of a model to the model, or to everything that is wrong with them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pandas as pd

from scoring.faults import Fault
from scoring.model import (
    NUMERIC_SCALES,
    SCALES_WITH_ROWS,
    Criterion,
    Gate,
    Model,
    Points,
    ScoreClass,
    Settings,
)
from scoring.scales import MAX_POINTS
from scoring.terms import FIELDS, NUMERIC, STATUSES, UNKNOWN_CLASS, FilledBy, Kind
from scoring.text import entry, fold

__all__ = ["read_model"]

COMPUTED_COLUMNS = frozenset({"trend", "state"})
"""Columns that refresh fills before it scores: a criterion may look at them."""

GATE_COLUMNS = COMPUTED_COLUMNS | {"completeness"}
"""The same for a gate, which comes after the score."""

LARGEST_WEIGHT = 1e6

CONDITIONS = ("=", "<>", "<", "<=", ">", ">=", "known", "unknown")


def read_model(
    tables: Mapping[str, pd.DataFrame], account_columns: Collection[str] = ()
) -> tuple[Model | None, list[Fault]]:
    """Read the tables of a model.

    Parameters
    ----------
    tables
        By name: ``criteria``, ``scales``, ``classes``, ``gates``, ``settings``.
        Columns are field keys, list words are keys, numbers are floats, and
        NaN or None stands for an empty cell. ``criteria.applies_to`` holds
        collections of statuses, or ``"all"``; ``settings`` has the columns
        ``setting`` and ``value``. ``gates`` and ``settings`` may be left out.
    account_columns
        Columns of the accounts besides those of :data:`scoring.terms.FIELDS`.

    Returns
    -------
    model
        None with a fault that stops.
    faults
        All faults found, in the order of the tables and their rows.
    """
    faults: list[Fault] = []
    settings = _read_settings(tables.get("settings"), faults)
    scale_rows = _read_scale_rows(tables["scales"])
    criteria = _read_criteria(tables["criteria"], scale_rows, account_columns, faults)
    classes = _read_classes(tables["classes"], settings.method, faults)
    gates = _read_gates(tables.get("gates"), classes, account_columns, faults)
    _report_orphan_scales(tables, faults)
    if any(fault.stops for fault in faults):
        return None, faults
    model = Model(criteria, classes, gates, settings)
    if model.subjective_share() > settings.max_subjective + 1e-9:
        details = {"share": model.subjective_share(), "max": settings.max_subjective}
        faults.append(Fault("criteria", None, "weight", "subjective_too_heavy", "lower_subjective", details))
    return model, faults


def _stop(table: str, row: int | None, field: str | None, what: str, remedy: str, **details: object) -> Fault:
    return Fault(table, row, field, what, remedy, details, stops=True)


def _rows(table: pd.DataFrame) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows that hold anything, with their positions; an empty cell is None."""
    for position, row in enumerate(table.to_dict("records")):
        cells = {str(key): None if _blank(value) else value for key, value in row.items()}
        if any(value is not None for value in cells.values()):
            yield position, cells


def _blank(value: object) -> bool:
    return (
        value is None
        or (isinstance(value, float) and math.isnan(value))
        or (isinstance(value, str) and not value.strip())
        or value is pd.NaT
    )


def _number(value: object) -> float:
    """Return a number, or NaN for what is none and has been reported."""
    return float(value) if isinstance(value, float | int) else math.nan


# -- settings ------------------------------------------------------------------------------

_RANGES = {
    "margin": (0.0, 50.0),
    "min_completeness": (0.0, 1.0),
    "max_subjective": (0.0, 1.0),
    "core_share": (0.0, 1.0),
}


def _read_settings(table: pd.DataFrame | None, faults: list[Fault]) -> Settings:
    found: dict[str, Any] = {}
    for row, cells in _rows(table) if table is not None else ():
        name, value = cells.get("setting"), cells.get("value")
        if name not in _RANGES and name != "method":
            continue  # those that do not bear on the score are the shell's
        if name in found:
            faults.append(_stop("settings", row, "setting", "setting_twice", "keep_one_row", setting=name))
        elif value is None:
            faults.append(_stop("settings", row, "value", "setting_empty", "type_a_value", setting=name))
        elif name == "method" or _in_range(name, value):
            found[name] = value
        else:
            low, high = _RANGES[name]
            details = {"setting": name, "value": value, "low": low, "high": high}
            what = "setting_out_of_range" if name == "margin" else "setting_share_out_of_range"
            faults.append(_stop("settings", row, "value", what, "setting_range", **details))
    return Settings(**found)


def _in_range(name: str, value: object) -> bool:
    low, high = _RANGES[name]
    return isinstance(value, float | int) and low <= value <= high


# -- scales --------------------------------------------------------------------------------


def _read_scale_rows(table: pd.DataFrame) -> dict[str, list[tuple[int, object, object]]]:
    """Rows (position, value, points) of each scale by folded criterion."""
    found: dict[str, list[tuple[int, object, object]]] = {}
    for row, cells in _rows(table):
        if cells.get("criterion") is not None:
            rows = found.setdefault(fold(str(cells["criterion"])), [])
            rows.append((row, cells.get("value"), cells.get("points")))
    return found


def _report_orphan_scales(tables: Mapping[str, pd.DataFrame], faults: list[Fault]) -> None:
    names = {
        fold(str(cells["criterion"])) for _, cells in _rows(tables["criteria"]) if cells.get("criterion")
    }
    for row, cells in _rows(tables["scales"]):
        name = cells.get("criterion")
        if name is None:
            faults.append(_stop("scales", row, "criterion", "scale_without_criterion", "name_the_criterion"))
        elif fold(str(name)) not in names:
            details = {"criterion": name}
            faults.append(
                Fault("scales", row, "criterion", "scale_of_no_criterion", "rename_or_delete", details)
            )


def _read_points(
    scale: str, name: str, rows: list[tuple[int, object, object]], faults: list[Fault]
) -> Points | None:
    """Points of a scale, or None with what is wrong added to the faults."""
    known = len(faults)
    seen: dict[object, float] = {}
    for row, value, points in rows:
        if value is None:
            faults.append(_stop("scales", row, "value", "scale_value_empty", "type_a_value", criterion=name))
            continue
        if scale == "list":
            key: object = entry(value)
        elif isinstance(value, float | int):
            key = float(value)
        else:
            details = {"criterion": name, "value": value}
            faults.append(_stop("scales", row, "value", "scale_value_no_number", "type_a_number", **details))
            continue
        if not isinstance(points, float | int) or not 0 <= points <= MAX_POINTS:
            what = "points_empty" if points is None else "points_out_of_range"
            details = {"criterion": name, "value": points}
            faults.append(_stop("scales", row, "points", what, "points_0_to_10", **details))
        elif key in seen:
            details = {"criterion": name, "value": value}
            faults.append(_stop("scales", row, "value", "scale_value_twice", "keep_one_row", **details))
        else:
            seen[key] = float(points)
    if len(faults) > known:
        return None
    if scale == "list":
        return Points(entries={str(entry): seen[entry] for entry in sorted(seen, key=str)})
    ordered = sorted((float(value), points) for value, points in seen.items())  # type: ignore[arg-type]
    return Points(tuple(value for value, _ in ordered), tuple(points for _, points in ordered))


# -- criteria ------------------------------------------------------------------------------


def _read_criteria(
    table: pd.DataFrame,
    scale_rows: Mapping[str, list[tuple[int, object, object]]],
    account_columns: Collection[str],
    faults: list[Fault],
) -> tuple[Criterion, ...]:
    found: list[Criterion] = []
    names: set[str] = set()
    rows = list(_rows(table))
    if not rows:
        faults.append(_stop("criteria", None, None, "no_criteria", "add_a_criterion"))
    for row, cells in rows:
        name, weight = cells.get("criterion"), cells.get("weight")
        if name is None:
            faults.append(_stop("criteria", row, "criterion", "criterion_without_name", "name_the_criterion"))
            continue
        if fold(str(name)) in names:
            faults.append(
                _stop("criteria", row, "criterion", "criterion_twice", "rename_one", criterion=name)
            )
        names.add(fold(str(name)))
        if weight is None:
            faults.append(
                _stop("criteria", row, "weight", "weight_empty", "weight_zero_or_more", criterion=name)
            )
        elif isinstance(weight, float | int) and weight > LARGEST_WEIGHT:
            details = {"criterion": name, "value": weight, "most": LARGEST_WEIGHT}
            faults.append(
                _stop("criteria", row, "weight", "weight_too_large", "weight_zero_or_more", **details)
            )
        elif not isinstance(weight, float | int) or not 0 <= weight < math.inf:
            details = {"criterion": name, "value": weight}
            faults.append(
                _stop("criteria", row, "weight", "weight_negative", "weight_zero_or_more", **details)
            )
        if weight != 0:  # a weight of 0 switches the criterion off, whatever else its row says
            criterion = _read_criterion(row, str(name), cells, scale_rows, account_columns, faults)
            if criterion is not None:
                found.append(criterion)
    return tuple(found)


def _read_criterion(
    row: int,
    name: str,
    cells: Mapping[str, Any],
    scale_rows: Mapping[str, list[tuple[int, object, object]]],
    account_columns: Collection[str],
    faults: list[Fault],
) -> Criterion | None:
    known = len(faults)
    scale, column = cells.get("scale"), cells.get("column")
    if scale not in (*NUMERIC_SCALES, "list"):
        faults.append(_stop("criteria", row, "scale", "scale_unknown", "pick_from_list", criterion=name))
    _check_criterion_column(row, name, column, scale, account_columns, faults)
    applies_to = cells.get("applies_to", "all")
    if applies_to is None:
        faults.append(
            _stop("criteria", row, "applies_to", "applies_to_empty", "pick_from_list", criterion=name)
        )
    points = None
    if scale in SCALES_WITH_ROWS:
        rows = scale_rows.get(fold(name), [])
        if not rows:
            faults.append(
                _stop("criteria", row, "scale", "scale_without_rows", "add_scale_rows", criterion=name)
            )
        points = _read_points(str(scale), name, rows, faults)
    if len(faults) > known:
        return None
    everyone = applies_to == "all" or set(applies_to) >= set(STATUSES)
    return Criterion(
        name=name,
        column=str(column),
        applies_to=None if everyone else frozenset(applies_to),
        weight=_number(cells["weight"]),
        scale=str(scale),
        scale_points=points,
        low_is_better=cells.get("better") == "low" and scale == "rank",
        missing=cells.get("missing") or "skip",
        subjective=cells.get("nature") == "subjective",
    )


def _check_criterion_column(
    row: int,
    name: str,
    column: object,
    scale: object,
    account_columns: Collection[str],
    faults: list[Fault],
) -> None:
    details = {"criterion": name, "column": column}
    field = FIELDS.get(str(column))
    if column is None:
        faults.append(_stop("criteria", row, "column", "column_empty", "name_a_column", **details))
    elif field is None:
        if column not in account_columns:
            faults.append(_stop("criteria", row, "column", "column_not_found", "name_a_column", **details))
    elif field.filled_by is FilledBy.REFRESH and column not in COMPUTED_COLUMNS:
        faults.append(_stop("criteria", row, "column", "column_is_a_result", "name_a_column", **details))
    elif scale in NUMERIC_SCALES and field.kind in (Kind.TEXT, Kind.WORD, Kind.DATE, Kind.CLASS):
        faults.append(_stop("criteria", row, "scale", "column_holds_no_numbers", "use_list", **details))


# -- classes and gates ---------------------------------------------------------------------


def _read_classes(table: pd.DataFrame, method: str, faults: list[Fault]) -> tuple[ScoreClass, ...]:
    found: list[ScoreClass] = []
    letters: set[str] = set()
    rows = list(_rows(table))
    if not rows:
        faults.append(_stop("classes", None, None, "no_classes", "add_a_class"))
    for row, cells in rows:
        letter = cells.get("class")
        if letter is None or str(letter).strip() == UNKNOWN_CLASS:
            faults.append(_stop("classes", row, "class", "class_without_letter", "type_a_letter"))
            continue
        if fold(str(letter)) in letters:
            faults.append(_stop("classes", row, "class", "class_twice", "rename_one", letter=letter))
        letters.add(fold(str(letter)))
        numbers = {
            "min_score": _class_number(row, cells, "min_score", 100.0, faults, needed=method != "quota"),
            "share": _class_number(row, cells, "share", 1.0, faults, needed=method == "quota"),
        }
        if method != "quota" and found and numbers["min_score"] >= found[-1].min_score:
            details = {"letter": letter, "value": numbers["min_score"], "above": found[-1].min_score}
            faults.append(
                _stop("classes", row, "min_score", "cutoffs_not_descending", "cutoffs_descend", **details)
            )
        found.append(ScoreClass(str(letter).strip(), str(cells.get("label") or ""), **numbers))
    _check_all_covered(rows, found, method, faults)
    return tuple(found)


def _class_number(
    row: int, cells: Mapping[str, Any], field: str, most: float, faults: list[Fault], *, needed: bool
) -> float:
    """Number of a class; where the method of classing does not need it, a wrong one is none."""
    value = cells.get(field)
    if isinstance(value, float | int) and 0 <= value <= most:
        return float(value)
    if needed:
        what = f"{field}_empty" if value is None else f"{field}_out_of_range"
        faults.append(
            _stop("classes", row, field, what, f"{field}_range", letter=cells["class"], value=value)
        )
    return math.nan


def _check_all_covered(
    rows: list[tuple[int, dict[str, Any]]], classes: list[ScoreClass], method: str, faults: list[Fault]
) -> None:
    """Every account must find a class: the last cut-off is 0, the shares fill 100 %."""
    if not classes:
        return
    last_row = rows[-1][0]
    if method == "quota":
        total = sum(score_class.share for score_class in classes)
        if abs(total - 1) > 1e-6:  # false for NaN, which has been reported
            faults.append(_stop("classes", last_row, "share", "shares_not_whole", "shares_sum", total=total))
    elif classes[-1].min_score > 0:
        details = {"letter": classes[-1].letter, "value": classes[-1].min_score}
        faults.append(
            _stop("classes", last_row, "min_score", "last_cutoff_not_zero", "last_cutoff", **details)
        )


def _read_gates(
    table: pd.DataFrame | None,
    classes: tuple[ScoreClass, ...],
    account_columns: Collection[str],
    faults: list[Fault],
) -> tuple[Gate, ...]:
    positions = {fold(score_class.letter): index for index, score_class in enumerate(classes)}
    found: list[Gate] = []
    for row, cells in _rows(table) if table is not None else ():
        known = len(faults)
        column, condition, value = cells.get("column"), cells.get("condition"), cells.get("value")
        field = FIELDS.get(str(column))
        readable = field is None or field.filled_by is FilledBy.PERSON or column in GATE_COLUMNS
        if column is None:
            faults.append(_stop("gates", row, "column", "gate_column_empty", "name_a_column"))
        elif field is None and column not in account_columns:
            faults.append(
                _stop("gates", row, "column", "gate_column_not_found", "name_a_column", column=column)
            )
        elif not readable:
            faults.append(
                _stop("gates", row, "column", "gate_column_is_a_result", "name_a_column", column=column)
            )
        if condition not in CONDITIONS:
            faults.append(_stop("gates", row, "condition", "gate_condition_unknown", "pick_from_list"))
        elif condition not in ("known", "unknown"):
            _check_gate_value(row, condition, value, field.kind if field else None, faults)
        best = positions.get(fold(str(cells.get("best_class") or "")))
        if best is None:
            details = {"letter": cells.get("best_class") or ""}
            faults.append(
                _stop("gates", row, "best_class", "gate_class_unknown", "pick_from_list", **details)
            )
        elif len(faults) == known:
            found.append(Gate(str(column), str(condition), value, best, str(cells.get("reason") or "")))
    return tuple(found)


def _check_gate_value(
    row: int, condition: str, value: object, kind: Kind | None, faults: list[Fault]
) -> None:
    """Check that a gate compares like with like: numbers with numbers, dates with dates."""
    if value is None:
        faults.append(_stop("gates", row, "value", "gate_value_empty", "type_a_value"))
        return
    expected = (float, int) if kind in NUMERIC else dt.date if kind is Kind.DATE else object
    if not isinstance(value, expected):
        remedy = "type_a_date" if kind is Kind.DATE else "type_a_number"
        faults.append(_stop("gates", row, "value", "gate_value_of_wrong_kind", remedy, value=value))
    elif isinstance(value, str) and condition not in ("=", "<>"):
        faults.append(_stop("gates", row, "value", "gate_text_has_no_order", "type_a_number", value=value))
