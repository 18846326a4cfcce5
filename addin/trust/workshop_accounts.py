"""The accounts whose class depends most on whose weights are taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from addin.catalogue import Phrase
from addin.trust.strategies import classes_with
from addin.uses.accounts import scored_accounts, texts_of, turnovers
from addin.uses.result import Record
from addin.views.scored import Scored
from scoring.terms import UNKNOWN_CLASS

__all__ = ["differing_accounts"]

Weights = Sequence[float | None]
"""A weight for each row of the table Criteria, None for a row that has none of these."""

_SHOWN: Final = 10


def differing_accounts(scored: Scored, own: Mapping[str, Weights], proposed: Weights | None) -> list[Record]:
    """Return the ten accounts that differ most, of equal ones the largest, with who gives which class.

    Parameters
    ----------
    scored
        The scored workbook.
    own
        The weights of each participant, by name.
    proposed
        The weights that the workshop would take; None where there are none yet.
    """
    accounts = scored_accounts(scored)
    if len(own) < 2 or accounts.empty:
        return []
    by_name = {name: _classes(scored, weights) for name, weights in own.items()}
    places = {letter: place for place, letter in enumerate(scored.model.letters())}
    turnover = turnovers(accounts).tolist()
    codes, names, reps, now = (texts_of(accounts, column) for column in ("account", "name", "rep", "class"))
    order = []
    for at, code in enumerate(codes):
        held = [places[letters[at]] for letters in by_name.values() if letters[at] in places]
        spread = max(held) - min(held) if held else 0
        if spread:
            order.append((-spread, -float(np.nan_to_num(turnover[at])), (code or "").casefold(), at))
    then = _classes(scored, proposed) if proposed is not None else None
    return [
        {
            "account": codes[at],
            "name": names[at],
            "rep": reps[at],
            "turnover": turnover[at],
            "class": now[at],
            "proposed": then[at] if then is not None else None,
            "votes": _said(scored, at, by_name),
            "classes": {name: letters[at] for name, letters in by_name.items()},
        }
        for *_, at in sorted(order)[:_SHOWN]
    ]


def _classes(scored: Scored, weights: Weights) -> list[str]:
    found = classes_with(scored, "", weights)
    assert not isinstance(found, Phrase), "every criterion of the model can be scored"
    return found


def _said(scored: Scored, at: int, by_name: Mapping[str, Sequence[str]]) -> str:
    """Say who gives an account which class, the best first."""
    letters = [*scored.model.letters(), UNKNOWN_CLASS]
    groups = {letter: [name for name, own in by_name.items() if own[at] == letter] for letter in letters}
    return "; ".join(
        scored.words.text("views", "workshop", "class_by", names=names, letter=letter)
        for letter, names in groups.items()
        if names
    )
