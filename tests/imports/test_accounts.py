"""Accounts of a CRM become rows of the account sheets: new ones added, known ones where it says something."""

import datetime as dt
import itertools

import openpyxl
import pytest
from imports.harness import known, lines, put, sheet, taken, taken_from
from support.books import Tables

from addin.catalogue import LANGUAGES, catalogue
from addin.fresh import new_workbook
from addin.imports.importing import Options, look_at, plan_import
from addin.imports.sheets import import_changes
from addin.package import PackageBook

CLIENTS = (
    {"account": "C1", "name": "Alpha", "turnover": 100.0, "postcode": "75001", "rep": "Anna"},
    {"account": "C2", "name": "Beta", "turnover": 200.0, "last_visit": dt.datetime(2026, 1, 5)},
)
PROSPECTS = ({"account": "P1", "name": "Gamma", "potential": 9.0},)


def book(language="en"):
    return known(language, CLIENTS, PROSPECTS)


class TestNewAccounts:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_each_is_added_to_the_sheet_of_its_status_in_the_words_of_the_workbook(self, tmp_path, language):
        rows = [["A", "client"], ["B", "Prospect"], ["C", "SUSPECT"], ["D", ""]]
        found = taken(tmp_path, lines(["Account", "Status"], *rows), Tables(language))
        words = catalogue(language).words("status")
        assert {code: (row["table"], row["status"]) for code, row in found.accounts.items()} == {
            "A": ("Clients", words["client"]),
            "B": ("Prospects", words["prospect"]),
            "C": ("Prospects", words["suspect"]),
            "D": ("Clients", words["client"]),
        }
        assert found.done.merged.added == ["A", "B", "C", "D"]

    def test_they_stand_below_those_that_are_there(self, tmp_path):
        found = taken(tmp_path, lines(["Account", "Name"], ["B", "b"], ["A", "a"]), book())
        clients = [code for code, row in found.accounts.items() if row["table"] == "Clients"]
        assert clients == ["C1", "C2", "A", "B"]
        assert found.accounts["C1"] == {"table": "Clients", "status": "Client", **CLIENTS[0]}

    def test_empty_rows_at_the_end_of_a_sheet_are_used(self, tmp_path):
        tables = Tables("en").rows("Clients", [{"status": "Client", **CLIENTS[0]}, {}, {}, {}, {}])
        found = taken(tmp_path, lines(["Account", "Name"], ["A", "a"]), tables)
        table = next(table for table in found.after if table.name == "Clients")
        assert table.columns[0][:3] == ["C1", "A", None]
        assert table.n_rows == 5

    def test_their_cells_have_the_type_of_the_field(self, tmp_path):
        header = [
            "Code client",
            "Nom",
            "CP",
            "CA HT",
            "Dernière visite",
            "Perspectives de croissance",
            "SIREN",
        ]
        row = ["007", "Café Élan", "01000", "1 234,56", "31/12/2025", "7", "732 829 320"]
        assert taken(tmp_path, lines(header, row), Tables("fr"))["007"] == {
            "table": "Clients",
            "account": "007",
            "name": "Café Élan",
            "status": "Client",
            "postcode": "01000",
            "turnover": 1234.56,
            "last_visit": dt.datetime(2025, 12, 31),
            "growth": 7.0,
            "company_no": "732829320",
        }

    def test_a_postcode_that_excel_took_for_a_number_has_its_zero_again(self, tmp_path):
        rows = sheet([["Compte", "CP"], ["A", 1000], ["B", "02000"]])
        found = taken(tmp_path, rows, Tables("fr"), name="export.xlsx")
        assert found.column("postcode") == {"A": "01000", "B": "02000"}

    def test_empty_dates_of_an_excel_sheet_are_empty(self, tmp_path):
        rows = [["Account", "Last visit"], ["A", None], ["B", dt.datetime(2026, 1, 5)]]
        found = taken(tmp_path, sheet(rows), name="export.xlsx")
        assert found.column("last_visit") == {"B": dt.datetime(2026, 1, 5)}

    def test_a_code_that_excel_took_for_a_number_is_that_number(self, tmp_path):
        found = taken(tmp_path, sheet([["Account", "Name"], [42, "a"], ["007", "b"]]), name="export.xlsx")
        assert list(found.accounts) == ["007", "42"]

    def test_a_column_of_the_company_is_filled(self, tmp_path):
        tables = Tables("en").add_column("Clients", "Region")
        assert taken(tmp_path, lines(["Account", "Region"], ["A", "Sud"]), tables)["A"]["+region"] == "Sud"

    def test_numbers_of_a_column_of_the_company_are_numbers(self, tmp_path):
        tables = Tables("en").add_column("Clients", "Staff")
        assert taken(tmp_path, lines(["Account", "Staff"], ["A", "12"]), tables)["A"]["+staff"] == 12.0

    def test_a_field_that_the_sheet_has_no_column_for_is_said_to_be_missing(self, tmp_path):
        tables = Tables("en").drop_column("Clients", "potential")
        found = taken(tmp_path, lines(["Account", "Potential"], ["A", 5]), tables)
        assert "The account sheets have no column Potential" in found.said("en")
        assert "Les feuilles de comptes n’ont pas de colonne Potentiel" in found.said("fr")


