"""What the line Test on the past asks: which files, and as of which day."""

from __future__ import annotations

import datetime as dt

from addin.catalogue import catalogue
from addin.excel.dialogues import choose_files, typed_text
from addin.excel.live_book import LiveBook
from addin.imports.importing import Options
from addin.imports.past import open_past, past_on
from addin.presses import Press
from addin.presses.scored import Asked
from addin.refusals import Refusal
from addin.workbook.located_tables import Layout
from addin.workbook.typed_cells import read_date

__all__ = ["ask"]


def ask(pressed: Press, layout: Layout) -> Asked | None:
    """Ask for files and a day; without files the test that the sheet holds is shown again, if any."""
    app = pressed.book.app
    files = choose_files(app, pressed.words)
    if not files:
        held = layout.named["backtest"].rows()
        return Asked() if any(row["class"] is not None for row in held) else None
    with pressed.quiet() as step:
        step("importing")
        opened = open_past(LiveBook(pressed.book).tables(), files, pressed.today, Options())
    question = catalogue(layout.language).text("ribbon", "backtest", "question", last=opened.last)
    answer = typed_text(app, question, opened.latest.isoformat())
    if answer is None:
        return None
    day = read_date(answer, layout.language)
    if not isinstance(day, dt.datetime):
        raise Refusal("since_unread", text=answer)
    with pressed.quiet() as step:
        step("importing")
        past = past_on(opened, day.date())
    return Asked({"past": past})
