"""Turnover and payment quality from accounting lines: one test a rule."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from support.bookings import book, line, payment, sale

from scoring.accounting import Books, client_codes, is_opening, payment_quality, turnover, unbalanced

DAY = "2024-03-01"


def assigned(entries):
    """Turnover by client; what is not assigned is checked to be the rest."""
    found = turnover(entries)
    pd.testing.assert_series_equal(
        found.clients["turnover"].groupby("year").sum().reindex(found.total.index, fill_value=0)
        + found.not_assigned,
        found.total,
        check_names=False,
    )
    return found.clients["turnover"].droplevel("year").to_dict()


def quality(entries, as_of="2024-12-31", terms=30):
    return payment_quality(entries, dt.date.fromisoformat(as_of), terms)


@pytest.mark.parametrize("code", ["AN", "ANO", "RAN", "an", "A-N", "A-Nouveau", "AN1"])
def test_an_opening_journal_is_told_by_its_code(code):
    """The usual codes of an opening are known, in any case."""
    assert is_opening(book(line(code, "1", DAY, "411000", 1))).all()


@pytest.mark.parametrize("label", ["Report à nouveau", "A NOUVEAUX DETAILLES", "Journal d'ouverture"])
def test_an_opening_journal_is_told_by_its_label(label):
    """The label tells an opening whose code says nothing."""
    assert is_opening(book(line("OD54", "1", DAY, "411000", 1, journal_label=label))).all()


@pytest.mark.parametrize(("code", "label"), [("VE", "Ventes"), ("ANIM", "Animations"), ("ACH", "Achats")])
def test_other_journals_are_no_opening(code, label):
    """A code that only begins like an opening is none."""
    assert not is_opening(book(line(code, "1", DAY, "411000", 1, journal_label=label))).any()


@pytest.mark.parametrize(
    ("account", "aux", "client"),
    [
        ("411000", "C1", "C1"),
        ("41100042", "C1", "C1"),
        ("41100042", "", "41100042"),
        ("411", "", ""),
        ("41100000", "", ""),
        ("416000", "C1", "C1"),
        ("41810000", "", ""),
        ("401000", "S1", ""),
    ],
)
def test_client_code(account, aux, client):
    """The auxiliary code is the client, else the account where 411 is subdivided."""
    assert client_codes(book(line("VE", "1", DAY, account, 1, aux=aux))).tolist() == [client]


def test_a_sale_goes_to_the_client_of_its_entry():
    """Turnover is before tax, by client."""
    assert assigned(book(sale("1", DAY, "C1", 100, vat=20), sale("2", DAY, "C2", 50))) == {
        "C1": 100,
        "C2": 50,
    }


def test_a_credit_note_lowers_turnover():
    """Credit notes count with their sign, and are no invoices."""
    found = turnover(book(sale("1", DAY, "C1", 100), sale("2", "2024-04-01", "C1", -30))).clients
    assert found.loc[(0, "C1")].tolist() == [70, pd.Timestamp(DAY), pd.Timestamp(DAY), 1]


def test_a_negative_credit_is_a_debit():
    """A sale that is written as a negative credit is a credit note."""
    lines = [
        line("VE", "1", DAY, "411000", 0, aux="C1", debit=-100),
        line("VE", "1", DAY, "707000", 0, credit=-100),
    ]
    assert assigned(book(lines)) == {"C1": -100}


def test_openings_are_no_sales():
    """A 70 account in an opening journal is not turnover."""
    lines = [line("AN", "1", DAY, "411000", 100, aux="C1"), line("AN", "1", DAY, "707000", -100)]
    assert assigned(book(lines)) == {}


def test_sales_and_invoices_by_year():
    """Each fiscal year has its own turnover, days and number of invoices."""
    entries = book(
        sale("1", "2023-02-01", "C1", 100),
        sale("2", "2023-09-01", "C1", 50),
        sale("1", "2024-02-01", "C1", 70, year=1),
    )
    found = turnover(entries)
    assert found.clients["turnover"].to_dict() == {(0, "C1"): 150, (1, "C1"): 70}
    assert found.clients["invoices"].tolist() == [2, 1]
    assert found.clients["first"].tolist() == [pd.Timestamp("2023-02-01"), pd.Timestamp("2024-02-01")]
    assert found.clients["last"].tolist() == [pd.Timestamp("2023-09-01"), pd.Timestamp("2024-02-01")]
    assert found.total.to_dict() == {0: 150, 1: 70}


def test_a_piece_that_is_used_again_on_another_day_is_another_invoice():
    """Pieces such as "VE 0123" name a month, not a document."""
    days = ["2024-01-05", "2024-01-05", "2024-01-20"]
    entries = book(*(sale(str(k), day, "C1", 100, piece="VE 0124") for k, day in enumerate(days, 1)))
    assert turnover(entries).clients["invoices"].tolist() == [2]


def test_without_pieces_an_entry_is_an_invoice():
    """Two entries of a day without a piece are two invoices."""
    entries = book(sale("1", DAY, "C1", 100, piece=""), sale("2", DAY, "C1", 100, piece=""))
    assert turnover(entries).clients["invoices"].tolist() == [2]


def two_clients(first, second, net):
    return book(
        line("VE", "1", DAY, "411000", first, aux="C1"),
        line("VE", "1", DAY, "411000", second, aux="C2"),
        line("VE", "1", DAY, "707000", -net),
        line("VE", "1", DAY, "445710", net - first - second),
    )


def test_several_clients_share_a_sale_pro_rata():
    """What each owes by the entry is the key, taxes included."""
    assert assigned(two_clients(240, 120, 300)) == {"C1": 200, "C2": 100}


def test_shares_add_up_to_the_cent():
    """The cent that does not divide goes to the largest remainder, a tie to the first code."""
    assert assigned(two_clients(60, 60, 101)) == {"C1": 51, "C2": 50}
    assert assigned(two_clients(60, 61, 101)) == {"C1": 50, "C2": 51}


def test_a_credit_note_is_shared_by_what_clients_are_owed():
    """Credits of the clients are the key of a credit note."""
    assert assigned(two_clients(-240, -120, -300)) == {"C1": -200, "C2": -100}


def test_who_owes_has_no_share_in_a_credit_note():
    """Of two clients of a credit note, it is the one that is owed."""
    assert assigned(two_clients(50, -100, -50)) == {"C2": -50}


def test_the_other_side_is_the_key_where_the_right_one_is_empty():
    """A sale against credits of the clients is shared by these."""
    entries = book(
        line("VE", "1", DAY, "411000", -20, aux="C1"),
        line("VE", "1", DAY, "411000", -10, aux="C2"),
        line("VE", "1", DAY, "707000", -30),
        line("VE", "1", DAY, "467000", 60),
    )
    assert assigned(entries) == {"C1": 20, "C2": 10}


def test_clients_without_amounts_share_nothing():
    """Where nobody owes anything, there is no key."""
    entries = book(
        line("VE", "1", DAY, "411000", 0, aux="C1"),
        line("VE", "1", DAY, "411000", 0, aux="C2"),
        line("VE", "1", DAY, "707000", -30),
        line("VE", "1", DAY, "467000", 30),
    )
    assert assigned(entries) == {}


def test_cash_in_an_entry_with_a_client_is_not_his():
    """A till's entry that names one client does not give him the whole day."""
    entries = book(
        line("CA", "1", DAY, "530000", 900),
        line("CA", "1", DAY, "411000", 100, aux="C1"),
        line("CA", "1", DAY, "707000", -1000),
    )
    assert assigned(entries) == {"C1": 100}
    assert turnover(entries).not_assigned.tolist() == [900]


