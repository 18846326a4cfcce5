"""The workbooks that the buttons are pressed in, and what is read from them."""

import datetime as dt
import inspect

import pytest

from addin import fresh
from addin.catalogue import catalogue
from addin.excel.live_book import LiveBook
from addin.fresh import new_workbook
from addin.sample import read_sample
from addin.template import build
from addin.workbook.located_tables import Layout
from addin.workbook.tables import TABLES
from addin.workbook.uses import BY_KEY
from scoring.terms import ACCOUNT_FIELDS, FilledBy

TODAY = dt.date(2026, 11, 23)
VISIT = dt.datetime(2026, 3, 4)
FILLED = [field.key for field in ACCOUNT_FIELDS if field.filled_by is FilledBy.REFRESH]


def sample(language, copies=1):
    words = catalogue(language)
    listed = {"status": words.words("status"), "solidity": words.surface("template")["solidity"]}
    rows = [
        dict(row) | {key: names.get(row.get(key), row.get(key)) for key, names in listed.items()}
        for row in read_sample(language, TODAY)
    ]
    return [
        row | {"account": f"{row['account']}-{copy}"} if row.get("account") else row
        for copy in range(copies)
        for row in rows
    ]


def light_workbook(path, language, rows, uses=(), *, dashboard=False):
    """Write a workbook without the Dashboard and the lists of uses but some, which take the host its time."""
    sheets = {table.sheet for key in uses for table in BY_KEY[key].all_tables}
    if "workshop" in uses:
        sheets |= {"ballot_points", "ballot_pairs"}
    with pytest.MonkeyPatch.context() as patch:
        # a workbook without accounts is kept for the next one, which is to be whole
        patch.setattr(fresh, "_empty_of", inspect.unwrap(vars(fresh)["_empty_of"]))
        patch.setattr(build.lists, "TABLES", [table for table in TABLES if table.sheet in sheets])
        if not dashboard:
            patch.setattr(build.dashboard, "build", lambda *_: None)
        new_workbook(path, language, rows)
    return path


def results(book):
    """What a refresh fills, by table, field and row."""
    found = {}
    for located in Layout(LiveBook(book).tables()).accounts:
        for key in FILLED:
            found[located.table.name, key] = located.cells(key)
    return found


def table(book, name):
    return next(one for one in LiveBook(book).tables() if one.name == name)


def results_after(book, press):
    press(book, "refresh")
    return results(book)


def by_code(book):
    """What refresh fills, by account and field."""
    found = {}
    for located in Layout(LiveBook(book).tables()).accounts:
        for row, code in enumerate(located.cells("account")):
            for key in FILLED:
                found[code, key] = located.cells(key)[row]
    return found
