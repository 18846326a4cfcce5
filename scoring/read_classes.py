"""From the tables Classes and Gates to the classes and the rules that cap them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Sequence
from typing import Final

import pandas as pd

from scoring.faults import Fault
from scoring.model import ORDERED, PRESENCE, SIGNS, Gate, ScoreClass
from scoring.read_criteria import COMPUTED_COLUMNS
from scoring.table_rows import Cells, is_number, rows_of, stopping
from scoring.terms import FIELDS, NUMERIC, UNKNOWN_CLASS, Field, FilledBy, Kind
from scoring.text import fold

__all__ = ["comparison_faults", "read_classes", "read_gates"]

GATE_COLUMNS: Final = COMPUTED_COLUMNS | {"completeness"}
"""What a refresh works out at which a gate, which comes after the score, may look."""

_CONDITIONS: Final = (*SIGNS, *PRESENCE)
_WITHOUT_ORDER: Final = (Kind.WORD, Kind.CLASS)


def read_classes(table: pd.DataFrame, method: str) -> tuple[tuple[ScoreClass, ...], list[Fault]]:
    """Read the classes, best first.

    Parameters
    ----------
    table
        As :func:`scoring.read_model.read_model` takes it.
    method
        How accounts are classed: it tells which numbers of a class are needed.
    """
    found: list[ScoreClass] = []
    faults: list[Fault] = []
    letters: set[str] = set()
    rows = list(rows_of(table))
    if not rows:
        faults.append(stopping("classes", None, None, "no_classes", "add_a_class"))
    for row, cells in rows:
        letter = cells.get("class")
        if letter is None or str(letter).strip() == UNKNOWN_CLASS:
            faults.append(stopping("classes", row, "class", "class_without_letter", "type_a_letter"))
            continue
        if fold(str(letter)) in letters:
            faults.append(stopping("classes", row, "class", "class_twice", "rename_one", letter=letter))
        letters.add(fold(str(letter)))
        numbers = {}
        for field, most, needed in (
            ("min_score", 100.0, method != "quota"),
            ("share", 1.0, method == "quota"),
        ):
            numbers[field], wrong = _class_number(row, cells, field, most, needed=needed)
            faults += wrong
        if method != "quota" and found and numbers["min_score"] >= found[-1].min_score:
            details = {"letter": letter, "value": numbers["min_score"], "above": found[-1].min_score}
            what, remedy = "cutoffs_not_descending", "cutoffs_descend"
            faults.append(stopping("classes", row, "min_score", what, remedy, **details))
        found.append(ScoreClass(str(letter).strip(), str(cells.get("label") or ""), **numbers))
    return tuple(found), faults + _uncovered(rows, found, method)


def _class_number(
    row: int, cells: Cells, field: str, most: float, *, needed: bool
) -> tuple[float, list[Fault]]:
    """Number of a class; where the method of classing does not need it, a wrong one is none."""
    value = cells.get(field)
    if is_number(value, 0, most):
        return float(value), []  # type: ignore[arg-type]  # a number, as just found
    if not needed:
        return math.nan, []
    what = f"{field}_empty" if value is None else f"{field}_out_of_range"
    details = {"letter": cells["class"], "value": value}
    return math.nan, [stopping("classes", row, field, what, f"{field}_range", **details)]


def _uncovered(rows: Sequence[tuple[int, Cells]], classes: Sequence[ScoreClass], method: str) -> list[Fault]:
    """Whether every account finds a class: the last cut-off is 0, the shares fill 100 %."""
    if not classes:
        return []
    last_row = rows[-1][0]
    if method == "quota":
        total = sum(score_class.share for score_class in classes)
        if abs(total - 1) > 1e-6:  # false for NaN, which has been reported
            return [stopping("classes", last_row, "share", "shares_not_whole", "shares_sum", total=total)]
    elif classes[-1].min_score > 0:
        details = {"letter": classes[-1].letter, "value": classes[-1].min_score}
        what, remedy = "last_cutoff_not_zero", "last_cutoff"
        return [stopping("classes", last_row, "min_score", what, remedy, **details)]
    return []


def read_gates(
    table: pd.DataFrame | None, letters: Sequence[str], account_columns: Collection[str]
) -> tuple[tuple[Gate, ...], list[Fault]]:
    """Read the gates, in the order of their table.

    Parameters
    ----------
    table
        As :func:`scoring.read_model.read_model` takes it; None for none.
    letters
        Letters of the classes, best first.
    account_columns
        Columns of the accounts besides those of :data:`scoring.terms.FIELDS`.
    """
    positions = {fold(letter): position for position, letter in enumerate(letters)}
    found: list[Gate] = []
    faults: list[Fault] = []
    for row, cells in rows_of(table):
        wrong = [
            *_column_faults(row, cells.get("column"), account_columns),
            *comparison_faults(row, cells),
        ]
        best = positions.get(fold(str(cells.get("best_class") or "")))
        if best is None:
            details = {"letter": cells.get("best_class") or ""}
            what, remedy = "gate_class_unknown", "pick_from_list"
            wrong.append(stopping("gates", row, "best_class", what, remedy, **details))
        elif not wrong:
            reason = str(cells.get("reason") or "")
            found.append(
                Gate(str(cells["column"]), str(cells["condition"]), cells.get("value"), best, reason)
            )
        faults += wrong
    return tuple(found), faults


def _column_faults(row: int, column: object, account_columns: Collection[str]) -> list[Fault]:
    field = FIELDS.get(str(column))
    what = ""
    if column is None:
        what = "gate_column_empty"
    elif field is None and column not in account_columns:
        what = "gate_column_not_found"
    elif field is not None and field.filled_by is FilledBy.REFRESH and column not in GATE_COLUMNS:
        what = "gate_column_is_a_result"
    return [stopping("gates", row, "column", what, "name_a_column", column=column)] if what else []


def comparison_faults(row: int, cells: Cells) -> list[Fault]:
    """Whether a gate compares like with like: numbers with numbers, dates with dates, words without order.

    Parameters
    ----------
    row
        Its row in the table Gates.
    cells
        Its ``column``, ``condition`` and ``value``.

    Returns
    -------
    The fault, none where it does.
    """
    condition, value = cells.get("condition"), cells.get("value")
    field: Field | None = FIELDS.get(str(cells.get("column")))
    kind = field.kind if field is not None else None
    if condition not in _CONDITIONS:
        return [stopping("gates", row, "condition", "gate_condition_unknown", "pick_from_list")]
    if condition in PRESENCE:
        return []
    if value is None:
        return [stopping("gates", row, "value", "gate_value_empty", "type_a_value")]
    details = {"column": cells.get("column"), "value": value}
    if condition in ORDERED and kind in _WITHOUT_ORDER:
        what, remedy = "gate_words_have_no_order", "compare_words"
        return [stopping("gates", row, "condition", what, remedy, **details)]
    if kind in NUMERIC and not is_number(value):
        what, remedy = "gate_value_of_wrong_kind", "type_a_number"
        return [stopping("gates", row, "value", what, remedy, **details)]
    if kind is Kind.DATE and not isinstance(value, dt.date):
        what, remedy = "gate_value_of_wrong_kind", "type_a_date"
        return [stopping("gates", row, "value", what, remedy, **details)]
    if isinstance(value, str) and condition in ORDERED:
        what, remedy = "gate_text_has_no_order", "type_a_number"
        return [stopping("gates", row, "value", what, remedy, **details)]
    return []
