"""FEC as real programs write them: openings under any name, receipts, lumped clients, several companies."""

import datetime as dt
from pathlib import Path

import pytest
from imports.harness import put, sentences, taken_from
from support.books import Tables
from support.fecs import entry, fec, invoice, name, payment

from addin.refusals import Refusal

CASES = Path(__file__).parent / "data" / "cases"
TODAY = dt.date(2026, 11, 29)


def imported(paths, tables=None, today=TODAY, **options):
    return taken_from(paths, tables or Tables("en"), today=today, **options)


def files(case):
    return sorted((CASES / case).iterdir())


def refused(match, paths, **options):
    with pytest.raises(Refusal, match=match) as stopped:
        imported(paths, **options)
    return sentences(stopped.value)


def totals(done):
    """Sales of each file, as its report reconciles them."""
    return {report.file: report.units_read / 10_000 for report in done.done.reports}


class TestOpenings:
    @pytest.mark.parametrize("case", ["f-odoo2", "f-opening-OD"])
    def test_what_an_opening_repeats_is_owed_once_under_whatever_name(self, case):
        found = imported(files(case))
        beta = next(row for row in found.accounts.values() if row["name"] == "BETA")
        assert sum(found.column("open_amount").values()) == 1500
        assert sum(found.column("overdue").values()) == 900
        assert sorted(found.column("open_amount").values()) == [300, 1200]
        assert beta["days_late"] == 335

    def test_last_years_sales_in_the_opening_of_a_year_not_closed_are_not_sold_again(self):
        found = imported(files("tryton-opening-unclosed"))
        assert totals(found) == {
            "unclosed-none-2024.csv": 9800,
            "unclosed-none-2025.csv": 10_100,
            "unclosed-none-2026.csv": 10_480,
        }
        assert sum(found.column("turnover").values()) == 10_100
        assert sum(found.column("turnover_1").values()) == 9800

    def test_names_lose_the_marks_that_a_program_puts_before_quotation_marks(self):
        names = set(imported(files("tryton-opening-unclosed")).column("name").values())
        assert names == {"Boulangerie Lefèvre", 'Société "Le Phare"', "L’Éclair d’Été", r"SARL Dupont\Durand"}

    def test_alone_an_opening_holds_invoices_of_their_own_dates(self, tmp_path):
        owed = ("411000", "C1", 60_000), ("411000", "C2", 30_000), ("101000", "", -90_000)
        opening = entry("OUV", "OUVERTURE/2025", "2025-01-01", *owed, label="", piece_day="2024-11-01")
        content = fec(
            opening, payment("B1", "2025-01-10", "C1", 60_000), invoice("1", "2025-12-01", "C1", 100)
        )
        found = imported(put(tmp_path, {name("2025-12-31"): content}))
        assert found["C1"]["days_late"] == 40
        assert found["C2"]["overdue"] == 300

    def test_balances_that_an_opening_does_not_date_count_from_its_day_and_that_is_said(self):
        found = imported(files("f-odoo2")[1:])
        assert found["9"]["overdue"] == 600
        assert "undated" in found.notes()
        assert "what 2 clients owe, but not since when" in found.said("en")

    def test_a_client_in_credit_owes_less_than_nothing(self, tmp_path):
        content = fec(invoice("1", "2025-03-01", "C1", 10_000), payment("B1", "2025-04-01", "C1", 15_000))
        found = imported(put(tmp_path, {name("2025-12-31"): content}))
        assert found["C1"]["open_amount"] == -30
        assert found["C1"]["overdue"] == 0


