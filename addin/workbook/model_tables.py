"""From the tables of the model to what scoring takes: keys, floats and texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from addin.catalogue import field_key
from addin.workbook.definitions import Holds, Role, Setting
from addin.workbook.located_tables import Layout, Located
from addin.workbook.model_cells import CellReader, Value, fault_of, gate_value, scale_value
from addin.workbook.port import Cell
from addin.workbook.settings import BY_KEY as SETTINGS
from addin.workbook.tables import BY_KEY, by_role
from addin.workbook.typed_cells import Unreadable, read_text
from scoring import Fault
from scoring.model import LIMITS
from scoring.text import fold

__all__ = ["ModelTables", "read_model_tables", "read_settings"]

_READ_BY_ANOTHER: dict[tuple[str, str], str] = {
    ("scales", "value"): "criterion",
    ("gates", "value"): "column",
    ("settings", "value"): "setting",
}
"""Columns of which another column of the row says what they hold."""


@dataclass(frozen=True, slots=True)
class ModelTables:
    """The tables of the model.

    Attributes
    ----------
    frames
        By key: columns of keys, floats and texts, as :func:`scoring.read_model.read_model` takes them.
    settings
        Values of the settings by key, None for an empty cell: a number, the key of a word, a date or
        a text.
    faults
        What cannot be read.
    """

    frames: Mapping[str, pd.DataFrame]
    settings: Mapping[str, object]
    faults: list[Fault]


def read_model_tables(layout: Layout) -> ModelTables:
    """Read the tables of the model that a workbook has."""
    reader = CellReader(layout)
    frames: dict[str, pd.DataFrame] = {}
    faults: list[Fault] = []
    for table in by_role(Role.MODEL):
        located = layout.named.get(table.key)
        if located is None or table.key == "settings":
            continue
        frames[table.key], wrong = _frame(table.key, located, reader)
        faults += wrong
    if "criteria" in frames:
        frames["criteria"], faults = _without_those_off(frames["criteria"], faults)
    for key, value_of in (("scales", _scale_values), ("gates", _gate_values)):
        if key in frames:
            values, wrong = value_of(layout.named[key], frames, reader.language)
            frames[key]["value"] = pd.Series(values, index=frames[key].index, dtype=object)
            faults += wrong
    rows, wrong = read_settings(layout)
    frames["settings"] = pd.DataFrame(
        [(key, value) for key, value in rows], columns=["setting", "value"], dtype=object
    )
    return ModelTables(frames, dict(rows), faults + wrong)


def _frame(kind: str, located: Located, reader: CellReader) -> tuple[pd.DataFrame, list[Fault]]:
    """Columns of a table that can be read by themselves."""
    columns: dict[str, list[object]] = {}
    faults: list[Fault] = []
    for column in BY_KEY[kind].columns:
        if (kind, column.key) in _READ_BY_ANOTHER:
            continue
        values = [reader.read(cell, column.holds, column.words) for cell in located.cells(column.key)]
        faults += _unreadable(kind, column.key, values)
        columns[column.key] = _readable(values)
    return pd.DataFrame(columns, dtype=object), faults


def _unreadable(kind: str, key: str, values: list[Value]) -> list[Fault]:
    return [
        fault_of(kind, row, key, value) for row, value in enumerate(values) if isinstance(value, Unreadable)
    ]


def _readable(values: list[Value]) -> list[object]:
    return [None if isinstance(value, Unreadable) else value for value in values]


def _without_those_off(criteria: pd.DataFrame, faults: list[Fault]) -> tuple[pd.DataFrame, list[Fault]]:
    """Part the statuses of criteria, and leave out what is wrong with those of weight 0: they are off."""
    off = [weight == 0 for weight in criteria["weight"]]
    heard = [
        fault for fault in faults if fault.table != "criteria" or fault.row is None or not off[fault.row]
    ]
    statuses = [text if text in (None, "all") else str(text).split() for text in criteria["applies_to"]]
    return criteria.assign(applies_to=pd.Series(statuses, index=criteria.index, dtype=object)), heard


def _scale_values(
    located: Located, frames: Mapping[str, pd.DataFrame], language: str
) -> tuple[list[object], list[Fault]]:
    criteria = frames.get("criteria", pd.DataFrame(columns=["criterion", "scale", "column"]))
    looks = {
        fold(str(name)): (scale, column)
        for name, scale, column in zip(
            criteria["criterion"], criteria["scale"], criteria["column"], strict=True
        )
    }
    names = frames["scales"]["criterion"]
    values = [
        scale_value(cell, *looks.get(fold(str(name)), (None, None)), language)
        for name, cell in zip(names, located.cells("value"), strict=True)
    ]
    return _readable(values), _unreadable("scales", "value", values)


def _gate_values(
    located: Located, frames: Mapping[str, pd.DataFrame], language: str
) -> tuple[list[object], list[Fault]]:
    cells = located.cells("value")
    values = [
        gate_value(cell, column, language)
        for column, cell in zip(frames["gates"]["column"], cells, strict=True)
    ]
    return _readable(values), _unreadable("gates", "value", values)


def read_settings(layout: Layout) -> tuple[list[tuple[str, object]], list[Fault]]:
    """Read the rows of the table Settings.

    Returns
    -------
    rows
        Key and value of each row: an empty key where the name is none that is known, no value where
        the cell is empty or wrong.
    faults
        What cannot be read or lies outside its bounds; those on which the score depends scoring
        checks itself.
    """
    located = layout.named.get("settings")
    rows: list[tuple[str, object]] = []
    faults: list[Fault] = []
    if located is None:
        return rows, faults
    reader = CellReader(layout)
    seen: set[str] = set()
    for row, (name_cell, cell) in enumerate(
        zip(located.cells("setting"), located.cells("value"), strict=True)
    ):
        name = read_text(name_cell)
        if isinstance(name, Unreadable):
            faults.append(fault_of("settings", row, "setting", name))
            name = None
        key = field_key("setting_names", name, layout.language) if name else None
        if name and key is None:
            what, remedy = "setting_unknown", "rename_or_delete"
            faults.append(Fault("settings", row, "setting", what, remedy, {"value": name}))
        value, wrong = _setting(row, SETTINGS[key], cell, reader) if key else (None, [])
        if key in seen and key not in LIMITS and key != "method":
            what, remedy = "setting_twice", "keep_one_row"
            faults.append(Fault("settings", row, "setting", what, remedy, {"setting": key}, stops=True))
            rows.append(("", None))
            continue
        seen.add(key or "")
        faults += wrong
        rows.append((key or "", value))
    return rows, faults


def _setting(row: int, setting: Setting, cell: Cell, reader: CellReader) -> tuple[object, list[Fault]]:
    """Value of a setting; what is wrong with it is said by its name rather than by the header Value."""
    value = reader.read(cell, setting.holds, setting.words)
    if isinstance(value, Unreadable):
        return None, [fault_of("settings", row, "value", value, setting=setting.key)]
    what = "" if setting.key in LIMITS else _outside(setting, value)
    if not what:
        return value, []
    details = {"setting": setting.key, "value": value, "low": setting.least, "high": setting.most}
    return None, [Fault("settings", row, "value", what, "setting_range", details, stops=True)]


def _outside(setting: Setting, value: object) -> str:
    """Why a number is none that a setting may have; empty where it is one."""
    if not isinstance(value, float):
        return ""
    least = setting.least if setting.least is not None else value
    most = setting.most if setting.most is not None else value
    if not least <= value <= most:
        return "setting_share_out_of_range" if setting.holds is Holds.SHARE else "setting_out_of_range"
    return "setting_not_whole" if setting.whole and not value.is_integer() else ""


def reference_date(settings: Mapping[str, object], today: dt.date) -> dt.date:
    """Return the day of the scoring: the one that Settings names, else today."""
    chosen = settings.get("reference_date")
    return chosen.date() if isinstance(chosen, dt.datetime) else today
