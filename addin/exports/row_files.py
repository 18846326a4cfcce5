"""Rows as files that other programs and spreadsheets read: CSV, and Excel workbooks of values alone."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from addin.catalogue import Phrase
from addin.workbook.port import Cell
from scoring.text import plain_number

__all__ = ["Exported", "Rows", "csv_file", "excel_file", "rows_file"]

_DECIMALS: Final = 6
_LIKE_A_FORMULA: Final = re.compile(r"[=@\t\r]|[+-](?![\d\s(.,])")
"""How a text begins that a spreadsheet would run; a phone number such as +33 1 is none."""
_CREATED: Final = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - fixed, so that equal rows give equal bytes
_WIDEST: Final = 50


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows for a file.

    Attributes
    ----------
    name
        What they are: the name of the sheet.
    headers
        Headers of the columns.
    rows
        A tuple of cells a row.
    left_out
        What the program for which they are meant would not take, and why.
    """

    name: str
    headers: Sequence[str]
    rows: Sequence[tuple[Cell, ...]]
    left_out: Sequence[Phrase] = ()


@dataclass(frozen=True, slots=True)
class Exported:
    """A file for another program.

    Attributes
    ----------
    content
        Its bytes.
    count
        How many rows or events it holds.
    left_out
        What it does not hold, and why: a phrase each.
    """

    content: bytes
    count: int
    left_out: Sequence[Phrase] = ()


def rows_file(rows: Sequence[Rows], file: str, language: str) -> Exported:
    """Return rows as the file that a name asks for: a workbook for ``.xlsx``, else CSV of the first ones."""
    whole = excel_file(rows) if file.lower().endswith(".xlsx") else csv_file(rows[0], language)
    return Exported(whole, len(rows[0].rows), [phrase for one in rows for phrase in one.left_out])


def csv_file(rows: Rows, language: str) -> bytes:
    """Return rows as CSV, as a spreadsheet of the language opens it: UTF-8 with its mark, ISO dates.

    A text that a spreadsheet would take for a formula is preceded by an apostrophe.
    """
    comma = language == "fr"
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";" if comma else ",")
    writer.writerow(rows.headers)
    for row in rows.rows:
        writer.writerow([_text(cell, comma=comma) for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def _text(cell: Cell, *, comma: bool) -> str:
    match cell:
        case None:
            return ""
        case dt.datetime():
            return cell.date().isoformat()
        case int() | float():
            number = plain_number(round(float(cell), _DECIMALS))
            return number.replace(".", ",") if comma else number
        case str():
            return f"'{cell}" if _LIKE_A_FORMULA.match(cell) else cell
        case _:
            return ""


def excel_file(sheets: Sequence[Rows]) -> bytes:
    """Return a workbook of values alone, a sheet for each kind of rows: no text in it is a formula."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": _CREATED})
    bold, date = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for rows in sheets:
        sheet = book.add_worksheet(rows.name)
        sheet.write_row(0, 0, rows.headers, bold)
        widths = [len(header) for header in rows.headers]
        for at, row in enumerate(rows.rows, start=1):
            for column, cell in enumerate(row):
                match cell:
                    case dt.datetime():
                        sheet.write_datetime(at, column, cell, date)
                        widths[column] = max(widths[column], 10)
                    case int() | float():
                        sheet.write_number(at, column, float(cell))
                    case str():
                        sheet.write_string(at, column, cell)
                        widths[column] = max(widths[column], len(cell))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width, _WIDEST) + 2)
        sheet.freeze_panes(1, 0)
        if rows.rows:
            sheet.autofilter(0, 0, len(rows.rows), len(rows.headers) - 1)
    book.close()
    return stream.getvalue()
