"""How late invoices are paid, by letters and without."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from support.book_lines import DAY, assigned
from support.bookings import book, line, payment, sale

from scoring.books.accounting import Books, payment_quality, turnover, unbalanced


def quality(entries, as_of="2024-12-31", terms=30):
    return payment_quality(entries, dt.date.fromisoformat(as_of), terms)


def test_days_late_of_a_lettered_payment():
    """An invoice paid 45 days after its date is 15 days late on terms of 30."""
    entries = book(
        sale("1", "2024-01-01", "C1", 100, letter="A"), payment("1", "2024-02-15", "C1", 100, letter="A")
    )
    assert quality(entries).loc["C1"].tolist() == [15, 100, 0, 0]


def test_early_payments_do_not_make_up_for_late_ones():
    """Paid before the due date counts 0 days, with its weight."""
    entries = book(
        sale("1", "2024-01-01", "C1", 100, letter="A"),
        payment("1", "2024-01-02", "C1", 100, letter="A"),
        sale("2", "2024-01-01", "C1", 100, letter="B"),
        payment("2", "2024-02-10", "C1", 100, letter="B"),
    )
    assert quality(entries).loc["C1"].tolist() == [5, 200, 0, 0]


def test_letters_say_what_pays_what():
    """A letter goes before first in first out."""
    entries = book(
        sale("1", "2024-01-01", "C1", 100, letter="A"),
        sale("2", "2024-05-01", "C1", 100, letter="B"),
        payment("1", "2024-05-11", "C1", 100, letter="B"),
        payment("2", "2024-06-10", "C1", 100, letter="A"),
    )
    assert quality(entries).loc["C1", "days_late"] == (0 + 131) / 2


def test_without_letters_the_oldest_invoice_is_paid_first():
    """What is not lettered is matched within the client, first in first out."""
    entries = book(
        sale("1", "2024-01-01", "C1", 100),
        sale("2", "2024-05-01", "C1", 100),
        payment("1", "2024-05-11", "C1", 100),
    )
    found = quality(entries, "2024-05-21", terms=0).loc["C1"]
    assert found.tolist() == [(131 + 20) / 2, 200, 100, 100]


def test_what_a_letter_leaves_is_matched_with_the_rest_of_the_client():
    """A letter that holds only a part of what was paid leaves no false debt."""
    entries = book(
        sale("1", "2024-01-01", "C1", 100, letter="A"),
        payment("1", "2024-01-11", "C1", 60, letter="A"),
        payment("2", "2024-01-21", "C1", 40),
    )
    assert quality(entries, terms=0).loc["C1"].tolist() == [(60 * 10 + 40 * 20) / 100, 100, 0, 0]


def test_the_same_letter_of_another_year_is_another_letter():
    """Letters begin again each year: the payment is of this year's invoice, the other one stays open."""
    entries = book(
        sale("1", "2023-12-01", "C1", 100, letter="A"),
        sale("1", "2024-01-01", "C1", 100, letter="A", year=1),
        payment("1", "2024-01-11", "C1", 100, letter="A", year=1),
    )
    assert quality(entries, "2024-01-20").loc["C1"].tolist() == [(0 + 20) / 2, 200, 100, 100]


def test_an_invoice_is_dated_by_its_piece():
    """PieceDate goes before EcritureDate, where there is one."""
    entries = book(
        sale("1", "2024-01-31", "C1", 100, piece_date="2024-01-01"), payment("1", "2024-01-31", "C1", 100)
    )
    assert quality(entries, terms=0).loc["C1", "days_late"] == 30


def test_credit_notes_clear_without_days():
    """A credit note neither pays late nor counts as paid."""
    entries = book(
        sale("1", "2024-01-01", "C1", 100, letter="A"),
        sale("2", "2024-06-01", "C1", -40, letter="A"),
        payment("1", "2024-06-11", "C1", 60, letter="A"),
    )
    assert quality(entries, terms=0).loc["C1"].tolist() == [162, 60, 0, 0]


def test_each_credit_note_is_used_once():
    """Credit notes of two letters leave a third invoice open."""
    entries = book(
        sale("1", "2024-01-01", "C1", 100, letter="A"),
        sale("2", "2024-01-01", "C1", 30, letter="B"),
        sale("3", "2024-01-01", "C1", 50),
        sale("4", "2024-01-02", "C1", -100, letter="A"),
        sale("5", "2024-01-02", "C1", -30, letter="B"),
    )
    assert quality(entries).loc["C1", ["open", "overdue"]].tolist() == [50, 50]


