"""Which entries are openings and sales, and which account is the client."""

import pandas as pd
import pytest
from support.book_lines import DAY, assigned
from support.bookings import book, line, sale

from scoring.books.accounting import client_codes, is_opening, turnover


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
    assert found.loc[(0, "C1")].tolist() == [70, pd.Timestamp(DAY), pd.Timestamp(DAY), 1, 1]


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
