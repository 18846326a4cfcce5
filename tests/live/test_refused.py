"""What cannot be done is said, and leaves the open workbook as it was."""

from pathlib import Path

import pytest
from support.calc.portfolio import results, table

from addin.catalogue import catalogue
from addin.excel.live_book import LiveBook


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
    assert said == catalogue("en").text("refusals", "excel_busy")
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


def test_a_filter_that_cannot_be_put_back_is_refused_before_anything_is_written(
    open_book, press, engine, small_portfolio, monkeypatch
):
    book = open_book(small_portfolio)
    clients = book.sheets["Clients"].tables["Clients"]
    clients.autofilter.apply_values(2, ["Company 4"])
    monkeypatch.setattr("addin.excel.filters._can_be_put_back", lambda _: False)
    engine.calls.clear()
    assert press(book, "refresh") == catalogue("en").text("refusals", "filtered", sheet="Clients")
    assert engine.calls.writes == []


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
    monkeypatch.setattr("addin.excel.new_sheet._emptied", lambda *_: 1 / 0)
    assert press(book, "new_sheet") == catalogue("en").text("refusals", "excel_declines", sheet="Prospects")
    assert [sheet.name for sheet in book.sheets] == names


def test_a_wrong_model_stops_the_refresh_and_is_told(open_book, press, light):
    path, language = light
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


def test_a_fault_of_the_program_is_told_without_a_traceback(open_book, press, small_portfolio, monkeypatch):
    monkeypatch.setattr("addin.presses.scored.score_tables", lambda *_, **__: 1 / 0)
    said = press(open_book(small_portfolio), "refresh")
    assert "division" not in said
    log = said.rsplit(": ", 1)[1]
    assert "ZeroDivisionError" in Path(log).read_text(encoding="utf-8")


def test_a_journal_that_cannot_be_written_is_told_and_the_results_stay(
    open_book, press, small_portfolio, tmp_path, monkeypatch
):
    (tmp_path / "state").write_text("a file where the folder would be", encoding="utf-8")
    monkeypatch.setattr("addin.undo.last.log_failure", lambda _: tmp_path)
    book = open_book(small_portfolio)
    said = press(book, "refresh")
    assert catalogue("en").text("ribbon", "undo", "no_refresh") in said
    assert "A" in results(book)["Clients", "class"]
