"""Makes a release: ``python -m addin.release FOLDER``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from addin.release.making import make_release
from addin.release.project import ROOT, NotReady, epoch

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; ``arguments`` are those of the command line, if None."""
    parser = argparse.ArgumentParser(
        prog="python -m addin.release",
        description="Make all that a release has: wheel, sdist, installers, workbooks, guide, checksums.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where to; it must hold nothing yet")
    parser.add_argument(
        "--no-offline",
        action="store_true",
        help="leave out the folder for Windows without internet, for which 130 MB are fetched",
    )
    parser.add_argument(
        "--kit",
        type=Path,
        metavar="FOLDER",
        help="folder with the wheels or the unpacked python of that, so that they are not fetched",
    )
    chosen = parser.parse_args(arguments)
    try:
        moment = epoch((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), os.environ)
        made = make_release(chosen.folder, moment, offline=not chosen.no_offline, kit=chosen.kit)
    except NotReady as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    for path in made:
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
