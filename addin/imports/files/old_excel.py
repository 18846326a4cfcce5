"""Sheets of workbooks from before Excel 2007 (.xls, BIFF 2 to 8), read by xlrd.

The library is the one that pandas takes for this format: all of it is Python,
so that a damaged file ends in an exception and not with the process, and it
tells error values from empty cells.
"""

from __future__ import annotations

import io
import struct
from typing import Any, Final

from addin.package.dates import from_serial
from addin.package.grids import Grid
from addin.refusals import Refusal
from addin.workbook.port import Cell, CellError

__all__ = ["read_old_excel"]

_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_CODE_PAGE: Final = "cp1252"
"""Of the files, all of them old, that do not name theirs."""
_ERRORS: Final = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
}
"""Error values by their codes (MS-XLS 2.5.10)."""
_RAISED: Final = (struct.error, AssertionError, LookupError, ValueError, TypeError, ArithmeticError)
"""What xlrd raises, besides its own, on files that are not what they say."""


def read_old_excel(content: bytes, file: str) -> list[Grid]:
    """Return the sheets of a workbook.

    Parameters
    ----------
    content
        The file.
    file
        Its name, for what is said.

    Raises
    ------
    Refusal
        If it is encrypted, holds no workbook, or is damaged.
    """
    from xlrd import XLRDError
    from xlrd.compdoc import CompDocError

    try:
        try:
            return _grids(content)
        except UnicodeDecodeError:
            return _grids(content, encoding_override=_CODE_PAGE)
    except XLRDError as error:
        # A workbook of today with a password is such a file, too, but holds no such workbook.
        encrypted = "encrypted" in str(error) or _ENCRYPTED in content
        raise Refusal("encrypted" if encrypted else "damaged", file=file) from error
    except (CompDocError, NotImplementedError, RecursionError, AttributeError, *_RAISED) as error:
        raise Refusal("damaged", file=file) from error


def _grids(content: bytes, **settings: Any) -> list[Grid]:
    from xlrd import open_workbook

    book = open_workbook(file_contents=content, logfile=io.StringIO(), ragged_rows=True, **settings)
    return [
        Grid(sheet.name, _rows(sheet, from_1904=bool(book.datemode)), hidden=sheet.visibility != 0)
        for sheet in book.sheets()
    ]


def _rows(sheet: Any, *, from_1904: bool) -> list[list[Cell]]:
    rows = [
        [
            _cell(kind, value, from_1904=from_1904)
            for kind, value in zip(sheet.row_types(row), sheet.row_values(row), strict=True)
        ]
        for row in range(sheet.nrows)
    ]
    return [row if any(cell is not None for cell in row) else [] for row in rows]


def _cell(kind: int, value: Any, *, from_1904: bool) -> Cell:
    """Return a cell as we know it: every number a float, every date a datetime."""
    match kind:  # text, number, date, boolean, error: xlrd's cell types, which its reference numbers so
        case 1:
            return str(value) or None
        case 2:
            return float(value)
        case 3:
            return from_serial(float(value), from_1904=from_1904)
        case 4:
            return bool(value)
        case 5:
            return CellError(_ERRORS.get(value, "#?"))
    return None
