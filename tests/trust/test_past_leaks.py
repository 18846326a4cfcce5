"""What comes after the day of a test on the past changes nothing of what was known on it."""

import datetime as dt
from random import Random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws.exports import put
from support import fecs
from support.books import Tables
from support.small_models import POTENTIAL, TURNOVER, classed

from addin.imports.importing import Options
from addin.imports.past import open_past, past_on
from addin.refusals import Refusal
from scoring import assess
from scoring.trust.backtest import backtest, measures

ON = dt.date(2024, 12, 31)
TODAY = dt.date(2026, 2, 1)
TABLES = Tables("en").list()
PAID = "Account,Invoice number,Invoice date,Due date,Amount,Paid on,Status"
STATEMENT = "Account,Date,Document,Debit,Credit,Letter"


def day(days):
    return (ON + dt.timedelta(days=days)).isoformat()


def csv(header, rows):
    return "\n".join([header, *(",".join(map(str, row)) for row in rows), ""]).encode()


def known(folder, *files, on=ON, kind=None):
    return past_on(open_past(TABLES, put(folder, *files), TODAY, Options(kind)), on)


def earlier(random):
    """Invoices of four clients every month for three years; number, account, days since the test, amount."""
    for month in range(37):
        for place, account in enumerate("ABCD"):
            yield (
                f"F{month:02}{place}",
                account,
                -1 - 30 * month - random.randint(0, 9),
                random.randint(1, 900),
            )


def with_payments(random, later):
    cells = []
    for number, account, days, amount in earlier(random):
        paid_on = day(days + random.randint(5, 60))
        cells.append([account, number, day(days), day(days + 30), amount, paid_on, "paid"])
    return csv(PAID, [*cells, *later])


def later_invoices(drawn):
    return [
        [
            account,
            f"N{place}",
            day(days),
            day(days + 30),
            amount,
            day(days + 20) if paid else "",
            "paid" if paid else "open",
        ]
        for place, (account, days, amount, paid) in enumerate(drawn)
    ]


