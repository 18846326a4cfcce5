"""What a refresh or an import wrote is taken back, whatever happened to the tables in between."""

import copy
import dataclasses
import datetime as dt
import ntpath
import tempfile
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.books import TODAY, Tables, written
from support.commands import run_command

from addin.book import Changes, ColumnFill, Formula, RowsFill, Table
from addin.catalogue import LANGUAGES, catalogue
from addin.fresh import new_workbook
from addin.journals import forget, location, place, recall, store, undo_folder
from addin.layout import Layout
from addin.package import PackageBook
from addin.refresh import score_tables
from addin.refusals import Refusal
from addin.undo import journal_of, restoring
from addin.undoing import cannot_undo, remember, said, undo_last

VISIT = dt.datetime(2026, 3, 4)
KNOWN = [
    {"account": f"C{n}", "name": f"Company {n}", "status": "Client", "turnover": 9000.0 * n, "potential": 5e4}
    for n in range(1, 6)
]
LOG = ("Date", "File", "Line", "Account", "What", "Number", "Amount", "Explanation")


class Memory:
    """A book whose tables are in memory, with a journal of all that is written to it."""

    def __init__(self, folder, *, padding=0, own=None):
        tables = Tables("en").rows("Clients", [*KNOWN, *[{}] * padding])
        if own:
            tables.add_column("Clients", own, [None] * (len(KNOWN) + padding))
        log = Table("Imports", "Imports", 5, 1, LOG, tuple([None] for _ in LOG))
        self.now = [*(one for one in tables.list() if one.name != "Imports"), log]
        self.formulas = {}
        self.folder, self.inverse = folder, None

    def tables(self):
        return copy.deepcopy(self.now)

    def spelled(self, table):
        return [
            [
                self.formulas.get((header, cells[0]), cell)
                for cells, cell in zip(self.rows(table), column, strict=True)
            ]
            for header, column in zip(table.headers, table.columns, strict=True)
        ]

    @staticmethod
    def rows(table):
        return list(zip(*table.columns, strict=True))

    def apply(self, changes):
        self.inverse = self._inverse(changes)
        self.now = written(self.now, SimpleNamespace(changes=changes))

    def _inverse(self, changes):
        by_name = {table.name: table for table in self.now}
        columns = [
            dataclasses.replace(fill, values=list(by_name[fill.table].columns[fill.column]))
            for fill in changes.columns
        ]
        rows = [
            RowsFill(fill.table, fill.keep, self.rows(by_name[fill.table])[fill.keep :])
            for fill in changes.rows
        ]
        return Changes(columns, rows)

    def write(self, changes, what):
        before = self.tables()
        self.apply(changes)
        store(self.folder, journal_of("here", before, changes, self.inverse, what))

    def refresh(self):
        self.write(score_tables(self.tables(), TODAY).changes, "refresh")

    def import_(self, turnovers, new, note="import"):
        self.write(imported(self.now, turnovers, new, note), "import")

    def undo(self):
        found = restoring(recall(self.folder, "here"), self.tables(), self.spelled)
        self.apply(found.changes)
        forget(self.folder, "here")
        return found

    def clients(self):
        return next(one for one in Layout(self.now).accounts if one.table.name == "Clients")

    def sort(self, key):
        """Sort the table Clients, as a person does."""
        table = self.clients().table
        rows = sorted(self.rows(table), key=key)
        self._replace(dataclasses.replace(table, columns=tuple(map(list, zip(*rows, strict=True)))))

    def type(self, account, key, value):
        located = self.clients()
        row = located.cells("account").index(account)
        located.table.columns[located.columns[key]][row] = value

    def _replace(self, table):
        self.now = [table if one.name == table.name else one for one in self.now]


