"""What the engine promises: that it answers as Excel does where the product asks it something."""

import datetime as dt
import re
import warnings
import zipfile
from decimal import Decimal

import numpy as np
import openpyxl
import pandas as pd
import pytest
import xlwings as xw
from support.calc.semantics import BUSY, ERRORS, ExcelError

from addin.fresh import new_workbook

PASSWORD = "open sesame"  # noqa: S105 - of a test
ROWS = [
    {"account": "00123", "name": "Nordvik", "status": "Client", "turnover": 1000.5, "rep": "Ann"},
    {"account": "C2", "name": "Łódź & Söhne", "status": "Client", "turnover": 250, "rep": "Bob"},
    {"account": "C3", "name": "'Quoted", "status": "Client", "turnover": 75.25, "rep": "Ann"},
]


@pytest.fixture(scope="session")
def workbook(tmp_path_factory):
    path = tmp_path_factory.mktemp("books") / "clients.xlsm"
    new_workbook(path, "en", ROWS)
    return path


@pytest.fixture
def book(open_book, workbook):
    return open_book(workbook)


@pytest.fixture
def clients(book):
    return book.sheets["Clients"].tables["Clients"]


@pytest.fixture
def small(small_book):
    """A table of three rows."""
    return small_book.sheets["Clients"].tables["Clients"]


@pytest.fixture
def blank(small_book):
    """A cell of an empty sheet."""
    return small_book.sheets["Empty"].range("B2")


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
    assert (body.row, body.column, body.shape, body.count) == (5, 1, (3, 37), 111)
    assert body.last_cell.address == "$AK$7"
    assert body.rows.count == 3
    assert body[1, 0].value == "C2"
    assert body[:, 1].address == "$B$5:$B$7"
    assert body.columns[1].value == ["Nordvik", "Łódź & Söhne", "'Quoted"]
    assert body[0, 0].table.name == "Clients"
    assert sheet.used_range.address.startswith("$A$1:$AK")
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


def test_table_parts(book, clients):
    assert [table.name for table in book.sheets["Classes"].tables] == ["Classes", "Gates"]
    assert "clients" in book.sheets["Clients"].tables
    assert "Prospects" not in book.sheets["Clients"].tables
    assert clients.header_row_range.value[:2] == ["Account", "Name"]
    assert clients.data_body_range.shape == (3, 37)
    assert clients.show_totals is False
    assert clients.impl.totals_row_range is None
    assert clients.show_autofilter is True
    clients.show_autofilter = False
    assert clients.show_autofilter is False
    clients.name = "Customers"
    assert book.sheets["Clients"].range("Customers[Name]").shape == (3, 1)
    for name in ("Prospects", "AB12", "two words", "ReferenceDate"):
        with pytest.raises(ExcelError, match="no name"):
            clients.name = name


def test_table_resize(book, clients):
    clients.resize(clients.range.resize(10, 38))
    assert clients.data_body_range.shape == (9, 38)
    assert clients.header_row_range.value[-1] == "Column1"
    clients.resize(clients.range.resize(3, 37))
    assert clients.data_body_range.shape == (2, 37)
    assert book.sheets["Clients"].range("A7").value == "C3"
    sheet = book.sheets["Clients"]
    for wrong in ("A5:AK9", "A4:AK4", "BA4:BC9"):
        with pytest.raises(ExcelError, match="header"):
            clients.resize(sheet.range(wrong))
    classes = book.sheets["Classes"].tables["Classes"]
    with pytest.raises(ExcelError, match="overlap"):
        classes.resize(classes.range.resize(20))


def test_a_table_grows_over_what_is_written_below_it(book, clients):
    book.sheets["Clients"].range("A8").value = [["C4", "Below"], ["C5", "Further"]]
    assert clients.data_body_range.shape == (5, 37)
    book.sheets["Clients"].range("A12").value = "apart"
    assert clients.data_body_range.shape == (5, 37)


def test_a_table_without_rows(clients):
    clients.api.DataBodyRange.Delete()
    assert clients.data_body_range is None
    assert clients.range.shape == (2, 37)
    clients.range[1, 0].value = "C1"
    assert clients.data_body_range.shape == (1, 37)


def test_an_insert_row_in_the_file_is_no_row(open_book, workbook, tmp_path):
    path = tmp_path / "emptied.xlsm"
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/tables/") and b'displayName="Clients"' in part:
                part = part.replace(b'displayName="Clients"', b'displayName="Clients" insertRow="1"')
            target.writestr(name, part)
    book = open_book(path)
    assert book.sheets["Clients"].tables["Clients"].data_body_range is None
    assert book.sheets["Prospects"].tables["Prospects"].data_body_range is not None


