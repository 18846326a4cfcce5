"""Portfolios and models in one line, for tests that look at one rule of the scoring."""

import datetime as dt

import numpy as np
import pandas as pd

from scoring import Criterion, Model, ScoreClass, Settings, assess

ON = dt.date(2026, 11, 23)
UNKNOWN = np.nan
CLASSES = (("A", 75.0, 0.1), ("B", 55.0, 0.2), ("C", 35.0, 0.3), ("D", 0.0, 0.4))
NOTE = Criterion("Note", "growth", None, 1.0, "note")


def model(*criteria, classes=CLASSES, gates=(), **settings):
    """A model; without a margin, with any completeness and all criteria in use unless it is said."""
    settings = {"margin": 0.0, "min_completeness": 0.0, "in_use_from": 0.0} | settings
    classes = tuple(ScoreClass(letter, f"Class {letter}", least, share) for letter, least, share in classes)
    return Model(criteria or (NOTE,), classes, tuple(gates), Settings(**settings))


def accounts(**columns):
    """Accounts by column, with codes of their own where none are given."""
    lengths = {len(values) for values in columns.values()}
    codes = [f"C{n}" for n in range(*lengths)]
    return pd.DataFrame({"account": codes, **columns})


def scored(scores, **columns):
    """Accounts that the shipped model of one note gives these scores."""
    return accounts(growth=np.array(scores, dtype=float) / 10, **columns)


def results(portfolio, used=None, on=ON):
    return assess(portfolio, used or model(), on).results


def letters(portfolio, used=None, column="computed", on=ON):
    """Classes of the accounts as one text, such as ``"AB?D"``."""
    return "".join(results(portfolio, used, on)[column].astype(str))


def points(criterion, values, column="own"):
    """Points of a criterion alone for each value of its column [0-10]; NaN where there are none."""
    alone = model(criterion)
    return (results(accounts(**{column: values}), alone)["score"] / 10).tolist()
