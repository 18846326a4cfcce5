"""The progress bar of the sheet Worklist."""

from __future__ import annotations

from typing import Final

from xlsxwriter.workbook import Workbook

from addin.template import style
from addin.template.page import Page
from addin.template.sheets.listing import BEHIND
from addin.workbook.tables import BY_KEY

__all__ = ["finish"]

_ROW: Final = 2
_KNOWN: Final = BEHIND + 2 + BY_KEY["worklistprogress"].keys.index("known")


def finish(_: Workbook, page: Page) -> None:
    """Show above the list how much of the core is known, as a figure and as a bar."""
    styles, sheet = page.styles, page.worksheet
    sheet.merge_range(
        _ROW,
        0,
        _ROW,
        1,
        page.words.text("worklist", "progress"),
        styles(bold=True, font_color=style.NAVY, indent=1, text_wrap=True),
    )
    look = styles(
        bold=True,
        font_size=14,
        font_color=style.NAVY,
        num_format="0%",
        align="left",
        indent=1,
        bg_color=style.PANEL,
    )
    page.echo(_ROW, 2, (1, _KNOWN), "", look)
    page.bars((_ROW, 2), (_ROW, 2), 1, style.CLASS_FILLS[2])
