"""All periods of a client's turnover come from one source; that of another gives way only when told."""

import dataclasses
import datetime as dt

import pytest
from imports.harness import lines, put, sentences, taken_from
from support.books import Tables
from support.fecs import fec, invoice, name, payment

from addin.refusals import Refusal

TODAY = dt.date(2026, 11, 29)
HEADER = ["Code client", "Date facture", "Montant HT", "N° facture", "Réglé le"]


def ledger(*years, codes=("C1", "C2")):
    """Monthly invoices of some years, counted back from the reference date; all but the last are paid."""
    rows = []
    for back in years:
        for month in range(12):
            day = TODAY - dt.timedelta(days=365 * back + 31 * month + 1)
            paid = f"{day + dt.timedelta(days=10):%d/%m/%Y}" if back or month else ""
            rows += [[code, f"{day:%d/%m/%Y}", "1000,00", f"{code}-{back}-{month}", paid] for code in codes]
    return lines(HEADER, *rows)


def year(number, cents=5000, codes=("C1", "C2"), paid=()):
    """A fiscal year of invoices and payments."""
    sold = [
        invoice(f"{code}{at}", f"{number}-0{at}-10", code, cents) for code in codes for at in range(1, 10)
    ]
    return fec(*sold, *(payment(f"B{code}", f"{number}-12-20", code, cents) for code in paid))


def fecs(*numbers, **how):
    return {name(f"{number}-12-31"): year(number, **how) for number in numbers}


def imported(folder, files, tables=None, today=TODAY, **options):
    return taken_from(put(folder, files), tables or Tables("en"), today=today, **options)


def kept(found):
    """The workbook after an import."""
    tables = Tables(found.language)
    tables.tables = {table.name: table for table in found.after}
    return tables


def turnovers(found, code):
    return [found[code].get(key) for key in ("turnover", "turnover_1", "turnover_2")]


def origins(found):
    """Kind of file and day of each column of turnover, as the workbook remembers them."""
    named = {"Turnover": 0, "Turnover Y-1": 1, "Turnover Y-2": 2}
    rows = [row for row in found.rows_of("importcolumns") if row.get("until") and row["target"] in named]
    return {named[row["target"]]: (row["kind"], row["until"].date()) for row in rows}


class TestOneImport:
    def test_invoices_and_fiscal_years_are_refused_together_with_what_to_choose(self, tmp_path):
        with pytest.raises(Refusal, match="import_mixed_sources") as refused:
            imported(tmp_path, {"ventes.csv": ledger(0, 1, 2), **fecs(2025)})
        for text in sentences(refused.value).values():
            assert "ventes.csv" in text
            assert name("2025-12-31") in text
            assert "--as accounts" in text

    def test_a_list_of_open_invoices_beside_fiscal_years_says_what_is_owed_now(self, tmp_path):
        header = ["Code client", "Date facture", "Montant HT", "Reste dû", "Échéance"]
        rows = [["C1", "01/11/2026", "500,00", "500,00", "15/11/2026"]]
        found = imported(tmp_path, {"encours.csv": lines(header, *rows), **fecs(2025, 2024)})
        assert found["C1"]["turnover"] == 450
        assert found["C1"]["open_amount"] == 500
        assert found["C2"]["open_amount"] == 1080

    def test_turnover_of_a_list_is_left_out_for_clients_of_which_entries_give_it(self, tmp_path):
        crm = lines(["Code client", "CA N", "CA N-1", "CA N-2"], ["C1", 1, 2, 3], ["C8", 4, 5, 6])
        found = imported(tmp_path, {"crm.csv": crm, **fecs(2025)})
        assert turnovers(found, "C1") == [450, None, None]
        assert turnovers(found, "C8") == [4, 5, 6]
        assert found.done.merged.outdone == ["C1"]

    def test_of_several_files_the_earliest_first_purchase_and_the_latest_last_one_count(self, tmp_path):
        crm = lines(
            ["Code client", "Premier achat", "Dernier achat"],
            ["C1", "13/02/2019", "14/02/2019"],
            ["C2", "15/05/2026", "16/05/2026"],
        )
        found = imported(tmp_path, {"crm.csv": crm, **fecs(2025)})
        assert found["C1"]["first_purchase"] == dt.datetime(2019, 2, 13)
        assert found["C1"]["last_purchase"] == dt.datetime(2025, 9, 10)
        assert found["C2"]["last_purchase"] == dt.datetime(2026, 5, 16)


