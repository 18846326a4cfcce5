"""Other weights, tried and taken in the open workbook: strategies, and a workshop filled in live."""

import pytest
from support.calc.portfolio import light_workbook

from addin.catalogue import catalogue
from addin.excel.live_book import LiveBook
from addin.workbook.ballots import located_as, read_ballots
from addin.workbook.located_tables import Layout, kind_of
from addin.workbook.port import Changes, RowsFill

POINTS = {
    "Ana": {"client": [50, 20, 10, 5, 0, 0, 5, 5, 5], "prospect": [40, 30, 20, 5, 5, 0], "suspect": [60, 40]},
    "Élise": {"client": [20, 10, 10, 10, 20, 30], "prospect": [20, 40, 20, 10, 10, 0], "suspect": [60, 40]},
}


@pytest.fixture
def language(request):
    """One language a test: what is said in the other is no other way to it, and each run takes long."""
    return request.param


@pytest.fixture
def portfolio(language, tmp_path):
    path, words = tmp_path / "portfolio.xlsm", catalogue(language)
    known = {"status": words.word("status", "client"), "turnover_1": 900.0, "turnover_2": 800.0}
    rows = [
        {"account": "C-1", "turnover": 190_000.0, "potential": 9_000.0, "days_late": 50.0, **known},
        {"account": "C-2", "turnover": 4_000.0, "potential": 190_000.0, "days_late": 0.0, **known},
    ]
    return light_workbook(path, language, rows, ["strategies", "workshop", "method"])


def layout(book):
    return Layout(LiveBook(book).tables())


def weights(book):
    return layout(book).named["criteria"].cells("weight")


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_the_selected_strategy_is_taken_after_a_yes(open_book, press_line, portfolio, engine, language):
    book = open_book(portfolio)
    before = weights(book)
    (said,) = press_line(book, "apply_strategy")
    assert catalogue(language).sheet("strategies") in said
    press_line(book, "strategies")
    located = layout(book).named["strategies"]
    book.sheets[located.table.sheet].range(located.address(3, "loyalty")).select()
    engine.reply = "no"
    (asked,) = press_line(book, "apply_strategy")
    assert catalogue(language).header("strategies", "loyalty") in asked
    assert weights(book) == before
    engine.reply = None  # yes
    press_line(book, "apply_strategy")
    assert weights(book) == located.cells("loyalty")
    press_line(book, "undo")
    assert weights(book) == before


@pytest.mark.parametrize("language", ["fr"], indirect=True)
def test_a_workshop_from_the_list_of_names_to_the_weights_and_back(
    open_book, press_line, portfolio, engine, language
):
    book, words = open_book(portfolio), catalogue(language)
    assert words.sheet("workshop") in press_line(book, "workshop_sheets")[0], "nobody is on the list yet"
    press_line(book, "workshop")
    located = layout(book).named["participants"]
    listed = located.tuples([{"participant": name, "role": "R"} for name in POINTS])
    LiveBook(book).apply(Changes(rows=[RowsFill(located.table.name, 0, listed)]))
    (said,) = press_line(book, "workshop_sheets")
    assert "Élise" in said

    ballots = {one.participant: one for one in read_ballots(layout(book))}
    assert set(ballots) == set(POINTS)
    assert ballots["Ana"].role == "R"
    blank = words.sheet("ballot_points")
    assert not book.sheets[blank].visible
    for name, given in POINTS.items():
        sheet, located = book.sheets[ballots[name].sheet], body(book, ballots[name].sheet)
        assert sheet.api.ProtectContents
        with pytest.raises(Exception, match="protect"):
            sheet.range(located.address(0, "criterion")).value = "Prestige"
        for status, points in given.items():
            cells = [row for row, cell in enumerate(located.cells(status)) if cell is None]
            for row, number in zip(cells, points, strict=False):
                sheet.range(located.address(row, status)).value = number

    sums, left = (sheet.range(f"C{row}").value for row in (7, 8))
    assert (sums, left) == (100, words.text("template", "points", "done"))
    press_line(book, "refresh")
    live = layout(book).named["workshopvotes"]
    votes = book.sheets[live.table.sheet]
    assert votes.range((live.table.top, 5)).value == 50
    assert votes.range((live.table.top, 15)).value == 35, "the mean of both, while the book is open"
    sheet.range(body(book, sheet.name).address(0, "client")).value = 10
    assert votes.range((live.table.top, 15)).value == 30, "and before any refresh"
    assert sheet.range("C8").value.startswith("10")
    sheet.range(body(book, sheet.name).address(0, "client")).value = 20

    before = weights(book)
    engine.reply = "no"
    (asked,) = press_line(book, "apply_workshop")
    assert "Élise" in asked
    assert weights(book) == before
    engine.reply = None  # yes
    press_line(book, "apply_workshop")
    assert sum(weights(book)) == pytest.approx(100)
    assert weights(book)[0] / weights(book)[1] == pytest.approx(35 / 15, abs=0.02)
    assert "Élise" in layout(book).named["approvals"].rows()[0]["took_part"]
    press_line(book, "undo")
    assert weights(book) == before
    assert press_line(book, "workshop_sheets"), "all have a sheet"
    assert len(read_ballots(layout(book))) == len(POINTS)


def body(book, sheet):
    found = layout(book)
    table = next(one for one in found.tables if one.sheet == sheet and kind_of(one.headers) == "points")
    return located_as("points", table, found.language)
