"""``clientscore start``: from a folder of exports to a scored workbook."""

import datetime as dt
import os
import shutil
import sys
from functools import partial
from pathlib import Path

import pytest
from support.commands import run_command
from support.made import layout
from support.terminal import in_terminal

from addin.catalogue import catalogue
from addin.commands.screen import answered_paths

ROOT = Path(__file__).parents[2]
EXPORTS = ROOT / "addin" / "sample" / "exports"
TODAY = dt.date(2026, 11, 29)


def invoices(first_year, n_clients=24):
    """Three years of invoices: a number of clients, each once a month."""
    rows = [
        f"C{client:02};05/{month:02}/{year};{100 * client + month}"
        for year in range(first_year, first_year + 3)
        for month in range(1, 13)
        for client in range(1, n_clients + 1)
    ]
    return "\n".join(["Client;Date;Montant HT", *rows, ""])


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_DOCUMENTS_DIR", raising=False)
    return partial(run_command, capsys, "start", today=TODAY)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "Mes exports"
    folder.mkdir()
    return folder


def rows(path):
    found = [row for located in layout(path).accounts for row in located.rows()]
    return {row["account"]: row for row in found if row["account"]}


def test_a_folder_of_many_things_becomes_a_scored_workbook_in_the_language_of_the_person(
    run, folder, tmp_path
):
    shutil.copy(EXPORTS / "crm_accounts.csv", folder)
    shutil.copy(EXPORTS / "crm_accounts.csv", folder / "crm_accounts (1).csv")
    (folder / "notes.txt").write_text("Buy milk\nCall Ana\n", encoding="utf-8")
    (folder / "old.zip").write_bytes(b"PK")
    for unseen in ("brochure.pdf", ".hidden.csv", "~$open.xlsx"):
        (folder / unseen).touch()
    (folder / "within").mkdir()
    book = tmp_path / "made" / "portfolio.xlsx"
    code, out, err = run(folder, "--book", book, "--lang", "fr")
    assert (code, err) == (0, "")
    words = catalogue("fr")
    say = words.surface("cli")["start"]
    found = words.text("cli", "start", "found", count=1)
    assert f"{found}\n  1  crm_accounts.csv  {words.text('imports', 'kinds', 'accounts')}\n" in out
    assert words.text("cli", "start", "others", count=2) in out
    for name in ("crm_accounts (1).csv", "notes.txt", "old.zip"):
        (line,) = [line for line in out.splitlines() if line.startswith(f"  {name} ")]
        assert line.endswith("."), line
    assert "hidden" not in out
    assert "~$open" not in out
    assert say["report"] in out
    assert out.endswith(words.text("cli", "start", "next", book=book) + "\n")
    assert layout(book).language == "fr"
    letters = [row["class"] for row in rows(book).values()]
    assert len(letters) == 92
    assert {"A", "B", "C", "D"} <= set(letters)
    # its scales are fitted, and the columns that no field takes are kept
    fitted = words.text(
        "scales", "imported", criterion=words.header("accounts", "potential"), rows="", now=""
    )
    assert fitted.partition(":")[0] in out
    assert "Remarques" in layout(book).accounts[0].table.headers


def test_without_a_name_the_workbook_is_one_in_documents_and_never_one_that_is_there(run, folder, tmp_path):
    (folder / "clients.csv").write_text("Code;Nom;CA N\nC1;Alpha;7000\nC2;Beta;9000\n", encoding="utf-8")
    mine = tmp_path / "home" / "Documents" / "ClientScore.xlsm"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    code, out, _ = run(folder)
    assert code == 0
    assert mine.read_bytes() == b"mine"
    assert f"Your workbook: {mine.with_name('ClientScore 2.xlsm')}" in out


