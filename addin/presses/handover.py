"""What the line Handover asks, and the page that it writes beside the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import xlwings as xw

from addin.catalogue import Catalogue, catalogue
from addin.excel.dialogues import typed_text
from addin.package.atomic import write_atomically
from addin.presses import Press
from addin.presses.scored import Asked
from addin.private import PRIVATE
from addin.refusals import Refusal
from addin.reports.page import handover_page, page_name
from addin.undo.places import location
from addin.uses import Result
from addin.uses.chosen import By
from addin.uses.handover import Handover, Whom, known_names, last_chosen
from addin.workbook.located_tables import Layout
from scoring.text import fold

__all__ = ["ask"]

_MOST_SIGNS = 250
"""What Excel shows of a question."""


def ask(pressed: Press, layout: Layout) -> Asked | None:
    """Ask whose portfolio is handed over; None if the person cancels.

    Raises
    ------
    Refusal
        ``no_such_portfolio`` for a name that is neither that of a rep nor that of a sector;
        ``no_rep_yet`` where no account has either.
    """
    words, names = catalogue(layout.language), known_names(layout)
    if not any(names.values()):
        raise Refusal("no_rep_yet")
    last = last_chosen(layout)
    answer = typed_text(pressed.book.app, _question(words, names), "" if last is None else last.name)
    if answer is None:
        return None
    whom = _meant(answer, names)
    return Asked({whom.by: whom.name}, lambda uses: _write(uses, pressed.book))


def _question(words: Catalogue, names: Mapping[By, list[str]]) -> str:
    """Return the question with as many names as Excel shows."""
    question = words.text("ribbon", "handover", "question")
    known = ", ".join([*names["rep"], *names["sector"]])
    with_names = f"{question}\n\n{known}"
    return with_names if len(with_names) <= _MOST_SIGNS else f"{with_names[: _MOST_SIGNS - 4]} ..."


def _meant(answer: str, names: Mapping[By, list[str]]) -> Whom:
    """Return the rep of that name, or else the sector."""
    for by, known in names.items():
        for name in known:
            if fold(name) == fold(answer):
                return Whom(by, name)
    raise Refusal("no_such_portfolio", name=answer, reps=names["rep"], sectors=names["sector"])


def _write(uses: Mapping[str, Result], book: xw.Book) -> str:
    """Write the page beside the workbook, in the person's documents where that lies on a server."""
    found = uses["handover"]
    assert isinstance(found, Handover)
    file = _folder(book) / page_name(found, found.words)
    write_atomically(file, [handover_page(found, found.words)], rights=PRIVATE)
    return found.words.text("page", "written", path=file)


def _folder(book: xw.Book) -> Path:
    import platformdirs

    place = Path(location(book))
    known = place.is_absolute() and place.parent.is_dir()
    return place.parent if known else Path(platformdirs.user_documents_dir())
