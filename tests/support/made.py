"""Workbooks that the product makes, each made once for all tests of a process."""

from pathlib import Path
from tempfile import TemporaryDirectory

from addin import fresh
from addin.package import PackageBook
from addin.workbook.located_tables import Layout

_made = {}


def new_workbook(path, language, rows=(), own=()):
    """Write a fresh workbook, as :func:`addin.fresh.new_workbook` does: a copy where one like it was made."""
    key = (path.suffix, language, repr(rows), tuple(own))
    if key not in _made:
        with TemporaryDirectory() as folder:
            made = Path(folder) / f"made{path.suffix}"
            fresh.new_workbook(made, language, rows, own)
            _made[key] = made.read_bytes()
    path.write_bytes(_made[key])


def layout(path):
    """The tables of a workbook as they stand in its file, by what they are for."""
    return Layout(PackageBook(path).tables())
