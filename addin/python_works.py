"""Says that Python works: all that buttons and formulas need can be loaded.

``python -m addin.python_works FILE`` writes one line to FILE: ``works`` and the
versions. The workbook's VBA runs it once a session, before it trusts an
interpreter that it cannot look into.
"""

from __future__ import annotations

import sys
from importlib import import_module, metadata
from pathlib import Path

NEEDED = ("addin.functions", "addin.ribbon")
NEEDED_ON_WINDOWS = ("xlwings.com_server", "xlwings.udfs")


def main(arguments: list[str]) -> int:
    """Load everything, then say so."""
    for name in NEEDED_ON_WINDOWS if sys.platform == "win32" else ():
        import_module(name)
    for name in NEEDED:
        import_module(name)
    line = f"works {metadata.version('clientscore')} xlwings {metadata.version('xlwings')}\n"
    path = Path(arguments[0])
    draft = path.with_suffix(".new")
    draft.write_text(line, encoding="ascii")
    draft.replace(path)  # whoever waits for the file finds it whole
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
