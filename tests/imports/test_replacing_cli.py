"""What a person is asked and told before figures of another source give way, and the way back."""

import json
from functools import partial

import pytest
from imports.harness import put
from imports.test_sources import TODAY, fecs, ledger
from support.commands import run_command
from support.fecs import fec, invoice, name
from support.made import new_workbook

from addin.package import PackageBook
from addin.workbook.located_tables import Layout


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return partial(run_command, capsys, today=TODAY)


@pytest.fixture
def book(tmp_path, run):
    """A workbook whose turnover comes from invoices."""
    path = tmp_path / "book.xlsx"
    new_workbook(path, "en")
    (sales,) = put(tmp_path, {"ventes.csv": ledger(0, 1, 2, codes=("C1", "C2", "C3"))})
    assert run("import", path, sales)[0] == 0
    return path


def turnovers(path):
    (clients, *_) = Layout(PackageBook(path).tables()).accounts
    columns = [clients.cells(key) for key in ("turnover", "turnover_1", "turnover_2")]
    return dict(zip(clients.cells("account"), zip(*columns, strict=True), strict=True))


def bodies(path):
    return {table.name: [list(column) for column in table.columns] for table in PackageBook(path).tables()}


def test_without_somebody_to_ask_figures_of_another_source_are_not_replaced(run, book, tmp_path):
    before = book.read_bytes()
    code, _, err = run("import", book, *put(tmp_path, fecs(2025)))
    assert code == 1
    assert "Turnover: 2 figures that came from invoices (up to 2026-11-29) are replaced" in err
    assert "--yes" in err
    assert book.read_bytes() == before


def test_a_dry_run_says_it_and_goes_on(run, book, tmp_path):
    code, out, _ = run("import", book, *put(tmp_path, fecs(2025)), "--dry-run")
    assert code == 0
    assert "are emptied, since they cannot stand beside those of this import" in out


def test_with_yes_they_are_and_undo_brings_them_back(run, book, tmp_path):
    before, rows = turnovers(book), bodies(book)
    code, out, _ = run("import", book, *put(tmp_path, fecs(2025)), "--yes")
    assert code == 0
    assert "Cells emptied: Turnover Y-1 2, Turnover Y-2 2." in out
    assert turnovers(book) == {"C1": (450, None, None), "C2": (450, None, None), "C3": before["C3"]}
    assert run("undo", book)[0] == 0
    assert bodies(book) == rows


def test_json_says_what_gives_way(run, book, tmp_path):
    code, out, _ = run("import", book, *put(tmp_path, fecs(2025)), "--json", "--yes")
    assert code == 0
    first = json.loads(out)["gives_way"][0]
    assert first == {
        "field": "turnover",
        "from": {"kind": "ledger", "until": "2026-11-29"},
        "replaced": 2,
        "emptied": 0,
    }


def test_the_same_kind_of_file_needs_no_yes(run, book, tmp_path):
    assert run("import", book, *put(tmp_path, {"b.csv": ledger(0, 1, 2)}))[0] == 0


def test_accounts_that_are_absent_are_0_when_told(run, book, tmp_path):
    paths = put(tmp_path, {"b.csv": ledger(0, 1, 2)})
    assert run("import", book, *paths, "--absent", "keep")[0] == 0
    assert turnovers(book)["C3"] == (12_000, 12_000, 12_000)
    code, out, _ = run("import", book, *paths, "--absent", "zero")
    assert code == 0
    assert "Figures set to 0: C3" in out
    assert turnovers(book)["C3"] == (0, 0, 0)


def test_a_new_workbook_takes_several_companies_and_old_codes_too(run, tmp_path):
    paths = put(
        tmp_path,
        {
            name("2025-12-31"): fec(invoice("V1", "2025-03-05", "C1", 1000)),
            name("2025-12-31", "552100554"): fec(invoice("V1", "2025-03-05", "K1", 500)),
        },
    )
    book = tmp_path / "new.xlsx"
    files = [part for path in paths for part in ("--accounts", path)]
    assert run("new", book, *files)[0] == 1
    assert not book.exists()
    assert run("new", book, *files, "--companies", "add", "--join", "K1=C1")[0] == 0
    assert turnovers(book) == {"C1": (15, None, None)}


@pytest.mark.parametrize("text", ["C1", "=C2", "C1=", "C1=C1"])
def test_a_join_that_does_not_say_which_code_is_which_is_refused(run, book, tmp_path, text):
    code, _, err = run("import", book, *put(tmp_path, fecs(2025)), "--join", text)
    assert code == 1
    assert "--join OLDCODE=NEWCODE" in err
