"""Moves: the classes of today against those of a day, each change split into what made it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.catalogue import Phrase
from addin.uses import past
from addin.uses.accounts import scored_accounts
from addin.uses.result import Record, Result
from addin.views.models import kept_model
from addin.views.scored import Scored
from addin.workbook.account_tables import read_accounts
from addin.workbook.typed_cells import read_date, read_text
from scoring import gates, portfolio
from scoring.columns import Accounts
from scoring.model import Model
from scoring.trust.moves import classes_under, half_way, reasons_of, without_margin
from scoring.uses.review import class_matrix, classes_at
from scoring.uses.worklist import months_before

__all__ = ["moves"]

_YEAR: Final = 12
Letters = npt.NDArray[np.object_]


def moves(scored: Scored, *, since: dt.date | None = None) -> Result:
    """Compare the classes with those of a day; if none is asked, a year ago or the first one known."""
    history = past.history(scored)
    day = since or _day(history, scored.intake.reference_date)
    before = classes_at(history, day) if day is not None else {}
    if day is None or not before:
        asked = _note("none_before", date=since) if since else _note("none_yet")
        return Result({"moves": _held(scored), "movesmatrix": []}, notes=[asked])
    found = _Moves(scored, day, before)
    rows = [*found.moved(), *_held(scored), *found.new(), *found.gone()]
    matrix = class_matrix(scored_accounts(scored), before, scored.model.letters())
    pairs: list[Record] = [
        {str(key): value for key, value in row.items()} for row in matrix.to_dict("records")
    ]
    return Result({"moves": rows, "movesmatrix": pairs}, notes=found.notes())


def _day(history: pd.DataFrame, on: dt.date) -> dt.date | None:
    """Return the day a year ago, or the first one in the history if that is later; None if there is none."""
    days = history["date"].dropna()
    earlier = days[days < pd.Timestamp(on)]
    if earlier.empty:
        return None
    first: dt.date = earlier.min().date()
    return max(months_before(on, _YEAR), first)


class _Moves:
    """The accounts that were classed on a day and are still there."""

    def __init__(self, scored: Scored, day: dt.date, before: Mapping[str, str]) -> None:
        self._scored, self._day, self._before = scored, day, before
        accounts = scored.intake.portfolio.accounts
        self._codes = accounts["account"].astype(str).to_list()
        self._folded = [code.casefold() for code in self._codes]
        self._once = ~portfolio.duplicates(accounts["account"])
        self._then = np.array([before.get(code, "") for code in self._folded], dtype=object)
        self._now: Letters = scored.assessment.results["class"].astype(object).to_numpy()
        self._computed: Letters = scored.assessment.results["computed"].astype(object).to_numpy()
        self.mark = _mark_at(scored, day)
        self._model = kept_model(scored, self.mark) if self.mark else None
        self._by_data, self._by_weights = self._rescored()

    def _rescored(self) -> tuple[Letters | None, Letters | None]:
        """Return the classes after the first two steps; None where the model of then is not kept."""
        if self._model is None:
            return None, None
        held = np.where(self._then == "?", "", self._then)
        first = classes_under(self._accounts_for(self._model), self._model, held)
        between = half_way(self._model, self._scored.model)
        return first, classes_under(self._accounts_for(between), between, held)

    def _accounts_for(self, model: Model) -> pd.DataFrame:
        """Return the accounts with the columns that a model looks at, read as it takes them."""
        if model.fingerprint() == self._scored.model.fingerprint():
            return self._scored.intake.portfolio.accounts
        return read_accounts(self._scored.intake.layout, model)[0].accounts

    def moved(self) -> list[Record]:
        """Return the accounts whose class is another, worst fall last, then by code."""
        letters = [*self._scored.model.letters(), "?"]
        rank = {letter: place for place, letter in enumerate(letters)}
        rows = np.flatnonzero(self._once & (self._then != "") & (self._then != self._now)).tolist()
        rows.sort(
            key=lambda row: (
                rank.get(str(self._now[row]), len(rank)) - rank.get(str(self._then[row]), len(rank)),
                self._folded[row],
            )
        )
        return [self._moved(row) for row in rows]

    def _moved(self, row: int) -> Record:
        known = self._by_data is not None and self._by_weights is not None
        path = [
            str(self._then[row]),
            str(self._by_data[row]) if self._by_data is not None else None,
            str(self._by_weights[row]) if self._by_weights is not None else None,
            str(self._computed[row]) if known else None,
            str(self._now[row]),
        ]
        if known:
            said = [self._reason(*reason) for reason in reasons_of(path)]
            because = self._scored.words.show(said)
        elif self._computed[row] != self._now[row]:
            because = self._scored.words.show([self._reason("forced", path[0] or "", path[4] or "")])
        else:
            because = self._scored.words.show(_note("not_split"))
        return {
            "kind": "moved",
            **_about(self._scored, row),
            "before": path[0],
            "by_data": path[1],
            "by_weights": path[2],
            "by_limits": path[3],
            "now": path[4],
            "because": because,
        }

    def _reason(self, step: str, old: str, new: str) -> Phrase:
        return Phrase("views", ("moves", "because", step), {"old": old, "new": new})

    def new(self) -> list[Record]:
        """Return the accounts that had no class on that day."""
        rows = np.flatnonzero(self._once & (self._then == "")).tolist()
        rows.sort(key=lambda row: self._folded[row])
        return [{"kind": "new", **_about(self._scored, row), "now": self._now[row]} for row in rows]

    def gone(self) -> list[Record]:
        """Return the accounts of then that are in the workbook no more."""
        here = set(self._folded)
        codes = {
            code.casefold(): code
            for row in _past_rows(self._scored)
            if isinstance(code := read_text(row["account"]), str)
        }
        return [
            {"kind": "gone", "account": codes.get(code, code), "before": letter}
            for code, letter in sorted(self._before.items())
            if code not in here
        ]

    def notes(self) -> list[Phrase]:
        n_moved = int((self._once & (self._then != "") & (self._then != self._now)).sum())
        notes = [_note("since", count=n_moved, date=self._day)]
        if self._model is None:
            notes.append(_note("not_kept", date=self._day))
        elif self.mark == self._scored.model.fingerprint():
            notes.append(_note("same_model"))
        return notes


def _mark_at(scored: Scored, day: dt.date) -> str:
    """Return the mark of the model in force on a day, empty where nothing says it."""
    found = ""
    for key in ("history", "models"):
        located = scored.intake.layout.named.get(key)
        for row in located.rows() if located is not None else []:
            date = read_date(row.get("date"), scored.words.language)
            mark = read_text(row.get("model"))
            if isinstance(date, dt.datetime) and date.date() <= day and isinstance(mark, str):
                found = mark
    return found


def _past_rows(scored: Scored) -> list[Mapping[str, Any]]:
    """Return the rows of the history."""
    located = scored.intake.layout.named.get("history")
    return list(located.rows()) if located is not None else []


def _held(scored: Scored) -> list[Record]:
    """Return the accounts that the margin keeps in their class."""
    reasons, results = scored.assessment.reasons, scored.assessment.results
    assert reasons is not None
    accounts, model = scored.intake.portfolio.accounts, scored.model
    score = results["score"].to_numpy(dtype=np.float64)
    table = Accounts(accounts)
    columns = table.with_completeness(results["completeness"].to_numpy(dtype=np.float64))
    best, _ = gates.best_left(model.gates, columns, len(table))
    plain = without_margin(score, best, model)
    computed = results["computed"].astype(object).to_numpy()
    codes = accounts["account"].astype(str).to_list()
    rows = np.flatnonzero(reasons.held_by_margin & (plain != computed)).tolist()
    rows.sort(key=lambda row: codes[row].casefold())
    now = results["class"].astype(object).to_numpy()
    margin = model.settings.margin
    return [
        {
            "kind": "held",
            **_about(scored, row),
            "now": now[row],
            "because": scored.words.show(_note("held", letter=plain[row], margin=margin)),
        }
        for row in rows
    ]


def _about(scored: Scored, row: int) -> dict[str, Any]:
    accounts = scored.intake.portfolio.accounts
    found: dict[str, Any] = {"account": str(accounts["account"].iat[row])}
    for key in ("name", "rep"):
        value = accounts[key].iat[row] if key in accounts else None
        found[key] = value if isinstance(value, str) else None
    found["turnover"] = float(Accounts(accounts).numbers("turnover")[row])
    return found


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("moves", key), details)
