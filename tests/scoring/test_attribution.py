"""Whose a sale is when its entry does not say so."""

import pytest
from support.book_lines import DAY, across, assigned
from support.bookings import book, line, payment, sale

from scoring.books.accounting import turnover


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
    """Credits of the clients are the key of a credit note, to the cent."""
    assert assigned(two_clients(-240, -120, -300)) == {"C1": -200, "C2": -100}
    assert assigned(two_clients(-60, -60, -101)) == {"C1": -51, "C2": -50}
    assert assigned(two_clients(-60, -61, -1)) == {"C2": -1}


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