def test_old_files_are_looked_at_as_of_their_last_day_and_later_ones_go_into_the_same_book(
    run, folder, tmp_path
):
    export = folder / "factures.csv"
    export.write_text(invoices(2021), encoding="utf-8")
    book = tmp_path / "book.xlsx"
    code, out, _ = run(folder, "--book", book, "--lang", "en")
    assert code == 0
    assert "The reference date is 2023-12-05 from now on" in out
    assert rows(book)["C24"]["class"] == "A"
    # the workbook lies among the exports, and is none
    shutil.move(book, folder / "book.xlsx")
    book = folder / "book.xlsx"
    export.write_text(invoices(2021, n_clients=25), encoding="utf-8")
    code, out, _ = run(folder, "--book", book, "--lang", "en")
    assert code == 0
    assert "book.xlsx is a workbook of ClientScore, no export." in out
    assert "Accounts added: 1; changed: 0; unchanged: 24." in out
    assert len(rows(book)) == 25
    assert rows(book)["C25"]["score"] is not None


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "Nothing there can be imported"),
        ({"notes.txt": "Buy milk\n", "x.pdf": ""}, "Files looked at: 1."),
        (
            {"visites.csv": "Code client;Date de visite\nC1;05/11/2026\nC2;06/11/2026\n"},
            "No account comes out of",
        ),
    ],
)
def test_a_folder_without_what_makes_an_account_is_declined_and_nothing_is_made(
    run, folder, tmp_path, files, sentence
):
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    code, _, err = run(folder, "--book", tmp_path / "book.xlsx", "--lang", "en")
    assert code == 1
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "book.xlsx").exists()


def test_what_is_said_of_a_column_serves_the_file_that_has_it(run, folder, tmp_path):
    (folder / "a.csv").write_text("Code;Nom;Espoir\nC1;Alpha;7000\nC2;Beta;9000\n", encoding="utf-8")
    (folder / "b.csv").write_text("Code client;Date de visite\nC1;05/11/2026\n", encoding="utf-8")
    book = tmp_path / "book.xlsx"
    assert run(folder, "--book", book, "--map", "Espoir=Potential", "--lang", "en")[0] == 0
    assert rows(book)["C2"]["potential"] == 9000
    code, _, err = run(folder, "--book", tmp_path / "x.xlsx", "--map", "Espoire=Potential", "--lang", "en")
    assert code == 1
    assert "Espoire" in err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Name it: clientscore start FOLDER"),
        (["none"], "There is no folder none."),
        (["none", "--book", "book.docx"], "book.docx does not end like a workbook."),
    ],
)
def test_what_cannot_be_begun_is_declined_in_one_sentence(run, arguments, sentence):
    code, out, err = run(*arguments, "--lang", "en")
    assert code == 1
    assert sentence in err
    assert not out


def test_a_person_is_led_by_questions_of_which_each_has_an_answer_that_enter_gives(tmp_path):
    home = tmp_path / "home"
    (home / "Downloads").mkdir(parents=True)
    exports = tmp_path / "Mes exports"
    exports.mkdir()
    (exports / "factures.csv").write_text(invoices(2021), encoding="utf-8")
    (exports / "autres.csv").write_text(invoices(2022), encoding="utf-8")
    opener = home / "bin" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\necho "$1" > "{home}/opened"\n')
    opener.chmod(0o755)
    environment = os.environ | {
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "DISPLAY": ":9",
        "XDG_STATE_HOME": str(home / "state"),
        "PYTHONPATH": str(ROOT),
        "PATH": f"{opener.parent}:{os.environ['PATH']}",
    }
    command = [sys.executable, "-m", "addin.cli", "start", "--lang", "en"]
    asked = [
        (f"Enter alone takes {home / 'Downloads'}; - makes an empty workbook: ", ""),  # nothing is there
        ("- makes an empty workbook: ", f"'{exports}'"),
        ("n stops: ", "3"),  # no file has that number
        ("n stops: ", "1"),
        ("n as of today: ", ""),
    ]
    code, screen = in_terminal(command, asked, environment, tmp_path)
    assert code == 0, screen
    assert "Nothing there can be imported" in screen
    assert "“3” leaves no file" in screen
    assert "The reference date is 2023-12-05 from now on" in screen
    book = home / "Documents" / "ClientScore.xlsm"
    assert (home / "opened").read_text() == f"{book}\n"
    assert len(rows(book)) == 24
    # again, into the workbook that is there now; nothing is written once somebody says no
    before = book.read_bytes()
    asked = [("beside it: ", ""), ("n stops: ", "2"), ("ClientScore.xlsm; n stops: ", "n")]
    code, screen = in_terminal([*command, exports], asked, environment, tmp_path)
    assert code == 1
    assert screen.endswith("Stopped. Nothing was changed.\n")
    assert book.read_bytes() == before


def test_what_is_dragged_into_the_window_is_understood(tmp_path):
    one, other = tmp_path / "my exports", tmp_path / "d'été.csv"
    one.mkdir()
    other.touch()
    for typed in (f"{one}", f'"{one}"', f" '{one}' ", str(one).replace(" ", "\\ ")):
        assert list(answered_paths(typed)) == [one]
    assert list(answered_paths(f'"{one}" "{other}"')) == [one, other]
    assert list(answered_paths(str(other))) == [other]
