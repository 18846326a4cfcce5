"""Who changed its class, when, and from which: out of the history as this refresh leaves it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from addin.views.scored import Scored
from addin.workbook.typed_cells import read_date, read_text

__all__ = ["ClassMove", "class_moves"]

_COLUMNS: Final = ["code", "date", "class"]


class ClassMove(NamedTuple):
    """A change of class: position of the account, the day, and the letters before and after."""

    row: int
    date: dt.datetime
    before: str
    after: str


def class_moves(scored: Scored) -> list[ClassMove]:
    """Return the last change of class of each account, the newest first.

    Read from the history and not from this scoring alone, so that a second
    refresh finds the same. A code that stands twice is left out.
    """
    rows = pd.concat([_kept(scored), _new(scored)], ignore_index=True)
    codes = scored.intake.portfolio.accounts["account"].astype(str).str.casefold().to_list()
    places = {code: at for at, code in enumerate(codes)}
    twice = {code for code, count in Counter(codes).items() if count > 1}
    before = rows.groupby("code", sort=False)["class"].shift()
    changed = rows.assign(before=before)[before.notna() & (before != rows["class"])]
    last = changed.drop_duplicates("code", keep="last")
    cells = zip(*(last[key].to_list() for key in ("code", "date", "before", "class")), strict=True)
    found = [
        (code, ClassMove(places[code], date, old, new))
        for code, date, old, new in cells
        if code in places and code not in twice
    ]
    found.sort(key=lambda one: (-one[1].date.toordinal(), one[0]))
    return [move for _, move in found]


def _kept(scored: Scored) -> pd.DataFrame:
    """Return the rows of the history that can be read, in their order."""
    located = scored.intake.layout.named.get("history")
    language = scored.words.language
    found = []
    if located is not None and {"date", "account", "class"} <= located.columns.keys():
        cells = zip(*(located.cells(key) for key in ("account", "date", "class")), strict=True)
        found = [
            (code.casefold(), day, letter)
            for account, date, text in cells
            if isinstance(code := read_text(account), str)
            and isinstance(letter := read_text(text), str)
            and isinstance(day := read_date(date, language), dt.datetime)
        ]
    return pd.DataFrame(found, columns=_COLUMNS, dtype=object)


def _new(scored: Scored) -> pd.DataFrame:
    """Return the rows that this refresh adds."""
    rows = np.flatnonzero(scored.moving)
    codes = scored.intake.portfolio.accounts["account"].astype(str).str.casefold().to_numpy(dtype=object)
    columns = [codes[rows], [scored.day] * len(rows), scored.cells["class"][rows]]
    return pd.DataFrame(dict(zip(_COLUMNS, columns, strict=True)), dtype=object)
