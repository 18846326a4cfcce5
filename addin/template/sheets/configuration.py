"""The hidden sheet from which xlwings' module reads where Python is."""

from __future__ import annotations

from typing import Final

from xlsxwriter.workbook import Workbook

PROJECT: Final = "ClientScore"
"""What xlwings' module calls itself in our workbooks, so that settings meant for others stay apart."""

CONFIGURATION: Final = {
    "INTERPRETER_WIN": r"%LOCALAPPDATA%\ClientScore\venv\Scripts\python.exe",
    "INTERPRETER_MAC": "$HOME/.clientscore/venv/bin/python",
    # Python finds ClientScore as an installed package; a workbook on OneDrive has no path to add.
    "ADD_WORKBOOK_TO_PYTHONPATH": "False",
}
"""What xlwings' module looks up on the hidden sheet ``ClientScore.conf``."""

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
