"""Every sheet of a workbook is read as what it is, or named with why it is not."""

import datetime as dt
import io

import openpyxl
import pytest
from imports.harness import known, sentences, taken, workbook

from addin.catalogue import LANGUAGES
from addin.refusals import Refusal

ACCOUNTS = [["Code", "Name", "Turnover"], ["C1", "Alpha", 10], ["C2", "Beta", 20]]
PROSPECTS = [["Code", "Name", "Status", "Potential"], ["P1", "Pi", "Prospect", 5000]]
INVOICES = [["Account", "Invoice date", "Amount"], ["C1", dt.date(2026, 6, 30), 7]]


def read(folder, tables=None, **sheets):
    return taken(folder, workbook(**sheets), tables, name="export.xlsx")


def kinds(found):
    return {file.source.name: file.kind for file in found.done.recognition.files}


def unread(found):
    """Names of the sheets that are not read, by reason."""
    reasons = {}
    for one in found.done.recognition.files[0].unread:
        reasons.setdefault(one.reason, []).append(one.name)
    return reasons


def test_sheets_of_accounts_with_other_columns_are_all_read(tmp_path):
    found = read(tmp_path, Customers=ACCOUNTS, Prospects=PROSPECTS)
    assert found.column("turnover") == {"C1": 10.0, "C2": 20.0}
    assert found["P1"].items() >= {"table": "Prospects", "potential": 5000.0}.items()
    assert [report.n_read for report in found.done.reports] == [2, 1]


def test_a_sheet_of_invoices_beside_one_of_accounts_is_read_as_invoices(tmp_path):
    found = read(tmp_path, Clients=PROSPECTS, Factures=[*INVOICES, ["P1", dt.date(2026, 5, 1), 5]])
    assert kinds(found) == {"Clients": "accounts", "Factures": "ledger"}
    assert found["P1"].items() >= {"last_purchase": dt.datetime(2026, 5, 1), "potential": 5000.0}.items()


def test_each_sheet_that_is_read_is_named_with_what_it_is(tmp_path):
    found = read(tmp_path, Clients=ACCOUNTS, Factures=INVOICES)
    assert "export.xlsx [Clients]: accounts\n" in found.said("en")
    assert "export.xlsx [Factures]\u00a0: factures\n" in found.said("fr")


def test_sheets_of_invoices_with_the_same_columns_are_parts_of_one_list(tmp_path):
    found = read(tmp_path, Y2025=[INVOICES[0], ["C1", dt.date(2025, 9, 1), 3]], Y2026=INVOICES)
    assert found["C1"]["first_purchase"] == dt.datetime(2025, 9, 1)
    assert [report.n_used for report in found.done.reports] == [1, 1]
    assert unread(found) == {}


def test_invoices_with_other_columns_are_not_counted_twice(tmp_path):
    detail = [
        ["Account", "Date", "Amount", "Line", "Item"],
        ["C1", dt.date(2026, 6, 30), 7, "F1", "nails"],
    ]
    found = read(tmp_path, Invoices=INVOICES, Lines=detail)
    assert [report.n_used for report in found.done.reports] == [1]
    assert unread(found) == {"invoices": ["Lines"]}


@pytest.mark.parametrize("header", [["Code", "Name"], ["Name", "Sector"], ["Code", "Name", "Postcode"]])
def test_a_list_of_something_else_makes_no_accounts(tmp_path, header):
    found = read(tmp_path, Clients=ACCOUNTS, Reps=[header, ["R1", "Rep One", "69"][: len(header)]])
    assert set(found.accounts) == {"C1", "C2"}
    assert unread(found) == {"list": ["Reps"]}


def test_a_list_of_codes_and_names_alone_is_one_of_accounts(tmp_path):
    assert set(read(tmp_path, Clients=[["Code", "Name"], ["C1", "Alpha"]]).accounts) == {"C1"}


def test_every_sheet_that_is_not_read_is_named_with_why(tmp_path):
    cover = [["Report of June"], [], ["printed by", "nobody"]]
    found = read(
        tmp_path,
        Clients=ACCOUNTS,
        Cover=cover,
        Old=ACCOUNTS,
        Blank=[],
        Sheet3=[],
        hidden=["Old"],
        chart="Drawn",
    )
    assert unread(found) == {
        "unknown": ["Cover"],
        "hidden": ["Old"],
        "empty": ["Blank", "Sheet3"],
        "chart": ["Drawn"],
    }
    for language in LANGUAGES:
        said = found.said(language)
        assert all(name in said for name in ("Cover", "Old", "Blank, Sheet3", "Drawn"))
    notes = " ".join(row.get("note", "") for row in found.rows_of("imports"))
    assert all(name in notes for name in ("Cover", "Old", "Blank, Sheet3", "Drawn"))