def test_what_a_client_pays_at_once_is_his():
    """Money that clears the client's own debt in the entry takes no share."""
    entries = book(
        line("VE", "1", DAY, "411000", 120, aux="C1"),
        line("VE", "1", DAY, "707000", -120),
        line("VE", "1", DAY, "411000", -120, aux="C1"),
        line("VE", "1", DAY, "530000", 120),
    )
    assert assigned(entries) == {"C1": 120}


def test_receivables_without_a_code_have_their_share():
    """What is owed by nobody known is not given to the client that is known."""
    entries = book(
        line("VE", "1", DAY, "411000", 300),
        line("VE", "1", DAY, "411000", 100, aux="C1"),
        line("VE", "1", DAY, "707000", -400),
    )
    assert assigned(entries) == {"C1": 100}


def test_an_advance_is_the_clients_own():
    """Account 419 takes no share: the invoice is all the client's."""
    entries = book(
        line("VE", "1", DAY, "419100", 80),
        line("VE", "1", DAY, "411000", 20, aux="C1"),
        line("VE", "1", DAY, "707000", -100),
    )
    assert assigned(entries) == {"C1": 100}


def test_a_cash_sale_is_not_assigned():
    """A sale without a client stays without one."""
    entries = book(line("CA", "1", DAY, "530000", 50), line("CA", "1", DAY, "707000", -50))
    assert assigned(entries) == {}
    assert turnover(entries).not_assigned.tolist() == [50]


