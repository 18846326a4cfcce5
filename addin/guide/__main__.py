"""Writes the pages of the guide that follow from the code, or compares them with what it gives.

``python -m addin.guide`` writes the pages of reference and the pages for the browser, and sets the
French ones as a printer does; with ``--pictures`` the pictures of the sheets too (with LibreOffice and
poppler). ``--check`` lists the pages that differ, and exits with 1 if there are any. It works on the copy
of the project in which it stands.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from addin.catalogue import LANGUAGES
from addin.guide.reference import reference_pages
from addin.guide.site import site_pages
from addin.guide.typography import french

ROOT: Final = Path(__file__).parents[2]


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Run the command and return its exit code.

    Parameters
    ----------
    arguments
        Those of the command line, if None.
    root
        The copy of the project that is written or compared.
    """
    parser = argparse.ArgumentParser(prog="python -m addin.guide", description="Write the guide.")
    parser.add_argument("--check", action="store_true", help="list the pages that differ, write nothing")
    parser.add_argument("--pictures", action="store_true", help="make the pictures of the sheets anew")
    chosen = parser.parse_args(arguments)
    if chosen.pictures:
        from addin.guide.pictures import make_pictures

        make_pictures(root)
    differing = False
    for made in (_reference, _typeset, site_pages):  # each reads what the one before wrote
        for path, content in made(root).items():
            if path.is_file() and path.read_bytes() == content:
                continue
            differing = True
            print(path.relative_to(root))  # noqa: T201 - a command speaks on standard output
            if not chosen.check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    return 1 if chosen.check and differing else 0


def _reference(root: Path) -> Mapping[Path, bytes]:
    return {
        root / "docs" / language / name: text.encode()
        for language in LANGUAGES
        for name, text in reference_pages(language).items()
    }


def _typeset(root: Path) -> Mapping[Path, bytes]:
    """Return the French pages as a printer sets them: whoever writes them types plain spaces."""
    pages = sorted((root / "docs" / "fr").glob("*.md"))
    return {page: french(page.read_text(encoding="utf-8")).encode() for page in pages}


if __name__ == "__main__":
    sys.exit(main())
