"""The button Import..., through xlwings on a running program, with the workbook that people get."""

import datetime as dt
from functools import partial

import pytest
from support.calc.portfolio import light_workbook

from addin.catalogue import LANGUAGES, catalogue
from addin.excel.dialogues import TITLE
from addin.excel.live_book import LiveBook
from addin.imports.importing import Options, look_at, plan_import
from addin.imports.sheets import import_changes
from addin.package import PackageBook
from addin.ribbon import answer
from addin.sample.exports import copy_exports

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    return copy_exports(tmp_path_factory.mktemp("exports"))


@pytest.fixture
def press(engine, monkeypatch):
    """Choose files, answer the question, and return what was said."""

    def pressed(book, files, reply="yes", language="en", confirms=()):
        """Choose files, say ``reply`` to what they are, and yes to questions that end like ``confirms``."""
        engine.app.api.GetOpenFilename = lambda *_: tuple(map(str, files)) if files else False
        engine.reply = None
        before = len(engine.alerts)
        monkeypatch.setattr("addin.presses.import_files.ask", lambda app, text: asked(app, text, reply))
        told = partial(confirmed, confirms=confirms)
        monkeypatch.setattr("addin.presses.import_files.confirmed", told)
        answer(book, "import", language, TODAY)
        return [alert.prompt for alert in engine.alerts[before:]]

    def asked(app, text, reply):
        app.alert(text, title=TITLE, buttons="yes_no_cancel", mode="info")
        return reply

    def confirmed(app, text, confirms):
        app.alert(text, title=TITLE, buttons="yes_no", mode="info")
        return any(one in text for one in confirms)

    return pressed


@pytest.fixture(params=LANGUAGES)
def empty(request, tmp_path):
    path = tmp_path / "portfolio.xlsm"
    light_workbook(path, request.param, [])
    return path, request.param


@pytest.fixture
def french(tmp_path):
    path = tmp_path / "portefeuille.xlsm"
    light_workbook(path, "fr", [])
    return path, "fr"


def tables(book):
    return {table.name: table for table in book.tables()}


def test_the_button_writes_what_the_command_writes(open_book, press, empty, exports):
    path, language = empty
    book = open_book(path)
    question, said = press(book, exports, language=language)
    words = catalogue(language).surface("imports")
    assert words["box"]["question"] in question
    assert words["kinds"]["fec"] in question
    assert said.startswith(words["box"]["done"])

    package = PackageBook(path)
    done = plan_import(look_at(package.tables(), exports, TODAY, Options()))
    package.apply(import_changes(done, catalogue(language), TODAY))
    by_command = tables(PackageBook(path))
    for name, table in tables(LiveBook(book)).items():
        assert table == by_command[name], name


def test_a_press_on_undo_takes_the_import_back(open_book, press, french, exports):
    path, language = french
    book = open_book(path)
    before = tables(LiveBook(book))
    press(book, exports, language=language)
    after = tables(LiveBook(book))
    assert after["Clients"].n_rows > 70
    answer(book, "undo", language, TODAY)
    assert tables(LiveBook(book)) == before
    assert press(book, exports, language=language)[-1]
    assert tables(LiveBook(book)) == after


def test_cancelling_changes_nothing_and_says_nothing(open_book, press, french, exports):
    path, language = french
    book = open_book(path)
    before = tables(LiveBook(book))
    assert press(book, [], language=language) == []
    assert len(press(book, exports, reply="cancel", language=language)) == 1
    assert tables(LiveBook(book)) == before


def test_no_notes_the_columns_so_that_they_can_be_corrected(open_book, press, french, tmp_path):
    path, language = french
    words = catalogue(language)
    file = tmp_path / "crm.csv"
    file.write_text("Code;Nom;Colonne 7\nC1;Alpha;5000\n", encoding="utf-8")
    book = open_book(path)
    _, said = press(book, [file], reply="no", language=language)
    assert said == words.text("imports", "box", "noted")
    noted = tables(LiveBook(book))
    assert noted["Clients"].columns[0] == [None]
    assert noted["ImportColumns"].columns[1] == ["Code", "Nom", "Colonne 7"]
    # A person corrects the last one: the next import follows.
    target = noted["ImportColumns"].headers.index(words.header("importcolumns", "target"))
    book.sheets[noted["ImportColumns"].sheet].tables["ImportColumns"].data_body_range[
        2, target
    ].value = words.header("accounts", "potential")
    press(book, [file], language=language)
    clients = tables(LiveBook(book))["Clients"]
    assert clients.columns[clients.headers.index(words.header("accounts", "potential"))] == [5000.0]


def test_a_broken_file_is_named_with_its_lines_and_changes_nothing(
    open_book, press, french, exports, tmp_path
):
    path, language = french
    broken = tmp_path / "987654321FEC20251231.txt"
    lines = next(one for one in exports if "2025" in one.name).read_bytes().splitlines(keepends=True)
    broken.write_bytes(b"".join(lines[:-1]) + lines[-1][:40])
    book = open_book(path)
    before = tables(LiveBook(book))
    (said,) = press(book, [broken], language=language)
    assert broken.name in said
    assert f"{len(lines)}" in said.replace("\u202f", "").replace(",", "")
    assert tables(LiveBook(book)) == before


def test_files_that_end_long_ago_are_asked_about_and_scored_at_once_when_wanted(
    open_book, press, empty, tmp_path
):
    path, language = empty
    file = tmp_path / "invoices.csv"
    rows = [
        f"C{client:02};{year}-{month:02}-28;{client * 100 + month}.00"
        for client in range(1, 31)
        for year in (2021, 2022, 2023)
        for month in range(1, 13)
    ]
    file.write_text("\n".join(["Code;Date;Amount", *rows]), encoding="utf-8")
    book = open_book(path)
    box = catalogue(language).surface("imports")["box"]
    as_of, question, again, said = press(
        book, [file], language=language, confirms=[box["as_of"][-30:], box["refresh"]]
    )
    assert "2023" in as_of
    assert "2023" in question
    assert box["refresh"] in again
    assert "30" in said
    clients = tables(LiveBook(book))["Clients"]
    column = clients.headers.index(catalogue(language).text("fields", "accounts", "class"))
    assert set(clients.columns[column]) == set("ABCD")
