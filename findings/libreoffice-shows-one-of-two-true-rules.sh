#!/bin/sh
# Two conditional formats of one range that are both true: Excel shows both looks, LibreOffice the first one alone.
#
# Guess    A rule that makes a cell bold and one that shows two decimals do not conflict, so a cell that meets both
#          is bold and has two decimals, as Excel's own help promises; the order matters only where they conflict.
# Seen     XlsxWriter 3.3.1 and LibreOffice 7.4.7, 2026-11-29. Of the rules of a range the first true one is shown, and
#          the others are not looked at: 0.409090909 is bold with all its digits; with the rules the other way round
#          it has two decimals and is not bold. A list of scarce stock that marks what falls short loses its rounding.
#          Printed: "bold first: 0.409090909 bold; decimals first: 0.41 plain"
# Source   Microsoft's help "Use conditional formatting to highlight information" (rules that do not conflict are both
#          applied), ECMA-376 part 1, 18.3.1.10 (priority, stopIfTrue); LibreOffice's help on conditional formatting.
# Here     addin/template/sheets/allocate.py writes the rule of both looks before those of one.
set -eu
for program in soffice pdftotext pdffonts; do
    command -v "$program" >/dev/null || { echo "This finding needs LibreOffice and poppler-utils ($program)." >&2; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
uv venv -q "$work/venv"
uv pip install -q --python "$work/venv" XlsxWriter==3.3.1
cat >"$work/write.py" <<'PY'
import sys

import xlsxwriter

for order in ("bold", "decimals"):
    with xlsxwriter.Workbook(f"{sys.argv[1]}/{order}.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.set_column("A:A", 20)
        sheet.write_number("A1", 0.409090909)
        looks = [book.add_format({"bold": True}), book.add_format({"num_format": "0.00"})]
        for look in looks if order == "bold" else reversed(looks):
            sheet.conditional_format("A1:A1", {"type": "formula", "criteria": "=A1<1", "format": look})
PY
"$work/venv/bin/python" "$work/write.py" "$work"
seen() {
    soffice --headless "-env:UserInstallation=file://$work/profile" --convert-to pdf --outdir "$work" \
        "$work/$1.xlsx" >/dev/null 2>&1
    number=$(pdftotext "$work/$1.pdf" - | grep -m 1 "^0")
    if pdffonts "$work/$1.pdf" | grep -qi bold; then echo "$number bold"; else echo "$number plain"; fi
}
said="bold first: $(seen bold); decimals first: $(seen decimals)"
if [ "$said" != "bold first: 0.409090909 bold; decimals first: 0.41 plain" ]; then
    echo "LibreOffice now shows $said" >&2
    exit 1
fi
echo "$said"
