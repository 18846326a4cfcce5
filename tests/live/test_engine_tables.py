"""The stand-in for Excel: tables, sheets and their copies."""

import re
import zipfile

import pytest
from support.calc.semantics import ExcelError
from support.calc.wide_book import LAST, WIDTH


def test_table_parts(book, clients):
    assert [table.name for table in book.sheets["Classes"].tables] == ["Classes", "Gates"]
    assert "clients" in book.sheets["Clients"].tables
    assert "Prospects" not in book.sheets["Clients"].tables
    assert clients.header_row_range.value[:2] == ["Account", "Name"]
    assert clients.data_body_range.shape == (3, WIDTH)
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
    clients.resize(clients.range.resize(10, WIDTH + 1))
    assert clients.data_body_range.shape == (9, WIDTH + 1)
    assert clients.header_row_range.value[-1] == "Column1"
    clients.resize(clients.range.resize(3, WIDTH))
    assert clients.data_body_range.shape == (2, WIDTH)
    assert book.sheets["Clients"].range("A7").value == "C3"
    sheet = book.sheets["Clients"]
    for wrong in (f"A5:{LAST}9", f"A4:{LAST}4", "DA4:DC9"):
        with pytest.raises(ExcelError, match="header"):
            clients.resize(sheet.range(wrong))
    classes = book.sheets["Classes"].tables["Classes"]
    with pytest.raises(ExcelError, match="overlap"):
        classes.resize(classes.range.resize(20))


def test_a_table_grows_over_what_is_written_below_it(book, clients):
    book.sheets["Clients"].range("A8").value = [["C4", "Below"], ["C5", "Further"]]
    assert clients.data_body_range.shape == (5, WIDTH)
    book.sheets["Clients"].range("A12").value = "apart"
    assert clients.data_body_range.shape == (5, WIDTH)


def test_a_table_without_rows(clients):
    clients.api.DataBodyRange.Delete()
    assert clients.data_body_range is None
    assert clients.range.shape == (2, WIDTH)
    clients.range[1, 0].value = "C1"
    assert clients.data_body_range.shape == (1, WIDTH)


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
    assert clients.data_body_range.shape == (3, WIDTH)


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
