"""From the tables of a model to the model, or to everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from scoring.faults import Fault
from scoring.model import LIMITS, Model, Settings
from scoring.read_classes import read_classes, read_gates
from scoring.read_criteria import read_criteria
from scoring.table_rows import is_number, rows_of, stopping

__all__ = ["read_model"]


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
    settings, faults = _read_settings(tables.get("settings"))
    criteria, wrong = read_criteria(tables["criteria"], tables["scales"], account_columns)
    faults += wrong
    classes, wrong = read_classes(tables["classes"], settings.method)
    faults += wrong
    letters = [score_class.letter for score_class in classes]
    gates, wrong = read_gates(tables.get("gates"), letters, account_columns)
    faults += wrong
    if any(fault.stops for fault in faults):
        return None, faults
    model = Model(criteria, classes, gates, settings)
    if model.subjective_share() > settings.max_subjective + 1e-9:
        details = {"share": model.subjective_share(), "max": settings.max_subjective}
        faults.append(Fault("criteria", None, "weight", "subjective_too_heavy", "lower_subjective", details))
    return model, faults


def _read_settings(table: pd.DataFrame | None) -> tuple[Settings, list[Fault]]:
    found: dict[str, Any] = {}
    faults: list[Fault] = []
    for row, cells in rows_of(table):
        name, value = str(cells.get("setting")), cells.get("value")
        if name not in LIMITS and name != "method":
            continue  # those that do not bear on the score are the shell's
        if name in found:
            faults.append(stopping("settings", row, "setting", "setting_twice", "keep_one_row", setting=name))
        elif value is None:
            faults.append(stopping("settings", row, "value", "setting_empty", "type_a_value", setting=name))
        elif name == "method" or is_number(value, *LIMITS[name]):
            found[name] = value
        else:
            low, high = LIMITS[name]
            details = {"setting": name, "value": value, "low": low, "high": high}
            what = "setting_share_out_of_range" if high == 1 else "setting_out_of_range"
            faults.append(stopping("settings", row, "value", what, "setting_range", **details))
    return Settings(**found), faults
