"""Files for other programs: rows as CSV or as an Excel workbook, route planners, calendars.

What a program would not take is told account by account, and never cut.
"""

from __future__ import annotations

from addin.exports.calendar_file import calendar_file
from addin.exports.planners import portatour, toursolver
from addin.exports.row_files import Exported, Rows, csv_file, excel_file, rows_file

__all__ = [
    "Exported",
    "Rows",
    "calendar_file",
    "csv_file",
    "excel_file",
    "portatour",
    "rows_file",
    "toursolver",
]
