"""The log of requests in the order in which to answer them."""

from __future__ import annotations

import datetime as dt
from typing import Final

from addin.workbook.kept_rows import rewritten
from addin.workbook.located_tables import Layout, Located
from addin.workbook.port import Cell, Changes
from addin.workbook.typed_cells import is_blank

__all__ = ["sorted_requests"]

_LAST: Final = dt.datetime(9999, 12, 31)  # noqa: DTZ001 - cells have no time zone


def sorted_requests(layout: Layout) -> Changes:
    """Return what sorts the table Requests: by priority, then by the time to answer, answered ones last.

    Whole rows move, with what the company added to them; equal ones keep their order, and rows
    without a priority follow the others. Nothing to change where there is no such table.
    """
    located = layout.named.get("requests")
    if located is None:
        return Changes()
    body = list(zip(*located.table.columns, strict=True))
    places = sorted(range(len(body)), key=lambda row: _urgency(located, body[row]))
    keys = {position: key for key, position in located.columns.items()}
    rows = [{keys[at]: cell for at, cell in enumerate(body[place])} for place in places]
    fill = rewritten(located, rows)
    return Changes(rows=[fill] if fill is not None else [])


def _urgency(located: Located, row: tuple[Cell, ...]) -> tuple[bool, bool, bool, str, dt.datetime]:
    def cell(key: str) -> Cell:
        position = located.columns.get(key)
        return row[position] if position is not None else None

    priority, answer_by = cell("priority"), cell("answer_by")
    text = priority if isinstance(priority, str) else ""
    moment = answer_by.replace(tzinfo=None) if isinstance(answer_by, dt.datetime) else _LAST
    return all(map(is_blank, row)), not is_blank(cell("answered")), not text.strip(), text.strip(), moment
