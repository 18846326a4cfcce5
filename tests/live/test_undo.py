"""What Undo takes back in the open workbook, and what it leaves alone."""

import numpy as np
from support.calc.portfolio import VISIT, by_code, results, table

from addin.catalogue import catalogue
from addin.excel.live_book import LiveBook
from addin.undo.last import remember
from addin.workbook.located_tables import Layout
from addin.workbook.port import Changes, ColumnFill, RowsFill


def test_undo_of_a_copy_elsewhere_does_not_take_the_journal_of_another(
    open_book, press, small_portfolio, monkeypatch
):
    book = open_book(small_portfolio)
    press(book, "refresh")
    before = results(book)
    monkeypatch.setattr("addin.undo.last.location", lambda _: "elsewhere")
    assert press(book, "undo") == catalogue("en").text("refusals", "nothing_to_undo")
    assert results(book) == before


def test_a_check_between_refresh_and_undo_leaves_nothing_out(open_book, press, small_portfolio):
    book = open_book(small_portfolio)
    press(book, "refresh")
    press(book, "check")
    assert "left alone" not in press(book, "undo")


def test_a_formula_gives_way_to_the_value_and_comes_back_by_undo(open_book, press, small_portfolio):
    book = open_book(small_portfolio)
    headers = table(book, "Clients").headers
    cell = book.sheets["Clients"].tables["Clients"].data_body_range[2, headers.index("Score")]
    cell.formula = "=1+1"
    press(book, "refresh")
    assert not str(cell.formula).startswith("=")
    press(book, "undo")
    assert cell.formula == "=1+1"


def test_undo_puts_everything_back(open_book, press, light):
    path, language = light
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
