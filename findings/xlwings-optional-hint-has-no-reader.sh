#!/bin/sh
# A type hint on a worksheet function of xlwings picks a converter, and `float | None` picks one that cannot read.
#
# Guess    Type hints of a function say nothing to Excel, or at worst an unknown one leaves the value as it is.
# Seen     xlwings 0.37.8, 2026-11-29. The hint is the key to a table of converters. float has one; Optional[float],
#          float | None, Literal and the return hint None come back as themselves, and the first call ends in
#          AttributeError, in every cell that uses the function. The decorator had no objection.
#          Printed: "no converter: float | None, Optional[float], Literal, the return hint None"
# Source   xlwings/udfs.py, xlfunc and extract_type_and_annotations; xlwings/conversion/__init__.py, read.
# Here     addin/functions.py gives its worksheet function no hint at all.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
uv venv -q "$work/venv"
uv pip install -q --python "$work/venv" xlwings==0.37.8
"$work/venv/bin/python" - <<'PY'
import sys
from pathlib import Path
from typing import Literal, Optional, get_origin

import xlwings
from xlwings import conversion

udfs = (Path(xlwings.__file__).parent / "udfs.py").read_text(encoding="utf-8")
for line in ('arg_info["options"]["convert"] = type_hint', "top_level_type = origin or type_hint"):
    if line not in udfs:
        sys.exit(f"xlwings no longer makes a converter of a hint as it did: {line}")

if not callable(conversion.accessors[float].reader):
    sys.exit("xlwings no longer has a converter for a plain float.")

hints = {
    "float | None": float | None,
    "Optional[float]": Optional[float],
    "Literal": Literal["A", "B"],
    "the return hint None": type(None),
}
without = []
for name, hint in hints.items():
    try:
        conversion.read(None, [[3.0]], {"convert": get_origin(hint) or hint})
    except AttributeError as failure:
        if failure.name == "reader":
            without.append(name)
if without != list(hints):
    sys.exit(f"Of the hints {list(hints)} only {without} still lack a converter.")
print("no converter:", ", ".join(without))
PY
