"""What is said to ``clientscore import`` beside its files, and in which language it answers."""

import datetime as dt
import json
import shutil

import pytest
from imports.harness import lines
from support.import_command import accounts, report_rows

from addin.catalogue import LANGUAGES, catalogue
from addin.package import PackageBook
from addin.workbook.located_tables import Layout


class TestOptions:
    @pytest.fixture
    def strange(self, tmp_path):
        path = tmp_path / "kunden.csv"
        path.write_text(lines(["Kunde", "Umsatz"], ["C1", 7], ["C3", 8]), encoding="utf-8")
        return path

    def test_map_says_which_column_goes_where_and_is_remembered(self, run, book, strange):
        code, _, err = run("import", book, strange)
        assert code == 1
        assert '--map "Kunde=Account"' in err
        assert run("import", book, strange, "--map", "Kunde=Account", "--map", "Umsatz = CA N")[0] == 0
        assert accounts(book)["C3"]["turnover"] == 8.0
        strange.write_text(lines(["Kunde", "Umsatz"], ["C3", 9]), encoding="utf-8")
        assert run("import", book, strange)[0] == 0
        assert accounts(book)["C3"]["turnover"] == 9.0

    def test_a_header_with_an_equals_sign_can_be_mapped(self, run, book, tmp_path):
        path = tmp_path / "odd.csv"
        path.write_text(lines(["a=b", "Name"], ["C1", "x"]), encoding="utf-8")
        assert run("import", book, path, "--map", "a=b=Account")[0] == 0
        assert accounts(book)["C1"]["name"] == "x"

    @pytest.mark.parametrize(
        ("options", "sentence"),
        [
            (["--map", "Kunde"], "“Kunde” does not say which column goes where."),
            (["--map", "=Account"], "“=Account” does not say which column goes where."),
            (["--map", "Kunde=Colour"], "Colour is no column that a file can go to."),
            (["--keep", "Colour"], "Colour is no column"),
            (["--overwrite", "Colour"], "Colour is no column"),
        ],
    )
    def test_an_option_that_makes_no_sense_is_refused(self, run, book, strange, options, sentence):
        before = book.read_bytes()
        code, out, err = run("import", book, strange, *options)
        assert code == 1
        assert not out
        assert sentence in err
        assert book.read_bytes() == before

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            ([], "BOOK is missing."),
            (["book.xlsx"], "FILE... is missing."),
            (["book.xlsx", "a.csv", "--as", "nothing"], "nothing is no value for --as."),
            (["book.xlsx", "a.csv", "--map"], "--map is missing."),
            (["book.xlsx", "a.csv", "--bogus"], "There is no option --bogus."),
        ],
    )
    def test_wrong_usage_exits_2(self, run, arguments, sentence):
        code, out, err = run("import", *arguments)
        assert code == 2
        assert not out
        assert sentence in err

    def test_keep_and_overwrite_decide_by_field(self, run, book, crm, tmp_path):
        run("import", book, crm)
        newer = tmp_path / "newer.csv"
        newer.write_text(lines(["Account", "Name", "Turnover"], ["C1", "New", 150]), encoding="utf-8")
        assert "Cells kept as they are" in run("import", book, newer, "--keep", "Turnover")[1]
        assert (accounts(book)["C1"]["name"], accounts(book)["C1"]["turnover"]) == ("New", 100.0)
        run("import", book, newer)  # crm.csv has noted "overwrite" for that column
        assert accounts(book)["C1"]["turnover"] == 150.0

    def test_the_kind_can_be_said(self, run, book, crm, fecs):
        assert run("import", book, crm, "--as", "accounts", "--dry-run")[0] == 0
        assert run("import", book, crm, "--as", "invoices", "--dry-run")[0] == 1
        assert "JournalCode" in run("import", book, crm, "--as", "fec")[2]
        assert run("import", book, fecs[0], "--as", "fec", "--dry-run")[0] == 0

    def test_a_book_that_is_not_there_and_files_that_are_not(self, run, book, crm, tmp_path):
        assert run("import", tmp_path / "none.xlsx", crm)[0] == 1
        code, _, err = run("import", book, tmp_path / "none.csv")
        assert code == 1
        assert "none.csv" in err
        assert run("import", book, crm, crm)[0] == 1


ENGLISH = (
    *(
        "rows",
        "read",
        "used",
        "set aside",
        "goes to",
        "Accounts",
        "added",
        "changed",
        "before",
        "after",
        "Written",
    ),
    *("sheet", "whole", "report", "likely", "same", "Nothing", "line ", "separator", "header", "duplicate"),
)


def english_in(text, *names):
    """English words of a text, but for names of files and commands."""
    for name in (*names, "clientscore refresh", "clientscore undo", "clientscore"):
        text = text.replace(str(name), "")
    return [word for word in ENGLISH if word in text]