class TestASecondImport:
    def test_the_workbook_remembers_which_kind_of_file_filled_a_column_up_to_when(self, tmp_path):
        found = imported(tmp_path, fecs(2025, 2024, 2023))
        assert origins(found) == {slot: ("FEC", dt.date(2025 - slot, 12, 31)) for slot in range(3)}
        again = imported(tmp_path, fecs(2025, 2024, 2023), kept(found))
        assert not again.changes.rows

    def test_another_kind_of_file_says_which_figures_it_replaces(self, tmp_path):
        first = imported(tmp_path, fecs(2025, 2024, 2023))
        found = imported(tmp_path, {"ventes.csv": ledger(0, 1, 2)}, kept(first))
        assert [one.field for one in found.done.merged.replaced] == ["turnover", "turnover_1", "turnover_2"]
        assert all((one.replaced, one.emptied) == (2, 0) for one in found.done.merged.replaced)
        assert "Turnover: 2 figures that came from FEC" in found.said("en")
        assert {kind for kind, _ in origins(found).values()} == {"invoices"}

    def test_what_cannot_stand_beside_the_new_figures_is_emptied(self, tmp_path):
        first = imported(tmp_path, {"ventes.csv": ledger(0, 1, 2, codes=("C1", "C2", "C3"))})
        found = imported(tmp_path, fecs(2025), kept(first))
        assert turnovers(found, "C1") == [450, None, None]
        assert turnovers(found, "C3") == turnovers(first, "C3")
        assert "C3" in found.done.merged.absent
        said = found.said("en")
        assert "Turnover Y-1: 2 figures that came from invoices (up to 2025-11-29) are emptied" in said
        assert "Cells emptied: Turnover Y-1 2, Turnover Y-2 2." in said

    def test_a_later_year_alone_empties_years_that_are_not_those_before_it(self, tmp_path):
        first = imported(tmp_path, fecs(2023, 2022, 2021), today=dt.date(2024, 6, 30))
        found = imported(tmp_path, fecs(2025), kept(first))
        assert turnovers(found, "C1") == [450, None, None]

    def test_an_earlier_year_alone_fills_the_column_that_is_its_own(self, tmp_path):
        whole = imported(tmp_path, fecs(2025, 2024, 2023))
        found = imported(tmp_path, fecs(2025))
        for number in (2023, 2024):
            found = imported(tmp_path, fecs(number, cents=5000), kept(found))
            assert not found.done.merged.replaced
        assert turnovers(found, "C1") == turnovers(whole, "C1")
        assert found["C1"]["open_amount"] == imported(tmp_path, fecs(2025))["C1"]["open_amount"]
        assert origins(found) == origins(whole)

    def test_a_year_under_way_does_not_replace_one_that_closed(self, tmp_path):
        first = imported(tmp_path, fecs(2025, 2024, 2023))
        so_far = {name("2026-11-28"): fec(invoice("1", "2026-11-10", "C1", 12_300))}
        found = imported(tmp_path, so_far, kept(first))
        assert turnovers(found, "C1") == turnovers(first, "C1")
        assert found["C1"]["purchases"] == first["C1"]["purchases"]
        assert found["C1"]["last_purchase"] == dt.datetime(2026, 11, 10)

    def test_an_older_source_leaves_what_is_owed_and_the_later_purchase(self, tmp_path):
        first = imported(tmp_path, {"ventes.csv": ledger(0, 1, 2)})
        found = imported(tmp_path, fecs(2025), kept(first))
        for key in ("open_amount", "overdue", "last_purchase"):
            assert found["C1"].get(key) == first["C1"].get(key)

    def test_an_older_balance_does_not_stand_where_a_later_one_says_nothing(self, tmp_path):
        first = imported(tmp_path, fecs(2025))
        found = imported(tmp_path, fecs(2024, codes=("C1", "C2", "C7")), kept(first))
        assert "open_amount" not in found["C7"]
        assert found["C7"]["turnover_1"] == 450

    def test_fewer_years_do_not_count_fewer_purchases(self, tmp_path):
        first = imported(tmp_path, fecs(2025, 2024, 2023))
        found = imported(tmp_path, fecs(2025, cents=6000), kept(first))
        assert found["C1"]["turnover"] == 540
        assert found["C1"]["purchases"] == 27

    def test_what_a_person_typed_stays(self, tmp_path):
        tables = Tables("en").rows(
            "Clients", [{"account": "C1", "status": "Client", "turnover_1": 11.0, "turnover_2": 12.0}]
        )
        found = imported(tmp_path, fecs(2025), tables)
        assert turnovers(found, "C1") == [450, 11, 12]
        assert not found.done.merged.replaced

    def test_figures_that_are_kept_by_choice_are_not_emptied(self, tmp_path):
        first = imported(tmp_path, {"ventes.csv": ledger(0, 1, 2)})
        found = imported(tmp_path, fecs(2025), kept(first), keep=["Turnover Y-1"])
        assert turnovers(found, "C1") == [450, first["C1"]["turnover_1"], None]

    def test_a_workbook_without_the_column_of_days_imports_as_ever(self, tmp_path):
        tables = Tables("en")
        old = tables.tables["ImportColumns"]
        tables.tables["ImportColumns"] = dataclasses.replace(
            old, headers=old.headers[:-1], columns=old.columns[:-1]
        )
        first = imported(tmp_path, {"ventes.csv": ledger(0, 1, 2)}, tables)
        found = imported(tmp_path, fecs(2025), kept(first))
        assert not found.done.merged.replaced
        assert turnovers(found, "C1")[0] == 450


class TestAbsentAccounts:
    CLIENTS = (
        {"account": "C1", "status": "Client"},
        {"account": "C9", "status": "Client", "turnover": 70.0, "turnover_2": 9.0, "open_amount": 5.0},
    )

    def tables(self):
        return Tables("en").rows("Clients", list(self.CLIENTS))

    def test_they_keep_their_figures_and_are_listed(self, tmp_path):
        found = imported(tmp_path, fecs(2025), self.tables())
        assert (found["C9"]["turnover"], found["C9"]["open_amount"]) == (70, 5)
        assert found.done.merged.absent == ["C9"]
        assert "Client without entries: C9" in found.said("en")

    @pytest.mark.parametrize(
        ("files", "left"),
        [(fecs(2025), 9), (fecs(2025, 2024, 2023), 0), ({"ventes.csv": ledger(0, 1, 2)}, 0)],
    )
    def test_when_told_what_the_files_cover_is_0(self, tmp_path, files, left):
        found = imported(tmp_path, files, self.tables(), absent_zero=True)
        assert found["C9"]["turnover"] == 0
        assert found["C9"]["turnover_2"] == left
        assert found.done.merged.zero == ["C9"]
        assert not found.done.merged.absent
        if "ventes.csv" not in files:
            assert found["C9"]["open_amount"] == 0
