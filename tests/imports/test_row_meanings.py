"""What columns make of the rows of a ledger: statuses, kinds, currencies, sides, payments, totals."""

import datetime as dt
from pathlib import Path

import pytest
from imports.harness import lines, sentences, taken, taken_from

from addin.refusals import Refusal

CASES = Path(__file__).parent / "data" / "cases"
TODAY = dt.date(2026, 11, 29)
HEADERS = ("Code client", "Nom", "Date facture", "N° facture", "Montant HT")
MONTHS = [(year, month) for year in (2024, 2025, 2026) for month in range(1, 13)][:35]
INVOICES = [("C1", "Alpha", "2023-12-14", "FA000", 100)]
INVOICES += [("C1", "Alpha", f"{year}-{month:02}-14", f"FA{year}{month:02}", 100) for year, month in MONTHS]
TURNOVER = 1200.0
"""That of the twelve months up to the day of the import."""


def ledger(*others, header, word, headers=HEADERS, rows=INVOICES):
    """Invoices with a word each in a column of their own, and other rows below them."""
    return lines((*headers, header), *((*row, word) for row in rows), *others)


def other(word, amount=1000, number="X1", day="2026-10-20"):
    return ("C1", "Alpha", day, number, amount, word)


def turnover(folder, content, **settings):
    found = taken(folder, content, today=TODAY, **settings)
    return found.column("turnover")["C1"], found


def asked(folder, content, code, **settings):
    with pytest.raises(Refusal, match=code) as refused:
        taken(folder, content, today=TODAY, **settings)
    return sentences(refused.value)


def of_case(name, **settings):
    return taken_from([CASES / name], today=TODAY, **settings)


class TestCases:
    @pytest.mark.parametrize(
        ("name", "fields"),
        [
            ("h-dolibarr_reglements.csv", {"turnover": 1300.0, "orders": 13.0, "open_amount": 0.0}),
            ("e-statut.csv", {"turnover": 1300.0, "orders": 13.0}),
            ("h-devises.csv", {"turnover": 1300.0, "turnover_1": 1200.0, "turnover_2": 1300.0}),
            ("e-releve_sens.csv", {"turnover": 1300.0, "orders": 13.0, "open_amount": 200.0}),
            ("e-releve_dc.csv", {"turnover": 1200.0, "open_amount": 1900.0, "overdue": 1800.0}),
        ],
    )
    def test_the_figures_of_a_case_are_those_worked_out_by_hand(self, name, fields):
        (account,) = of_case(name).accounts.values()
        assert {key: account[key] for key in fields} == fields

    def test_what_is_set_aside_of_a_case_is_named_and_weighed_in_its_currency(self):
        assert {reason for _, reason in of_case("e-statut.csv").aside} == {"left_out"}
        said = of_case("h-devises.csv").said("en")
        assert "set aside: 38 (3,800,000 JPY)." in said
        assert "set aside, line 3: 100,000 JPY: not in the currency of the workbook" in said

    def test_orders_and_quotes_of_a_case_are_no_sales_and_its_credit_notes_are_taken_off(self):
        found = of_case("h-type2.csv")
        assert found.report.units_used == 900 * 10_000
        assert {reason for _, reason in found.aside} == {"no_sale"}


