"""``clientscore import``: files in, a portfolio and a report out."""

import datetime as dt
import json
import shutil

import openpyxl
import pytest
from imports.harness import lines
from support.import_command import accounts, report_rows

from addin.catalogue import LANGUAGES, catalogue
from addin.package import PackageBook
from addin.workbook.located_tables import Layout


def bodies(path):
    """Cells of every table, by name."""
    return {table.name: [list(column) for column in table.columns] for table in PackageBook(path).tables()}


def test_three_fecs_make_a_scored_portfolio_in_one_import_and_one_refresh(run, tmp_path, fecs):
    path = tmp_path / "book.xlsx"
    assert run("new", path)[0] == 0
    code, out, err = run("import", path, *fecs)
    assert code == 0
    assert not err
    assert f"clientscore refresh {path}" in out
    code, out, err = run("refresh", path)
    assert code == 0
    classes = [row.get("class") for row in accounts(path).values()]
    assert len(classes) == 77
    assert set(classes) >= set("ABCD")
    assert sum(letter in "ABCD" for letter in classes) > 60


def test_importing_again_after_a_refresh_changes_nothing(run, tmp_path, full, exports):
    path = shutil.copy(full.path, tmp_path / "livre.xlsx")
    assert run("refresh", path)[0] == 0
    classes = [row.get("class") for row in accounts(path).values()]
    assert set(classes) >= set("ABCD")
    scored = path.read_bytes()
    out = run("import", path, *exports.values())[1]
    assert f"Rien à changer\u00a0: tout cela figure déjà dans {path.name}." in out
    assert path.read_bytes() == scored


def test_the_sheet_imports_holds_the_report_of_every_file(full, exports):
    path = full.path
    say = catalogue("fr").surface("imports")["item"]
    rows = report_rows(path)
    assert {row["date"] for row in rows} == {dt.datetime(2026, 3, 1)}
    for name in exports:
        of_file = [row for row in rows if row["file"] == name]
        numbers = {row["item"]: row["rows"] for row in of_file}
        assert numbers[say["read"]] == numbers[say["used"]] + numbers.get(say["aside"], 0)
        amounts = {row["item"]: row["amount"] for row in of_file}
        for total, parts in (("read", ("used", "aside")), ("sales", ("assigned", "rest"))):
            if amounts.get(say[total]) is not None:
                both = sum(amounts.get(say[part]) or 0 for part in parts)
                assert amounts[say[total]] == pytest.approx(both, abs=0.001)
        listed = [row for row in of_file if row["item"] == say["aside_row"]]
        assert len(listed) == numbers.get(say["aside"], 0)
        assert all(row["line"] and row["note"] for row in listed)
    after = {row["note"]: row["amount"] for row in rows if row["item"] == say["after"]}
    turnover = catalogue("fr").header("accounts", "turnover")
    found = sum(row.get("turnover", 0) for row in accounts(path).values())
    assert after[turnover] == pytest.approx(found, abs=0.001)
    added = [row for row in rows if row["item"] == say["added"]]
    assert [row["rows"] for row in added] == [len(accounts(path))] + [None] * (len(added) - 1)
    assert {code for row in added for code in row["note"].split(", ")} == accounts(path).keys()
    assert max(len(row["note"]) for row in added) < 150  # what the column shows
    assert any(row["item"] == say["double"] for row in rows)
    assert [row["account"] for row in rows if row["item"] == say["unknown"]] == ["00999"]


@pytest.fixture
def forecast(tmp_path):
    path = tmp_path / "forecast.csv"
    rows = [["C1", "Alpha", 100, 5], ["C2", "Beta", 200, 6]]
    path.write_text(lines(["Code", "Name", "Hoped for", "Budget"], *rows), encoding="utf-8")
    return path


def remembered(path):
    """What the sheet Import columns says: target and Keep or Overwrite by column of the file."""
    located = Layout(PackageBook(path).tables()).named["importcolumns"]
    cells = zip(*(located.cells(key) for key in ("source", "target", "known")), strict=True)
    return {source: (target, known) for source, target, known in cells if source is not None}


