"""What a press on each button does, one module a button; addin/buttons.py says which there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from addin.catalogue import Catalogue

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["Press"]


@dataclass(frozen=True, slots=True)
class Press:
    """A press on a button.

    Attributes
    ----------
    book
        The workbook from which it was pressed.
    words
        The language of the workbook's own texts, for what is said before its
        settings are read.
    button
        Key of the button: several may share a handler.
    today
        The day at the keyboard.
    """

    book: xw.Book
    words: Catalogue
    button: str
    today: dt.date

    def quiet(self) -> AbstractContextManager[Callable[[str], None]]:
        """Keep Excel still; what it gives takes the step under way, for the status bar."""
        from addin.excel.paused import quiet

        return quiet(self.book.app, self.words.surface("ribbon")["steps"])
