"""What each button of the ribbon does, and the one border where all that goes wrong becomes a sentence.

The workbook's VBA calls :func:`press` in a process of its own; everything
else takes the workbook as an argument.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from addin.catalogue import LANGUAGES, Catalogue, catalogue
from addin.log import log_failure
from addin.refusals import Refusal

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["BUTTONS", "answer", "press"]

_TITLE: Final = "ClientScore"
_COM_ATTEMPTS: Final = 2_000
"""Tries of a call that a busy Excel rejects: some seconds, where xlwings would try for ever."""


def press(button: str, language: str) -> None:
    """Do what a button does, on the workbook from which it was pressed.

    Parameters
    ----------
    button
        A key of :data:`BUTTONS`.
    language
        Language of the workbook's own texts, for what is said before its settings are read.
    """
    import xlwings as xw

    if sys.platform == "win32":
        _tame()
    answer(xw.Book.caller(), button, language)


def answer(book: xw.Book, button: str, language: str) -> None:
    """Do what a button does, and say what came of it."""
    words = catalogue(language if language in LANGUAGES else LANGUAGES[0])
    try:
        _check_ready(book.app)
        text = BUTTONS[button](book, words)
        mode = "info"
    except Refusal as refusal:
        text, mode = words.text("refusals", refusal.code, **refusal.details), "critical"
    except Exception as failure:  # noqa: BLE001 - the one border of this surface
        text, mode = words.text("ribbon", "unexpected", log=log_failure(failure)), "critical"
    if text:  # a person who cancels knows it
        book.app.alert(text, title=_TITLE, buttons="ok", mode=mode)


def _tame() -> None:
    """Keep xlwings from ending other Excels as it leaves, and from waiting for ever on a busy one."""
    import atexit

    import xlwings._xlwindows as windows

    atexit.unregister(windows.cleanup)
    windows.N_COM_ATTEMPTS = _COM_ATTEMPTS


def _check_ready(app: xw.App) -> None:
    """Refuse while a cell is being edited or a dialogue is open."""
    if not getattr(app.api, "Ready", True):
        raise Refusal("excel_busy")


def _refresh(book: xw.Book, words: Catalogue) -> str:
    from addin.live_book import LiveBook
    from addin.live_messages import refreshed, stopped
    from addin.quiet import quiet
    from addin.refresh import score_tables
    from addin.undoing import cannot_undo, remember

    live = LiveBook(book)
    with quiet(book.app, words.surface("ribbon")["steps"]) as step:
        step("reading")
        tables = live.tables()
        scoring = score_tables(tables, _today(), progress=step)
        report = scoring.report
        if report.stopped:
            return stopped(report, catalogue(report.language))
        step("writing")
        can_undo = True
        if live.apply(scoring.changes):
            can_undo = remember(book, tables, scoring.changes, live.inverse, "refresh")
            _answer_anew(book)
    own_words = catalogue(report.language)
    said = refreshed(report, own_words)
    return said if can_undo else f"{said}\n\n{cannot_undo('refresh', own_words)}"


def _check(book: xw.Book, words: Catalogue) -> str:
    from addin.layout import Layout
    from addin.live_book import LiveBook
    from addin.live_messages import checked
    from addin.quiet import quiet
    from addin.refresh import check_tables

    live = LiveBook(book)
    with quiet(book.app, words.surface("ribbon")["steps"]) as step:
        step("reading")
        tables = live.tables()
        step("checking")
        scoring = check_tables(tables, _today())
        live.apply(scoring.changes)
    checks = Layout(tables).named.get("checks")
    if checks is not None and scoring.report.findings:
        book.sheets[checks.table.sheet].activate()
    return checked(scoring.report, catalogue(scoring.report.language))


def _import(book: xw.Book, words: Catalogue) -> str:
    from addin.dialogues import ask, choose_files
    from addin.imports.importing import Options, look_at, plan_import
    from addin.imports.say import box_lines, n_to_look_at
    from addin.imports.sheets import import_changes, noted_columns
    from addin.live_book import LiveBook
    from addin.quiet import quiet
    from addin.undoing import cannot_undo, remember

    steps = words.surface("ribbon")["steps"]
    files = choose_files(book.app, words)
    if not files:
        return ""
    live = LiveBook(book)
    with quiet(book.app, steps) as step:
        step("recognising")
        tables = live.tables()
        recognition = look_at(tables, files, _today(), Options())
        step("importing")
        done = plan_import(recognition)
    own_words = catalogue(recognition.rules.language)
    box = own_words.surface("imports")["box"]
    lines = box_lines(done, own_words)
    if not done.changes_accounts:
        return "\n".join([*lines, "", box["nothing"]])
    answer = ask(book.app, "\n".join([*lines, "", box["question"], "", box["answers"]]), _TITLE)
    if answer == "cancel":
        return ""
    changes = import_changes(done, own_words, _today()) if answer == "yes" else noted_columns(done, own_words)
    with quiet(book.app, steps) as step:
        step("writing")
        written = live.apply(changes)
        can_undo = not written or remember(book, tables, changes, live.inverse, "import")
    if answer == "no":
        return str(box["noted"])
    said = [str(box["done"])]
    if n_to_look_at(done):
        said.append(own_words.text("imports", "box", "look", count=n_to_look_at(done)))
    return "\n\n".join(said if can_undo else [*said, cannot_undo("import", own_words)])


def _explain(book: xw.Book, words: Catalogue) -> str:
    from addin.explain import explain_account, selected_account
    from addin.live_book import LiveBook
    from addin.quiet import quiet

    with quiet(book.app, words.surface("ribbon")["steps"]) as step:
        step("reading")
        tables = LiveBook(book).tables()
        step("scoring")
        code = selected_account(book, tables)
        return explain_account(tables, code, _today())


def _undo(book: xw.Book, words: Catalogue) -> str:
    from addin.quiet import quiet
    from addin.undoing import said, undo_last

    with quiet(book.app, words.surface("ribbon")["steps"]) as step:
        undone = undo_last(book, step)
        _answer_anew(book)
    return "\n\n".join(said(undone, words))


def _new_sheet(book: xw.Book, words: Catalogue) -> str:
    from addin.new_sheet import add_account_sheet
    from addin.quiet import quiet

    with quiet(book.app, words.surface("ribbon")["steps"]) as step:
        step("copying")
        name = add_account_sheet(book)
    return words.text("ribbon", "sheet_added", sheet=name)


def _answer_anew(book: xw.Book) -> None:
    """Let the workbook's formulas answer from what was just written."""
    name = str(book.name).replace("'", "''")  # xlwings' own Book.macro leaves an apostrophe as it is
    book.app.macro(f"'{name}'!AnswerAnew")()


def _today() -> dt.date:
    return dt.date.today()  # noqa: DTZ011 - the day at the keyboard


BUTTONS: Final[Mapping[str, Callable[[xw.Book, Catalogue], str]]] = {
    "refresh": _refresh,
    "check": _check,
    "import": _import,
    "explain": _explain,
    "undo": _undo,
    "new_sheet": _new_sheet,
}
"""What the buttons do, by the names that the workbook's VBA knows; each returns what it has to say."""
