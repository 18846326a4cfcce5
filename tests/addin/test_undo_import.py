"""What Undo takes back of an import, and what it leaves to the person."""

import dataclasses
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.books import TODAY
from support.undone import NEW, Memory

from addin.refresh.score_tables import score_tables
from addin.workbook.port import Formula


def by_number(row):
    """C1, N1, C2, N2, C3 ..., rows without a code at the end."""
    return (row[0] is None, str(row[0])[1:], str(row[0])[:1])


@pytest.fixture
def make(tmp_path):
    return lambda **how: Memory(tmp_path / "undo", **how)


@pytest.mark.parametrize("padding", [0, 1, 4])
def test_an_import_is_taken_back(make, padding):
    book = make(padding=padding)
    before = book.tables()
    book.import_({"C2": 1.0, "C4": 2.0}, NEW)
    assert book.clients().cells("account")[5:7] == ["N1", "N2"]
    found = book.undo()
    assert book.tables() == before
    assert (found.n_cells, found.n_accounts, found.n_rows, found.sheets) == (2, 2, 1, ["Imports"])
    assert found.n_left == found.n_accounts_left == found.n_rows_left == 0


def test_into_a_table_without_accounts_and_out_again(make):
    book = make()
    book._replace(
        dataclasses.replace(book.clients().table, columns=tuple([None] for _ in book.clients().table.headers))
    )
    before = book.tables()
    book.import_({}, NEW)
    assert book.undo().n_accounts == 2
    assert book.tables() == before


def test_import_then_refresh_are_taken_back_one_by_one(make):
    book = make(padding=1)
    before = book.tables()
    book.import_({"C2": 1.0}, NEW)
    imported_ = book.tables()
    book.refresh()
    assert None not in book.clients().cells("class")[:7]
    book.undo()
    assert book.tables() == imported_
    book.undo()
    assert book.tables() == before
    assert book.stack.top() is None


def test_what_a_refresh_filled_does_not_keep_an_added_account(make):
    """Where the refresh in between could not be remembered, or is older than ten journals."""
    book = make()
    before = book.tables()
    book.import_({}, NEW)
    book.apply(score_tables(book.tables(), TODAY).changes)
    assert book.undo().n_accounts == 2
    assert book.clients().table.n_rows == 5
    assert book.clients().cells("account") == next(one for one in before if one.name == "Clients").columns[0]


def test_sorted_in_between_the_rows_are_emptied_and_nothing_moves(make):
    book = make(padding=2)
    book.import_({"C2": 1.0}, NEW)
    book.refresh()
    book.undo()
    book.sort(by_number)
    assert book.clients().cells("account")[:4] == ["C1", "N1", "C2", "N2"]
    n_rows = book.clients().table.n_rows
    found = book.undo()
    assert (found.n_cells, found.n_accounts, found.n_left) == (1, 2, 0)
    assert book.clients().cells("account") == ["C1", None, "C2", None, "C3", "C4", "C5"]
    assert book.clients().cells("turnover") == [9000.0, None, 18000.0, None, 27000.0, 36000.0, 45000.0]
    assert [row for row in Memory.rows(book.clients().table) if row[0] is None and any(row)] == []
    assert book.clients().table.n_rows == n_rows


def test_sorted_the_other_way_round_the_tail_is_found_where_it_stands(make):
    book = make()
    book.import_({"C2": 1.0}, NEW)
    book.sort(lambda row: (row[0][0], -int(row[0][1:])))
    assert book.clients().cells("account") == ["C5", "C4", "C3", "C2", "C1", "N2", "N1"]
    assert book.undo().n_accounts == 2
    assert book.clients().cells("account") == ["C5", "C4", "C3", "C2", "C1"]
    assert book.clients().cells("turnover")[3] == 18000.0


@pytest.mark.parametrize(("key", "value"), [("relationship", 8.0), ("turnover", 701.0), ("last_visit", None)])
def test_an_account_that_a_person_made_theirs_stays_and_is_counted(make, key, value):
    book = make()
    book.import_({}, NEW)
    book.type("N1", key, value)
    found = book.undo()
    assert (found.n_accounts, found.n_accounts_left) == (1, 1)
    accounts = book.clients().cells("account")
    assert accounts[5] == "N1"
    assert len(accounts) == 6
    assert book.clients().cells(key)[5] == value


def test_one_that_stays_below_those_that_go(make):
    book = make()
    book.import_({}, NEW)
    book.type("N2", "rep", "Anne")
    assert book.undo().n_accounts == 1
    assert book.clients().cells("account")[5:] == [None, "N2"]


@pytest.mark.parametrize("mixed", [False, True])
def test_formulas_of_the_company_do_not_keep_an_account(make, mixed):
    """Excel fills a calculated column by itself; emptied rows keep it, as every row does."""
    book = make(own="Double")
    book.import_({}, NEW)
    for account in ("N1", "N2"):
        book.type(account, "+double", 1400.0)
        book.formulas["Double", account] = Formula("=[@Turnover]*2")
    if mixed:
        book.sort(by_number)
    assert book.undo().n_accounts == 2
    doubles = [None, 1400.0, None, 1400.0, None, None, None] if mixed else [None] * 5
    assert book.clients().cells("+double") == doubles
    assert [code for code in book.clients().cells("account") if code] == ["C1", "C2", "C3", "C4", "C5"]


