#!/bin/sh
# A TRUE in a column of numbers is a 1 once pandas has read the sheet, and nothing tells of it.
#
# Guess    read_excel keeps a truth value among numbers as True, in a column of objects, as it does among texts.
# Seen     pandas 3.1.1 with openpyxl 3.1.5, 2026-11-29. [7, TRUE, 9] comes as [7, 1, 9], int64; with a text beside them
#          TRUE stays True. A cell into which somebody typed TRUE counts as a note of 1 out of 10.
#          Printed: "[7, TRUE, 9] is [7, 1, 9] (int64); [7, TRUE, 9, 'x'] is [7, True, 9, 'x']"
# Source   pandas, io/parsers/base_parser.py: _infer_types calls lib.maybe_convert_numeric.
# Here     A truth value is no number: addin/workbook/typed_cells.py names its cell; no sheet is read through pandas.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
uv venv -q "$work/venv"
uv pip install -q --python "$work/venv" pandas==3.1.1 openpyxl==3.1.5
cd "$work"
"$work/venv/bin/python" - <<'PY'
import sys
import warnings

import openpyxl
import pandas as pd

warnings.simplefilter("error")


def read(*notes):
    """The column of notes that pandas makes of a sheet."""
    book = openpyxl.Workbook()
    for cell in ("Note", *notes):
        book.active.append([cell])
    book.save("notes.xlsx")
    return pd.read_excel("notes.xlsx")["Note"]


numbers, mixed = read(7, True, 9), read(7, True, 9, "x")
if str(numbers.dtype) != "int64" or numbers.tolist() != [7, 1, 9]:
    sys.exit(f"Among numbers TRUE is now {numbers.iloc[1]!r} ({numbers.dtype}).")
if mixed.iloc[1] is not True:
    sys.exit(f"Beside a text TRUE is now {mixed.iloc[1]!r}.")
print(f"[7, TRUE, 9] is {numbers.tolist()} ({numbers.dtype}); [7, TRUE, 9, 'x'] is {mixed.tolist()}")
PY
