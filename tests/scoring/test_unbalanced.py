"""Entries that do not balance, and those that only seem not to."""

from support.book_lines import DAY, across
from support.bookings import book, line, sale

from scoring.books.accounting import unbalanced


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
