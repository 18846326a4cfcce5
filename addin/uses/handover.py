"""Handover: the portfolio of a rep or of a sector as somebody new takes it over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.catalogue import Catalogue, Phrase, catalogue, word_key
from addin.uses.accounts import scored_accounts
from addin.uses.chosen import By, known_name
from addin.uses.handover_agenda import agenda_of
from addin.uses.handover_watch import WATCHES, watched
from addin.uses.levers import MOST_LEVERS, levers_of
from addin.uses.result import Result
from addin.views.scored import Scored
from addin.workbook.located_tables import Layout
from addin.workbook.typed_cells import read_text
from scoring.portfolio import duplicates
from scoring.terms import UNKNOWN_CLASS
from scoring.text import fold
from scoring.uses.call_cycles import rep_names
from scoring.uses.handover import by_class, in_class_order, joint_trend, turnover_by_year
from scoring.uses.steering import overdue_money, share_of_wallet

__all__ = ["Handover", "Whom", "handover", "known_names", "last_chosen"]

_OF_ACCOUNT: Final = (
    *("class", "account", "name", "score", "turnover", "trend", "state", "reasons", "last_visit"),
    *("days_late", "open_amount", "overdue", "status", "risk", "town", "phone"),
)
_BY: Final[tuple[By, ...]] = ("rep", "sector")
_TURNOVERS: Final = ("turnover", "turnover_1", "turnover_2")

Bools = npt.NDArray[np.bool_]


class Whom(NamedTuple):
    """Whose portfolio it is: ``"rep"`` or ``"sector"``, and the name."""

    by: By
    name: str


@dataclass(frozen=True, slots=True)
class Handover(Result):
    """The portfolio that is handed over.

    Attributes
    ----------
    words
        The language of the workbook, with its currency.
    whom
        Whose it is; None where nobody was chosen.
    on
        The day of the scoring.
    services
        Instructions of each class by its letter, the best first.
    """

    words: Catalogue = field(default_factory=lambda: catalogue("en"))
    whom: Whom | None = None
    on: dt.date = dt.date.min
    services: Mapping[str, str] = field(default_factory=dict)


def handover(scored: Scored, *, rep: str | None = None, sector: str | None = None) -> Handover:
    """Work out what is handed over.

    Parameters
    ----------
    scored
        The scored workbook.
    rep, sector
        Whose portfolio; None for both takes the one that the sheet shows already.

    Raises
    ------
    Refusal
        As of :func:`addin.uses.chosen.known_name`.
    """
    accounts = scored_accounts(scored)
    names: dict[By, pd.Series] = {"rep": rep_names(accounts), "sector": rep_names(_renamed(accounts))}
    asked: dict[By, str | None] = {"rep": rep, "sector": sector}
    whom = next(
        (Whom(by, known_name(by, name, names[by])) for by, name in asked.items() if name is not None), None
    )
    shown = last_chosen(scored.intake.layout) if whom is None else None
    if shown is not None and fold(shown.name) in map(fold, names[shown.by]):
        whom = Whom(shown.by, known_name(shown.by, shown.name, names[shown.by]))
    if whom is None:
        return _nobody(scored, shown, names)
    mine = (names[whom.by] == whom.name).to_numpy(dtype=bool)
    return _Portfolio(scored, accounts, names["rep"], whom, mine).result()


def _renamed(accounts: pd.DataFrame) -> pd.DataFrame:
    """Return the sectors under the key of the reps: two spellings of one are the same sector, too."""
    return pd.DataFrame({"rep": accounts["sector"]} if "sector" in accounts else {}, index=accounts.index)


def known_names(layout: Layout) -> dict[By, list[str]]:
    """Return the reps and the sectors that the account sheets name, in their order."""
    found: dict[By, list[str]] = {}
    for by in _BY:
        texts = (read_text(cell) for located in layout.accounts for cell in located.cells(by))
        spelt = {fold(text): text for text in texts if isinstance(text, str)}
        found[by] = [spelt[key] for key in sorted(spelt)]
    return found


def last_chosen(layout: Layout) -> Whom | None:
    """Return whose portfolio the sheet shows; None for nobody's."""
    located = layout.named.get("handoverof")
    rows = located.rows() if located is not None else []
    by, name = (read_text(rows[0].get(key)) if rows else None for key in ("by", "whose"))
    key = word_key("handover_by", by, layout.language) if isinstance(by, str) else None
    chosen = next((one for one in _BY if one == key), None)
    return Whom(chosen, name) if chosen is not None and isinstance(name, str) else None


def _nobody(scored: Scored, shown: Whom | None, names: Mapping[By, pd.Series]) -> Handover:
    """Return empty lists that say why, and what to do."""
    known = sorted({name for name in names["rep"].tolist() if name})
    said = _note("nobody", known=known) if known else _note("no_reps")
    if shown is not None:
        said = _note("gone", name=shown.name)
    keys = ("handoverfigures", "handoverclasses", "handoveryears", "handover")
    empty: dict[str, list[dict[str, Any]]] = {key: [] for key in (*keys, "handoverwatch", "handoveragenda")}
    noted = {key: [said] for key in ("handover", "handoverwatch", "handoveragenda")}
    return Handover(empty, notes=[said], noted=noted, on=scored.intake.reference_date)


