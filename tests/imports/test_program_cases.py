"""Exports as strangers sent them: account lists, CRMs, aged balances and lists grouped by client."""

import datetime as dt
import io
from pathlib import Path

import pytest
import xlsxwriter
from imports.harness import sentences, taken, taken_from
from support.books import Tables

from addin.refusals import Refusal

CASES = Path(__file__).parent / "data" / "cases"
TODAY = dt.date(2026, 11, 29)


def case(name, language="fr", **options):
    return taken_from([CASES / name], Tables(language), today=TODAY, **options)


def homes(found):
    """Sheet and status of each account."""
    return {code: (row["table"], row["status"]) for code, row in found.accounts.items()}


CLIENT, PROSPECT = ("Clients", "Client"), ("Prospects", "Prospect")


class TestAccountLists:
    """Lists of accounts from CRMs and ERPs."""

    def test_the_key_of_a_row_is_no_code_where_the_list_has_codes(self):
        found = case("a-d365_en.xlsx")
        assert homes(found) == {"ACC-1001": CLIENT, "Eastgate SA": CLIENT, "Southbank Tools": PROSPECT}
        assert (
            found["ACC-1001"].items()
            >= {"town": "Lyon", "postcode": "69003", "phone": "01 02 03 04 05"}.items()
        )
        assert "named" in found.guesses()
        assert "Southbank Tools" in found.said("fr")

    def test_hidden_rows_are_read_like_the_others_and_that_is_said(self, tmp_path):
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream) as book:
            found = book.add_worksheet("Data")
            for at, row in enumerate((["Account", "Name"], ["C1", "Alpha"], ["C2", "Beta"])):
                found.write_row(at, 0, row)
            found.set_row(2, None, None, {"hidden": True})
        read = taken(tmp_path, stream.getvalue(), name="filtered.xlsx")
        assert read.accounts.keys() == {"C1", "C2"}
        assert "hidden_rows" in read.guesses()

    @pytest.mark.parametrize(
        ("header", "word", "answer", "expected"),
        [
            ("Type", "Partenaire", "Prospect", PROSPECT),
            ("Statut", "VIP", "Suspect", ("Prospects", "Suspect")),
        ],
    )
    def test_a_word_that_is_not_known_is_said_and_an_answer_is_remembered(
        self, tmp_path, header, word, answer, expected
    ):
        text = f"Code client;Nom;{header}\nC1;Alpha;Client\nC2;Beta;{word}\n"
        before = taken(tmp_path, text, Tables("fr"))
        assert homes(before) == {"C1": CLIENT, "C2": CLIENT}
        assert "unknown" in before.guesses()
        assert f'--map "{header}:{word}=' in before.said("fr")
        told = taken(tmp_path, text, Tables("fr"), columns={f"{header}:{word}": answer})
        assert homes(told) == {"C1": CLIENT, "C2": expected}
        assert "unknown" not in told.guesses()
        assert {row["source"]: row["target"] for row in told.rows_of("importcolumns")}[
            f"{header}:{word}"
        ] == answer

    @pytest.mark.parametrize("header", ["Statut", "Type", "Client / Prospect"])
    def test_codes_of_neither_client_prospect_and_both_are_read_and_said(self, tmp_path, header):
        rows = "".join(f"C{code};Alpha {code};{code}\n" for code in range(4))
        found = taken(tmp_path, f"Code client;Nom;{header}\n{rows}", Tables("fr"))
        assert homes(found) == {"C1": CLIENT, "C2": PROSPECT, "C3": CLIENT}
        assert found.aside == [(2, "no_client")]
        assert "codes" in found.guesses()

    def test_a_nought_on_several_rows_is_no_code(self, tmp_path):
        text = "Account Name,Account Number,Billing City\nAlpha,0,Lyon\nBeta,0,Paris\nGamma,A-1,Nice\n"
        assert taken(tmp_path, text).accounts.keys() == {"Alpha", "Beta", "A-1"}

    def test_an_account_that_a_person_says_is_none_is_left_out(self, tmp_path):
        text = "Code client;Nom;Etat\nC1;Alpha;Ouvert\nC2;Beta;Fermé\n"
        assert "inactive" in taken(tmp_path, text, Tables("fr")).guesses()
        told = taken(tmp_path, text, Tables("fr"), columns={"Etat:Fermé": "à écarter"})
        assert told.accounts.keys() == {"C1"}

    def test_accounts_of_the_books_are_no_codes_of_clients(self, tmp_path):
        text = "N° compte;Intitulé;Code postal\n411000;ALPHA;69003\n411000;BETA;01000\n411000;GAMMA;75001\n"
        found = taken(tmp_path, text, Tables("fr"))
        assert found.accounts.keys() == {"ALPHA", "BETA", "GAMMA"}

    def test_what_a_report_writes_below_its_list_is_no_account(self):
        found = case("a-sf_report.csv")
        assert homes(found) == {"A-001": CLIENT, "A-002": PROSPECT, "A-003": CLIENT}
        assert {reason for _, reason in found.aside} == {"text_alone"}
        assert "turnover" not in found.done.merged.fields

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("a-hubspot.csv", {"9870123401": CLIENT, "9870123402": PROSPECT}),
            ("a-st.csv", {"A1": CLIENT, "A2": PROSPECT, "A3": PROSPECT, "A4": CLIENT}),
            ("c-dolibarr_tiers.csv", {"CU2401-00012": CLIENT, "CU2402-00013": CLIENT, "Gamma": PROSPECT}),
            ("a-pipedrive.csv", {"101": CLIENT, "102": PROSPECT}),
            ("c-sage100_tiers.txt", {"ALPHA": CLIENT, "BETA": CLIENT}),
        ],
    )
    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_what_others_call_clients_and_prospects_goes_to_its_sheet(self, name, expected, language):
        assert homes(case(name, language)) == expected

    def test_rows_of_the_contacts_of_a_client_are_none_of_its_own(self):
        found = case("b-odoo_partner_fr.xlsx")
        assert found.accounts.keys() == {"C0001", "C0002", "Métal Est"}
        assert found.aside == [(3, "further_line")]
        assert "company_no" not in found["C0002"]  # Odoo writes FALSE for nothing

    def test_two_of_one_name_in_two_places_are_two_accounts_that_are_listed(self):
        found = case("e-homonymes.csv")
        assert found.column("sector") == {
            "Boulangerie Martin (69003)": "Nord",
            "Boulangerie Martin (13001)": "Sud",
        }
        (double,) = found.done.doubles
        assert double.reason == "same_name"
        again = taken_from([CASES / "e-homonymes.csv"], known_from(found), today=TODAY)
        assert not again.done.changes_accounts

    def test_one_of_them_alone_is_found_again_by_its_place(self, tmp_path):
        before = known_from(case("e-homonymes.csv"))
        found = taken(
            tmp_path, "Nom;Code postal;Secteur\nBoulangerie Martin;13001;Est\n", before, today=TODAY
        )
        assert found.column("sector") == {
            "Boulangerie Martin (69003)": "Nord",
            "Boulangerie Martin (13001)": "Est",
        }

    def test_another_place_makes_another_account_of_a_name_that_the_workbook_knows(self, tmp_path):
        before = known_from(taken(tmp_path, "Nom;Code postal\nMartin;69003\n", Tables("fr"), today=TODAY))
        found = taken(tmp_path, "Nom;Code postal\nMartin;13001\n", before, today=TODAY)
        assert found.column("postcode") == {"Martin": "69003", "Martin (13001)": "13001"}

    def test_numbers_of_companies_are_read_out_of_what_stands_around_them(self):
        found = case("company-numbers.csv")
        assert found["B1"]["company_no"] == "552081317"
        assert found["E1"]["company_no"] == "732829320"
        pairs = {(one.code, one.other) for one in found.done.doubles}
        assert pairs >= {("B1", "B2"), ("C1", "C2"), ("C1", "D1"), ("C1", "E1")}
        assert not {code for pair in pairs for code in pair if code in {"B1", "B2"}} - {"B1", "B2"}

    def test_two_without_codes_that_share_their_name_are_not_merged(self):
        found = case("same_names.csv")
        assert found.column("postcode") == {
            "ALPHA SA": "69001",
            "MARTIN (17250)": "17250",
            "MARTIN (75001)": "75001",
        }


