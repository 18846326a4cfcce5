"""A running stand-in for Excel, for tests of what happens inside the open workbook.

::

    def test_refresh_reads_once(open_book, workbook, excel, engine, host):
        book = open_book(workbook)                 # a private copy, and the calling book
        clients = book.sheets["Clients"].tables["Clients"]
        clients.data_body_range[0, 1].value = "Nordvik"
        engine.calls.clear()
        press("refresh")
        assert len(engine.calls.reads) == 9        # (sheet, address, kind) each
        assert engine.alerts[0].prompt == "..."    # engine.reply = "no" answers the next ones
        book.sheets["Clients"].api.Protect()       # writes raise ExcelError from now on
        host.busy = True                           # and now everything does
"""

import shutil

import pytest
import xlwings as xw
from support.calc.host import Host, missing_host
from xlsxwriter import Workbook


@pytest.fixture(scope="session")
def host():
    """One LibreOffice for all tests."""
    if reason := missing_host():
        pytest.skip(reason)
    running = Host().start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def _engine(host):
    from support.calc.engine import Engine

    return Engine(host)


@pytest.fixture
def engine(_engine, monkeypatch):
    """The engine, which xlwings knows only as long as the test runs."""
    engines = type(xw.engines)()
    engines.add(xw.Engine(impl=_engine))
    engines.active = engines[0]
    for name in ("active", "engines", "engines_by_name"):
        monkeypatch.setattr(xw.engines, name, getattr(engines, name))
    yield _engine
    _engine.reset()
    vars(xw.Book).get("_mock_caller") and delattr(xw.Book, "_mock_caller")


@pytest.fixture
def excel(engine):
    """Excel, as an xlwings App."""
    return xw.App(impl=engine.app)


@pytest.fixture
def open_book(excel, tmp_path):
    """Open a private copy of a workbook, which then is the calling book of macros."""

    def opened(path, name=None):
        folder = tmp_path / "open"
        folder.mkdir(exist_ok=True)
        book = excel.books.open(shutil.copy(path, folder / (name or path.name)))
        book.set_mock_caller()
        return book

    return opened


@pytest.fixture(scope="session")
def _small(tmp_path_factory):
    path = tmp_path_factory.mktemp("small") / "small.xlsx"
    with Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Clients")
        columns = [{"header": header} for header in ("Account", "Name", "Turnover")]
        rows = [["C1", "Nordvik", 1000.5], ["C2", "Sud", 250], ["C3", "Est", 75.25]]
        sheet.add_table("A4:C7", {"name": "Clients", "columns": columns, "data": rows})
        workbook.add_worksheet("Empty")
    return path


@pytest.fixture
def small_book(open_book, _small):
    """A book of two sheets, a table of three rows and an empty one, quick to open."""
    return open_book(_small)
