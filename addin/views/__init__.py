"""The registry of the sheets that a refresh fills: one module a use, each a view of the scored workbook.

A view says which table it fills, how, and with which rows; the refresh, the
template, the commands and the buttons go through :data:`VIEWS`.
"""

from __future__ import annotations

from typing import Final

from addin.views import checks, dashboard, history, models, rep_lines, steering
from addin.views.scored import Scored
from addin.views.view import View
from addin.workbook.port import RowsFill

__all__ = ["VIEWS", "Scored", "View", "fills"]

VIEWS: Final[tuple[View, ...]] = (
    *checks.VIEWS,
    *history.VIEWS,
    *models.VIEWS,
    *dashboard.VIEWS,
    *steering.VIEWS,
    *rep_lines.VIEWS,
)


def fills(scored: Scored) -> list[RowsFill]:
    """Return what a refresh writes into the tables of the views that are shown."""
    found = []
    for view in VIEWS:
        located = scored.intake.layout.named.get(view.table)
        if located is None or not (view.always or located.table.shown):
            continue
        fill = view.fill(located, scored)
        if fill is not None:
            found.append(fill)
    scored.forget()
    return found