def known_from(found):
    """The tables after an import."""
    tables = Tables(found.language)
    for table in ("Clients", "Prospects"):
        rows = [
            {"account": code, **{key: cell for key, cell in row.items() if key not in ("table", "account")}}
            for code, row in found.accounts.items()
            if row["table"] == table
        ]
        if rows:
            tables.rows(table, rows)
    return tables


class TestInvoiceLists:
    """Lists of invoices, and what is said of one that lacks something."""

    def test_a_list_with_payments_has_what_is_open_of_each_invoice(self):
        found = case("c-dolibarr_factures.csv")
        assert found.column("open_amount") == {"CU2401-00012": 0.0, "CU2402-00013": 300.0}
        assert found.report.units_used == found.report.units_read

    def test_payments_of_one_invoice_do_not_multiply_it(self):
        assert case("e-dolibarr_paiements.csv")["CU1"].items() >= {"turnover": 1300.0, "orders": 13.0}.items()

    def test_drafts_and_cancelled_invoices_tell_until_when_the_list_knows(self):
        found = case("c-pennylane_factures.csv")
        assert found.aside == [(4, "left_out"), (5, "left_out")]
        assert found["Beta SARL"].items() >= {"open_amount": 300.0, "overdue": 300.0}.items()

    def test_the_date_of_invoicing_is_that_of_the_invoice(self):
        assert case("date_facturation.csv").column("last_purchase") == {"CU1": dt.datetime(2024, 2, 25)}

    @pytest.mark.parametrize(
        ("headers", "missing", "answer"),
        [
            ("N° facture;Code client;Montant HT", "la date de la facture", ""),
            ("N° facture;Date facturation;Montant HT", "le compte", ""),
            ("N° facture;Code client;Nom;Ville;Montant HT", "la date de la facture", ""),
            ("N° facture;Quand;Code client;Montant HT", "la date de la facture", "Quand=Date de facture"),
        ],
    )
    def test_a_list_of_invoices_that_lacks_something_is_refused_with_what_it_lacks(
        self, tmp_path, headers, missing, answer
    ):
        cells = {"N° facture": "FA1", "Code client": "C1", "Montant HT": "1,00", "Quand": "15/01/2026"}
        row = ";".join(cells.get(header, "15/01/2026") for header in headers.split(";"))
        with pytest.raises(Refusal, match=r"import_(of_no_kind|lacks_columns)") as refused:
            taken(tmp_path, f"{headers}\n{row}\n", Tables("fr"), today=TODAY)
        said = sentences(refused.value)["fr"]
        assert missing in said
        assert answer in said
        if answer:
            source, _, target = answer.partition("=")
            found = taken(
                tmp_path, f"{headers}\n{row}\n", Tables("fr"), today=TODAY, columns={source: target}
            )
            assert found.done.recognition.files[0].kind == "ledger"

    def test_one_name_with_several_postcodes_is_said(self, tmp_path):
        text = "Client;Code postal;Date de facture;Montant HT\nMartin;69003;01/10/2026;1,00\n"
        found = taken(tmp_path, f"{text}Martin;13001;02/10/2026;2,00\n", Tables("fr"), today=TODAY)
        assert "several_places" in found.guesses()
        assert "13001" in found.said("fr")


