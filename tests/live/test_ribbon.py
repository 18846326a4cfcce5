"""What each button does, through xlwings on a running program, with the workbook that people get."""

import datetime as dt
import warnings
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from addin.book import Changes, ColumnFill, RowsFill
from addin.catalogue import LANGUAGES, catalogue
from addin.fresh import new_workbook
from addin.layout import Layout
from addin.live_book import LiveBook
from addin.package import PackageBook
from addin.refresh import score_tables
from addin.ribbon import answer
from addin.sample import read_sample
from addin.undoing import remember
from scoring.terms import ACCOUNT_FIELDS, FilledBy

TODAY = dt.date(2026, 11, 23)
VISIT = dt.datetime(2026, 3, 4)
FILLED = [field.key for field in ACCOUNT_FIELDS if field.filled_by is FilledBy.REFRESH]


@pytest.fixture(autouse=True)
def own_profile(monkeypatch, tmp_path):
    """The journal and the log go to a folder of the test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("addin.ribbon._today", lambda: TODAY)


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


@pytest.fixture(scope="module", params=LANGUAGES)
def unscored(request, tmp_path_factory):
    """A workbook with the sample portfolio, not scored yet, and its language."""
    path = tmp_path_factory.mktemp(request.param) / "portfolio.xlsm"
    new_workbook(path, request.param, sample(request.param))
    return path, request.param


@pytest.fixture
def press(engine):
    """Press a button as the workbook's macro does, and return what it says."""

    def pressed(book, button, language="en"):
        before = len(engine.alerts)
        answer(book, button, language)
        (said,) = engine.alerts[before:]
        assert said.title == "ClientScore"
        return said.prompt

    return pressed


def results(book):
    """What a refresh fills, by table, field and row."""
    found = {}
    for located in Layout(LiveBook(book).tables()).accounts:
        for key in FILLED:
            found[located.table.name, key] = located.cells(key)
    return found


def table(book, name):
    return next(one for one in LiveBook(book).tables() if one.name == name)


def test_a_press_on_refresh_gives_what_the_command_gives(open_book, press, unscored):
    path, language = unscored
    book = open_book(path)
    said = press(book, "refresh", language)
    assert "330" in said

    file = PackageBook(path)
    file.apply(score_tables(file.tables(), TODAY).changes, path.with_name("by-command.xlsm"))
    by_command = {one.name: one for one in PackageBook(path.with_name("by-command.xlsm")).tables()}
    for one in LiveBook(book).tables():
        assert one == by_command[one.name], one.name


def test_two_thousand_accounts_are_filled(open_book, press, tmp_path):
    path = tmp_path / "large.xlsm"
    new_workbook(path, "en", sample("en", copies=7)[:2000])
    book = open_book(path)
    said = press(book, "refresh")
    assert "accounts have a score" in said
    filled = [cell for name in ("Clients", "Prospects") for cell in results(book)[name, "class"]]
    assert len([cell for cell in filled if cell in set("ABCD?")]) >= 1990


def test_reads_and_writes_do_not_grow_with_the_rows(open_book, press, engine, tmp_path):
    counts = []
    for copies in (1, 3):
        path = tmp_path / f"{copies}.xlsm"
        new_workbook(path, "en", sample("en", copies=copies))
        book = open_book(path)
        engine.calls.clear()
        press(book, "refresh")
        counts.append((len(engine.calls.reads), len(engine.calls.writes)))
        book.close()
    assert counts[0] == counts[1]
    n_tables = 9
    assert counts[0][1] <= n_tables  # two runs of columns a table of accounts, one block each of the logs


def test_a_second_press_writes_nothing(open_book, press, engine, unscored):
    path, language = unscored
    book = open_book(path)
    press(book, "refresh", language)
    engine.calls.clear()
    said = press(book, "refresh", language)
    assert engine.calls.writes == []
    assert catalogue(language).text("cli", "result", "no_moves") in said


