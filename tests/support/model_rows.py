"""Rows of a sound model."""

import pandas as pd

from scoring.read_model import read_model

CRITERIA = (
    {"criterion": "Sales", "column": "turnover", "applies_to": "all", "weight": 40.0, "scale": "steps"},
    {"criterion": "Growth", "column": "growth", "applies_to": "all", "weight": 10.0, "scale": "note"},
)


SCALES = (
    {"criterion": "Sales", "value": 0.0, "points": 0.0},
    {"criterion": "Sales", "value": 1000.0, "points": 10.0},
)


CLASSES = (
    {"class": "A", "label": "Best", "min_score": 50.0, "share": 0.5},
    {"class": "B", "label": "Rest", "min_score": 0.0, "share": 0.5},
)


GATE = {"column": "days_late", "condition": ">", "value": 60.0, "best_class": "B", "reason": "late"}


def read(criteria=CRITERIA, scales=SCALES, classes=CLASSES, gates=(), settings=None, own=()):
    """The model, and table, row, field and name of each fault, with ! where it stops."""
    tables = {"criteria": criteria, "scales": scales, "classes": classes, "gates": gates}
    tables["settings"] = [{"setting": name, "value": value} for name, value in (settings or {}).items()]
    frames = {name: pd.DataFrame(list(rows), dtype=object) for name, rows in tables.items()}
    model, faults = read_model(frames, own)
    assert (model is None) == any(fault.stops for fault in faults)
    told = [(fault.table, fault.row, fault.field, fault.what + "!" * fault.stops) for fault in faults]
    return model, told


def criterion(**cells):
    return (CRITERIA[0] | cells, CRITERIA[1])


def scale(*rows, **cells):
    return [{"criterion": "Sales", "value": value, "points": points} | cells for value, points in rows]


def only(table, row, field, what):
    return [(table, row, field, what)]
