"""The button New sheet: one more sheet of accounts."""

from __future__ import annotations

from addin.excel.new_sheet import add_account_sheet
from addin.presses import Press

__all__ = ["press"]


def press(pressed: Press) -> str:
    """Add an empty account sheet, and say what it is called."""
    with pressed.quiet() as step:
        step("copying")
        name = add_account_sheet(pressed.book)
    return pressed.words.text("ribbon", "sheet_added", sheet=name)
