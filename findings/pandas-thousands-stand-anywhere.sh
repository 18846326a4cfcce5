#!/bin/sh
# Told that "." parts thousands, pandas takes it out wherever it stands: 1.23 is 123, and 12.05.26 is a number.
#
# Guess    thousands="." with decimal="," reads 1.234,56, and leaves what is no such amount as text.
# Seen     pandas 3.1.1, 2026-11-29. No group of three is asked for. In a German export one amount typed 1.23 is 123,
#          a column of dates 12.05.26 is 120526, and with thousands=" " the telephone 01 42 68 53 00 is 142685300.
#          Printed: "amounts [1234.56, 123.0], dates [120526, 130526], telephones [142685300]"
# Source   pandas, _libs/src/parser/tokenizer.c: xstrtod and str_to_int64 skip the separator between any two digits.
# Here     addin/workbook/written_numbers.py and addin/imports/files/numbers.py want groups of three, and ask where
#          a column can be read in two ways.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
uv venv -q "$work/venv"
uv pip install -q --python "$work/venv" pandas==3.1.1
"$work/venv/bin/python" - <<'PY'
import io
import sys
import warnings

import pandas as pd

warnings.simplefilter("error")


def read(cells, thousands):
    """One column of an export with decimal commas."""
    text = "\n".join(["Account;Value", *(f"C{row};{cell}" for row, cell in enumerate(cells))])
    return pd.read_csv(io.StringIO(text), sep=";", decimal=",", thousands=thousands)["Value"].tolist()


amounts = read(["1.234,56", "1.23"], ".")
dates = read(["12.05.26", "13.05.26"], ".")
telephones = read(["01 42 68 53 00"], " ")
if amounts != [1234.56, 123.0]:
    sys.exit(f"The amounts 1.234,56 and 1.23 are now {amounts}.")
if dates != [120526, 130526]:
    sys.exit(f"The dates 12.05.26 and 13.05.26 are now {dates}.")
if telephones != [142685300]:
    sys.exit(f"The telephone 01 42 68 53 00 is now {telephones}.")
print(f"amounts {amounts}, dates {dates}, telephones {telephones}")
PY
