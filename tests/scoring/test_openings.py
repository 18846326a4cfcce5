"""An opening is known by what it is called or by what it does, and is nothing but the year before."""

import datetime as dt

import pytest
from support.bookings import book, line, payment, sale

from scoring.books.accounting import Books, is_opening, payment_quality, turnover

FIRST, LATER = "2025-01-01", "2025-03-10"


def balances(journal, number, *amounts, date=FIRST, year=0, label="", piece_date=None):
    """An entry over accounts, each with its client and amount."""
    return [
        line(
            journal,
            number,
            date,
            account,
            amount,
            aux=aux,
            year=year,
            journal_label=label,
            piece_date=piece_date,
        )
        for account, aux, amount in amounts
    ]


CLIENTS = (("411000", "C1", 600), ("411000", "C2", 300), ("101000", "", -900))
WITH_RESULT = (("411000", "C1", 120), ("512000", "", 600), ("445710", "", -120), ("707000", "", -600))


def opened(entries):
    """Which lines are of an opening, when all years are at hand."""
    return Books(entries).opening.tolist()


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("OUV", ""),
        ("REP", ""),
        ("OUV", "Balance initiale"),
        ("REP", "Reprise"),
        ("MISC", "Soldes initiaux"),
        ("XX", "Bilan d'ouverture"),
        ("XX", "Reprise des soldes"),
        ("XX", "REPORTS DES SOLDES"),
        ("AN", "Reports"),
        ("XX", "Opening balances"),
    ],
)
@pytest.mark.parametrize("sides", [CLIENTS, WITH_RESULT])
def test_an_opening_is_known_by_its_journal(code, label, sides):
    """Whatever it holds, on the first day of the year."""
    found = opened(book(balances(code, "1", *sides, label=label), sale("2", LATER, "C1", 10)))
    assert found == [True] * len(sides) + [False] * 2


@pytest.mark.parametrize("number", ["AN1", "OUVERTURE/2025", "RAN-2025", "A NOUVEAU", "REP 1", "ANO"])
def test_an_opening_is_known_by_its_number(number):
    """In a journal of everything else."""
    found = opened(book(balances("OD", number, *CLIENTS), sale("2", LATER, "C1", 10)))
    assert found == [True] * 3 + [False] * 2


@pytest.mark.parametrize(
    ("code", "label", "number", "date"),
    [
        ("REP", "Réparations", "1", FIRST),
        ("AN", "Annonces", "1", LATER),
        ("VE", "Ventes à nouveaux clients", "1", FIRST),
        ("XX", "Reprises sur provisions", "1", LATER),
        ("VE", "Ventes", "AN1", FIRST),
        ("VE", "Ventes", "OUVERTURE 12", LATER),
        ("OUV", "Ouvrages", "1", LATER),
    ],
)
def test_a_sale_is_no_opening_whatever_its_journal_is_called(code, label, number, date):
    """Words that openings have too do not make one of an invoice."""
    sold = sale(number, date, "C1", 500, vat=100, journal=code, journal_label=label)
    entries = book(line("OD", "0", FIRST, "601000", 1), line("OD", "0", FIRST, "401000", -1), sold)
    assert not any(opened(entries))
    assert turnover(entries).clients["turnover"].tolist() == [500]


def last_year(*more):
    """A year in which C1 and C2 owe 600 and 300, and the bank holds 1,200."""
    return [
        *balances("VE", "1", ("411000", "C1", 600), ("707000", "", -600), date="2024-05-01"),
        *balances("VE", "2", ("411000", "C2", 300), ("707000", "", -300), date="2024-06-01"),
        *balances("OD", "3", ("512000", "", 1200), ("164000", "", -1200), date="2024-07-01"),
        *more,
    ]


REPEATED = (*CLIENTS[:2], ("512000", "", 1200), ("164000", "", -1200), ("120000", "", -900))


def test_an_entry_of_the_first_day_with_the_balances_of_the_year_before_is_its_opening():
    """Nothing but what it does says so."""
    entries = book(last_year(), balances("OD", "17", *REPEATED, year=1), sale("2", LATER, "C1", 10, year=1))
    assert opened(entries) == [False] * 6 + [True] * 5 + [False] * 2


def test_so_are_entries_that_give_every_balance_a_number_of_its_own():
    """One of them for each account, against an account that is emptied at once."""
    sides = [balances("OD", str(at), one, ("890000", "", -one[2]), year=1) for at, one in enumerate(REPEATED)]
    assert opened(book(last_year(), *sides)) == [False] * 6 + [True] * 10


def test_details_of_a_balance_may_stand_in_entries_of_their_own():
    """Two invoices make up what the client owed."""
    parts = (("411000", "C1", 400), ("411000", "C1", 200), ("411000", "C2", 300))
    sides = [balances("OD", str(at), one, ("890000", "", -one[2]), year=1) for at, one in enumerate(parts)]
    assert opened(book(last_year(), *sides)) == [False] * 6 + [True] * 6


def test_a_year_that_is_not_closed_brings_its_sales_forward_too():
    """Then accounts 6 and 7 stand in the opening of the next year."""
    sides = (*REPEATED[:4], ("707000", "", -900))
    entries = book(last_year(), balances("OD", "17", *sides, year=1))
    assert opened(entries) == [False] * 6 + [True] * 5
    assert turnover(entries).total.tolist() == [900, 0]


def test_an_invoice_like_that_of_the_year_before_is_an_invoice():
    """Two accounts that happen to have last year's balances are no opening."""
    entries = book(sale("1", "2024-01-01", "C1", 100), sale("1", FIRST, "C1", 100, year=1))
    assert turnover(entries).total.tolist() == [100, 100]


