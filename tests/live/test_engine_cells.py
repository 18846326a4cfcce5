"""The stand-in for Excel: books, blocks and what cells make of values."""

import datetime as dt
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
import xlwings as xw
from support.calc.semantics import ERRORS, ExcelError
from support.calc.wide_book import LAST, ROWS, WIDTH


@pytest.fixture
def small(small_book):
    """A table of three rows."""
    return small_book.sheets["Clients"].tables["Clients"]


@pytest.mark.usefixtures("engine")
def test_the_engine_is_the_one_that_xlwings_knows():
    assert xw.engines.active.name == "excel"
    assert xw.engines.active.type == "desktop"
    assert len(xw.engines) == 1


def test_books_and_sheets(excel, book, workbook):
    assert excel.books["CLIENTS.xlsm"].name == book.name == "clients.xlsm"
    assert "nothing.xlsm" not in [found.name for found in excel.books]
    with pytest.raises(KeyError, match=r"nothing\.xlsm"):
        excel.books["nothing.xlsm"]
    assert book.fullname != str(workbook)
    assert xw.Book.caller() == book
    assert "clients" in book.sheets
    assert "Nowhere" not in book.sheets
    assert [sheet.name for sheet in book.sheets][:2] == [book.sheets[0].name, book.sheets[1].name]
    assert book.sheets["criteria"].index == 4
    book.sheets["Criteria"].activate()
    assert book.sheets.active.name == "Criteria"
    with pytest.raises(ExcelError, match="Subscript"):
        book.sheets["Nowhere"]


def test_addresses(book, clients):
    sheet = book.sheets["Clients"]
    assert sheet.range((4, 1), (6, 2)).address == "$A$4:$B$6" == sheet["A4:B6"].address
    assert sheet.range("A4").resize(2, 3).offset(1, 1).address == "$B$5:$D$6"
    assert sheet.range("Clients[Name]").address == "$B$5:$B$7"
    assert sheet.range("clients[[#All],[Account]:[Name]]").address == "$A$4:$B$7"
    assert sheet.range("Clients").address == clients.data_body_range.address
    assert sheet.range("ClassLetters").address == book.sheets["Classes"].range("Classes[Class]").address
    body = clients.data_body_range
    assert (body.row, body.column, body.shape, body.count) == (5, 1, (3, WIDTH), 3 * WIDTH)
    assert body.last_cell.address == f"${LAST}$7"
    assert body.rows.count == 3
    assert body[1, 0].value == "C2"
    assert body[:, 1].address == "$B$5:$B$7"
    assert body.columns[1].value == ["Nordvik", "Łódź & Söhne", "'Quoted"]
    assert body[0, 0].table.name == "Clients"
    assert sheet.used_range.address.startswith(f"$A$1:${LAST}")
    for address in ("Clients[Nothing]", "A0", "Nowhere[A]", "1A"):
        with pytest.raises(ExcelError, match="2146827284"):
            sheet.range(address)


def test_blocks_out(clients):
    frame = clients.range.options(pd.DataFrame, index=False).value
    assert frame["Name"].tolist() == [row["name"] for row in ROWS]
    assert frame["Turnover"].tolist() == [1000.5, 250.0, 75.25]
    assert clients.range.options(ndim=2).value[1][0] == "00123"
    assert clients.data_body_range[0, 0].raw_value == "00123"
    assert clients.data_body_range[0, :2].raw_value == (("00123", "Nordvik"),)
    assert clients.data_body_range[0, 3].raw_value is None


TYPED = [
    (1, 1.0, "1"),
    (0.1 + 0.2, 0.1 + 0.2, "0.3"),
    ("text", "text", "text"),
    ("two\nlines", "two\nlines", "two\nlines"),
    (None, None, ""),
    (float("nan"), None, ""),
    ("", None, ""),
    (True, True, "TRUE"),
    ("false", False, "FALSE"),
    ("00123", 123.0, "123"),
    ("'00123", "00123", "00123"),
    ("'=A1", "=A1", "=A1"),
    ("10%", 0.1, "0.1"),
    ("1,234.5", 1234.5, "1234.5"),
    ("(12)", -12.0, "-12"),
    ("1e3", 1000.0, "1000"),
    ("2024-02-29", dt.datetime(2024, 2, 29), "45351"),
    ("3/4/2024", dt.datetime(2024, 3, 4), "45355"),
    ("12-MAR", dt.datetime(dt.datetime.now().astimezone().year, 3, 12), None),
    ("12:30", 12.5 / 24, "0.520833333333333"),
    ("$5.50", Decimal("5.5000"), "5.5"),
    ("2024-13-45", "2024-13-45", "2024-13-45"),
    ("1.2.3", "1.2.3", "1.2.3"),
    ("A-1", "A-1", "A-1"),
    ("Marketing 12", "Marketing 12", "Marketing 12"),
    ("Mar 12, 2024", dt.datetime(2024, 3, 12), "45363"),
    ("12E3", 12000.0, "12000"),
    ("Hello", "Hello", "Hello"),
    (dt.datetime(2026, 11, 23), dt.datetime(2026, 11, 23), "46349"),
    (dt.date(2026, 11, 23), dt.datetime(2026, 11, 23), "46349"),
    (dt.datetime(2026, 11, 23, 18), dt.datetime(2026, 11, 23, 18), "46349.75"),
    (pd.Timestamp("2026-11-23"), dt.datetime(2026, 11, 23), "46349"),
    (np.float64(2.5), 2.5, "2.5"),
    (np.int64(3), 3.0, "3"),
    ("=1+1", 2.0, "=1+1"),
    ("=1>0", True, "=1>0"),
    ('=""', None, '=""'),
    ('=IF(1>0,"a,b;c",{1,2})', "a,b;c", '=IF(1>0,"a,b;c",{1,2})'),
    ("=SUM(Clients!C5:C7)", 1325.75, "=SUM(Clients!C5:C7)"),
    ("=SUM(Clients[Turnover])", 1325.75, "=SUM(Clients[Turnover])"),
]
"""Value written, value read, formula read."""