def potentials(path):
    return {code: cells.get("potential") for code, cells in accounts(path).items()}


def test_what_is_said_of_a_column_replaces_what_was_remembered(run, book, forecast):
    run("import", book, forecast, "--map", "Hoped for=Potential")
    assert remembered(book)["Hoped for"] == ("Potential", "overwrite")
    assert potentials(book) == {"C1": 100, "C2": 200}
    first = bodies(book)
    run("import", book, forecast, "--map", "Budget=Potential")
    assert remembered(book)["Budget"] == ("Potential", "overwrite")
    assert remembered(book)["Hoped for"][0] == "(not imported)"
    assert potentials(book) == {"C1": 5, "C2": 6}
    before = book.read_bytes()
    run("import", book, forecast)
    assert book.read_bytes() == before
    run("undo", book)
    assert bodies(book) == first


def test_what_is_said_is_remembered_even_where_no_account_changes(run, book, forecast):
    run("import", book, forecast, "--map", "Hoped for=Potential")
    first = bodies(book)
    found, out, _ = run("import", book, forecast, "--map", "Hoped for=(not imported)")
    assert found == 0
    assert "No account changes. Noted on the sheet Import columns" in out
    assert remembered(book)["Hoped for"][0] == "(not imported)"
    assert bodies(book)["Imports"] == first["Imports"]
    run("undo", book)
    assert bodies(book) == first


@pytest.mark.filterwarnings("ignore:.*:UserWarning:openpyxl")  # of what it would lose
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_remembered_column_that_goes_nowhere_is_said_with_its_cell(
    run, tmp_path, empty, forecast, language
):
    book = shutil.copy(empty / f"{language}.xlsx", tmp_path / "book.xlsx")
    target = catalogue(language).header("accounts", "potential")
    run("import", book, forecast, "--map", f"Hoped for={target}")
    opened = openpyxl.load_workbook(book)
    sheet = opened[catalogue(language).surface("fields")["sheets"]["import_columns"]]
    (cell,) = [row[2] for row in sheet.iter_rows() if row[1].value == "Hoped for"]
    cell.value = "Potentail"
    opened.save(book)
    before = book.read_bytes()
    found, _, err = run("import", book, forecast)
    assert found != 0
    assert book.read_bytes() == before
    assert all(word in err for word in (sheet.title, cell.coordinate, "Hoped for", "Potentail"))
    run("import", book, forecast, "--map", f"Hoped for={target}")
    assert remembered(book)["Hoped for"][0] == target


def test_reports_of_later_imports_stand_below_the_first(run, book, crm, tmp_path):
    run("import", book, crm)
    first = report_rows(book)
    other = tmp_path / "more.csv"
    other.write_text(lines(["Account", "Name"], ["C3", "Gamma"]), encoding="utf-8")
    run("import", book, other)
    rows = report_rows(book)
    assert rows[: len(first)] == first
    assert "more.csv" in {row["file"] for row in rows[len(first) :]}


def test_an_import_says_what_each_file_is_and_what_became_of_it(run, book, crm):
    code, out, err = run("import", book, crm)
    assert code == 0
    assert not err
    for sentence in (
        "crm.csv: accounts",
        "3 (600\u00a0EUR)",
        "2 (300\u00a0EUR)",
        "1 (300\u00a0EUR)",
        "set aside, line 4: no account code",
        "“Turnover” goes to Turnover.",
        "Turnover: 0\u00a0EUR before, 300\u00a0EUR after.",
        f"Written: {book}. The sheet Imports has the whole report.",
    ):
        assert sentence in out
    assert {code: row["status"] for code, row in accounts(book).items()} == {"C1": "Client", "C2": "Prospect"}


def test_dry_run_says_the_same_and_writes_nothing(run, book, crm):
    before = book.read_bytes()
    code, shown, _ = run("import", book, crm, "--dry-run")
    assert code == 0
    assert book.read_bytes() == before
    assert "Nothing was written (--dry-run)." in shown
    _, done, _ = run("import", book, crm)
    assert shown.splitlines()[:-2] == done.splitlines()[: len(shown.splitlines()) - 2]
    assert run("undo", book)[0] == 0  # of the import, not of the dry run
    assert run("undo", book)[0] == 1