def test_a_payment_on_the_first_day_is_a_payment():
    """Though it clears the whole balance of the year before."""
    entries = book(last_year(), payment("1", FIRST, "C1", 600, year=1))
    assert not any(opened(entries))
    assert payment_quality(entries, dt.date(2025, 2, 1), 30).loc["C1", "open"] == 0


def test_clients_and_capital_side_by_side_on_the_first_day_are_an_opening():
    """Even where the year before is not at hand: as another entry its bank would make payments of it."""
    sides = (("411000", "C1", 600), ("411000", "C2", -50), ("512000", "", 1000), ("101000", "", -1550))
    assert opened(book(balances("OD", "17", *sides), sale("2", LATER, "C1", 10))) == [True] * 4 + [False] * 2


def test_a_name_alone_is_seen_in_a_single_file():
    """Before it is known to which year a file belongs."""
    entries = book(balances("OUV", "1", *CLIENTS)).drop(columns="year")
    assert is_opening(entries).all()


@pytest.mark.parametrize(
    "opening",
    [
        balances("OUV", "1", *REPEATED, label="Balance initiale", year=1),
        balances("OD", "AN1", *REPEATED, year=1),
        balances("OD", "17", *REPEATED, year=1),
    ],
)
def test_with_the_year_before_an_opening_is_neither_sold_nor_owed_again(opening):
    """However it is known."""
    entries = book(last_year(), opening)
    assert turnover(entries).total.tolist() == [900, 0]
    found = payment_quality(entries, dt.date(2025, 2, 1), 30)
    assert found["open"].to_dict() == {"C1": 600, "C2": 300}


@pytest.mark.parametrize(("code", "number"), [("AN", "1"), ("OUV", "1"), ("OD", "AN1"), ("OD", "17")])
def test_without_the_year_before_it_holds_invoices_of_their_own_dates(code, number):
    """They can be paid this year, and count for days late."""
    sides = (("411000", "C1", 600), ("411000", "C2", 300), ("512000", "", 100), ("101000", "", -1000))
    owed = balances(code, number, *sides, piece_date="2024-11-01")
    entries = book(owed, payment("1", "2025-01-10", "C1", 600))
    found = payment_quality(entries, dt.date(2025, 1, 31), 30)
    assert found.loc["C1", ["days_late", "open"]].tolist() == [40, 0]
    assert found.loc["C2", ["days_late", "open", "overdue"]].tolist() == [61, 300, 300]


def test_a_client_in_credit_owes_less_than_nothing():
    """Advances and credit notes that nothing meets."""
    entries = book(sale("1", "2025-01-10", "C1", 100), payment("1", "2025-02-01", "C1", 130))
    assert payment_quality(entries, dt.date(2025, 3, 1), 30).loc["C1", ["open", "overdue"]].tolist() == [
        -30,
        0,
    ]


def test_a_client_with_another_code_this_year_owes_under_one_of_the_two():
    """The opening carries on the new code, and not the old one."""
    entries = book(
        sale("1", "2024-05-01", "OLD", 600),
        sale("2", "2024-06-01", "C2", 300),
        balances("AN", "1", ("411000", "NEW", 600), ("411000", "C2", 300), ("120000", "", -900), year=1),
        payment("1", "2025-01-10", "NEW", 600, year=1),
    )
    found = payment_quality(entries, dt.date(2025, 2, 1), 30)
    assert found["open"].to_dict() == {"C2": 300, "NEW": 0, "OLD": 0}


def test_an_opening_that_names_no_clients_leaves_what_they_owe():
    """One line for all of them says nothing of a single one."""
    entries = book(
        sale("1", "2024-05-01", "C1", 600),
        sale("2", "2024-06-01", "C2", 300),
        balances("AN", "1", ("411000", "", 900), ("120000", "", -900), year=1),
    )
    assert payment_quality(entries, dt.date(2025, 2, 1), 30)["open"].to_dict() == {"C1": 600, "C2": 300}


def test_a_purchase_day_is_one_whatever_was_bought_on_it():
    """Credit notes are none."""
    entries = book(
        sale("1", "2025-01-10", "C1", 100),
        sale("2", "2025-01-10", "C1", 50),
        sale("3", "2025-02-10", "C1", 70),
        sale("4", "2025-03-10", "C1", -70),
    )
    found = turnover(entries).clients.loc[(0, "C1")]
    assert found[["invoices", "days"]].tolist() == [3, 2]
    assert found["last"].date() == dt.date(2025, 2, 10)


def buyer(entries, *buyers):
    """The entries with the column IdClient."""
    return entries.assign(buyer=[*buyers, *[""] * (len(entries) - len(buyers))])


def test_books_by_receipts_name_their_buyers():
    """A line's own, else the only one of its entry."""
    receipts = [
        line("REC", "1", FIRST, "512000", 150),
        line("REC", "1", FIRST, "706000", -100),
        line("REC", "1", FIRST, "706000", -50),
        line("REC", "2", LATER, "512000", 30),
        line("REC", "2", LATER, "706000", -30),
        line("REC", "3", LATER, "706000", -5),
        line("REC", "3", LATER, "512000", 5),
    ]
    found = turnover(buyer(book(receipts), "", "A", "B", "A"))
    assert found.clients["turnover"].droplevel("year").to_dict() == {"A": 130, "B": 50}
    assert found.not_assigned.tolist() == [5]


def test_an_account_of_a_client_goes_before_a_buyer():
    """Its code is the one under which it pays."""
    found = turnover(buyer(book(sale("1", FIRST, "C1", 100)), "", "Alpha"))
    assert found.clients["turnover"].droplevel("year").to_dict() == {"C1": 100}