class _Portfolio:
    """The portfolio that is handed over, list by list."""

    def __init__(
        self, scored: Scored, accounts: pd.DataFrame, reps: pd.Series, whom: Whom, mine: Bools
    ) -> None:
        self._scored, self._whom = scored, whom
        currency = scored.intake.settings.get("currency")
        self._words = scored.words.with_currency(currency if isinstance(currency, str) else "")
        self._letters = scored.model.letters()
        self._whole = accounts
        once = np.flatnonzero(~np.asarray(duplicates(scored.intake.portfolio.accounts["account"])))
        chosen = accounts[mine].assign(rep=reps[mine])
        order = in_class_order(chosen, self._letters)
        self._accounts = chosen.iloc[order].reset_index(drop=True)
        self._places: list[int] = once[np.flatnonzero(mine)[order]].tolist()
        self._watched = watched(scored, self._accounts, self._places)

    def result(self) -> Handover:
        """Return all lists, with what is to be said above them."""
        agenda = agenda_of(self._scored, self._accounts, self._whom.name if self._whom.by == "rep" else "")
        listed = self._listed()
        figures, years = self._figures(), self._years()
        whose = {"by": self._whom.by, "whose": self._whom.name}
        about = _note(f"of_{self._whom.by}", name=self._whom.name, date=self._scored.intake.reference_date)
        below = int((self._accounts["computed"] != self._letters[0]).sum())
        many = [_note("many_levers", count=MOST_LEVERS)] if below > MOST_LEVERS else []
        return Handover(
            {
                "handoverfigures": figures,
                "handoverclasses": self._classes(),
                "handoveryears": years,
                "handoverof": [whose],
                "handover": listed,
                "handoverwatch": self._watched.rows,
                "handoveragenda": agenda.rows,
            },
            notes=[about],
            noted={
                "handover": [about, *many],
                "handoverwatch": [about, *self._watched.notes],
                "handoveragenda": [about, *agenda.notes],
            },
            shown={
                "handoverfigures": [row | {"value": self._figure(row)} for row in figures],
                "handoveryears": [
                    row | {"period": self._words.header("accounts", str(row["period"]))} for row in years
                ],
                "handover": [row | {"lever": (row["lever"] or {}).get("shown")} for row in listed],
            },
            words=self._words,
            whom=self._whom,
            on=self._scored.intake.reference_date,
            services={one.letter: one.instructions for one in self._scored.intake.services},
        )

    def _figures(self) -> list[dict[str, Any]]:
        accounts = self._accounts
        status = accounts["status"].tolist() if "status" in accounts else []
        turnover, company = (_turnover(one) for one in (accounts, self._whole))
        owed, overdue = overdue_money(accounts)
        counts = {key: len({row["account"] for row in self._watched.of(key)}) for key in WATCHES}
        found: dict[str, float | int] = {
            "accounts": len(accounts),
            "clients": sum(one == "client" for one in status),
            "prospects": sum(one in ("prospect", "suspect") for one in status),
            "turnover": turnover,
            "share_company": turnover / company if company > 0 else float("nan"),
            "trend": joint_trend(accounts),
            "core": int(accounts["core"].sum()),
            "open_amount": float(owed.sum()),
            "overdue": float(overdue.sum()),
            **counts,
        }
        return [{"figure": key, "value": value} for key, value in found.items()]

    def _figure(self, row: Mapping[str, Any]) -> str:
        """Return a figure as a reader writes it."""
        key, value = row["figure"], row["value"]
        words = self._words
        if value != value:  # noqa: PLR0124 - NaN is unlike itself
            return words.text("views", "handover", "unknown")
        if key in ("turnover", "open_amount", "overdue"):
            return words.money(round(value))
        if key == "trend":
            return words.text("views", "handover", "trend_a_year", sign="+" if value > 0 else "", trend=value)
        return words.percent(value) if key == "share_company" else words.show(value)

    def _classes(self) -> list[dict[str, Any]]:
        rows = by_class(self._accounts, self._letters).to_dict("records")
        return [{str(key): _value(cell) for key, cell in row.items()} for row in rows]

    def _years(self) -> list[dict[str, Any]]:
        """Return the turnover of each year, the oldest first."""
        years = turnover_by_year(self._accounts)
        return [
            {"period": key, "period_turnover": _value(amount)}
            for key, amount in reversed(list(zip(_TURNOVERS, years, strict=True)))
        ]

    def _listed(self) -> list[dict[str, Any]]:
        instructions = {one.letter: one.instructions for one in self._scored.intake.services}
        accounts = self._accounts
        columns: dict[str, Sequence[Any]] = {
            key: accounts[key].astype(object).tolist() for key in _OF_ACCOUNT if key in accounts
        }
        columns |= {
            "rep": accounts["rep"].tolist(),
            "share_of_wallet": share_of_wallet(accounts).tolist(),
            "instructions": [
                "" if letter == UNKNOWN_CLASS else instructions.get(letter, "")
                for letter in accounts["class"]
            ],
            "lever": levers_of(self._scored, self._places),
        }
        return [
            {key: _value(cell) for key, cell in zip(columns, row, strict=True)}
            for row in zip(*columns.values(), strict=True)
        ]


def _turnover(accounts: pd.DataFrame) -> float:
    return float(accounts["turnover"].sum()) if "turnover" in accounts else 0.0


def _value(cell: Any) -> Any:
    """Return a cell of an account as a record holds it: None where unknown, days as days."""
    if isinstance(cell, Mapping):
        return cell
    if cell is None or pd.isna(cell):
        return None
    return cell.date() if isinstance(cell, dt.datetime) else cell


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("handover", key), details)