def test_transfers_clear_without_days():
    """A credit of a journal that moves no money is no payment."""
    entries = book(
        sale("1", "2024-01-01", "C1", 100),
        line("OD", "1", "2024-06-01", "411000", -100, aux="C1"),
        line("OD", "1", "2024-06-01", "467000", 100),
    )
    found = quality(entries).loc["C1"]
    assert np.isnan(found["days_late"])
    assert found[["weight", "open", "overdue"]].tolist() == [0, 0, 0]


def test_a_treasury_journal_is_one_where_half_of_the_entries_move_money():
    """A payment through 580 in the bank's journal is a payment all the same."""
    entries = book(
        sale("1", "2024-01-01", "C1", 100),
        payment("1", "2024-01-01", "C2", 1),
        line("BQ", "2", "2024-01-11", "411000", -100, aux="C1"),
        line("BQ", "2", "2024-01-11", "580000", 100),
    )
    assert quality(entries, terms=0).loc["C1", "days_late"] == 10


def test_an_entry_that_takes_money_in_pays_in_any_journal():
    """Small books write what the bank received into a journal of everything else."""
    entries = book(
        sale("1", "2024-01-01", "C1", 100),
        payment("9", "2024-01-11", "C1", 100, journal="OD"),
        *([line("OD", str(k), DAY, "101000", 1), line("OD", str(k), DAY, "108000", -1)] for k in range(3)),
    )
    assert quality(entries, terms=0).loc["C1", "days_late"] == 10


def test_open_invoices_past_due_count_with_the_days_so_far():
    """Who never pays does not look clean."""
    found = quality(book(sale("1", "2024-01-01", "C1", 100)), "2024-02-10")
    assert found.loc["C1"].tolist() == [10, 100, 100, 100]


def test_open_invoices_not_yet_due_say_nothing():
    """An invoice that is not due is open, no more."""
    found = quality(book(sale("1", "2024-01-01", "C1", 100)), "2024-01-31").loc["C1"]
    assert np.isnan(found["days_late"])
    assert found[["weight", "open", "overdue"]].tolist() == [0, 100, 0]


def test_what_comes_after_the_day_is_not_known_yet():
    """A payment after the day that is looked from leaves the invoice open."""
    entries = book(sale("1", "2024-01-01", "C1", 100), payment("1", "2024-03-01", "C1", 100))
    assert quality(entries, "2024-02-10").loc["C1"].tolist() == [10, 100, 100, 100]


def opening(date, amount, *, letter="", year=0):
    lines = [("411000", amount, "C1"), ("101000", -amount, "")]
    return [line("AN", "1", date, a, x, aux=aux, letter=letter, year=year) for a, x, aux in lines]


def test_the_first_opening_clears_without_days():
    """An invoice of the first opening has no date: paying it says nothing."""
    entries = book(opening("2024-01-01", 100, letter="A"), payment("1", "2024-03-01", "C1", 100, letter="A"))
    found = quality(entries).loc["C1"]
    assert np.isnan(found["days_late"])
    assert found[["weight", "open", "overdue"]].tolist() == [0, 0, 0]


def test_the_first_opening_is_open_without_being_overdue():
    """What is open since before the first year is owed, but nobody knows since when."""
    assert quality(book(opening("2024-01-01", 100))).loc["C1", ["open", "overdue"]].tolist() == [100, 0]


def test_later_openings_are_skipped():
    """An opening repeats what the year before left open: it is not owed twice."""
    entries = book(
        sale("1", "2023-12-01", "C1", 100),
        opening("2024-01-01", 100, letter="A", year=1),
        payment("1", "2024-01-10", "C1", 100, letter="A", year=1),
    )
    assert quality(entries).loc["C1"].tolist() == [10, 100, 0, 0]


OLD_AND_NEW = [
    sale("2", "2024-01-01", "C1", 100, letter="A", year=1),
    payment("1", "2024-01-05", "C1", 100, letter="A", year=1),
    payment("2", "2024-03-01", "C1", 100, letter="A", year=1),
]


def test_a_lettered_opening_keeps_its_payment_for_the_invoice_that_it_repeats():
    """Under one letter with a new invoice, the first payment is of the old one, which has a date."""
    old = sale("1", "2023-12-01", "C1", 100)
    entries = book(old, opening("2024-01-01", 100, letter="A", year=1), *OLD_AND_NEW)
    assert quality(entries).loc["C1"].tolist() == [(5 + 30) / 2, 200, 0, 0]


@pytest.mark.parametrize("repeated", ["", "A"])
def test_a_letter_that_balances_only_over_two_years_is_one(repeated):
    """Where a letter goes on into the next year, its payments are not of an older invoice without it."""
    older, old = sale("8", "2023-11-01", "C1", 100), sale("9", "2023-12-01", "C1", 100, letter="A")
    entries = book(older, old, opening("2024-01-01", 100, letter=repeated, year=1), *OLD_AND_NEW)
    assert quality(entries, "2024-03-01", terms=60).loc["C1"].tolist() == [61 / 3, 300, 100, 100]