class TestKnownAccounts:
    def test_only_what_the_export_says_is_changed(self, tmp_path):
        content = lines(
            ["Account", "Name", "Turnover", "Postcode"], ["C1", "", 150, ""], ["C2", "Beta", "", "69001"]
        )
        found = taken(tmp_path, content, book())
        assert found["C1"] == {"table": "Clients", "status": "Client", **CLIENTS[0], "turnover": 150.0}
        assert found["C2"] == {"table": "Clients", "status": "Client", **CLIENTS[1], "postcode": "69001"}
        assert found["P1"] == {"table": "Prospects", "status": "Prospect", **PROSPECTS[0]}
        assert found.done.merged.changed == ["C1", "C2"]

    @pytest.mark.parametrize("code", ["c1", " C1 ", "C1"])
    def test_a_code_is_known_whatever_its_capitals_and_blanks(self, tmp_path, code):
        found = taken(tmp_path, lines(["Account", "Turnover"], [code, 150]), book())
        assert found.done.merged.added == []
        assert found["C1"]["turnover"] == 150.0

    def test_a_number_code_of_the_workbook_is_the_text_of_a_file(self, tmp_path):
        tables = Tables("en").rows("Clients", [{"account": 1234.0, "name": "a", "status": "Client"}])
        found = taken(tmp_path, lines(["Account", "Turnover"], ["1234", 5]), tables)
        assert found.done.merged.changed == ["1234"]

    def test_what_stands_there_already_changes_nothing_however_it_is_written(self, tmp_path):
        header = ["Account", "Name", "Turnover", "Last visit", "Status"]
        content = lines(
            header, ["C2", "Beta", "200,00", "05/01/2026", "client"], ["C1", "Alpha", "100.0", "", ""]
        )
        found = taken(tmp_path, content, book())
        assert found.done.merged.unchanged == ["C1", "C2"]
        assert not found.changes.columns
        assert not found.changes.rows

    def test_prospects_are_changed_on_their_own_sheet(self, tmp_path):
        found = taken(tmp_path, lines(["Account", "Potential"], ["P1", 10], ["C1", 11]), book())
        assert found["P1"]["potential"] == 10.0
        assert found["P1"]["table"] == "Prospects"
        assert found["C1"]["potential"] == 11.0

    def test_counts_and_totals_say_what_happened(self, tmp_path):
        content = lines(["Account", "Turnover", "Rep"], ["C1", 150, "Bob"], ["C2", 200, "Bob"], ["N", 50, ""])
        found = taken(tmp_path, content, book())
        merged, text = found.done.merged, found.said("en")
        assert (merged.added, merged.changed, merged.unchanged) == (["N"], ["C1", "C2"], [])
        assert "Turnover: 300\u00a0EUR before, 400\u00a0EUR after." in text
        assert "Cells filled in or replaced: Rep 2, Turnover 2." in text

    def test_a_code_that_stands_twice_in_the_workbook_is_left_and_listed(self, tmp_path):
        tables = book().set("Clients", 2, "account", "c1").set("Clients", 2, "name", "Other")
        found = taken(tmp_path, lines(["Account", "Turnover"], ["C1", 150]), tables)
        assert found.done.merged.twice == ["C1"]
        assert not found.changes.columns
        assert "Twice in the workbook: C1" in found.said("en")


