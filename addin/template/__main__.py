"""Writes ``template.xlsm``, or compares one with what the code builds.

``python -m addin.template OUT.xlsm`` writes it; ``--check FILE`` lists the
parts that differ and exits with 1 if there are any.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from addin.template.build import build_template
from addin.template.package import differing


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m addin.template", description="Write template.xlsm.")
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("out", nargs="?", type=Path, help="the file to write")
    action.add_argument("--check", type=Path, metavar="FILE", help="compare a file part for part")
    chosen = parser.parse_args(arguments)
    if chosen.check is None:
        chosen.out.write_bytes(build_template())
        return 0
    differences = differing(chosen.check.read_bytes(), build_template())
    for part in differences:
        print(part)  # noqa: T201 - a command speaks on standard output
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
