"""A workbook that was made before a use came: a copy of it with the sheets of today, opened beside it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from addin.catalogue import catalogue
from addin.excel.dialogues import choose_target, confirmed
from addin.package import write_atomically
from addin.presses import Press
from addin.refusals import Refusal
from addin.reports.upgrade_texts import upgrade_lines
from addin.upgrade import upgrade_file
from addin.uses import missing_tables
from addin.workbook.located_tables import Layout
from addin.workbook.uses import Use

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["upgraded_copy"]


def upgraded_copy(pressed: Press, layout: Layout, use: Use) -> str:
    """Ask whether and where, write a copy with what the workbook lacks, open it, and say what came to it.

    Excel holds the workbook itself open, and sheets copied from another one would look at that one:
    so the workbook stays as it is.

    Raises
    ------
    Refusal
        On a Mac, where no copy can be had of an open workbook; where the copy would bear the name of
        the workbook, or would be of another kind; or where an upgrade does not add the tables either.
    """
    words, book = catalogue(layout.language), pressed.book
    label = words.text("ribbon", "buttons", use.key, "label")
    lacking = Refusal("no_sheet_of_use", use=label, tables=missing_tables(layout, use))
    if sys.platform == "darwin":
        raise lacking
    if not confirmed(book.app, words.text("ribbon", "upgrade", "question", use=label)):
        return ""
    name = Path(str(book.name))
    title, proposed = (words.text("ribbon", "upgrade", key, name=name.stem) for key in ("title", "name"))
    target = choose_target(book.app, title, proposed, (name.suffix,))
    if target is None:
        return ""
    if target.suffix.lower() != name.suffix.lower():
        raise Refusal("output_kind", output=target.name, book=str(name))
    if target.name.casefold() == str(name).casefold():
        raise Refusal("copy_under_same_name", file=target.name)
    with tempfile.TemporaryDirectory() as folder, pressed.quiet() as step:
        step("copying")
        copy = Path(folder) / name.name
        _save_copy(book, copy)
        done = upgrade_file(copy, copy.with_stem("upgraded"))
        if not done.sheets:
            raise lacking
        write_atomically(target, [copy.with_stem("upgraded").read_bytes()])
    book.app.books.open(str(target))
    return "\n\n".join(
        [*upgrade_lines(done, words), words.text("ribbon", "upgrade", "next", file=target.name)]
    )


def _save_copy(book: xw.Book, path: Path) -> None:
    """Write the workbook as it is now, unsaved cells included, to another file; it keeps its own name."""
    book.api.SaveCopyAs(str(path))