def test_nothing_but_what_refresh_fills_changes(open_book, press, unscored):
    path, language = unscored
    book = open_book(path)
    before = {one.name: one for one in LiveBook(book).tables()}
    press(book, "refresh", language)
    accounts = {located.table.name: located for located in Layout(LiveBook(book).tables()).accounts}
    for name, located in accounts.items():
        for key, column in located.columns.items():
            if key not in FILLED:
                assert located.table.columns[column] == before[name].columns[column], key
    for name in ("Criteria", "Scales", "Classes", "Gates", "Settings"):
        assert table(book, name) == before[name]


def test_foreign_text_never_becomes_a_formula_or_a_number(open_book, press, small_portfolio):
    book = open_book(small_portfolio)
    classes = book.sheets["Classes"].tables["Classes"].data_body_range
    for row, label in enumerate(("=1+1", "-2", "00123", "TRUE")):
        classes[row, 1].number_format = "@"
        classes[row, 1].value = label
    criteria = book.sheets["Criteria"].tables["Criteria"].data_body_range
    criteria[0, 0].number_format = "@"
    criteria[0, 0].value = "=HYPERLINK(1)"
    scales = book.sheets["Scales"].tables["Scales"].data_body_range
    for row in range(4):
        scales[row, 0].number_format = "@"
        scales[row, 0].value = "=HYPERLINK(1)"
    press(book, "refresh")
    shown = results(book)
    labels = {cell for name in ("Clients", "Prospects") for cell in shown[name, "label"] if cell is not None}
    assert labels
    assert labels <= {"=1+1", "-2", "00123", "TRUE"}
    reasons = [cell for cell in shown["Clients", "reasons"] if "HYPERLINK" in str(cell)]
    assert reasons
    assert not any(str(cell).startswith("=") for cell in reasons)


@pytest.fixture
def small_portfolio(tmp_path):
    """Eight accounts of each class or so, English."""
    path = tmp_path / "small.xlsm"
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
    new_workbook(path, "en", rows)
    return path


def test_currency_errors_and_text_numbers_are_read(open_book, press, small_portfolio):
    book = open_book(small_portfolio)
    sheet = book.sheets["Clients"]
    body = sheet.tables["Clients"].data_body_range
    headers = table(book, "Clients").headers
    turnover, potential, name = (headers.index(header) for header in ("Turnover", "Potential", "Name"))
    plain = results_after(book, press)
    for row in range(body.shape[0]):
        body[row, turnover].number_format = "$#,##0.00"
    assert type(body[0, turnover].value).__name__ == "Decimal"
    assert results_after(book, press) == plain
    body[0, potential].formula = "=1/0"
    body[1, name].value = None
    press(book, "refresh")
    findings = table(book, "Checks").columns[4]
    assert any("#DIV/0!" in str(finding) for finding in findings)


def results_after(book, press):
    press(book, "refresh")
    return results(book)


def test_a_protected_sheet_is_refused_and_nothing_is_half_written(open_book, press, small_portfolio):
    book = open_book(small_portfolio)
    before = [(one.name, one.columns) for one in LiveBook(book).tables()]
    book.sheets["Prospects"].api.Protect()
    said = press(book, "refresh")
    assert said == catalogue("en").text("refusals", "sheet_protected", sheet="Prospects")
    assert [(one.name, one.columns) for one in LiveBook(book).tables()] == before
    book.sheets["Prospects"].api.Unprotect()
    assert "of 18 accounts have a score" in press(book, "refresh")


def test_a_cell_being_typed_in_is_refused(open_book, press, engine, excel, small_portfolio):
    book = open_book(small_portfolio)
    excel.api.Ready = False
    engine.calls.clear()
    assert press(book, "refresh") == catalogue("en").text("refusals", "excel_busy")
    assert engine.calls.writes == []
    excel.api.Ready = True


