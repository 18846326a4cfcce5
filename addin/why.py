"""The reasons of a scoring as short texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from addin.catalogue import Catalogue
from addin.intake import Intake
from scoring import Assessment, Model
from scoring.reasons import Reasons
from scoring.terms import UNKNOWN_CLASS

__all__ = ["reason_texts"]


def reason_texts(intake: Intake, assessment: Assessment, words: Catalogue) -> list[str]:
    """Why each account has its class, strongest reasons first, one text an account."""
    model, reasons = intake.model, assessment.reasons
    if model is None or reasons is None:
        return []
    strongest = _strongest(model, reasons, words)
    classes = assessment.results["class"].astype(object).to_list()
    computed = assessment.results["computed"].astype(object).to_list()
    completeness = assessment.results["completeness"].to_list()
    special = (
        reasons.duplicate
        | reasons.forced
        | reasons.held_by_margin
        | (reasons.gate >= 0)
        | (np.array(computed, dtype=object) == UNKNOWN_CLASS)
    )
    texts = strongest
    for row in np.flatnonzero(special).tolist():
        first = ""
        if reasons.duplicate[row]:
            texts[row] = words.text("reasons", "duplicate")
            continue
        if reasons.forced[row]:
            first = words.text(
                "reasons", "forced", computed=computed[row], **_forced(intake, row, classes[row])
            )
        if computed[row] == UNKNOWN_CLASS:
            rest = _unknown(model, reasons, row, completeness[row], words)
        else:
            rest = texts[row]
            if reasons.gate[row] >= 0:
                gate = model.gates[reasons.gate[row]]
                letter = model.letters()[gate.best_class]
                rest = _join(words, words.text("reasons", "gate", letter=letter, reason=gate.reason), rest)
            elif reasons.held_by_margin[row] and not first:
                details = {"letter": computed[row], "margin": model.settings.margin}
                rest = _join(words, words.text("reasons", "margin", **details), rest)
        texts[row] = _join(words, first, rest) if first else rest
    return texts


def _join(words: Catalogue, *parts: str) -> str:
    return str(words.surface("reasons")["between"]).join(part for part in parts if part)


def _strongest(model: Model, reasons: Reasons, words: Catalogue) -> list[str]:
    names = [criterion.name for criterion in model.criteria]
    surface = words.surface("reasons")
    shown: dict[tuple[int, int], str] = {}

    def reason(position: int, points: float) -> str:
        key = (position, round(points))
        if key not in shown:
            shown[key] = words.text("reasons", "reason", criterion=names[position], points=points)
        return shown[key]

    def side(key: str, positions: Sequence[int], contributions: Sequence[float]) -> str:
        listed = ", ".join(reason(at, contributions[at]) for at in positions if at >= 0)
        return str(surface[key]).format(reasons=listed) if listed else ""

    texts = []
    for raising, lowering, contributions in zip(
        reasons.raising.tolist(), reasons.lowering.tolist(), reasons.contributions.tolist(), strict=True
    ):
        up, down = side("raising", raising, contributions), side("lowering", lowering, contributions)
        texts.append(_join(words, up, down) or str(surface["average"]))
    return texts


def _unknown(model: Model, reasons: Reasons, row: int, completeness: float, words: Catalogue) -> str:
    if reasons.nothing_applies[row]:
        return words.text("reasons", "nothing_applies")
    missing = [model.criteria[at].name for at in reasons.unknown[row].tolist() if at >= 0]
    return words.text(
        "reasons",
        "unknown",
        completeness=completeness,
        criteria=missing,
        low=reasons.lowest[row],
        high=reasons.highest[row],
    )


def _forced(intake: Intake, row: int, letter: str) -> dict[str, object]:
    accounts = intake.portfolio.accounts
    until = pd.Timestamp(str(accounts["forced_until"].iat[row])).date()
    return {
        "letter": letter,
        "until": until,
        "reason": accounts["forced_reason"].iat[row],
    }