LATER = st.lists(
    st.tuples(st.sampled_from("ABCDEF"), st.integers(1, 364), st.integers(1, 9_000), st.booleans()),
    max_size=12,
)
END = [["Z", "NZ", day(365), day(395), 1, "", "open"]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("past")


@settings(max_examples=12)
@given(LATER, st.integers(0, 5))
def test_invoices_after_the_day_change_no_account_no_score_and_no_measure(folder, drawn, seed):
    alone, more = (
        known(folder, ("f.csv", with_payments(Random(seed), rows)))
        for rows in (END, [*later_invoices(drawn), *END])
    )
    pd.testing.assert_frame_equal(alone.accounts, more.accounts)
    assert {"turnover", "turnover_2", "purchases", "days_late", "overdue"} <= set(alone.accounts)
    model = classed(TURNOVER, POTENTIAL)
    score = assess(alone.accounts, model, ON, explain=False).results["score"].set_axis(alone.accounts.index)
    found = [backtest(one.sold, score, ON, 1).around for one in (alone, more)]
    pd.testing.assert_frame_equal(*(one.drop(columns=["after", "bought_after"]) for one in found))
    for mine, other in zip(
        *(measures(one, one["score"].to_numpy(), ON).values() for one in found), strict=True
    ):
        assert mine.tolist() == other.tolist()


def test_what_is_paid_after_the_day_is_open_on_it(tmp_path):
    paid = with_payments(Random(1), END)
    lines = [line.split(",") for line in paid.decode().splitlines()]
    unpaid = [[*cells[:5], "", "open"] if cells[5] > ON.isoformat() else cells for cells in lines[1:]]
    assert sum(cells[5] == "" for cells in unpaid) > 1
    as_if = known(tmp_path, ("f.csv", csv(PAID, unpaid)))
    found = known(tmp_path, ("f.csv", paid))
    pd.testing.assert_frame_equal(found.accounts, as_if.accounts)
    assert found.accounts.loc["a", "open_amount"] > 0


def test_payments_without_a_day_say_nothing_of_what_was_open(tmp_path):
    header = "Account,Invoice number,Invoice date,Amount,Outstanding"
    rows = [[account, number, day(days), amount, 0] for number, account, days, amount in earlier(Random(1))]
    found = known(tmp_path, ("f.csv", csv(header, [*rows, ["Z", "NZ", day(365), 1, 1]])))
    assert "turnover" in found.accounts
    assert not {"open_amount", "overdue", "days_late"} & set(found.accounts)


def statement(later):
    """Two invoices of 100, the second lettered with the payment: paid before it is due, or else the first."""
    rows = [
        ["A", day(-90), "Invoice 1", 100, "", ""],
        ["A", day(-25), "Invoice 2", 100, "", "B"],
        ["A", day(-20), "Payment", "", 100, "B"],
        *later,
        ["Z", day(-1000), "Invoice 3", 5, "", ""],
        ["Z", day(365), "Invoice 4", 5, "", ""],
    ]
    return csv(STATEMENT, rows)


def fec_years(letter, later=()):
    entries = [
        fecs.invoice("1", "2024-10-02", "A", 10_000),
        fecs.invoice("2", "2024-12-06", "A", 10_000, letter=letter),
        fecs.payment("3", "2024-12-11", "A", 12_000, letter=letter),
    ]
    after = [*later, fecs.invoice("9", "2025-12-31", "Z", 100)]
    return [(fecs.name("2024-12-31"), fecs.fec(*entries)), (fecs.name("2025-12-31"), fecs.fec(*after))]


@pytest.mark.parametrize(
    ("later", "late"),
    [
        ((), (60 + 0) / 2),
        ([["A", day(30), "Invoice 5", 7, "", "B"]], 40),
        ([["C", day(30), "Invoice 5", 7, "", "B"]], (60 + 0) / 2),
    ],
    ids=["all its lines are earlier", "a later line bears it too", "that of another client"],
)
def test_a_letter_of_a_statement_counts_if_all_its_lines_are_known(later, late, tmp_path):
    found = known(tmp_path, ("f.csv", statement(later)), kind="ledger").accounts.loc["a"]
    assert found["open_amount"] == 100
    # Due after 30 days, so the first is 60 days overdue if it is open, and was 40 days late if it was paid.
    assert found["days_late"] == late


@pytest.mark.parametrize("same_year", [True, False])
def test_a_letter_of_a_fec_counts_if_all_its_lines_are_known(same_year, tmp_path):
    late = {}
    for letter, key in (("B", "lettered"), ("", "not")):
        late[key] = known(tmp_path, *fec_years(letter)).accounts.loc["a", "days_late"]
    assert late == {"lettered": 60 / 2, "not": 40}
    more = fecs.payment("4", "2025-01-20", "A", 500, letter="B")
    if same_year:  # of one fiscal year: the day of the test lies within
        files = fec_years("B")
        whole = [fecs.fec(fecs.invoice("0", "2023-06-01", "A", 10)), *(content for _, content in files)]
        one = whole[1].decode() + "".join(fecs.fec(more).decode().splitlines(keepends=True)[1:])
        named = [(fecs.name("2025-06-30"), one.encode()), (fecs.name("2026-06-30"), whole[2])]
        assert known(tmp_path, *named).accounts.loc["a", "days_late"] == late["not"]
    else:  # letters of another year are others', as long as their own year explains them
        found = known(tmp_path, *fec_years("B", [more])).accounts.loc["a", "days_late"]
        assert found == late["lettered"]


def later_entries(drawn):
    return [
        (fecs.invoice if is_sale else fecs.payment)(
            f"L{place}", day(days), account, 100 * amount, letter="B" if place % 2 else ""
        )
        for place, (account, days, amount, is_sale) in enumerate(drawn)
    ]


@settings(max_examples=10)
@given(LATER)
def test_entries_after_the_day_change_no_account(folder, drawn):
    alone, more = (known(folder, *fec_years("B", entries)) for entries in ((), later_entries(drawn)))
    pd.testing.assert_frame_equal(alone.accounts, more.accounts)
    assert alone.accounts.loc["a", "turnover"] == 200


@pytest.mark.parametrize(
    ("files", "on", "key"),
    [
        ([("f.csv", with_payments(Random(1), END))], dt.date(2025, 6, 30), "past_too_late"),
        ([("f.csv", with_payments(Random(1), END))], dt.date(2020, 6, 30), "past_too_early"),
        ([("f.csv", b"Code,Name,Turnover N\nA,Alpha,5\n")], ON, "past_without_days"),
        ([*fec_years(""), ("f.csv", with_payments(Random(1), END))], ON, "import_mixed_sources"),
    ],
    ids=["no year after", "nothing before", "a list of accounts", "two kinds"],
)
def test_what_cannot_be_tested_is_refused(files, on, key, tmp_path):
    with pytest.raises(Refusal) as refused:
        known(tmp_path, *files, on=on)
    assert refused.value.code == key


def test_the_latest_day_is_the_last_of_a_month_that_a_year_follows(tmp_path):
    for last, latest in (
        ("2025-12-22", "2024-12-31"),
        ("2025-12-18", "2024-11-30"),
        ("2024-02-29", "2023-02-28"),
    ):
        content = csv("Account,Invoice date,Amount", [["A", "2021-01-01", 5], ["A", last, 5]])
        opened = open_past(TABLES, put(tmp_path, ("f.csv", content)), TODAY, Options())
        assert opened.latest.isoformat() == latest
