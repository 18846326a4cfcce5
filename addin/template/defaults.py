"""The rules that the template ships with, by key: criteria, scales, classes, gates, settings."""

from __future__ import annotations

import datetime as dt
from typing import Final

from addin.book import Cell
from addin.template.content import Row
from addin.template.words import Words

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

_MONEY_SCALE: Final = ((0, 0), (10_000, 2), (50_000, 6), (200_000, 10))
_SCALES: Final[dict[str, tuple[tuple[float | str, float], ...]]] = {
    "turnover": _MONEY_SCALE,
    "trend": ((-0.5, 0), (-0.2, 3), (0, 5), (0.2, 8), (0.5, 10)),
    "potential": _MONEY_SCALE,
    "potential_new": ((0, 0), (5_000, 2), (25_000, 6), (100_000, 10)),
    "solidity": (("excellent", 10), ("good", 8), ("fair", 5), ("weak", 2), ("default", 0)),
    "days_late": ((0, 10), (15, 8), (30, 6), (45, 3), (60, 0)),
}
SCALE_SIZES: Final = {key: len(points) for key, points in _SCALES.items()}
"""Number of rows of each criterion on the sheet Scales, in their order."""

# Letter, min score, share, visits a year, minutes a visit, hours to answer.
_CLASSES: Final = (
    ("A", 75, 0.10, 12, 60, 4),
    ("B", 55, 0.20, 6, 45, 8),
    ("C", 35, 0.30, 3, 30, 24),
    ("D", 0, 0.40, 1, 20, 48),
)
CLASS_LETTERS: Final = tuple(letter for letter, *_ in _CLASSES)
MOST_CLASSES: Final = 6
"""The template colours and counts up to this many classes."""

_SETTINGS: Final[tuple[tuple[str, float | None], ...]] = (
    ("language", None),
    ("currency", None),
    ("reference_date", None),
    ("method", None),
    ("margin", 3),
    ("min_completeness", 0.5),
    ("max_subjective", 0.2),
    ("core_share", 0.8),
    ("review_months", 12),
    ("weeks", 45),
    ("visit_days", 4),
    ("visits_per_day", 5),
    ("periods", None),
    ("year_end", 12),
    ("payment_terms", 30),
)
SETTING_KEYS: Final = tuple(key for key, _ in _SETTINGS)


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


def settings(words: Words, reference_date: dt.date | None) -> list[Row]:
    """Return the rows of the table Settings, in the order of :data:`SETTING_KEYS`."""
    chosen: dict[str, Cell] = {
        "language": words.language,
        "currency": words.text("settings", "currency"),
        "reference_date": dt.datetime.combine(reference_date, dt.time()) if reference_date else None,
        "method": words.word("method", "cutoffs"),
        "periods": words.word("periods", "months"),
    }
    return [
        {
            "setting": words.header("setting_names", key),
            "value": chosen.get(key, shipped),
            "help": words.text("settings", "help", key),
        }
        for key, shipped in _SETTINGS
    ]
