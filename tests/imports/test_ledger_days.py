"""Invoices and payments on the edge of the reference date and of the periods: what has happened."""

import datetime as dt

import pytest
from imports.harness import TODAY, lines, taken

HEADER = ["Account", "Invoice number", "Invoice date", "Due date", "Payment date", "Amount"]
DAY = dt.timedelta(days=1)
COVERED = [["OTHER", "F0", day, day, day, 1] for day in ("2023-01-01", "2026-06-30")]
"""From so early to so late that all three periods are covered."""


def found_of(folder, *rows):
    return taken(folder, lines(HEADER, *COVERED, *rows)).accounts.get("C1", {})


@pytest.mark.parametrize(("day", "happened"), [(TODAY - DAY, True), (TODAY, True), (TODAY + DAY, False)])
def test_an_invoice_of_the_reference_date_has_happened_and_one_of_the_day_after_has_not(
    tmp_path, day, happened
):
    early = ["C1", "F1", "2026-01-05", "2026-02-04", "2026-02-04", 5]
    found = found_of(tmp_path, early, ["C1", "F2", day, day, "", 7])
    assert found["turnover"] == (12.0 if happened else 5.0)
    assert found["orders"] == (2.0 if happened else 1.0)
    assert found["last_purchase"].date() == (day if happened else dt.date(2026, 1, 5))
    assert found["open_amount"] == (7.0 if happened else 0.0)


@pytest.mark.parametrize(("paid", "open_amount"), [(TODAY - DAY, 0.0), (TODAY, 0.0), (TODAY + DAY, 100.0)])
def test_a_payment_of_the_reference_date_has_come_and_one_of_the_day_after_has_not(
    tmp_path, paid, open_amount
):
    row = ["C1", "F1", "2026-05-01", "2026-05-31", paid, 100]
    found = found_of(tmp_path, row)
    assert (found["open_amount"], found["overdue"]) == (open_amount, open_amount)
    # Late since 31 May: until it was paid, else until today.
    assert found["days_late"] == (min(paid, TODAY) - dt.date(2026, 5, 31)).days


@pytest.mark.parametrize(("due", "overdue", "days"), [(TODAY - DAY, 100.0, 1.0), (TODAY, 0.0, None)])
def test_what_is_due_on_the_reference_date_is_not_overdue_yet(tmp_path, due, overdue, days):
    found = found_of(tmp_path, ["C1", "F1", "2026-05-01", due, "", 100])
    assert (found["open_amount"], found["overdue"], found.get("days_late")) == (100.0, overdue, days)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-06-30", "turnover"),
        ("2025-07-01", "turnover"),
        ("2025-06-30", "turnover_1"),
        ("2024-07-01", "turnover_1"),
        ("2024-06-30", "turnover_2"),
        ("2023-07-01", "turnover_2"),
        ("2023-06-30", None),
    ],
)
def test_a_period_lasts_from_the_day_after_the_one_before_to_its_last_day(tmp_path, day, name):
    found = found_of(tmp_path, ["C1", "F1", day, day, day, 9])
    sums = {key: found.get(key) for key in ("turnover", "turnover_1", "turnover_2") if found.get(key)}
    assert sums == ({name: 9.0} if name else {})


def test_days_late_are_weighted_by_amount_and_early_days_count_0(tmp_path):
    rows = [
        ["C1", "F1", "2026-01-01", "2026-01-31", "2026-02-10", 100],  # 10 days late
        ["C1", "F2", "2026-01-01", "2026-01-31", "2026-01-01", 200],  # 30 days early
        ["C1", "F3", "2026-05-01", "2026-06-20", "", 100],  # open, 10 days ago
        ["C1", "F4", "2026-06-01", "2026-07-20", "", 900],  # not due yet
    ]
    found = found_of(tmp_path, *rows)
    assert found["days_late"] == (100 * 10 + 200 * 0 + 100 * 10) / 400
    assert (found["open_amount"], found["overdue"]) == (1000.0, 100.0)
