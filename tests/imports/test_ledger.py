"""Invoices become turnover of three periods, payment, orders and open amounts, as of the reference date."""

import datetime as dt
import itertools

import pytest
from imports.harness import known, lines, put, sentences, sheet, taken, taken_from
from support.books import Tables

from addin.refusals import Refusal

FIRST, LAST = dt.date(2023, 7, 1), dt.date(2026, 6, 30)
"""The three periods of twelve months that end on the day of the tests."""

PAYMENTS = ("Account", "Invoice number", "Invoice date", "Due date", "Amount", "Paid on")


def day(year, month, number):
    return dt.datetime(year, month, number)


def covering(width=3, code="Z"):
    """Lines of an account that make a file cover all three periods."""
    return [[code, date.isoformat(), 1, *[""] * (width - 3)] for date in (FIRST, LAST)]


def invoices(*rows, header=("Account", "Invoice date", "Amount")):
    return lines(header, *rows, *covering(len(header)))


def paid(*rows):
    """Invoices of account A: date, due date, amount and day of payment of each."""
    filled = [["A", f"F{at}", *row] for at, row in enumerate(rows)]
    return lines(PAYMENTS, *filled, ["Z", "X", FIRST, FIRST, 1, FIRST], ["Z", "Y", LAST, LAST, 1, LAST])


def settings(reference=None, *, closed=False, year_end=None, terms=None, language="en"):
    tables = Tables(language)
    words = tables.words.words("periods")
    values = {
        "reference_date": dt.datetime.combine(reference, dt.time()) if reference else None,
        "periods": words["years" if closed else "months"],
        "year_end": year_end,
        "payment_terms": terms,
    }
    for key, value in values.items():
        if value is not None:
            tables.setting(key, value)
    return tables


class TestWindows:
    EDGES = (  # each amount is a power of two, so that a sum tells which are in it
        ("2026-07-01", 1),
        ("2026-06-30", 2),
        ("2025-07-01", 4),
        ("2025-06-30", 8),
        ("2024-07-01", 16),
        ("2024-06-30", 32),
        ("2023-07-01", 64),
        ("2023-06-30", 128),
    )

    def turnovers(self, folder, tables=None, edges=EDGES):
        found = taken(
            folder, lines(["Account", "Invoice date", "Amount"], *[["A", *edge] for edge in edges]), tables
        )
        return [found["A"].get(name) for name in ("turnover", "turnover_1", "turnover_2")]

    @pytest.mark.parametrize("reference", [None, dt.date(2026, 6, 30)])
    def test_twelve_months_end_with_the_reference_date_or_today(self, tmp_path, reference):
        assert self.turnovers(tmp_path, settings(reference)) == [6.0, 24.0, 96.0]

    def test_closed_years_are_the_last_ones_before_the_reference_date(self, tmp_path):
        edges = (
            ("2026-01-01", 1),
            ("2025-12-31", 2),
            ("2025-01-01", 4),
            ("2024-12-31", 8),
            ("2024-01-01", 16),
        )
        edges += (("2023-12-31", 32), ("2023-01-01", 64), ("2022-12-31", 128))
        assert self.turnovers(tmp_path, settings(closed=True), edges) == [6.0, 24.0, 96.0]
        on_the_day = settings(dt.date(2025, 12, 31), closed=True)
        assert self.turnovers(tmp_path, on_the_day, edges) == [6.0, 24.0, 96.0]
        assert self.turnovers(tmp_path, settings(dt.date(2025, 12, 30), closed=True), edges)[0] == 24.0

    def test_a_year_ends_with_the_month_of_the_settings(self, tmp_path):
        assert self.turnovers(tmp_path, settings(closed=True, year_end=6.0)) == [6.0, 24.0, 96.0]
        later = settings(dt.date(2026, 12, 1), closed=True, year_end=6.0, language="fr")
        assert self.turnovers(tmp_path, later) == [6.0, 24.0, 96.0]

    def test_february_29_ends_the_year_before_on_its_28th(self, tmp_path):
        edges = (
            ("2024-02-29", 1),
            ("2023-03-01", 2),
            ("2023-02-28", 4),
            ("2022-03-01", 8),
            ("2022-02-28", 16),
        )
        edges += (("2021-03-01", 32), ("2021-02-28", 64))
        assert self.turnovers(tmp_path, settings(dt.date(2024, 2, 29)), edges) == [3.0, 12.0, 48.0]

    def test_what_lies_outside_is_said_to_the_cent(self, tmp_path):
        rows = [["A", *edge] for edge in self.EDGES]
        found = taken(tmp_path, lines(["Account", "Invoice date", "Amount"], *rows))
        assert "Turnover is the invoices from 2025-07-01 to 2026-06-30: 6.00." in found.said("en")
        assert "Invoices outside the three periods: 129.00." in found.said("en")
        assert "Lines after the reference date 2026-06-30 are in no turnover." in found.said("en")
        assert "CA N : factures du 01/07/2025 au 30/06/2026, soit 6,00." in found.said("fr")

    def test_cents_add_up_exactly_in_any_order(self, tmp_path):
        rows = [["A", "2026-01-05", f"0,{cents:02}"] for cents in range(100)] * 10
        assert taken(tmp_path, invoices(*rows))["A"]["turnover"] == 495.0
        assert taken(tmp_path, invoices(*rows[::-1]))["A"]["turnover"] == 495.0


