"""The lines of the menus of uses: each fills the sheets of a use and shows them, or puts them away."""

from __future__ import annotations

import pkgutil

from addin.excel.front import to_front
from addin.excel.live_book import LiveBook
from addin.presses import Press
from addin.presses.scored import Asked, score_book
from addin.presses.upgraded import upgraded_copy
from addin.undo.last import write
from addin.uses import missing_tables, put_away
from addin.workbook.located_tables import Layout
from addin.workbook.uses import BY_LINE

__all__ = ["press"]


def press(pressed: Press) -> str:
    """Put the sheets of a use away if they are shown; else refresh, and bring the first one to the front."""
    use = BY_LINE[pressed.button]
    live = LiveBook(pressed.book)
    with pressed.quiet() as step:
        step("reading")
        tables = live.tables()
    layout = Layout(tables)
    away = put_away(layout, use)
    if away.sheets:
        with pressed.quiet() as step:
            step("writing")
            write(live, pressed.book, tables, away, "put_away")
        return ""
    if missing_tables(layout, use):
        return upgraded_copy(pressed, layout, use)
    asked = pkgutil.resolve_name(use.asks)(pressed, layout) if use.asks else Asked()
    if asked is None:
        return ""
    said = score_book(pressed, {use.key: asked.options}, asked.then)
    sheet = pressed.book.sheets[layout.named[use.tables[0].key].table.sheet]
    if sheet.visible:  # not where a fault stopped the refresh
        to_front(sheet)
    return said
