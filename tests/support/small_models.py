"""Criteria, models of two classes and portfolios of one account, for worked values."""

import pandas as pd

from scoring import Criterion, Model, Points, ScoreClass, Settings

TURNOVER = Criterion("Turnover", "turnover", None, 1, "linear", Points((0.0, 100e3), (0.0, 10.0)))
TREND = Criterion("Trend", "trend", None, 1, "linear", Points((-1.0, 1.0), (0.0, 10.0)))
POTENTIAL = Criterion("Potential", "potential", None, 1, "linear", Points((0.0, 100e3), (0.0, 10.0)))
NOTE = Criterion("Growth", "growth", None, 1, "note")
WORDS = Criterion("Solidity", "solidity", None, 1, "list", Points(entries={"good": 8.0, "fair": 5.0}))
LATE = Criterion("Late", "days_late", None, 1, "linear", Points((0.0, 30.0, 60.0), (10.0, 6.0, 0.0)))
LATE_STEPS = Criterion("Late", "days_late", None, 1, "steps", Points((0.0, 30.0, 60.0), (10.0, 5.0, 0.0)))
STEPS = Criterion("Turnover", "turnover", None, 1, "steps", Points((0.0, 10e3, 50e3), (0.0, 4.0, 9.0)))


def classed(*criteria, cutoff=50.0, gates=(), **settings):
    """A model of two classes, A from the cut-off on."""
    letters = (ScoreClass("A", "", cutoff, 0.5), ScoreClass("B", "", 0, 0.5))
    return Model(criteria, letters, gates, Settings(**({"min_completeness": 0.0} | settings)))


def account(**values):
    return pd.DataFrame({"account": ["1"], **{key: [value] for key, value in values.items()}})
