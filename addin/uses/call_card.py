"""The card of the call desk without a sheet: who calls, and how urgent it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from addin.refusals import Refusal
from addin.uses.call_desk import Desk, desk_of, moment, priority_text
from addin.uses.call_index import SHOWN, shown
from addin.views.scored import Scored
from scoring.uses.caller import MOST_MATCHES, find

__all__ = ["Card", "card_of"]


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of who calls.

    Attributes
    ----------
    matches
        The accounts that the text may mean, the first eight: what a card shows of each.
    n_matches
        How many there are.
    request
        The kind of request, as the company writes it; empty where none was named.
    priority, answer_by, escalate_to
        Of a single match with a request.
    """

    matches: Sequence[Mapping[str, object]]
    n_matches: int
    request: str = ""
    priority: str | None = None
    answer_by: dt.datetime | None = None
    escalate_to: str | None = None


def card_of(
    scored: Scored, text: str, request: str | None, received: dt.datetime | None, now: dt.datetime
) -> Card:
    """Return the card of who calls.

    Parameters
    ----------
    scored
        The scored workbook.
    text
        The first letters of a name or a code, a phone number or a company number.
    request
        The kind of request; None where nobody asked yet.
    received
        When it came; None for now.
    now
        The clock.

    Raises
    ------
    Refusal
        If there is no such kind of request.
    """
    came = received or now
    desk = desk_of(scored, now, came)
    kind = desk.kinds.of(request)
    if request and kind is None:
        raise Refusal("request_unknown", request=request, known=_known(desk))
    rows = find(desk.index, text).rows
    matches = [
        {key: shown(desk.index[key].iat[row]) for key in SHOWN} for row in rows[:MOST_MATCHES].tolist()
    ]
    if len(rows) != 1 or kind is None:
        return Card(matches, len(rows), kind.request if kind else "")
    asked = pd.DataFrame(
        {
            "class": desk.index["class"].iloc[rows].to_numpy(),
            "urgency": [kind.urgency],
            "received": pd.Series([came], dtype="datetime64[s]"),
            "answered": pd.Series([pd.NaT], dtype="datetime64[s]"),
        }
    )
    found = desk.priorities(scored, asked).iloc[0]
    return Card(
        matches,
        1,
        kind.request,
        priority_text(found["priority"]),
        moment(found["answer_by"]),
        kind.escalate_to or None,
    )


def _known(desk: Desk) -> list[str]:
    return [kind.request for kind in desk.kinds.by_name.values()]
