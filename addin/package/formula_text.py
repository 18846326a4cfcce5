"""What formulas say: read out of a worksheet, moved from cell to cell, and fit for a file or not."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Final

from addin.package import lexer
from addin.package.cells import Area, column_number
from addin.workbook.formulas import FORMULAS
from addin.workbook.port import MAX_ROWS, Formula, Spread, column_letters

if TYPE_CHECKING:
    from addin.package.sheet import Row, SheetText

Formulas = dict[tuple[int, int], Formula]
"""Formulas by row and column."""

_MAX_COLUMNS: Final = 16_384

_TOKEN: Final = re.compile(
    r"""(?P<quoted>"(?:[^"]|"")*")
    |(?P<sheet>'(?:[^']|'')*')
    |(?P<bracket>\[(?:'.|[^\[\]']|\[(?:'.|[^\[\]'])*\])*\])
    |(?P<error>\#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A))
    |(?P<reference>\$?[A-Za-z]{1,3}\$?[0-9]{1,7}|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]{1,7}:\$?[0-9]{1,7})
     (?![\w.\\?$(!]|:[A-Za-z]\w*!)
    |(?P<name>[\w.\\?$]+)(?P<call>\()?""",
    re.VERBOSE,
)
_KEPT: Final = frozenset(("aca", "bx", "ca", "cm", "del1", "del2", "dt2D", "dtr", "r1", "r2"))
"""Attributes of array formulas and data tables that mean something beyond the text and the range."""
_PLAIN_VALUE: Final = re.compile(r"[A-Za-z0-9$]+")
_PART: Final = re.compile(r"(\$?)([A-Za-z]*)(\$?)([0-9]*)")

_NAMES: Final = """
    ABS AND AVERAGE AVERAGEIF AVERAGEIFS CEILING CHOOSE COLUMN COLUMNS CONCATENATE COUNT COUNTA
    COUNTBLANK COUNTIF COUNTIFS DATE DATEDIF DATEVALUE DAY EDATE EOMONTH EXACT FALSE FIND FLOOR
    HLOOKUP HYPERLINK IF IFERROR INDEX INDIRECT INT ISBLANK ISERROR ISNA ISNUMBER ISTEXT LARGE LEFT
    LEN LN LOG10 LOOKUP LOWER MATCH MAX MEDIAN MID MIN MOD MONTH N NA NETWORKDAYS NOT NOW OFFSET OR
    PERCENTILE POWER PRODUCT PROPER QUARTILE RANK REPLACE REPT RIGHT ROUND ROUNDDOWN ROUNDUP ROW
    ROWS SEARCH SIGN SMALL SQRT STDEV SUBSTITUTE SUBTOTAL SUM SUMIF SUMIFS SUMPRODUCT T TEXT TODAY
    TRIM TRUE TRUNC UPPER VALUE VLOOKUP WEEKDAY WEEKNUM WORKDAY YEAR
"""
_PLAIN: Final = frozenset([*_NAMES.split(), *(formula.name for formula in FORMULAS)])
"""Functions that a file names as Excel shows them; newer ones have a prefix there."""


def formulas_in(sheet: SheetText, rows: Collection[int]) -> Formulas:
    """Return the formulas of some rows as they can be written again.

    An array formula stands in braces. Of one that fills several cells, and of a data table, the first
    cell has the formula and the rest the values that are shown.
    """
    found: Formulas = {}
    masters: dict[str, tuple[int, int, str]] = {}
    children: list[tuple[int, int, str]] = []
    for row in sheet.rows():
        wanted = row.number in rows
        if not wanted and sheet.masked.find(b"shared", row.start, row.end) < 0:
            continue
        if sheet.content.find(sheet.patterns.formula_opening, row.start, row.end) < 0:
            continue
        for column, values, text in _formulas_of(sheet, row):
            kind = values.get("t", "normal")
            if kind == "shared" and text:
                masters.setdefault(values.get("si", ""), (row.number, column, text))
            if not wanted:
                continue
            if kind == "shared" and not text:
                children.append((row.number, column, values.get("si", "")))
            elif text and kind in ("normal", "shared"):
                found[row.number, column] = Formula(f"={text}")
            elif kind == "dataTable" or (kind == "array" and text):
                found |= _of_several(row.number, column, values, text)
    for row_number, column, key in children:
        if key in masters:
            top, left, text = masters[key]
            found[row_number, column] = Formula(f"={moved(text, row_number - top, column - left)}")
    return found


def _formulas_of(sheet: SheetText, row: Row) -> list[tuple[int, dict[str, str], str]]:
    """Column, attributes and text of each formula of a row."""
    found = []
    for cell in sheet.patterns.cells(sheet.masked, row.number, row.start, row.end)[1]:
        content = lexer.plain(sheet.content[slice(*cell.inner)])
        formula = sheet.patterns.formula.search(content)
        if formula:
            values = lexer.attributes(formula[1])
            if "cm" in cell.attributes:  # a dynamic array: Excel shows it without braces
                values["cm"] = cell.attributes["cm"]
            found.append((cell.column, values, lexer.unescape(formula[2] or b"")))
    return found


def _of_several(row: int, column: int, values: Mapping[str, str], text: str) -> Formulas:
    """Return an array formula or a data table, nothing where the file does not say what it fills."""
    area = Area.parse(values.get("ref", ""))
    if area is None:
        return {}
    spelled = [
        (name, value) for name, value in values.items() if name in _KEPT and _PLAIN_VALUE.fullmatch(value)
    ]
    if values["t"] == "dataTable":
        spelled.append(("t", "dataTable"))
    else:
        text = f"{{={text}}}"
    spread = Spread(area.bottom - area.top + 1, area.right - area.left + 1, tuple(spelled))
    return {(row, column): Formula(text, None if spread == Spread() else spread)}


def moved(text: str, rows: int, columns: int) -> str:
    """Return what a shared formula says in a cell some rows and columns from the one that spells it.

    >>> moved("SUM(A$1:B2)*$C3+T[[#This Row],[A1]]", 2, 1)
    'SUM(B$1:C4)*$C5+T[[#This Row],[A1]]'
    """

    def shifted(token: re.Match[str]) -> str:
        if token["reference"] is None:
            return token[0]
        parts = [_shifted(part, rows, columns) for part in token["reference"].split(":")]
        return ":".join(parts) if all(parts) else "#REF!"

    return _TOKEN.sub(shifted, text)


def _shifted(reference: str, rows: int, columns: int) -> str:
    """Move one cell, column or row, as far as it is relative; empty where that leaves the sheet."""
    part = _PART.fullmatch(reference)
    assert part is not None
    first, letters, second, digits = part.groups()
    if not letters:  # a whole row: the only dollar sign stands before its number
        first, second = "", first
    row, column = int(digits or 0), column_number(letters)
    if row > MAX_ROWS or column > _MAX_COLUMNS:
        return reference  # no cell but a name
    row += 0 if second or not digits else rows
    column += 0 if first or not letters else columns
    if (digits and not 1 <= row <= MAX_ROWS) or (letters and not 1 <= column <= _MAX_COLUMNS):
        return ""
    return f"{first}{column_letters(column) if letters else ''}{second}{row if digits else ''}"


def fits_file(formula: Formula) -> bool:
    """Whether a formula as Excel shows it is surely spelled the same in a file.

    There newer functions have a prefix, ``[@Column]`` has a long form, and
    other workbooks have numbers: written as Excel shows them they would be
    errors, or make Excel repair the file.

    >>> fits_file(Formula("=IF(B2>0,SUM(C$2:C9),NA())")), fits_file(Formula("=[@Turnover]*2"))
    (True, False)
    """
    text = formula.text.removeprefix("=")
    for token in _TOKEN.finditer(text):
        if token["bracket"] or (token["sheet"] and "[" in token["sheet"]):
            return False
        if token["call"] and token["name"].upper() not in _PLAIN:
            return False
    rest = _TOKEN.sub("", text)
    return formula.text.startswith("=") and not set(rest) & set("[]@#{}'\"")
