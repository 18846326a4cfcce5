"""Ledgers: whose a line is, and what stands there again."""

import datetime as dt
import itertools

import pytest
from imports.harness import known, lines, put, sentences, sheet, taken, taken_from
from support.books import Tables
from support.ledger_rows import PAYMENTS, covering, day, invoices, paid

from addin.refusals import Refusal


class TestAccounts:
    def test_prospects_with_turnover_are_filled_in_and_listed(self, tmp_path):
        tables = known(prospects=[{"account": "P1", "name": "Gamma"}, {"account": "P2"}])
        found = taken(tmp_path, invoices(["P1", "2026-01-05", 5], ["P2", "2020-01-05", 5]), tables)
        assert found["P1"].items() >= {"table": "Prospects", "turnover": 5.0, "status": "Prospect"}.items()
        assert found.done.merged.promoted == ["P1"]
        assert "Prospect with turnover: P1" in found.said("en")

    def test_clients_that_the_files_do_not_mention_are_left_and_listed(self, tmp_path):
        tables = known(clients=[{"account": "C1", "turnover": 7.0}, {"account": "A", "turnover": 8.0}])
        found = taken(tmp_path, invoices(["A", "2026-01-05", 5]), tables)
        assert found["C1"]["turnover"] == 7.0
        assert found.done.merged.absent == ["C1"]

    def test_accounts_with_nothing_in_the_periods_and_nothing_open_are_listed_and_not_added(self, tmp_path):
        found = taken(tmp_path, invoices(["OLD", "2019-01-05", 5], ["NEW", "2026-01-05", 5]))
        assert "OLD" not in found.accounts
        assert found["NEW"]["turnover"] == 5.0
        assert found.done.merged.idle == ["OLD"]
        assert "No turnover in the three periods: OLD" in found.said("en")

    def test_an_old_invoice_that_is_still_open_makes_an_account(self, tmp_path):
        found = taken(tmp_path, paid(["2019-01-05", "2019-02-05", 5, ""]))
        assert found["A"].items() >= {"open_amount": 5.0, "overdue": 5.0}.items()

    def test_new_accounts_have_the_name_and_place_of_their_latest_line(self, tmp_path):
        header = ["Account", "Invoice date", "Amount", "Name", "CP", "Rep"]
        rows = [
            ["A", "2026-01-05", 5, "New name", "75002", ""],
            ["A", "2024-01-05", 5, "Old name", "75001", "Anna"],
        ]
        found = taken(tmp_path, lines(header, *rows, *covering(6)))
        assert found["A"].items() >= {"name": "New name", "postcode": "75002", "rep": "Anna"}.items()

    def test_totals_and_rows_without_account_amount_or_date_are_set_aside_with_their_amounts(self, tmp_path):
        rows = [
            ["", "2026-01-05", 2],
            ["TOTAL", "", 4],
            ["A", "soon", 8],
            ["A", "", 16],
            ["A", "2026-01-05", "n/c"],
            ["A", "2026-01-05", ""],
            ["2,43E+13", "2026-01-05", 32],
        ]
        found = taken(tmp_path, lines(["Account", "Invoice date", "Amount"], ["A", "2026-01-05", 1], *rows))
        reasons = ["no_account", "totals_line", "no_date", "date_empty", "no_amount_readable", "no_amount"]
        assert found.aside == list(zip(range(3, 10), [*reasons, "code_destroyed"], strict=True))
        assert (found.report.units_read, found.report.units_used) == (630_000, 10_000)
        assert found.column("turnover") == {}

    def test_a_truth_value_is_no_amount_and_is_said_as_excel_shows_it(self, tmp_path):
        rows = [["A", day(2026, 1, 5), 8.0], ["A", day(2026, 2, 5), True], ["Z", day(2023, 7, 1), 1.0]]
        found = taken(tmp_path, sheet([["Account", "Invoice date", "Amount"], *rows]), name="export.xlsx")
        assert found.aside == [(3, "no_amount_readable")]
        assert found.report.units_used == 90_000
        assert "TRUE is no amount" in found.said("en")
        assert "VRAI n’est pas un montant" in found.said("fr")

    def test_an_amount_whose_decimal_comma_parted_the_cells_is_put_together_and_said(self, tmp_path):
        header = ["Account", "Invoice date", "Amount", "Name"]
        rows = [
            ["A", "2026-01-05", "1 234,50", "a"],
            ["B", "2026-01-05", "10", "b"],
            ["C", "2026-01-05", "x,y", "c"],
        ]
        found = taken(tmp_path, lines(header, *rows, sign=","))
        assert found.report.units_used == 12_445_000
        assert found.aside == [(4, "too_many_cells")]
        assert "In 1 row the decimal comma of the amount" in found.said("en")


