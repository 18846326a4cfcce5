"""Defined names: what validations, colours and charts may not say with a table reference."""

from __future__ import annotations

from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook

from addin.template.figures import quoted, reference
from addin.template.words import Words

SETTINGS: Final = {
    "ReferenceDate": "reference_date",
    "MaxSubjectiveShare": "max_subjective",
    "CoreShare": "core_share",
}
"""Names for values of the table Settings."""


def literal(text: str) -> str:
    """Return a formula of a text in which the signs that MATCH takes for a pattern mean themselves."""
    for sign in "~*?":
        text = f'SUBSTITUTE({text},"{sign}","~{sign}")'
    return text


def define(workbook: Workbook, words: Words, accounts_sheet: str, header_row: int) -> None:
    """Define the names of the workbook.

    Parameters
    ----------
    workbook, words
        The workbook and its language.
    accounts_sheet, header_row
        Where the headers of the first account table stand, the row from 0.
    """
    criterion = reference("Criteria", words.header("criteria", "criterion"))
    column = reference("Criteria", words.header("criteria", "column"))
    scaled = reference("Scales", words.header("scales", "criterion"))
    value = reference("Scales", words.header("scales", "value"))
    setting = reference("Settings", words.header("settings", "setting"))
    chosen = reference("Settings", words.header("settings", "value"))
    solidity = f"INDEX({criterion},MATCH({quoted(words.header('accounts', 'solidity'))},{column},0))"
    first = f"MATCH({literal(solidity)},{scaled},0)"
    n_rows = f"SUMPRODUCT(({scaled}={solidity})*1)"
    sheet = f"'{accounts_sheet.replace(chr(39), chr(39) * 2)}'!"
    row = header_row + 1
    names = {
        "ClassLetters": reference("Classes", words.header("classes", "class")),
        "CriteriaNames": criterion,
        "RepChoices": reference("RepNames", words.header("repnames", "rep")),
        "RequestNames": reference("RequestTypes", words.header("requesttypes", "request")),
        # The rows of that criterion on Scales, wherever they stand, as long as they stand together.
        "SolidityRatings": f"INDEX({value},{first}):INDEX({value},{first}-1+{n_rows})",
        # The whole header row, columns that were added included.
        "AccountColumns": (
            f"{sheet}{xl_rowcol_to_cell(header_row, 0, row_abs=True, col_abs=True)}"
            f":INDEX({sheet}${row}:${row},COUNTA({sheet}${row}:${row}))"
        ),
    }
    names |= {
        name: f"INDEX({chosen},MATCH({quoted(words.header('setting_names', key))},{setting},0))"
        for name, key in SETTINGS.items()
    }
    for name, formula in names.items():
        workbook.define_name(name, f"={formula}")