def test_what_was_typed_into_a_column_of_the_company_keeps_an_account(make):
    book = make(own="Double")
    book.import_({}, NEW)
    book.type("N1", "+double", 1400.0)
    assert book.undo().n_accounts_left == 1


def test_an_account_deleted_is_gone_and_one_moved_to_another_sheet_is_left(make):
    book = make()
    book.import_({"C1": 1.0}, NEW)
    table = book.clients().table
    rows = Memory.rows(table)
    book._replace(dataclasses.replace(table, columns=tuple(map(list, zip(*rows[:5], strict=True)))))
    prospects = next(one for one in book.now if one.name == "Prospects")
    book._replace(dataclasses.replace(prospects, columns=tuple([cell] for cell in rows[5])))
    found = book.undo()
    assert (found.n_accounts, found.n_accounts_left, found.n_cells) == (0, 1, 1)
    assert book.clients().table.n_rows == 5


def test_a_cell_changed_since_is_left_and_counted(make):
    book = make()
    book.import_({"C2": 1.0, "C4": 2.0, "C5": 3.0}, [])
    book.type("C4", "turnover", 99.0)
    table = book.clients().table
    book._replace(dataclasses.replace(table, columns=tuple(column[:4] for column in table.columns)))
    found = book.undo()
    assert (found.n_cells, found.n_left) == (1, 2)
    assert book.clients().cells("turnover") == [9000.0, 18000.0, 27000.0, 99.0]


def test_what_did_not_change_is_not_in_the_journal(make):
    """Nothing of it needs to be put back, nor can it be overtaken."""
    book = make()
    book.import_({"C2": 18000.0, "C4": 2.0}, [])
    book.type("C2", "turnover", 5.0)
    found = book.undo()
    assert (found.n_cells, found.n_left) == (1, 0)
    assert book.clients().cells("turnover")[1] == 5.0


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 4),
    st.dictionaries(st.sampled_from(["C1", "C2", "C3", "C4", "C5"]), st.floats(1, 1e6)),
    st.integers(0, 4),
    st.randoms(use_true_random=False),
    st.booleans(),
)
def test_whatever_was_imported_and_however_it_is_sorted(padding, turnovers, n_new, random, refreshed):
    """After an import, a refresh and any sorting, two undos give back each account as it was."""
    with tempfile.TemporaryDirectory() as folder:
        book = Memory(Path(folder), padding=padding)
        before = by_code(book)
        book.import_(turnovers, [{"account": f"N{n}", "turnover": 5.0} for n in range(n_new)])
        if refreshed:
            book.refresh()
        order = random.sample(range(100), book.clients().table.n_rows)
        book.sort(lambda _: order.pop())
        for _ in range(1 + refreshed):
            found = book.undo()
            assert found.n_left == found.n_accounts_left == found.n_rows_left == 0
        assert by_code(book) == before
        assert all(not any(row) for row in Memory.rows(book.clients().table) if row[0] is None)


def by_code(book):
    return {row[0]: row for row in Memory.rows(book.clients().table) if row[0] is not None}


def test_two_imports_one_on_the_other(make):
    book = make(padding=3)
    before = book.tables()
    book.import_({"C1": 1.0, "C2": 2.0}, NEW, "first")
    once = book.tables()
    book.import_({"C1": 3.0, "N1": 4.0}, [{"account": f"M{n}", "name": "more"} for n in range(4)], "second")
    assert book.clients().table.n_rows == 11
    assert book.undo().n_accounts == 4
    assert book.tables() == once
    assert book.undo().n_accounts == 2
    assert book.tables() == before


def test_rows_that_others_follow_are_left(make):
    book = make()
    book.import_({"C1": 1.0}, [])
    log = next(one for one in book.now if one.name == "Imports")
    book._replace(dataclasses.replace(log, columns=tuple([*column, "mine"] for column in log.columns)))
    found = book.undo()
    assert (found.n_cells, found.n_rows, found.n_rows_left) == (1, 0, 1)


def test_rows_inserted_above_do_not_cost_a_row(make):
    book = make()
    book.import_({}, NEW)
    table = book.clients().table
    rows = Memory.rows(table)
    mine = ("MINE", *[None] * (len(table.headers) - 1))
    rows.insert(2, mine)
    book._replace(dataclasses.replace(table, columns=tuple(map(list, zip(*rows, strict=True)))))
    book.undo()
    assert book.clients().cells("account") == ["C1", "C2", "MINE", "C3", "C4", "C5"]


def test_a_number_in_place_of_a_date_is_a_change(make):
    """A date may come back as its serial number, and as no other."""
    book = make()
    book.import_({}, NEW)
    book.type("N1", "last_visit", 46085.0)
    assert book.undo().n_accounts_left == 0
    book.import_({}, NEW)
    book.type("N1", "last_visit", 3.0)
    assert book.undo().n_accounts_left == 1
