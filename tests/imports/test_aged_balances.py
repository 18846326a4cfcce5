"""Aged balances and balances of clients, however their columns are called; contradictions are said."""

import datetime as dt

import pytest
from imports.harness import sheet, taken
from support.books import Tables

from addin.refusals import Refusal

TODAY = dt.date(2026, 11, 29)


def read(folder, text, language="fr", **options):
    return taken(folder, text, Tables(language), today=TODAY, **options)


@pytest.mark.parametrize(
    "ages",
    [
        "0-30;31-60;61-90;>90",
        "1 - 30;31 - 60;61 - 90;91 and over",
        "0 à 30 j;31 à 60 j;61 à 90 j;plus de 90 j",
        "De 1 à 30 jours;De 31 à 60 jours;De 61 à 90 jours;+ de 90 jours",
        "Échu 1-30 j;Échu 31-60 j;Échu 61-90 j;Échu > 90 j",
        "< 1 month;1 month;2 months;Older",
        "30 jours;60 jours;90 jours;120 jours et plus",
        "0-30 days;31-60 days;61-90 days;90+ days",
        "1-30 days past due;31-60 days past due;61-90 days past due;91+",
        "0-30;31-60;61-90;91-Above",
    ],
)
@pytest.mark.parametrize("not_due", ["Non échu", "À échoir", "Current", "Not due", "Courant"])
def test_ages_are_known_by_the_days_that_they_name(tmp_path, ages, not_due):
    text = f"N° compte;Intitulé;Solde;{not_due};{ages}\nC1;Alpha;175,00;100,00;50,00;0,00;-10,00;35,00\n"
    found = read(tmp_path, text)
    assert found["C1"].items() >= {"open_amount": 175.0, "overdue": 75.0}.items()
    assert "from_invoice" not in found.guesses()
    assert "differs" not in found.guesses()


def test_what_is_open_is_the_sum_of_the_ages_where_no_column_says_it(tmp_path):
    found = read(tmp_path, "Client;Non échu;0-30;31-60\nAlpha;100,00;50,00;\nBeta;;;\n")
    assert found.column("open_amount") == {"Alpha": 150.0}
    assert found.column("overdue") == {"Alpha": 50.0}


def test_a_row_and_a_total_that_contradict_themselves_are_said(tmp_path):
    text = (
        "Compte;Nom du client;Total dû;Non échu;1-30 j;31-60 j;> 60 j\n"
        "C1;ALPHA;1 000,00;400,00;100,00;200,00;200,00\n"
        "C2;BETA;500,00;500,00;;;\n"
        "TOTAL;;1 600,00;900,00;100,00;200,00;200,00\n"
    )
    found = read(tmp_path, text)
    assert {"differs", "total"} <= found.guesses()
    assert "1 600 EUR" in found.said("fr").replace("\u202f", " ").replace("\N{NO-BREAK SPACE}", " ")
    assert found.column("open_amount") == {"C1": 1000.0, "C2": 500.0}


@pytest.mark.parametrize("label", ["%", "Pourcentage", "Percentage of total", ""])
def test_a_line_of_shares_is_none_of_an_account(tmp_path, label):
    rows = f"Alpha,1.00,2.00,3.00,6.00\n{label or 'Part'},17%,33%,50%,100%\n"
    text = f"Contact,Current,1 - 30,31 - 60,Total\n{rows}"
    found = read(tmp_path, text, "en")
    assert found.accounts.keys() == {"Alpha"}
    assert found.aside == [(3, "shares_line")]


def test_the_total_of_a_client_and_its_own_clients_is_checked_by_its_name(tmp_path):
    text = (
        ",Current,1 - 30,31 - 60,Total\nNorth,,1.00,,1.00\nSouth,2.00,,,2.00\n   Site,3.00,,,3.00\n"
        "Total for South,{},,,{}\n"
    )
    assert "total" not in read(tmp_path, text.format("5.00", "5.00"), "en").guesses()
    assert "total" in read(tmp_path, text.format("6.00", "6.00"), "en").guesses()


