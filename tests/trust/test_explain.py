"""Explain: one account told to people and to programs, in both languages."""

import datetime as dt
import json

import pytest
from support.commands import run_command
from support.made import layout, new_workbook

from addin.catalogue import LANGUAGES, catalogue
from addin.package import PackageBook
from addin.refresh.score_tables import score_tables
from addin.workbook.port import Changes, RowsFill

TODAY = dt.date(2026, 11, 29)


def rows(words):
    client, prospect = (words.word("status", key) for key in ("client", "prospect"))
    rated = words.surface("template")["solidity"]
    known = {"status": client, "turnover_1": 60_000.0, "turnover_2": 55_000.0, "potential": 90_000.0}
    known |= {"days_late": 5.0, "solidity": rated["fair"], "growth": 6.0}
    return [
        {"account": "C-1", "name": "Nordvik", "turnover": 70_000.0, **known},
        {"account": "C-2", "name": "Sud", "turnover": 200_000.0, **known, "potential": 300_000.0},
        {"account": "C-3", "name": "Est", "turnover": 4_000.0, **known, "days_late": 90.0},
        {"account": "P-1", "name": "Vide", "status": prospect},
    ]


@pytest.fixture(params=LANGUAGES)
def book(request, tmp_path):
    path = tmp_path / "book.xlsx"
    new_workbook(path, request.param, rows(catalogue(request.param)))
    return path


def told(capsys, book, *arguments):
    code, out, err = run_command(capsys, "explain", book, *arguments, "--json", today=TODAY)
    assert code == 0, err
    return json.loads(out)


def test_the_contributions_sum_to_the_score_less_the_mean(book, capsys):
    before = book.read_bytes()
    for code in ("C-1", "c-2", "C-3"):
        found = told(capsys, book, code)
        assert found["account"] == code.upper()
        total = sum(one["contribution"] for one in found["criteria"])
        assert total == pytest.approx(found["score"] - found["mean"], abs=1e-9)
        assert sum(one["share"] for one in found["criteria"]) == pytest.approx(found["score"], abs=1e-5)
        assert found["range"]["low"] <= found["score"] <= found["range"]["high"]
    assert book.read_bytes() == before


def test_a_program_is_told_gates_levers_and_what_is_unknown(book, capsys):
    language = layout(book).language
    found = told(capsys, book, "C-3")
    reason = catalogue(language).text("template", "gates", "reasons", "days_late")
    assert found["gates"] == [{"reason": reason, "best_class": "C"}]
    assert found["forced"] is None
    assert {"criterion", "from", "to", "score_after", "class_after"} == set(found["levers"][0])
    unknown = [one for one in found["criteria"] if not one["known"]]
    assert unknown
    assert all(one["value"] is None and one["points"] is None for one in unknown)
    nothing = told(capsys, book, "P-1")
    assert (nothing["score"], nothing["mean"], nothing["class"]) == (None, None, "?")


def test_the_levers_of_one_that_the_margin_holds_are_those_of_the_next_refresh(book, capsys):
    """The class held from now on is what the sheet reckons with, so that a second refresh finds the same."""
    assert run_command(capsys, "explain", book, "C-1", today=TODAY)[0] == 0
    first = {key: layout(book).named[key].table.columns for key in ("explain", "levers", "explainwords")}
    assert run_command(capsys, "refresh", book, today=TODAY)[0] == 0
    assert {key: layout(book).named[key].table.columns for key in first} == first


def test_the_sheet_explains_the_account_that_a_person_types(book):
    def refreshed():
        package = PackageBook(book)
        package.apply(score_tables(package.tables(), TODAY, asked={"explain": {}}).changes)
        return layout(book).named["explainaccount"].rows()[0]

    assert refreshed()["account"] == "C-2", "the best score to begin with"
    located = layout(book).named["explainaccount"]
    PackageBook(book).apply(
        Changes(rows=[RowsFill(located.table.name, 0, located.tuples([{"account": "c-3"}]))])
    )
    assert (refreshed()["account"], refreshed()["name"]) == ("C-3", "Est")
    bars = layout(book).named["waterfall"].rows()
    level = bars[0]["whole"]
    for bar in bars[1:-1]:
        level += (bar["rise"] or 0) - (bar["fall"] or 0)
        assert bar["base"] == pytest.approx(min(level, level - (bar["rise"] or 0) + (bar["fall"] or 0)))
    assert level == pytest.approx(bars[-1]["whole"], abs=1e-6)
    PackageBook(book).apply(
        Changes(rows=[RowsFill(located.table.name, 0, located.tuples([{"account": "X"}]))])
    )
    head = refreshed()
    assert (head["account"], head["score"]) == ("X", None)
    assert "X" in layout(book).named["explainaccountnotes"].rows()[0]["note"]


def test_an_account_that_is_none_is_refused(book, capsys):
    code, _, err = run_command(capsys, "explain", book, "C-9", today=TODAY)
    assert code == 1
    assert "C-9" in err
