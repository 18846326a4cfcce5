"""Workshops filled in as participants would: points by status, or judgements of pairs."""

from support.made import layout

from addin.package import PackageBook
from addin.workbook.ballots import located_as, read_ballots
from addin.workbook.located_tables import kind_of
from addin.workbook.port import Changes, RowsFill
from scoring.terms import STATUSES

MARIE = {"client": [30, 10, 15, 10, 10, 10, 5, 5, 5], "prospect": [40, 25, 15, 10, 10], "suspect": None}
"""Points by status, in the order of the criteria that apply; None for a status left out."""


def sheet_of(path, participant):
    return next(one.sheet for one in read_ballots(layout(path)) if one.participant == participant)


def table_of(path, participant, kind):
    found = layout(path)
    sheet = sheet_of(path, participant)
    table = next(one for one in found.tables if one.sheet == sheet and kind_of(one.headers) == kind)
    return located_as(kind, table, found.language)


def put(path, located, **columns):
    """Put cells into columns of a table, a value for each row; None leaves a cell as it is."""
    body = [list(row) for row in zip(*located.table.columns, strict=True)]
    for key, values in columns.items():
        for row, value in zip(body, values, strict=True):
            if value is not None:
                row[located.columns[key]] = value
    PackageBook(path).apply(Changes(rows=[RowsFill(located.table.name, 0, [tuple(row) for row in body])]))


def give_points(path, participant, **points):
    """Fill in a sheet of points: by status, the points of the criteria that apply, in their order."""
    located = table_of(path, participant, "points")
    columns = {}
    for status in STATUSES:
        given = iter(points.get(status) or ())
        columns[status] = [
            None if cell is not None else _float(next(given, None)) for cell in located.cells(status)
        ]
    put(path, located, **columns)


def _float(value):
    return float(value) if isinstance(value, int) else value


def judge(path, participant, weights, changed=(), left_out=0):
    """Fill in a sheet of pairs as weights say, rounded to the scale, some judgements changed."""
    located = table_of(path, participant, "pairs")
    names = list(dict.fromkeys([*located.cells("first"), *located.cells("second")]))
    by_name = dict(zip(names, weights, strict=True))
    judgements = [
        written(by_name[first] / by_name[second])
        for first, second in zip(located.cells("first"), located.cells("second"), strict=True)
    ]
    for at, value in changed:
        judgements[at] = value
    for at in range(left_out):
        judgements[at] = None
    put(path, located, judgement=judgements)


def written(ratio):
    return str(min(9, round(ratio))) if ratio >= 1 else f"1/{min(9, round(1 / ratio))}"
