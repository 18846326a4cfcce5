#!/bin/sh
# A table that goes through exceljs comes out as one without headers, its first row of data being the headers.
#
# Guess    Opening a workbook and saving it keeps a table as it was, or drops it.
# Seen     exceljs 4.4.0, 2026-11-29. The attribute headerRowCount counts 1 where it is left out, as Excel does leave
#          it out; exceljs takes "left out" for none, and writes headerRowCount="0". The range stays: two accounts and
#          a row of headers are three accounts now, the first of them called "Account". totalsRowShown turns to 1.
#          Printed: "before: no headerRowCount; after: headerRowCount=\"0\" ref=\"A1:B3\""
# Source   exceljs, lib/xlsx/xform/table/table-xform.js (parseOpen, render); ECMA-376 part 1, 18.5.1.2 (default 1).
# Here     addin/package/table_part.py reads a missing count as 1; a table that says 0 has no headers to go by.
set -eu
command -v npm >/dev/null || { echo "This finding needs Node.js with npm." >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
uv venv -q venv
uv pip install -q --python venv XlsxWriter==3.3.1
npm install --silent --no-audit --no-fund --no-save --prefix . exceljs@4.4.0 >/dev/null 2>&1
venv/bin/python - <<'PY'
import xlsxwriter

with xlsxwriter.Workbook("before.xlsx") as book:
    columns = [{"header": "Account"}, {"header": "Turnover"}]
    data = [["C1", 120], ["C2", 80]]
    book.add_worksheet().add_table("A1:B3", {"name": "Accounts", "columns": columns, "data": data})
PY
cat >save.js <<'JS'
const { Workbook } = require("exceljs");
(async () => {
  const book = new Workbook();
  await book.xlsx.readFile("before.xlsx");
  await book.xlsx.writeFile("after.xlsx");
})();
JS
node save.js
venv/bin/python - <<'PY'
import re
import sys
import zipfile


def table(path):
    """The attributes of the element that is the table."""
    with zipfile.ZipFile(path) as package:
        element = re.search("<table [^>]*>", package.read("xl/tables/table1.xml").decode())[0]
    return dict(re.findall(r'(\w+)="([^"]*)"', element))


before, after = table("before.xlsx"), table("after.xlsx")
if "headerRowCount" in before or before["ref"] != "A1:B3":
    sys.exit(f"The table to begin with is not what it should be: {before}.")
if (after.get("headerRowCount"), after["ref"]) != ("0", "A1:B3"):
    sys.exit(f"exceljs now saves the table otherwise: {after}.")
print(f'before: no headerRowCount; after: headerRowCount="0" ref="{after["ref"]}"')
PY
