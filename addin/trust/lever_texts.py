"""What would raise the class of an account, in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from addin.catalogue import Catalogue
from addin.trust.shown_values import shown
from addin.workbook.own_columns import header_of, is_own
from addin.workbook.read_workbook import Intake
from scoring.explanation import Explanation
from scoring.levers import Change, Lever
from scoring.model import Model
from scoring.terms import UNKNOWN_CLASS
from scoring.text import entry

__all__ = ["way_up", "written_entries"]

_MOST_LEVERS: Final = 4


def way_up(intake: Intake, model: Model, found: Explanation, letter: str, words: Catalogue) -> str:
    """Say what would raise the class: values that reach the next one, or the gate that keeps it away.

    Parameters
    ----------
    intake, model, found
        The workbook, its model, and the account explained.
    letter
        The computed class.
    words
        The language to say it in.
    """
    if not found.next_class:
        return ""
    lines = []
    if found.gate >= 0:
        lines.append(_say(words, "gate", letter=found.next_class, reason=model.gates[found.gate].reason))
    unknown, unbounded = letter == UNKNOWN_CLASS, found.gate >= 0 or math.isnan(found.target)
    details = {"letter": found.next_class, "target": found.target}
    if found.levers:
        number = "pair" if len(found.levers[0].changes) > 1 else "levers"
        kind = "_unknown" if unknown else "_gate" if unbounded else "_margin" if found.with_margin else ""
        lines.append(_say(words, number + kind, **details))
        for lever in found.levers[:_MOST_LEVERS]:
            lines += _lines(intake, model, found, lever, words)
    elif not (unknown or unbounded):
        lines.append(_say(words, "no_lever", **details))
    if lines and found.by_last_limits:
        lines.append(_say(words, "last_limits"))
    return "\n".join(lines)


def _lines(intake: Intake, model: Model, found: Explanation, lever: Lever, words: Catalogue) -> list[str]:
    reached = model.letters()[lever.class_after]
    lines = [_line(intake, model, change, words) for change in lever.changes[:-1]]
    last = lever.changes[-1]
    if reached == found.next_class:
        return [*lines, _line(intake, model, last, words)]
    return [*lines, _line(intake, model, last, words, "lever_better", letter=reached)]


def _line(
    intake: Intake, model: Model, change: Change, words: Catalogue, key: str = "lever", **more: object
) -> str:
    criterion = model.criteria[change.criterion]
    name = criterion.name if criterion.column == change.column else _header(change.column, words)
    value = (
        written_entries(intake).get(change.value, change.value) if criterion.scale == "list" else change.value
    )
    now = _say(words, "not_known") if change.current is None else shown(change.current, change.column, words)
    details = {"criterion": name, "value": shown(value, change.column, words), "current": now}
    return _say(words, key, **details, **more)


def _header(column: str, words: Catalogue) -> str:
    return header_of(column) if is_own(column) else words.header("accounts", column)


def written_entries(intake: Intake) -> Mapping[Any, str]:
    """Return the entries of list scales as they are written on the sheet Scales."""
    values = intake.layout.named["scales"].cells("value")
    return {entry(value): value for value in values if isinstance(value, str)}


def _say(words: Catalogue, key: str, **details: object) -> str:
    return words.text("ribbon", "explained", key, **details)
