"""The yearly review: ages, sums against the last import, accounts to look at, and moves in twelve months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.catalogue import Phrase
from addin.uses import past
from addin.uses.accounts import scored_accounts
from addin.uses.result import Record, Result
from addin.views.scored import Scored
from scoring.terms import UNKNOWN_CLASS
from scoring.uses import review as reviews
from scoring.uses.worklist import months_before

__all__ = ["review"]

Bools = npt.NDArray[np.bool_]

_TURNOVERS: Final = ("turnover", "turnover_1", "turnover_2")
_YEAR: Final = 12
"""Months over which classes are compared."""


def review(scored: Scored) -> Result:
    """Work out all that a yearly review looks at."""
    year = _Year(scored)
    return Result(
        {
            "review": [*year.ages(), *year.turnovers(), *year.counts(), *year.judgements()],
            "reviewmatrix": year.matrix(),
            "reviewaccounts": year.listed(),
        },
        notes=year.notes(),
        noted={"reviewaccounts": [] if year.listed() else [_note("nobody_to_look_at")]},
    )


@dataclass(frozen=True, slots=True)
class _Topic:
    """Accounts to be looked at: which they are, and what is said of each."""

    key: str
    belongs: Bools
    because: Callable[[int], str | Phrase | None]


class _Year:
    """The review of a scored workbook, part by part."""

    def __init__(self, scored: Scored) -> None:
        self._scored = scored
        self._on = scored.intake.reference_date
        self._accounts = scored_accounts(scored)
        self._history = past.history(scored)
        self._before = reviews.classes_at(self._history, months_before(self._on, _YEAR))
        self._until = past.known_until(scored)
        self._topics = tuple(self._found())

    def ages(self) -> Iterator[Record]:
        """Yield how old the scoring, the last move, the model and each import are."""
        accounts = self._accounts
        n_scored = int(accounts["score"].notna().sum())
        said = _note("scored", scored=n_scored, count=len(accounts))
        yield {**self._aged("scoring", _item("scored_on"), self._on), "accounts": n_scored, "note": said}
        if self._scored.remembers and self._scored.moving.any():
            yield self._aged("scoring", _item("last_move"), self._on)
        elif len(self._history):
            yield self._aged("scoring", _item("last_move"), self._history["date"].max().date())
        mark = self._scored.model.fingerprint()
        days = self._history.loc[self._history["model"] == mark, "date"]
        since = days.min().date() if len(days) else self._on
        yield {**self._aged("model", _item("model", mark=mark), since), "note": _note("approval")}
        for file, day in past.last_imports(self._scored).items():
            yield self._aged("import", file, day)

    def turnovers(self) -> Iterator[Record]:
        """Yield the sum of each turnover, beside what it was after the last import."""
        imported = past.totals_of_last_import(self._scored)
        every = self._scored.intake.portfolio.accounts
        for key in _TURNOVERS:
            if key not in every:
                continue
            amount = float(every[key].sum())
            row: dict[str, Any] = {"topic": "turnover", "item": self._scored.words.header("accounts", key)}
            row |= {"accounts": int(every[key].notna().sum()), "turnover": amount}
            if key in self._until:
                row |= self._aged("turnover", str(row["item"]), self._until[key])
            if key not in imported:
                row["note"] = _note("never_imported")
            else:
                difference = round(amount - imported[key], 2)
                row |= {"imported": imported[key]}
                key_said = "as_imported" if not difference else "more" if difference > 0 else "less"
                row["note"] = _note(key_said, amount=abs(difference))
            yield row

    def counts(self) -> Iterator[Record]:
        """Yield how many accounts each list of accounts has, and their turnover."""
        turnover = self._turnover()
        whole = float(turnover[turnover > 0].sum())
        for topic in self._topics:
            amount = float(np.nansum(turnover[topic.belongs]))
            yield {
                "topic": topic.key,
                "item": _item("accounts"),
                "accounts": int(topic.belongs.sum()),
                "turnover": amount,
                "share": amount / whole if whole > 0 else None,
                "note": _note("no_profile")
                if topic.key == "small_loyal" and not self._has_purchases()
                else None,
            }

    def judgements(self) -> Iterator[Record]:
        """Yield how much of the weight lies with judgements."""
        share, most = self._scored.model.subjective_share(), self._scored.model.settings.max_subjective
        key = "above" if share > most else "within"
        yield {"topic": "subjective", "item": _item("weight"), "share": share, "note": _note(key, most=most)}

    def matrix(self) -> list[Record]:
        """Return the moves from the class of twelve months ago to that of today."""
        found = reviews.class_matrix(self._accounts, self._before, self._scored.model.letters())
        return [{str(key): value for key, value in row.items()} for row in found.to_dict("records")]

    def listed(self) -> list[Record]:
        """Return the accounts to be looked at, topic by topic, the largest turnover first."""
        turnover = self._turnover()
        codes = self._accounts["account"].str.casefold().to_numpy()
        rows: list[Record] = []
        for topic in self._topics:
            places = np.flatnonzero(topic.belongs)
            order = sorted(places.tolist(), key=lambda at: (-np.nan_to_num(turnover[at]), codes[at]))
            rows += [
                {
                    "topic": topic.key,
                    "account": self._cell("account", at),
                    "name": self._cell("name", at),
                    "rep": self._cell("rep", at),
                    "class": self._cell("class", at),
                    "turnover": turnover[at],
                    "because": topic.because(at),
                }
                for at in order
            ]
        return rows

    def notes(self) -> list[Phrase]:
        """Return what is to be said above all of it."""
        if self._accounts.empty:
            return [_note("empty")]
        day = months_before(self._on, _YEAR)
        if not self._before:
            return [_note("no_year", date=day)]
        codes = self._accounts["account"].str.casefold()
        since = int((~codes.isin(list(self._before))).sum())
        return [_note("since", count=since, date=day)] if since else []

    def _found(self) -> Iterator[_Topic]:
        accounts, model = self._accounts, self._scored.model
        classes = accounts["class"].to_numpy(dtype=object)
        yield _Topic("no_purchase", reviews.without_purchase(accounts), self._last_purchase)
        yield _Topic("not_scored", classes == UNKNOWN_CLASS, lambda at: self._cell("reasons", at))
        loyal = (accounts["profile"] == "loyal").to_numpy(dtype=bool)
        small = classes == model.letters()[-1]
        yield _Topic("small_loyal", loyal & small, self._loyalty)
        ending = reviews.forced_ending(accounts, model.letters(), self._on)
        yield _Topic("forced_ending", ending, self._forced)

    def _aged(self, topic: str, item: str | Phrase, day: dt.date) -> dict[str, Any]:
        return {"topic": topic, "item": item, "date": day, "age": reviews.age_in_months(day, self._on)}

    def _turnover(self) -> npt.NDArray[np.float64]:
        if "turnover" not in self._accounts:
            return np.full(len(self._accounts), np.nan)
        return self._accounts["turnover"].to_numpy(dtype=np.float64, na_value=np.nan)

    def _has_purchases(self) -> bool:
        return "purchases" in self._accounts and bool(self._accounts["purchases"].notna().any())

    def _cell(self, column: str, at: int) -> Any:
        value: Any = self._accounts[column].iat[at] if column in self._accounts else None
        return None if value is None or pd.isna(value) else value

    def _last_purchase(self, at: int) -> str | Phrase | None:
        day = self._cell("last_purchase", at)
        why: str | None = self._cell("reasons", at)
        return why if day is None else _note("last_bought", date=day.date())

    def _loyalty(self, at: int) -> Phrase:
        return _note("loyal", days=float(self._cell("purchases", at)))

    def _forced(self, at: int) -> Phrase:
        until = self._cell("forced_until", at)
        details = {"letter": self._cell("forced", at), "reason": self._cell("forced_reason", at)}
        return _note("forced", date=until.date(), **details)


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("review", key), details)


def _item(key: str, **details: object) -> Phrase:
    return Phrase("views", ("review", "items", key), details)