class TestYears:
    def test_a_year_under_way_is_no_turnover_but_its_payments_and_dates_count(self):
        found = imported(files("f-odoo2"))
        assert sum(found.column("turnover").values()) == 1750
        assert found["7"]["last_purchase"] == dt.datetime(2026, 1, 15)
        assert "under_way" in found.notes()
        assert "(11 months) is still under way on 2026-11-29" in found.said("en")

    def test_a_year_cut_short_by_its_closing_is_brought_to_twelve_months(self, tmp_path):
        opening = entry("AN", "1", "2025-01-01", ("512000", "", 100), ("101000", "", -100))
        content = fec(opening, invoice("1", "2025-03-01", "C1", 90_000))
        found = imported(put(tmp_path, {name("2025-09-30"): content}))
        assert found["C1"]["turnover"] == 1200

    def test_a_year_of_13_months_is_called_long_not_short(self, tmp_path):
        content = fec(invoice("1", "2024-12-05", "C1", 90_000), invoice("2", "2025-12-05", "C1", 100))
        found = imported(put(tmp_path, {name("2025-12-31"): content}))
        assert found["C1"]["turnover"] == 901
        said = found.said("en")
        assert "(13 months); whether the year is that long cannot be told" in said
        assert "short" not in said

    @pytest.mark.parametrize(("end", "wanted"), [("2018-07-31", "20170731"), ("2025-12-31", "20241231")])
    def test_the_files_that_are_wanted_are_named_as_they_are_called(self, tmp_path, end, wanted):
        year = int(wanted[:4])
        day = dt.date.fromisoformat(end) - dt.timedelta(days=360)
        opening = entry("AN", "1", day.replace(day=1).isoformat(), ("512000", "", 1), ("101000", "", -1))
        content = fec(opening, invoice("1", end, "C1", 90_000))
        found = imported(put(tmp_path, {name(end): content}), today=dt.date.fromisoformat(end))
        assert f"123456782FEC{wanted}.txt" in found.said("en")
        assert f"123456782FEC{year - 1}{wanted[4:]}.txt" in found.said("fr")
        assert not found.column("turnover_1")
        assert not found.column("turnover_2")

    def test_purchase_days_are_those_of_the_years_that_fill_the_columns(self, tmp_path):
        years = {
            name(f"{year}-12-31"): fec(
                invoice("1", f"{year}-03-01", "C1", 1000),
                invoice("2", f"{year}-03-01", "C1", 1000),
                invoice("3", f"{year}-09-01", "C1", 1000),
                invoice("4", f"{year}-12-20", "C1", -1000),
            )
            for year in (2022, 2023, 2024, 2025)
        }
        found = imported(put(tmp_path, years))
        assert found["C1"]["purchases"] == 6
        assert found["C1"]["orders"] == 3
        assert found["C1"]["last_purchase"] == dt.datetime(2025, 9, 1)
        assert found["C1"]["first_purchase"] == dt.datetime(2022, 3, 1)

    def test_who_pays_an_old_invoice_has_bought_nothing_in_these_years(self, tmp_path):
        content = fec(invoice("1", "2025-03-01", "C1", 1000), payment("B1", "2025-03-05", "C2", 500))
        tables = Tables("en").rows("Clients", [{"account": "C2", "status": "Client", "turnover": 777.0}])
        found = imported(put(tmp_path, {name("2025-12-31"): content}), tables)
        assert found["C2"]["turnover"] == 0


class TestReceiptsAndLumps:
    def test_the_client_of_a_receipt_is_the_one_that_its_column_names(self):
        found = imported(files("f-bnc"))
        assert found.column("turnover") == {"ALPHA SAS": 1250, "BETA": 500}
        assert found.column("purchases") == {"ALPHA SAS": 2, "BETA": 1}
        assert not found.column("days_late")
        assert "by_buyer" in found.notes()

    def test_receipts_without_clients_are_refused_with_what_to_ask_for(self, tmp_path):
        receipt = entry("REC", "1", "2025-03-01", ("512000", "", 100_000), ("706000", "", -100_000))
        content = fec(receipt, more=("DateRglt", "ModeRglt", "NatOp", "IdClient"))
        texts = refused("fec_without_clients", put(tmp_path, {name("2025-12-31"): content}))
        assert "1,000" in texts["en"]
        assert all("IdClient" in text for text in texts.values())

    def test_sales_on_one_account_of_all_clients_are_refused_with_what_to_ask_for(self):
        texts = refused("fec_lumped", files("f-lumped"))
        assert "they are on 411000 Clients without a client’s code (column CompAuxNum)" in texts["en"]
        assert "Demandez à l’expert-comptable un FEC avec comptes auxiliaires" in texts["fr"]

    def test_a_lumped_year_among_others_is_refused_too_since_its_clients_would_have_bought_nothing(
        self, tmp_path
    ):
        paths = put(
            tmp_path,
            {
                name("2024-12-31"): fec(invoice("1", "2024-03-01", "", 1000)),
                name("2025-12-31"): fec(invoice("1", "2025-03-01", "C1", 1000)),
            },
        )
        assert all(name("2024-12-31") in text for text in refused("fec_lumped", paths).values())

    def test_one_client_with_all_the_sales_is_said(self, tmp_path):
        sold = [invoice(str(at), f"2025-0{at}-01", "DIVERS", 1000) for at in (3, 4, 5)]
        found = imported(put(tmp_path, {name("2025-12-31"): fec(*sold)}))
        assert "one_client" in found.guesses()
        assert "3 invoices, are on the one account DIVERS Client DIVERS" in found.said("en")

    def test_sales_of_which_most_are_nobodys_are_said(self, tmp_path):
        till = entry("CA", "1", "2025-05-01", ("530000", "", 500_000), ("707000", "", -500_000))
        content = fec(till, invoice("2", "2025-03-01", "C1", 1000), invoice("3", "2025-04-01", "C2", 1000))
        found = imported(put(tmp_path, {name("2025-12-31"): content}))
        assert "mostly_nobodys" in found.guesses()
        assert "99.6% of the sales (5,000\u00a0EUR) are on no client" in found.said("en")


