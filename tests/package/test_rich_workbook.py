"""Nothing else in the workbook changes: the promise, on a workbook that has everything."""

import datetime as dt
import shutil

import numpy as np
import pytest
from package.raw_package import parts
from package.rich_workbook import N_ACCOUNTS, PRECIOUS, build_rich_workbook
from support.validator import sdk_errors

from addin.package import PackageBook
from addin.workbook.port import Changes, ColumnFill, RowsFill

ALLOWED = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/tables/table2.xml", "xl/workbook.xml"}


def refreshed(path):
    """Write scores, classes and history, as a refresh does."""
    none = np.zeros(N_ACCOUNTS, dtype=bool)
    scores = [10.0 * n for n in range(N_ACCOUNTS)]
    fills = [
        ColumnFill("Clients", 3, scores, none, none),
        ColumnFill("Clients", 4, ["A", "B", "C", "D", "?", None], none, none),
    ]
    history = [(dt.datetime(2025, 1, 1), f"C{n}", score) for n, score in enumerate(scores)]
    assert PackageBook(path).apply(Changes(fills, [RowsFill("History", 0, history)])) is True


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rich")
    before = build_rich_workbook(folder / "before.xlsm")
    after = folder / "after.xlsm"
    shutil.copy(before, after)
    refreshed(after)
    return before, after


@pytest.mark.parametrize("name", PRECIOUS.values(), ids=PRECIOUS)
def test_precious_part_is_identical(name, before_and_after):
    """Pivot, slicer, chart, picture, comments, custom XML, macros, ribbon: not a byte changes."""
    before, after = map(parts, before_and_after)
    assert before[name] == after[name]


def test_only_allowed_parts_differ(before_and_after):
    """Only the written sheets, the table that grew and the flag to recalculate differ; the order stays."""
    before, after = map(parts, before_and_after)
    assert list(before) == list(after)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == ALLOWED - {name for name in ALLOWED if b'fullCalcOnLoad="1"' in before.get(name, b"")}


def test_outside_the_cells_the_sheet_is_identical(before_and_after):
    """Sparklines, conditional formats, lists, protection and slicer of the written sheet stay to the byte."""
    before, after = (parts(path)["xl/worksheets/sheet1.xml"] for path in before_and_after)
    assert before.partition(b"<sheetData>")[0] == after.partition(b"<sheetData>")[0]
    tail = before.partition(b"</sheetData>")[2]
    assert tail == after.partition(b"</sheetData>")[2]
    for word in (b"sparkline", b"dataBar", b"dataValidation", b"slicer", b"legacyDrawing"):
        assert word in tail


def test_values_arrived(before_and_after):
    """What was written is what is read."""
    clients, history = PackageBook(before_and_after[1]).tables()
    assert clients.columns[3] == [0.0, 10.0, 20.0, 30.0, 40.0, 50.0]
    assert clients.columns[4] == ["A", "B", "C", "D", "?", None]
    assert history.columns[0] == [dt.datetime(2025, 1, 1)] * N_ACCOUNTS
    assert history.n_rows == N_ACCOUNTS


def test_open_xml_sdk_finds_nothing_new(before_and_after):
    """The schema of Office has nothing to say that it did not say before."""
    before, after = (sdk_errors(path) for path in before_and_after)
    assert [error for error in after if error not in before] == []