def rules(sheet):
    """Conditional formats of a sheet; a copy may have equal ones together."""
    formats = sheet.impl.uno.ConditionalFormats.ConditionalFormats
    return {
        re.sub(r"\b[A-Z]{1,2}5\b", "cell", rule.Formula1)
        for one in formats
        for rule in map(one.getByIndex, range(one.Count))
        if rule.Type == 0
    }


def test_a_copy_of_a_sheet_has_a_table_of_its_own(book, clients):
    sheet = book.sheets["Clients"]
    clients.data_body_range[0, 3].formula = "=SUM(Clients[Turnover])"
    copy = sheet.copy(after=sheet, name="Clients again")
    assert book.sheets.active.name == "Clients again"
    assert copy.index == sheet.index + 1
    twin = copy.tables[0]
    assert (twin.name, len(copy.tables)) == ("Clients2", 1)
    assert twin.range.address == clients.range.address
    assert twin.range.value[2] == clients.range.value[2]
    assert twin.data_body_range[0, 0].number_format == "@"
    assert rules(copy) == rules(sheet) > set()
    status = clients.header_row_range.value.index("Status")
    validations = [t.data_body_range[0, status].impl.cells.Validation.Type.value for t in (twin, clients)]
    assert validations == ["LIST", "LIST"]
    twin.data_body_range[0, 1].value = "Changed"
    assert clients.data_body_range[0, 1].value == "Nordvik"
    formulas = [table.data_body_range[0, 3].formula for table in (twin, clients)]
    assert formulas == ["=SUM(Clients2[Turnover])", "=SUM(Clients[Turnover])"]
    assert sheet.copy().tables[0].name == "Clients3"
    tables = [table.name for other in book.sheets for table in other.tables]
    copy.delete()
    assert "Clients again" not in book.sheets
    assert [table.name for other in book.sheets for table in other.tables] == [
        name for name in tables if name != "Clients2"
    ]
    assert clients.data_body_range.shape == (3, 37)


def test_sheet_names_and_visibility(book):
    sheet = book.sheets["Prospects"]
    sheet.name = "Leads"
    assert sheet.name == "Leads"
    with pytest.raises(ExcelError, match="taken"):
        sheet.name = "CLIENTS"
    sheet.visible = False
    assert not book.sheets["Leads"].visible
    with pytest.raises(ExcelError, match="Activate"):
        sheet.activate()
    for other in list(book.sheets)[1:]:
        other.visible = False
    with pytest.raises(ExcelError, match="at least one"):
        book.sheets[0].visible = False


def test_protected_sheet(book, clients):
    sheet = book.sheets["Clients"]
    assert not sheet.api.ProtectContents
    sheet.api.Protect(Password=PASSWORD)
    assert sheet.api.ProtectContents
    before = clients.range.value
    writes = [
        lambda: setattr(clients.data_body_range, "value", 1),
        clients.data_body_range.clear_contents,
        lambda: setattr(clients.data_body_range, "number_format", "0"),
        lambda: clients.resize(clients.range.resize(9)),
    ]
    for write in writes:
        with pytest.raises(ExcelError, match="protected") as refused:
            write()
        assert refused.value.hresult == -2147352567
        assert refused.value.excepinfo[5] == -2146827284
    assert clients.range.value == before
    sheet.api.Unprotect(PASSWORD)
    clients.data_body_range[0, 1].value = "Open again"
    assert clients.data_body_range[0, 1].value == "Open again"


def test_busy(excel, book, clients, host):
    body = clients.data_body_range[0, 0]
    host.busy = True
    assert not excel.api.Ready
    for attempt in (
        lambda: body.value,
        lambda: setattr(body, "value", 1),
        lambda: body.formula,
        body.clear_contents,
        lambda: clients.resize(body),
        lambda: setattr(excel, "screen_updating", False),
        lambda: setattr(excel, "status_bar", "Scoring"),
        lambda: list(book.sheets),
        book.save,
    ):
        with pytest.raises(ExcelError, match=str(BUSY)) as refused:
            attempt()
        assert refused.value.hresult == BUSY
    host.busy = 1
    with pytest.raises(ExcelError, match=str(BUSY)):
        assert body.value
    assert body.value == "00123"
    assert excel.api.Ready
    excel.api.Ready = False
    assert not excel.api.Ready


def test_hidden_and_filtered_rows_are_read_and_written(book, clients):
    body = clients.data_body_range
    sheet = book.sheets["Clients"]
    sheet.range("A6").rows.hidden = True
    assert sheet.range("A6").rows.hidden is True
    assert body.rows.hidden is None
    assert body[:, 0].value == ["00123", "C2", "C3"]
    body[:, 7].options(transpose=True).value = ["X", "Y", "Z"]
    assert body[:, 7].value == ["X", "Y", "Z"]
    assert sheet.range("H6").value == "Y"
    sheet.range("A6").rows.hidden = False
    clients.autofilter.apply_values(8, ["Z"])
    assert [body[row, 0].rows.hidden for row in range(3)] == [True, True, False]
    body[:, 7].options(transpose=True).value = [1, 2, 3]
    assert body[:, 7].value == ["X", "Y", 1.0]  # [R] Excel fills what is visible with the first value
    body[:, 7].clear_contents()
    assert body[:, 7].value == [None] * 3
    clients.autofilter.clear()
    assert body.rows.hidden is False


