"""The sheets of the uses, which stay out of the way until somebody asks for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Final

from xlsxwriter.workbook import Workbook

from addin.template import defaults, style
from addin.template.content import Content, Row
from addin.template.page import LAST_ROW, Page, table_columns
from addin.template.sheets import (
    allocate,
    backtest,
    ballots,
    by_hand,
    call,
    effort,
    explain,
    handover,
    listing,
    method,
    strategies,
    tour,
    worklist,
    workshop,
)
from addin.template.sheets.listing import BEHIND, FIRST, HEADER, TOP
from addin.template.style import Styles
from addin.template.words import Words
from addin.workbook.definitions import Holds, Role, Table
from addin.workbook.tables import TABLES
from addin.workbook.uses import USES

__all__ = ["build_all"]

_NOTES: Final = {key: notes for use in USES for key, notes in use.notes_above.items()}
"""The table of the notes of a use, by that which they stand above."""
_ALL_NOTES: Final = frozenset(table.key for table in _NOTES.values())
_FINISHING: Final[Mapping[str, Callable[[Workbook, Page], None]]] = {
    "call_index": call.finish_index,
    "tour": tour.finish_tour,
    "capacity": tour.finish_capacity,
    "tour_days": tour.finish_days,
    "effort": effort.finish,
    "orders": allocate.finish,
    "handover": handover.finish,
    "handover_watch": handover.finish_watch,
    "handover_agenda": handover.finish_agenda,
    "worklist": worklist.finish,
    "by_hand": by_hand.finish,
    "method": method.finish,
    "backtest": backtest.finish,
    "strategies": strategies.finish,
    "workshop_weights": workshop.finish_weights,
    "workshop_votes": workshop.finish_votes,
    "strategy_effect": strategies.finish_effect,
    "strategy_accounts": strategies.finish_accounts,
}
"""What a sheet has beside its tables, by its key: a chart, a bar."""
_NOTES_LEFT: Final[Mapping[str, int]] = {"worklist": 3}
"""Column from which on the notes stand, where something else stands before them."""
_PRINTED_TO: Final[Mapping[str, str]] = {"tour": "phone", "handover": "share_of_wallet"}
"""Last column on paper, of lists so wide that the print of all would be too small to read."""
_BESIDE: Final[Mapping[str, int]] = {
    "byhand": by_hand.WIDTH,
    "workshopvotes": workshop.WIDTH,
}
"""Columns that stand beside a table without being one."""
_WRAPPED: Final = 30
"""Height of the rows of a list that has long texts [points]: two lines, those that a refresh adds too."""
_DRAWN: Final[Mapping[str, Callable[[Workbook, Styles, Words, Table], Page]]] = {
    "call": call.build,
    "explain": explain.build,
}
"""Sheets that are no lists, by their keys."""
_BLANK: Final[Mapping[str, Callable[[Workbook, Styles, Words], Page]]] = {
    "ballot_points": ballots.build_points,
    "ballot_pairs": ballots.build_pairs,
}
"""Sheets that are copied, by their keys."""
_BEHIND: Final = frozenset(key for use in USES for key in use.behind)


def build_all(workbook: Workbook, styles: Styles, words: Words, content: Content) -> None:
    """Add the sheets of all lists, kept out of Excel's own list of hidden sheets."""
    tables = [
        table for table in TABLES if table.role in (Role.LIST, Role.PERSON) and table.key not in _ALL_NOTES
    ]
    for _, group in groupby(tables, key=lambda table: table.sheet):
        first, *others = group
        beside = [table for table in others if table.key not in _BEHIND]
        if first.sheet in _BLANK:
            _BLANK[first.sheet](workbook, styles, words).worksheet.very_hidden()
            continue
        draw = _DRAWN.get(first.sheet)
        if draw is not None:
            page = draw(workbook, styles, words, _NOTES[first.key])
        else:
            page = _sheet(workbook, styles, words, first, beside, content)
        left = BEHIND + 2  # a table needs a gap to the next one
        for table in others:
            if table.key in _BEHIND:
                listing.put_behind(page, table, left)
                left += len(table.columns) + 1
        finish = _FINISHING.get(first.sheet)
        if finish is not None:
            finish(workbook, page)
        page.worksheet.very_hidden()


def _sheet(
    workbook: Workbook,
    styles: Styles,
    words: Words,
    first: Table,
    others: Sequence[Table],
    content: Content,
) -> Page:
    """Add a sheet: the first table below the title, the others to the right of it."""
    n_columns = len(first.columns) + sum(1 + len(table.columns) for table in others)
    n_columns += _BESIDE.get(first.key, 0)
    wide = _PRINTED_TO.get(first.key)
    printed = max(listing.BAND, n_columns - 1) if wide is None else first.keys.index(wide)
    page = listing.build(
        workbook,
        styles,
        words,
        first,
        _rows(words, first, content),
        tab=style.TAB_RESULTS,
        band=max(listing.BAND, n_columns - 1),
        home=printed,
        last_printed=printed,
        row_height=_WRAPPED if any(column.wrapped for column in first.columns) else 18,
        notes=_NOTES.get(first.key),
        notes_left=_NOTES_LEFT.get(first.sheet, 0),
    )
    left = len(first.columns)
    for table in others:
        page.worksheet.set_column(left, left, 3)
        left += 1
        rows = _rows(words, table, content)
        columns = table_columns(words, table)
        page.table(table.name, TOP, left, columns, rows, header_height=HEADER, filters=False)
        page.check(table, FIRST, LAST_ROW, left)
        for place, column in enumerate(table.columns, start=left):
            if column.holds is Holds.CLASS:
                page.colour_classes((FIRST, place), (LAST_ROW, place))
        left += len(table.columns)
    return page


def _rows(words: Words, table: Table, content: Content) -> Sequence[Row]:
    return content.kept.get(table.key) or defaults.shipped_rows(words, table)