class TestTheSameAgain:
    ROWS = (
        ["A", "F1", "2026-01-05", "2026-02-05", "1234,56", "2026-02-07"],
        ["A", "F1", "2026-01-05", "2026-02-05", "0,44", "2026-02-09"],
        ["B", "F2", "2025-07-01", "2025-07-31", "-20", ""],
        ["C", "007", "2026-06-05", "", "99", ""],
        ["C", "007", "2024-07-05", "", "99,01", "2024-10-05"],
        ["D", "F9", "2023-07-02", "2023-08-01", "5", "2023-07-31"],
    )

    def test_importing_twice_changes_nothing(self, tmp_path):
        tables = Tables("en")
        first = taken(tmp_path, lines(PAYMENTS, *self.ROWS), tables)
        assert first.done.merged.added == ["A", "B", "C", "D"]
        tables.tables = {table.name: table for table in first.after}
        again = taken(tmp_path, lines(PAYMENTS, *self.ROWS), tables)
        assert not again.changes.columns
        assert not again.changes.rows
        assert again.done.merged.unchanged == ["A", "B", "C", "D"]

    def test_the_order_of_the_rows_does_not_matter(self, tmp_path):
        whole = taken(tmp_path, lines(PAYMENTS, *self.ROWS)).accounts
        for rows in itertools.islice(itertools.permutations(self.ROWS), 5, None, 103):
            assert taken(tmp_path, lines(PAYMENTS, *rows)).accounts == whole

    def test_files_that_are_split_give_what_the_whole_gives(self, tmp_path):
        whole = taken(tmp_path, lines(PAYMENTS, *self.ROWS))
        for at in (1, 3, 5):
            parts = {"x/a.csv": self.ROWS[:at], "y/a.csv": self.ROWS[at:]}
            paths = put(tmp_path, {name: lines(PAYMENTS, *rows) for name, rows in parts.items()})
            assert taken_from(paths[:: 1 if at == 3 else -1]).accounts == whole.accounts

    def test_a_ledger_under_two_names_does_not_count_twice(self, tmp_path):
        content = lines(PAYMENTS, *self.ROWS * 5)
        with pytest.raises(Refusal, match="import_copies") as refused:
            taken(tmp_path, {"ledger.csv": content, "ledger (1).csv": content})
        assert all("ledger (1).csv" in text for text in sentences(refused.value).values())

    @pytest.mark.parametrize("date_format", ["yyyy-mm-dd", "dd/mm/yyyy"])
    def test_an_excel_file_gives_what_its_text_gives(self, tmp_path, date_format):
        def cell(text, at):
            if at in (2, 3, 5):
                return dt.datetime.fromisoformat(text) if text else None
            return float(text.replace(",", ".")) if at == 4 else text or None

        rows = [[cell(text, at) for at, text in enumerate(row)] for row in self.ROWS]
        content = sheet([["Ledger of June"], [], list(PAYMENTS), *rows], date_format=date_format)
        found = taken(tmp_path, content, name="ledger.xlsx")
        text = taken(tmp_path, lines(PAYMENTS, *self.ROWS))
        assert found.accounts == text.accounts
        assert found.report.units_used == text.report.units_used
        assert "header in row 3" in found.said("en")

    def test_an_excel_file_without_empty_cells_gives_what_its_text_gives(self, tmp_path):
        rows = [["A", day(2026, 1, 5), 1234.56], ["B", day(2025, 7, 1), -20], ["C", day(2023, 7, 1), 99]]
        header = ["Account", "Invoice date", "Amount"]
        found = taken(tmp_path, sheet([["Ledger of June"], [], header, *rows]), name="ledger.xlsx")
        texts = [[code, date.date(), amount] for code, date, amount in rows]
        assert found.accounts == taken(tmp_path, lines(header, *texts)).accounts
        assert "header in row 3" in found.said("en")

    def test_rows_of_an_excel_file_are_set_aside_by_their_row(self, tmp_path):
        rows = [["A", day(2026, 1, 5), 5.0], [None] * 3, ["A", "soon", 5.0]]
        found = taken(tmp_path, sheet([["Account", "Invoice date", "Amount"], *rows]), name="ledger.xlsx")
        assert found.aside == [(4, "no_date")]
        assert found.report.n_read == 2