def test_json_is_the_whole_report(run, book, exports):
    some = {name: path for name, path in exports.items() if "2023" not in name and "2024" not in name}
    code, out, _ = run("import", book, *some.values(), "--json")
    assert code == 0
    report = json.loads(out)
    assert report["written"] is True
    assert {file["file"] for file in report["files"]} == set(some)
    for file in report["files"]:
        assert file["rows"]["read"] == file["rows"]["used"] + file["rows"]["set_aside"]
        if file["amounts"]:
            parts = file["amounts"]["used"] + file["amounts"]["set_aside"]
            assert file["amounts"]["read"] == pytest.approx(parts, abs=0.001)
    assert len(report["accounts"]["added"]) == len(accounts(book))
    assert report["lists"]["unknown"] == ["00999"]
    again = json.loads(run("import", book, *some.values(), "--json", "--dry-run")[1])
    assert again["written"] is False
    assert again["accounts"]["added"] == again["accounts"]["changed"] == []


def test_json_holds_nothing_but_json_even_when_hostile(run, book, tmp_path):
    path = tmp_path / "crm.csv"
    rows = [['=A"1', "\\x\u2028", "732829320"], ["B", "}", "732829320"]]
    path.write_text(lines(["Account", "Name", "SIREN"], *rows), encoding="utf-8")
    report = json.loads(run("import", book, path, "--json")[1])
    (double,) = report["possible_duplicates"]
    assert set(double) == {'=A"1', "B", "number"}


def test_importing_again_leaves_the_file_byte_for_byte_as_it_was(run, tmp_path, full, exports):
    path = shutil.copy(full.path, tmp_path / "book.xlsx")
    before = path.read_bytes()
    code, out, _ = run("import", path, *list(exports.values())[::-1])
    assert code == 0
    assert f"Rien à changer\u00a0: tout cela figure déjà dans {path.name}." in out
    assert path.read_bytes() == before
    assert run("undo", path)[0] == 1  # nothing was written, so nothing is to undo


def test_names_with_signs_that_no_cell_holds_are_imported_once(run, book, tmp_path):
    path = tmp_path / "crm.csv"
    path.write_text(lines(["Account", "Name"], ["A", "a\x02b"], ["B", "c\ufffe"]), encoding="utf-8")
    assert run("import", book, path)[0] == 0
    before = book.read_bytes()
    assert "Nothing to change" in run("import", book, path)[1]
    assert book.read_bytes() == before


def test_undo_brings_back_every_table(run, book, exports, crm):
    run("import", book, crm)
    before = bodies(book)
    run("import", book, exports["987654321FEC20251231.txt"], exports["visites_2025.csv"])
    assert bodies(book) != before
    code, out, _ = run("undo", book)
    assert code == 0
    assert "import" in out
    assert bodies(book) == before
    assert run("undo", book)[0] == 0
    assert not accounts(book)


def test_undo_brings_back_what_an_import_replaced(run, book, crm, tmp_path):
    run("import", book, crm)
    before = bodies(book)
    newer = tmp_path / "newer.csv"
    newer.write_text(lines(["Account", "Name", "Turnover"], ["C1", "Alpha & Sons", 150]), encoding="utf-8")
    run("import", book, newer)
    assert accounts(book)["C1"]["turnover"] == 150.0
    run("undo", book)
    assert bodies(book) == before


def test_a_refused_import_writes_nothing_and_leaves_nothing_to_undo(run, book, fecs, tmp_path):
    broken = tmp_path / fecs[0].name
    broken.write_bytes(fecs[0].read_bytes()[:-70])
    before = book.read_bytes()
    code, out, err = run("import", book, *fecs[1:], broken)
    assert code == 1
    assert not out
    assert broken.name in err
    assert "3659" in err.replace(",", "")
    assert len(err.splitlines()) == 1
    assert book.read_bytes() == before
    assert run("undo", book)[0] == 1
