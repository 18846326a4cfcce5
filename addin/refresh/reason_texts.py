"""The reasons of a scoring as short texts: the column Why."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from addin.catalogue import Catalogue
from addin.refresh.short_way_up import short_ways_up
from addin.refresh.strongest_reasons import criterion_name, strongest_reasons
from addin.workbook.read_workbook import Intake
from scoring import Assessment, Model
from scoring.classes import NONE
from scoring.terms import UNKNOWN_CLASS
from scoring.weighted_sum import SCORE_DECIMALS

__all__ = ["reason_texts"]

_WELL_KNOWN = 0.7
"""From this completeness on what is unknown is no news."""
_AMOUNT_OF = {"new": "turnover", "returned": "turnover", "lost": "turnover_1", "dormant": "turnover_2"}
"""The turnover that a state is about."""


def reason_texts(intake: Intake, assessment: Assessment, words: Catalogue) -> list[str]:
    """Why each account has its class, strongest reasons first, one text an account.

    What comes first is what stands out: the state of one that is not simply
    active, then an override, then what is unknown or keeps a class away.
    """
    model, reasons = intake.model, assessment.reasons
    if model is None or reasons is None:
        return []
    return _Texts(intake, model, assessment, words).texts()


class _Texts:
    """The texts of all accounts, in one language."""

    def __init__(self, intake: Intake, model: Model, assessment: Assessment, words: Catalogue) -> None:
        assert assessment.reasons is not None
        results = assessment.results
        self._accounts, self._model, self._words = intake.portfolio.accounts, model, words
        self._reasons = assessment.reasons
        self._classes = results["class"].astype(object).to_list()
        self._computed = results["computed"].astype(object).to_list()
        self._completeness = results["completeness"].to_list()
        self._scores = results["score"].to_list()
        self._states = results["state"].astype(object).to_numpy()
        self._ways_up = short_ways_up(model, assessment, words)
        self._between = str(words.surface("reasons")["between"])

    def texts(self) -> list[str]:
        reasons = self._reasons
        texts = [
            self._join(strongest, way_up)
            for strongest, way_up in zip(
                strongest_reasons(self._model, reasons, self._words), self._ways_up, strict=True
            )
        ]
        completeness = np.array(self._completeness, dtype=np.float64)
        unknown = np.array(self._computed, dtype=object) == UNKNOWN_CLASS
        special = (
            reasons.duplicate
            | reasons.forced
            | reasons.held_by_margin
            | reasons.just_short
            | (reasons.gate >= 0)
            | unknown
            | (np.nan_to_num(completeness) < _WELL_KNOWN)
            | np.isin(self._states.astype(str), list(_AMOUNT_OF))
        )
        for row in np.flatnonzero(special).tolist():
            if reasons.duplicate[row]:
                texts[row] = self._join(self._state(row), self._say("duplicate"), self._unknown_rest(row))
                continue
            texts[row] = self._join(self._state(row), self._override(row), *self._rest(row, texts[row]))
        return texts

    def _say(self, *keys: str, **details: object) -> str:
        return self._words.text("reasons", *keys, **details)

    def _join(self, *parts: str) -> str:
        return self._between.join([part for part in parts if part])

    def _state(self, row: int) -> str:
        """Say in what state an account is that is not simply active, with the money that it is about."""
        column = _AMOUNT_OF.get(str(self._states[row]))
        if column is None:
            return ""
        return self._say("states", str(self._states[row]), amount=self._accounts[column].iat[row])

    def _override(self, row: int) -> str:
        if not self._reasons.forced[row]:
            return ""
        details = {
            "letter": self._classes[row],
            "until": pd.Timestamp(str(self._accounts["forced_until"].iat[row])).date(),
            "reason": self._accounts["forced_reason"].iat[row],
        }
        return self._say("forced", computed=self._computed[row], **details)

    def _rest(self, row: int, strongest: str) -> list[str]:
        """Say what keeps a class away, the strongest reasons, and what is unknown."""
        if self._computed[row] == UNKNOWN_CLASS:
            return self._unknown(row)
        return [self._in_the_way(row), strongest, self._unknown_rest(row)]

    def _in_the_way(self, row: int) -> str:
        reasons, model = self._reasons, self._model
        if reasons.gate[row] >= 0:
            gate = model.gates[reasons.gate[row]]
            return self._say("gate", letter=model.letters()[gate.best_class], reason=gate.reason)
        if reasons.forced[row]:
            return ""
        if reasons.held_by_margin[row]:
            return self._say("margin", letter=self._computed[row], margin=model.settings.margin)
        return self._just_short(row) if reasons.just_short[row] else ""

    def _just_short(self, row: int) -> str:
        """Say which class a score misses that its one decimal seems to reach."""
        missed = self._model.classes[self._model.letters().index(self._computed[row]) - 1]
        # Never rounded up to what it misses; but 74.96 * 100 is not quite 7496.
        shown = math.floor(round(self._scores[row] * 100, SCORE_DECIMALS)) / 100
        return self._say("just_short", letter=missed.letter, score=shown, target=missed.min_score)

    def _missing(self, row: int) -> list[str]:
        positions = [at for at in self._reasons.unknown[row].tolist() if at >= 0]
        return [self._model.criteria[at].name for at in positions]

    def _unknown(self, row: int) -> list[str]:
        """Say what to find out, and which class what is known alone would give."""
        reasons = self._reasons
        if reasons.nothing_applies[row]:
            return [self._say("nothing_applies")]
        by_known = int(reasons.known_part[row])
        known = "" if by_known == NONE else self._say("known_part", letter=self._model.letters()[by_known])
        details = {
            "completeness": self._completeness[row],
            "criteria": self._missing(row),
            "low": reasons.lowest[row],
            "high": reasons.highest[row],
        }
        return [known, self._say("unknown", **details)]

    def _unknown_rest(self, row: int) -> str:
        """Say how much is unknown of an account that has a score all the same."""
        missing = self._missing(row)
        if self._completeness[row] >= _WELL_KNOWN or not missing:
            return ""
        heaviest = criterion_name(
            self._model, int(self._reasons.unknown[row, 0]), self._words, one_year=False
        )
        return self._say("rest_unknown", share=1 - self._completeness[row], criterion=heaviest)
