"""Portfolios and models as hypothesis draws them."""

import datetime as dt

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from scoring import Criterion, Gate, Model, Points, ScoreClass, Settings

ON = dt.date(2026, 11, 23)
LETTERS = ("A", "B", "C", "D")

amounts = st.one_of(st.none(), st.integers(-1000, 500_000).map(float), st.floats(0, 1e6, allow_nan=False))
notes = st.one_of(st.none(), st.floats(-1, 11, allow_nan=False), st.integers(0, 10).map(float))
statuses = st.sampled_from(["client", "prospect", "suspect", None])
words = st.sampled_from(["Good", "good ", "WEAK", "Élevé", "eleve", "other", "", None])


@st.composite
def accounts(draw, *, least=0, most=12):
    rows = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "status": statuses,
                    "turnover": amounts,
                    "turnover_1": amounts,
                    "turnover_2": amounts,
                    "potential": amounts,
                    "solidity": words,
                    "days_late": amounts,
                    "growth": notes,
                    "class": st.sampled_from([*LETTERS, "?", "", None]),
                    "held": st.sampled_from([*LETTERS, "?", "Z", "", None, None]),
                    "computed": st.sampled_from([*LETTERS, "?", "", None]),
                    "previous": st.sampled_from([*LETTERS, "?", "", None]),
                    "forced": st.sampled_from([None, None, "A", "d", "Z"]),
                    "forced_reason": st.sampled_from([None, "key account"]),
                    "forced_until": st.sampled_from(
                        [None, dt.datetime(2026, 11, 23), dt.datetime(2026, 11, 22)]
                    ),
                }
            ),
            min_size=least,
            max_size=most,
        )
    )
    codes = [f"C{position}" for position in range(len(rows))]
    if codes and draw(st.booleans()):
        codes[-1] = draw(st.sampled_from(["c0", f"C{len(codes) - 1}"]))
    return frame(rows, codes)


def frame(rows, codes):
    """The rows as scoring takes them."""
    numbers = ("turnover", "turnover_1", "turnover_2", "potential", "days_late", "growth")
    columns = {"account": np.array(codes, dtype=object)}
    for key in ("status", "solidity", "class", "held", "computed", "previous", "forced", "forced_reason"):
        columns[key] = np.array([row[key] for row in rows], dtype=object)
    for key in numbers:
        columns[key] = np.array([np.nan if row[key] is None else row[key] for row in rows], dtype=float)
    dates = pd.Series([row["forced_until"] for row in rows], dtype=object)
    columns["forced_until"] = pd.to_datetime(dates).astype("datetime64[us]")
    return pd.DataFrame(columns, index=pd.RangeIndex(len(rows)))


weights = st.one_of(st.integers(1, 50).map(float), st.floats(0.01, 100, allow_nan=False))
missing = st.sampled_from(["skip", "zero", "neutral"])
applies = st.sampled_from([None, frozenset({"client"}), frozenset({"prospect", "suspect"})])
ASCENDING = Points((0.0, 10e3, 50e3, 200e3), (0.0, 2.0, 6.0, 10.0))
LATE = Points((0.0, 30.0, 60.0), (10.0, 6.0, 0.0))
SOLIDITY = Points(entries={"good": 8.0, "weak": 2.0, "eleve": 10.0})


@st.composite
def criteria(draw):
    shapes = [
        ("Turnover", "turnover", "linear", ASCENDING),
        ("Trend", "trend", "linear", Points((-0.5, 0.0, 0.5), (0.0, 5.0, 10.0))),
        ("Potential", "potential", draw(st.sampled_from(["steps", "linear"])), ASCENDING),
        ("Rank", "potential", "rank", None),
        ("Solidity", "solidity", "list", SOLIDITY),
        ("Late", "days_late", "linear", LATE),
        ("Growth", "growth", "note", None),
    ]
    chosen = draw(st.lists(st.sampled_from(shapes), unique_by=lambda shape: shape[0], max_size=7))
    return tuple(
        Criterion(
            name,
            column,
            draw(applies),
            draw(weights),
            scale,
            points,
            draw(st.booleans()) and scale == "rank",
            draw(missing),
        )
        for name, column, scale, points in chosen
    )


@st.composite
def models(draw, *, method=None):
    gates = draw(
        st.lists(
            st.sampled_from(
                [
                    Gate("solidity", "=", "weak", 2, "weak"),
                    Gate("days_late", ">", 60.0, 2, "late"),
                    Gate("potential", "unknown", None, 1, "potential unknown"),
                    Gate("state", "=", "lost", 3, "lost"),
                    Gate("completeness", "<", 0.7, 1, "little known"),
                ]
            ),
            unique=True,
            max_size=3,
        )
    )
    settings = Settings(
        method=method or draw(st.sampled_from(["cutoffs", "quota", "breaks"])),
        margin=draw(st.sampled_from([0.0, 3.0, 12.5])),
        min_completeness=draw(st.sampled_from([0.0, 0.5, 1.0])),
    )
    classes = tuple(
        ScoreClass(letter, f"Label {letter}", cutoff, share)
        for letter, cutoff, share in zip(LETTERS, (75.0, 55.0, 35.0, 0.0), (0.1, 0.2, 0.3, 0.4), strict=True)
    )
    return Model(draw(criteria()), classes, tuple(gates), settings)