def test_what_a_french_workbook_says_of_an_import_is_french(full, exports):
    out = full.said
    for words in ("lignes lues", "va dans", "ajoutés", "même client", "écrit\u00a0:", "doublon possible"):
        assert words in out.casefold()
    assert english_in(out, full.path, *exports) == []
    texts = [cell for row in report_rows(full.path) for cell in row.values() if isinstance(cell, str)]
    assert english_in("\n".join(texts), *exports) == []


def test_the_language_that_is_asked_for_is_that_of_the_screen_and_the_book_keeps_its_own(run, book, crm):
    _, out, _ = run("import", book, crm, "--lang", "fr")
    assert "lignes lues" in out.casefold()
    assert english_in(out, book, "crm.csv", "Turnover", "Account", "Name", "Status") == []
    assert "Rows read" in {row["item"] for row in report_rows(book)}
    assert accounts(book)["C1"]["status"] == "Client"


def test_a_french_refusal_is_french(run, tmp_path, empty, fecs):
    path = shutil.copy(empty / "fr.xlsx", tmp_path / "livre.xlsx")
    broken = tmp_path / fecs[1].name
    broken.write_bytes(fecs[1].read_bytes()[:-70])
    code, _, err = run("import", path, broken, "--lang", "fr")
    assert code == 1
    assert "est inutilisable" in err
    assert "Rien n’a été importé" in err
    assert english_in(err, broken.name) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_in_the_language_asked_for(run, language):
    code, out, _ = run("import", "--lang", language, "--help")
    assert code == 0
    for option in ("--map", "--keep", "--overwrite", "--as", "--dry-run", "--json", "--lang"):
        assert option in out
    assert ("Afficher cette aide" in out) == (language == "fr")


def old_invoices(folder):
    """Invoices of three years up to the last day of 2023, of thirty clients."""
    rows = [
        (f"C{client:02}", f"Company {client}", f"{year}-{month:02}-28", f"{client * 100 + month}.00")
        for client in range(1, 31)
        for year in (2021, 2022, 2023)
        for month in range(1, 13)
    ]
    path = folder / "invoices.csv"
    path.write_text(lines(("Code", "Name", "Date", "Amount"), *rows), encoding="utf-8")
    return path


def setting(path, key):
    located = Layout(PackageBook(path).tables()).named["settings"]
    names = catalogue("en").surface("fields")["setting_names"]
    return next(row["value"] for row in located.rows() if row["setting"] == names[key])


def test_old_files_are_looked_at_as_of_their_last_day_and_scored_in_one_go(book, run, tmp_path):
    invoices = old_invoices(tmp_path)
    code, out, err = run("import", book, invoices, "--dry-run", "--lang", "en")
    assert code == 0, err
    assert "The files end on 2023-12-28, long before today" in out
    code, out, err = run("import", book, invoices, "--reference", "last", "--refresh", "--lang", "en")
    assert code == 0, err
    assert "The reference date is 2023-12-28 from now on" in out
    assert setting(book, "reference_date") == dt.datetime(2023, 12, 28)
    clients = Layout(PackageBook(book).tables()).accounts[0]
    assert all(clients.cells("turnover"))
    assert set(clients.cells("class")) == set("ABCD")
    assert run("undo", book)[0] == 0
    clients = Layout(PackageBook(book).tables()).accounts[0]
    assert all(clients.cells("turnover"))
    assert not any(clients.cells("class"))
    assert run("undo", book)[0] == 0
    assert setting(book, "reference_date") is None
    assert not any(Layout(PackageBook(book).tables()).accounts[0].cells("account"))


def test_a_reference_date_can_be_said_and_is_told_in_json_with_the_scores(book, run, tmp_path):
    chosen = ("--reference", "2023-12-31", "--refresh", "--json", "--lang", "en")
    code, out, err = run("import", book, old_invoices(tmp_path), *chosen)
    assert code == 0, err
    told = json.loads(out)
    assert told["reference_date"] == "2023-12-31"
    assert told["refresh"]["accounts"] == 30
    assert setting(book, "reference_date") == dt.datetime(2023, 12, 31)


@pytest.mark.parametrize("said", ["31/12/2023", "yesterday", "2023-13-01"])
def test_what_is_no_day_is_refused_as_a_reference_date(book, run, tmp_path, said):
    before = book.read_bytes()
    code, _, err = run("import", book, old_invoices(tmp_path), "--reference", said, "--lang", "en")
    assert code == 1
    assert said in err
    assert book.read_bytes() == before


def test_a_list_without_dates_has_no_last_day(book, run, tmp_path):
    accounts = tmp_path / "accounts.csv"
    accounts.write_text(lines(("Code", "Name", "Turnover"), ("C1", "Company", 100)), encoding="utf-8")
    code, _, err = run("import", book, accounts, "--reference", "last", "--lang", "en")
    assert code == 1
    assert "No file has a date" in err