def sold_in(year, cents, client="C1", start=1):
    return fec(*(invoice(f"V{start + at}", f"{year}-0{at + 1}-05", client, cents) for at in range(4)))


class TestCompanies:
    OTHER = "552100554"

    def both(self, folder, cents=7777):
        contents = {
            name("2025-12-31"): sold_in(2025, 1000),
            name("2025-12-31", self.OTHER): sold_in(2025, cents),
        }
        return put(folder, contents)

    def test_two_companies_are_refused_by_number(self, tmp_path):
        texts = refused("fec_companies", self.both(tmp_path))
        for text in texts.values():
            assert name("2025-12-31") in text
            assert name("2025-12-31", self.OTHER) in text
            assert "--companies add" in text

    def test_told_so_they_are_added_and_their_entries_are_not_mixed_up(self, tmp_path):
        found = imported(self.both(tmp_path), add_companies=True)
        assert found["C1"]["turnover"] == 40 + 4 * 77.77
        assert found["C1"]["orders"] == 8
        assert found["C1"]["open_amount"] == pytest.approx(48 + 4 * 93.32)

    def test_a_year_that_one_of_them_lacks_is_not_filled_in(self, tmp_path):
        more = {name("2024-12-31"): sold_in(2024, 500)}
        found = imported([*self.both(tmp_path), *put(tmp_path, more)], add_companies=True)
        assert "turnover_1" not in found["C1"]
        assert "slot_of_some" in found.guesses()

    def test_a_file_of_nobody_among_those_of_several_is_refused(self, tmp_path):
        paths = [*self.both(tmp_path), *put(tmp_path, {"2024.txt": sold_in(2024, 500)})]
        texts = refused("fec_company_unknown", paths, add_companies=True)
        assert all("2024.txt" in text for text in texts.values())

    @pytest.mark.parametrize("shift", [0, 5])
    def test_one_year_of_one_company_with_two_contents_is_refused(self, tmp_path, shift):
        other = fec(
            *(invoice(f"V{at}", f"2025-0{at}-{5 + shift:02}", f"K{at}", 3000 + at) for at in range(1, 5))
        )
        contents = {f"one/{name('2025-12-31')}": sold_in(2025, 1000), f"two/{name('2025-12-31')}": other}
        texts = refused("fec_two_contents", put(tmp_path, contents))
        for text in texts.values():
            assert f"one/{name('2025-12-31')}" in text
            assert f"two/{name('2025-12-31')}" in text

    def test_so_are_two_that_open_the_same_accounts(self, tmp_path):
        def opened(number, cents):
            return entry("AN", number, "2025-01-01", ("512000", "", cents), ("101000", "", -cents))

        contents = {
            "one.txt": fec(
                opened("1", 5000), *(invoice(f"A{at}", f"2025-0{at}-05", "C1", 99) for at in (2, 9))
            ),
            "two.txt": fec(
                opened("2", 7000), *(invoice(f"B{at}", f"2025-0{at}-06", "C1", 77) for at in (2, 9))
            ),
        }
        refused("fec_two_contents", put(tmp_path, contents))

    def test_journals_of_a_year_in_files_of_their_own_are_one_year(self, tmp_path):
        sold = [invoice(f"V{at}", f"2025-0{at}-05", "C1", 1000) for at in range(1, 9)]
        paid = [payment(f"B{at}", f"2025-0{at}-15", "C1", 1200) for at in range(1, 9)]
        contents = {f"ventes/{name('2025-12-31')}": fec(*sold), f"banque/{name('2025-12-31')}": fec(*paid)}
        found = imported(put(tmp_path, contents))
        assert found["C1"]["turnover"] == 80
        assert found["C1"]["open_amount"] == 0

    def test_the_branches_of_a_company_are_it(self, tmp_path):
        contents = {
            f"12345678200015FEC{year}1231.txt" if year == 2024 else name(f"{year}-12-31"): sold_in(year, 1000)
            for year in (2024, 2025)
        }
        found = imported(put(tmp_path, contents))
        assert (found["C1"]["turnover"], found["C1"]["turnover_1"]) == (40, 40)


