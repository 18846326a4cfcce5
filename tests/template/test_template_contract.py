"""The workbook holds what its readers and writers rely on."""

import datetime as dt
import re

import pytest
from openpyxl.utils import get_column_letter, range_boundaries

from addin.catalogue import catalogue
from addin.fresh import new_workbook
from addin.template import build_template, solidity_word
from addin.template.package import parts_of
from addin.template.sheets.accounts import ORDER
from addin.workbook.uses import USES
from scoring.terms import ACCOUNT_FIELDS

TABLES = (
    "Criteria",
    "Scales",
    "Classes",
    "Gates",
    "Settings",
    "Imports",
    "ImportColumns",
    "Checks",
    "History",
)
SHEETS = (
    "start",
    "clients",
    "prospects",
    "criteria",
    "scales",
    "classes",
    "settings",
    "dashboard",
    "imports",
    "import_columns",
    "checks",
    "history",
)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def body(package, table):
    """The rows of a table by header."""
    sheet, area, headers = package.tables()[table]
    left, top, _, bottom = range_boundaries(area)
    cells = package.cells(sheet)
    return [
        {header: cells.get(f"{get_column_letter(left + place)}{row}") for place, header in enumerate(headers)}
        for row in range(top + 1, bottom + 1)
    ]


def test_the_sheets_stand_in_their_order(empty, language):
    names = [
        catalogue(language).sheet(key)
        for key in (*SHEETS, *dict.fromkeys(table.sheet for use in USES for table in use.all_tables))
    ]
    assert list(empty.sheets) == [*names, "ClientScore.conf"]  # hidden: where the macros find Python


def test_every_table_has_exactly_the_headers_of_the_catalogue(package, language):
    tables = package.tables()
    for table in TABLES:
        assert sorted(tables[table][2]) == sorted(catalogue(language).headers(table.lower()).values())


def test_account_tables_have_every_column_in_one_order(package, language):
    headers = [catalogue(language).header("accounts", key) for key in ORDER]
    assert sorted(ORDER) == sorted(field.key for field in ACCOUNT_FIELDS)
    for table in ("Clients", "Prospects"):
        assert package.tables()[table][2][: len(headers)] == headers


def test_added_columns_stand_at_the_end_with_their_values(full):
    rows = body(full, "Clients")
    assert full.tables()["Clients"][2][-1] == "Own column"
    assert {row["Own column"] for row in rows} == {"-3 pallets"}


def test_every_account_is_written_and_codes_keep_their_zeros(full, language):
    header = catalogue(language).header("accounts", "account")
    assert [row[header] for row in body(full, "Clients")] == [f"{number:05d}" for number in range(1, 38)]


def test_header_cells_read_exactly_as_the_columns_of_their_table(package):
    for sheet, area, headers in package.tables().values():
        left, top, _, _ = range_boundaries(area)
        cells = package.cells(sheet)
        assert [cells[f"{get_column_letter(left + place)}{top}"] for place in range(len(headers))] == headers


def test_reports_of_imports_and_remembered_columns_are_written(full, language):
    words = catalogue(language)
    (read,) = body(full, "Imports")
    assert read[words.header("imports", "file")] == "ventes 2026.csv"
    assert read[words.header("imports", "rows")] == 5120
    assert read[words.header("imports", "amount")] == 1234567.89
    (column,) = body(full, "ImportColumns")
    assert column == {
        words.header("importcolumns", "kind"): words.word("file_kind", "ledger"),
        words.header("importcolumns", "source"): "=N° client",
        words.header("importcolumns", "target"): words.header("accounts", "account"),
        words.header("importcolumns", "known"): None,
        words.header("importcolumns", "until"): None,
    }


def test_tables_without_rows_have_one_blank_row(empty):
    for table in ("Clients", "Prospects", "Imports", "ImportColumns", "Checks", "History"):
        rows = body(empty, table)
        assert len(rows) == 1
        assert set(rows[0].values()) == {None}


def test_shipped_weights_sum_to_100_with_at_most_20_subjective(empty, language):
    words = catalogue(language)
    weight, nature = words.header("criteria", "weight"), words.header("criteria", "nature")
    rows = body(empty, "Criteria")
    assert sum(row[weight] for row in rows) == 100
    assert sum(row[weight] for row in rows if row[nature] == words.word("nature", "subjective")) <= 20


def test_every_criterion_measures_a_column_and_has_the_scale_it_needs(empty, language):
    words = catalogue(language)
    scaled = {row[words.header("scales", "criterion")] for row in body(empty, "Scales")}
    for row in body(empty, "Criteria"):
        assert row[words.header("criteria", "column")] in words.headers("accounts").values()
        needs_rows = row[words.header("criteria", "scale")] != words.word("scale", "note")
        assert (row[words.header("criteria", "criterion")] in scaled) == needs_rows


