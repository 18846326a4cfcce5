"""A workbook as a file: its tables read fast, single cells written in place.

The whole workbook is never loaded and saved, so what we do not understand
survives byte for byte. The tables are read with code of our own because
python-calamine (0.9.1, measured) gives ``''`` for error cells, does not tell
a formula without a value from an empty cell, loses dates outside its range
and fills memory when one cell stands far away.
"""

from addin.package.atomic import write_atomically
from addin.package.book import PackageBook

__all__ = ["PackageBook", "write_atomically"]
