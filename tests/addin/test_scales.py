"""Scales that fit: proposed, written when told, taken back; nothing else moves."""

import json
from functools import partial

import pytest
from support.books import TODAY, Tables
from support.commands import run_command
from support.made import new_workbook

from addin.catalogue import catalogue
from addin.package import PackageBook
from addin.workbook.located_tables import Layout
from addin.workbook.money_scales import SHIPPED, fit_scales, fitted_changes
from addin.workbook.read_workbook import take_in


def rows(language, n=40):
    status = catalogue(language).word("status", "client")
    return [
        {
            "account": f"C{at}",
            "status": status,
            "turnover": 100.0 * at,
            "turnover_1": 90.0 * at,
            "turnover_2": 80.0 * at,
        }
        for at in range(1, n + 1)
    ]


@pytest.fixture(params=["en", "fr"])
def book(request, tmp_path):
    path = tmp_path / "book.xlsm"
    new_workbook(path, request.param, rows(request.param))
    return path, request.param


@pytest.fixture
def run(capsys):
    return partial(run_command, capsys)


def scales(path):
    located = Layout(PackageBook(path).tables()).named["scales"]
    return [(row["criterion"], row["value"], row["points"]) for row in located.rows()]


def test_the_shipped_scales_lie_on_the_lines_of_the_older_shorter_ones():
    assert [SHIPPED["turnover"][at] for at in (0, 1, 3, 5)] == [
        (0, 0),
        (10_000, 2),
        (50_000, 6),
        (200_000, 10),
    ]


def test_a_proposal_writes_nothing(book, run):
    path, language = book
    before = path.read_bytes()
    _, out, _ = run("scales", path, "--json", "--lang", language)
    told = json.loads(out)
    assert path.read_bytes() == before
    assert not told["written"]
    assert [one["column"] for one in told["scales"]] == ["turnover"]
    assert told["scales"][0]["proposed"][0] == {"value": 0.0, "points": 0.0}
    assert sum(one["now"] for one in told["classes"]) == 40


def test_applied_rows_take_the_places_of_the_old_ones_and_undo_brings_those_back(book, run):
    path, language = book
    before = scales(path)
    assert run("scales", path, "--apply", "--lang", language)[0] == 0
    after = scales(path)
    changed = [at for at, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    assert {before[at][0] for at in changed} == {before[0][0]}
    assert run("scales", path, "--apply", "--lang", language)[0] == 0
    assert scales(path) == after
    assert run("undo", path, "--lang", language)[0] == 0
    assert scales(path) == before


def test_more_rows_than_an_older_scale_has_come_below():
    tables = Tables().rows("Clients", rows("en"))
    short = [
        {"criterion": "Turnover", "value": value, "points": points}
        for value, points in ((0.0, 0.0), (10_000.0, 2.0), (50_000.0, 6.0), (200_000.0, 10.0))
    ]
    rest = [row for row in _scale_rows(tables) if row["criterion"] != "Turnover"]
    tables.rows("Scales", [*short, *rest])
    layout = Layout(tables.list())
    intake = take_in(layout, TODAY)
    fits = fit_scales(intake, intake.model, only_shipped=["turnover"])
    changes = fitted_changes(layout.named["scales"], fits.scales)
    assert [len(fill.rows) for fill in changes.rows] == [len(fits.scales[0].fitted) - 4]
    assert all(fill.skip.sum() == len(rest) for fill in changes.columns)


def test_a_scale_that_a_person_changed_is_no_longer_the_shipped_one():
    tables = Tables().rows("Clients", rows("en"))
    at = tables.find("Scales", "value", 30_000.0)
    intake = take_in(Layout(tables.set("Scales", at, "points", 5.0).list()), TODAY)
    assert not fit_scales(intake, intake.model, only_shipped=["turnover"]).scales
    assert [one.column for one in fit_scales(intake, intake.model).scales] == ["turnover"]


def test_too_few_amounts_leave_the_scale_and_say_so():
    tables = Tables().rows("Clients", rows("en", 19))
    intake = take_in(Layout(tables.list()), TODAY)
    fits = fit_scales(intake, intake.model)
    assert (fits.scales, fits.too_few) == ([], ["Turnover", "Potential", "New potential"])


def _scale_rows(tables):
    located = Layout(tables.list()).named["scales"]
    return [{key: row[key] for key in ("criterion", "value", "points")} for row in located.rows()]


def export(path, n, times=1):
    lines = [f"C{at};Company {at};{times * 100 * at},00" for at in range(1, n + 1)]
    path.write_text("\n".join(["Code;Name;Turnover", *lines]), encoding="utf-8")
    return path


def test_the_first_import_of_turnover_fits_its_scale_and_no_later_one_does(tmp_path, run):
    path = tmp_path / "book.xlsm"
    new_workbook(path, "en", [])
    shipped = scales(path)
    code, out, err = run("import", path, export(tmp_path / "accounts.csv", 40), "--lang", "en")
    assert code == 0, err
    assert "The scale of Turnover, which still was the shipped one, is fitted to your portfolio" in out
    fitted = scales(path)
    assert fitted != shipped
    kept = [[row for row in rows_ if row[0] not in ("Turnover", None)] for rows_ in (fitted, shipped)]
    assert kept[0] == kept[1]
    notes = [row["note"] for row in Layout(PackageBook(path).tables()).named["imports"].rows()]
    assert any(note and note.startswith("The scale of Turnover") for note in notes)
    code, out, _ = run("import", path, export(tmp_path / "accounts.csv", 40, 7), "--lang", "en")
    assert code == 0
    assert "fitted" not in out
    assert scales(path) == fitted
    assert run("undo", path, "--lang", "en")[0] == 0
    assert scales(path) == fitted


def test_an_import_of_few_accounts_leaves_the_scale_says_so_and_undo_takes_back_a_fitted_one(tmp_path, run):
    path = tmp_path / "book.xlsm"
    new_workbook(path, "fr", [])
    shipped = scales(path)
    code, out, err = run("import", path, export(tmp_path / "few.csv", 5), "--lang", "fr")
    assert code == 0, err
    assert "moins de 20 montants" in out
    assert scales(path) == shipped
    run("import", path, export(tmp_path / "many.csv", 30), "--lang", "fr")
    assert scales(path) != shipped
    assert run("undo", path, "--lang", "fr")[0] == 0
    assert scales(path) == shipped