@pytest.mark.parametrize("nth", range(1, 6))
def test_excel_busy_at_any_write_leaves_all_as_it_was(open_book, press, engine, host, small_portfolio, nth):
    book = open_book(small_portfolio)
    before = [(one.name, one.columns) for one in LiveBook(book).tables()]
    seen = []

    def interrupt(direction, *_):
        if direction == "writes":
            seen.append(direction)
            if len(seen) == nth:
                host.busy = 1  # this call is rejected, the next one is not

    engine.calls.before = interrupt
    said = press(book, "refresh")
    engine.calls.before = None
    assert len(seen) >= nth
    assert "nothing was changed" in said
    assert [(one.name, one.columns) for one in LiveBook(book).tables()] == before


@pytest.mark.parametrize("calculation", ["manual", "automatic"])
def test_excel_is_as_it_was_afterwards(open_book, press, excel, small_portfolio, calculation):
    book = open_book(small_portfolio)
    excel.calculation = calculation
    excel.status_bar = "mine"
    book.sheets["Criteria"].activate()
    book.sheets["Criteria"].range("B7").select()

    def state():
        selection = excel.selection
        front = book.sheets.active.name
        return (
            excel.calculation,
            excel.screen_updating,
            excel.enable_events,
            excel.status_bar,
            selection.address,
            front,
        )

    before = state()
    press(book, "refresh")
    assert state() == before
    book.sheets["Prospects"].api.Protect()
    book.sheets["Clients"].tables["Clients"].data_body_range[0, 8].value = 1e6
    press(book, "undo")
    assert state()[:4] == before[:4]


def test_filtered_and_hidden_rows_are_scored_and_stay(open_book, press, small_portfolio):
    book = open_book(small_portfolio)
    sheet = book.sheets["Clients"]
    sheet.range("7:9").rows.hidden = True
    press(book, "refresh")
    assert sheet.range("7:9").rows.hidden is True
    assert None not in results(book)["Clients", "class"]


def test_a_filtered_table_is_filled_whole_and_filtered_again(open_book, press, small_portfolio):
    book = open_book(small_portfolio)
    plain = results_after(book, press)
    press(book, "undo")
    clients = book.sheets["Clients"].tables["Clients"]
    names = [f"Company {number}" for number in (4, 7, 10)]
    clients.autofilter.apply_values(2, names)
    press(book, "refresh")
    assert results(book) == plain
    (found,) = [one for one in clients.autofilter.criteria if one.type != "none"]
    assert (found.field, found.values) == (2, names)
    press(book, "undo")
    assert set(results(book)["Clients", "class"]) == {None}


def test_a_filter_that_cannot_be_put_back_is_refused_before_anything_is_written(
    open_book, press, engine, small_portfolio, monkeypatch
):
    book = open_book(small_portfolio)
    clients = book.sheets["Clients"].tables["Clients"]
    clients.autofilter.apply_values(2, ["Company 4"])
    monkeypatch.setattr("addin.filters._can_be_put_back", lambda _: False)
    engine.calls.clear()
    assert press(book, "refresh") == catalogue("en").text("refusals", "filtered", sheet="Clients")
    assert engine.calls.writes == []


def test_undo_of_a_copy_elsewhere_does_not_take_the_journal_of_another(
    open_book, press, small_portfolio, monkeypatch
):
    book = open_book(small_portfolio)
    press(book, "refresh")
    before = results(book)
    monkeypatch.setattr("addin.undoing.location", lambda _: "elsewhere")
    assert press(book, "undo") == catalogue("en").text("refusals", "nothing_to_undo")
    assert results(book) == before


def test_a_protected_sheet_is_not_copied(open_book, press, small_portfolio):
    book = open_book(small_portfolio)
    names = [sheet.name for sheet in book.sheets]
    book.sheets["Clients"].activate()
    book.sheets["Clients"].api.Protect()
    assert press(book, "new_sheet") == catalogue("en").text("refusals", "sheet_protected", sheet="Clients")
    assert [sheet.name for sheet in book.sheets] == names


