"""Allocation in a workbook: what is proposed for orders as people type them, why, and how it is shipped."""

import datetime as dt
import json
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.books import Tables, cells, written
from support.commands import run_command

from addin.catalogue import LANGUAGES, catalogue
from addin.fresh import _sample_words, new_workbook
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables
from addin.sample import make_orders, read_orders, read_sample, read_stock
from addin.uses import printed
from addin.workbook.located_tables import Layout
from addin.workbook.port import CellError, Changes, RowsFill

TODAY = dt.date(2026, 11, 29)  # a Sunday
SOON, LATER = dt.datetime(2026, 12, 1), dt.datetime(2026, 12, 2)
TYPED = ("order", "account", "product", "quantity", "due")


def accounts(words):
    known = {
        "status": words.word("status", "client"),
        "forced_reason": "test",
        "forced_until": dt.datetime(2027, 1, 1),
    }
    rating = words.surface("template")["solidity"]
    rows = {
        "A1": {"forced": "A", "days_late": 60.0, "solidity": rating["good"]},
        "B1": {"forced": "B", "days_late": 61.0},
        "B2": {"forced": "B", "solidity": rating["default"]},
        "D1": {"forced": "D"},
        "D2": {"forced": "D"},
        "T1": {"forced": "A"},
    }
    return [{"account": code, **known, **row} for code, row in rows.items()] + [
        {"account": "t1", **known},
        {"account": "U1", "status": known["status"]},
    ]


def tables(orders, stock, language="en"):
    book = Tables(language)
    book.rows("Clients", accounts(book.words))
    book.rows("Orders", [dict(zip(TYPED, row, strict=True)) for row in orders])
    return book.rows("Stock", [dict(zip(("product", "available"), row, strict=True)) for row in stock])


def allocated(book, **options):
    scoring = book.score(asked={"allocate": {}}, today=TODAY, **options)
    return printed(scoring.uses), scoring


def of(orders, stock, *keys, language="en"):
    found, _ = allocated(tables(orders, stock, language))
    return [tuple(row[key] for key in keys) for row in found["Orders"]]


def test_each_line_has_its_class_its_quantity_and_its_reason():
    orders = [("1", "D1", "P", 5.0, SOON), ("2", " a1 ", "p", 8.0, SOON), ("2", "A1", "Q", 1.0, None)]
    found, scoring = allocated(tables(orders, [("P", 10.0), ("Q", 3.0)]))
    rows = [[row[key] for key in ("class", "proposed", "reason")] for row in found["Orders"]]
    assert rows == [["D", 2.0, "part"], ["A", 8.0, "first"], ["A", 1.0, "enough"]]
    assert found["Orders"][0]["due"] == "2026-12-01"
    assert found["Stock"] == [{"product": "P", "available": 10.0}, {"product": "Q", "available": 3.0}]
    assert found["Allocation"] == [
        {"product": "P", "asked": 13.0, "available": 10.0, "proposed": 10.0, "left": 0.0},
        {"product": "Q", "asked": 1.0, "available": 3.0, "proposed": 1.0, "left": 2.0},
    ]
    assert scoring.uses["allocate"].notes == []


