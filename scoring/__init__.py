"""Scoring of a portfolio of accounts by a transparent weighted sum model.

Tables in, tables out: pandas DataFrames and frozen dataclasses, no Excel, no
files, no clock, no language. :func:`read_model` reads the company's criteria,
:func:`assess` scores and classes every account.
"""

from __future__ import annotations

from scoring.assess import Assessment, assess
from scoring.faults import Fault
from scoring.model import Criterion, Gate, Model, Points, ScoreClass, Settings
from scoring.read_model import read_model

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
    "read_model",
]