def test_a_copy_that_fails_leaves_no_sheet_behind(open_book, press, small_portfolio, monkeypatch):
    book = open_book(small_portfolio)
    names = [sheet.name for sheet in book.sheets]
    monkeypatch.setattr("addin.new_sheet._emptied", lambda *_: 1 / 0)
    assert press(book, "new_sheet") == catalogue("en").text("refusals", "excel_declines", sheet="Prospects")
    assert [sheet.name for sheet in book.sheets] == names


def test_a_check_between_refresh_and_undo_leaves_nothing_out(open_book, press, small_portfolio):
    book = open_book(small_portfolio)
    press(book, "refresh")
    press(book, "check")
    assert "left alone" not in press(book, "undo")


def test_a_workbook_with_an_apostrophe_in_its_name_is_refreshed(open_book, press, small_portfolio):
    book = open_book(small_portfolio, "Portefeuille d'Anne.xlsm")
    assert "accounts have a score" in press(book, "refresh")


def test_a_formula_gives_way_to_the_value_and_comes_back_by_undo(open_book, press, small_portfolio):
    book = open_book(small_portfolio)
    headers = table(book, "Clients").headers
    cell = book.sheets["Clients"].tables["Clients"].data_body_range[2, headers.index("Score")]
    cell.formula = "=1+1"
    press(book, "refresh")
    assert not str(cell.formula).startswith("=")
    press(book, "undo")
    assert cell.formula == "=1+1"


def test_undo_puts_everything_back(open_book, press, unscored):
    path, language = unscored
    book = open_book(path)
    before = [(one.name, one.columns) for one in LiveBook(book).tables()]
    press(book, "refresh", language)
    press(book, "undo", language)
    assert [(one.name, one.columns) for one in LiveBook(book).tables()] == before
    said = press(book, "undo", language)
    assert said == catalogue(language).text("refusals", "nothing_to_undo")


def test_undo_finds_accounts_again_after_sorting_and_leaves_what_was_typed_over(
    open_book, press, small_portfolio
):
    book = open_book(small_portfolio)
    press(book, "refresh")
    before = by_code(book)
    body = book.sheets["Clients"].tables["Clients"].data_body_range
    turnover = table(book, "Clients").headers.index("Turnover")
    body[0, turnover].value = 500_000
    press(book, "refresh")
    assert by_code(book) != before
    rows = body.options(ndim=2).value
    body.value = [["'" + row[0], *row[1:]] for row in reversed(rows)]  # sorted the other way round
    headers = table(book, "Clients").headers
    last = len(rows) - 1
    body[last, headers.index("Score")].value = 1.5
    code = body[last, 0].value
    said = press(book, "undo")
    after = by_code(book)
    assert {key for key in before if before[key] != after[key]} == {(code, "score")}
    assert "1 cell was left alone" in said


def by_code(book):
    """What refresh fills, by account and field."""
    found = {}
    for located in Layout(LiveBook(book).tables()).accounts:
        for row, code in enumerate(located.cells("account")):
            for key in FILLED:
                found[code, key] = located.cells(key)[row]
    return found


def test_undo_of_two_refreshes_takes_back_the_last_one(open_book, press, small_portfolio):
    book = open_book(small_portfolio)
    press(book, "refresh")
    once = results(book), table(book, "History")
    book.sheets["Criteria"].tables["Criteria"].data_body_range[0, 3].value = 90
    press(book, "refresh")
    assert results(book) != once[0]
    press(book, "undo")
    assert (results(book), table(book, "History")) == once


def import_into(book, turnovers, new):
    """Write what an import writes: turnovers of known accounts, and new accounts below."""
    live = LiveBook(book)
    tables = live.tables()
    located = next(one for one in Layout(tables).accounts if one.table.name == "Clients")
    codes, column = located.cells("account"), located.columns["turnover"]
    skip = np.array([code not in turnovers for code in codes])
    values = [turnovers.get(code) for code in codes]
    keys = {position: key for key, position in located.columns.items()}
    rows = [tuple(row.get(keys[at]) for at in range(len(keys))) for row in new]
    changes = Changes(
        [ColumnFill("Clients", column, values, skip, np.zeros_like(skip))],
        [RowsFill("Clients", located.table.n_rows, rows)],
    )
    assert live.apply(changes)
    assert remember(book, tables, changes, live.inverse, "import")


