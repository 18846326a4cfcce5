"""Questions to the person in front of Excel: which files, and yes or no."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from addin.catalogue import Catalogue

if TYPE_CHECKING:
    import xlwings as xw

__all__ = ["ask", "choose_files"]

_PATTERNS: Final = "*.csv;*.txt;*.tsv;*.xlsx;*.xlsm"
_CHOOSE_ON_MAC: Final = """
on run arguments
    set chosen to choose file with prompt (item 1 of arguments) with multiple selections allowed
    set paths to ""
    repeat with one in chosen
        set paths to paths & POSIX path of one & linefeed
    end repeat
    return paths
end run
"""


def choose_files(app: xw.App, words: Catalogue) -> list[Path]:
    """Let the person choose files; none if it cancels."""
    title, kind = (words.text("imports", "box", key) for key in ("title_files", "filter"))
    if sys.platform == "darwin":
        return _chosen_on_mac(title)
    # Excel takes, in this order: filter, which of its lines, title, button on a Mac, several files.
    chosen: Any = app.api.GetOpenFilename(f"{kind},{_PATTERNS}", 1, title, _left_out(), True)  # noqa: FBT003 - its order
    if not isinstance(chosen, tuple | list):
        return []
    return [Path(str(path)) for path in chosen]


def _left_out() -> Any:
    """Return what stands for an argument that is left out: to COM, None would be a value."""
    if sys.platform != "win32":
        return None
    import pythoncom  # type: ignore[import-untyped]

    return pythoncom.Missing


def _chosen_on_mac(title: str) -> list[Path]:
    """Let the system ask: Excel's own dialogue takes one file there, or fails on its filter."""
    command = ["/usr/bin/osascript", "-e", _CHOOSE_ON_MAC, title]
    found = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed, no shell
    return [Path(line) for line in found.stdout.splitlines() if line.strip()]


def ask(app: xw.App, text: str, title: str) -> Literal["yes", "no", "cancel"]:
    """Ask a question with three answers."""
    answer = app.alert(text, title=title, buttons="yes_no_cancel", mode="info")
    return cast("Literal['yes', 'no', 'cancel']", answer) if answer in ("yes", "no") else "cancel"
