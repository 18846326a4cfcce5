"""The core target of a workbook: its sheets, its words, and what a program is told."""

import datetime as dt
import json

import pytest
from support.books import Tables
from support.commands import run_command
from support.made import layout, new_workbook

from addin.catalogue import LANGUAGES, catalogue
from addin.uses import shown_uses

TODAY = dt.date(2026, 11, 29)
RICH = {
    "turnover": 900_000.0,
    "turnover_1": 500_000.0,
    "turnover_2": 300_000.0,
    "potential": 2_000_000.0,
    "days_late": 0.0,
}
POOR = {"turnover": 500.0, "turnover_1": 900.0, "turnover_2": 900.0, "potential": 900.0, "days_late": 50.0}


def rows(words):
    client, prospect = (words.word("status", key) for key in ("client", "prospect"))
    found = [
        {
            "account": f"A-{at}",
            "name": f"Best {at}",
            "status": client,
            "rep": "Ana",
            "sector": "Food",
            "visits": 12.0,
            **RICH,
        }
        for at in range(6)
    ]
    found += [
        {
            "account": f"D-{at}",
            "name": f"Other {at}",
            "status": client,
            "rep": "Ben",
            "sector": "Wood",
            **POOR,
        }
        for at in range(12)
    ]
    found += [
        {
            "account": "P-1",
            "name": "Near",
            "status": prospect,
            "rep": "Ben",
            "sector": "food ",
            "potential": 2_000_000.0,
        },
        {
            "account": "P-2",
            "name": "Far",
            "status": prospect,
            "rep": "Ana",
            "sector": "Wood",
            "potential": 800.0,
        },
        {"account": "P-3", "name": "Unknown", "status": prospect},
    ]
    return found


@pytest.fixture(params=LANGUAGES)
def book(request, tmp_path):
    path = tmp_path / "book.xlsx"
    new_workbook(path, request.param, rows(catalogue(request.param)))
    return path


def test_the_sheets_say_in_words_what_speaks_for_whom(book, capsys):
    code, out, _ = run_command(capsys, "target", book, today=TODAY)
    assert code == 0
    assert catalogue(layout(book).language).sheet("target") in out
    found = layout(book)
    words = catalogue(found.language)
    assert shown_uses(found) == ["target"]
    alike = found.named["lookalikes"].rows()
    assert [row["account"] for row in alike] == ["P-1", "P-3", "P-2"]
    assert f"{words.header('accounts', 'sector')}" in alike[0]["because"]
    assert "Food" in alike[0]["because"]
    assert alike[1]["because"] == words.text("views", "target", "nothing_speaks")
    assert alike[1]["likeness"] == 0
    profile = found.named["profile"].rows()
    assert {row["column"] for row in profile} >= {
        words.header("accounts", key) for key in ("sector", "rep", "potential")
    }
    assert {row["small"] for row in profile} == {words.word("yes_no", key) for key in ("yes", "no")}
    note = found.named["profilenotes"].rows()[0]["note"]
    assert note == words.text("views", "target", "few_best", count=6, letter="A")
    assert [row["rep"] for row in found.named["targetgap"].rows()][-1] == words.text(
        "views", "effort", "nobody"
    )


def test_a_program_is_told_keys_and_numbers(book, capsys):
    before = book.read_bytes()
    code, out, _ = run_command(capsys, "target", book, "--json", today=TODAY)
    tables = json.loads(out)["tables"]
    assert code == 0
    assert book.read_bytes() == before
    assert list(tables) == ["Profile", "Lookalikes", "TargetGap"]
    sector = next(row for row in tables["Profile"] if row["column"] == "sector")
    assert (sector["value"], sector["in_best"], sector["in_all"], sector["small"]) == ("Food", 6, 6, False)
    assert sector["share_all"] == pytest.approx(1 / 3)
    assert sector["lift"] == pytest.approx(((6 + 2 / 3) / 8) * 3)
    potential = [row for row in tables["Profile"] if row["column"] == "potential"]
    assert [(row["above"], row["up_to"]) for row in potential] == [(900.0, None), (None, 900.0)]
    assert tables["Lookalikes"][0]["because"][0]["column"] in ("sector", "rep", "potential")
    assert {row["rep"] for row in tables["TargetGap"]} == {"Ana", "Ben", None}
    assert tables["TargetGap"][0]["share_hours_done"] == 0, "the mean of the best class is not above itself"


def test_one_rep_alone_is_shown_when_asked_for(book, capsys):
    run_command(capsys, "target", book, "--rep", "ana", today=TODAY)
    found = layout(book)
    assert [row["account"] for row in found.named["lookalikes"].rows()] == ["P-2"]
    assert [row["rep"] for row in found.named["targetgap"].rows()] == ["Ana"]
    assert "Ana" in found.named["lookalikesnotes"].rows()[0]["note"]
    before = book.read_bytes()
    code, _, err = run_command(capsys, "target", book, "--rep", "Zoé", today=TODAY)
    assert code != 0
    assert "Ana, Ben" in err
    assert book.read_bytes() == before


def said(tables):
    scoring = tables.score(asked={"target": {}}, today=TODAY)
    result = scoring.uses["target"]
    return result, [note.keys[-1] for note in result.notes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_list_says_why(language):
    result, notes = said(Tables(language))
    assert notes == ["empty"]
    assert not result.tables["profile"]
    poor = [row for row in rows(catalogue(language)) if row["account"].startswith("D")]
    assert said(Tables(language).rows("Clients", poor))[1] == ["no_best"]
    alone = [{key: row[key] for key in ("account", "status", *RICH)} for row in rows(catalogue(language))[:2]]
    result, notes = said(Tables(language).rows("Clients", alone))
    assert notes == ["no_columns"]
    both = [row for row in rows(catalogue(language)) if not row["account"].startswith("P")]
    result, _ = said(Tables(language).rows("Clients", both))
    assert [note.keys[-1] for note in result.noted["lookalikes"]][-1] == "no_prospects"


def columns_of(tables):
    return {row["column"] for row in said(tables)[0].tables["profile"]}


def test_columns_of_the_companys_own_are_read_as_they_were_typed():
    clients = [row for row in rows(catalogue("en")) if not row["account"].startswith("P")]
    tables = Tables("en").rows("Clients", clients)
    tables.add_column("Clients", "Industry", ["Bakery"] * 6 + ["Joiner"] * 12)
    tables.add_column("Clients", "Staff", [100.0] * 6 + [float(at) for at in range(12)])
    tables.add_column("Clients", "Comment", ["nice"] * 6 + ["less so"] * 12)
    tables.add_column("Clients", "Founded", [dt.datetime(2000, 1, 1)] * 9 + [dt.datetime(2010, 1, 1)] * 9)
    found = columns_of(tables)
    assert {"Industry", "Staff"} <= found
    assert not found & {"Comment", "Founded", "name", "postcode", "turnover", "growth", "account", "status"}
    staff = [row for row in said(tables)[0].tables["profile"] if row["column"] == "Staff"]
    assert {(row["above"], row["up_to"]) for row in staff} == {(11.0, None), (5.0, 11.0), (None, 5.0)}
