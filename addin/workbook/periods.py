"""The day up to which the turnover of a workbook goes: that of the import, else by the settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from addin.catalogue import field_key
from addin.workbook.located_tables import Layout
from addin.workbook.settings import BY_KEY
from addin.workbook.typed_cells import read_date
from scoring.books.periods import closed_years

__all__ = ["last_period_end"]


def last_period_end(layout: Layout, settings: Mapping[str, object], on: dt.date) -> dt.date:
    """Return the last day of the newest period of turnover.

    Parameters
    ----------
    layout
        The tables of the workbook, that of the imported columns among them.
    settings
        Values of the settings by key.
    on
        The day of the scoring.
    """
    noted = _noted(layout)
    if noted is not None:
        return noted
    if settings.get("periods", BY_KEY["periods"].shipped) != "years":
        return on
    month = settings.get("year_end")
    return closed_years(on, int(month) if isinstance(month, float | int) else 12).ends[0]


def _noted(layout: Layout) -> dt.date | None:
    """Return the day up to which an import filled in the turnover; None where none did."""
    located = layout.named.get("importcolumns")
    if located is None or not {"target", "until"} <= located.columns.keys():
        return None
    days = [
        day.date()
        for target, until in zip(located.cells("target"), located.cells("until"), strict=True)
        if isinstance(target, str)
        and field_key("accounts", target, layout.language) == "turnover"
        and isinstance(day := read_date(until, layout.language), dt.datetime)
    ]
    return max(days, default=None)
