"""Runs of ``clientscore import``, and what they leave in the workbook."""

import datetime as dt

from addin.package import PackageBook
from addin.workbook.located_tables import Layout

TODAY = dt.date(2026, 3, 1)


def accounts(path):
    """Filled cells of each account of a workbook."""
    found = {}
    for located in Layout(PackageBook(path).tables()).accounts:
        columns = {key: located.cells(key) for key in located.columns}
        for row, code in enumerate(columns["account"]):
            if code is not None:
                found[code] = {key: cells[row] for key, cells in columns.items() if cells[row] is not None}
    return found


def report_rows(path):
    """Rows of the sheet Imports."""
    located = Layout(PackageBook(path).tables()).named["imports"]
    columns = {key: located.cells(key) for key in located.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