def test_an_import_and_a_refresh_are_taken_back_one_by_one(open_book, press, small_portfolio):
    book = open_book(small_portfolio)
    before = LiveBook(book).tables()
    new = [
        {"account": f"N{n}", "name": f"New {n}", "status": "Client", "turnover": 1e4, "last_visit": VISIT}
        for n in range(3)
    ]
    import_into(book, {"00001": 1.0, "00004": 2.0}, new)
    imported = LiveBook(book).tables()
    assert "of 21 accounts have a score" in press(book, "refresh")
    assert "The refresh of" in press(book, "undo")
    assert LiveBook(book).tables() == imported
    said = press(book, "undo", "fr")
    words = catalogue("fr")
    assert said.startswith("L’import du")
    assert words.text("ribbon", "undo", "cells", count=2) in said
    assert words.text("ribbon", "undo", "accounts", count=3) in said
    assert LiveBook(book).tables() == before
    assert press(book, "undo") == catalogue("en").text("refusals", "nothing_to_undo")


def test_undo_of_an_import_leaves_an_account_that_a_person_made_theirs(open_book, press, small_portfolio):
    book = open_book(small_portfolio)
    import_into(book, {"00001": 1.0}, [{"account": f"N{n}", "turnover": 1e4} for n in range(3)])
    n_rows = table(book, "Clients").n_rows
    headers = table(book, "Clients").headers
    body = book.sheets["Clients"].tables["Clients"].data_body_range
    body[n_rows - 3, headers.index("Name")].formula = "=1+1"
    body[n_rows - 1, headers.index("Name")].value = "mine"
    said = press(book, "undo")
    assert catalogue("en").text("ribbon", "undo", "accounts", count=2) in said
    assert catalogue("en").text("ribbon", "undo", "accounts_left", count=1) in said
    assert table(book, "Clients").columns[0][-3:] == [None, None, "N2"]


def test_check_lists_faults_and_writes_no_result(open_book, press, unscored):
    path, language = unscored
    book = open_book(path)
    before = results(book)
    words = catalogue(language)
    said = press(book, "check", language)
    assert results(book) == before
    findings = table(book, "Checks").columns[4]
    assert len(findings) > 5
    assert words.text("ribbon", "listed") in said
    assert book.sheets.active.name == words.sheet("checks")


def test_a_wrong_model_stops_the_refresh_and_is_told(open_book, press, unscored):
    path, language = unscored
    book = open_book(path)
    words = catalogue(language)
    criteria = book.sheets[words.sheet("criteria")].tables["Criteria"].data_body_range
    criteria[0, 3].value = -5
    before = [(one.name, one.columns) for one in LiveBook(book).tables()]
    said = press(book, "refresh", language)
    assert words.text("cli", "result", "stopped", count=1) in said
    assert f"{words.sheet('criteria')}!D8" in said
    assert [(one.name, one.columns) for one in LiveBook(book).tables()] == before
    press(book, "check", language)
    assert f"{words.sheet('criteria')}" in table(book, "Checks").columns[1]
    criteria[0, 3].value = 25
    assert "330" in press(book, "refresh", language)


