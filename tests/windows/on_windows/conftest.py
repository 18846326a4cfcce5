"""The tests of this folder run on Windows, one process a file; here is only told what came of them."""

import copy
import datetime as dt
import functools
import json
import sys
import tempfile
from pathlib import Path

import pytest

HERE = Path(__file__).parent

if sys.platform != "win32":
    collect_ignore = [
        "com_objects.py",
        "excel_model.py",
        "excel_tables.py",
    ]  # their modules of COM are nowhere else, not even to look for examples


def pytest_runtest_protocol(item, nextitem):  # noqa: ARG001 - the names that pytest gives
    """Tell of a test of this folder what came of it on Windows."""
    if sys.platform == "win32" or item.path.parent != HERE or item.get_closest_marker("skip"):
        return None
    told = _outcomes(item.path)
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for data in told[item.nodeid]:
        report = item.config.hook.pytest_report_from_serializable(config=item.config, data=data)
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@functools.cache
def _outcomes(path):
    """Run the tests of a file on Windows; returns what pytest there reports of each, by its name."""
    from support.windows.pytest_there import run_pytest

    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "reports.jsonl"
        code, said = run_pytest(path, report=report)
        lines = report.read_text(encoding="utf-8").splitlines() if report.exists() else []
    assert code in (0, 1), said
    outcomes = {}
    for line in map(json.loads, lines):
        outcomes.setdefault(line["nodeid"], []).append(line)
    return outcomes


@pytest.fixture(scope="module")
def write_workbook():
    """Write the workbook that is open: with all its sheets."""
    from addin.fresh import new_workbook

    return new_workbook


@pytest.fixture(scope="module")
def opened(language, write_workbook, tmp_path_factory):
    """Excel with a workbook of thirty accounts in a folder with a French name."""
    import pythoncom
    import win32com.client.dynamic
    import xlwings._xlwindows as xlwindows
    from windows.on_windows.com_objects import com, make_method
    from windows.on_windows.excel_model import Excel

    from addin.catalogue import catalogue
    from addin.fresh import _sample_words
    from addin.sample import read_sample

    pythoncom.CoInitialize()
    words = catalogue(language)
    rows = [_sample_words(row, words) for row in read_sample(language, dt.date(2026, 11, 23))]
    prospects = [row for row in rows if row["status"] == words.word("status", "prospect")]
    path = tmp_path_factory.mktemp("Été") / "Portefeuille d’été.xlsx"
    write_workbook(path, language, [*rows[:24], *prospects[:6]])
    excel = Excel(path)
    excel.language = language
    excel.boxes = []

    def box(_, text, __, ___):
        excel.boxes.append(text)
        return 6  # yes

    patch = pytest.MonkeyPatch()
    patch.setattr(win32com.client.dynamic.CDispatch, "_make_method_", make_method)
    patch.setattr(xlwindows.win32api, "MessageBox", box)
    # xlwings asks whose window it is; the model has none
    patch.setattr(xlwindows.win32process, "GetWindowThreadProcessId", lambda _: (0, 4242))
    book = win32com.client.dynamic.Dispatch(com(excel)).Workbooks.Item(1)
    patch.setattr(xlwindows, "BOOK_CALLER", xlwindows.COMRetryObjectWrapper(book))
    yield excel
    patch.undo()


@pytest.fixture
def excel(opened, monkeypatch, tmp_path):
    """Excel as it was opened; journals go to a folder of the test."""
    monkeypatch.setattr("addin.undo.last.undo_folder", lambda: tmp_path / "undo")
    monkeypatch.setattr("addin.ribbon._COM_ATTEMPTS", 20)
    monkeypatch.setattr("addin.excel.busy.PATIENCE", 1.5)
    monkeypatch.setattr("addin.excel.cells.PATIENCE", 1.5)
    sheets = list(opened.book.sheets)
    kept = [
        (
            sheet,
            *copy.deepcopy((sheet.cells, sheet.shown, sheet.dates)),
            [table.area for table in sheet.tables],
        )
        for sheet in opened.book.sheets
    ]
    opened.book.active = opened.book.sheet("Clients")
    opened.selected = opened.book.active.range_at(opened.book.active.table("Clients").area[0] + 1, 1)
    yield opened
    opened.before_write = lambda _: None
    opened.busy_until, opened.french = 0.0, False
    opened.book.sheets[:] = sheets
    opened.boxes.clear()
    opened.put_Ready(True)  # noqa: FBT003 - as Excel names it
    for sheet, cells, shown, dates, areas in kept:
        sheet.cells, sheet.shown, sheet.dates, sheet.protected = cells, shown, dates, False
        for table, area in zip(sheet.tables, areas, strict=True):
            table.area = area
            table.criteria.clear()
