#!/bin/sh
# On Windows, xlwings says of a very hidden sheet that it is visible.
#
# Guess    Sheet.visible, annotated and documented as a bool, is False for a sheet that nobody sees.
# Seen     xlwings 0.37.8, 2026-11-29. On Windows the property hands on Excel's own number, -1, 0 or 2
#          (XlSheetVisibility): a very hidden sheet is 2, which is true. On a Mac it is True or False.
#          Printed: "a sheet that Excel calls 2 (very hidden) is visible to xlwings: 2"
# Source   xlwings/_xlwindows.py and xlwings/_xlmac.py, Sheet.visible; Microsoft's XlSheetVisibility enumeration.
# Here     `if sheet.visible` took the hidden tables of the workbook for sheets that a person looks at;
#          addin/excel/live_book.py compares with True and -1. COM is played by a stand-in with one attribute.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
uv venv -q "$work/venv"
uv pip install -q --python "$work/venv" xlwings==0.37.8
"$work/venv/bin/python" - <<'PY'
import ast
import sys
from pathlib import Path
from types import SimpleNamespace

import xlwings


def sheet_class(file_name):
    """The class Sheet of a platform, with nothing but what decides on visible: its module loads nowhere else."""
    tree = ast.parse((Path(xlwings.__file__).parent / file_name).read_text(encoding="utf-8"))
    sheet = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Sheet")
    getter = next(node for node in sheet.body if isinstance(node, ast.FunctionDef) and node.name == "visible")
    names = {"kw": SimpleNamespace(sheet_visible="k.sheet visible")}
    sheet.bases, sheet.body = [], [getter]
    exec(compile(ast.Module([sheet], []), file_name, "exec"), names)
    return names["Sheet"]


def shown(file_name, told):
    """What a person's code gets from xlwings where Excel tells this."""
    impl = sheet_class(file_name)()
    impl.xl = SimpleNamespace(Visible=told, visible=SimpleNamespace(get=lambda: told))
    return xlwings.Sheet(impl=impl).visible


windows = [shown("_xlwindows.py", number) for number in (-1, 0, 2)]
mac = shown("_xlmac.py", "k.sheet very hidden")
if windows != [-1, 0, 2] or not windows[2]:
    sys.exit(f"Sheet.visible on Windows is now {windows} for shown, hidden and very hidden.")
if mac is not False:
    sys.exit(f"Sheet.visible on a Mac is now {mac!r} for a very hidden sheet.")
print(f"a sheet that Excel calls 2 (very hidden) is visible to xlwings: {windows[2]}; on a Mac: {mac}")
PY
