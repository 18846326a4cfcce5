"""The buttons on Windows: through xlwings' own code for COM to an Excel of our own (excel_model.py)."""

import datetime as dt
import re
import sys

import pytest
from windows.on_windows.pressing import ACCOUNTS, press, shown, state, text

from addin.catalogue import LANGUAGES, catalogue
from addin.excel.dialogues import typed_text
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables
from addin.workbook.located_tables import Layout
from addin.workbook.port import column_letters

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


def test_a_press_on_refresh_gives_what_the_command_gives(excel):
    said = press(excel, "refresh")
    assert re.match(r"26 .* 30 ", said), said
    book = PackageBook(excel.book.path)
    tables = {table.name: table for table in book.tables()}
    scoring = score_tables(list(tables.values()), dt.date.today())  # noqa: DTZ011 - the day at the keyboard
    for fill in scoring.changes.columns:
        if fill.table in ACCOUNTS:
            column = [row[fill.column] for row in shown(excel, fill.table)[1:]]
            wanted = [
                tables[fill.table].columns[fill.column][row] if skipped else value
                for row, (value, skipped) in enumerate(zip(fill.values, fill.skip, strict=True))
            ]
            assert column == wanted, (fill.table, fill.column)
    assert {fill.table for fill in scoring.changes.columns} >= set(ACCOUNTS)


def test_a_second_press_writes_nothing(excel):
    press(excel, "refresh")
    writes = excel.writes
    press(excel, "refresh")
    assert excel.writes == writes


def test_undo_puts_everything_back(excel):
    before = state(excel)
    press(excel, "refresh")
    assert state(excel) != before
    assert press(excel, "undo")
    assert state(excel) == before


def test_a_refresh_over_an_array_formula_writes_nothing_and_names_the_cell(excel):
    """Typed again by a program it would be another formula."""
    from support.calc.semantics import Formula

    sheet = next(sheet for sheet in excel.book.sheets for table in sheet.tables if table.name == "Clients")
    top, left, *_ = sheet.table("Clients").area
    column = shown(excel, "Clients")[0].index(catalogue(excel.language).header("accounts", "score"))
    place = (top + 1, left + column)
    sheet.cells[place], sheet.shown[place] = Formula("=SUM(A1:A3*2)"), 0.0
    sheet.arrays.add(place)
    before = state(excel)
    cell = f"{column_letters(place[1])}{place[0]}"
    assert press(excel, "refresh") == text(excel, "refusals", "array_in_excel", sheet=sheet.name, cell=cell)
    assert state(excel) == before
    sheet.arrays.clear()


def test_check_writes_no_result(excel):
    before = [shown(excel, name) for name in ACCOUNTS]
    assert press(excel, "check")
    assert [shown(excel, name) for name in ACCOUNTS] == before


def test_explain_tells_the_account_in_the_selected_row(excel):
    press(excel, "refresh")
    code = shown(excel, "Clients")[1][0]
    assert code in press(excel, "explain")


def test_a_question_gives_what_is_typed_and_nothing_where_it_is_cancelled(excel):
    import xlwings as xw

    app = xw.Book.caller().app
    excel.typed = " Zoé "
    assert typed_text(app, "De qui ?", "Ana") == "Zoé"
    assert excel.asked[:3] == ("De qui ?", "ClientScore", "Ana")
    assert excel.asked[-1] == 2, "a text"
    for nothing in (False, ""):
        excel.typed = nothing
        assert typed_text(app, "De qui ?", "Ana") is None


def test_an_import_asks_and_fills_in_accounts(excel, tmp_path):
    path = tmp_path / "comptes d’été.csv"
    headers = {"en": "Account;Name;Town", "fr": "Compte;Raison sociale;Ville"}[excel.language]
    path.write_text(f"{headers}\nNEUF1;Érable & fils;Nîmes\n", encoding="cp1252")
    excel.files = (str(path),)
    before = state(excel)
    assert "comptes d’été.csv" in press(excel, "import")
    added = [row for name in ACCOUNTS for row in shown(excel, name) if row[0] == "NEUF1"]
    assert len(added) == 1
    assert "Nîmes" in added[0]
    for _ in ("the refresh that was offered", "the import"):
        press(excel, "undo")
    assert [row for name in ACCOUNTS for row in shown(excel, name) if row[0] == "NEUF1"] == []
    assert {name: tables for name, (_, tables) in state(excel).items() if name in ACCOUNTS} == {
        name: tables for name, (_, tables) in before.items() if name in ACCOUNTS
    }


