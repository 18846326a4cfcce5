"""The hidden sheet from which xlwings' module reads where Python is."""

from __future__ import annotations

from xlsxwriter.workbook import Workbook

from addin.template.macros import CONFIGURATION, PROJECT

CODE_NAME = "ConfigurationSheet"


def build(workbook: Workbook) -> None:
    """Add the sheet: keys and values from the first cell on, without headers."""
    sheet = workbook.add_worksheet(f"{PROJECT}.conf")
    sheet.set_vba_name(CODE_NAME)
    sheet.set_column(0, 1, 60)
    for row, (key, value) in enumerate(CONFIGURATION.items()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    sheet.hide()  # a person can show it, as the doctor asks where something is wrong with it