def test_a_hidden_sheet_is_read_where_no_other_holds_anything(tmp_path):
    found = read(tmp_path, Cover=[], Data=ACCOUNTS, hidden=["Data"])
    assert found.column("turnover") == {"C1": 10.0, "C2": 20.0}


def test_hidden_rows_are_read_like_all_others(tmp_path):
    made = openpyxl.Workbook()
    for row in ACCOUNTS:
        made.active.append(row)
    made.active.row_dimensions[2].hidden = True
    stream = io.BytesIO()
    made.save(stream)
    assert set(taken(tmp_path, stream.getvalue(), name="export.xlsx").accounts) == {"C1", "C2"}


def test_a_workbook_that_no_sheet_of_is_understood_is_refused_with_headers_of_one(tmp_path):
    with pytest.raises(Refusal, match="import_of_no_kind") as refused:
        read(tmp_path, Cover=[["x"]], Data=[["Fruit", "Colour"], ["apple", "red"]])
    assert all("Fruit" in text for text in sentences(refused.value).values())


def test_an_empty_workbook_is_said_to_be_empty(tmp_path):
    with pytest.raises(Refusal, match="import_empty"):
        read(tmp_path, Sheet1=[])


def test_a_header_cell_of_two_lines_costs_no_row(tmp_path):
    found = read(tmp_path, Data=[["Account", "Name", "Turnover\nY"], ["C1", "Alpha", 1], ["C2", "Beta", 2]])
    assert found.column("turnover") == {"C1": 1.0, "C2": 2.0}


class TestMergedHeaders:
    def test_a_cell_merged_downwards_heads_its_column(self, tmp_path):
        rows = [["Code client", "Nom", "Chiffres", None], [None, None, "CA N", "CA N-1"], ["C1", "A", 1, 2]]
        found = read(tmp_path, Data=rows)
        assert found["C1"].items() >= {"name": "A", "turnover": 1.0, "turnover_1": 2.0}.items()

    def test_a_cell_merged_across_belongs_to_each_header_below(self, tmp_path):
        rows = [["Code client", "Nom", "CA", None], [None, None, "N", "N-1"], ["C1", "A", 1, 2]]
        found = read(tmp_path, Data=rows)
        assert found["C1"].items() >= {"name": "A", "turnover": 1.0, "turnover_1": 2.0}.items()

    def test_a_header_that_is_understood_by_itself_needs_no_cell_above(self, tmp_path):
        rows = [["Client", None, "CA", None], ["Code", "Nom", "N", "N-1"], ["C1", "A", 1, 2]]
        found = read(tmp_path, Data=rows)
        assert found["C1"].items() >= {"name": "A", "turnover": 1.0, "turnover_1": 2.0}.items()

    def test_a_row_of_data_is_no_header_however_many_of_its_cells_are_empty(self, tmp_path):
        rows = [["Code", "Name", "Turnover"], ["C1", None, 5], ["C2", "Beta", None]]
        assert set(read(tmp_path, Data=rows).accounts) == {"C1", "C2"}


def test_a_column_without_a_header_goes_by_its_letter(tmp_path):
    rows = [["Account", "Name", None], ["C1", "Alpha", "x", "beyond"], ["C2", "Beta"]]
    assert "Not imported: C, D" in read(tmp_path, Data=rows).said("en")


class TestPivotTables:
    ROWS = (["Étiquettes de lignes", "Somme de CA N"], ["C1", 1200], ["(vide)", 50], ["Total général", 1250])

    def test_what_its_rows_are_is_asked(self, tmp_path):
        with pytest.raises(Refusal, match="import_of_pivot") as refused:
            read(tmp_path, Feuil1=self.ROWS)
        texts = sentences(refused.value)
        assert '--map "Étiquettes de lignes=Compte"' in texts["fr"]
        assert '--map "Étiquettes de lignes=Account"' in texts["en"]

    def test_it_is_read_once_that_is_said(self, tmp_path):
        columns = {"Étiquettes de lignes": "Account"}
        found = taken(tmp_path, workbook(Feuil1=self.ROWS), known(), name="p.xlsx", columns=columns)
        assert found.column("turnover") == {"C1": 1200.0}
        assert found.aside == [(3, "no_account"), (4, "totals_line")]