class TestKeepAndOverwrite:
    CONTENT = lines(
        ["Account", "Name", "Turnover", "Postcode"], ["C1", "New", 150, "1"], ["C2", "New", 250, "2"]
    )

    def test_without_a_word_the_export_counts(self, tmp_path):
        found = taken(tmp_path, self.CONTENT, book())
        assert found.column("turnover") == {"C1": 150.0, "C2": 250.0}

    @pytest.mark.parametrize("name", ["Turnover", "CA N", "turnover"])
    def test_a_field_that_is_kept_is_filled_only_where_it_is_empty(self, tmp_path, name):
        tables = book().set("Clients", 1, "turnover", None)
        found = taken(tmp_path, self.CONTENT, tables, keep=[name])
        assert found.column("turnover") == {"C1": 100.0, "C2": 250.0}
        assert found.column("name") == {"C1": "New", "C2": "New", "P1": "Gamma"}
        assert "Cells kept as they are, by your choice: Turnover 1." in found.said("en")

    def test_a_field_that_is_kept_is_filled_for_new_accounts(self, tmp_path):
        found = taken(tmp_path, lines(["Account", "Turnover"], ["N", 5]), book(), keep=["Turnover"])
        assert found["N"]["turnover"] == 5.0

    def remembered(self, folder, word):
        tables = book()
        tables.tables = {table.name: table for table in taken(folder, self.CONTENT, tables).after}
        table = next(table for name, table in tables.tables.items() if name.casefold() == "importcolumns")
        table.columns[3][table.columns[1].index("Turnover")] = word
        for row, row_cells in enumerate(CLIENTS):
            tables.set("Clients", row, "turnover", row_cells["turnover"])
        return tables

    @pytest.mark.parametrize(
        ("word", "turnover"), [("keep", 100.0), ("conserver", 100.0), ("overwrite", 150.0)]
    )
    def test_the_sheet_of_columns_decides(self, tmp_path, word, turnover):
        found = taken(tmp_path, self.CONTENT, self.remembered(tmp_path, word))
        assert found["C1"]["turnover"] == turnover

    def test_the_command_comes_before_the_sheet(self, tmp_path):
        found = taken(tmp_path, self.CONTENT, self.remembered(tmp_path, "keep"), overwrite=["Turnover"])
        assert found["C1"]["turnover"] == 150.0
        found = taken(tmp_path, self.CONTENT, self.remembered(tmp_path, "overwrite"), keep=["Turnover"])
        assert found["C1"]["turnover"] == 100.0

    def test_what_is_kept_is_remembered(self, tmp_path):
        found = taken(tmp_path, self.CONTENT, book(), keep=["Turnover"])
        rows = {row["source"]: row.get("known") for row in found.rows_of("importcolumns")}
        assert rows == {"Account": None, "Name": "overwrite", "Turnover": "keep", "Postcode": "overwrite"}

    def test_a_column_of_the_company_can_be_kept(self, tmp_path):
        tables = book().add_column("Clients", "Region", ["Nord"])
        content = lines(["Account", "Region"], ["C1", "Sud"], ["C2", "Sud"])
        assert taken(tmp_path, content, tables, keep=["Region"]).column("+region") == {
            "C1": "Nord",
            "C2": "Sud",
        }


HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "=cmd|' /C calc'!A0",
    "'=1",
]


