"""Where a workbook lies, and where its journals do: the command line and Excel know both by the same name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from addin.private import state_folder
from addin.workbook.place import place

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["location", "undo_folder"]


def location(book: Path | xw.Book) -> str:
    """Return where a workbook lies: a copy elsewhere is another workbook.

    xlwings would turn the address of a workbook on OneDrive into a path, and fail where there is none.
    """
    if isinstance(book, Path):
        return place(str(book.absolute()))
    full_name = getattr(book.api, "FullName", None) or getattr(book.api, "full_name", None)
    if full_name is None:
        return str(book.name)
    return place(str(full_name if isinstance(full_name, str) else full_name.get()))


def undo_folder() -> Path:
    """Return the folder of the journals, in the person's own profile."""
    return state_folder() / "undo"
