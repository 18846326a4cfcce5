"""The button Apply strategy: copies the weights of the selected strategy into Criteria, when told."""

from __future__ import annotations

from addin.catalogue import catalogue
from addin.excel.dialogues import confirmed
from addin.excel.live_book import LiveBook
from addin.presses import Press
from addin.refusals import Refusal
from addin.trust.chosen_strategy import strategy_at
from addin.undo.last import cannot_undo, write
from addin.workbook.located_tables import Layout
from addin.workbook.strategy_columns import weights_written

__all__ = ["press"]


def press(pressed: Press) -> str:
    """Ask whether the strategy in whose column the selection stands is to be taken, and take it."""
    live = LiveBook(pressed.book)
    with pressed.quiet() as step:
        step("reading")
        tables = live.tables()
    layout = Layout(tables)
    words = catalogue(layout.language)
    selection = pressed.book.app.selection
    if selection is None or selection.sheet.book.name != pressed.book.name:
        raise Refusal("no_strategy_selected", sheet=words.sheet("strategies"))
    strategy = strategy_at(layout, selection.sheet.name, selection.row, selection.column)
    if strategy.why_not is not None:
        return words.show(strategy.why_not)
    if not confirmed(pressed.book.app, words.text("strategies", "question", name=strategy.name)):
        return ""
    with pressed.quiet() as step:
        step("writing")
        changes = weights_written(layout.named["criteria"], strategy.weights)
        done = write(live, pressed.book, tables, changes, "strategy")
    said = words.text("strategies", "done" if done.written else "in_force", name=strategy.name)
    return said if done.can_undo else f"{said}\n\n{cannot_undo('strategy', words)}"
