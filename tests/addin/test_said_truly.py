"""Sentences that once said what was not so: each is true now, in both languages."""

import dataclasses
import datetime as dt
from functools import partial

import numpy as np
import pytest
from support.commands import run_command
from support.portfolios import ON, model, scored

from addin.catalogue import LANGUAGES, catalogue
from addin.package import PackageBook
from addin.workbook.located_tables import Layout
from scoring import assess

EUR = "\u00a0EUR"
TODAY = dt.date(2026, 11, 29)
HEADER = {
    "en": "Account;Name;Turnover;Turnover Y-1;Turnover Y-2;Potential",
    "fr": "Compte;Raison sociale;CA N;CA N-1;CA N-2;Potentiel",
}


@pytest.fixture
def run(capsys):
    return partial(run_command, capsys, today=TODAY)


@pytest.fixture(params=LANGUAGES)
def made(request, tmp_path, run):
    """A workbook in each language, and what writes a file beside it."""
    book = tmp_path / "book.xlsx"
    assert run("new", book, "--lang", request.param)[0] == 0

    def put(*rows, name="list.csv"):
        path = tmp_path / name
        path.write_text("\n".join(rows), encoding="utf-8")
        return path

    return request.param, book, put


def import_sheet(book):
    """Words and notes of the sheet Imports."""
    located = Layout(PackageBook(book).tables()).named["imports"]
    return list(zip(located.cells("item"), located.cells("note"), strict=True))


def test_an_import_of_which_no_row_is_used_says_so(run, made):
    language, book, put = made
    path = put("Code client;Nom;Date facture;Montant HT", ";;2026-01-02;100", ";;2026-01-03;200,50")
    code, out, _ = run("import", book, path, "--yes")
    assert code == 0
    said = {
        "en": "Nothing was imported: all 2 rows were set aside; above stands why.",
        "fr": "Rien n’a été importé\u00a0: les 2 lignes ont toutes été écartées, la raison figure ci-dessus.",
    }
    assert said[language] in out
    assert {"en": "set aside: 2 (300.50\u00a0EUR)", "fr": "2 (300,50\u00a0EUR)"}[language] in out


def test_accounts_of_which_nothing_is_known_have_no_class_for_the_first_time(run, made):
    language, book, put = made
    names = {"en": "Account;Name", "fr": "Compte;Raison sociale"}
    run("import", book, put(names[language], *(f"C{n};N{n}" for n in range(30))), "--yes")
    out = run("refresh", book)[1]
    assert {"en": "for the first time", "fr": "pour la première fois"}[language] not in out
    assert {"en": "Too little is known of 30 accounts", "fr": "30 comptes sont trop peu connus"}[
        language
    ] in out


def test_cells_that_were_kept_without_a_choice_are_not_said_to_be_kept_by_choice(run, made):
    language, book, put = made
    run("import", book, put(HEADER[language], "C1;Alpha;100;90;80;500"), "--yes")
    out = run("import", book, put(HEADER[language], "C1;;120;90;80;500", name="again.csv"), "--yes")[1]
    assert {"en": "by your choice", "fr": "par votre choix"}[language] not in out


def test_the_answer_that_is_proposed_names_a_column_of_the_header_and_no_title(run, made):
    _, book, put = made
    path = put("Example Company;2026", "Foo;Bar;Baz", "C1;Alpha;3", "C2;Beta;6")
    code, _, err = run("import", book, path, "--yes")
    assert code == 1
    assert "Example Company" not in err
    assert '--map "Foo=' in err


def test_an_import_begins_with_five_lines_that_a_person_can_read(run, made):
    language, book, put = made
    rows = [f"C{n % 3};Alpha;2026-0{month}-02;1 000,50;Payée" for n in range(6) for month in (4, 8)]
    path = put("Code client;Nom;Date facture;Montant HT;Statut", *rows, "C1;Alpha;2026-05-02;700;Annulée")
    run("import", book, path, "--yes")
    why = {
        "en": "a status or kind that does not count (1)",
        "fr": "un statut ou un type qui ne compte pas (1)",
    }
    aside = f"1 ligne écartée, soit 700{EUR}\u00a0: "
    said = {
        "en": [
            "Imported: list.csv (invoices).",
            "They go up to 2026-08-02.",
            f"13 rows were read and 12 used, 12,006{EUR} in all. 1 row was set aside, 700{EUR}: {why['en']}.",
            "Accounts: new 3, changed 0, unchanged 0.",
            "To look at below: 1 row set aside.",
        ],
        "fr": [
            "Importé\u00a0: list.csv (factures).",
            "Ils vont jusqu’au 02/08/2026.",
            f"13 lignes lues, dont 12 utilisées, soit 12\u202f006{EUR}. {aside}{why[language]}.",
            "Comptes\u00a0: nouveaux 3, modifiés 0, inchangés 0.",
            "À regarder ci-dessous\u00a0: 1 ligne écartée.",
        ],
    }
    summary = {"en": "Summary", "fr": "Résumé"}[language]
    assert import_sheet(book)[:5] == [(summary, line) for line in said[language]]


def faults(portfolio, used):
    return assess(portfolio, used, ON).faults


def remarks(portfolio, used):
    """What is odd about a portfolio, by key, with its details."""
    return {fault.what: fault.details for fault in faults(portfolio, used)}


@pytest.mark.parametrize("n", [2, 10, 60])
def test_equal_scores_that_fill_a_class_by_quota_are_told_whatever_their_number(n):
    quota = model(method="quota")
    told = remarks(scored([70.0] * n), quota)["ties_fill_a_class"]
    assert (told["letter"], told["count"], told["accounts"]) == ("A", n, n)
    assert "ties_fill_a_class" not in remarks(scored(np.linspace(10, 90, n)), quota)


def test_turnover_below_zero_is_told_with_its_sum():
    portfolio = scored([70.0, 20.0, 30.0], turnover=np.array([100.0, -30.0, -20.5]))
    assert remarks(portfolio, model())["turnover_below_zero"] == {"count": 2, "amount": -50.5}


@pytest.mark.parametrize(
    ("language", "cure"),
    [
        ("en", "Give the criteria that count a weight on the sheet Criteria."),
        ("fr", "Donnez un poids aux critères qui comptent sur la feuille Critères."),
    ],
)
def test_the_cure_of_weights_that_are_all_0_is_to_give_some(language, cure):
    without = dataclasses.replace(model(), criteria=())
    (fault,) = (one for one in faults(scored([70.0]), without) if one.what == "no_weight_counts")
    assert catalogue(language).text("faults", "remedy", fault.remedy) == cure