def imported(tables, turnovers, new, note="import"):
    """The changes of an import: turnovers of known accounts, new accounts below, a report."""
    by_name = {table.name: table for table in tables}
    located = next(one for one in Layout(tables).accounts if one.table.name == "Clients")
    table, column = located.table, located.columns["turnover"]
    changes = Changes()
    if turnovers:
        codes = located.cells("account")
        skip = np.array([code not in turnovers for code in codes])
        values = [turnovers.get(code) for code in codes]
        changes.columns.append(ColumnFill("Clients", column, values, skip, np.zeros_like(skip)))
    if new:
        filled = [
            row for row, cells in enumerate(Memory.rows(table)) if any(cell is not None for cell in cells)
        ]
        keep = filled[-1] + 1 if filled else 0
        keys = {position: key for key, position in located.columns.items()}
        rows = [tuple(row.get(keys[at]) for at in range(len(table.headers))) for row in new]
        rows += [(None,) * len(table.headers)] * (table.n_rows - keep - len(rows))
        changes.rows.append(RowsFill("Clients", keep, rows))
    if "Imports" in by_name:
        log = by_name["Imports"]
        keep = sum(cell is not None for cell in log.columns[0])
        changes.rows.append(RowsFill("Imports", keep, [(VISIT, note, *[None] * (len(log.headers) - 2))]))
    return changes


NEW = [
    {"account": "N1", "name": "New 1", "status": "Client", "turnover": 700.0, "last_visit": VISIT},
    {"account": "N2", "name": "New 2", "status": "Client", "turnover": 800.0},
]


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
    assert recall(book.folder, "here") is None


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


def test_ten_journals_are_kept_and_the_last_is_on_top(tmp_path):
    for number in range(13):
        store(tmp_path, {"book": "/a", "number": number})
    store(tmp_path, {"book": "/b", "number": "other"})
    for number in range(12, 2, -1):
        assert recall(tmp_path, "/a")["number"] == number
        forget(tmp_path, "/a")
    assert recall(tmp_path, "/a") is None
    assert recall(tmp_path, "/b")["number"] == "other"
    assert len(list(tmp_path.iterdir())) == 1


def test_large_journals_make_room_but_for_the_last(tmp_path, monkeypatch):
    monkeypatch.setattr("addin.journals._MOST_BYTES", 250)
    for number in range(4):
        store(tmp_path, {"book": "/a", "number": number, "cells": "x" * 70})
    found = []
    while journal := recall(tmp_path, "/a"):
        found.append(journal["number"])
        forget(tmp_path, "/a")
    assert found == [3, 2]
    store(tmp_path, {"book": "/a", "cells": "x" * 900})
    assert recall(tmp_path, "/a")


def test_journals_of_twenty_workbooks_are_kept(tmp_path):
    for number in range(23):
        store(tmp_path, {"book": f"/{number}"})
    assert len(list(tmp_path.iterdir())) == 20


def test_an_old_or_broken_file_counts_for_nothing(tmp_path):
    store(tmp_path, {"book": "/a", "text": "half a sign \ud83d, \u2028 and a\nbreak"})
    assert recall(tmp_path, "/a")["text"] == "half a sign \ud83d, \u2028 and a\nbreak"
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    for content in (
        b'{"version": 1, "book": "/a"}',
        b"",
        b"\xff",
        b"[]",
        whole[:-9],
        b'{"version":2,"book":"/b"}\n{}',
    ):
        path.write_bytes(content)
        assert recall(tmp_path, "/a") is None
    store(tmp_path, {"book": "/a"})
    assert recall(tmp_path, "/a") == {"book": "/a"}


def test_a_journal_that_cannot_be_written_takes_those_before_with_it(tmp_path, monkeypatch):
    """They could not be taken back before what came after them."""
    store(tmp_path, {"book": "/a"})
    monkeypatch.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        store(tmp_path, {"book": "/a"})
    assert recall(tmp_path, "/a") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"C:\Users\Eva\Portfolio.xlsm", "c:/users/eva/PORTFOLIO.xlsm"),
        (r"C:\Users\Eva\..\Eva\Portfolio.xlsm", r"C:\Users\Eva\Portfolio.xlsm"),
        (r"\\server\share\Book.xlsm", "//SERVER/Share/book.xlsm"),
    ],
)
def test_on_windows_case_and_slashes_do_not_matter(one, other):
    assert place(one, ntpath) == place(other, ntpath)


