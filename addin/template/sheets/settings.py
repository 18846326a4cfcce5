"""The sheet Settings: the choices that hold for the whole workbook."""

from __future__ import annotations

import datetime as dt
from typing import Final

from xlsxwriter.workbook import Workbook

from addin.template import defaults, style
from addin.template.page import Page, table_columns
from addin.template.style import Styles
from addin.template.validations import rule_of
from addin.template.words import Words
from addin.workbook.settings import SETTINGS
from addin.workbook.tables import BY_KEY

_TABLE: Final = BY_KEY["settings"]
_TOP: Final = 3
_VALUE: Final = _TABLE.keys.index("value")


def build(workbook: Workbook, styles: Styles, words: Words, reference_date: dt.date | None) -> Page:
    """Add the sheet Settings."""
    page = Page(workbook, styles, words, words.sheet("settings"), "SettingsSheet", style.TAB_RULES)
    page.worksheet.set_default_row(24)
    last = len(_TABLE.keys) - 1
    page.band(words.text("settings", "title"), words.text("settings", "subtitle"), last, home=last)
    page.worksheet.set_row(2, 10)
    rows = defaults.settings(words, reference_date)
    page.table(_TABLE.name, _TOP, 0, table_columns(words, _TABLE), rows, filters=False)
    for row, (setting, cells) in enumerate(zip(SETTINGS, rows, strict=True), start=_TOP + 1):
        form = style.NUMBER_FORMATS.get(setting.holds, "General")
        value = {"num_format": form, "align": "center", "bg_color": style.PANEL}
        page.put(row, 0, cells["setting"], page.styles.body(bold=True, indent=1))
        page.put(row, _VALUE, cells["value"], page.styles.body(bold=True, **value))
        page.put(row, last, cells["help"], page.styles.body(font_color=style.MUTED, indent=1))
        rule = rule_of(setting, words)
        if rule is not None:
            page.allow((row, _VALUE), (row, _VALUE), *rule)
    page.worksheet.freeze_panes(_TOP + 1, 0)
    page.printing(header_row=_TOP)
    return page
