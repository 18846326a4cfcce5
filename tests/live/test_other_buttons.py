"""Check, Explain account and New sheet in the open workbook."""

from support.calc.portfolio import results, table

from addin.catalogue import catalogue
from addin.excel.live_book import LiveBook
from addin.workbook.located_tables import Layout


def test_check_lists_faults_and_writes_no_result(open_book, press, light):
    path, language = light
    book = open_book(path)
    before = results(book)
    words = catalogue(language)
    said = press(book, "check", language)
    assert results(book) == before
    findings = table(book, "Checks").columns[4]
    assert len(findings) > 5
    assert words.text("ribbon", "listed") in said
    assert book.sheets.active.name == words.sheet("checks")


def test_explain_tells_the_account_of_the_row_or_of_the_code(open_book, press, light):
    path, language = light
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


def test_a_new_account_sheet_is_empty_and_scored_with_the_others(open_book, press, light):
    path, language = light
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
