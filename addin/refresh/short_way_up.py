"""The short way up as it stands at the end of Why: how far the next class is, and what leads there."""

from __future__ import annotations

import numpy as np

from addin.catalogue import Catalogue
from scoring import Assessment, Model

__all__ = ["short_ways_up"]


def short_ways_up(model: Model, assessment: Assessment, words: Catalogue) -> list[str]:
    """Return for each account the points to its next class and the criterion that gets it there.

    Empty for an account of the best class or without one, for one whose class
    is forced, and where a gate that Why names already stands in the way.
    """
    ways, reasons = assessment.ways_up, assessment.reasons
    assert ways is not None
    assert reasons is not None
    texts = [""] * len(ways.target)
    known: dict[tuple[int, ...], str] = {}
    letters = model.letters()
    speaks = (ways.target >= 0) & ~reasons.forced & ~np.isnan(ways.short)
    for row in np.flatnonzero(speaks & (ways.gate >= 0) & (reasons.gate < 0)).tolist():
        letter, gate = letters[ways.target[row]], model.gates[ways.gate[row]]
        texts[row] = _say(words, "gate", letter=letter, reason=gate.reason)
    rows = np.flatnonzero(speaks & (ways.gate < 0))
    # Rounded up: a person who adds what is said is there.
    tenths = np.ceil(ways.short[rows] * 10 - 1e-6).astype(np.int64)
    marks = np.where(ways.criteria[rows] < 0, -1, 2 * ways.criteria[rows] + ways.unknown[rows])
    keys = zip(ways.target[rows].tolist(), tenths.tolist(), *marks.T.tolist(), strict=True)
    for row, key in zip(rows.tolist(), keys, strict=True):
        if key not in known:
            known[key] = _text(model, letters[key[0]], key[1] / 10, list(key[2:]), words)
        texts[row] = known[key]
    return texts


def _text(model: Model, letter: str, short: float, marks: list[int], words: Catalogue) -> str:
    names = [model.criteria[mark // 2].name for mark in marks if mark >= 0]
    if not names:
        return _say(words, "none", short=short, letter=letter)
    if len(names) == 1:
        key = "find_out" if marks[0] % 2 else "one"
        return _say(words, key, short=short, letter=letter, first=names[0])
    first, second = (
        _say(words, "unknown", criterion=name) if mark % 2 else name
        for name, mark in zip(names, marks, strict=True)
    )
    return _say(words, "two", short=short, letter=letter, first=first, second=second)


def _say(words: Catalogue, key: str, **details: object) -> str:
    return words.text("reasons", "way_up", key, **details)
