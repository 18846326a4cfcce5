"""The look of the test on the past: room for its verdict, which comes before the figures."""

from __future__ import annotations

from typing import Final

from xlsxwriter.workbook import Workbook

from addin.template.page import Page
from addin.template.sheets.listing import TOP

__all__ = ["finish"]

_VERDICT: Final = 92
"""Height of what is said above the lists [points]: six lines."""


def finish(_: Workbook, page: Page) -> None:
    """Make room for all that is said above the lists."""
    page.worksheet.set_row(TOP - 1, _VERDICT)
