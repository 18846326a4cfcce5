"""The company's model: criteria, scales, classes, gates, settings.

A :class:`Model` is only had from :func:`read_model`, which gives either a
model that can score or the faults that keep it from scoring.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

import numpy as np
import numpy.typing as npt

from scoring.terms import STATUSES

__all__ = [
    "LIMITS",
    "ORDERED",
    "PRESENCE",
    "SIGNS",
    "Criterion",
    "Gate",
    "Model",
    "Points",
    "ScoreClass",
    "Settings",
]

Floats = npt.NDArray[np.float64]

NUMERIC_SCALES = ("steps", "linear", "rank", "note")
SCALES_WITH_ROWS = ("steps", "linear", "list")

SIGNS = ("<", "<=", "=", ">=", ">", "<>")
"""Conditions of a gate that compare with a value."""
ORDERED = ("<", "<=", ">", ">=")
"""Conditions of a gate that only numbers and dates can meet."""
PRESENCE = ("known", "unknown")
"""Conditions of a gate that compare with nothing."""


@dataclass(frozen=True, slots=True)
class Points:
    """The rows of a scale: thresholds ascending, or list entries, and their points [0-10]."""

    thresholds: tuple[float, ...] = ()
    points: tuple[float, ...] = ()
    entries: Mapping[str, float] = field(default_factory=dict)

    def thresholds_array(self) -> Floats:
        """Thresholds as an array of shape (n_rows,)."""
        return np.array(self.thresholds, dtype=np.float64)

    def points_array(self) -> Floats:
        """Points as an array of shape (n_rows,)."""
        return np.array(self.points, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion that counts: its weight is > 0.

    Attributes
    ----------
    name
        What the company calls it.
    column
        Key of the account column that it looks at.
    applies_to
        Statuses that it applies to; None for every account, whatever its status.
    weight
        Weight, > 0.
    scale
        ``"steps"``, ``"linear"``, ``"list"``, ``"rank"`` or ``"note"``.
    scale_points
        The rows of the scale; None for ``rank`` and ``note``, which need none.
    low_is_better
        For ``rank``.
    missing
        What an unknown value counts: ``"skip"``, ``"zero"`` or ``"neutral"``.
    subjective
        Whether it is a judgement.
    """

    name: str
    column: str
    applies_to: frozenset[str] | None
    weight: float
    scale: str
    scale_points: Points | None = None
    low_is_better: bool = False
    missing: str = "skip"
    subjective: bool = False


@dataclass(frozen=True, slots=True)
class ScoreClass:
    """A class of the company, such as A, Strategic."""

    letter: str
    label: str
    min_score: float
    share: float


@dataclass(frozen=True, slots=True)
class Gate:
    """A rule that caps the class whatever the score.

    Attributes
    ----------
    column, condition, value
        When it applies, such as ``("days_late", ">", 60.0)``.
    best_class
        Position of the best class that it leaves.
    reason
        What the company says of it.
    """

    column: str
    condition: str
    value: float | str | dt.datetime | None
    best_class: int
    reason: str


@dataclass(frozen=True, slots=True)
class Settings:
    """How the company classes; the values are those that ship."""

    method: str = "cutoffs"
    margin: float = 3.0
    min_completeness: float = 0.5
    in_use_from: float = 0.2
    max_subjective: float = 0.2
    core_share: float = 0.8


LIMITS: Mapping[str, tuple[float, float]] = {
    "margin": (0.0, 50.0),
    "min_completeness": (0.0, 1.0),
    "in_use_from": (0.0, 1.0),
    "max_subjective": (0.0, 1.0),
    "core_share": (0.0, 1.0),
}
"""Smallest and largest value of each setting that is a number."""


@dataclass(frozen=True, slots=True)
class Model:
    """All that turns facts into classes.

    Attributes
    ----------
    criteria
        The criteria that count, in the order of their table.
    classes
        Best class first.
    gates
        In the order of their table.
    settings
        How to class.
    """

    criteria: tuple[Criterion, ...]
    classes: tuple[ScoreClass, ...]
    gates: tuple[Gate, ...] = ()
    settings: Settings = Settings()

    def letters(self) -> tuple[str, ...]:
        """Letters of the classes, best first."""
        return tuple(score_class.letter for score_class in self.classes)

    def weights(self) -> Floats:
        """Weights of the criteria, shape (n_criteria,)."""
        return np.array([criterion.weight for criterion in self.criteria], dtype=np.float64)

    def min_scores(self) -> Floats:
        """Cut-offs, strictly descending, shape (n_classes,)."""
        return np.array([score_class.min_score for score_class in self.classes])

    def shares(self) -> Floats:
        """Shares of the accounts by class [fraction], shape (n_classes,)."""
        return np.array([score_class.share for score_class in self.classes])

    def subjective_share(self) -> float:
        """Share of the weight that lies with judgements [fraction]."""
        total = sum(criterion.weight for criterion in self.criteria)
        judged = sum(criterion.weight for criterion in self.criteria if criterion.subjective)
        return round(judged / total, 9) if total else 0.0

    def fingerprint(self) -> str:
        """Short hash of everything in the model: two scores compare only under the same one."""
        plain = asdict(self)
        for criterion in plain["criteria"]:
            criterion["applies_to"] = sorted(criterion["applies_to"] or STATUSES)
        text = json.dumps(plain, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:8]