def test_settings_ship_with_their_values(empty, language):
    words = catalogue(language)
    rows = body(empty, "Settings")
    found = {row[words.header("settings", "setting")]: row[words.header("settings", "value")] for row in rows}
    shipped = {
        "language": language,
        "currency": "EUR",
        "reference_date": None,
        "method": words.word("method", "cutoffs"),
        "margin": 3,
        "min_completeness": 0.5,
        "in_use_from": 0.2,
        "max_subjective": 0.2,
        "core_share": 0.8,
        "review_months": 12,
        "weeks": 45,
        "visit_days": 4,
        "visits_per_day": 5,
        "due_from": 0.7,
        "lower_share": 0.1,
        "hold_days": 60,
        "working_hours": "08:30-12:00 13:30-17:30",
        "working_days": {"en": "Mon-Fri", "fr": "lun-ven"}[language],
        "country": "FR",
        "periods": words.word("periods", "months"),
        "year_end": 12,
        "payment_terms": 30,
        "seed": 1,
    }
    assert found == {words.header("setting_names", key): value for key, value in shipped.items()}
    assert all(row[words.header("settings", "help")] for row in rows)


def test_gates_cap_accounts_in_default_and_very_late_payers(empty, language):
    words = catalogue(language)
    rows = [tuple(row.values())[:4] for row in body(empty, "Gates")]
    assert rows == [
        (words.header("accounts", "solidity"), "=", solidity_word(language, "default"), "C"),
        (words.header("accounts", "days_late"), ">", 60, "C"),
    ]


def test_classes_ship_best_first(empty, language):
    words = catalogue(language)
    rows = [tuple(row.values())[:6] for row in body(empty, "Classes")]
    labels = [words.text("template", "classes", letter, "label") for letter in "ABCD"]
    assert rows == [
        ("A", labels[0], 75, 0.1, 12, 60),
        ("B", labels[1], 55, 0.2, 6, 45),
        ("C", labels[2], 35, 0.3, 3, 30),
        ("D", labels[3], 0, 0.4, 0, 20),
    ]


def test_every_header_carries_a_note(package):
    for sheet, area, headers in package.tables().values():
        left, top, _, _ = range_boundaries(area)
        notes = package.notes(sheet)
        for place in range(len(headers)):
            assert len(notes[f"{get_column_letter(left + place)}{top}"]) > 15


def test_names_are_english_and_no_cell_addresses(package):
    names = {name.get("name") for name in package.workbook.iter(f"{MAIN}definedName")}
    own = {name for name in names if not name.startswith("_xlnm.")}
    assert own == {
        "AccountColumns",
        "ClassLetters",
        "CoreShare",
        "CriteriaNames",
        "MaxSubjectiveShare",
        "RepChoices",
        "ReferenceDate",
        "RequestNames",
        "SolidityRatings",
    }
    for name in own | set(package.tables()):
        assert not re.fullmatch(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*", name)


def test_the_workbook_opens_without_calculating_everything(package):
    calculation = package.workbook.find(f"{MAIN}calcPr")
    assert calculation.get("fullCalcOnLoad") is None
    assert int(calculation.get("calcId")) >= 191029


def test_code_names_are_stable_and_unique(package):
    codes = [package.xml(part).find(f"{MAIN}sheetPr").get("codeName") for part in package.sheets.values()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[A-Z][A-Za-z0-9]{1,30}", code) for code in codes)
    assert package.workbook.find(f"{MAIN}workbookPr").get("codeName") == "ThisWorkbook"


def test_no_sheet_is_protected_but_those_that_participants_of_a_workshop_fill_in(package, language):
    protected = {
        name
        for name, part in package.sheets.items()
        if package.xml(part).find(f"{MAIN}sheetProtection") is not None
    }
    words = catalogue(language)
    assert protected == {words.sheet("ballot_points"), words.sheet("ballot_pairs")}


def test_a_value_that_no_cell_holds_is_refused_rather_than_left_out(tmp_path):
    path = tmp_path / "book.xlsx"
    with pytest.raises(TypeError, match=r"datetime\.date\(2026, 11, 23\)"):
        new_workbook(path, "en", [{"account": "C1", "last_visit": dt.date(2026, 11, 23)}])
    assert not path.exists()


def test_text_that_begins_like_a_formula_stays_text_with_the_quote_mark(full, language):
    words = catalogue(language)
    sheet, area, headers = full.tables()["Clients"]
    column = get_column_letter(headers.index(words.header("accounts", "reasons")) + 1)
    top = range_boundaries(area)[1] + 1
    cell = next(c for c in full.xml(full.sheets[sheet]).iter(f"{MAIN}c") if c.get("r") == f"{column}{top}")
    formats = full.xml("xl/styles.xml").find(f"{MAIN}cellXfs")
    assert cell.get("t") == "s"
    assert full.strings[int(cell.findtext(f"{MAIN}v"))] == "=1+1"
    assert formats[int(cell.get("s"))].get("quotePrefix") == "1"
    assert not [f for f in full.formulas(sheet).values() if "1+1" in f]


def test_the_type_of_the_package_follows_the_macros(empty, full):
    assert b"ms-excel.sheet.macroEnabled.main+xml" in empty.parts["[Content_Types].xml"]
    assert b"spreadsheetml.sheet.main+xml" in full.parts["[Content_Types].xml"]
    assert b"macroEnabled" not in full.parts["[Content_Types].xml"]


def test_the_shipped_template_is_the_empty_english_workbook():
    assert b'name="Start"' in parts_of(build_template())["xl/workbook.xml"]