@pytest.mark.filterwarnings("ignore:.*:UserWarning:openpyxl")  # of what it would lose
def test_text_that_looks_like_a_formula_is_text_in_the_file_that_is_written(tmp_path):
    path = tmp_path / "book.xlsx"
    new_workbook(path, "en", [{"account": "C1", "name": "Alpha", "status": "Client"}])
    header = ["Account", "Name", "Rep", "Sector", "Status", "=1+1"]
    rows = [["C1", *HOSTILE[:3], "=1", ""]]
    rows += [[f"={at}", *(HOSTILE * 2)[at : at + 3], "Client", ""] for at in range(8)]
    texts = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows[:5]]
    files = {"=export.csv": lines(header, *texts), "=export.xlsx": sheet([header, *rows[5:]])}
    package = PackageBook(path)
    done = plan_import(look_at(package.tables(), put(tmp_path, files), dt.date(2026, 6, 30), Options()))
    assert package.apply(import_changes(done, catalogue("en"), dt.date(2026, 6, 30)))
    written = openpyxl.load_workbook(path)
    table = next(table for table in PackageBook(path).tables() if table.name == "Clients")
    checked = 0
    for row in range(len(rows)):
        for column in ("Account", "Name", "Rep", "Sector", "Status"):
            cell = written["Clients"][table.cell(row, table.headers.index(column))]
            assert cell.data_type == "s"
            checked += str(cell.value).lstrip()[:1] in "=+-@'"
    assert checked > 30
    for name in ("Imports", "Import columns"):  # below the links at their top
        cells = [cell for row in written[name].iter_rows(min_row=5) for cell in row]
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
        assert any(str(cell.value).startswith("=") for cell in cells)


class TestDuplicates:
    NUMBERS = ("732829320", "732 829 320 00074", "FR 44 732829320", "73282932000074")

    def test_siren_siret_and_vat_number_of_one_company_are_one(self, tmp_path):
        rows = [[f"A{at}", f"Company {at}", number] for at, number in enumerate(self.NUMBERS)]
        found = taken(tmp_path, lines(["Account", "Name", "SIRET"], *rows))
        assert len(found.accounts) == 4  # listed, never merged
        pairs = {(double.code, double.other): double.reason for double in found.done.doubles}
        assert pairs == dict.fromkeys(itertools.combinations(("A0", "A1", "A2", "A3"), 2), "number")

    @pytest.mark.parametrize("number", ["12345", "732829321", "unknown", "0", "", "999999999"])
    def test_what_is_no_company_number_makes_no_duplicate(self, tmp_path, number):
        rows = [["A", "a", number], ["B", "b", number]]
        assert not taken(tmp_path, lines(["Account", "Name", "SIREN"], *rows)).done.doubles

    def test_one_name_at_one_postcode_is_suspected_too(self, tmp_path):
        rows = [
            ["A", "Café Élan", "75001"],
            ["B", "CAFE  ELAN", "75001"],
            ["C", "Cafe Elan", "69001"],
            ["D", "x", ""],
        ]
        found = taken(tmp_path, lines(["Account", "Name", "Postcode"], *rows, ["E", "x", ""]))
        assert [(double.code, double.other, double.reason) for double in found.done.doubles] == [
            ("A", "B", "name")
        ]
        assert "Possible duplicate: A has the same name and postcode as B" in found.said("en")

    def test_a_new_account_is_compared_with_those_of_the_workbook(self, tmp_path):
        tables = book().set("Clients", 1, "company_no", "732829320")
        rows = [["N", "Nu", "1", "FR44732829320"], ["M", "ALPHA", "75001", ""]]
        found = taken(tmp_path, lines(["Account", "Name", "Postcode", "VAT number"], *rows), tables)
        assert {frozenset((double.code, double.other)) for double in found.done.doubles} == {
            frozenset(("C2", "N")),
            frozenset(("C1", "M")),
        }
        assert found["N"]
        assert found["M"]

    def test_two_accounts_that_were_known_before_are_nothing_new(self, tmp_path):
        tables = (
            book().set("Clients", 0, "company_no", "732829320").set("Clients", 1, "company_no", "732829320")
        )
        assert not taken(tmp_path, lines(["Account", "Turnover"], ["C1", 5]), tables).done.doubles


