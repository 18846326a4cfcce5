"""What is to be watched in a portfolio: who sleeps, who may go, who is held, whose class is forced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.catalogue import Phrase
from addin.uses.gate_reasons import gate_reasons
from addin.views.scored import Scored
from scoring.columns import Accounts
from scoring.forced import forced_classes
from scoring.uses.handover import RISKS, at_risk, sleeping

__all__ = ["WATCHES", "Watched", "watched"]

WATCHES: Final = ("sleeping", "at_risk", "hold", "forced")
"""In the order of the list."""

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Watched:
    """The accounts to be watched, and what is to be said of the list."""

    rows: Sequence[dict[str, Any]]
    notes: Sequence[Phrase]

    def of(self, key: str) -> list[dict[str, Any]]:
        """Return the rows of one of :data:`WATCHES`."""
        return [row for row in self.rows if row["watch"] == key]


def watched(scored: Scored, accounts: pd.DataFrame, places: Sequence[int]) -> Watched:
    """List the accounts to be watched.

    Parameters
    ----------
    scored
        The scored workbook.
    accounts
        The portfolio, in class order.
    places
        Its accounts by their positions in the whole one.
    """
    found = _Watch(scored, accounts, places)
    rows = [*found.asleep(), *found.risks(), *found.holds(), *found.forced()]
    letters = scored.model.letters()
    notes = []
    if found.unknown:
        notes.append(_note("sleep_unknown", count=found.unknown, classes=list(letters[:2])))
    return Watched(rows, notes if rows else [*notes, _note("nothing_to_watch")])


class _Watch:
    """The accounts to be watched, kind by kind."""

    def __init__(self, scored: Scored, accounts: pd.DataFrame, places: Sequence[int]) -> None:
        self._scored, self._accounts, self._places = scored, accounts, places
        letters, on = scored.model.letters(), scored.intake.reference_date
        self._asleep, unknown = sleeping(accounts, letters, on)
        self.unknown = int(unknown.sum())
        columns = Accounts(accounts)
        years = np.array([columns.numbers(key) for key in ("turnover", "turnover_1")])
        self._stake = np.fmax(years[0], years[1])

    def asleep(self) -> list[dict[str, Any]]:
        """Accounts of the two best classes without purchase and visit."""
        return [self._row("sleeping", at, [self._since(at)]) for at in np.flatnonzero(self._asleep).tolist()]

    def risks(self) -> list[dict[str, Any]]:
        """Accounts that may be lost, the most money at stake first."""
        why = at_risk(self._accounts)
        rows = np.flatnonzero(why.any(axis=1))
        order = rows[np.argsort(-np.nan_to_num(self._stake[rows]), kind="stable")]
        return [
            self._row("at_risk", at, [self._risk(RISKS[kind], at) for kind in np.flatnonzero(why[at])])
            for at in order.tolist()
        ]

    def holds(self) -> list[dict[str, Any]]:
        """Accounts to which a gate applies."""
        reasons = gate_reasons(self._scored)
        held = [(at, reasons[place]) for at, place in enumerate(self._places) if reasons[place]]
        return [self._row("hold", at, why) for at, why in held]

    def forced(self) -> list[dict[str, Any]]:
        """Accounts whose class a person has decided."""
        letters, on = self._scored.model.letters(), self._scored.intake.reference_date
        in_force, _ = forced_classes(self._accounts, letters, on)
        rows = []
        for at in np.flatnonzero(in_force >= 0).tolist():
            account = self._accounts.iloc[at]
            details = {"letter": letters[in_force[at]], "computed": str(account["computed"])}
            until = account["forced_until"].date()
            said = _note("forced", until=until, reason=account["forced_reason"], **details)
            rows.append(self._row("forced", at, [said]))
        return rows

    def _row(self, watch: str, at: int, because: Sequence[str | Phrase]) -> dict[str, Any]:
        account = self._accounts.iloc[at]
        row = {key: account.get(key) for key in ("account", "name", "class")}
        days = {key: account.get(key) for key in ("last_purchase", "last_visit")}
        stake = float(self._stake[at])
        return {
            "watch": watch,
            **{key: value if isinstance(value, str) else None for key, value in row.items()},
            "stake": None if np.isnan(stake) else stake,
            **{key: None if pd.isna(value) else value.date() for key, value in days.items()},
            "because": list(because),
        }

    def _since(self, at: int) -> Phrase:
        account = self._accounts.iloc[at]
        visit = account["last_visit"].date()
        if "last_purchase" not in account or pd.isna(account["last_purchase"]):
            return _note("asleep_never_bought", visit=visit)
        return _note("asleep", purchase=account["last_purchase"].date(), visit=visit)

    def _risk(self, kind: str, at: int) -> Phrase:
        account = self._accounts.iloc[at]
        details: dict[str, object] = {}
        if kind == "falling":
            details["trend"] = float(account["trend"])
        if kind in ("lost", "dormant"):
            details["amount"] = round(float(account["turnover_1" if kind == "lost" else "turnover_2"]))
        return _note(f"is_{kind}", **details)


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("handover", key), details)