@pytest.mark.parametrize("numbers", [("0", "0", "0"), ("", "", ""), ("9", "9", "9")])
def test_where_numbers_do_not_discriminate_the_piece_does(numbers):
    """One number for a whole journal does not make one entry of a day."""
    pieces = [("C1", 100, "F1", DAY), ("C2", 50, "F2", DAY), ("C1", 1, "F3", "2024-03-09")]
    entries = book(
        *(
            sale(number, day, client, net, piece=piece)
            for number, (client, net, piece, day) in zip(numbers, pieces, strict=True)
        )
    )
    assert assigned(entries) == {"C1": 101, "C2": 50}


def test_one_number_for_all_does_not_join_the_pieces_of_a_day():
    """Where one number holds a whole journal, a sale under no client's piece is not shared over the day."""
    entries = book(
        line("VE", "9", DAY, "411000", 120, aux="C1", piece="F1"),
        line("VE", "9", DAY, "411000", 60, aux="C2", piece="F2"),
        line("VE", "9", DAY, "707000", -180, piece="F3"),
        sale("9", "2024-03-09", "C3", 1),
    )
    assert assigned(entries) == {"C3": 1}


def test_pieces_that_balance_split_an_entry():
    """One number that holds the invoices of a day gives each client its own, not a share."""
    entries = book(
        sale("1", DAY, "C1", 100, vat=20, piece="F1"),
        sale("1", DAY, "C2", 100, piece="F2"),
        sale("2", DAY, "C3", 1),
    )
    assert assigned(entries) == {"C1": 100, "C2": 100, "C3": 1}


def across(number, client, net, piece="", others="OD"):
    """An entry that balances only across journals."""
    return [
        line("VE", number, DAY, "707000", -net, piece=piece),
        line(others, number, DAY, "411000", net, aux=client, piece=piece),
    ]


def test_an_entry_across_journals_is_joined_by_number_and_date():
    """Lines of two journals with one number and date that balance together are one entry."""
    assert assigned(book(across("1", "C1", 100), across("2", "C2", 50))) == {"C1": 100, "C2": 50}


def test_a_client_in_half_of_an_entry_does_not_get_all_of_it():
    """An entry across journals is shared by all of its clients, not by those of the sales journal."""
    entries = book(
        line("VE", "1", DAY, "411000", 100, aux="C1"),
        line("VE", "1", DAY, "707000", -300),
        line("OD", "1", DAY, "411000", 200, aux="C2"),
        line("VE", "2", DAY, "101000", 0),
        line("OD", "2", DAY, "101000", 0),
    )
    assert assigned(entries) == {"C1": 100, "C2": 200}


def test_an_entry_across_journals_is_joined_by_piece_and_date():
    """Where numbers say nothing, a piece of a day that balances is one entry."""
    entries = book(across("0", "C1", 100, "F1"), across("0", "C2", 50, "F2"))
    assert assigned(entries) == {"C1": 100, "C2": 50}


def test_a_piece_of_a_day_that_balances_is_shared_by_its_clients():
    """An entry across journals without numbers may hold several clients."""
    entries = book(
        line("VE", "0", DAY, "707000", -300, piece="F1"),
        line("OD", "0", DAY, "411000", 200, aux="C1", piece="F1"),
        line("OD", "0", DAY, "411000", 100, aux="C2", piece="F1"),
    )
    assert assigned(entries) == {"C1": 200, "C2": 100}


def by_piece(claim, piece="F9", net=30):
    """A claim on C2, and a sale in an entry without a client under the same piece."""
    return [
        line("VE", "1", DAY, "411000", claim, aux="C2", piece=piece),
        line("VE", "1", DAY, "487000", -claim, piece=piece),
        line("OD", "7", "2024-05-01", "707000", -net, piece=piece),
        line("OD", "7", "2024-05-01", "487000", net, piece=piece),
        *sale("2", DAY, "C2", 10, piece="F2"),
    ]


def test_the_only_client_of_a_piece_has_its_sale():
    """Deferred income that comes back under the piece of an invoice is the client's."""
    assert assigned(book(by_piece(120))) == {"C2": 40}


def test_a_piece_of_two_clients_tells_nothing():
    """A piece that two clients share is not guessed at."""
    entries = book(by_piece(120), sale("5", DAY, "C5", 10, piece="F9"))
    assert turnover(entries).not_assigned.tolist() == [30]


def test_a_piece_does_not_bear_more_than_the_client_owes_for_it():
    """A month's piece must not give a cash sale to whoever bought in that month."""
    assert turnover(book(by_piece(20))).not_assigned.tolist() == [30]


def test_a_piece_does_not_bear_less_than_nothing():
    """More than the sales of a piece is not taken back from its client."""
    assert turnover(book(by_piece(120, net=-30))).not_assigned.tolist() == [-30]


