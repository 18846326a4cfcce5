"""Ledgers: payments, credit notes, orders and days with a purchase."""

import datetime as dt
from pathlib import Path

import pytest
from imports.harness import known, lines, taken, taken_from
from support.ledger_rows import FIRST, LAST, PAYMENTS, covering, day, invoices, paid, settings

CASES = Path(__file__).parent / "data" / "cases"


class TestPayment:
    def test_days_late_are_weighted_by_amount(self, tmp_path):
        """The worked value: 10 paid 5 days late and 100 paid 10 days late are 9.5455 days late."""
        rows = [
            ["2026-01-01", "2026-01-31", 10, "2026-02-05"],
            ["2026-01-01", "2026-01-31", 100, "2026-02-10"],
        ]
        found = taken(tmp_path, paid(*rows))
        assert found["A"]["days_late"] == round((10 * 5 + 100 * 10) / 110, 2) == 9.55
        assert found["A"].items() >= {"open_amount": 0.0, "overdue": 0.0}.items()

    def test_what_is_paid_early_is_not_late_and_makes_up_for_nothing(self, tmp_path):
        rows = [
            ["2026-01-01", "2026-01-31", 100, "2026-01-02"],
            ["2026-01-01", "2026-01-31", 100, "2026-02-10"],
        ]
        assert taken(tmp_path, paid(*rows))["A"]["days_late"] == 5.0

    def test_open_invoices_past_due_count_up_to_the_reference_date(self, tmp_path):
        rows = [["2026-01-01", "2026-05-31", 100, ""], ["2026-01-01", "2026-01-31", 100, "2026-01-31"]]
        found = taken(tmp_path, paid(*rows))
        assert found["A"].items() >= {"days_late": 15.0, "open_amount": 100.0, "overdue": 100.0}.items()

    @pytest.mark.parametrize("due", ["2026-06-30", "2026-07-15"])
    def test_open_invoices_that_are_not_yet_due_say_nothing_of_payment(self, tmp_path, due):
        found = taken(tmp_path, paid(["2026-06-15", due, 100, ""]))
        assert found["A"].items() >= {"open_amount": 100.0, "overdue": 0.0}.items()
        assert "days_late" not in found["A"]

    def test_without_a_due_date_the_terms_of_the_settings_count_and_that_is_said(self, tmp_path):
        content = paid(["2026-01-01", "", 100, "2026-02-10"])
        found = taken(tmp_path, content)
        assert found["A"]["days_late"] == 10.0
        assert "1 invoice has no due date; it was taken for due after 30 days" in found.said("en")
        assert "1 facture n’a pas d’échéance\u00a0; elle a été supposée due à 30 jours" in found.said("fr")
        assert taken(tmp_path, content, settings(terms=10.0))["A"]["days_late"] == 30.0

    def test_the_amount_still_open_is_that_of_its_column(self, tmp_path):
        header = ["Account", "Invoice date", "Amount", "Due date", "Amount still open"]
        rows = [["A", "2026-01-01", 100, "2026-06-20", 40], ["A", "2026-06-20", 50, "2026-07-20", 50]]
        found = taken(tmp_path, lines(header, *rows, *covering(5)))
        assert found["A"].items() >= {"open_amount": 90.0, "overdue": 40.0}.items()

    def test_a_part_that_is_paid_and_a_part_that_is_open_both_count(self, tmp_path):
        header = ["Account", "Invoice date", "Amount", "Due date", "Amount still open", "Paid on"]
        row = ["A", "2026-01-01", 100, "2026-06-10", 40, "2026-06-15"]
        found = taken(tmp_path, lines(header, row, *covering(6)))
        assert found["A"]["days_late"] == round((60 * 5 + 40 * 20) / 100, 2)
        assert found["A"]["overdue"] == 40.0

    def test_without_payments_nothing_is_said_of_them(self, tmp_path):
        found = taken(tmp_path, invoices(["A", "2026-01-05", 5]))
        assert not found["A"].keys() & {"open_amount", "overdue", "days_late"}
        assert "no_payments" in found.notes()

    def test_an_old_file_is_looked_at_as_of_its_last_day(self, tmp_path):
        rows = [
            ["A", "F1", "2025-01-01", "2025-01-31", 100, ""],
            ["A", "F2", "2025-02-20", "2025-03-20", 9, ""],
        ]
        found = taken(tmp_path, lines(PAYMENTS, *rows))
        assert found["A"].items() >= {"overdue": 100.0, "open_amount": 109.0, "days_late": 20.0}.items()
        assert "Open invoices were looked at as of 2025-02-20" in found.said("en")
        assert "long before the reference date 2026-06-30" in found.said("en")

    def test_a_payment_is_a_day_that_the_file_knows(self, tmp_path):
        rows = [
            ["A", "F1", "2025-01-01", "2025-01-31", 100, ""],
            ["B", "F2", "2025-01-01", "2025-01-31", 9, "2025-03-02"],
        ]
        assert taken(tmp_path, lines(PAYMENTS, *rows))["A"]["days_late"] == 30.0

    @pytest.mark.parametrize(("cell", "reason"), [("soon", "no_paid_date"), ("2026-02-30", "no_paid_date")])
    def test_a_day_of_payment_that_cannot_be_read_sets_the_row_aside(self, tmp_path, cell, reason):
        found = taken(tmp_path, paid(["2026-01-01", "2026-01-31", 100, cell]))
        assert found.aside == [(2, reason)]

    def test_a_due_date_that_cannot_be_read_sets_the_row_aside(self, tmp_path):
        found = taken(tmp_path, paid(["2026-01-01", "30 days", 100, "2026-01-31"]))
        assert found.aside == [(2, "no_due_date")]
        assert "the due date 30 days is no date" in found.said("en")

    def test_invoices_after_the_reference_date_are_not_open_yet(self, tmp_path):
        found = taken(
            tmp_path, paid(["2026-06-01", "2026-07-01", 100, ""], ["2026-07-05", "2026-08-05", 50, ""])
        )
        assert found["A"]["open_amount"] == 100.0

    def test_payments_after_the_reference_date_are_not_made_yet(self, tmp_path):
        found = taken(tmp_path, paid(["2026-01-01", "2026-05-31", 100, "2026-08-31"]))
        assert found["A"].items() >= {"open_amount": 100.0, "overdue": 100.0, "days_late": 30.0}.items()


