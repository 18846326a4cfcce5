"""Opens a workbook in the program that the person has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["open_book"]


def open_book(path: Path) -> None:
    """Open a workbook in Excel, or in what the system opens workbooks with, where there is any."""
    if sys.platform == "win32":
        try:
            os.startfile(path)  # noqa: S606 - the workbook that we have just made
        except OSError:  # no program is there for it: where it lies has been said
            return
    elif sys.platform == "darwin":
        subprocess.run(["/usr/bin/open", str(path)], check=False)  # noqa: S603 - the same
    elif os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        opener = shutil.which("xdg-open")
        if opener is not None:
            subprocess.run([opener, str(path)], check=False, stderr=subprocess.DEVNULL)  # noqa: S603 - the same