class TestRowsThatAreNoAccount:
    def test_rows_of_one_code_are_one_account_whatever_their_order(self, tmp_path):
        rows = [["A", "Alpha", "", 5], ["a", "", "75001", ""], ["A", "ALPHA", "75001", 5]]
        for order in itertools.permutations(rows):
            found = taken(tmp_path, lines(["Account", "Name", "Postcode", "Turnover"], *order))
            assert found.accounts.keys() == {"A"}
            assert found["A"].items() >= {"postcode": "75001", "turnover": 5.0}.items()

    def test_rows_that_contradict_each_other_leave_the_field_and_say_so(self, tmp_path):
        content = lines(["Account", "Name", "Turnover"], ["C1", "One", 5], ["C1", "One", 6])
        found = taken(tmp_path, content, book())
        assert found["C1"]["turnover"] == 100.0
        assert found["C1"]["name"] == "One"
        assert "C1 stands there several times with different values for Turnover (5; 6)" in found.said("en")
        assert "avec des valeurs différentes pour CA N (5\u00a0; 6)" in found.said("fr")

    def test_two_files_that_contradict_each_other_do_too_in_any_order(self, tmp_path):
        one, other = lines(["Account", "Rep"], ["A", "x"]), lines(["Account", "Rep"], ["A", "y"])
        paths = put(tmp_path, {"a.csv": one, "b.csv": other})
        for order in (paths, paths[::-1]):
            found = taken_from(order)
            assert "rep" not in found["A"]
            assert "conflict" in found.notes()

    @pytest.mark.parametrize(
        "row",
        [
            ["TOTAL", "", "30"],
            ["Total général :", "", "30"],
            ["", "", "30"],
            ["Sous-total", "", "30"],
            ["TOTAUX", "", "30"],
            ["Grand total", "", "30"],
            ["Total of 2 clients", "", "30"],
        ],
    )
    def test_a_line_of_totals_is_set_aside_with_its_amount(self, tmp_path, row):
        found = taken(tmp_path, lines(["Account", "Name", "Turnover"], ["A", "a", 10], ["B", "b", 20], row))
        assert found.accounts.keys() == {"A", "B"}
        assert [line for line, _ in found.aside] == [4]
        assert (found.report.units_used, found.report.units_aside) == (300_000, 300_000)

    @pytest.mark.parametrize(
        "name", ["Total Énergies SA", "Totalia", "Sum & Co", "Somme Matériaux", "Les Totaux"]
    )
    def test_a_company_whose_name_begins_like_a_total_is_one(self, tmp_path, name):
        assert taken(tmp_path, lines(["Account", "Name"], ["A", name]))["A"]["name"] == name
        assert taken(tmp_path, lines(["Name", "Turnover"], [name, 5])).accounts.keys() == {name}

    @pytest.mark.parametrize("code", ["2,43E+13", "2.43E+13", "2,43E13", "7e+10", "1E+05"])
    def test_a_code_that_a_spreadsheet_rounded_is_set_aside(self, tmp_path, code):
        found = taken(tmp_path, lines(["Account", "Name"], [code, "a"], ["B", "b"]))
        assert found.accounts.keys() == {"B"}
        assert found.aside == [(2, "code_destroyed")]
        assert f"the code {code} was rounded by a spreadsheet" in found.said("en")

    def test_a_company_number_that_a_spreadsheet_rounded_is_left_out_and_said(self, tmp_path):
        found = taken(tmp_path, lines(["Account", "Name", "SIRET"], ["A", "a", "2,43E+13"]))
        assert "company_no" not in found["A"]
        assert "2,43E+13" in found.said("en")

    def test_cells_that_cannot_be_read_are_counted_by_column(self, tmp_path):
        rows = [["A", "n/c", "soon"], ["B", "12", "later"], ["C", "x", "2026-01-05"]]
        found = taken(tmp_path, lines(["Account", "Turnover", "Last visit"], *rows))
        assert (
            "Turnover: 2 cells could not be read and were left out (the first in line 2: n/c)"
            in found.said("en")
        )
        assert "Last visit: 2 cells could not be read" in found.said("en")
        assert found.report.n_used == 3
        assert found.column("turnover") == {"B": 12.0}


@pytest.mark.parametrize("missing", ["null", "NULL", "None", "n/a", "#N/A", ""])
def test_what_programs_write_for_nothing_is_nothing(tmp_path, missing):
    found = taken(tmp_path, lines(["Account", "Name", "Postcode"], ["C1", missing, missing]), book())
    assert found["C1"]["name"] == "Alpha"
    assert not found.changes.columns


