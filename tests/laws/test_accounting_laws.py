"""Laws of turnover and payment quality: what holds for all books."""

import datetime as dt
from random import Random

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from support.bookings import book, line

from scoring.books.accounting import Books, payment_quality, turnover, unbalanced
from scoring.books.settlement import Items, amount_weighted_days, settle
from scoring.remainder import shared_out

ACCOUNTS = (
    "411000",
    "411000",
    "411007",
    "416000",
    "419100",
    "707000",
    "707000",
    "445710",
    "512000",
    "530000",
)
JOURNALS = ("VE", "VE", "BQ", "OD", "AN")

few = settings(max_examples=12)


def any_line(random):
    """A line that may be anything: laws hold for bad books, too."""
    year = random.randrange(3)
    day = dt.date(2022 + year, 1, 1) + dt.timedelta(random.choice([0, 0, 1, 40, 200]))
    return line(
        random.choice(JOURNALS),
        random.choice("012"),
        day,
        random.choice(ACCOUNTS),
        random.choice([-300, -100, -33, 0, 20, 33, 100, 300]),
        aux=random.choice(["", "C1", "C2", "C3"]),
        piece=random.choice(["", "F1", "F2", "sans"]),
        letter=random.choice(["", "", "A"]),
        year=year,
        piece_date=random.choice([None, day, day - dt.timedelta(9)]),
    )


def any_pair(random):
    """Two lines that balance: most books are good ones."""
    one = any_line(random)
    turned = {"account": random.choice(ACCOUNTS), "debit": one["credit"], "credit": one["debit"]}
    return [one, one | turned | {"journal": random.choice([one["journal"], "OD"])}]


def any_book(n_items, seed):
    random = Random(seed)
    return book(*(random.choice([any_line, any_pair, any_pair])(random) for _ in range(n_items)))


# Drawn from a seed: a choice of hypothesis for each field of each line would take most of the time.
books = st.builds(any_book, st.integers(0, 30), st.integers(0, 2**32))
days = st.dates(dt.date(2022, 1, 1), dt.date(2025, 6, 30))


def shuffled(entries, random):
    order = list(range(len(entries)))
    random.shuffle(order)
    return entries.iloc[order].reset_index(drop=True), order


@few
@given(books)
def test_clients_and_not_assigned_add_up_to_the_total_to_the_cent(entries):
    found = turnover(entries)
    sales = entries[entries["account"].str.startswith("70") & (entries["journal"] != "AN")]
    expected = (sales["credit"] - sales["debit"]).groupby(sales["year"]).sum()
    total = expected.reindex(found.total.index, fill_value=0).to_numpy()
    known = found.clients["turnover"].groupby("year").sum().reindex(found.total.index, fill_value=0)
    assert (found.total.to_numpy() == total).all()
    assert (known.to_numpy() + found.not_assigned.to_numpy() == total).all()


@few
@given(books, days, st.randoms())
def test_the_order_of_lines_changes_nothing(entries, as_of, random):
    mixed, order = shuffled(entries, random)
    straight, other = Books(entries), Books(mixed)
    one, two = turnover(straight), turnover(other)
    pd.testing.assert_frame_equal(one.clients, two.clients)
    pd.testing.assert_series_equal(one.not_assigned, two.not_assigned)
    one, two = (payment_quality(lines, as_of, 30) for lines in (straight, other))
    pd.testing.assert_frame_equal(one, two, check_exact=True)
    one, two = (unbalanced(lines).entries for lines in (straight, other))
    pd.testing.assert_frame_equal(one.drop(columns="rows"), two.drop(columns="rows"))
    rows = [sorted(order[row] for row in fault) for fault in two["rows"]]
    assert [fault.tolist() for fault in one["rows"]] == rows


@few
@given(books, days, st.integers(0, 90))
def test_days_late_are_never_negative_and_known_where_there_is_a_weight(entries, as_of, terms):
    found = payment_quality(entries, as_of, terms)
    assert (found["days_late"].dropna() >= 0).all()
    assert (found["days_late"].notna() == (found["weight"] > 0)).all()
    assert (found["overdue"] >= 0).all()
    assert (found["overdue"] <= found["open"].clip(lower=0)).all()
    assert (found["overdue"] <= found["weight"]).all()


