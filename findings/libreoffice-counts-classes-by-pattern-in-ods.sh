#!/bin/sh
# The same COUNTIF on the same cells counts the class "A+" as one account in an .xlsx and as two others in an .ods.
#
# Guess    =COUNTIF(B1:B5,"A+") asks for the text A+, wherever the sheet was saved: a plus is no wildcard.
# Seen     LibreOffice 7.4.7 on files of openpyxl 3.1.5 and odfpy 1.4.1, 2026-11-29. Whether a criterion is a wildcard
#          or a regular expression belongs to the file; an .ods that says nothing has regular expressions on. "A+" then
#          is one A or more: it counts A and AA and leaves A+ out. An .xlsx counts A+ alone.
#          Printed: "accounts of class A+: xlsx 1, ods 2"
# Source   OpenDocument 1.3, part 3: table:use-regular-expressions of table:calculation-settings, true by default.
# Here     People name the classes, A+ and A* too: addin/template/figures.py counts them by comparison, not by a
#          criterion, and of an .ods only the values are read.
set -eu
command -v soffice >/dev/null || { echo "This finding needs LibreOffice (soffice)." >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
uv venv -q venv
uv pip install -q --python venv openpyxl==3.1.5 odfpy==1.4.1
venv/bin/python - <<'PY'
import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

CLASSES = ["A+", "A", "AA", "B", "C"]

book = openpyxl.Workbook()
for cell in CLASSES:
    book.active.append([cell])
book.active.append(['=COUNTIF(A1:A5,"A+")'])
book.save("xlsx.xlsx")

document, table = OpenDocumentSpreadsheet(), Table(name="Clients")
for cell in CLASSES:
    text, row = TableCell(valuetype="string"), TableRow()
    text.addElement(P(text=cell))
    row.addElement(text)
    table.addElement(row)
row = TableRow()
row.addElement(TableCell(formula='of:=COUNTIF([.A1:.A5];"A+")'))
table.addElement(row)
document.spreadsheet.addElement(table)
document.save("ods.ods")
PY
soffice --headless "-env:UserInstallation=file://$work/profile" --convert-to csv xlsx.xlsx ods.ods >/dev/null 2>&1
seen="xlsx $(tail -n 1 xlsx.csv), ods $(tail -n 1 ods.csv)"
if [ "$seen" != "xlsx 1, ods 2" ]; then
    echo "LibreOffice now counts the accounts of class A+ otherwise: $seen." >&2
    exit 1
fi
echo "accounts of class A+: $seen"
