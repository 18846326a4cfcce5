"""Ledgers: the three periods and what of them is covered."""

import datetime as dt

import pytest
from imports.harness import known, lines, taken
from support.ledger_rows import invoices, settings


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
        assert "Turnover is the invoices from 2025-07-01 to 2026-06-30: 6\u00a0EUR." in found.said("en")
        assert "Invoices outside the three periods: 129\u00a0EUR." in found.said("en")
        assert "Lines after the reference date 2026-06-30 are in no turnover." in found.said("en")
        assert "CA N\u00a0: factures du 01/07/2025 au 30/06/2026, soit 6\u00a0EUR." in found.said("fr")

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
            ("2025-10-01", "2026-06-30", ["turnover", "orders"]),
            ("2026-04-15", "2026-06-30", ["turnover", "orders"]),
            ("2026-04-20", "2026-06-30", []),
            ("2023-07-01", "2026-01-31", ["turnover_1", "turnover_2"]),
            ("2023-07-01", "2025-06-30", ["turnover_1", "turnover_2"]),
        ],
    )
    def test_only_periods_that_the_files_cover_from_end_to_end_are_filled(
        self, tmp_path, first, last, filled
    ):
        assert self.filled(tmp_path, first, last)[0] == filled

    def test_a_period_that_is_left_says_so_with_what_the_files_hold_of_it(self, tmp_path):
        _, found = self.filled(tmp_path, "2026-05-01", "2026-06-30")
        said = "Turnover was left as it is: the files do not cover 2025-07-01 to 2026-06-30 from end to end"
        assert f"{said} (they hold 12\u00a0EUR of it)." in found.said("en")

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

    def test_where_nothing_is_known_a_part_of_the_latest_period_counts_and_is_said(self, tmp_path):
        _, found = self.filled(tmp_path, "2025-09-01", "2026-06-30")
        assert found["A"]["turnover"] == 12.0
        said = "begin on 2025-09-01, so the turnover of the latest period is that of 10 months of 12."
        assert said in found.said("en")
        assert "celui de 10 mois sur 12" in found.said("fr")
        _, whole = self.filled(tmp_path, "2025-07-01", "2026-06-30")
        assert "months of 12" not in whole.said("en")

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
