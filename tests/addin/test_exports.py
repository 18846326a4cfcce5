"""Exports of other programs become accounts, whatever wrote them."""

import datetime as dt

import openpyxl
import pytest

from addin.exports import read_export
from addin.refusals import Refusal

FRENCH = (
    "Compte;Raison sociale;Statut;CA N;Dernière visite;Région\r\n"
    "00123;Café Élan;Client;1 234,56;31/12/2025;Sud\r\n"
)


@pytest.mark.parametrize(
    "content",
    [
        FRENCH.encode("utf-8"),
        FRENCH.encode("utf-8-sig"),
        FRENCH.encode("cp1252"),
        FRENCH.encode("utf-16"),
        FRENCH.replace(";", "\t").encode("utf-8"),
        FRENCH.replace(";", "|").encode("utf-8"),
        FRENCH.replace("1 234,56", '"1 234,56"').replace(";", ",").encode("utf-8"),
        FRENCH.replace(" ", "\u202f").encode("utf-8"),
        ("Export du 01/01/2026\r\n\r\n" + FRENCH).encode("utf-8"),
    ],
    ids=["utf8", "bom", "cp1252", "utf16", "tab", "pipe", "comma", "narrow", "title"],
)
def test_a_french_csv_however_it_is_written(tmp_path, content):
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    export = read_export(path, "fr")
    row = export.rows[0]
    assert row["account"] == "00123"
    assert row["name"].replace("\u202f", " ") == "Café Élan"
    assert row["turnover"] == 1234.56
    assert row["last_visit"] == dt.datetime(2025, 12, 31)
    assert row["Région"] == "Sud"
    assert list(export.own) == ["Région"]
    assert len(export.rows) == 1


def test_an_excel_export_is_read_from_the_sheet_that_holds_accounts(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Cover"])
    sheet = book.create_sheet("Data")
    sheet.append(["Report", None])
    sheet.append(["Account", "Turnover", "Last visit", "Colour"])
    sheet.append([42, 1000, dt.datetime(2026, 1, 5), "red"])
    path = tmp_path / "export.xlsx"
    book.save(path)
    export = read_export(path, "en")
    assert export.rows == [
        {"account": "42", "turnover": 1000.0, "last_visit": dt.datetime(2026, 1, 5), "Colour": "red"}
    ]


def test_what_cannot_be_read_stays_as_it_was_written(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text("Account,Turnover,Last visit\nC1,n/c,soon\n", encoding="utf-8")
    assert read_export(path, "en").rows == [{"account": "C1", "turnover": "n/c", "last_visit": "soon"}]


def test_columns_that_refresh_fills_are_not_taken_from_an_export(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text("Account,Score,Class,Region,Region\nC1,99,A,S,N\n", encoding="utf-8")
    export = read_export(path, "en")
    assert export.rows[0] == {
        "account": "C1",
        "Score (2)": 99.0,
        "Class (2)": "A",
        "Region": "S",
        "Region (2)": "N",
    }


def test_headers_that_other_programs_use_are_understood(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(
        "N° client;Nom;CP;CA HT;Retard de paiement\nA1;Dupont;01000;1 200,5;12\n", encoding="utf-8"
    )
    export = read_export(path, "fr")
    assert export.rows == [
        {"account": "A1", "name": "Dupont", "postcode": "01000", "turnover": 1200.5, "days_late": 12.0}
    ]


def test_totals_and_other_rows_without_a_code_are_set_aside_and_counted(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text("Account,Turnover\nC1,10\n,\n,TOTAL,\n,30\n", encoding="utf-8")
    export = read_export(path, "en")
    assert [row["account"] for row in export.rows] == ["C1"]
    assert export.n_set_aside == 2


def test_a_quotation_mark_in_a_name_loses_no_row(tmp_path):
    path = tmp_path / "export.csv"
    lines = ["Account;Name;Turnover", *(f"C{n};Company {n};{n}" for n in range(50))]
    lines += ['50;"3 pipes;5', *(f"D{n};x;1" for n in range(50))]
    path.write_text("\n".join(lines), encoding="utf-8")
    export = read_export(path, "en")
    assert len(export.rows) == 101
    assert export.rows[50]["name"] == '"3 pipes'


def test_columns_without_a_header_go_by_their_letters_and_numbers_are_numbers(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text("Account,Staff,Code2,,\nC1,12,007,x,\nC2,7,012,,\n", encoding="utf-8")
    export = read_export(path, "en")
    assert export.rows[0] == {"account": "C1", "Staff": 12.0, "Code2": "007", "D": "x"}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("export.csv", b"Name;City\nX;Y\n", "export_without_accounts"),
        ("export.csv", b"", "export_without_accounts"),
        ("export.pdf", b"%PDF", "export_of_unknown_kind"),
        ("export.csv", b"PK\x03\x04\x00\x00\x00", "export_of_unknown_kind"),
        ("export.csv", b'Account\n"' + b"x" * 1_100_000, "export_line_too_long"),
        ("export.xlsx", b"not a zip", "not_a_workbook"),
    ],
)
def test_what_is_no_export_is_refused(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refusal, match=code):
        read_export(path, "en")


def test_a_missing_export_is_refused(tmp_path):
    with pytest.raises(Refusal, match="not_found"):
        read_export(tmp_path / "none.csv", "en")
