"""The command line as a person meets it: results, exit codes, languages, refusals."""

import json
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from support.books import Tables
from support.commands import run_command

from addin.catalogue import LANGUAGES, catalogue
from addin.package import PackageBook


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    return partial(run_command, capsys)


@pytest.fixture
def book(tmp_path, run):
    path = tmp_path / "book.xlsx"
    export = tmp_path / "export.csv"
    lines = [
        f"C{n:03},Company {n},Client,{n * 3000},{n * 2900},{n * 2500},{n * 5000},{n % 11}"
        for n in range(1, 60)
    ]
    header = "Account,Name,Status,Turnover,Turnover Y-1,Turnover Y-2,Potential,Growth outlook"
    export.write_text("\n".join([header, *lines]), encoding="utf-8")
    assert run("new", path, "--accounts", export)[0] == 0
    return path


pytestmark = pytest.mark.filterwarnings("ignore:.*:UserWarning:openpyxl")  # of what it would lose


def spoil(path):
    """Give a criterion a negative weight, as a person would."""
    import openpyxl

    workbook = openpyxl.load_workbook(path)
    tables = PackageBook(path).tables()
    criteria = next(table for table in tables if table.name == "Criteria")
    address = criteria.cell(0, [h.casefold() for h in criteria.headers].index("weight"))
    workbook[criteria.sheet][address] = -5
    workbook.save(path)
    return f"{criteria.sheet}!{address}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_demo_scores_the_sample_and_says_what_to_look_at(run, tmp_path, language):
    code, out, err = run("demo", "--lang", language, "--output", tmp_path)
    assert code == 0
    words = catalogue(language)
    path = tmp_path / "clientscore-demo.xlsm"
    assert path.is_file()
    for letter in "ABCD?":
        assert re.search(rf"^{re.escape(letter)} ", out, re.MULTILINE)
    assert words.sheet("dashboard") in out
    assert words.sheet("checks") in out
    # the result comes first, and what needs a look is one line, which says where it is listed
    assert not err
    assert out.index(f"\n{words.text('cli', 'result', 'class')} ") < out.index(
        words.text("cli", "result", "faults", count=12)
    )
    code, out, _ = run("refresh", path)
    assert code == 0
    assert words.text("cli", "result", "no_moves") in out


def test_demo_makes_the_folder_that_is_named_and_says_so_where_it_cannot(run, tmp_path):
    folder = tmp_path / "new" / "folder"
    code, _, err = run("demo", "--exports", "--output", folder)
    assert (code, err) == (0, "")
    assert len(list((folder / "clientscore-exports").iterdir())) == 5
    code, _, err = run("demo", "--output", folder / "clientscore-exports" / "crm_accounts.csv" / "x")
    assert code == 1
    assert "cannot be made" in err
    assert len(err.splitlines()) == 1


def test_a_second_demo_leaves_the_first_alone(run, tmp_path):
    run("demo", "--output", tmp_path)
    first = (tmp_path / "clientscore-demo.xlsm").read_bytes()
    run("demo", "--output", tmp_path)
    assert (tmp_path / "clientscore-demo.xlsm").read_bytes() == first
    assert (tmp_path / "clientscore-demo-2.xlsm").is_file()


def test_refresh_writes_once_and_then_finds_nothing_to_write(run, book):
    code, out, err = run("refresh", book)
    assert code == 0
    assert "59 accounts have a class for the first time." in out
    assert f"Written: {book}" in out
    assert not err
    scored = book.read_bytes()
    code, out, _ = run("refresh", book)
    assert code == 0
    assert "Nothing has changed" in out
    assert book.read_bytes() == scored


def test_moves_are_told_after_a_change(run, book):
    import openpyxl

    run("refresh", book)
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["Clients"]
    table = next(t for t in PackageBook(book).tables() if t.name == "Clients")
    sheet[table.cell(0, table.headers.index("Turnover"))] = 190_000
    sheet[table.cell(0, table.headers.index("Potential"))] = 290_000
    workbook.save(book)
    code, out, _ = run("refresh", book)
    assert code == 0
    assert re.search(r"→ [AB]  C001  Company 1", out)