def test_what_a_general_cell_makes_of_a_value(blank):
    for row, (written, read, shown) in enumerate(TYPED):
        cell = blank.offset(row)
        cell.value = written
        found = cell.value
        assert (written, found, type(found)) == (written, read, type(read))
        assert shown is None or cell.formula == shown


def test_a_block_makes_the_same_of_them(blank):
    block = blank.resize(len(TYPED), 1)
    block.value = [[written] for written, *_ in TYPED]
    assert block.value == [read for _, read, _ in TYPED]
    assert [shown for _, _, shown in TYPED if shown is not None] == [
        text for (text,), (*_, shown) in zip(block.formula, TYPED, strict=True) if shown is not None
    ]


def test_a_text_cell_keeps_what_is_typed(clients):
    cells = clients.data_body_range[:, 0]
    assert cells.number_format == "@"
    cells.options(transpose=True).value = ["007", "=A1", 5]
    assert cells.value == ["007", "=A1", "5"]
    assert cells.number_format == "@"


def test_number_formats(blank):
    assert blank.number_format == "General"
    blank.value = dt.datetime(2026, 11, 23)
    assert blank.number_format == "m/d/yyyy"
    blank.number_format = "yyyy-mm-dd"
    blank.value = dt.datetime(2026, 11, 24)
    assert blank.number_format == "yyyy-mm-dd"
    assert blank.value == dt.datetime(2026, 11, 24)
    assert blank.resize(1, 2).number_format is None
    blank.number_format = '0.0 "pts"'
    assert blank.number_format == '0.0 "pts"'
    assert blank.value == 46350.0
    blank.number_format = "$#,##0.00"
    blank.value = 12.5
    assert blank.value == Decimal("12.5")


def test_errors(blank):
    blank.value = [["=1/0", "=NA()", "#REF!", "=NOSUCHTHING()", '=VALUE("x")', "=10^400"]]
    texts = ["#DIV/0!", "#N/A", "#REF!", "#NAME?", "#VALUE!", "#NUM!"]
    block = blank.resize(1, 6)
    assert block.value == [None] * 6
    assert block.options(err_to_str=True).value == texts
    assert block.raw_value == (tuple(ERRORS[text] for text in texts),)
    assert block.formula[0][:3] == ("=1/0", "=NA()", "#REF!")


def test_what_pywin32_cannot_convert(blank):
    blank.value = 1
    for value in (np.True_, {1}, dt.timedelta(1), dt.time(1), object()):
        with pytest.raises(TypeError, match="COM"):
            blank.resize(1, 2).raw_value = [[2, value]]
    assert blank.value == 1.0


def test_what_excel_refuses(blank):
    for value in ("x" * 32_768, "=SUM(", "=1+", float("inf"), "=1/(2", "=[@Nothing]", "@name"):
        with pytest.raises(ExcelError, match=str(-2146827284)):
            blank.value = value


def test_a_jagged_block_is_refused(blank):
    with pytest.raises(TypeError, match="cells"):
        blank.resize(2, 2).raw_value = [[1, 2], [3]]


def test_lists_go_across_and_columns_go_down(blank):
    blank.value = [1, 2, 3]
    assert blank.resize(1, 3).value == [1.0, 2.0, 3.0]
    blank.options(transpose=True).value = ["a", "b"]
    assert blank.resize(2, 1).value == ["a", "b"]
    blank.resize(2, 2).value = 7
    assert blank.resize(2, 2).value == [[7.0, 7.0], [7.0, 7.0]]
    blank.resize(3, 1).formula = "=ROW()*2+A2"
    assert blank.resize(3, 1).formula == (("=ROW()*2+A2",), ("=ROW()*2+A3",), ("=ROW()*2+A4",))
    blank.resize(3, 3).clear_contents()
    assert blank.resize(3, 3).options(ndim=2).value == [[None] * 3] * 3
    assert blank.sheet.range("A1").formula == ""


def test_formulas_of_a_row_in_excels_dialect(clients):
    cell = clients.data_body_range[0, 3]
    cell.formula = "=[@Turnover]*2+Clients[@[Turnover Y-1]]"
    assert cell.value == 2001.0
    assert cell.formula == "=[@Turnover]*2+[@[Turnover Y-1]]"
    assert clients.data_body_range[:2, 3].formula == (("=[@Turnover]*2+[@[Turnover Y-1]]",), ("",))
    assert cell.has_array is False
    clients.data_body_range[1:, 3].impl.cells.setArrayFormula("=ROW(A1:A2)")
    assert clients.data_body_range[1:, 3].has_array is True
    assert clients.data_body_range[:, 3].has_array is None
    assert clients.data_body_range[1, 3].formula == "=ROW(A1:A2)"


def test_formulas_follow_the_cells(small, blank):
    blank.value = "=COUNTA(Clients[Account])"
    small.data_body_range[0, 0].value = None
    assert blank.value == 2.0
    small.resize(small.range.resize(6))
    small.range[4:6, 0].options(transpose=True).value = ["C4", "C5"]
    assert blank.value == 4.0