def renamed(*, second="C9"):
    """Two years in which a client has another code in the second."""
    first = fec(invoice("1", "2024-03-01", "C1", 1000), invoice("2", "2024-04-01", "C2", 2000))
    then = fec(invoice("1", "2025-03-01", second, 3000), invoice("2", "2025-04-01", "C2", 4000))
    both = {name("2024-12-31"): first, name("2025-12-31"): then}
    return {file: text.replace(b"Client C9", b"Client C1") for file, text in both.items()}


class TestJoins:
    def test_a_code_that_stops_where_one_of_its_name_begins_is_suggested_with_what_to_say(self, tmp_path):
        found = imported(put(tmp_path, renamed()))
        assert "--join C1=C9" in found.said("en")
        assert "--join C1=C9" in found.said("fr")
        assert "turnover_1" in found["C9"]
        assert found["C9"]["turnover_1"] == 0

    def test_a_joined_code_has_the_figures_of_both(self, tmp_path):
        found = imported(put(tmp_path, renamed()), joins={"C1": "C9"})
        assert set(found.accounts) == {"C9", "C2"}
        assert (found["C9"]["turnover"], found["C9"]["turnover_1"]) == (30, 10)
        assert found["C9"]["first_purchase"] == dt.datetime(2024, 3, 1)
        assert "same_client" not in found.notes()

    def test_a_join_is_remembered_on_the_sheet_import_columns(self, tmp_path):
        paths = put(tmp_path, renamed())
        first = imported(paths, joins={"C1": "C9"})
        row = next(row for row in first.rows_of("importcolumns") if row["source"] == "C1")
        assert (row["kind"], row["target"]) == ("FEC", "C9")
        tables = Tables("en")
        tables.tables = {table.name: table for table in first.after}
        again = imported(paths, tables)
        assert not again.changes.columns
        assert not again.changes.rows

    def test_the_old_code_in_the_workbook_gives_its_figures_to_the_new_one(self, tmp_path):
        paths = put(tmp_path, renamed())
        first = imported(paths)
        tables = Tables("en")
        tables.tables = {table.name: table for table in first.after}
        found = imported(paths, tables, joins={"C1": "C9"})
        assert found.done.merged.joined == ["C1"]
        assert (found["C1"]["turnover_1"], found["C1"]["open_amount"]) == (0, 0)
        assert found["C9"]["turnover_1"] == 10
        assert sum(found.column("open_amount").values()) == sum(first.column("open_amount").values())

    def test_a_client_without_an_auxiliary_code_can_be_joined_by_its_account(self, tmp_path):
        years = {
            name(f"{year}-12-31"): fec(invoice("1", f"{year}-03-01", "", 1000, account=account))
            for year, account in ((2024, "41100011"), (2025, "41100022"))
        }
        found = imported(put(tmp_path, years), joins={"41100011": "41100022"})
        assert found["41100022"]["turnover_1"] == 10
        assert found["41100022"]["name"] == "Compte 41100022"

    def test_a_row_of_joins_ends_at_the_last_code(self, tmp_path):
        found = imported(put(tmp_path, renamed()), joins={"C1": "C9", "C9": "C9X"})
        assert found["C9X"]["turnover_1"] == 10

    def test_a_code_that_no_file_holds_is_refused_with_some_that_they_hold(self, tmp_path):
        texts = refused("join_unknown", put(tmp_path, renamed()), joins={"C7": "C9"})
        assert all("c1, c2, c9" in text.casefold() for text in texts.values())

    def test_joins_that_lead_back_are_refused(self, tmp_path):
        refused("join_circle", put(tmp_path, renamed()), joins={"C1": "C9", "C9": "C1"})