class TestCoverage:
    def filled(self, folder, first, last):
        rows = [["A", first, 5], ["A", last, 7]]
        found = taken(folder, lines(["Account", "Invoice date", "Amount"], *rows))
        return [
            name for name in ("turnover", "turnover_1", "turnover_2", "orders") if name in found["A"]
        ], found

    @pytest.mark.parametrize(
        ("first", "last", "filled"),
        [
            ("2023-07-01", "2026-06-30", ["turnover", "turnover_1", "turnover_2", "orders"]),
            ("2023-08-01", "2026-04-01", ["turnover", "turnover_1", "turnover_2", "orders"]),
            ("2023-08-15", "2026-06-30", ["turnover", "turnover_1", "orders"]),
            ("2024-07-05", "2026-06-30", ["turnover", "turnover_1", "orders"]),
            ("2025-07-05", "2026-06-30", ["turnover", "orders"]),
            ("2025-10-01", "2026-06-30", []),
            ("2023-07-01", "2026-01-31", ["turnover_1", "turnover_2"]),
            ("2023-07-01", "2025-06-30", ["turnover_1", "turnover_2"]),
        ],
    )
    def test_only_periods_that_the_files_cover_from_end_to_end_are_filled(
        self, tmp_path, first, last, filled
    ):
        assert self.filled(tmp_path, first, last)[0] == filled

    def test_a_period_that_is_left_says_so_with_what_the_files_hold_of_it(self, tmp_path):
        _, found = self.filled(tmp_path, "2025-10-01", "2026-06-30")
        said = "Turnover was left as it is: the files do not cover 2025-07-01 to 2026-06-30 from end to end"
        assert f"{said} (they hold 12.00 of it)." in found.said("en")

    def test_a_known_turnover_is_not_replaced_by_a_part_of_it(self, tmp_path):
        tables = known(clients=[{"account": "A", "turnover": 999.0}])
        rows = [["A", "2026-05-01", 5], ["A", "2026-06-30", 7]]
        found = taken(tmp_path, lines(["Account", "Invoice date", "Amount"], *rows), tables)
        assert found["A"]["turnover"] == 999.0

    def test_files_cover_together_what_none_covers_alone(self, tmp_path):
        header = ["Account", "Invoice date", "Amount"]
        old = lines(header, ["A", "2025-07-02", 5], ["A", "2025-12-31", 6])
        new = lines(header, ["A", "2026-01-02", 7], ["A", "2026-06-30", 8])
        assert taken(tmp_path, {"old.csv": old, "new.csv": new})["A"]["turnover"] == 26.0
        assert "turnover" not in taken(tmp_path, {"new.csv": new})["A"]

    def test_a_client_without_invoices_in_a_covered_period_has_sold_nothing(self, tmp_path):
        found = taken(tmp_path, invoices(["A", "2024-01-05", 5]))
        assert (
            found["A"].items()
            >= {"turnover": 0.0, "turnover_1": 0.0, "turnover_2": 5.0, "orders": 0.0}.items()
        )

    def test_a_file_that_begins_late_is_not_called_old(self, tmp_path):
        _, found = self.filled(tmp_path, "2025-10-01", "2026-06-30")
        assert "long before the reference date" not in found.said("en")

    def test_years_alone_cover_each_its_year(self, tmp_path):
        content = lines(["Account", "Year", "Amount"], ["A", 2023, 1], ["A", 2024, 2], ["A", 2025, 4])
        found = taken(tmp_path, content, settings(dt.date(2025, 12, 31), closed=True))
        assert [found["A"].get(name) for name in ("turnover", "turnover_1", "turnover_2")] == [4.0, 2.0, 1.0]

    def test_years_alone_are_turnover_of_closed_years_and_said_to_be_coarse(self, tmp_path):
        content = lines(
            ["Account", "Year", "Amount"], ["A", 2022, 8], ["A", 2023, 1], ["A", 2024, 2], ["A", 2025, 4]
        )
        found = taken(tmp_path, content, settings(closed=True))
        assert [found["A"][name] for name in ("turnover", "turnover_1", "turnover_2")] == [4.0, 2.0, 1.0]
        assert "coarse" in found.guesses()


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
        assert "1 facture n’a pas d’échéance ; elle a été supposée due à 30 jours" in found.said("fr")
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

    def test_a_first_purchase_that_is_known_to_be_earlier_stays(self, tmp_path):
        tables = known(clients=[{"account": "A", "first_purchase": day(2009, 5, 4)}])
        found = taken(tmp_path, invoices(["A", "2026-01-05", 5]), tables)
        assert found["A"]["first_purchase"] == day(2009, 5, 4)

    def test_a_last_purchase_that_is_known_to_be_later_stays(self, tmp_path):
        tables = known(clients=[{"account": "A", "last_purchase": day(2026, 6, 4)}])
        content = lines(["Account", "Invoice date", "Amount"], ["A", "2020-01-05", 5], ["A", "2021-01-05", 5])
        assert taken(tmp_path, content, tables)["A"]["last_purchase"] == day(2026, 6, 4)


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
