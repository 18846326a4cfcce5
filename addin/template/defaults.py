"""The rules that the template ships with, by key: criteria, scales, classes, gates, settings."""

from __future__ import annotations

import datetime as dt
from typing import Final

from addin.template.content import Row
from addin.template.words import Words
from addin.workbook.definitions import Setting, Table
from addin.workbook.money_scales import SHIPPED
from addin.workbook.port import Cell
from addin.workbook.settings import SETTINGS

# Key, column, applies to, weight, scale, better, nature, axis.
_CRITERIA: Final = (
    ("turnover", ("client",), 30, "linear", "high", "objective", "value"),
    ("trend", ("client",), 10, "linear", "high", "objective", "value"),
    ("potential", ("all",), 15, "linear", "high", "objective", "potential"),
    ("potential_new", ("all",), 10, "linear", "high", "objective", "potential"),
    ("solidity", ("all",), 10, "list", "high", "objective", "risk"),
    ("days_late", ("client",), 10, "linear", "low", "objective", "risk"),
    ("growth", ("all",), 5, "note", "high", "subjective", "potential"),
    ("influence", ("all",), 5, "note", "high", "subjective", "value"),
    ("relationship", ("client", "prospect"), 5, "note", "high", "subjective", "value"),
)

_STRATEGIES: Final = {
    "conquest": (15, 10, 25, 20, 5, 5, 10, 5, 5),
    "loyalty": (35, 15, 5, 5, 10, 10, 0, 5, 15),
    "safety": (25, 10, 10, 5, 25, 20, 0, 0, 5),
}
"""Weights of each strategy, in the order of the criteria; judgements weigh 20 of 100 at most, as shipped."""

_SCALES: Final[dict[str, tuple[tuple[float | str, float], ...]]] = {
    "turnover": SHIPPED["turnover"],
    "trend": ((-0.5, 0), (-0.2, 3), (0, 5), (0.2, 8), (0.5, 10)),
    "potential": SHIPPED["potential"],
    "potential_new": SHIPPED["potential_new"],
    "solidity": (("excellent", 10), ("good", 8), ("fair", 5), ("weak", 2), ("default", 0)),
    "days_late": ((0, 10), (15, 8), (30, 6), (45, 3), (60, 0)),
}
SCALE_SIZES: Final = {key: len(points) for key, points in _SCALES.items()}
"""Number of rows of each criterion on the sheet Scales, in their order."""

# Letter, min score, share, visits a year, minutes a visit, working hours to answer.
_CLASSES: Final = (
    ("A", 75, 0.10, 12, 60, 2),
    ("B", 55, 0.20, 6, 45, 4),
    ("C", 35, 0.30, 3, 30, 8),
    ("D", 0, 0.40, 0, 20, 16),
)
CLASS_LETTERS: Final = tuple(letter for letter, *_ in _CLASSES)
MOST_CLASSES: Final = 6
"""The template colours and shows up to this many classes."""


def criterion_name(words: Words, key: str) -> str:
    """Return the name of a shipped criterion."""
    return words.text("criteria", key, "name")


def criteria(words: Words) -> list[Row]:
    """Return the rows of the table Criteria, one for each measure of the domain."""
    return [
        {
            "criterion": criterion_name(words, key),
            "column": words.header("accounts", key),
            "applies_to": ", ".join(words.word("applies_to", status) for status in applies_to),
            "weight": float(weight),
            "scale": words.word("scale", scale),
            "better": words.word("better", better),
            "missing": words.word("missing", "skip"),
            "nature": words.word("nature", nature),
            "axis": words.word("axis", axis),
            "comment": words.text("criteria", key, "comment"),
        }
        for key, applies_to, weight, scale, better, nature, axis in _CRITERIA
    ]


def strategies(words: Words) -> list[Row]:
    """Return the rows of the table Strategies: the weights in force, and three others."""
    weights = {"current": [weight for _, _, weight, *_ in _CRITERIA], **_STRATEGIES}
    return [
        {
            "criterion": criterion_name(words, key),
            **{strategy: float(each[place]) for strategy, each in weights.items()},
        }
        for place, (key, *_) in enumerate(_CRITERIA)
    ]


def scales(words: Words) -> list[Row]:
    """Return the rows of the table Scales."""
    return [
        {
            "criterion": criterion_name(words, key),
            "value": words.text("solidity", value) if isinstance(value, str) else float(value),
            "points": float(points),
        }
        for key, steps in _SCALES.items()
        for value, points in steps
    ]


def classes(words: Words) -> list[Row]:
    """Return the rows of the table Classes, best first."""
    return [
        {
            "class": letter,
            "label": words.text("classes", letter, "label"),
            "min_score": float(min_score),
            "share": share,
            "visits": float(visits),
            "minutes": float(minutes),
            "call_priority": words.text("classes", letter, "call_priority"),
            "answer_hours": float(hours),
            "shipping": words.text("classes", letter, "shipping"),
            "instructions": words.text("classes", letter, "instructions"),
        }
        for letter, min_score, share, visits, minutes, hours in _CLASSES
    ]


def gates(words: Words) -> list[Row]:
    """Return the rows of the table Gates."""
    return [
        {
            "column": words.header("accounts", key),
            "condition": condition,
            "value": value,
            "best_class": "C",
            "reason": words.text("gates", "reasons", key),
        }
        for key, condition, value in (
            ("solidity", "=", words.text("solidity", "default")),
            ("days_late", ">", 60.0),
        )
    ]


def shipped_rows(words: Words, table: Table) -> list[Row]:
    """Return the rows that a list ships with: those of the catalogue (``template``, ``shipped``)."""
    if table.key == "strategies":
        return strategies(words)
    listed = words.catalogue.surface("template").get("shipped", {}).get(table.key, [])
    return [
        {key: words.typeset(cell) if isinstance(cell, str) else float(cell) for key, cell in row.items()}
        for row in listed
    ]


def settings(words: Words, reference_date: dt.date | None) -> list[Row]:
    """Return the rows of the table Settings, in the order of :data:`addin.workbook.settings.SETTINGS`."""
    return [
        {
            "setting": words.header("setting_names", setting.key),
            "value": _shipped(setting, words, reference_date),
            "help": words.text("settings", "help", setting.key),
        }
        for setting in SETTINGS
    ]


def _shipped(setting: Setting, words: Words, reference_date: dt.date | None) -> Cell:
    """Return the value with which a setting ships, in the language of the workbook."""
    match setting.key:
        case "language":
            return words.language
        case "reference_date":
            return dt.datetime.combine(reference_date, dt.time()) if reference_date else None
    if not isinstance(setting.shipped, str):
        return setting.shipped
    return (
        words.word(setting.words, setting.shipped)
        if setting.words
        else words.text("settings", setting.shipped)
    )