class TestStatus:
    @pytest.mark.parametrize("header", ["Statut", "État", "Status", "Statut de la facture", "payment_state"])
    @pytest.mark.parametrize(
        "word", ["Annulé", "Brouillon", "À valider", "Void", "Draft", "cancel", "Proforma"]
    )
    def test_what_was_never_billed_is_left_out_by_name(self, tmp_path, header, word):
        amount, found = turnover(tmp_path, ledger(other(word), header=header, word="Payée"))
        assert amount == TURNOVER
        assert found.aside == [(38, "left_out")]
        assert word in found.said("fr")

    @pytest.mark.parametrize(
        "word", ["Partially paid", "Réglée", "En retard", "Overdue", "Envoyée", "posted"]
    )
    def test_what_was_billed_counts_paid_or_not(self, tmp_path, word):
        assert turnover(tmp_path, ledger(header="Statut", word=word))[0] == TURNOVER

    @pytest.mark.parametrize("word", ["Uncollectible", "Saisie", "On hold", "Statut 7"])
    def test_a_word_that_nobody_knows_is_asked_and_either_answer_works(self, tmp_path, word):
        content = ledger(other(word), header="Statut", word="Payée")
        texts = asked(tmp_path, content, "import_unknown_words")
        assert f'--map "Statut:{word}=counts"' in texts["en"]
        assert f'--map "Statut:{word}=à compter"' in texts["fr"]
        counted = {f"Statut:{word}": "counts"}
        assert turnover(tmp_path, content, columns=counted)[0] == TURNOVER + 1000
        assert turnover(tmp_path, content, columns={f"Statut:{word}": "left out"})[0] == TURNOVER

    @pytest.mark.parametrize(("no", "yes"), [("Non", "Oui"), ("0", "1"), ("No", "Yes"), ("FAUX", "VRAI")])
    def test_yes_and_no_below_cancelled_are_no_codes(self, tmp_path, no, yes):
        amount, found = turnover(tmp_path, ledger(other(yes), header="Annulée", word=no))
        assert (amount, found.report.n_aside) == (TURNOVER, 1)

    def test_the_numbers_of_erpnext_are_draft_submitted_and_cancelled(self, tmp_path):
        content = ledger(other("0"), other("2"), header="docstatus", word="1")
        assert turnover(tmp_path, content)[0] == TURNOVER


class TestByTheirWords:
    """A column whose name says nothing."""

    @pytest.mark.parametrize(
        ("header", "word", "telling", "role"),
        [
            ("Situation", "Réglée", "Annulée", "Invoice status"),
            ("Avancement", "Payée", "Brouillon", "Invoice status"),
            ("Stade", "Facture", "Devis", "Kind of document"),
            ("Catégorie", "Facture", "Avoir", "Kind of document"),
            ("Genre", "F", "A", "Kind of document"),
            ("Domaine", "Vente", "Achat", "Kind of document"),
            ("Col6", "D", "C", "Debit or credit"),
        ],
    )
    def test_words_that_would_change_what_counts_are_asked(self, tmp_path, header, word, telling, role):
        content = ledger(other(telling), header=header, word=word)
        texts = asked(tmp_path, content, "import_column_by_words")
        assert f'--map "{header}={role}"' in texts["en"]
        assert telling in texts["fr"]
        told = {header: "(not imported)"}
        assert turnover(tmp_path, content, columns=told)[0] == TURNOVER + 1000

    def test_told_so_the_column_is_what_its_words_say(self, tmp_path):
        content = ledger(other("Annulée"), header="Situation", word="Réglée")
        assert turnover(tmp_path, content, columns={"Situation": "Invoice status"})[0] == TURNOVER

    def test_a_word_far_below_the_first_rows_is_found_too(self, tmp_path):
        rows = [("C1", "Alpha", "2024-01-14", f"F{n}", 0) for n in range(2000)]
        content = ledger(other("Annulée"), header="Situation", word="Réglée", rows=rows)
        asked(tmp_path, content, "import_column_by_words")

    @pytest.mark.parametrize("word", ["Réglée", "Nord", "Virement", "Facture", "Gold"])
    def test_words_that_change_nothing_are_not_asked(self, tmp_path, word):
        assert turnover(tmp_path, ledger(header="Remarque", word=word))[0] == TURNOVER

    @pytest.mark.parametrize("words", [("Paris", "Annulée sur mer"), ("BOB", "PEN"), ("Virement", "Avoir")])
    def test_towns_initials_and_ways_to_pay_are_not_asked(self, tmp_path, words):
        content = ledger(other(words[1]), header="Remarque", word=words[0])
        assert turnover(tmp_path, content)[0] == TURNOVER + 1000

    def test_a_column_of_currencies_is_known_by_its_codes(self, tmp_path):
        content = ledger(other("JPY"), header="Pays et monnaie", word="EUR")
        amount, found = turnover(tmp_path, content)
        assert amount == TURNOVER
        assert found.aside == [(38, "other_currency")]
        assert "(by the words in it)" in found.said("en")