@few
@given(books, days, st.integers(2, 1000))
def test_larger_amounts_scale_what_is_owed_and_leave_the_days(entries, as_of, factor):
    larger = entries.assign(debit=entries["debit"] * factor, credit=entries["credit"] * factor)
    small, large = (payment_quality(table, as_of, 30) for table in (entries, larger))
    assert (small[["weight", "open", "overdue"]] * factor == large[["weight", "open", "overdue"]]).all(
        axis=None
    )
    np.testing.assert_allclose(small["days_late"], large["days_late"], rtol=1e-12)
    assert (turnover(entries).total * factor == turnover(larger).total).all()


@few
@given(books, days, st.integers(0, 60), st.integers(1, 30))
def test_longer_terms_never_raise_what_is_overdue(entries, as_of, terms, more):
    strict, lenient = (payment_quality(entries, as_of, each)["overdue"] for each in (terms, terms + more))
    assert (lenient <= strict).all()


@few
@given(books)
def test_a_negative_debit_is_a_credit(entries):
    turned = entries.assign(debit=-entries["credit"], credit=-entries["debit"])
    pd.testing.assert_frame_equal(turnover(entries).clients, turnover(turned).clients)
    day = dt.date(2025, 1, 1)
    pd.testing.assert_frame_equal(payment_quality(entries, day, 30), payment_quality(turned, day, 30))


@few
@given(books)
def test_faults_hold_all_that_a_year_is_out_of_balance_by(entries):
    found = unbalanced(entries)
    gap = (found.years["debit"] - found.years["credit"]).to_dict()
    faults = (found.entries["debit"] - found.entries["credit"]).groupby(found.entries["year"]).sum().to_dict()
    assert {year: faults.get(year, 0) for year in gap} == gap


items = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5), st.integers(0, 9)), max_size=12).map(
    lambda rows: Items(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)
)


@settings(max_examples=30)
@given(items, items, items)
def test_settling_conserves_every_amount_and_leaves_nothing_on_both_sides(invoices, payments, credit_notes):
    found = settle(invoices, payments, credit_notes)
    paid = found.clearing >= 0
    cleared = np.zeros(len(invoices.amount), dtype=np.int64)
    np.add.at(cleared, found.invoice, found.amount)
    used = np.zeros(len(payments.amount), dtype=np.int64)
    np.add.at(used, found.clearing[paid], found.amount[paid])
    assert (found.amount > 0).all()
    assert (cleared + found.open == invoices.amount).all()
    assert (used + found.unused_payments == payments.amount).all()
    credited = np.zeros(len(credit_notes.amount), dtype=np.int64)
    np.add.at(credited, ~found.clearing[~paid], found.amount[~paid])
    assert (credited + found.unused_credits == credit_notes.amount).all()
    assert (invoices.group[found.invoice[~paid]] == credit_notes.group[~found.clearing[~paid]]).all()
    assert (invoices.group[found.invoice[paid]] == payments.group[found.clearing[paid]]).all()
    unused = (found.unused_payments[payments.group == g].sum() for g in range(3))
    unused = [rest + found.unused_credits[credit_notes.group == g].sum() for g, rest in enumerate(unused)]
    still = [found.open[invoices.group == g].sum() for g in range(3)]
    assert all(rest == 0 or left == 0 for rest, left in zip(unused, still, strict=True))


@settings(max_examples=30)
@given(items, items)
def test_no_invoice_is_paid_before_an_older_one_of_its_group_is(invoices, payments):
    found = settle(invoices, payments, Items(*np.zeros((3, 0), dtype=np.int64)))
    for touched in found.invoice:
        older = (invoices.group == invoices.group[touched]) & (invoices.day < invoices.day[touched])
        assert not found.open[older].any()


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(1, 10**9), st.integers(0, 400)), min_size=1), st.integers(2, 100))
def test_weighted_days_lie_between_the_least_and_the_most_and_ignore_the_unit(paid, factor):
    amounts, late = np.array(paid).T
    mean = amount_weighted_days(amounts, late)
    assert late.min() - 1e-9 <= mean <= late.max() + 1e-9
    np.testing.assert_allclose(amount_weighted_days(amounts * factor, late), mean, rtol=1e-12, atol=1e-12)


@settings(max_examples=30)
@given(st.integers(-(10**15), 10**15), st.lists(st.integers(0, 10**15), min_size=1).filter(any))
def test_shares_add_up_and_lie_within_one_of_their_quota(amount, weights):
    parts = shared_out(amount, weights)
    assert sum(parts) == amount
    total = sum(weights)
    assert all(abs(part * total - amount * w) < total for part, w in zip(parts, weights, strict=True))