def test_a_balance_with_a_column_a_side_is_what_is_open(tmp_path):
    text = (
        "N° compte;Intitulé;Débit;Crédit;Solde débiteur;Solde créditeur\n411A;ALPHA;1200,00;200,00;1000,00;\n"
        "411B;BETA;100,00;150,00;;50,00\n401F;FOURNI;;150,00;;150,00\nTotaux;;1300,00;500,00;1000,00;200,00\n"
    )
    found = read(tmp_path, text)
    assert found.column("open_amount") == {"411A": 1000.0, "411B": -50.0}
    assert found.aside == [(4, "supplier"), (5, "totals_line")]


@pytest.mark.parametrize("columns", ["Débit;Crédit;Solde", "Mouvement D;Mouvement C;Solde"])
def test_a_balance_of_all_accounts_of_the_books_is_refused(tmp_path, columns):
    rows = "411000;Clients;100;0;100\n512000;Banque;900;0;900\n706000;Ventes;0;1000;-1000\n"
    text = f"Compte;Intitulé;{columns}\n{rows}"
    with pytest.raises(Refusal, match="entries_without_fec"):
        read(tmp_path, text)


def test_amounts_of_an_older_report_do_not_pass_for_those_of_today(tmp_path):
    text = "Balance âgée;;;\nArrêtée au 31/12/2025;;;\nClient;Non échu;1-30;31-60\nAlpha;1,00;2,00;3,00\n"
    found = read(tmp_path, text)
    assert found.done.facts["accounts"].until["open_amount"] == dt.date(2025, 12, 31)
    assert {"stale"} <= found.notes()


def test_accounts_in_another_currency_have_no_amounts(tmp_path):
    text = "Code client;Nom;Devise;Solde\nC1;Alpha;EUR;100,00\nC2;Beta;USD;900,00\n"
    found = read(tmp_path, text)
    assert found.column("open_amount") == {"C1": 100.0}
    assert "other_currency" in found.guesses()
    with pytest.raises(Refusal, match="import_other_currency"):
        read(tmp_path, "Code client;Nom;Devise;Solde\nC2;Beta;USD;900,00\n")


def test_an_aged_balance_in_a_sheet_is_read_alike(tmp_path):
    rows = [
        ["A/R Aging Summary"],
        ["As of Nov 28, 2026"],
        ["", "Current", "1 - 30", "31 - 60", "Total"],
        ["Alpha", 100, 50, None, 150],
        ["TOTAL", 100, 50, 0, 150],
    ]
    found = taken(tmp_path, sheet(rows), Tables("en"), name="aging.xlsx", today=TODAY)
    assert found["Alpha"].items() >= {"open_amount": 150.0, "overdue": 50.0}.items()


class TestSigns:
    """Amounts with the sign of another currency than the workbook's."""

    AGED = "Customer,Current,1 - 15 Days,> 15 Days,Total\nAlpha,{0}100.00,{0}0.00,{0}50.00,{0}150.00\n"

    def test_a_new_workbook_takes_them_as_they_are_and_says_so(self, tmp_path):
        found = read(tmp_path, self.AGED.format("$"), "en")
        assert found["Alpha"].items() >= {"open_amount": 150.0, "overdue": 50.0}.items()
        assert "sign" in found.guesses()

    def test_a_workbook_in_use_refuses_them(self, tmp_path):
        tables = Tables("en").rows("Clients", [{"account": "C1", "status": "Client"}])
        with pytest.raises(Refusal, match="import_other_currency"):
            taken(tmp_path, self.AGED.format("$"), tables, today=TODAY)
        assert taken(tmp_path, self.AGED.format("€"), tables, today=TODAY)["Alpha"]["open_amount"] == 150.0

    def test_a_header_that_names_another_currency_counts_too(self, tmp_path):
        tables = Tables("en").rows("Clients", [{"account": "C1", "status": "Client"}])
        with pytest.raises(Refusal, match="import_other_currency"):
            taken(tmp_path, "Account;Name;Turnover (USD)\nC2;Beta;100\n", tables, today=TODAY)
        found = taken(tmp_path, "Account;Name;Turnover (EUR)\nC2;Beta;100\n", tables, today=TODAY)
        assert found["C2"]["turnover"] == 100.0

    def test_two_signs_in_one_column_are_refused(self, tmp_path):
        with pytest.raises(Refusal, match="import_mixed_currencies"):
            read(tmp_path, "Account;Name;Balance\nC1;Alpha;€100.00\nC2;Beta;$900.00\n", "en")