def test_a_workbook_has_one_place_whoever_names_it(tmp_path, monkeypatch):
    book = tmp_path / "book.xlsx"
    book.touch()
    (tmp_path / "link.xlsx").symlink_to(book)
    monkeypatch.chdir(tmp_path)
    wanted = location(book)
    assert location(Path("book.xlsx")) == location(Path("link.xlsx")) == wanted
    for api in (
        SimpleNamespace(FullName=str(book)),
        SimpleNamespace(full_name=SimpleNamespace(get=lambda: str(book))),
    ):
        assert location(SimpleNamespace(api=api, name="book.xlsx")) == wanted
    assert place("https://d.docs.live.net/1/Book.xlsm") == "https://d.docs.live.net/1/Book.xlsm"
    assert place("Book1") == "Book1"
    assert location(SimpleNamespace(api=object(), name="Book1")) == "Book1"


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    return partial(run_command, capsys)


@pytest.fixture(params=LANGUAGES)
def book(request, tmp_path):
    path = tmp_path / "my book.xlsx"
    words = catalogue(request.param)
    new_workbook(path, request.param, [row | {"status": words.word("status", "client")} for row in KNOWN])
    return path, words


def import_into(path, turnovers, new):
    package = PackageBook(path)
    tables = package.tables()
    changes = imported(tables, turnovers, new)
    assert package.apply(changes)
    return remember(path, tables, changes, package.inverse, "import")


def test_by_command_a_refresh_and_an_import_are_taken_back_one_by_one(run, book):
    path, words = book
    before = PackageBook(path).tables()
    new = [row | {"status": words.word("status", "client")} for row in NEW]
    assert import_into(path, {"C2": 1.0, "C4": 2.0}, new)
    imported_ = PackageBook(path).tables()
    assert run("refresh", path)[0] == 0
    code, out, err = run("undo", path)
    assert (code, err) == (0, "")
    assert PackageBook(path).tables() == imported_
    assert words.sheet("history") in out
    code, out, _ = run("undo", path)
    assert code == 0
    assert PackageBook(path).tables() == before
    for key, count in (("cells", 2), ("accounts", 2)):
        assert words.text("ribbon", "undo", key, count=count) in out
    today = words.show(dt.datetime.now(dt.UTC).astimezone())
    assert out.startswith({"en": f"The import of {today} ", "fr": f"L’import du {today} à "}[words.language])
    code, out, err = run("undo", path, "--lang", words.language)
    assert (code, out) == (1, "")
    assert err.strip() == words.text("refusals", "nothing_to_undo")


def test_by_command_what_was_changed_since_is_told(run, book):
    path, words = book
    new = [row | {"status": words.word("status", "client")} for row in NEW]
    import_into(path, {"C2": 1.0, "C4": 2.0}, new)
    package = PackageBook(path)
    package.apply(imported(package.tables(), {"C2": 5.0, "N1": 6.0}, []))
    _, out, _ = run("undo", path)
    assert words.text("ribbon", "undo", "left", count=1) in out
    assert words.text("ribbon", "undo", "accounts_left", count=1) in out


def test_what_is_wholly_overtaken_makes_way_for_the_one_before(run, book):
    path, words = book
    import_into(path, {"C1": 1.0}, [])
    import_into(path, {"C2": 1.0}, [])
    package = PackageBook(path)
    package.apply(imported(package.tables(), {"C2": 2.0}, []))
    code, _, err = run("undo", path, "--lang", words.language)
    assert code == 1
    assert err.strip().startswith(
        words.text("refusals", "undo_overtaken", date=dt.datetime.now(dt.UTC).astimezone(), time="")[:30]
    )
    assert run("undo", path)[0] == 0
    located = next(one for one in Layout(PackageBook(path).tables()).accounts if one.table.name == "Clients")
    assert located.cells("turnover")[:2] == [9000.0, 2.0]


