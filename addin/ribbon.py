"""The border of the ribbon: a press on a button comes in, and all that goes wrong becomes a sentence.

The workbook's VBA calls :func:`press` in a process of its own; everything
else takes the workbook as an argument. Which buttons there are stands in
addin/buttons.py, what each does in addin/presses.
"""

from __future__ import annotations

import datetime as dt
import pkgutil
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from addin.buttons import handlers
from addin.catalogue import LANGUAGES, catalogue
from addin.excel.busy import is_busy, patiently
from addin.excel.dialogues import TITLE
from addin.log import log_failure
from addin.presses import Press
from addin.refusals import Refusal

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["answer", "press"]

_COM_ATTEMPTS: Final = 2_000
"""Tries of a call that a busy Excel rejects: some seconds, where xlwings would try for ever."""


def press(button: str, language: str) -> None:
    """Do what a button does, on the workbook from which it was pressed.

    Parameters
    ----------
    button
        Its key in addin/buttons.py.
    language
        Language of the workbook's own texts, for what is said before its settings are read.
    """
    import xlwings as xw

    if sys.platform == "win32":
        _tame()
    today = dt.date.today()  # noqa: DTZ011 - the day at the keyboard
    answer(xw.Book.caller(), button, language, today)


def answer(book: xw.Book, button: str, language: str, today: dt.date) -> None:
    """Do what a button does, and say what came of it."""
    words = catalogue(language if language in LANGUAGES else LANGUAGES[0])
    try:
        _check_ready(book.app)
        handler: Callable[[Press], str] = pkgutil.resolve_name(handlers()[button])
        text, mode = handler(Press(book, words, button, today)), "info"
    except Refusal as refusal:
        if refusal.__cause__ is not None:  # the sentence says what to do, the log what Excel threw
            log_failure(refusal)
        text, mode = words.text("refusals", refusal.code, **refusal.details), "critical"
    except Exception as failure:  # noqa: BLE001 - the one border of this surface
        log = log_failure(failure)
        if is_busy(failure):
            text = words.text("refusals", "broken_off")
        else:
            text = words.text("ribbon", "unexpected", log=log)
        mode = "critical"
    if text:  # a person who cancels knows it
        patiently(lambda: book.app.alert(text, title=TITLE, buttons="ok", mode=mode))


def _tame() -> None:
    """Keep xlwings from ending other Excels as it leaves, and from waiting for ever on a busy one."""
    import atexit

    import xlwings._xlwindows as windows

    atexit.unregister(windows.cleanup)
    windows.N_COM_ATTEMPTS = _COM_ATTEMPTS


def _check_ready(app: xw.App) -> None:
    """Refuse while a cell is being edited or a dialogue is open."""
    try:
        ready = getattr(app.api, "Ready", True)
    except Exception as failure:
        if not is_busy(failure):
            raise
        ready = False
    if not ready:
        raise Refusal("excel_busy")
