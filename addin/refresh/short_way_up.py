"""The short way up as it stands at the end of Why: how far the next class is, and what leads there."""

from __future__ import annotations

import math

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
    for row in np.flatnonzero(speaks).tolist():
        letter, gate = letters[ways.target[row]], int(ways.gate[row])
        if gate >= 0:
            if reasons.gate[row] < 0:
                texts[row] = _say(words, "gate", letter=letter, reason=model.gates[gate].reason)
            continue
        # Rounded up: a person who adds what is said is there.
        tenths = math.ceil(ways.short[row] * 10 - 1e-6)
        pairs = zip(ways.criteria[row].tolist(), ways.unknown[row].tolist(), strict=True)
        marks = [-1 if at < 0 else 2 * at + int(unknown) for at, unknown in pairs]
        key = (int(ways.target[row]), tenths, *marks)
        if key not in known:
            known[key] = _text(model, letter, tenths / 10, marks, words)
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
