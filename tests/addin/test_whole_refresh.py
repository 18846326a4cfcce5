"""A refresh of whole workbooks: what changes in the package, what does not, and what Office's schema says."""

import datetime as dt
import re
import zipfile
from pathlib import Path

import pytest
from support.made import new_workbook
from support.validator import sdk_errors

from addin.catalogue import LANGUAGES, catalogue
from addin.fresh import demo_workbook
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables
from addin.sample import read_sample

TODAY = dt.date(2026, 11, 23)
PRECIOUS = {
    "xl/vbaProject.bin": bytes(range(256)) * 40,
    "customUI/customUI14.xml": b'<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"/>',
    "customXml/item1.xml": b"<mine>kept</mine>",
    "xl/threadedComments/threadedComment1.xml": b"<ThreadedComments/>",
    "xl/persons/person.xml": b"<personList/>",
    "xl/slicers/slicer1.xml": b"<slicers/>",
    "xl/pivotTables/pivotTable1.xml": b"<pivotTableDefinition/>",
    "xl/media/image9.png": b"\x89PNG\r\n" + bytes(range(200)),
}


def parts(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def refresh(path, today=TODAY):
    book = PackageBook(path)
    scoring = score_tables(book.tables(), today)
    return book.apply(scoring.changes)


@pytest.fixture(params=LANGUAGES)
def unscored(request, tmp_path):
    path = tmp_path / "book.xlsx"
    words = catalogue(request.param)
    rows = [
        row | {"status": words.words("status").get(row["status"], row["status"]), "solidity": None}
        for row in read_sample(request.param, TODAY)
    ]
    new_workbook(path, request.param, rows)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        for name, content in PRECIOUS.items():
            package.writestr(name, content)
    return path


def part_of(book, sheet):
    """Parts of a sheet and of its table."""
    tree = book["xl/workbook.xml"].decode()
    key = re.search(rf'<sheet name="{re.escape(sheet)}"[^>]*r:id="(\w+)"', tree)[1]
    relations = book["xl/_rels/workbook.xml.rels"].decode()
    name = re.search(rf'Id="{key}"[^>]*Target="(?:/xl/)?([^"]+)"', relations)[1]
    table = re.search(
        r'Target="\.\./tables/([^"]+)"', book[f"xl/worksheets/_rels/{Path(name).name}.rels"].decode()
    )
    return f"xl/{name}", f"xl/tables/{table[1]}"


def test_only_what_a_refresh_fills_changes(unscored):
    before = parts(unscored)
    language = score_tables(PackageBook(unscored).tables(), TODAY).report.language
    sheets = {key: catalogue(language).sheet(key) for key in ("clients", "prospects", "checks", "history")}
    allowed = {"xl/workbook.xml"}
    allowed |= {part_of(before, catalogue(language).sheet(key))[0] for key in ("dashboard", "models")}
    # The lists of reps grow.
    growing = re.compile(rb'displayName="(Highlights|RepNames)"')
    allowed |= {name for name in before if "/tables/" in name and growing.search(before[name])}
    for key, sheet in sheets.items():
        sheet_part, table_part = part_of(before, sheet)
        allowed |= {sheet_part, table_part} if key in ("checks", "history") else {sheet_part}

    assert refresh(unscored)
    after = parts(unscored)
    assert list(after) == list(before)
    assert {name for name in before if before[name] != after[name]} == allowed
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]


def test_a_second_refresh_leaves_the_file_untouched(unscored):
    refresh(unscored)
    once = unscored.read_bytes()
    written = unscored.stat().st_mtime_ns
    assert not refresh(unscored)
    assert unscored.read_bytes() == once
    assert unscored.stat().st_mtime_ns == written


def test_another_day_changes_checks_alone(unscored):
    refresh(unscored)
    before = parts(unscored)
    assert refresh(unscored, TODAY + dt.timedelta(days=1))
    after = parts(unscored)
    changed = {name for name in before if before[name] != after[name]}
    assert len(changed) <= 2  # Checks and, where it was not set yet, the flag to recalculate


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_open_xml_sdk_is_content_before_and_after_a_refresh(tmp_path, language, suffix):
    path = tmp_path / f"book{suffix}"
    rows = [{"account": f"C{n}", "status": "Client", "turnover": 5000.0 * n} for n in range(30)]
    new_workbook(path, language, rows)
    assert sdk_errors(path) == []
    refresh(path)
    assert sdk_errors(path) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_is_valid_and_complete(tmp_path, language):
    path = tmp_path / "demo.xlsx"
    report = demo_workbook(path, language, TODAY)
    assert {total.letter for total in report.classes if total.accounts} == set("ABCD?")
    assert sdk_errors(path) == []
    assert not refresh(path)  # the workbook holds what a refresh would write


def test_the_shipped_template_is_valid():
    assert sdk_errors(Path(__file__).parents[2] / "template.xlsm") == []


def test_a_portfolio_of_no_account_can_be_refreshed(tmp_path):
    path = tmp_path / "book.xlsx"
    new_workbook(path, "en")
    assert refresh(path)  # Checks says that nothing was scored
    assert not refresh(path)


def test_an_account_without_a_name_has_none_in_the_history_either(tmp_path):
    path = tmp_path / "book.xlsx"
    new_workbook(
        path, "en", [{"account": "C1", "turnover": 1.0}, {"account": "C2", "name": "Two", "turnover": 2.0}]
    )
    assert refresh(path)
    history = next(table for table in PackageBook(path).tables() if table.name == "History")
    names = history.columns[history.headers.index("Name")]
    assert names[:2] == [None, "Two"]