class TestGroupedLists:
    """A line with the client, its rows, a sub-total."""

    def test_an_ageing_detail_has_the_client_of_the_line_above(self):
        found = case("b-qbo_ar_detail.csv")
        assert found.column("open_amount") == {"Northfield Foods": 1700.0, "Southbank Tools": 650.0}
        assert found.column("overdue") == {"Northfield Foods": 1700.0, "Southbank Tools": 0.0}
        assert found.aside == [(9, "totals_line"), (13, "totals_line"), (14, "totals_line")]
        assert "totals_in" in found.guesses()  # only the totals are marked as dollars
        assert "total" not in found.guesses()

    def test_an_auxiliary_ledger_is_a_statement_of_each_client(self):
        found = case("c-grand_livre_aux.csv")
        assert found.column("open_amount") == {"411ALPHA": 600.0, "411BETA": 2400.0}
        assert found.column("overdue") == {
            "411ALPHA": 600.0,
            "411BETA": 2400.0,
        }  # as of the end of its period
        assert found.column("name") == {"411ALPHA": "ALPHA SAS", "411BETA": "BETA SARL"}
        assert [reason for _, reason in found.aside] == ["totals_line"] * 3

    def test_sums_above_their_group_are_checked_and_no_invoice(self):
        found = case("b-odoo_moves_grouped.xlsx")
        assert found.column("open_amount") == {"Fromages du Nord": 1440.0, "Outils du Sud": -120.0}
        assert found.aside == [(2, "totals_line"), (5, "totals_line")]
        assert found.report.units_used == 2900 * 10**6 or "total" in found.guesses()
        assert "1,440\N{NO-BREAK SPACE}EUR" in found.said("en")


class TestAgedBalances:
    """A row a client: what it owes, and what of it is past due."""

    def test_balance_and_overdue_are_read_and_the_total_is_checked(self):
        found = case("c-balance_agee.csv")
        assert found.column("open_amount") == {"411ALPHA": 12500.0, "411BETA": -350.0, "411GAMMA": 4200.5}
        assert found.column("overdue") == {"411ALPHA": 4500.0, "411BETA": 0.0, "411GAMMA": 4200.5}
        assert found.aside == [(8, "totals_line")]
        assert not found.guesses() & {"total", "differs"}
        assert found.done.facts["accounts"].until["open_amount"] == dt.date(2026, 11, 28)

    def test_customers_of_a_customer_are_accounts_of_their_own(self):
        found = case("b-qbo_ar_summary.csv")
        assert found.column("open_amount") == {
            "Northfield Foods": 1700.0,
            "Southbank Tools": 650.0,
            "Southbank Tools:North site": 100.0,
        }
        assert found.column("overdue")["Northfield Foods"] == 1700.0
        assert "total" not in found.guesses()

    def test_ages_without_what_is_not_due_are_taken_for_past_due_and_that_is_said(self):
        found = case("aged-auxiliary.csv")
        assert found.column("open_amount") == {"C005": 1422.0, "C006": 810.0, "C004": 720.0, "C000": -402.0}
        assert found.column("overdue") == found.column("open_amount")
        assert found.column("name")["C006"] == "Garage Çelik"
        assert "from_invoice" in found.guesses()
