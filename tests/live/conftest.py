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
from support.calc.portfolio import TODAY, light_workbook, sample
from support.calc.wide_book import ROWS
from xlsxwriter import Workbook

from addin.catalogue import LANGUAGES
from addin.fresh import new_workbook
from addin.ribbon import answer


@pytest.fixture(autouse=True)
def own_profile(monkeypatch, tmp_path):
    """The journal and the log go to a folder of the test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


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


@pytest.fixture(scope="module", params=["fr"])
def unscored(request, tmp_path_factory):
    """A whole workbook with the sample portfolio, not scored yet, and its language.

    One language: the host takes its time for so many sheets, and the workbooks without them are in both.
    """
    path = tmp_path_factory.mktemp(request.param) / "portfolio.xlsm"
    new_workbook(path, request.param, sample(request.param))
    return path, request.param


@pytest.fixture(scope="module", params=LANGUAGES)
def light(request, tmp_path_factory):
    """The same without what only looks at the accounts."""
    path = tmp_path_factory.mktemp(request.param) / "portfolio.xlsm"
    return light_workbook(path, request.param, sample(request.param)), request.param


@pytest.fixture
def press(engine):
    """Press a button as the workbook's macro does, and return what it says."""

    def pressed(book, button, language="en"):
        before = len(engine.alerts)
        answer(book, button, language, TODAY)
        (said,) = engine.alerts[before:]
        assert said.title == "ClientScore"
        return said.prompt

    return pressed


@pytest.fixture
def press_line(engine, language):
    """Press a line as the workbook's macro does, and return all that is said."""

    def pressed(book, button):
        before = len(engine.alerts)
        answer(book, button, language, TODAY)
        return [said.prompt for said in engine.alerts[before:]]

    return pressed


@pytest.fixture(scope="module")
def small_portfolio(tmp_path_factory):
    """Eight accounts of each class or so, English."""
    path = tmp_path_factory.mktemp("small") / "small.xlsm"
    rows = [
        {
            "account": f"{number:05d}",
            "name": f"Company {number}",
            "status": "Client" if number % 3 else "Prospect",
            "turnover": 12_000.0 * number,
            "turnover_1": 9_000.0 * number,
            "turnover_2": 8_000.0,
            "potential": 15_000.0 * number,
            "days_late": float(90 - 5 * number),
            "relationship": float(number % 11),
        }
        for number in range(1, 19)
    ]
    return light_workbook(path, "en", rows)


@pytest.fixture(scope="session")
def workbook(tmp_path_factory):
    path = tmp_path_factory.mktemp("books") / "clients.xlsm"
    new_workbook(path, "en", ROWS)
    return path


@pytest.fixture
def book(open_book, workbook):
    return open_book(workbook)


@pytest.fixture
def clients(book):
    return book.sheets["Clients"].tables["Clients"]


@pytest.fixture
def blank(small_book):
    """A cell of an empty sheet."""
    return small_book.sheets["Empty"].range("B2")