class TestKinds:
    @pytest.mark.parametrize(
        ("word", "credit", "no_sale"),
        [
            ("FA", "AV", ("BC", "BL", "DE", "PRO")),
            ("Facture", "Avoir", ("Devis", "Bon de commande", "Bon de livraison", "Facture pro forma")),
            ("Invoice", "Credit memo", ("Estimate", "Sales order", "Quotation", "Purchase order")),
            ("FC", "AVC", ("BCC", "BLC")),
            ("380", "381", ("325",)),
            ("0", "2", ("4",)),
            ("out_invoice", "out_refund", ("in_invoice",)),
        ],
    )
    @pytest.mark.parametrize("sign", [1, -1])
    def test_credit_notes_are_taken_off_and_orders_are_no_sales(self, tmp_path, word, credit, no_sale, sign):
        others = [other(one, number=f"X{one}") for one in no_sale]
        content = ledger(other(credit, 100 * sign), *others, header="Type de document", word=word)
        amount, found = turnover(tmp_path, content)
        assert amount == TURNOVER - 100
        assert [reason for _, reason in found.aside] == ["no_sale"] * len(no_sale)

    @pytest.mark.parametrize(
        ("column", "word", "answer", "expected"),
        [
            (3, "AV", "credit note", TURNOVER - 100),
            (3, "BC", "left out", TURNOVER),
            (3, "DE", "left out", TURNOVER),
            (3, "PRO", "counts", TURNOVER + 100),
            (5, "avoir", "credit note", TURNOVER - 100),
            (5, "devis", "left out", TURNOVER),
        ],
    )
    def test_numbers_and_labels_that_begin_with_another_kind_are_asked(
        self, tmp_path, column, word, answer, expected
    ):
        row = list(other("Facture", 100))
        row[column] = f"{word}0012" if column == 3 else f"{word.capitalize()} sur FA2"
        content = ledger(row, header="Libellé", word="Facture")
        header = HEADERS[3] if column == 3 else "Libellé"
        texts = asked(tmp_path, content, "import_unknown_words")
        assert f"{header}:{word}=" in texts["en"]
        assert turnover(tmp_path, content, columns={f"{header}:{word}": answer})[0] == expected

    def test_a_credit_note_below_zero_needs_no_question(self, tmp_path):
        content = lines(HEADERS, *INVOICES, ("C1", "Alpha", "2026-10-20", "AV0001", -100))
        assert turnover(tmp_path, content)[0] == TURNOVER - 100

    def test_letters_with_which_all_numbers_begin_say_nothing(self, tmp_path):
        rows = [(*row[:3], row[3].replace("FA", "DE"), row[4]) for row in INVOICES]
        assert turnover(tmp_path, lines(HEADERS, *rows))[0] == TURNOVER


class TestMoney:
    @pytest.mark.parametrize("header", ["Devise", "Monnaie", "Curr.", "Dev", "Currency code", "ISO"])
    @pytest.mark.parametrize(("own", "foreign"), [("EUR", "USD"), ("€", "£"), ("Euro", "Franc suisse")])
    def test_only_the_currency_of_the_workbook_counts(self, tmp_path, header, own, foreign):
        amount, found = turnover(tmp_path, ledger(other(foreign), header=header, word=own))
        assert amount == TURNOVER
        assert found.aside == [(38, "other_currency")]

    @pytest.mark.parametrize(
        "header", ["Montant HT (USD)", "Montant HT en CHF", "Amount in dollars", "Total $", "Montant HT MUR"]
    )
    def test_amounts_whose_header_names_another_currency_are_refused(self, tmp_path, header):
        texts = asked(tmp_path, lines((*HEADERS[:4], header), *INVOICES), "import_other_currency")
        assert "EUR" in texts["fr"]

    @pytest.mark.parametrize(
        "header", ["Montant HT (k€)", "Montant HT K€", "Montant en milliers", "Amount (KEUR)"]
    )
    @pytest.mark.parametrize("cell", ["0,1", "100 €"])
    def test_amounts_in_thousands_are_in_units_and_that_is_said(self, tmp_path, header, cell):
        rows = [(*row[:4], cell) for row in INVOICES]
        amount, found = turnover(tmp_path, lines((*HEADERS[:4], header), *rows))
        assert amount == (TURNOVER if cell == "0,1" else TURNOVER * 1000)
        assert "in_thousands" in found.guesses()

    def test_a_cell_that_names_its_thousands_is_not_multiplied_twice(self, tmp_path):
        content = lines(("Code client", "CA N (k€)"), ("C1", "12 k€"), ("C2", "12"), ("C3", "1,5"))
        assert taken(tmp_path, content).column("turnover") == {"C1": 12_000.0, "C2": 12_000.0, "C3": 1_500.0}