def test_what_a_piece_bears_already_counts():
    """A sale under the piece of an invoice finds only the room that the invoice's own sale leaves."""
    invoice = sale("3", DAY, "C2", 100, piece="F9")
    assert turnover(book(by_piece(40, net=30), invoice)).not_assigned.tolist() == [0]
    assert turnover(book(by_piece(40, net=60), invoice)).not_assigned.tolist() == [60]


def test_a_piece_without_a_digit_names_no_document():
    """ "sans" and "-" are no pieces."""
    assert turnover(book(by_piece(120, piece="sans"))).not_assigned.tolist() == [30]


def test_a_piece_of_a_payment_tells_nothing():
    """The number of a bank statement is not the number of an invoice."""
    entries = book(
        payment("1", DAY, "C1", 100, piece="500"),
        line("OD", "7", DAY, "707000", -30, piece="500"),
        line("OD", "7", DAY, "418000", 30, piece="500"),
    )
    assert turnover(entries).not_assigned.tolist() == [30]


def test_a_payment_under_the_piece_does_not_make_it_another_clients():
    """Who pays says nothing about who bought."""
    assert assigned(book(by_piece(120), payment("1", DAY, "C1", 100, piece="F9"))) == {"C2": 40}


def test_sales_are_never_assigned_across_years():
    """The piece of another year's invoice says nothing."""
    entries = book(by_piece(120))
    entries.loc[entries["journal"] == "OD", "year"] = 1
    assert turnover(entries).not_assigned.to_dict() == {0: 0, 1: 30}


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
        entries = book(line("OD", "1", "2023-05-01", "101000", 0), *asked, *order)
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


def test_an_entry_that_does_not_balance_is_found():
    """The fault names the entry and its lines."""
    entries = book(
        sale("1", DAY, "C1", 100),
        line("VE", "2", DAY, "411000", 7, aux="C1"),
        line("VE", "2", DAY, "707000", -5),
    )
    found = unbalanced(entries)
    assert found.years.loc[0].tolist() == [107, 105]
    fault = found.entries.iloc[0]
    assert len(found.entries) == 1
    assert fault[["year", "journal", "number", "piece", "debit", "credit"]].tolist() == [
        0,
        "VE",
        "2",
        "",
        7,
        5,
    ]
    assert fault["rows"].tolist() == [2, 3]


def test_where_numbers_do_not_discriminate_a_fault_names_the_piece():
    """A fault among lines of one number is told by its piece."""
    entries = book(
        sale("0", DAY, "C1", 100, piece="F1"),
        line("VE", "0", DAY, "707000", -5, piece="F2"),
        sale("0", "2024-03-02", "C1", 1, piece="F3"),
    )
    found = unbalanced(entries).entries
    assert found[["number", "piece"]].to_numpy().tolist() == [["0", "F2"]]
    assert found["rows"].iat[0].tolist() == [2]


def test_entries_that_balance_across_journals_are_no_faults():
    """An entry written into two journals is a whole one."""
    assert unbalanced(book(across("1", "C1", 100), across("2", "C1", 50))).entries.empty


def test_an_opening_of_many_days_is_no_fault():
    """A detailed opening, each line with its own date and piece, balances as a whole."""
    entries = book(
        line("AN", "0", "2023-11-05", "411000", 100, aux="C1", piece="F1"),
        line("AN", "0", "2023-12-09", "401000", -100, aux="S1", piece="G7"),
    )
    assert unbalanced(entries).entries.empty


def test_an_entry_of_two_dates_is_no_fault():
    """Lines of one number that balance over two dates are one entry."""
    entries = book(
        line("OD", "1", DAY, "641000", 100),
        line("OD", "1", "2024-03-02", "421000", -100),
        line("OD", "2", DAY, "641000", 7),
    )
    assert unbalanced(entries).entries["number"].tolist() == ["2"]


def test_a_journal_without_numbers_that_balances_over_a_day_is_no_fault():
    """Pieces that do not balance are no faults where their journal does, be the year out of balance."""
    entries = book(
        line("OD", "0", DAY, "641000", 100, piece="A1"),
        line("OD", "0", DAY, "421000", -100, piece="A2"),
        line("PA", "0", DAY, "421000", -7, piece="A3"),
    )
    assert unbalanced(entries).entries[["journal", "piece"]].to_numpy().tolist() == [["PA", "A3"]]


def test_lines_without_numbers_that_balance_over_a_day_are_no_faults():
    """Where nothing tells entries apart, a day that balances is all that can be asked for."""
    entries = book(
        line("OD", "0", DAY, "641000", 100, piece="A1"),
        line("PA", "0", DAY, "421000", -100, piece="A2"),
        line("OD", "0", "2024-04-01", "641000", 10, piece="A3"),
        line("PA", "0", "2024-04-01", "421000", -10, piece="A4"),
    )
    assert unbalanced(entries).entries.empty
