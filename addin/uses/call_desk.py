"""The call desk: all that it knows of accounts, requests and working time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from addin.uses.call_index import call_index, listed_days
from addin.uses.requests import Kinds, Log, read_kinds, read_log
from addin.uses.working import Working, working_of
from addin.views.scored import Scored
from scoring.uses.priority import prioritise

__all__ = ["Desk", "clock", "desk_of", "moment", "priority_text"]

_YEARS_AHEAD: Final = 2
"""How far ahead a time to answer may lie: holidays are known as far."""


def clock() -> dt.datetime:
    """Return the moment at the keyboard, to the minute."""
    return dt.datetime.now().replace(second=0, microsecond=0)  # noqa: DTZ005 - where the person is


@dataclass(frozen=True, slots=True)
class Desk:
    """All that a call desk knows.

    Attributes
    ----------
    index
        The accounts, as :func:`addin.uses.call_index.call_index` gives them.
    kinds, log
        The kinds of requests, and the requests; None where the workbook has no log.
    working
        When the company works.
    now
        The clock.
    """

    index: pd.DataFrame
    kinds: Kinds
    log: Log | None
    working: Working
    now: dt.datetime

    def priorities(self, scored: Scored, requests: pd.DataFrame) -> pd.DataFrame:
        """Return priority, answer_by and late of requests with their class, urgency and moments."""
        letters = scored.model.letters()
        hours = np.array([one.answer_hours for one in scored.intake.services], dtype=np.float64)
        return prioritise(requests, letters, hours, self.working.time, self.now)


def desk_of(scored: Scored, now: dt.datetime, *moments: dt.datetime) -> Desk:
    """Return what the call desk of a scored workbook knows at a moment; others may be asked about."""
    layout = scored.intake.layout
    kinds = read_kinds(layout)
    located = layout.named.get("requests")
    log = read_log(located, kinds, layout.language) if located is not None else None
    first, last = listed_days(now)
    asked = [moment.date() for moment in moments]
    if log is not None:
        known = pd.concat([log.rows["received"], log.rows["answered"]]).dropna()
        asked += [moment.date() for moment in known]
    first, last = min([first, *asked]), max([last, *asked])
    working = working_of(scored, first, dt.date(last.year + _YEARS_AHEAD, 12, 31))
    return Desk(call_index(scored), kinds, log, working, now)


def priority_text(priority: Any) -> str | None:
    """Return a priority as it is written, such as P1."""
    return None if priority is None or pd.isna(priority) else f"P{priority}"


def moment(value: Any) -> dt.datetime | None:
    """Return a moment as a cell holds it, None for none."""
    return None if pd.isna(value) else pd.Timestamp(value).to_pydatetime()
