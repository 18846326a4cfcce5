#!/bin/sh
# python-calamine reads a cell that shows #N/A as the empty text it also gives for a blank cell.
#
# Guess    An error value comes back as an error, as its text "#N/A", or as None: as something.
# Seen     python-calamine 0.9.1, 2026-11-29. '' for #N/A, #DIV/0! and #REF!, '' for a blank cell, and '' for a
#          formula whose answer is the empty text: a failed lookup of a turnover is a turnover nobody entered.
#          openpyxl 3.1.5 gives "#N/A" and None.
#          Printed: "calamine: ['', '', '', ''], openpyxl: ['#N/A', '#DIV/0!', '#REF!', None]"
# Source   python-calamine, src/types/cell.rs (Error becomes Empty, and Empty the empty text).
# Here     Error values are faults with a cell, blanks are unknown: the reader of addin/package/ keeps them apart, and
#          for .xls xlrd was taken, which does.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
uv venv -q "$work/venv"
uv pip install -q --python "$work/venv" python-calamine==0.9.1 openpyxl==3.1.5 XlsxWriter==3.3.1
cd "$work"
"$work/venv/bin/python" - <<'PY'
import sys

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

ERRORS = {"=NA()": "#N/A", "=1/0": "#DIV/0!", "=INDEX(A1:A2,9)": "#REF!"}

with xlsxwriter.Workbook("turnover.xlsx") as book:
    sheet = book.add_worksheet()
    for row, (formula, shown) in enumerate(ERRORS.items()):
        sheet.write(row, 0, f"C{row}")
        sheet.write_formula(row, 1, formula, None, shown)
    sheet.write(len(ERRORS), 0, "no turnover")

by_calamine = [row[1] for row in CalamineWorkbook.from_path("turnover.xlsx").get_sheet_by_index(0).to_python()]
by_openpyxl = [row[1].value for row in openpyxl.load_workbook("turnover.xlsx", data_only=True).active]
if by_openpyxl != [*ERRORS.values(), None]:
    sys.exit(f"The file does not hold what it should: openpyxl reads {by_openpyxl}.")
if by_calamine != [""] * 4:
    sys.exit(f"python-calamine now tells error values from a blank cell: {by_calamine}.")
print(f"calamine: {by_calamine}, openpyxl: {by_openpyxl}")
PY
