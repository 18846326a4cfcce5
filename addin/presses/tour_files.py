"""The lines of the menu of tour files: the tour plan as a file for another program, of one rep or of all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from addin.catalogue import Catalogue, catalogue
from addin.excel.dialogues import ask, choose_target
from addin.excel.live_book import LiveBook
from addin.package.atomic import write_atomically
from addin.presses import Press
from addin.presses.scored import score_book
from addin.presses.upgraded import upgraded_copy
from addin.private import PRIVATE
from addin.refusals import Refusal
from addin.uses import Result, missing_tables
from addin.uses.exported import ExportedResult
from addin.uses.tour_files import Export
from addin.workbook.located_tables import Layout
from addin.workbook.typed_cells import read_text
from addin.workbook.uses.tour import FILES, TOUR

__all__ = ["press"]

_LISTS: Final = ("tour", "days", "capacity")
"""Tables in whose rows a person may select a rep."""
_MOST_LINES: Final = 6


def press(pressed: Press) -> str:
    """Ask whose accounts and where to, refresh, and write the file."""
    kind = pressed.button.removeprefix(f"{TOUR.key}_")
    with pressed.quiet() as step:
        step("reading")
        layout = Layout(LiveBook(pressed.book).tables())
    if missing_tables(layout, TOUR):
        return upgraded_copy(pressed, layout, TOUR)
    words = catalogue(layout.language)
    rep = _selected_rep(pressed, layout)
    if rep is not None:
        answer = ask(pressed.book.app, words.text("exports", "only_rep", rep=rep))
        if answer == "cancel":
            return ""
        rep = rep if answer == "yes" else None
    title, name = (words.text("exports", key) for key in ("title", "name"))
    target = choose_target(pressed.book.app, title, f"{name} {rep or ''}".strip(), FILES[kind])
    if target is None:
        return ""
    if target.suffix.lower() not in FILES[kind]:
        raise Refusal("export_ending", file=target.name, kind=kind, endings=list(FILES[kind]))
    stamp = dt.datetime.now(dt.UTC).replace(microsecond=0)
    asked = {TOUR.key: {"export": Export(kind, target.name, stamp, rep)}}
    return score_book(pressed, asked, lambda results: _written(results, target, words))


def _selected_rep(pressed: Press, layout: Layout) -> str | None:
    """Return the rep in whose row the selection stands, on a sheet of the tour plan; None elsewhere."""
    selection = pressed.book.app.selection
    if selection is None or selection.sheet.book.name != pressed.book.name:
        return None
    for key in _LISTS:
        located = layout.named[key]
        row = selection.row - located.table.top
        if located.table.sheet == selection.sheet.name and 0 <= row < located.table.n_rows:
            rep = read_text(located.cells("rep")[row])
            return rep if isinstance(rep, str) and rep else None
    return None


def _written(results: Mapping[str, Result], target: Path, words: Catalogue) -> str:
    """Write the file, and say what it holds and what it does not."""
    result = results[TOUR.key]
    assert isinstance(result, ExportedResult)
    assert result.exported is not None
    write_atomically(target, [result.exported.content], rights=PRIVATE)
    left_out = [words.show(phrase) for phrase in result.exported.left_out]
    said = [words.text("exports", "written", count=result.exported.count, path=target)]
    said += left_out[:_MOST_LINES]
    if len(left_out) > _MOST_LINES:
        said.append(words.text("exports", "more", count=len(left_out) - _MOST_LINES))
    return "\n\n".join(said)