def test_a_new_sheet_is_empty_and_scored_with_the_others(excel):
    excel.book.sheet("Clients").table("Clients").filter(2, ["nobody"], 7)
    names = [sheet.name for sheet in excel.book.sheets]
    said = press(excel, "new_sheet")
    (added,) = [sheet for sheet in excel.book.sheets if sheet.name not in names]
    assert added.name in said
    assert excel.book.active is added
    assert excel.book.sheets.index(added) == names.index("Clients") + 1
    (table,) = added.tables
    headers, *rows = shown(excel, table.name)
    assert headers == shown(excel, "Clients")[0]
    assert rows == [[None] * len(headers)]
    assert (table.criteria, added.cells[1, 1]) == ({}, added.name)
    at = (table.area[0] + 1, 1)
    added.cells[at], added.cells[at[0], 2] = "NEW1", "New"
    assert re.match(r"2[67] .* 31 ", press(excel, "refresh"))


def test_scales_that_fit_are_written_when_told_and_taken_back(excel):
    before = state(excel)
    assert press(excel, "fit_scales")
    changed = {name for name, kept in state(excel).items() if kept != before[name]}
    assert len(changed) == 1
    assert [table.name for table in excel.book.sheet(changed.pop()).tables] == ["Scales"]
    press(excel, "undo")
    assert state(excel) == before


@pytest.mark.parametrize("french", [False, True])
def test_a_text_stays_a_text_whatever_the_settings_of_windows_make_of_it(excel, french, tmp_path):
    names = [
        "12,5",
        "1.234,50",
        "5 mai 2026",
        "mai 2026",
        "VRAI",
        "true",
        "1/2",
        "(5)",
        "=1+1",
        "12 €",
        "3E5",
    ]
    path = tmp_path / "noms.csv"
    headers = {"en": "Account;Name;Town", "fr": "Compte;Raison sociale;Ville"}[excel.language]
    rows = [f"T{number};{name};Nîmes" for number, name in enumerate(names)]
    path.write_text("\n".join([headers, *rows]) + "\n", encoding="utf-8-sig")
    excel.files, excel.french = (str(path),), french
    press(excel, "import")
    found = {row[0]: row[1] for name in ACCOUNTS for row in shown(excel, name)}
    assert [found[f"T{number}"] for number in range(len(names))] == names


def test_a_protected_sheet_is_named_and_nothing_is_written(excel):
    excel.book.sheet("Clients").protected = True
    before = state(excel)
    assert press(excel, "refresh") == text(excel, "refusals", "sheet_protected", sheet="Clients")
    assert state(excel) == before


def test_a_cell_that_is_being_typed_in_is_respected(excel):
    excel.put_Ready(False)  # noqa: FBT003 - as Excel names it
    before = state(excel)
    assert press(excel, "refresh") == text(excel, "refusals", "excel_busy")
    assert state(excel) == before


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#N/A"])
def test_an_error_in_a_turnover_is_unknown_and_never_an_amount(excel, error):
    from windows.on_windows.excel_model import ExcelValueError

    sheet = excel.book.sheet("Clients")
    located = next(
        found
        for found in Layout(PackageBook(excel.book.path).tables()).accounts
        if found.table.name == "Clients"
    )
    at = (sheet.table("Clients").area[0] + 1, located.columns["turnover"] + 1)
    column = located.columns["score"]
    scores = []
    for content in (ExcelValueError(error), None):
        sheet.cells.pop(at, None)
        if content is not None:
            sheet.cells[at] = content
        press(excel, "refresh")
        scores.append(shown(excel, "Clients")[1][column])
    assert scores[0] == scores[1]


def test_excel_is_as_it_was_afterwards(excel):
    manual = -4135
    excel.put_Calculation(manual)
    press(excel, "refresh")
    found = [
        excel.get_ScreenUpdating(),
        excel.get_EnableEvents(),
        excel.get_Calculation(),
        excel.get_StatusBar(),
    ]
    excel.put_Calculation(-4105)
    assert found == [True, True, manual, False]
    assert sys.platform == "win32"
