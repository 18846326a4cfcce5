"""The stand-in for Excel: protection, busy states, calculation, what it does not support."""

import datetime as dt
import warnings

import openpyxl
import pytest
from support.calc.semantics import BUSY, ExcelError
from support.calc.wide_book import LAST

PASSWORD = "open sesame"  # noqa: S105 - of a test


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
    assert engine.calls.reads == [("Clients", f"A4:{LAST}7", "value")]
    assert engine.calls.writes == [("Clients", f"A5:{LAST}7", "value"), ("Clients", "A5:A7", "clear")]


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
    assert saved["Clients"].tables["Clients"].ref == f"A4:{LAST}9"
    assert [cell.value for cell in saved["Clients"]["A"][4:7]] == ["00123", "C2", "C3"]
    assert saved["Clients"]["B5"].value == "Saved"


def test_large_blocks(blank):
    rows = [[f"A{i:05}", i / 7, dt.datetime(2026, 1, 1), None, i % 2 == 0] for i in range(5_000)]
    blank.value = rows
    read = blank.resize(5_000, 5).value
    assert read[4_999] == rows[4_999]
    assert read[0] == rows[0]