def test_names_of_entries_never_replace_those_of_the_workbook(tmp_path):
    invoices = lines(["Account", "Name", "Invoice date", "Amount"], ["C1", "ALPHA SARL", "2026-06-30", 1])
    crm = lines(["Account", "Name"], ["C2", "Beta & Sons"])
    assert taken(tmp_path, {"invoices.csv": invoices}, book())["C1"]["name"] == "Alpha"
    both = taken(tmp_path, {"invoices.csv": invoices, "crm.csv": crm}, book())
    assert both.column("name") == {"C1": "Alpha", "C2": "Beta & Sons", "P1": "Gamma"}


@pytest.mark.parametrize("order", [1, -1])
def test_figures_of_invoices_count_before_those_of_a_crm_whatever_is_named_first(tmp_path, order):
    invoices = lines(["Account", "Invoice date", "Amount"], ["A", "2026-06-30", 1], ["A", "2025-07-01", 2])
    crm = lines(["Account", "Name", "Turnover", "Orders"], ["A", "Alpha", 99, 9], ["B", "Beta", 98, 8])
    paths = put(tmp_path, {"invoices.csv": invoices, "crm.csv": crm})
    found = taken_from(paths[::order])
    assert found.column("turnover") == {"A": 3.0, "B": 98.0}
    assert found.column("name") == {"A": "Alpha", "B": "Beta"}


def test_importing_twice_changes_nothing_the_second_time(tmp_path):
    header = ["Account", "Name", "Status", "Turnover", "Last visit", "SIRET", "Solidity", "CP"]
    row = ["A", '=1+"x"', "Prospect", "1 234,56", "31/12/2025", "732 829 320 00074", "good", "1000"]
    tables = book()
    first = taken(tmp_path, lines(header, row, ["C1", "n", "", "0,1", "", "", "", ""]), tables)
    tables.tables = {table.name: table for table in first.after}
    again = taken(tmp_path, lines(header, row, ["C1", "n", "", "0,1", "", "", "", ""]), tables)
    assert not again.changes.columns
    assert not again.changes.rows
    assert again.done.merged.unchanged == ["A", "C1"]


class TestVisits:
    HEADER = ("Account", "Date of visit")

    def test_the_last_visit_of_each_known_account_counts_in_any_order(self, tmp_path):
        rows = [["C1", "2026-02-03"], ["C1", "2026-05-06"], ["C1", "2026-03-04"], ["P1", "2025-01-01"]]
        for order in itertools.permutations(rows):
            found = taken(tmp_path, lines(self.HEADER, *order), book())
            assert found["C1"]["last_visit"] == dt.datetime(2026, 5, 6)
            assert found["P1"]["last_visit"] == dt.datetime(2025, 1, 1)

    def test_an_account_that_is_not_known_is_listed_and_not_added(self, tmp_path):
        found = taken(tmp_path, lines(self.HEADER, ["X9", "2026-02-03"]), book())
        assert "X9" not in found.accounts
        assert found.done.merged.unknown == ["X9"]
        assert "Not in the workbook: X9" in found.said("en")

    def test_rows_without_a_code_or_a_day_that_has_come_are_set_aside(self, tmp_path):
        rows = [["", "2026-01-01"], ["C1", ""], ["C1", "soon"], ["C1", "2026-07-01"], ["TOTAL", "2026-01-01"]]
        found = taken(tmp_path, lines(self.HEADER, *rows), book())
        reasons = ["no_account", "date_empty", "no_date", "date_after", "totals_line"]
        assert found.aside == list(zip(range(2, 7), reasons, strict=True))
        assert "C1" in found.accounts
        assert "last_visit" not in found["C1"]

    def test_an_older_list_of_visits_takes_no_later_visit_back(self, tmp_path):
        found = taken(tmp_path, lines(self.HEADER, ["C2", "2025-12-24"]), book())
        assert found["C2"]["last_visit"] == dt.datetime(2026, 1, 5)
