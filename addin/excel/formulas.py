"""The formulas of the open workbook, which answer from what was written last."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["answer_anew"]


def answer_anew(book: xw.Book) -> None:
    """Let the workbook's formulas answer from what was just written."""
    name = str(book.name).replace("'", "''")  # xlwings' own Book.macro leaves an apostrophe as it is
    book.app.macro(f"'{name}'!AnswerAnew")()
