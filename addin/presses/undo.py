"""The button Undo: takes back the last refresh or import."""

from __future__ import annotations

from addin.excel.formulas import answer_anew
from addin.package.alone import alone_with
from addin.presses import Press
from addin.undo.last import said, undo_last
from addin.undo.places import location

__all__ = ["press"]


def press(pressed: Press) -> str:
    """Undo what was written last, and say what was put back and what was left."""
    with alone_with(location(pressed.book), str(pressed.book.name)), pressed.quiet() as step:
        undone = undo_last(pressed.book, step)
        answer_anew(pressed.book)
    return "\n\n".join(said(undone, pressed.words))