class TestCreditNotes:
    def test_negative_amounts_are_taken_off(self, tmp_path):
        found = taken(tmp_path, invoices(["A", "2026-01-05", 100], ["A", "2026-01-06", -30]))
        assert found["A"].items() >= {"turnover": 70.0, "orders": 1.0}.items()

    @pytest.mark.parametrize(
        "kind", ["Avoir", "AVOIR", "AV", "Credit note", "CreditNote", "credit", "Note de crédit"]
    )
    def test_a_document_that_is_called_a_credit_note_is_one_and_that_is_said(self, tmp_path, kind):
        header = ["Account", "Invoice date", "Amount", "Type"]
        rows = [
            ["A", "2026-01-05", 100, "Invoice"],
            ["A", "2026-01-06", 30, kind],
            ["A", "2026-01-07", -5, kind],
        ]
        found = taken(tmp_path, lines(header, *rows, *covering(4)))
        assert found["A"].items() >= {"turnover": 65.0, "orders": 1.0}.items()
        assert "credit_notes" in found.guesses()
        assert found.report.units_read == 670_000

    @pytest.mark.parametrize("kind", ["Credit memo", "Credit Memo", "Avoir client"])
    def test_a_credit_memo_is_a_credit_note(self, tmp_path, kind):
        header = ["Account", "Invoice date", "Amount", "Type"]
        rows = [["A", "2026-01-05", 100, "Invoice"], ["A", "2026-01-06", 30, kind]]
        assert taken(tmp_path, lines(header, *rows, *covering(4)))["A"]["turnover"] == 70.0

    def test_an_open_credit_note_is_taken_off_what_is_open(self, tmp_path):
        rows = [["2026-01-01", "2026-01-31", 100, ""], ["2026-01-02", "2026-01-31", -30, ""]]
        assert taken(tmp_path, paid(*rows))["A"]["open_amount"] == 70.0

    def test_the_open_amount_of_a_document_that_is_a_credit_note_is_taken_off_too(self, tmp_path):
        header = ["Account", "Invoice date", "Amount", "Amount still open", "Type"]
        rows = [["A", "2026-06-05", 100, 100, "Invoice"], ["A", "2026-06-06", 30, 30, "Credit note"]]
        found = taken(tmp_path, lines(header, *rows, *covering(5)))
        assert found["A"].items() >= {"turnover": 70.0, "open_amount": 70.0}.items()


