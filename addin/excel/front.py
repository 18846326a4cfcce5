"""A sheet that comes to the front."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["to_front"]


def to_front(sheet: xw.Sheet) -> None:
    """Show a sheet of the workbook from which a button was pressed.

    xlwings' own ``Sheet.activate`` looks besides for the Excel whose window is
    uppermost, and fails where that is another one, as with two that are open.
    """
    sheet.impl.activate()
