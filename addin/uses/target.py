"""Core target: the profile of the best clients, the prospects like them, and where the effort goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from addin.catalogue import Phrase
from addin.uses.accounts import scored_accounts
from addin.uses.chosen import known_name
from addin.uses.profile_columns import profile_columns
from addin.uses.result import Result
from addin.views.scored import Scored
from addin.workbook.account_tables import own_columns
from addin.workbook.own_columns import is_own
from scoring.uses.call_cycles import rep_names
from scoring.uses.likeness import FEWEST_BEST, Likeness, likeness, lookalikes, model_of, target_gap
from scoring.uses.thirds import Range

__all__ = ["target"]

_OF_ACCOUNT = ("account", "name", "status", "class", "score", "potential", "town", "phone")
_OF_PROFILE = ("in_best", "share_best", "in_all", "share_all", "lift", "small")


def target(scored: Scored, *, rep: str | None = None) -> Result:
    """Work out the core target.

    Parameters
    ----------
    scored
        The scored workbook.
    rep
        Whose look-alikes and gap are wanted; None for all.

    Raises
    ------
    Refusal
        ``no_such_rep`` or ``no_rep_yet`` where no account has that rep.
    """
    accounts = scored_accounts(scored)
    reps = rep_names(accounts)
    wanted = None if rep is None else known_name("rep", rep, reps)
    return _Target(scored, accounts, reps, wanted).result()


class _Target:
    """The core target of a scored workbook, list by list."""

    def __init__(self, scored: Scored, accounts: pd.DataFrame, reps: pd.Series, rep: str | None) -> None:
        self._scored, self._words = scored, scored.words
        self._accounts, self._reps, self._rep = accounts, reps, rep
        letters = scored.model.letters()
        model = model_of(accounts, letters)
        best = model & (accounts["class"] == letters[0]).to_numpy(dtype=bool)
        self._found: Likeness = likeness(profile_columns(scored, accounts, model), model, best)
        self._headers = own_columns(scored.intake.layout.accounts)

    def result(self) -> Result:
        """Return the three lists: for a program by keys, for the sheets in words."""
        if self._found.profile.empty:
            said = [self._nothing()]
            empty: dict[str, list[dict[str, Any]]] = {"profile": [], "lookalikes": [], "targetgap": []}
            return Result(empty, notes=said, noted={"lookalikes": said, "targetgap": said})
        profile = self._profile()
        alike = self._lookalikes(profile)
        letter, n_best = self._scored.model.letters()[0], self._found.n_best
        few = [_note("few_best", count=n_best, letter=letter)] if n_best < FEWEST_BEST else []
        only = [] if self._rep is None else [_note("only_rep", rep=self._rep)]
        nobody = [] if alike else [_note("none_of_rep", rep=self._rep) if only else _note("no_prospects")]
        return Result(
            {"profile": profile, "lookalikes": alike, "targetgap": self._gap()},
            notes=few,
            noted={"lookalikes": [*few, *only, *nobody], "targetgap": [*few, *only, *self._unknown_visits()]},
            shown={
                "profile": [
                    row | {"column": self._header(at), "value": self._value(at)}
                    for at, row in enumerate(profile)
                ],
                "lookalikes": [
                    row | {"because": self._because(places)}
                    for row, places in zip(alike, self._strongest(), strict=True)
                ],
                "targetgap": [row | {"rep": row["rep"] or _nobody(self._scored)} for row in self._gap()],
            },
        )

    def _nothing(self) -> Phrase:
        if self._accounts.empty:
            return _note("empty")
        if not self._found.n_best:
            return _note("no_best", letter=self._scored.model.letters()[0])
        return _note("no_columns")

    def _profile(self) -> list[dict[str, Any]]:
        """Return the rows of the profile: yes and no, words by their keys, and the limits of ranges."""
        rows = self._found.profile
        found = []
        for at, record in enumerate(rows[list(_OF_PROFILE)].to_dict("records")):
            key, value = str(rows["column"].iat[at]), rows["value"].iat[at]
            more: dict[str, Any] = {}
            if isinstance(value, Range):
                more = {"above": value.above, "up_to": value.up_to}
                value = self._value(at)
            elif key == "target":
                value = value == "yes"
            name = self._headers[key] if is_own(key) else key
            found.append({"column": name, "value": value, **{str(k): v for k, v in record.items()}, **more})
        return found

    def _header(self, at: int) -> str:
        key = str(self._found.profile["column"].iat[at])
        return self._headers[key] if is_own(key) else self._words.header("accounts", key)

    def _value(self, at: int) -> str:
        """Return a value of the profile in words."""
        row = self._found.profile.iloc[at]
        key, value = str(row["column"]), row["value"]
        if isinstance(value, Range):
            which = "up_to" if value.above is None else "above" if value.up_to is None else "between"
            return self._words.show(_note(which, above=value.above, up_to=value.up_to))
        kinds = {"target": "yes_no", "state": "state"}
        return self._words.words(kinds[key]).get(value, value) if key in kinds else str(value)

    def _places(self) -> npt.NDArray[np.intp]:
        """Positions of the look-alikes among the accounts."""
        at = lookalikes(self._accounts, self._found)
        return at if self._rep is None else at[(self._reps.iloc[at] == self._rep).to_numpy(dtype=bool)]

    def _strongest(self) -> list[list[int]]:
        return [[one for one in row if one >= 0] for row in self._found.strongest[self._places()].tolist()]

    def _lookalikes(self, profile: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        places = self._places()
        columns: dict[str, list[Any]] = {
            key: self._accounts[key].astype(object).iloc[places].tolist()
            for key in _OF_ACCOUNT
            if key in self._accounts
        }
        columns |= {
            "order": list(range(1, len(places) + 1)),
            "rep": self._reps.iloc[places].tolist(),
            "likeness": self._found.alike[places].tolist(),
            "known": self._found.known[places].tolist(),
            "because": [
                [{key: profile[at][key] for key in ("column", "value", "lift")} for at in row]
                for row in self._strongest()
            ],
        }
        return [
            {key: None if _missing(cell) else cell for key, cell in zip(columns, row, strict=True)}
            for row in zip(*columns.values(), strict=True)
        ]

    def _because(self, places: Sequence[int]) -> str:
        if not places:
            return self._words.show(_note("nothing_speaks"))
        lifts = self._found.profile["lift"].to_numpy(dtype=np.float64)
        said = [
            self._words.show(
                _note("speaks", column=self._header(at), value=self._value(at), lift=float(lifts[at]))
            )
            for at in places
        ]
        return " · ".join(said)

    def _gap(self) -> list[dict[str, Any]]:
        rows = target_gap(self._accounts, self._found, self._scored.intake.services)
        if self._rep is not None:
            rows = rows[rows["rep"] == self._rep]
        return [
            {str(key): None if _missing(cell) else cell for key, cell in row.items()}
            for row in rows.to_dict("records")
        ]

    def _unknown_visits(self) -> list[Phrase]:
        known = int(self._accounts["visits"].notna().sum()) if "visits" in self._accounts else 0
        if not known:
            return [_note("no_visits")]
        unknown = len(self._accounts) - known
        return [_note("unknown_visits", count=unknown)] if unknown else []


def _missing(cell: Any) -> bool:
    return not isinstance(cell, list) and bool(pd.isna(cell))


def _nobody(scored: Scored) -> str:
    return scored.words.text("views", "effort", "nobody")


def _note(key: str, **details: object) -> Phrase:
    return Phrase("views", ("target", key), details)