def test_explain_tells_the_account_of_the_row_or_of_the_code(open_book, press, unscored):
    path, language = unscored
    book = open_book(path)
    words = catalogue(language)
    press(book, "refresh", language)
    located = next(one for one in Layout(LiveBook(book).tables()).accounts if one.table.name == "Clients")
    row = located.cells("class").index("C")
    code, name = located.cells("account")[row], located.cells("name")[row]
    sheet = book.sheets[located.table.sheet]
    sheet.activate()
    sheet.range((located.table.top + row, 5)).select()
    said = press(book, "explain", language)
    assert said.startswith(f"{code}   {name}")
    assert str(located.cells("reasons")[row]) in said
    history = book.sheets[words.sheet("history")]
    history.activate()
    history.range("B5").select()
    assert press(book, "explain", language).startswith(str(history.range("B5").value))
    history.range("C5").select()
    shown = history.range("C5").value
    assert press(book, "explain", language).startswith(("“", "«")), shown
    history.range("P9").select()
    assert press(book, "explain", language) == words.text("refusals", "no_account_selected")


def test_explain_says_when_the_sheet_is_out_of_date(open_book, press, small_portfolio):
    book = open_book(small_portfolio)
    press(book, "refresh")
    sheet = book.sheets["Clients"]
    body = sheet.tables["Clients"].data_body_range
    row = results(book)["Clients", "class"].index("D")
    body[row, table(book, "Clients").headers.index("Turnover")].value = 900_000
    body[row, table(book, "Clients").headers.index("Days late")].value = 0
    sheet.activate()
    body[row, 1].select()
    assert "still shows class D" in press(book, "explain")


def test_a_new_account_sheet_is_empty_and_scored_with_the_others(open_book, press, unscored):
    path, language = unscored
    book = open_book(path)
    words = catalogue(language)
    book.sheets[words.sheet("prospects")].activate()
    said = press(book, "new_sheet", language)
    name = book.sheets.active.name
    assert f"{name}" in said
    added = next(one for one in LiveBook(book).tables() if one.sheet == name)
    assert added.n_rows == 1
    assert all(column == [None] for column in added.columns)
    assert added.headers == table(book, "Prospects").headers
    area = book.sheets[name].tables[added.name].data_body_range
    area[0, 0].value = "'N0001"
    area[0, added.headers.index(words.header("accounts", "status"))].value = words.word("status", "client")
    area[0, added.headers.index(words.header("accounts", "turnover"))].value = 5000
    assert "331" in press(book, "refresh", language)
    assert press(book, "new_sheet", language) != said


def test_a_fault_of_the_program_is_told_without_a_traceback(open_book, press, small_portfolio, monkeypatch):
    monkeypatch.setattr("addin.refresh.score_tables", lambda *_, **__: 1 / 0)
    said = press(open_book(small_portfolio), "refresh")
    assert "division" not in said
    log = said.rsplit(": ", 1)[1]
    assert "ZeroDivisionError" in Path(log).read_text(encoding="utf-8")


def test_a_journal_that_cannot_be_written_is_told_and_the_results_stay(
    open_book, press, small_portfolio, tmp_path, monkeypatch
):
    (tmp_path / "state").write_text("a file where the folder would be", encoding="utf-8")
    monkeypatch.setattr("addin.undoing.log_failure", lambda _: tmp_path)
    book = open_book(small_portfolio)
    said = press(book, "refresh")
    assert catalogue("en").text("ribbon", "undo", "no_refresh") in said
    assert "A" in results(book)["Clients", "class"]


def test_a_workbook_without_accounts_says_what_to_do(open_book, press, tmp_path):
    path = tmp_path / "empty.xlsm"
    new_workbook(path, "fr")
    assert press(open_book(path), "refresh", "fr") == catalogue("fr").text("ribbon", "no_accounts")


def test_the_saved_file_holds_what_was_scored(open_book, press, small_portfolio, tmp_path):
    book = open_book(small_portfolio)
    press(book, "refresh")
    shown = results(book)
    saved = tmp_path / "saved.xlsx"
    book.save(saved)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says that it would lose data bars on saving
        cells = openpyxl.load_workbook(saved, data_only=True)["Clients"]
    headers = [cell.value for cell in cells[4]]
    column = headers.index("Class")
    letters = [row[column].value for row in cells.iter_rows(min_row=5) if row[0].value]
    assert letters == shown["Clients", "class"]
