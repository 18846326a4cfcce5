"""Lists grouped by client: each row has the client of the line above, totals are checked and set aside."""

import datetime as dt

import pytest
from imports.harness import lines, sheet, taken
from support.books import Tables

from addin.refusals import Refusal

TODAY = dt.date(2026, 11, 29)
HEADERS = ["Date", "Journal", "N° pièce", "Libellé", "Débit", "Crédit", "Solde"]


def read(folder, text, language="fr", **options):
    return taken(folder, text, Tables(language), today=TODAY, **options)


def group(label, *, total, name=""):
    """A client, an invoice and a total, which may be wrong."""
    head = [label, name] if name else [label]
    return [
        [*head, *[""] * (7 - len(head))],
        ["05/10/2026", "VE", "F1", "Facture F1", "2 400,00", "", "2 400,00"],
        [f"Total {name or label}", "", "", "", total, "", total],
    ]


@pytest.mark.parametrize(
    ("label", "name", "code", "called"),
    [
        ("411ALPHA", "ALPHA SAS", "411ALPHA", "ALPHA SAS"),
        ("411001 ALPHA SAS", "", "411001", "ALPHA SAS"),
        ("411001 - ALPHA SAS", "", "411001", "ALPHA SAS"),
        ("Compte : 411001 - ALPHA SAS", "", "411001", "ALPHA SAS"),
        ("Compte : 411001", "ALPHA SAS", "411001", "ALPHA SAS"),
        ("Client : ALPHA SAS", "", "ALPHA SAS", "ALPHA SAS"),
        ("ALPHA SAS", "", "ALPHA SAS", "ALPHA SAS"),
    ],
)
def test_the_line_above_names_the_client_by_code_and_name_or_by_name(tmp_path, label, name, code, called):
    found = read(tmp_path, lines(HEADERS, *group(label, name=name, total="2 400,00")))
    assert found[code].items() >= {"name": called, "open_amount": 2400.0}.items()
    assert found.aside == [(4, "totals_line")]
    assert "total" not in found.guesses()


def test_a_total_that_differs_from_its_rows_is_said(tmp_path):
    found = read(tmp_path, lines(HEADERS, *group("411ALPHA", name="ALPHA", total="2 500,00")))
    assert "total" in found.guesses()
    assert found["411ALPHA"]["open_amount"] == 2400.0


def test_suppliers_among_the_clients_are_set_aside_by_name(tmp_path):
    rows = [*group("411001 ALPHA", total="2 400,00"), *group("401001 FOURNI", total="2 400,00")]
    found = read(tmp_path, lines(HEADERS, *rows, ["Total général", "", "", "", "4 800,00", "", "4 800,00"]))
    assert found.accounts.keys() == {"411001"}
    assert (6, "supplier") in found.aside
    assert "total" not in found.guesses()


@pytest.mark.parametrize("labels", [("512000 Banque", "706000 Ventes"), ("janvier 2026", "février 2026")])
def test_what_is_grouped_by_something_else_is_not_taken_for_clients(tmp_path, labels):
    rows = [row for label in labels for row in group(label, total="2 400,00")]
    with pytest.raises(Refusal, match=r"entries_without_fec|import_(of_no_kind|lacks_columns)"):
        read(tmp_path, lines(HEADERS, *rows))


def test_a_statement_of_one_client_has_the_client_of_its_head(tmp_path):
    rows = [
        ["Relevé de compte"],
        ["Client : 411ALPHA ALPHA SAS"],
        HEADERS,
        ["15/10/2026", "VE", "F1", "Facture F1", "1 200,00", "", "1 200,00"],
        ["20/11/2026", "BQ", "", "Virement", "", "1 000,00", "200,00"],
    ]
    found = read(tmp_path, lines(*rows))
    assert found["411ALPHA"].items() >= {"name": "ALPHA SAS", "open_amount": 200.0}.items()


def test_sums_above_a_group_are_no_invoices(tmp_path):
    day = dt.datetime(2026, 10, 3)
    rows = [
        ["Number", "Partner", "Invoice Date", "Due Date", "Untaxed Amount Signed", "Amount Due Signed"],
        ["Alpha Ltd (2)", None, None, None, 300.0, 120.0],
        ["INV/1", "Alpha Ltd", day, day, 100.0, 0.0],
        ["INV/2", "Alpha Ltd", day, day, 200.0, 120.0],
        ["Beta (1)", None, None, None, 50.0, 60.0],
        ["INV/3", "Beta", day, day, 50.0, 60.0],
    ]
    found = taken(tmp_path, sheet(rows), Tables("en"), name="moves.xlsx", today=TODAY)
    assert found.column("open_amount") == {"Alpha Ltd": 120.0, "Beta": 60.0}
    assert found.aside == [(2, "totals_line"), (5, "totals_line")]
    assert "total" not in found.guesses()


def test_groups_in_a_list_that_names_the_client_of_each_row_too_are_but_totals(tmp_path):
    text = (
        ",Type,Date,Num,Name,Due Date,Open Balance\nAlpha,,,,,,\n"
        ",Invoice,10/15/2026,1001,Alpha,11/14/2026,1200.00\nTotal Alpha,,,,,,1200.00\n"
        "Beta,,,,,,\n,Invoice,11/01/2026,1010,Beta,12/01/2026,800.00\nTotal Beta,,,,,,900.00\n"
        "TOTAL,,,,,,2000.00\n"
    )
    found = read(tmp_path, text, "en")
    assert found.column("open_amount") == {"Alpha": 1200.0, "Beta": 800.0}
    assert [reason for _, reason in found.aside] == ["totals_line"] * 3
    assert "900\N{NO-BREAK SPACE}EUR" in found.said("en")


@pytest.mark.parametrize("block", [40, 97, 1000])
def test_a_grouped_list_read_in_parts_is_the_same(tmp_path, block):
    rows = [row for at in range(9) for row in group(f"41100{at} CLIENT {at}", total="2 400,00")]
    whole = read(tmp_path, lines(HEADERS, *rows))
    parts = read(tmp_path, lines(HEADERS, *rows), name="parts.csv", block=block)
    assert whole.accounts == parts.accounts
    assert whole.aside == parts.aside
