"""What the sheet of the orders has beside its table: marks of who gets less than asked."""

from __future__ import annotations

from typing import Final

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook

from addin.template import style
from addin.template.page import LAST_ROW, Page
from addin.template.sheets.listing import FIRST
from addin.workbook.tables import BY_KEY

__all__ = ["finish"]

_FROZEN: Final = "product"
"""Last column that stays in view."""


def finish(_: Workbook, page: Page) -> None:
    """Mark the quantities that fall short of what was asked, and show broken ones with two decimals."""
    keys = BY_KEY["orders"].keys
    page.worksheet.freeze_panes(FIRST, keys.index(_FROZEN) + 1)
    place = keys.index("proposed")
    asked, got = (f"${xl_col_to_name(keys.index(key))}{FIRST + 1}" for key in ("quantity", "proposed"))
    short, broken = f"ISNUMBER({got}),{got}<{asked}", f"ISNUMBER({got}),{got}<>ROUND({got},2)"
    marked = {"bold": True, "font_color": style.AMBER}
    # What is sold by weight or length is shared exactly: the cell keeps it all, two decimals are looked at.
    # Both at once first, as LibreOffice shows one rule a cell.
    rounded = {"num_format": "#,##0.00"}
    for condition, look in (
        (f"{short},{broken}", marked | rounded),
        (short, marked),
        (broken, rounded),
    ):
        page.when((FIRST, place), (LAST_ROW, place), f"=AND({condition})", page.styles.change(**look))
