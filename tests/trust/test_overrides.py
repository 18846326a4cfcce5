"""Forced classes: one list with what is in force and what is ignored, and how many there are."""

import datetime as dt
import json

import pytest
from support.commands import run_command
from support.made import new_workbook

from addin.catalogue import LANGUAGES, catalogue
from addin.package import PackageBook
from addin.workbook.located_tables import Layout

TODAY = dt.date(2026, 11, 29)


@pytest.fixture(params=LANGUAGES)
def book(request, tmp_path):
    words, path = catalogue(request.param), tmp_path / "book.xlsx"
    known = {
        "status": words.word("status", "client"),
        "turnover": 90e3,
        "turnover_1": 80e3,
        "turnover_2": 70e3,
    }
    known |= {"potential": 90e3, "days_late": 5.0}
    end = dt.datetime(2027, 6, 30)
    forced = [
        {"rep": "Ana", "forced": "A", "forced_reason": "key account", "forced_until": end},
        {"rep": "Ana", "forced": "A", "forced_reason": "x", "forced_until": dt.datetime(2026, 11, 28)},
        {"rep": "Ben", "forced": "D", "forced_until": end},
        {"rep": "Ben", "forced": "D", "forced_reason": "x"},
        {"forced": "Z", "forced_reason": "x", "forced_until": end},
        {"rep": "Ben"},
    ]
    rows = [{"account": f"C-{at}", **known, **one} for at, one in enumerate(forced, start=1)]
    new_workbook(path, request.param, rows)
    return path


def test_every_forced_class_is_listed_with_its_state_and_counted_where_it_counts(book, capsys):
    code, out, _ = run_command(capsys, "overrides", book, "--json", today=TODAY)
    tables = json.loads(out)["tables"]
    assert code == 0
    assert {row["account"]: row["state"] for row in tables["Overrides"]} == {
        "C-1": "in_force",
        "C-2": "lapsed",
        "C-3": "without_reason",
        "C-4": "without_end",
        "C-5": "unknown_class",
    }
    first = next(row for row in tables["Overrides"] if row["account"] == "C-1")
    assert (first["forced"], first["reason"], first["until"]) == ("A", "key account", "2027-06-30")
    rates = {row["rep"]: (row["accounts"], row["forced"], row["rate"]) for row in tables["OverrideRates"]}
    nobody = catalogue(Layout(PackageBook(book).tables()).language).text("views", "effort", "nobody")
    assert rates == {"Ana": (2, 1, 0.5), "Ben": (3, 0, 0.0), nobody: (1, 0, 0.0)}


def test_the_sheet_has_the_sum_of_all_and_says_what_is_ignored(book, capsys):
    assert run_command(capsys, "overrides", book, today=TODAY)[0] == 0
    found = Layout(PackageBook(book).tables()).named
    total = found["overriderates"].rows()[-1]
    assert (total["accounts"], total["forced"]) == (6.0, 1.0)
    note = found["overridesnotes"].rows()[0]["note"]
    assert "1" in note
    assert "4" in note
