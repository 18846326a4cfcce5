#!/bin/sh
# openpyxl with keep_vba keeps a ribbon of 2007; of the ribbon of 2010 and later it keeps the part and drops the link.
#
# Guess    keep_vba=True keeps what makes a macro workbook one: customUI14.xml is still listed, so the tab is there.
# Seen     openpyxl 3.1.5, 2026-11-29. The folder customUI is copied byte for byte; _rels/.rels is written anew, and of
#          the old relationships only the kind ".../2006/relationships/ui/extensibility" is taken over. The kind of
#          2007, by which Excel finds customUI14.xml, is gone without a warning: macros without buttons.
#          Printed: "2006: part True, relationship True; 2007: part True, relationship False"
# Source   openpyxl, workbook/_writer.py: write_root_rels, xml/constants.py: CUSTOMUI_NS; [MS-CUSTOMUI2].
# Here     Nothing is saved through openpyxl (banned in pyproject.toml): addin/package/ writes just the cells it fills.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
uv venv -q "$work/venv"
uv pip install -q --python "$work/venv" openpyxl==3.1.5 XlsxWriter==3.3.1
cd "$work"
"$work/venv/bin/python" - <<'PY'
import sys
import warnings
import zipfile

import openpyxl
import xlsxwriter

warnings.simplefilter("error")

RIBBON = """<customUI xmlns="{}"><ribbon><tabs><tab id="score" label="Score"/></tabs></ribbon></customUI>"""
RIBBONS = {
    "2006": ("customUI/customUI.xml", "http://schemas.microsoft.com/office/2006/01/customui"),
    "2007": ("customUI/customUI14.xml", "http://schemas.microsoft.com/office/2009/07/customui"),
}

with xlsxwriter.Workbook("plain.xlsx") as book:
    book.add_worksheet().write("A1", "Account")


def kept(year):
    """Whether the part of a ribbon, and the relationship of the package that leads to it, outlive openpyxl."""
    part, namespace = RIBBONS[year]
    ribbon = RIBBON.format(namespace)
    kind = f"http://schemas.microsoft.com/office/{year}/relationships/ui/extensibility"
    with zipfile.ZipFile("plain.xlsx") as plain, zipfile.ZipFile("ribbon.xlsx", "w") as made:
        for name in plain.namelist():
            content = plain.read(name).decode()
            if name == "_rels/.rels":
                link = f'<Relationship Id="rIdTab" Type="{kind}" Target="{part}"/>'
                content = content.replace("</Relationships>", f"{link}</Relationships>")
            made.writestr(name, content)
        made.writestr(part, ribbon)
    openpyxl.load_workbook("ribbon.xlsx", keep_vba=True).save("saved.xlsm")
    with zipfile.ZipFile("saved.xlsm") as saved:
        same = part in saved.namelist() and saved.read(part).decode() == ribbon
        return same, kind in saved.read("_rels/.rels").decode()


seen = {year: kept(year) for year in RIBBONS}
if seen != {"2006": (True, True), "2007": (True, False)}:
    sys.exit(f"openpyxl now keeps (part, relationship): {seen}.")
print("; ".join(f"{year}: part {part}, relationship {link}" for year, (part, link) in seen.items()))
PY