def test_app_state(excel, engine):
    with excel.properties(
        screen_updating=False,
        enable_events=False,
        calculation="manual",
        status_bar="Scoring ...",
        interactive=False,
        display_alerts=False,
    ):
        assert (excel.status_bar, excel.calculation, excel.enable_events) == ("Scoring ...", "manual", False)
    assert (excel.status_bar, excel.calculation, excel.screen_updating) == (False, "automatic", True)
    with pytest.raises(ExcelError, match="StatusBar"):
        excel.status_bar = None
    engine.app.status_bar = "left behind"
    engine.reset()
    assert excel.status_bar is False


def test_manual_calculation(excel, blank):
    blank.value = "=A1*2"
    excel.calculation = "manual"
    blank.sheet.range("A1").value = 4
    assert blank.value == 0.0
    excel.calculate()
    assert blank.value == 8.0


def test_selection(excel, book):
    sheet = book.sheets["Clients"]
    sheet.activate()
    sheet.range("B5:C6").select()
    assert excel.selection.address == "$B$5:$C$6"
    assert book.selection.sheet.name == "Clients"
    excel.impl.shape_selected = True
    assert excel.selection is None
    with pytest.raises(ExcelError, match="Select"):
        book.sheets["Criteria"].range("A1").select()


def test_alerts_are_recorded_and_answered(excel, engine):
    assert excel.alert("Done.", "ClientScore", mode="info") == "ok"
    engine.reply = "no"
    assert excel.alert("Overwrite?", buttons="yes_no") == "no"
    assert [(alert.prompt, alert.title, alert.buttons, alert.mode) for alert in engine.alerts] == [
        ("Done.", "ClientScore", "ok", "info"),
        ("Overwrite?", None, "yes_no", None),
    ]


def test_crossings_are_counted(clients, engine):
    engine.calls.clear()
    block = clients.range.options(ndim=2).value
    clients.data_body_range.value = block[1:]
    clients.data_body_range[:, 0].clear_contents()
    assert engine.calls.reads == [("Clients", "A4:AK7", "value")]
    assert engine.calls.writes == [("Clients", "A5:AK7", "value"), ("Clients", "A5:A7", "clear")]


def test_excel_may_become_busy_in_the_middle(clients, engine, host):
    body = clients.data_body_range

    def interrupt(direction, *_):
        host.busy = direction == "writes"

    engine.calls.before = interrupt
    body[0, 1].value = "first"
    with pytest.raises(ExcelError, match=str(BUSY)):
        body[1, 1].value = "second"
    engine.calls.before = None
    host.busy = False
    assert body[:, 1].value == ["first", "Łódź & Söhne", "'Quoted"]


def test_names(book):
    assert "referencedate" in [name.name.lower() for name in book.names]
    assert book.names["ClassLetters"].refers_to == "=Classes[Class]"
    assert book.names["ClassLetters"].refers_to_range.sheet.name == "Classes"
    assert (
        book.names["CoreShare"].refers_to == '=INDEX(Settings[Value],MATCH("Core share",Settings[Setting],0))'
    )
    assert "Nothing" not in book.names


def test_what_is_not_supported_says_so(book, clients):
    for ask in (
        lambda: clients.api.TableStyle,
        lambda: book.sheets[0].api.PageSetup,
        lambda: clients.data_body_range.font.name,
        lambda: book.sheets[0].charts,
        lambda: clients.sort([1]),
    ):
        with pytest.raises((NotImplementedError, AttributeError)):  # the engine is strict
            ask()


def test_a_saved_book_is_one_to_another_reader(book, clients, tmp_path):
    clients.data_body_range[0, 1].value = "Saved"
    clients.resize(clients.range.resize(6))
    path = tmp_path / "saved.xlsm"
    book.save(path)
    assert book.name == "saved.xlsm"
    with warnings.catch_warnings(action="ignore"):  # openpyxl does not know the host's extensions
        saved = openpyxl.load_workbook(path, data_only=True)
    assert saved["Clients"].tables["Clients"].ref == "A4:AK9"
    assert [cell.value for cell in saved["Clients"]["A"][4:7]] == ["00123", "C2", "C3"]
    assert saved["Clients"]["B5"].value == "Saved"


def test_large_blocks(blank):
    rows = [[f"A{i:05}", i / 7, dt.datetime(2026, 1, 1), None, i % 2 == 0] for i in range(5_000)]
    blank.value = rows
    read = blank.resize(5_000, 5).value
    assert read[4_999] == rows[4_999]
    assert read[0] == rows[0]
