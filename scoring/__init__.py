"""Scoring of a portfolio of accounts by a transparent weighted sum model.

Tables in, tables out: pandas DataFrames and frozen dataclasses, no Excel, no
files, no clock, no language. :func:`scoring.read_model.read_model` reads the company's criteria,
:func:`assess` scores and classes every account.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from scoring.assessment import Assessment, assess
    from scoring.faults import Fault
    from scoring.model import Criterion, Gate, Model, Points, ScoreClass, Settings

__all__ = [
    "Assessment",
    "Criterion",
    "Fault",
    "Gate",
    "Model",
    "Points",
    "ScoreClass",
    "Settings",
    "assess",
]

_HOMES: Final = {
    "Assessment": "scoring.assessment",
    "assess": "scoring.assessment",
    "Fault": "scoring.faults",
    "Criterion": "scoring.model",
    "Gate": "scoring.model",
    "Model": "scoring.model",
    "Points": "scoring.model",
    "ScoreClass": "scoring.model",
    "Settings": "scoring.model",
}
"""Where the names are: a command that scores nothing, such as a help, does not wait for pandas to load."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name]), name)