class TestOrders:
    HEADER = ("Account", "Invoice date", "Amount", "Invoice number")

    def orders(self, folder, *rows):
        return taken(folder, lines(self.HEADER, *rows, *covering(4))).column("orders")

    def test_several_lines_of_one_number_are_one_order_of_each_account(self, tmp_path):
        rows = [["A", "2026-01-05", 5, "F1"], ["A", "2026-01-05", 6, "F1"], ["A", "2026-01-06", 7, "F2"]]
        assert self.orders(tmp_path, *rows, ["B", "2026-01-05", 5, "F1"]) == {"A": 2.0, "B": 1.0, "Z": 1.0}

    def test_lines_without_a_number_are_an_order_each(self, tmp_path):
        rows = [["A", "2026-01-05", 5, ""], ["A", "2026-01-05", 5, ""], ["A", "2026-01-05", 5, "F1"]]
        assert self.orders(tmp_path, *rows)["A"] == 3.0
        content = invoices(*[["A", "2026-01-05", 5]] * 4)
        assert taken(tmp_path, content)["A"]["orders"] == 4.0

    def test_only_those_of_the_latest_period_count(self, tmp_path):
        rows = [["A", "2025-06-30", 5, "F1"], ["A", "2025-07-01", 5, "F2"], ["A", "2026-07-01", 5, "F3"]]
        assert self.orders(tmp_path, *rows)["A"] == 1.0

    def test_two_files_of_one_order_are_one_order(self, tmp_path):
        rows = [["A", "2026-01-05", 5, "F1"], ["A", "2026-01-05", 6, "F1"]]
        parts = {f"{at}.csv": lines(self.HEADER, row, *covering(4)) for at, row in enumerate(rows)}
        assert taken(tmp_path, parts)["A"]["orders"] == 1.0

    def test_blanks_around_a_number_say_nothing(self, tmp_path):
        rows = [["A", "2026-01-05", 5, "F1"], ["A", "2026-01-05", 5, "F1 "]]
        assert self.orders(tmp_path, *rows)["A"] == 1.0
        assert self.orders(tmp_path, *[["A", "2026-01-05", 5, "  "]] * 2)["A"] == 2.0

    def test_a_file_without_amounts_gives_orders_and_days(self, tmp_path):
        rows = [["A", "2026-01-05"], ["A", "2025-07-01"], ["Z", "2026-06-30"]]
        found = taken(
            tmp_path,
            lines(["customerID", "orderDate", "orderID"], *[[*row, at] for at, row in enumerate(rows)]),
            kind="ledger",
        )
        assert found["A"].items() >= {"orders": 2.0, "first_purchase": day(2025, 7, 1)}.items()
        assert "turnover" not in found["A"]
        assert found.report.units_read is None


class TestPurchases:
    def test_first_and_last_purchase_are_days_of_invoices_up_to_the_reference_date(self, tmp_path):
        rows = [["A", "2026-01-05", 5], ["A", "2019-03-04", 5], ["A", "2026-07-01", 5]]
        found = taken(tmp_path, invoices(*rows))
        assert (
            found["A"].items()
            >= {
                "first_purchase": day(2019, 3, 4),
                "last_purchase": day(2026, 1, 5),
            }.items()
        )

    def test_credit_notes_are_no_purchases(self, tmp_path):
        rows = [
            ["A", "2026-01-05", 5],
            ["A", "2026-02-05", -5],
            ["A", "2019-03-04", -1],
            ["B", "2026-01-05", -5],
        ]
        found = taken(tmp_path, invoices(*rows))
        days = {"first_purchase": day(2026, 1, 5), "last_purchase": day(2026, 1, 5)}
        assert found["A"].items() >= ({"orders": 1.0, "purchases": 1.0} | days).items()
        assert found["B"].items() >= {"turnover": -5.0, "orders": 0.0, "purchases": 0.0}.items()
        assert not found["B"].keys() & days.keys()

    def test_the_last_purchase_of_the_case_is_an_invoice(self):
        tables = settings(dt.date(2025, 6, 30))
        found = taken_from([CASES / "credit_note_last_purchase.csv"], tables)
        assert found["C1"]["last_purchase"] == day(2024, 1, 15)
        assert "last_purchase" not in found["C2"]

    def test_days_with_a_purchase_in_the_three_periods_are_counted_once(self, tmp_path):
        edges = [*[FIRST] * 2, FIRST - dt.timedelta(1), LAST, LAST + dt.timedelta(1), dt.date(2025, 1, 5)]
        rows = [["A", date.isoformat(), 5] for date in edges]
        assert taken(tmp_path, invoices(*rows))["A"]["purchases"] == 3.0

    def test_a_first_purchase_that_is_known_to_be_earlier_stays(self, tmp_path):
        tables = known(clients=[{"account": "A", "first_purchase": day(2009, 5, 4)}])
        found = taken(tmp_path, invoices(["A", "2026-01-05", 5]), tables)
        assert found["A"]["first_purchase"] == day(2009, 5, 4)

    def test_a_last_purchase_that_is_known_to_be_later_stays(self, tmp_path):
        tables = known(clients=[{"account": "A", "last_purchase": day(2026, 6, 4)}])
        content = lines(["Account", "Invoice date", "Amount"], ["A", "2020-01-05", 5], ["A", "2021-01-05", 5])
        assert taken(tmp_path, content, tables)["A"]["last_purchase"] == day(2026, 6, 4)
