"""Why accounts are held: the gates that apply to them, in the company's own words."""

from __future__ import annotations

import numpy as np

from addin.views.scored import Scored
from scoring.uses.holds import applying_gates

__all__ = ["gate_reasons"]


def gate_reasons(scored: Scored) -> list[list[str]]:
    """Return the reasons of the gates that apply to each account of the portfolio."""
    gates = scored.model.gates
    completeness = scored.assessment.results["completeness"].to_numpy(dtype=np.float64)
    applies = applying_gates(scored.intake.portfolio.accounts, completeness, gates)
    reasons = [gate.reason or f"{gate.column} {gate.condition} {gate.value or ''}".strip() for gate in gates]
    found: list[list[str]] = [[] for _ in range(len(applies))]
    for row, place in zip(*(at.tolist() for at in np.nonzero(applies)), strict=True):
        found[row].append(reasons[place])
    return found