def test_dry_run_shows_and_writes_nothing(run, book):
    before = book.read_bytes()
    code, out, _ = run("refresh", book, "--dry-run")
    assert code == 0
    assert "Nothing was written (--dry-run)." in out
    assert book.read_bytes() == before


def test_output_leaves_the_book_as_it_is(run, book, tmp_path):
    before = book.read_bytes()
    other = tmp_path / "scored.xlsx"
    assert run("refresh", book, "--output", other)[0] == 0
    assert book.read_bytes() == before
    assert other.read_bytes() != before


def test_json_is_the_report(run, book):
    code, out, _ = run("refresh", book, "--json")
    report = json.loads(out)
    assert code == 0
    assert report["accounts"] == 59
    assert sum(total["accounts"] for total in report["classes"]) == 59
    assert report["written"] is True
    assert report["faults"] == []


def test_what_has_a_class_is_counted_and_what_has_none_is_not(run, tmp_path):
    """Accounts of which too little is known have no class, and no class of before to have changed."""
    export = tmp_path / "export.csv"
    known = [f"C{n},Company {n},Client,{n * 3000},{n * 2900},{n * 2500}" for n in range(1, 12)]
    header = "Account,Name,Status,Turnover,Turnover Y-1,Turnover Y-2"
    export.write_text(
        "\n".join([header, *known, "N1,New one,Client,,,", "N2,Other,Client,,,"]), encoding="utf-8"
    )
    book = tmp_path / "book.xlsx"
    run("new", book, "--accounts", export)
    _, out, _ = run("refresh", book)
    assert re.search(r"^\? +2 ", out, re.MULTILINE)
    assert "11 accounts have a class for the first time." in out
    assert "No account changed its class since last time." not in out
    _, out, _ = run("refresh", book)
    assert "for the first time" not in out
    assert "No account changed its class since last time." in out


@pytest.mark.parametrize("command", ["refresh", "check"])
def test_a_fault_that_stops_exits_1_names_the_cell_and_writes_nothing(run, book, command):
    place = spoil(book)
    before = book.read_bytes()
    code, out, err = run(command, book)
    assert code == 1
    assert place in err
    assert "-5" in err
    assert place not in out
    assert book.read_bytes() == before


def test_check_lists_without_changing_and_speaks_the_language_asked_for(run, tmp_path):
    run("demo", "--output", tmp_path)
    path = tmp_path / "clientscore-demo.xlsm"
    before = path.read_bytes()
    code, out, err = run("check", path, "--lang", "fr")
    assert code == 0
    assert "n’est pas une date" in err
    assert "Constats" in out
    assert path.read_bytes() == before


def test_new_refuses_to_overwrite(run, book):
    code, _, err = run("new", book)
    assert code == 1
    assert err == f"The file {book} exists already and was left as it is. Choose another name.\n"


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_new_makes_an_empty_workbook_that_checks_clean(run, tmp_path, language, suffix):
    path = tmp_path / f"fresh{suffix}"
    assert run("new", path, "--lang", language)[0] == 0
    code, out, err = run("check", path)
    assert code == 0
    assert out.strip() == catalogue(language).text("cli", "result", "clean")
    assert not err


def test_new_from_a_french_export_into_a_french_workbook(run, tmp_path):
    export = tmp_path / "export.csv"
    export.write_text(
        "Compte;Raison sociale;Statut;CA N;Région\n007;=SOMME(A1);Prospect;1 234,5;Sud\n", encoding="cp1252"
    )
    path = tmp_path / "livre.xlsx"
    code, out, _ = run("new", path, "--lang", "fr", "--accounts", export)
    assert code == 0
    assert "Région" in out
    table = next(t for t in PackageBook(path).tables() if t.name == "Prospects")
    row = dict(zip(table.headers, (column[0] for column in table.columns), strict=True))
    assert row["Compte"] == "007"
    assert row["Raison sociale"] == "=SOMME(A1)"  # text, not a formula
    assert row["CA N"] == 1234.5
    assert row["Région"] == "Sud"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["refresh"], "BOOK is missing."),
        (["bogus"], "There is no command bogus."),
        (["demo", "--lang", "de"], "de is no value for --lang. Choose among en, fr."),
        (["demo", "--bogus"], "There is no option --bogus."),
        (["check", "a.xlsx", "b.xlsx"], "That is more than the command takes: b.xlsx."),
        (["refresh", "a.xlsx", "--output"], "--output is missing."),
    ],
)
def test_wrong_usage_exits_2_with_one_sentence_and_the_way_to_help(run, arguments, sentence):
    code, out, err = run(*arguments)
    assert code == 2
    assert not out
    assert err.startswith(sentence)
    assert "--help" in err


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", [[], ["new"], ["refresh"], ["check"], ["demo"]])
def test_help_is_in_the_language_asked_for(run, language, command):
    code, out, _ = run(*command, "--lang", language, "--help") if command else run("--help")
    assert code == 0
    if command:
        assert catalogue(language).text("cli", "layout", "usage").strip() in out
        assert ("Afficher cette aide" in out) == (language == "fr")


