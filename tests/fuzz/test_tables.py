"""Tables in memory with odd cells in any column: scored with the uses, twice the same, whatever stands there.

Without files and commands, so that many are tried: what reads cells meets each kind of value in each column.
"""

import dataclasses
import datetime as dt
import functools
import math
import tempfile
from pathlib import Path

from fuzz.odd_cells import TEXTS, every_word
from fuzz.runs import inputs
from fuzz.workbooks import base
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from support.books import TODAY, written

from addin.catalogue import LANGUAGES
from addin.package import PackageBook
from addin.refresh.score_tables import check_tables, score_answers, score_tables
from addin.refusals import Refusal
from addin.workbook.port import CellError, Uncalculated
from addin.workbook.uses import USES

SLOW = ("robustness", "backtest", "handover")
ASKED = [use.key for use in USES if use.key not in SLOW]
MODEL = ("Criteria", "Scales", "Classes", "Gates", "Settings")
"""Tables of which a wrong cell most often stops a refresh: one at most, so that the others are looked at."""
OTHERS = (
    *("Clients", "Clients", "Clients", "Prospects", "Orders", "Stock", "Requests", "RequestTypes"),
    *("ClosingDays", "ActionCatalogue", "Strategies", "ImportColumns", "History", "Models", "Tour"),
    *("Capacity", "Actions", "Approvals", "Participants", "ReviewChecklist", "PointsHead", "Points"),
    *("Pairs", "ExplainAccount", "WorkshopChoice"),
)
CELLS = (
    *(None, True, False, 0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 3.0, 100.0, 1e308, -1e308, 1e-320, 1e15, 2958466.0),
    *(CellError("#N/A"), Uncalculated("1+1"), dt.datetime(1900, 1, 1, 0, 0), dt.datetime(9999, 12, 31)),
    *(dt.datetime(2026, 11, 23, 10, 30), dt.datetime(2026, 2, 28), dt.datetime(1904, 1, 1)),
    *TEXTS,
)
few = settings(max_examples=12, phases=[Phase.generate])


@functools.cache
def tables_of(language):
    """The tables of the demonstration; those that hold nothing and nobody reads are left out."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.xlsx"
        path.write_bytes(base("demo", language))
        return PackageBook(path).tables()


@st.composite
def odd_tables(draw):
    """The tables with some cells, or whole columns, that hold something else; and what was put where."""
    found = list(tables_of(draw(st.sampled_from(LANGUAGES))))
    put = []
    names = draw(st.lists(st.sampled_from(OTHERS), min_size=3, max_size=15))
    for name in [*names, *draw(st.lists(st.sampled_from(MODEL), max_size=1))]:
        at = next(at for at, one in enumerate(found) if one.name == name)
        table = found[at]
        column = draw(st.integers(0, len(table.headers) - 1))
        cell = draw(st.one_of(st.sampled_from(CELLS), st.sampled_from(every_word())))
        columns = [list(cells) for cells in table.columns]
        if draw(st.booleans()):
            columns[column] = [cell] * table.n_rows
        else:
            columns[column][draw(st.integers(0, table.n_rows - 1))] = cell
        found[at] = dataclasses.replace(table, columns=tuple(columns))
        put.append((table.name, table.headers[column], cell))
    return found, put


def scored(tables, asked):
    """What a refresh writes, None where it is declined."""
    try:
        scoring = score_tables(tables, TODAY, asked=asked)
    except Refusal:
        return None
    for fill in scoring.changes.columns:
        values = [one for one, skip in zip(fill.values, fill.skip, strict=True) if not skip]
        assert_sound(values)
    for fill in scoring.changes.rows:
        for row in fill.rows:
            assert_sound(row)
    return scoring


def assert_sound(values):
    for value in values:
        assert not isinstance(value, float) or math.isfinite(value), value


@few
@given(odd_tables(), st.lists(st.sampled_from(ASKED), max_size=3))
def test_odd_cells_are_scored_twice_the_same(drawn, uses):
    tables, put = drawn
    inputs["tables"] += 1
    inputs.update(f"tables: {name}" for name, *_ in put)
    asked = {use: {} for use in uses}
    check_tables(tables, TODAY)
    score_answers(tables, TODAY)
    once = scored(tables, asked)
    if once is None or once.report.stopped:
        return
    inputs["tables scored"] += 1
    after = written(tables, once)
    again = scored(after, asked)
    assert not again.report.stopped
    rows = [(fill.table, fill.rows) for fill in again.changes.rows]
    assert not rows, rows[0]
    for fill in again.changes.columns:
        wrong = (~(fill.same | fill.skip)).nonzero()[0]
        assert not len(wrong), (fill.table, fill.column, fill.values[wrong[0]])
