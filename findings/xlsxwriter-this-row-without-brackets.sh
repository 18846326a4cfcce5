#!/bin/sh
# XlsxWriter writes [@Revenue], as Excel shows it, in a form that another program cannot calculate.
#
# Guess    A column formula typed as Excel's formula bar shows it, =[@Revenue]*2, works in the file.
# Seen     XlsxWriter 3.3.1 and LibreOffice 7.4.7, 2026-11-29. Only the "@" is replaced, so the file says
#          [[#This Row],Revenue]*2: no table, and a column without its own brackets. LibreOffice: Err:507.
#          Spelled out, Accounts[[#This Row],[Revenue]]*2, the same file calculates 14.
#          Printed: "typed as shown: Err:507; spelled out: 14"
# Source   XlsxWriter, worksheet.py: _prepare_table_formula; the grammar of formulas in [MS-XLSX] 2.2.2.
# Here     The template spells out every reference to a row (addin/template/), and a lint of its tests reads them.
set -eu
command -v soffice >/dev/null || { echo "This finding needs LibreOffice (soffice)." >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
uv venv -q "$work/venv"
uv pip install -q --python "$work/venv" XlsxWriter==3.3.1
cat >"$work/write.py" <<'PY'
import sys
import zipfile

import xlsxwriter

path = sys.argv[1]
with xlsxwriter.Workbook(path) as book:
    sheet = book.add_worksheet()
    columns = [
        {"header": "Revenue"},
        {"header": "As shown", "formula": "=[@Revenue]*2"},
        {"header": "Spelled out", "formula": "=Accounts[[#This Row],[Revenue]]*2"},
    ]
    sheet.add_table("A1:C2", {"name": "Accounts", "columns": columns, "data": [[7]]})
    # Without a value of its own, a formula is calculated by whoever opens the file.
    for cell, column in (("B2", columns[1]), ("C2", columns[2])):
        sheet.write_formula(cell, column["formula"], None, "")
with zipfile.ZipFile(path) as package:
    table = package.read("xl/tables/table1.xml").decode()
if "<calculatedColumnFormula>[[#This Row],Revenue]*2<" not in table:
    sys.exit(f"XlsxWriter now writes the column formula otherwise: {table}")
PY
"$work/venv/bin/python" "$work/write.py" "$work/accounts.xlsx"
soffice --headless "-env:UserInstallation=file://$work/profile" --convert-to csv --outdir "$work" \
    "$work/accounts.xlsx" >/dev/null 2>&1
row=$(sed -n 2p "$work/accounts.csv")
if [ "$row" != "7,Err:507,14" ]; then
    echo "LibreOffice now calculates the row as $row, where it was 7,Err:507,14." >&2
    exit 1
fi
echo "typed as shown: Err:507; spelled out: 14"