class TestStatements:
    HEADERS = ("Code client", "Nom", "Date", "Pièce")

    def rows(self, debit, credit):
        """Invoices of 100 a month, each but the last two paid eleven days later."""
        for place, (code, name, day, number, amount) in enumerate(INVOICES):
            yield code, name, day, number, *debit(amount)
            if place < len(INVOICES) - 2:
                yield code, name, f"{day[:8]}25", f"R{place}", *credit(amount)

    def check(self, folder, content, **settings):
        amount, found = turnover(folder, content, **settings)
        account = found["C1"]
        assert (amount, account["orders"], account["open_amount"], account["overdue"]) == (1200, 12, 200, 100)

    @pytest.mark.parametrize(
        ("header", "debit", "credit"),
        [
            ("Sens", "D", "C"),
            ("Sens", "Débit", "Crédit"),
            ("Sens", "Doit", "Avoir"),
            ("S/H", "S", "H"),
            ("Dr/Cr", "DR", "CR"),
            ("Signe", "+", "-"),
            ("+/-", "+", "\u2212"),
            ("Sens", "1", "-1"),
        ],
    )
    @pytest.mark.parametrize("sign", [1, -1])
    def test_a_column_of_sides_parts_invoices_from_payments(self, tmp_path, header, debit, credit, sign):
        rows = self.rows(lambda amount: (amount, debit), lambda amount: (amount * sign, credit))
        self.check(tmp_path, lines((*self.HEADERS, "Montant", header), *rows))

    @pytest.mark.parametrize(
        ("debit", "credit", "balance"),
        [
            ("Débit", "Crédit", "Solde"),
            ("Montant débit", "Montant crédit", "Solde cumulé"),
            ("Debit (EUR)", "Credit (EUR)", "Running balance"),
            ("Soll", "Haben", "Saldo"),
        ],
    )
    def test_a_running_balance_is_not_added_up(self, tmp_path, debit, credit, balance):
        left = 0
        rows = []
        for row in self.rows(lambda amount: (amount, ""), lambda amount: ("", amount)):
            left += (row[4] or 0) - (row[5] or 0)
            rows.append((*row, left))
        self.check(tmp_path, lines((*self.HEADERS, debit, credit, balance), *rows))

    def test_a_side_that_is_missing_is_asked(self, tmp_path):
        rows = self.rows(lambda amount: (amount, "D"), lambda amount: (amount, ""))
        content = lines((*self.HEADERS, "Montant", "Sens"), *rows)
        texts = asked(tmp_path, content, "import_unknown_words")
        assert "(nothing) (34 rows" in texts["en"]
        self.check(tmp_path, content, columns={"Sens:": "credit"})

    def test_a_balance_without_the_amounts_that_it_adds_up_is_asked(self, tmp_path):
        rows = [(*row, 100) for row in self.rows(lambda amount: (amount, ""), lambda amount: ("", amount))]
        content = lines((*self.HEADERS, "Hausse", "Baisse", "Solde progressif"), *rows)
        texts = asked(tmp_path, content, "import_balance_alone")
        assert '--map "Hausse=Debit"; --map "Baisse=Credit"' in texts["en"]

    def test_payments_on_rows_of_their_own_are_asked_rather_than_lost(self, tmp_path):
        rows = self.rows(lambda amount: (amount, ""), lambda amount: ("", amount))
        content = lines((*self.HEADERS, "Facturé", "Réglé"), *rows)
        texts = asked(tmp_path, content, "import_payments_alone")
        assert '--map "Facturé=Débit"\u00a0; --map "Réglé=Crédit"' in texts["fr"]
        self.check(tmp_path, content, columns={"Facturé": "Debit", "Réglé": "Credit"})


