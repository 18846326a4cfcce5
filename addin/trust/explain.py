"""Explain: why an account has its class, what would raise it, and its score by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd

from addin.catalogue import Phrase
from addin.refusals import Refusal
from addin.trust.by_hand import by_hand_rows
from addin.trust.lever_texts import way_up, written_entries
from addin.trust.shown_values import shown
from addin.uses.result import Record, Result, Value
from addin.views.scored import Scored
from addin.workbook.typed_cells import read_text
from scoring.columns import Accounts
from scoring.explanation import Explanation, Part
from scoring.explanation import explain as explain_score
from scoring.gates import holds
from scoring.levers import Lever
from scoring.terms import STATUSES

__all__ = ["BARS", "ExplainResult", "explain"]

BARS: Final = 9
"""Criteria that the chart shows one by one; of more, the last ones share a bar."""


_TABLES: Final = ("explain", "levers", "explainwords", "waterfall", "byhand")


@dataclass(frozen=True, slots=True)
class ExplainResult(Result):
    """What is said of one account.

    Attributes
    ----------
    told
        Everything about it, for a program; empty where there is no account.
    found
        The explanation; None where there is no account.
    """

    told: Mapping[str, object] = field(default_factory=dict)
    found: Explanation | None = None


def explain(scored: Scored, *, account: str | None = None) -> Result:
    """Explain an account: the one that was asked for, else the one that the sheet names, else the best.

    Raises
    ------
    Refusal
        If the account that was asked for is none.
    """
    accounts = scored.intake.portfolio.accounts
    codes = accounts["account"].astype(str).to_list()
    typed = account or _typed(scored)
    row = _row_of(codes, typed) if typed else _best(scored, codes)
    if row is None:
        if account is not None:
            raise Refusal("no_such_account", account=account)
        notes = [_note("unknown_account", account=typed)] if typed else [_note("empty")]
        head: list[Record] = [{"account": typed or None}]
        tables: dict[str, Sequence[Record]] = {key: [] for key in _TABLES}
        return ExplainResult({"explainaccount": head, **tables}, notes=notes)
    # As the workbook will hold it once this refresh is written: the next one finds the same.
    found = explain_score(
        accounts.assign(held=scored.assessment.results["held"].astype(object).to_numpy()),
        scored.model,
        scored.intake.reference_date,
        row,
    )
    return _Account(scored, found, codes[row]).result()


def _typed(scored: Scored) -> str:
    located = scored.intake.layout.named.get("explainaccount")
    cells = located.cells("account") if located is not None else []
    text = read_text(cells[0]) if cells else None
    return text if isinstance(text, str) else ""


def _row_of(codes: Sequence[str], wanted: str) -> int | None:
    folded = wanted.casefold()
    return next((row for row, code in enumerate(codes) if code.casefold() == folded), None)


def _best(scored: Scored, codes: Sequence[str]) -> int | None:
    """Return the account of the best score, of equal ones the first code."""
    scores = scored.assessment.results["score"].fillna(-1.0).to_list()
    return min(range(len(codes)), key=lambda row: (-scores[row], codes[row].casefold()), default=None)


class _Account:
    """One account, told to people and to programs."""

    def __init__(self, scored: Scored, found: Explanation, code: str) -> None:
        self.scored, self.found, self.code, self.row = scored, found, code, found.row
        self.model, self.words = scored.model, scored.words
        self.results = found.assessment.results
        score = float(self.results["score"].to_numpy(dtype=np.float64)[self.row])
        self.score = None if math.isnan(score) else score

    def result(self) -> ExplainResult:
        notes = []
        if self.score is None:
            notes.append(_note("unscored"))
        return ExplainResult(
            {
                "explainaccount": [self._head()],
                "explain": [self._criterion(part) for part in self.found.parts],
                "levers": [record for lever in self.found.levers for record in self._lever(lever)],
                "explainwords": [self._words()],
                "waterfall": _waterfall(self._steps()) if self.score is not None else [],
                "byhand": by_hand_rows(self.scored, self.row),
            },
            notes=notes,
            told=self.told(),
            found=self.found,
        )

    def told(self) -> dict[str, object]:
        """Return everything, for a program."""
        head = self._head()
        return {
            **{key: head[key] for key in ("account", "name", "score", "mean", "class")},
            "range": {"low": head["low"], "high": head["high"]},
            "completeness": head["completeness"],
            "criteria": [
                {**self._criterion(part), "value": part.value, "share": part.share}
                for part in self.found.parts
            ],
            "gates": self._gates(),
            "forced": self._forced(),
            "levers": [self._lever_told(lever) for lever in self.found.levers],
            "by_last_limits": self.found.by_last_limits,
        }

    def _head(self) -> dict[str, Any]:
        accounts, reasons = self.scored.intake.portfolio.accounts, self.found.assessment.reasons
        assert reasons is not None
        name = accounts["name"].iat[self.row] if "name" in accounts else None
        status = accounts["status"].iat[self.row] if "status" in accounts else None
        low, high = (float(one[self.row]) for one in (reasons.lowest, reasons.highest))
        completeness = float(self.results["completeness"].to_numpy(dtype=np.float64)[self.row])
        return {
            "account": self.code,
            "name": name if isinstance(name, str) else None,
            "status": status if status in STATUSES else None,
            "class": str(self.results["class"].iat[self.row]),
            "score": self.score,
            "mean": self.found.mean if self.score is not None else None,
            "completeness": _number(completeness),
            "low": _number(low),
            "high": _number(high),
        }

    def _words(self) -> Record:
        computed = str(self.results["computed"].iat[self.row])
        return {
            "exact": self.score,
            "reasons": str(self.scored.cells["reasons"][self.row] or "") or None,
            "way_up": way_up(self.scored.intake, self.model, self.found, computed, self.words) or None,
        }

    def _criterion(self, part: Part) -> dict[str, Any]:
        criterion = self.model.criteria[part.criterion]
        known = part.value is not None
        return {
            "criterion": criterion.name,
            "value": shown(part.value, criterion.column, self.words, decimals=2) if known else None,
            "points": _number(part.points),
            "weight": part.weight,
            "share": part.share,
            "contribution": part.contribution,
            "known": known,
        }

    def _lever(self, lever: Lever) -> list[Record]:
        """Return a row for each value to set; the outcome stands beside the last."""
        outcome: dict[str, Value] = {
            "score_after": lever.score_after,
            "class_after": self.model.letters()[lever.class_after],
        }
        rows: list[Record] = []
        for place, change in enumerate(lever.changes, start=1):
            column, value = change.column, self._to(change.column, change.value)
            name = self._named(change.criterion, column)
            last = place == len(lever.changes)
            rows.append(
                {
                    "criterion": name
                    if place == 1
                    else self.words.text("views", "explain", "and", name=name),
                    "from": Phrase("ribbon", ("explained", "not_known"))
                    if change.current is None
                    else shown(change.current, column, self.words),
                    "to": shown(value, column, self.words),
                    **(outcome if last else {}),
                }
            )
        return rows

    def _named(self, criterion: int, column: str) -> str:
        found = self.model.criteria[criterion]
        return found.name if found.column == column else self.words.header("accounts", column)

    def _lever_told(self, lever: Lever) -> dict[str, object]:
        criteria = [self.model.criteria[one.criterion].name for one in lever.changes]
        now = [one.current for one in lever.changes]
        then = [self._to(one.column, one.value) for one in lever.changes]
        single = len(criteria) == 1
        return {
            "criterion": criteria[0] if single else criteria,
            "from": now[0] if single else now,
            "to": then[0] if single else then,
            "score_after": lever.score_after,
            "class_after": self.model.letters()[lever.class_after],
        }

    def _to(self, column: str, value: float | str) -> float | str:
        """Return a value as it is written on the sheet Scales."""
        lists = any(one.column == column and one.scale == "list" for one in self.model.criteria)
        return written_entries(self.scored.intake).get(value, value) if lists else value

    def _gates(self) -> list[dict[str, object]]:
        table = Accounts(self.scored.intake.portfolio.accounts)
        columns = table.with_completeness(self.results["completeness"].to_numpy(dtype=np.float64))
        return [
            {"reason": gate.reason, "best_class": self.model.letters()[gate.best_class]}
            for gate in self.model.gates
            if holds(gate, columns(gate.column).iloc[[self.row]])[0]
        ]

    def _forced(self) -> dict[str, object] | None:
        reasons = self.found.assessment.reasons
        assert reasons is not None
        if not reasons.forced[self.row]:
            return None
        accounts = self.scored.intake.portfolio.accounts
        until = pd.Timestamp(str(accounts["forced_until"].iat[self.row])).date()
        return {
            "class": str(self.results["class"].iat[self.row]),
            "until": until,
            "reason": str(accounts["forced_reason"].iat[self.row]),
        }

    def _steps(self) -> list[tuple[str, float]]:
        """Return the bars of the chart: the mean, the contributions, the score."""
        parts = list(self.found.parts)
        single, rest = (parts, []) if len(parts) <= BARS else (parts[: BARS - 1], parts[BARS - 1 :])
        steps = [(self.model.criteria[part.criterion].name, part.contribution) for part in single]
        if rest:
            others = self.words.text("views", "explain", "others")
            steps.append((others, sum(part.contribution for part in rest)))
        steps.sort(key=lambda step: -step[1])  # up first, then down: no bar leaves the chart
        mean, score = (self.words.text("views", "explain", key) for key in ("mean", "score"))
        return [(mean, self.found.mean), *steps, (score, self.score or 0.0)]


def _waterfall(steps: Sequence[tuple[str, float]]) -> list[Record]:
    """Return the bars as stacked columns: what lies under each is not drawn."""
    (first, mean), *middle, (last, score) = steps
    rows: list[Record] = [{"step": first, "whole": mean}]
    level = mean
    for name, size in middle:
        rows.append(
            {
                "step": name,
                "base": min(level, level + size),
                "rise": size if size > 0 else None,
                "fall": -size if size < 0 else None,
            }
        )
        level += size
    return [*rows, {"step": last, "whole": score}]


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("explain", key), details)
