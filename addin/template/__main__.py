"""Writes the VBA projects of this package and ``template.xlsm``, or compares them with what the code builds.

``python -m addin.template OUT.xlsm`` writes them; ``--check FILE`` lists the
projects and the parts of the template that differ, and exits with 1 if there are any.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from addin.catalogue import LANGUAGES
from addin.template.build import build_template, names_in_code, vba_project_file
from addin.template.macros import macro_modules
from addin.template.package import differing
from addin.template.vba_project import vba_project

_HERE: Final = Path(__file__).parent


def main(arguments: list[str] | None = None, package: Path = _HERE) -> int:
    """Run the command and return its exit code.

    Parameters
    ----------
    arguments
        Those of the command line, if None.
    package
        The folder whose VBA projects are written or compared.
    """
    parser = argparse.ArgumentParser(
        prog="python -m addin.template", description="Write template.xlsm and the VBA projects."
    )
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("out", nargs="?", type=Path, help="the template to write")
    action.add_argument("--check", type=Path, metavar="FILE", help="compare a template part for part")
    chosen = parser.parse_args(arguments)
    sheets = names_in_code()
    projects = {
        package / vba_project_file(language): vba_project(macro_modules(language, sheets))
        for language in LANGUAGES
    }
    if chosen.check is None:
        for path, project in projects.items():
            path.write_bytes(project)
        chosen.out.write_bytes(build_template())
        return 0
    differences = [
        path.name for path, project in projects.items() if not path.is_file() or path.read_bytes() != project
    ]
    if not differences:  # the template is built with the projects
        differences = differing(chosen.check.read_bytes(), build_template())
    for part in differences:
        print(part)  # noqa: T201 - a command speaks on standard output
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
