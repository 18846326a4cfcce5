"""The guide as it ships: pages for the browser, one folder a language, made from ``docs`` by addin/guide."""

from __future__ import annotations

import subprocess
import sys
import webbrowser
from pathlib import Path
from typing import Final

from addin.refusals import Refusal

__all__ = ["FIRST", "FOLDER", "open_page"]

FOLDER: Final = Path(__file__).parent
"""Where the pages of each language lie, on the disk: an installed package is not zipped."""
FIRST: Final = "index.html"


def open_page(language: str, name: str = FIRST) -> Path:
    """Open a page of the guide in the browser of this computer, and return its file.

    Raises
    ------
    Refusal
        ``guide_unopened`` where no program takes it.
    """
    page = FOLDER / language / name
    if not _open(page):
        raise Refusal("guide_unopened", file=str(page))
    return page


def _open(page: Path) -> bool:
    """Have the computer open a page, as a double click on it does; say whether a program took it."""
    if not page.is_file():
        return False
    if sys.platform == "win32":
        import os

        try:
            os.startfile(page)  # noqa: S606 - a page of our own
        except OSError:  # no program is set for pages
            return False
        return True
    if sys.platform == "darwin":
        return subprocess.run(["/usr/bin/open", str(page)], check=False).returncode == 0  # noqa: S603 - the same
    return webbrowser.open(page.as_uri())