def test_a_real_credit_counts_beside_one_that_is_repeated():
    """Two credits of a day and an amount are told apart, whatever the order of their lines."""
    credits_ = [
        opening("2024-02-01", -100, letter="A", year=1),
        sale("3", "2024-02-01", "C1", -100, letter="A", year=1),
    ]
    days = ["2024-01-01", "2024-01-21"]
    asked = [sale(str(k), day, "C1", 100, letter="A", year=1) for k, day in enumerate(days, 1)]
    for order in (credits_, credits_[::-1]):
        known = [line("OD", "1", "2023-05-01", "411000", cents, aux="C1") for cents in (7, -7)]
        entries = book(*known, *asked, *order)
        assert quality(entries, "2024-02-10").loc["C1", ["open", "overdue"]].tolist() == [100, 0]


def test_a_credit_that_an_opening_repeats_is_used_once():
    """Money left from the year before clears the new invoice of its letter, once."""
    entries = book(
        payment("1", "2023-12-01", "C1", 100),
        opening("2024-01-01", -100, letter="A", year=1),
        sale("1", "2024-01-01", "C1", 100, letter="A", year=1),
        sale("2", "2024-01-01", "C1", 30, year=1),
    )
    assert quality(entries, "2024-01-15").loc["C1", ["weight", "open", "overdue"]].tolist() == [100, 30, 0]


def test_what_was_open_before_a_missing_year_is_not_counted_twice():
    """After a gap the opening says what is open, not the years before the gap."""
    entries = book(sale("1", "2022-12-01", "C1", 100), opening("2024-01-01", 70, year=2))
    assert quality(entries).loc["C1", ["open", "overdue"]].tolist() == [70, 0]


def test_money_given_back_is_no_invoice():
    """A refund of what was paid too much has neither days nor weight."""
    entries = book(
        sale("1", "2024-01-01", "C1", 100, letter="A"),
        payment("1", "2024-02-10", "C1", 120, letter="A"),
        payment("2", "2024-02-12", "C1", -20, letter="A"),
    )
    assert quality(entries).loc["C1"].tolist() == [10, 100, 0, 0]


def test_a_payment_that_bounced_is_due_at_once():
    """The debit of a returned cheque counts until it is paid for good."""
    entries = book(
        sale("1", "2024-01-01", "C1", 100),
        payment("1", "2024-01-31", "C1", 100),
        payment("2", "2024-02-01", "C1", -100),
    )
    assert quality(entries, "2024-02-11").loc["C1"].tolist() == [5, 200, 100, 100]


def test_an_invoice_comes_before_what_bounced_on_the_same_day():
    """Two debts of a day and an amount are told apart, whatever the order of their lines."""
    both = sale("1", "2024-01-01", "C1", 100), payment("1", "2024-01-01", "C1", -100)
    paid = payment("2", "2024-01-11", "C1", 100)
    for debts in (both, both[::-1]):
        assert quality(book(*debts, paid), "2024-01-21").loc["C1"].tolist() == [10, 200, 100, 100]


def test_a_bad_debt_stays_owed():
    """A transfer to account 416 does not make the client look clean."""
    entries = book(
        sale("1", "2024-01-01", "C1", 100),
        line("OD", "1", "2024-06-01", "411000", -100, aux="C1"),
        line("OD", "1", "2024-06-01", "416000", 100, aux="C1"),
    )
    assert quality(entries).loc["C1", ["open", "overdue"]].tolist() == [100, 100]


def test_clients_by_account_have_a_payment_quality():
    """Where 411 is subdivided, the account is the client."""
    entries = book(
        line("VE", "1", "2024-01-01", "41100042", 100),
        line("VE", "1", "2024-01-01", "707000", -100),
    )
    assert quality(entries, "2024-02-10").loc["41100042"].tolist() == [10, 100, 100, 100]


def test_books_stand_for_their_lines():
    """Several measures can share the work, and find the same."""
    entries = book(sale("1", DAY, "C1", 100), payment("1", "2024-06-01", "C1", 60))
    books = Books(entries)
    pd.testing.assert_frame_equal(turnover(books).clients, turnover(entries).clients)
    day = dt.date(2024, 12, 31)
    pd.testing.assert_frame_equal(payment_quality(books, day, 30), payment_quality(entries, day, 30))
    assert unbalanced(books).entries.empty


def test_no_lines():
    """An export without lines has no turnover, no clients and no faults."""
    assert assigned(book()) == {}
    assert quality(book()).empty
    assert unbalanced(book()).entries.empty
