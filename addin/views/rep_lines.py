"""Classes by rep, turnover against last year, and visits needed against those that are possible."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from addin.views.portfolio_facts import Facts
from addin.views.scored import Scored
from addin.views.view import How, View
from addin.workbook.kept_rows import Row
from scoring.text import fold
from scoring.uses.steering import growth

__all__ = ["LINES", "VIEWS"]

LINES: Final = 12
"""Lines for reps: from one more on, the last one holds all the others."""
_CLASSES: Final = ("first", "second", "third", "fourth")
_DECIMALS: Final = 9

Bools = npt.NDArray[np.bool_]


def _rows(scored: Scored) -> list[Row]:
    facts = scored.once("facts", Facts)
    turnover = np.nan_to_num(facts.numbers("turnover"))
    totals: dict[str, float] = {}
    for rep, amount in zip(facts.reps.tolist(), turnover.tolist(), strict=True):
        totals[rep] = totals.get(rep, 0.0) + amount
    order = sorted(totals, key=lambda rep: (rep == "", -round(totals[rep], 2), fold(rep)))
    groups: list[tuple[str, int, Bools]] = [
        (rep or _text(scored, "no_rep"), int(rep != ""), facts.reps == rep) for rep in order[:LINES]
    ]
    rest = order[LINES - 1 :]
    if len(order) > LINES:
        others = np.isin(facts.reps.astype(str), rest)
        label = _text(scored, "other_reps", count=len(rest))
        groups[-1] = (label, sum(rep != "" for rep in rest), others)
    rows: list[Row] = [_row(facts, *group) for group in groups]
    rows += [{}] * (LINES - len(rows))
    everybody = np.ones(len(facts.reps), dtype=bool)
    return [*rows, _row(facts, _text(scored, "total"), sum(rep != "" for rep in order), everybody)]


def _text(scored: Scored, key: str, **details: object) -> str:
    return scored.words.text("template", "dashboard", key, **details)


def _row(facts: Facts, name: str, n_reps: int, mine: Bools) -> Row:
    """Return the line of some reps; what nobody can visit has no load."""
    places = facts.places[mine]
    counts = [float(np.count_nonzero(places == place)) for place in range(len(_CLASSES))]
    change = growth(facts.numbers("turnover")[mine], facts.numbers("turnover_1")[mine])
    needed, possible = float(facts.needed[mine].sum()), n_reps * facts.possible_visits()
    return {
        "rep": name,
        **dict(zip(_CLASSES, counts, strict=True)),
        "others": float(len(places) - sum(counts)),
        "turnover": round(math.fsum(np.nan_to_num(facts.numbers("turnover")[mine])), 2),
        "growth": None if math.isnan(change) else round(change, _DECIMALS),
        "needed": round(needed, 2),
        "possible": round(possible, 2) if n_reps else None,
        "load": round(needed / possible, _DECIMALS) if possible > 0 else None,
    }


VIEWS: Final = (View("replines", How.ANEW, _rows, always=True),)