def test_an_order_is_on_hold_above_the_days_of_the_setting_or_by_a_gate_of_solidity():
    orders = [(str(at), code, "P", 1.0, None) for at, code in enumerate(("A1", "B1", "B2", "D1"))]
    assert of(orders, [("P", 9.0)], "proposed", "reason") == [
        (1.0, "enough"),
        (0.0, "held_late"),
        (0.0, "held_gate"),
        (1.0, "enough"),
    ]
    book = tables(orders, [("P", 9.0)]).setting("hold_days", 61.0)
    found, _ = allocated(book)
    assert [row["proposed"] for row in found["Orders"]] == [1.0, 1.0, 0.0, 1.0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hold_says_why_in_words(language):
    book = tables([("1", "B1", "P", 1.0, None), ("2", "B2", "P", 1.0, None)], [("P", 9.0)], language)
    _, scoring = allocated(book)
    late, gate = (row["reason"] for row in cells(written(book.list(), scoring), "Orders"))
    assert "61" in late
    assert "60" in late
    assert book.words.surface("template")["gates"]["reasons"]["solidity"] in gate


def test_what_cannot_be_told_is_blank_and_said():
    orders = [
        ("1", "nobody", "P", 1.0, None),
        ("1", "T1", "P", 1.0, None),
        ("1", "A1", "Z", 1.0, None),
        ("1", "A1", "W", 1.0, None),
        ("1", "A1", "V", 1.0, None),
        ("1", "A1", "P", None, None),
        ("1", None, "P", 1.0, None),
        ("1", "A1", None, 1.0, None),
        ("1", "A1", "P", 1.0, None),
    ]
    stock = [("P", 5.0), ("W", 1.0), ("w", 2.0), ("V", None), ("N", -2.0)]
    found, scoring = allocated(tables(orders, stock))
    assert [(row["proposed"], row["reason"]) for row in found["Orders"]] == [
        (None, "account_unknown"),
        (None, "account_twice"),
        (None, "product_unknown"),
        (None, "product_twice"),
        (None, "stock_unread"),
        (None, "no_quantity"),
        (None, "no_account"),
        (None, "no_product"),
        (1.0, "enough"),
    ]
    notes = {note.keys[-1]: note.details for note in scoring.uses["allocate"].notes}
    assert notes["accounts_unknown"]["count"] == 3
    assert notes["no_stock_row"]["count"] == 1
    assert notes["products_twice"]["products"] == ["W"]
    assert notes["stock_blank"]["products"] == ["V"]
    assert notes["below_zero"]["products"] == ["N"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("quantity", ["ten", 0.0, -1.0, "-3"])
def test_a_quantity_that_is_none_is_a_fault_with_its_cell(quantity, language):
    book = tables([("1", "A1", "P", 1.0, None), ("1", "A1", "P", quantity, None)], [("P", 5.0)], language)
    found, scoring = allocated(book)
    assert [row["proposed"] for row in found["Orders"]] == [1.0, None]
    (fault,) = [one for one in scoring.report.findings if one.sheet == book.words.sheet("orders")]
    assert fault.cell == book.address("Orders", 1, "quantity")
    assert not fault.stops
    said = cells(written(book.list(), scoring), "Checks")
    assert fault.what in [row["finding"] for row in said]
    assert catalogue(language).show(quantity) in fault.what


def test_stock_and_due_dates_that_cannot_be_read_are_faults_with_their_cells():
    book = tables([("1", "A1", "P", 1.0, "soon"), ("1", "A1", "Q", 1.0, None)], [("P", 5.0), ("Q", "some")])
    found, scoring = allocated(book)
    assert [row["proposed"] for row in found["Orders"]] == [1.0, None]
    cells_of = {(one.sheet, one.cell) for one in scoring.report.findings}
    assert ("Orders", book.address("Orders", 0, "due")) in cells_of
    assert ("Stock", book.address("Stock", 1, "available")) in cells_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_read_as_people_of_the_language_write_them(language):
    quantity = "1 234,5" if language == "fr" else "1,234.5"
    assert of([("1", "A1", "P", quantity, None)], [("P", 5000.0)], "proposed", language=language) == [
        (1234.5,)
    ]


@pytest.mark.parametrize(
    ("account", "due", "of_class"),
    [
        ("A1", SOON, "A"),
        ("D1", SOON, "C"),
        ("D1", dt.datetime(2026, 11, 20), "C"),
        ("D1", LATER, "D"),
        ("D1", None, "D"),
        ("U1", SOON, None),
    ],
)
def test_an_urgent_order_is_shipped_as_the_next_better_class(account, due, of_class):
    expected = catalogue("en").surface("template")["classes"][of_class]["shipping"] if of_class else None
    assert of([("1", account, "P", 1.0, due)], [("P", 5.0)], "shipping") == [(expected,)]


def test_an_account_of_unknown_class_has_part_in_it():
    assert of([("1", "U1", "P", 1.0, None)], [("P", 5.0)], "class", "proposed") == [("?", 1.0)]


def test_a_blank_setting_counts_as_it_ships_and_is_said():
    book = tables([("1", "D1", "P", 5.0, None), ("2", "A1", "P", 8.0, None)], [("P", 10.0)])
    found, scoring = allocated(book.setting("lower_share", None))
    assert [row["proposed"] for row in found["Orders"]] == [2.0, 8.0]
    assert [note.keys[-1] for note in scoring.uses["allocate"].notes] == ["setting_blank"]


@pytest.mark.parametrize(
    ("orders", "stock", "key"),
    [([], [("P", 1.0)], "empty"), ([("1", "A1", "P", 1.0, None)], [], "no_stock_yet")],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_list_says_why(orders, stock, key, language):
    book = tables(orders, stock, language)
    _, scoring = allocated(book)
    (said,) = (row["note"] for row in cells(written(book.list(), scoring), "OrdersNotes"))
    assert said == catalogue(language).text("views", "allocate", key)


def fill(path, name, rows):
    package = PackageBook(path)
    located = Layout(package.tables()).named[name]
    package.apply(Changes(rows=[RowsFill(located.table.name, 0, located.tuples(rows))]))


@pytest.fixture(params=LANGUAGES)
def book(request, tmp_path):
    path = tmp_path / "book.xlsx"
    new_workbook(path, request.param, accounts(catalogue(request.param)))
    orders = [("2", "D1", "P", 5.0, SOON), (None,) * 5, ("1", "A1", "P", 8.0, SOON)]
    fill(path, "orders", [dict(zip(TYPED, row, strict=True)) for row in orders])
    fill(path, "stock", [{"product": "P", "available": 10.0}])
    return path


def test_a_file_is_filled_beside_what_people_typed_and_undone(book, capsys):
    before = {
        name: located.table.columns for name, located in Layout(PackageBook(book).tables()).named.items()
    }
    code, out, _ = run_command(capsys, "allocate", book, today=TODAY)
    assert code == 0
    layout = Layout(PackageBook(book).tables())
    words = catalogue(layout.language)
    assert words.sheet("orders") in out
    rows = layout.named["orders"].rows()
    assert [row["order"] for row in rows] == ["2", None, "1"]
    assert [row["proposed"] for row in rows] == [2.0, None, 8.0]
    assert rows[1]["reason"] is None
    assert rows[0]["reason"] == words.text("views", "allocate", "reasons", "part")
    assert layout.named["allocation"].rows()[0]["asked"] == 13.0
    filled = book.read_bytes()
    assert run_command(capsys, "allocate", book, today=TODAY)[0] == 0
    assert book.read_bytes() == filled, "twice gives the same"
    assert run_command(capsys, "undo", book, today=TODAY)[0] == 0
    assert {
        name: located.table.columns for name, located in Layout(PackageBook(book).tables()).named.items()
    } == before


def test_a_program_is_told_of_the_same_by_english_keys(book, capsys):
    before = book.read_bytes()
    code, out, _ = run_command(capsys, "allocate", book, "--json", today=TODAY)
    found = json.loads(out)["tables"]
    assert code == 0
    assert book.read_bytes() == before
    assert list(found) == ["Orders", "Stock", "Allocation"]
    assert [(row["order"], row["proposed"], row["reason"]) for row in found["Orders"]] == [
        ("2", 2.0, "part"),
        ("1", 8.0, "first"),
    ]


def test_the_orders_of_the_sample_are_those_that_its_script_makes(tmp_path):
    make_orders.main(["--output", str(tmp_path)])
    shipped = resources.files("addin.sample")
    for name in ("orders.csv", "stock.csv"):
        assert (tmp_path / name).read_bytes() == shipped.joinpath(name).read_bytes()


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """What the allocation makes of the orders of the sample, as a program is told."""
    path = tmp_path_factory.mktemp("sample") / "sample.xlsx"
    words = catalogue("en")
    rows = [_sample_words(row, words) for row in read_sample("en", TODAY)]
    new_workbook(path, "en", rows)
    fill(path, "orders", read_orders(TODAY))
    fill(path, "stock", read_stock())
    scoring = score_tables(PackageBook(path).tables(), TODAY, asked={"allocate": {}, "actions": {}})
    return printed(scoring.uses)


def test_the_sample_is_shared_out_as_by_hand(sample):
    # Five bicycles: 4 for the C account due today, 1 of 2 for the B account due later, none without a date.
    lines = sample["Orders"]
    bicycles = {row["order"]: row["proposed"] for row in lines if row["product"] == "BK-M68B-42"}
    assert bicycles == {"5022": 4.0, "5010": 1.0, "5020": 0.0, "5032": None}
    assert {row["reason"] for row in lines if row["product"] == "BK-R89B-52"} == {"enough", "held_gate"}
    cleaner = {
        (row["order"], row["quantity"]): row["proposed"] for row in lines if row["product"] == "CL-9009"
    }
    # 22.5 litres, 2.25 of them kept for the 27.5 that C and D ask: 9/110 of each. A takes 10, due on the 1st,
    # then C the rest of its 10, due on the 2nd; what is left goes to B, due on the 3rd.
    kept = 2.25 / 27.5
    assert cleaner["5002", 5.0] == 5.0
    assert cleaner["5019", 10.0] == pytest.approx(10.0)
    assert cleaner["5005", 5.0] == pytest.approx(5 * kept)
    left = 20.25 - 10 - (10 - 10 * kept)
    assert cleaner["5015", 10.0] == pytest.approx(left)
    assert cleaner["5013", 5.0] == 0.0
    reasons = {row["order"]: row["reason"] for row in lines}
    assert [reasons[order] for order in ("5031", "5032", "5033")] == [
        "account_twice",
        "account_unknown",
        "product_unknown",
    ]
    for row in sample["Allocation"]:
        given = sum(line["proposed"] or 0 for line in lines if line["product"] == row["product"])
        assert row["proposed"] == pytest.approx(given)
        assert row["left"] == pytest.approx(row["available"] - given)


def test_the_sample_has_an_action_for_nearly_every_account(sample):
    rows = sample["Actions"]
    assert len({row["account"] for row in rows}) == len(rows) > 300
    assert {row["action"] for row in rows} >= {
        "Clear what is overdue",
        "Win back a lost client",
        "First order",
    }
    assert all(row["because"] for row in rows)


UNTOLD = {
    *("account_twice", "account_unknown", "no_account", "no_quantity", "no_product"),
    *("product_unknown", "product_twice", "stock_unread"),
}
CELLS = st.one_of(
    st.none(),
    st.text(max_size=4),
    st.floats(allow_nan=False),
    st.booleans(),
    st.datetimes(),
    st.builds(CellError, st.just("#N/A")),
    st.sampled_from(["A1", "P", "p ", "3,5", "1/2/2026"]),
)


@settings(max_examples=40)
@given(st.lists(st.tuples(*[CELLS] * 5), max_size=4), st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_whatever_stands_in_the_cells_a_line_has_a_quantity_or_says_why_not(orders, stock):
    found, scoring = allocated(tables(orders, stock))
    for row in found["Orders"]:
        assert (row["proposed"] is None) == (row["reason"] in UNTOLD)
        assert row["proposed"] is None or 0 <= row["proposed"] <= row["quantity"]
    said = cells(written(tables(orders, stock).list(), scoring), "Orders")
    assert [bool(row["reason"]) for row in said if any(row[key] is not None for key in TYPED)].count(
        True
    ) == len(found["Orders"])
