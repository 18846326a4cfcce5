"""What Excel lets a person type into a column or a setting: the rule, and the key of what it says."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from addin.template.words import Words
from addin.workbook.definitions import NUMBERS, Column, FilledBy, Holds, Setting
from scoring.model import SIGNS

__all__ = ["Rule", "rule_of"]

Rule = tuple[str, dict[str, Any]]
"""Key of the message, and the rule as XlsxWriter takes it."""

_EARLIEST: Final = dt.date(1990, 1, 1)
_USUAL: Final = {Holds.NOTE: "note", Holds.SHARE: "share", Holds.MONEY: "positive"}


def rule_of(one: Column | Setting, words: Words) -> Rule | None:
    """Return the rule for what is typed, None where anything may be.

    Parameters
    ----------
    one
        The column or the setting.
    words
        The language of its words.
    """
    if isinstance(one, Column) and one.filled_by in (FilledBy.REFRESH, FilledBy.IMPORT_ALONE):
        return None
    if isinstance(one, Column) and one.source:
        kind = {} if one.strict else {"error_type": "warning"}
        return one.message or "class", {"validate": "list", "source": f"={one.source}"} | kind
    if one.words:
        return _of_words(one, words)
    if one.holds in (Holds.DATE, Holds.MOMENT):
        return "date", {"validate": "date", "criteria": ">=", "value": _EARLIEST}
    if one.holds in NUMBERS and (one.least is not None or one.most is not None):
        return _of_numbers(one)
    return None


def _of_words(one: Column | Setting, words: Words) -> Rule:
    listed = words.listed(one.words)
    if one.holds is Holds.CONDITION:
        listed = [*SIGNS, *listed]
    rule: dict[str, Any] = {"validate": "list", "source": listed}
    if isinstance(one, Setting):
        rule["ignore_blank"] = False
    if one.holds is Holds.STATUSES:  # several with a comma: Excel only tells of the list
        return "applies_to", rule | {"error_type": "information"}
    return "list", rule


def _of_numbers(one: Column | Setting) -> Rule:
    whole = isinstance(one, Setting) and one.whole
    rule: dict[str, Any] = {"validate": "integer" if whole else "decimal"}
    if one.most is None:
        return one.message or "positive", rule | {"criteria": ">=", "value": one.least}
    bounds = {"criteria": "between", "minimum": one.least, "maximum": one.most}
    return one.message or _USUAL.get(one.holds, "positive"), rule | bounds