def test_the_same_stack_from_wherever_it_is_called(run, book, tmp_path, monkeypatch):
    path, _ = book
    run("refresh", path)
    monkeypatch.chdir(tmp_path)
    assert run("undo", path.name)[0] == 0


def test_no_journal_of_what_went_elsewhere_or_was_not_written(run, book, tmp_path):
    path, _ = book
    run("refresh", path, "--dry-run")
    run("refresh", path, "--output", tmp_path / "other.xlsx")
    assert not list(tmp_path.glob("state/**/*.json"))
    run("refresh", path, "--output", path)
    run("refresh", path)  # nothing to write
    assert recall(undo_folder(), location(path))["what"] == "refresh"
    assert run("undo", path)[0] == 0
    assert run("undo", path)[0] == 1
    assert run("undo", tmp_path / "other.xlsx")[0] == 1


@pytest.mark.parametrize("json", [[], ["--json"]])
def test_a_refresh_that_cannot_be_remembered_stands_and_says_so(run, book, tmp_path, json):
    path, words = book
    (tmp_path / "state").write_text("a file where the folder would be", encoding="utf-8")
    code, out, err = run("refresh", path, *json)
    assert code == 0
    assert cannot_undo("refresh", words) in err
    assert cannot_undo("refresh", words) not in out
    assert run("undo", path)[0] == 1


def test_a_file_that_is_no_workbook_is_refused_as_everywhere(run, tmp_path):
    code, _, err = run("undo", tmp_path / "nowhere.xlsx", "--lang", "en")
    assert (code, "There is no file" in err) == (1, True)


FORMULA = "=2*21"


def with_formula(path, formula=FORMULA):
    """Put a formula into the turnover of the first account."""
    package = PackageBook(path)
    located = next(one for one in Layout(package.tables()).accounts if one.table.name == "Clients")
    skip = np.arange(located.table.n_rows) > 0
    values = [Formula(formula)] * located.table.n_rows
    package.apply(
        Changes([ColumnFill("Clients", located.columns["turnover"], values, skip, np.zeros_like(skip))])
    )
    return located


def test_a_formula_comes_back_in_a_file(run, book):
    path, _ = book
    located = with_formula(path)
    import_into(path, {"C1": 42.0}, NEW)
    assert run("undo", path)[0] == 0
    assert PackageBook(path).spelled(located.table)[located.columns["turnover"]][0] == Formula(FORMULA)


@pytest.mark.parametrize(("formula", "code"), [(FORMULA, 0), ("=[@Turnover]*2", 1)])
def test_a_formula_that_excel_spelled_goes_into_a_file_only_where_that_is_sure(run, book, formula, code):
    """An import that ran in Excel, undone by command."""
    path, words = book
    package = PackageBook(path)
    tables = package.tables()
    changes = imported(tables, {"C1": 42.0}, [])
    package.apply(changes)
    package.inverse.columns[0].values[0] = Formula(formula)
    in_excel = SimpleNamespace(api=SimpleNamespace(FullName=str(path)))
    assert remember(in_excel, tables, changes, package.inverse, "import")
    before = path.read_bytes()
    found, _, err = run("undo", path, "--lang", words.language)
    assert found == code
    if code:
        located = next(one for one in Layout(tables).accounts if one.table.name == "Clients")
        place_ = {"sheet": "Clients", "cell": located.address(0, "turnover")}
        assert err.strip() == words.text("refusals", "undo_in_excel", **place_)
        assert path.read_bytes() == before
        with pytest.raises(Refusal, match="undo_in_excel"):  # it is still there to be undone in Excel
            undo_last(path, str)


def test_what_was_undone_is_said_in_whole_sentences(book):
    path, words = book
    import_into(path, {"C2": 1.0}, NEW)
    undone = undo_last(path, str)
    assert undone.language == words.language
    (sentence,) = said(undone, words)
    assert sentence.endswith(".")
    assert words.text("ribbon", "undo", "joint") in sentence
