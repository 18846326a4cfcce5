"""What Refresh does in the open workbook, through xlwings on a running program."""

import warnings

import openpyxl
from support.calc.portfolio import (
    FILLED,
    TODAY,
    light_workbook,
    results,
    results_after,
    sample,
    table,
)

from addin.catalogue import catalogue
from addin.excel.live_book import LiveBook
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables
from addin.views import VIEWS
from addin.workbook.located_tables import Layout


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
    light_workbook(path, "en", sample("en", copies=7)[:2000])
    book = open_book(path)
    said = press(book, "refresh")
    assert "accounts have a score" in said
    filled = [cell for name in ("Clients", "Prospects") for cell in results(book)[name, "class"]]
    assert len([cell for cell in filled if cell in set("ABCD?")]) >= 1990


def test_reads_and_writes_do_not_grow_with_the_rows(open_book, press, engine, tmp_path):
    counts = []
    for copies in (1, 3):
        path = tmp_path / f"{copies}.xlsm"
        light_workbook(path, "en", sample("en", copies=copies))
        book = open_book(path)
        engine.calls.clear()
        press(book, "refresh")
        counts.append((len(engine.calls.reads), len(engine.calls.writes)))
        book.close()
    assert counts[0] == counts[1]
    # Two runs of columns for each table of accounts, and a block with its edge for each view.
    assert counts[0][1] <= 2 * 2 + 2 * len(VIEWS)


def test_a_second_press_writes_nothing(open_book, press, engine, light):
    path, language = light
    book = open_book(path)
    press(book, "refresh", language)
    engine.calls.clear()
    said = press(book, "refresh", language)
    assert engine.calls.writes == []
    assert catalogue(language).text("cli", "result", "no_moves") in said


def test_nothing_but_what_refresh_fills_changes(open_book, press, light):
    path, language = light
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


def test_a_workbook_with_an_apostrophe_in_its_name_is_refreshed(open_book, press, small_portfolio):
    book = open_book(small_portfolio, "Portefeuille d'Anne.xlsm")
    assert "accounts have a score" in press(book, "refresh")


def test_a_workbook_without_accounts_says_what_to_do(open_book, press, tmp_path):
    path = tmp_path / "empty.xlsm"
    light_workbook(path, "fr", [])
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
