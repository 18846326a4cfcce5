"""The lines of the menu of uses, pressed in the open workbook."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from support.calc.portfolio import light_workbook

from addin.catalogue import catalogue
from addin.excel.live_book import LiveBook
from addin.package import PackageBook
from addin.uses import shown_uses
from addin.workbook.located_tables import Layout

USES = ("effort", "worklist", "tour", "allocate", "actions", "handover")
"""The host takes its time for every sheet more."""


@pytest.fixture(params=["fr"])
def language(request):
    """One language. On files, all uses are tried in both."""
    return request.param


@pytest.fixture
def portfolio(language, tmp_path):
    path, words = tmp_path / "portfolio.xlsm", catalogue(language)
    known = {"status": words.word("status", "client"), "turnover_1": 900.0, "turnover_2": 800.0}
    known |= {"potential": 5000.0, "days_late": 5.0}
    rows = [
        {"account": "C-1", "name": "Nordvik", "rep": "Ana", "turnover": 1000.0, "visits": 4.0, **known},
        {"account": "C-2", "name": "Sud", "rep": "Ben", "turnover": 400.0, "visits": 0.0, **known},
    ]
    return light_workbook(
        path, language, [row | {"target": words.word("yes_no", "yes")} for row in rows], USES
    )


def layout(book):
    return Layout(LiveBook(book).tables())


def test_a_press_fills_the_sheets_of_a_use_and_brings_the_first_one_to_the_front(
    open_book, press_line, portfolio, language
):
    book = open_book(portfolio)
    (said,) = press_line(book, "effort")
    assert "2" in said
    assert shown_uses(layout(book)) == ["effort"]
    assert book.sheets.active.name == catalogue(language).sheet("effort")
    assert [row["done"] for row in layout(book).named["effort"].rows()][:1] == [4.0]


def test_a_second_press_puts_them_away_and_undo_brings_them_back(open_book, press_line, portfolio):
    book = open_book(portfolio)
    press_line(book, "effort")
    assert press_line(book, "effort") == []
    assert shown_uses(layout(book)) == []
    (said,) = press_line(book, "undo")
    assert "2" in said
    assert shown_uses(layout(book)) == ["effort"]
    press_line(book, "undo")
    assert shown_uses(layout(book)) == []
    assert layout(book).named["effort"].table.n_filled == 0


def test_a_refresh_fills_what_is_shown_and_reads_nothing_more_for_what_is_not(
    open_book, press_line, portfolio, engine
):
    book = open_book(portfolio)
    press_line(book, "refresh")
    engine.calls.clear()
    press_line(book, "refresh")
    assert layout(book).named["effort"].table.n_filled == 0
    press_line(book, "worklist")
    accounts = layout(book).accounts[0]
    first = book.sheets[accounts.table.sheet].range(accounts.address(0, "name"))
    first.value = "Nordvik AS"
    press_line(book, "refresh")
    assert layout(book).named["worklist"].rows()[0]["name"] == "Nordvik AS"
    assert shown_uses(layout(book)) == ["worklist"]


def without_effort(open_book, portfolio, language):
    """An open workbook that lacks the sheets of a use, as one that was made before it came; and its file."""
    words, older = catalogue(language), portfolio.with_stem("older")
    book = open_book(portfolio)
    for key in ("effort", "misallocated"):
        book.sheets[words.sheet(key)].delete()
    book.save(str(older))
    return book, older


@pytest.mark.parametrize("reply", ["yes", "no"])
def test_a_workbook_without_the_tables_of_a_use_is_offered_a_copy_that_has_them(
    open_book, press_line, portfolio, language, saved, tmp_path, monkeypatch, reply
):
    book, older = without_effort(open_book, portfolio, language)
    saved("copy.xlsm")
    opened, asked = [], []
    monkeypatch.setattr(
        "addin.presses.upgraded.confirmed", lambda _, text: asked.append(text) or reply == "yes"
    )
    monkeypatch.setattr("addin.presses.upgraded._save_copy", lambda _, path: shutil.copy(older, path))
    monkeypatch.setattr(type(book.app.books), "open", lambda _, path: opened.append(path))
    before = older.read_bytes()
    said = press_line(book, "effort")
    assert catalogue(language).text("ribbon", "buttons", "effort", "label") in asked[0]
    assert older.read_bytes() == before
    if reply == "no":
        assert (said, opened) == ([], [])
        return
    assert opened == [str(tmp_path / "copy.xlsm")]
    assert catalogue(language).sheet("effort") in said[0]
    assert "effort" in Layout(PackageBook(tmp_path / "copy.xlsm").tables()).named


@pytest.fixture
def saved(engine, tmp_path, monkeypatch):
    """Answer the dialogue that asks where a file goes, and whose accounts it holds; what was proposed."""
    proposed = []

    def answers(file, reply="yes"):
        def save_as(name, lines, _place, _title):
            proposed.append((name, lines))
            return str(tmp_path / file) if file else False

        engine.app.api.GetSaveAsFilename = save_as
        monkeypatch.setattr("addin.presses.tour_files.ask", lambda *_: reply)
        return proposed

    return answers


def test_a_tour_plan_is_written_to_a_file(open_book, press_line, portfolio, saved, tmp_path, language):
    proposed = saved("plan.ics")
    (said,) = press_line(open_book(portfolio), "tour_ics")
    words = catalogue(language)
    name = words.text("exports", "name")
    assert proposed == [(f"{name}.ics", "ICS (*.ics),*.ics")]
    assert (tmp_path / "plan.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert said.endswith(words.text("exports", "written", count=2, path=tmp_path / "plan.ics"))


@pytest.mark.parametrize(("reply", "held"), [("yes", ["Ana"]), ("cancel", None)])
def test_a_row_that_is_selected_offers_the_accounts_of_its_rep(
    open_book, press_line, portfolio, saved, tmp_path, reply, held
):
    book = open_book(portfolio)
    press_line(book, "tour")
    proposed = saved("plan.csv", reply)
    located = layout(book).named["tour"]
    book.sheets[located.table.sheet].range(located.address(0, "name")).select()
    said = press_line(book, "tour_csv")
    if held is None:
        assert (said, proposed, (tmp_path / "plan.csv").exists()) == ([], [], False)
        return
    text = (tmp_path / "plan.csv").read_text(encoding="utf-8-sig")
    assert [rep for rep in ("Ana", "Ben") if rep in text] == held
    assert ("Ana" in proposed[0][0]) == (reply == "yes")


def test_a_dialogue_that_is_cancelled_writes_nothing(open_book, press_line, portfolio, saved):
    book = open_book(portfolio)
    saved("")
    assert press_line(book, "tour_xlsx") == []
    assert shown_uses(layout(book)) == []


def test_a_file_under_the_name_of_another_kind_is_refused(open_book, press_line, portfolio, saved, tmp_path):
    saved("plan.docx")
    (said,) = press_line(open_book(portfolio), "tour_xlsx")
    assert "plan.docx" in said
    assert not (tmp_path / "plan.docx").exists()


def test_typed_orders_are_shared_out_and_an_action_that_is_done_gives_way_to_the_next(
    open_book, press_line, portfolio
):
    book = open_book(portfolio)
    for name, cells in (
        ("orders", {"order": "1", "account": "C-1", "product": "P", "quantity": 5.0}),
        ("stock", {"product": "P", "available": 3.0}),
    ):
        located = layout(book).named[name]
        for key, value in cells.items():
            book.sheets[located.table.sheet].range(located.address(0, key)).value = value
    press_line(book, "allocate")
    assert book.sheets.active.name == layout(book).named["orders"].table.sheet
    assert [row["proposed"] for row in layout(book).named["orders"].rows()] == [3.0]
    assert layout(book).named["allocation"].rows()[0]["left"] == 0.0
    press_line(book, "actions")
    located = layout(book).named["actions"]
    chosen = [row["action"] for row in located.rows()]
    assert len(chosen) == 2
    book.sheets[located.table.sheet].range(located.address(0, "done")).value = dt.datetime(2026, 11, 29)
    press_line(book, "refresh")
    done = [row for row in layout(book).named["actions"].rows() if row["done"] is not None]
    assert [row["action"] for row in done] == chosen[:1]


@pytest.mark.parametrize("language", ["fr"], indirect=True)
def test_handover_asks_whose_portfolio_it_is_and_writes_the_page_beside_the_workbook(
    open_book, press_line, portfolio, engine
):
    book = open_book(portfolio)
    asked = []
    engine.app.api.InputBox = lambda *parts: asked.append(parts) or False
    assert press_line(book, "handover") == [], "cancelled"
    assert shown_uses(layout(book)) == []
    engine.app.api.InputBox = lambda *parts: asked.append(parts) or " ben "
    (said,) = press_line(book, "handover")
    (page,) = Path(book.fullname).parent.glob("*Ben*.html")
    assert str(page.resolve()) in said
    assert "Ana, Ben" in asked[0][0]
    assert [row["account"] for row in layout(book).named["handover"].rows()] == ["C-2"]
    assert press_line(book, "handover") == [], "put away"
    assert asked[1][2] == ""
    engine.app.api.InputBox = lambda *parts: asked.append(parts) or "Zoé"
    (said,) = press_line(book, "handover")
    assert asked[-1][2] == "Ben", "the last answer stands there already"
    assert "Zoé" in said
    assert "Ana" in said
    assert shown_uses(layout(book)) == []
