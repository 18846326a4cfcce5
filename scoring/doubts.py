"""What is odd about a portfolio as a whole: nothing stops, but a person should know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from scoring.classes import NONE
from scoring.columns import Accounts
from scoring.faults import Fault
from scoring.loss_risk import LEAST, LossRisk
from scoring.measured import Classed
from scoring.model import Model

__all__ = ["doubts", "risk_doubts"]

LEAST_CLASSED: Final = 20
"""With fewer accounts of a class nothing can be said of how they spread."""
_MOST_IN_ONE: Final = 0.7


def doubts(table: Accounts, model: Model, classed: Classed) -> Iterator[Fault]:
    """Yield what is odd about a portfolio as it is classed.

    Parameters
    ----------
    table, model
        The accounts and how they are scored.
    classed
        What came of it.
    """
    if not model.criteria:
        yield Fault("criteria", None, "weight", "no_weight_counts", "give_a_weight")
    yield from _spread(model, classed)
    yield from _below_zero(table)


def risk_doubts(risk: LossRisk) -> Iterator[Fault]:
    """Yield for whom there is no loss risk, and when it knows less than it could."""
    rows = np.flatnonzero(risk.unplaced())
    if len(rows):
        details = {"count": len(rows)}
        yield Fault("accounts", int(rows[0]), "purchases", "risk_unknown", "import_purchases", details)
    if risk.by_days:
        row = int(np.flatnonzero(risk.buyers)[0])
        yield Fault("accounts", row, "purchases", "risk_by_days", "import_purchases", {"least": LEAST})


def _spread(model: Model, classed: Classed) -> Iterator[Fault]:
    """Most accounts in one class, an empty class, a class fuller than its share allows."""
    counts = np.bincount(classed.computed[classed.computed != NONE], minlength=len(model.classes))
    n_classed = int(counts.sum())
    letters = model.letters()
    if model.settings.method == "quota":
        for letter, share, count in zip(letters, model.shares().tolist(), counts.tolist(), strict=True):
            if count > share * n_classed + max(1.0, 0.1 * n_classed):
                details = {"letter": letter, "share": share, "count": count, "accounts": n_classed}
                yield Fault("classes", None, "share", "ties_fill_a_class", "tell_apart", details)
    if n_classed < LEAST_CLASSED:
        return
    table, remedy = (
        ("classes", "look_at_shares") if model.settings.method == "quota" else ("scales", "fit_scales")
    )
    fullest = int(counts.argmax())
    if counts[fullest] > _MOST_IN_ONE * n_classed:
        details = {"letter": letters[fullest], "share": counts[fullest] / n_classed}
        yield Fault(table, None, None, "most_in_one_class", remedy, details)
    else:
        empty = [letter for letter, count in zip(letters, counts.tolist(), strict=True) if not count]
        if empty:
            yield Fault(table, None, None, "class_empty", remedy, {"letters": empty})


def _below_zero(table: Accounts) -> Iterator[Fault]:
    """Turnover below 0, told once: shares and curves leave it out."""
    turnover = table.numbers("turnover")
    rows = np.flatnonzero(np.nan_to_num(turnover) < 0)
    if len(rows):
        details = {"count": len(rows), "amount": float(turnover[rows].sum())}
        yield Fault(
            "accounts", int(rows[0]), "turnover", "turnover_below_zero", "check_credit_notes", details
        )