def test_the_language_of_the_machine_is_that_of_the_help(run, monkeypatch):
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert "Utilisation" in run("--help")[1]


def test_an_unexpected_failure_is_one_sentence_and_a_log(run, book, tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_log_dir", lambda *_, **__: str(tmp_path / "logs"))
    monkeypatch.setattr(PackageBook, "tables", lambda _: 1 / 0)
    code, _, err = run("refresh", book)
    assert code == 1
    log = tmp_path / "logs" / "clientscore.log"
    assert str(log) in err
    assert len(err.splitlines()) == 1
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")


def test_what_is_piped_holds_no_progress_and_no_colour(tmp_path):
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-c", "from addin.cli import main; main()", "demo", "--output", str(tmp_path)]
    done = subprocess.run(
        command, capture_output=True, env=environment, check=True, cwd=Path(__file__).parents[2]
    )
    assert b"\x1b" not in done.stdout + done.stderr
    assert b"\r" not in done.stdout + done.stderr.replace(os.linesep.encode(), b"")
    assert b"%" in done.stdout


def test_a_model_in_english_and_french_is_found_whatever_language_the_messages_have():
    scoring = Tables("fr").set("Criteria", 0, "weight", -1.0).score(language="en")
    assert scoring.report.findings[0].what.startswith("The weight of criterion")
    assert scoring.report.findings[0].sheet == "Critères"


LAZY = """
import sys
import scoring
heavy = {"xlsxwriter", "click", "matplotlib", "lxml", "ckmeans", "addin", "xlwings"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""


LAZY_REFRESH = """
import sys
import addin.refresh.score_tables, addin.package
heavy = {"xlsxwriter", "click", "matplotlib", "ckmeans", "xlwings"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""


LAZY_FORMULA = """
import sys
import addin.functions
heavy = {"xlsxwriter", "click", "ckmeans", "platformdirs", "addin.template", "addin.package", "addin.cli"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""


@pytest.mark.parametrize("code", [LAZY, LAZY_REFRESH, LAZY_FORMULA], ids=["scoring", "refresh", "formula"])
def test_start_up_loads_neither_xlsxwriter_nor_the_command_line_nor_plotting(code):
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_the_catalogues_have_the_same_keys():
    def keys(node, path=()):
        if isinstance(node, dict):
            return {key for name, child in node.items() for key in keys(child, (*path, name))}
        if isinstance(node, list) and isinstance(node[0], dict):
            return {key for at, child in enumerate(node) for key in keys(child, (*path, at))}
        return {path}

    folder = Path(__file__).parents[2] / "addin" / "catalogue"
    surfaces = sorted(path.stem for path in (folder / "en").glob("*.toml"))
    assert surfaces == sorted(path.stem for path in (folder / "fr").glob("*.toml"))
    for surface in surfaces:
        english, french = (dict(catalogue(language).surface(surface)) for language in ("en", "fr"))
        for words in (english, french):
            words.pop("older", None)  # what was called otherwise before, each language by itself
        assert keys(english) == keys(french), surface


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_a_help_stand_in_lines_of_their_own(language):
    helps = catalogue(language).surface("cli")["help"].values()
    examples = [text for text in helps if "\n  clientscore " in text]
    assert len(examples) > 2
    for text in examples:
        block = text[: text.index("\n  clientscore ")].rpartition("\n\n")[2]
        assert block.startswith("\b\n"), block
