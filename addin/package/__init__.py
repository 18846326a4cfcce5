"""A workbook as a file: its tables read fast, single cells written in place.

The whole workbook is never loaded and saved, so what we do not understand
survives byte for byte. The tables are read with code of our own because
python-calamine (0.9.1, measured) gives ``''`` for error cells, does not tell
a formula without a value from an empty cell, loses dates outside its range
and fills memory when one cell stands far away.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from addin.package.atomic import write_atomically
    from addin.package.book import PackageBook

__all__ = ["PackageBook", "write_atomically"]

_HOMES: Final = {"PackageBook": "addin.package.book", "write_atomically": "addin.package.atomic"}
"""Where the names are: who only writes a file does not wait for NumPy to load."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name]), name)
