"""``clientscore undo`` over refreshes and imports of a file."""

import datetime as dt
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
from support.commands import run_command
from support.undone import NEW, imported

from addin.package import PackageBook
from addin.refusals import Refusal
from addin.undo.last import cannot_undo, remember, said, undo_last, write
from addin.undo.places import location, undo_folder
from addin.undo.restore import restoring
from addin.undo.stack import Stack
from addin.workbook.located_tables import Layout
from addin.workbook.port import Changes, ColumnFill, Formula, Spread


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    return partial(run_command, capsys)


def import_into(path, turnovers, new):
    package = PackageBook(path)
    tables = package.tables()
    assert write(package, path, tables, imported(tables, turnovers, new), "import").written


def test_by_command_a_refresh_and_an_import_are_taken_back_one_by_one(run, book):
    path, words = book
    before = PackageBook(path).tables()
    new = [row | {"status": words.word("status", "client")} for row in NEW]
    import_into(path, {"C2": 1.0, "C4": 2.0}, new)
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
    assert Stack(undo_folder(), location(path)).top().journal().what == "refresh"
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
    in_excel = SimpleNamespace(api=SimpleNamespace(FullName=str(path)), name=path.name)
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


def begun(path, before="before", after="after"):
    """Let the last journal be one of a write from which nobody came back."""
    entry = Stack(undo_folder(), location(path)).top()
    name = f"{entry.number:08}-{before}-{after}.json.begun"
    return entry.path.rename(entry.path.with_name(name))


def turnovers(path):
    located = next(one for one in Layout(PackageBook(path).tables()).accounts if one.table.name == "Clients")
    return located.cells("turnover")


def change(path, values):
    """Type turnovers, as a person does."""
    package = PackageBook(path)
    package.apply(imported(package.tables(), values, []))


def test_what_was_begun_is_undone_where_its_cells_are_there(run, book):
    """The workbook was saved by another program since, so that its bytes tell nothing."""
    path, _ = book
    before = turnovers(path)
    import_into(path, {"C1": 1.0, "C2": 2.0}, [])
    change(path, {"C2": 5.0})
    begun(path)
    assert run("undo", path)[0] == 0
    assert turnovers(path)[:2] == [before[0], 5.0]


def test_what_was_begun_and_is_nowhere_makes_way_without_a_word(run, book):
    path, _ = book
    before = turnovers(path)
    import_into(path, {"C1": 1.0}, [])
    import_into(path, {"C2": 2.0}, [])
    change(path, {"C2": 5.0})
    begun(path)
    assert run("undo", path)[0] == 0
    assert turnovers(path)[:2] == [before[0], 5.0]


def test_a_write_that_was_begun_and_never_made_is_forgotten_by_the_next(run, book):
    path, _ = book
    import_into(path, {"C1": 1.0}, [])
    left = begun(path, before=PackageBook(path).digest)
    import_into(path, {"C2": 2.0}, [])
    assert not left.exists()
    assert [run("undo", path)[0], run("undo", path)[0]] == [0, 1]


@pytest.mark.parametrize("content", [b"", b'{"version":2}', b'{"version":3,"rows":"none"}'])
def test_a_journal_that_cannot_be_read_is_refused_once_and_the_one_before_is_undone(run, book, content):
    path, words = book
    before = turnovers(path)
    import_into(path, {"C1": 1.0}, [])
    import_into(path, {"C2": 2.0}, [])
    whole = path.read_bytes()
    Stack(undo_folder(), location(path)).top().path.write_bytes(content)
    code, _, err = run("undo", path, "--lang", words.language)
    assert (code, path.read_bytes()) == (1, whole)
    said = words.text("refusals", "undo_unreadable", date="\0", time="\0").split("\0")
    assert all(part in err for part in said)
    assert run("undo", path)[0] == 0
    assert turnovers(path)[:2] == [before[0], 2.0]


def test_journals_of_an_older_version_are_refused_plainly(run, book):
    path, _ = book
    import_into(path, {"C1": 1.0}, [])
    entry = Stack(undo_folder(), location(path)).top()
    entry.path.parent.with_suffix(".json").write_bytes(b'{"version":2,"book":"book.xlsx"}\n{}\n')
    entry.path.unlink()
    code, _, err = run("undo", path, "--lang", "en")
    assert (code, "another version of ClientScore" in err) == (1, True)
    code, _, err = run("undo", path, "--lang", "en")
    assert (code, "There is no refresh or import" in err) == (1, True)


ARRAY = Formula("{=B4:B5*2}", Spread(2, 1))


def with_array(path):
    """Let one formula fill the turnovers of the first two accounts, and import over them and another."""
    package = PackageBook(path)
    located = next(one for one in Layout(package.tables()).accounts if one.table.name == "Clients")
    skip = np.arange(located.table.n_rows) > 1
    values = [ARRAY, 7.0, *[None] * (located.table.n_rows - 2)]
    fill = ColumnFill("Clients", located.columns["turnover"], values, skip, np.zeros_like(skip))
    package.apply(Changes([fill]))
    import_into(path, {"C1": 7.0, "C2": 7.0, "C4": 8.0}, [])
    return located


def test_one_formula_for_several_accounts_comes_back_whole(run, book):
    path, words = book
    located = with_array(path)
    code, out, _ = run("undo", path)
    assert code == 0
    assert words.text("ribbon", "undo", "cells", count=3) in out
    column = PackageBook(path).spelled(located.table)[located.columns["turnover"]]
    assert column[:2] == [ARRAY, 7.0]


def test_one_formula_is_left_alone_where_one_of_its_cells_was_changed(run, book):
    path, words = book
    with_array(path)
    change(path, {"C2": 5.0})
    code, out, _ = run("undo", path)
    assert code == 0
    assert words.text("ribbon", "undo", "cells", count=1) in out
    assert words.text("ribbon", "undo", "left", count=2) in out
    assert turnovers(path)[:2] == [7.0, 5.0]


def test_one_formula_whose_accounts_were_sorted_is_refused_with_its_cell(run, book):
    path, words = book
    located = with_array(path)
    package = PackageBook(path)
    codes = [*reversed(located.cells("account")[:2]), *located.cells("account")[2:]]
    same = np.zeros(located.table.n_rows, dtype=bool)
    package.apply(Changes([ColumnFill("Clients", located.columns["account"], codes, same, same)]))
    before = path.read_bytes()
    code, _, err = run("undo", path, "--lang", words.language)
    place = {"sheet": "Clients", "cell": located.address(1, "turnover")}
    area = f"{located.address(0, 'turnover')}:{located.address(1, 'turnover')}"
    assert (code, err.strip()) == (1, words.text("refusals", "undo_moved", **place, range=area))
    assert path.read_bytes() == before


def test_an_array_formula_that_a_command_replaced_is_not_typed_into_excel(book):
    path, _ = book
    located = with_array(path)
    journal = Stack(undo_folder(), location(path)).top().journal()
    tables = PackageBook(path).tables()
    with pytest.raises(Refusal, match="undo_outside_excel") as refused:
        restoring(journal, tables)
    assert refused.value.details["cell"] == located.address(0, "turnover")