class TestTotals:
    @pytest.mark.parametrize(
        "row",
        [
            ("Total", "", "", "", 1200),
            ("C1", "Total Alpha", "2026-11-14", "", 1200),
            ("C1", "Alpha", "2026-11-14", "Total", 1200),
            ("", "Sous-total C1", "", "", 1200),
            ("Total client C1", "", "2026-11-14", "", 1200),
            ("Ensemble", "", "2026-11-14", "", 1200),
            ("C1", "Report à nouveau", "2026-01-01", "", 1200),
            ("", "Grand Total", "2026-11-14", "", 1200),
        ],
    )
    def test_a_printed_total_is_no_invoice_and_no_account(self, tmp_path, row):
        amount, found = turnover(tmp_path, lines(HEADERS, *INVOICES, row))
        assert amount == TURNOVER
        assert found.accounts.keys() == {"C1"}
        assert found.report.n_aside == 1

    @pytest.mark.parametrize(
        "name", ["Total Énergies", "Totalgaz", "Cumulus SARL", "Grand Hôtel", "Solder & Cie"]
    )
    def test_a_client_that_is_called_like_one_stays_a_client(self, tmp_path, name):
        rows = [("C1", name, *row[2:]) for row in INVOICES]
        assert turnover(tmp_path, lines(HEADERS, *rows))[0] == TURNOVER


class TestSeveralRows:
    PAID = ("Date facture", "N° facture", "Montant HT", "Date paiement", "Montant payé")

    def test_a_total_repeated_on_a_row_a_payment_counts_once(self, tmp_path):
        rows = [
            ("C1", day, number, amount, f"{day[:8]}2{part}", paid)
            for _, _, day, number, amount in INVOICES
            for part, paid in ((0, 60), (1, 40))
        ]
        assert turnover(tmp_path, lines(("Code client", *self.PAID), *rows))[0] == TURNOVER

    def test_lines_of_one_amount_are_asked_and_a_total_by_name_is_counted_once(self, tmp_path):
        rows = [
            ("C1", day, number, amount, item)
            for _, _, day, number, amount in INVOICES
            for item in ("P1", "P2")
        ]
        headers = ("Code client", "Date facture", "N° facture")
        content = lines((*headers, "Montant HT", "Article"), *rows)
        texts = asked(tmp_path, content, "import_repeated_amounts")
        assert '--map "Montant HT=Invoice total"' in texts["en"]
        assert turnover(tmp_path, content, columns={"Montant HT": "Invoice total"})[0] == TURNOVER
        assert turnover(tmp_path, content, columns={"Montant HT": "Line amount"})[0] == 2 * TURNOVER
        named = lines((*headers, "Total facture HT", "Article"), *rows)
        assert turnover(tmp_path, named)[0] == TURNOVER


class TestLists:
    """The same kinds in a list of accounts, and dates that nobody can read."""

    def test_amounts_of_accounts_in_another_currency_are_left_out_and_said(self, tmp_path):
        rows = [("C1", "Alpha", 100, "EUR"), ("C2", "Bêta", 10_000, "JPY"), ("C3", "Gamma", 300, "")]
        found = taken(tmp_path, lines(("Code client", "Nom", "CA N", "Devise"), *rows))
        assert found.column("turnover") == {"C1": 100.0, "C3": 300.0}
        assert found.accounts.keys() == {"C1", "C2", "C3"}
        assert "other_currency" in found.guesses()
        assert "1 compte a ses montants en JPY" in found.said("fr")

    def test_a_column_of_turnover_in_another_currency_is_refused(self, tmp_path):
        content = lines(("Code client", "Nom", "CA N (USD)"), ("C1", "Alpha", 100))
        assert "USD" in asked(tmp_path, content, "import_other_currency")["en"]

    @pytest.mark.parametrize("date", ["14. Oktober {}", "T4 {}", "{}-S46", "demain"])
    def test_a_list_of_which_most_dates_cannot_be_read_is_refused(self, tmp_path, date):
        rows = [(*row[:2], date.format(row[2][:4]), *row[3:]) for row in INVOICES[:20]]
        texts = asked(tmp_path, lines(HEADERS, *rows, *INVOICES[20:30]), "import_dates_unread")
        assert date.format(2024) in texts["fr"]
