"""From the button in the ribbon through its macro to Python, with the workbook that people get."""

from pathlib import Path

import pytest
from support.calc.portfolio import light_workbook
from support.calc.vba import Project, execute, ribbon_actions, ribbon_callbacks, stored_modules

from addin.buttons import handlers
from addin.catalogue import LANGUAGES, catalogue
from addin.excel.live_book import LiveBook
from addin.template.macros import macro_modules
from addin.workbook.located_tables import Layout

WORKS = {"PythonWorks": "PythonWorks = True"}
PRESSED = {f"ClientScore_{name}": name for name in handlers()}
SHOWN = {"ClientScore_settings": "settings"}
ABSENT = {"PythonWorks": "PythonWorks = False"}


@pytest.fixture(scope="module", params=LANGUAGES)
def workbook(request, tmp_path_factory):
    path = tmp_path_factory.mktemp(request.param) / "portfolio.xlsm"
    status = catalogue(request.param).word("status", "client")
    rows = [
        {
            "account": f"C{n:03d}",
            "status": status,
            "turnover": 9_000.0 * n,
            "potential": 5_000.0 * n,
            "days_late": float(n),
        }
        for n in range(1, 41)
    ]
    return light_workbook(path, request.param, rows), request.param


def test_another_program_reads_the_macros_as_they_were_written(open_book, workbook):
    path, language = workbook
    stored = stored_modules(open_book(path))
    for module in macro_modules(language, ["StartSheet"]):
        assert module.name in stored
        # The attributes of procedures are no lines of a program: the host keeps them elsewhere.
        lines = (line.strip() for line in module.source.splitlines())
        body = [line for line in lines if line and not line.startswith("Attribute ")]
        read = {line.strip() for line in stored[module.name][1].splitlines()}
        assert set(body) <= read, module.name


def test_the_ribbon_of_the_shipped_template_calls_macros_that_there_are(open_book):
    template = Path(__file__).parents[2] / "template.xlsm"
    book = open_book(template)
    project = Project(book, stored_modules(book), bodies=WORKS)
    assert project.alive(), project.dead()
    names = {name for name, _ in ribbon_callbacks(template)}
    assert names == {"onAction"}
    assert set(ribbon_actions(template)) == {*PRESSED, *SHOWN}


@pytest.mark.parametrize("mac", [False, True])
def test_every_button_asks_python_for_what_it_says(open_book, workbook, mac):
    path, language = workbook
    book = open_book(path)
    project = Project(book, stored_modules(book), mac=mac, bodies=WORKS)
    assert project.alive(), project.dead()
    for button, name in PRESSED.items():
        (command,) = project.press(button, ribbon_actions(path))
        assert command == f"import addin.ribbon; addin.ribbon.press('{name}', '{language}')"
    assert project.messages == []


def test_help_without_python_shows_the_sheet_start(open_book, workbook):
    path, language = workbook
    book = open_book(path)
    project = Project(book, stored_modules(book), bodies=ABSENT)
    book.sheets[catalogue(language).sheet("settings")].activate()
    assert project.press("ClientScore_help", ribbon_actions(path)) == []
    assert book.sheets.active.name == catalogue(language).sheet("start")
    assert project.messages == [catalogue(language).text("ribbon", "vba", "no_python")]


def test_settings_shows_its_sheet(open_book, workbook):
    path, language = workbook
    book = open_book(path)
    project = Project(book, stored_modules(book), bodies=WORKS)
    for button, sheet in SHOWN.items():
        assert project.press(button, ribbon_actions(path)) == []
        assert book.sheets.active.name == catalogue(language).sheet(sheet)
    assert project.messages == []


def test_a_press_on_refresh_fills_the_accounts(open_book, workbook, engine):
    path, _ = workbook
    book = open_book(path)
    project = Project(book, stored_modules(book), bodies=WORKS)
    execute(project.press("ClientScore_refresh", ribbon_actions(path)))
    assert "40" in engine.alerts[-1].prompt
    located = next(one for one in Layout(LiveBook(book).tables()).accounts if one.table.name == "Clients")
    assert set(located.cells("class")) <= set("ABCD?")
    assert located.cells("score")[0] is not None


def test_without_python_a_button_says_so_and_does_nothing(open_book, workbook):
    path, language = workbook
    book = open_book(path)
    project = Project(book, stored_modules(book), bodies={"PythonWorks": "PythonWorks = False"})
    assert project.press("ClientScore_refresh", ribbon_actions(path)) == []
    assert project.messages == [catalogue(language).text("ribbon", "vba", "no_python")]


def test_while_a_cell_is_typed_in_a_button_says_so(open_book, workbook):
    path, language = workbook
    book = open_book(path)
    project = Project(book, stored_modules(book), bodies=WORKS)
    project.ready(ready=False)
    assert project.press("ClientScore_refresh", ribbon_actions(path)) == []
    assert project.messages == [catalogue(language).text("ribbon", "vba", "busy")]
