"""The button Import: fills in accounts from exports that a person chooses."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from addin.catalogue import Catalogue, catalogue
from addin.excel.dialogues import ask, choose_files, confirmed
from addin.excel.live_book import LiveBook
from addin.imports.importing import Import, Options, look_at, plan_import, with_absent_zero
from addin.imports.sheets import import_changes, noted_columns
from addin.imports.summary import n_to_look_at
from addin.presses import Press
from addin.presses.scored import score_book
from addin.reports.import_texts import absent_question, box_lines
from addin.undo.last import cannot_undo, write

__all__ = ["press"]

Answer = Literal["yes", "no", "cancel", "nothing"]


def press(pressed: Press) -> str:
    """Ask which files, say what they are and would change, ask again, write, and refresh if wanted."""
    book, today = pressed.book, pressed.today
    files = choose_files(book.app, pressed.words)
    if not files:
        return ""
    live = LiveBook(book)
    with pressed.quiet() as step:
        step("recognising")
        tables = live.tables()
        recognition = look_at(tables, files, today, Options())
        step("importing")
        done = plan_import(recognition)
    own_words = catalogue(recognition.rules.language)
    box = own_words.surface("imports")["box"]
    as_of = own_words.text("imports", "box", "as_of", date=done.last)
    if done.ends_early and "settings" in recognition.layout.named and confirmed(book.app, as_of):
        with pressed.quiet() as step:
            step("importing")
            done = plan_import(replace(recognition, reference="last"))
    done, answer = _answered(done, pressed, own_words)
    if answer == "nothing":
        nothing = (
            own_words.text("imports", "screen", "unused", count=done.n_unused)
            if done.n_unused
            else box["nothing"]
        )
        return "\n".join([*box_lines(done, own_words), "", nothing])
    if answer == "cancel":
        return ""
    changes = import_changes(done, own_words, today) if answer == "yes" else noted_columns(done, own_words)
    with pressed.quiet() as step:
        step("writing")
        can_undo = write(live, book, tables, changes, "import").can_undo
    if answer == "no":
        return str(box["noted"])
    said = [str(box["done"])]
    if n_to_look_at(done):
        said.append(own_words.text("imports", "box", "look", count=n_to_look_at(done)))
    if not can_undo:
        said.append(cannot_undo("import", own_words))
    if not confirmed(book.app, "\n\n".join([*said, str(box["refresh"])])):
        return ""
    return score_book(pressed)


def _answered(done: Import, pressed: Press, own_words: Catalogue) -> tuple[Import, Answer]:
    """Ask whether to import, and what accounts are that the files do not mention; return what to do then."""
    box, app = own_words.surface("imports")["box"], pressed.book.app
    zeroed = with_absent_zero(done)
    answer: Answer = "yes" if done.changes_anything else "nothing"
    if done.changes_anything:
        lines = [*box_lines(done, own_words), "", box["question"], "", box["answers"]]
        answer = ask(app, "\n".join(lines))
    if not zeroed.merged.zero or answer not in ("yes", "nothing"):
        return done, answer
    about_absent = ask(app, absent_question(zeroed, own_words))
    if about_absent == "yes":
        return zeroed, "yes"
    return done, "cancel" if about_absent == "cancel" else answer
