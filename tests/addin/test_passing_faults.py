"""Faults of accounts and settings, which are told and stop nothing."""

import datetime as dt
import re

import pytest
from support.books import Tables, cells, written
from support.faulty import GOOD

from addin.workbook.port import CellError, Uncalculated


def scored(**cells):
    return Tables().rows("Clients", [GOOD | cells])


def test_numbers_typed_as_text_are_read_and_told_once_a_column():
    rows = [GOOD | {"account": f"C{n}", "turnover": "60,000.0"} for n in range(5)]
    tables = Tables().rows("Clients", rows)
    report = tables.score().report
    assert [(f.cell, "as text: 5," in f.what) for f in report.findings] == [
        (tables.address("Clients", 0, "turnover"), True)
    ]
    assert sum(total.turnover for total in report.classes) == 300_000


def test_rows_without_a_code_and_accounts_without_a_status_are_told_once_a_sheet():
    rows = [
        GOOD,
        GOOD | {"account": None},
        GOOD | {"account": "C3", "status": None},
        GOOD | {"account": None},
    ]
    tables = Tables().rows("Clients", rows)
    report = tables.score().report
    assert [(f.cell, re.search(r": (\d)", f.what)[1]) for f in report.findings] == [
        (tables.address("Clients", 1, "account"), "2"),
        (tables.address("Clients", 2, "status"), "1"),
    ]


def test_a_setting_is_called_by_its_name_with_the_words_that_would_do():
    findings = Tables("fr").setting("method", "ABC").score().report.findings
    assert "Méthode de classement" in findings[0].what
    assert "seuils, quotas, ruptures" in findings[0].what


@pytest.mark.parametrize("amount", [1e308, -1e200, 2e15, "9" * 400])
def test_an_amount_beyond_all_measure_is_unknown_and_told(amount):
    tables = scored(turnover=amount)
    report = tables.score().report
    assert [f.cell for f in report.findings] == [tables.address("Clients", 0, "turnover")]
    assert "inf" not in report.findings[0].what


def test_a_table_named_accounts_is_a_table_like_any_other():
    tables = Tables().rows("Clients", [GOOD, GOOD | {"account": CellError("#REF!")}])
    tables.copy_of("Clients", "accounts", "Clients")
    del tables.tables["Clients"]
    assert [f.cell for f in tables.score().report.findings] == ["A6"]


@pytest.mark.parametrize("column_too", [True, False])
def test_an_account_without_a_name_has_none_in_the_history_either(column_too):
    """Neither where its sheet has a column of names, nor where only the other one does."""
    tables = (
        Tables().rows("Clients", [GOOD | {"name": "Alpha"}]).rows("Prospects", [GOOD | {"account": "C2"}])
    )
    if not column_too:
        tables.drop_column("Prospects", "name")
    after = written(tables.list(), tables.score())
    assert {row["account"]: row["name"] for row in cells(after, "History")} == {"C1": "Alpha", "C2": None}


def test_a_copy_of_history_is_no_account_sheet():
    tables = Tables().rows("Clients", [GOOD]).rows("History", [{"account": "C1", "score": 5.0, "class": "A"}])
    tables.copy_of("History", "Hist", "Hist")
    report = tables.score().report
    assert report.n_accounts == 1
    assert not report.findings


@pytest.mark.parametrize("name", ["Checks", "History"])
def test_a_missing_result_table_is_told_and_stops_nothing(name):
    tables = Tables().rows("Clients", [GOOD])
    del tables.tables[name]
    report = tables.score().report
    assert not report.stopped
    assert [name in f.what for f in report.findings] == [True]


def test_a_code_on_very_many_rows_names_a_few_places():
    tables = Tables().rows("Clients", [GOOD] * 3000)
    findings = tables.score().report.findings
    assert len(findings) == 3000
    assert max(len(f.what) for f in findings) < 300


def test_several_faults_are_all_listed_at_once():
    tables = (
        Tables()
        .set("Criteria", 0, "weight", -1.0)
        .set("Scales", 3, "points", 99.0)
        .set("Classes", 3, "min_score", 5.0)
    )
    assert sum(finding.stops for finding in tables.score().report.findings) == 3


def passing():
    """Name, tables, key of the cell that is unknown, words of the sentence."""
    yield "text_in_number", scored(turnover="n/c"), "turnover", "n/c"
    yield "date_in_number", scored(turnover=dt.datetime(2026, 1, 2)), "turnover", "2026-01-02"
    yield "error_in_number", scored(turnover=CellError("#DIV/0!")), "turnover", "#DIV/0!"
    yield "never_calculated", scored(turnover=Uncalculated("=A1*2")), "turnover", "=A1*2"
    yield "bool_in_number", scored(turnover=True), "turnover", "TRUE"
    yield "note_outside", scored(growth=12.0), "growth", "12"
    yield "word_not_listed", scored(solidity="brilliant"), "solidity", "brilliant"
    yield "impossible_date", scored(last_visit="2026-02-30"), "last_visit", "2026-02-30"
    yield "ambiguous_date", scored(last_visit="03/04/2026"), "last_visit", "03/04/2026"
    yield "year_as_date", scored(last_visit=2026.0), "last_visit", "2,026"
    yield "status_word", scored(status="Friend"), "status", "Friend"
    yield "forced_unknown", scored(forced="Z"), "forced", "Z"
    yield (
        "forced_without_reason",
        scored(forced="A", forced_until=dt.datetime(2027, 1, 1)),
        "forced_reason",
        "A",
    )
    yield "forced_without_end", scored(forced="A", forced_reason="key"), "forced_until", "A"
    yield (
        "forced_lapsed",
        scored(forced="A", forced_reason="key", forced_until=dt.datetime(2026, 11, 22)),
        "forced_until",
        "2026-11-22",
    )


@pytest.mark.parametrize(
    ("tables", "key", "named"), [pytest.param(*case[1:], id=case[0]) for case in passing()]
)
def test_a_fault_of_one_account_is_reported_and_stops_nothing(tables, key, named):
    scoring = tables.rows("Prospects", [GOOD | {"account": "P1", "status": "Prospect"}]).score()
    assert not scoring.report.stopped
    assert [(f.sheet, f.cell, f.account) for f in scoring.report.findings] == [
        ("Clients", tables.address("Clients", 0, key), "C1")
    ]
    assert named in scoring.report.findings[0].what
    assert scoring.report.n_accounts == 2


def test_a_duplicate_code_is_unknown_on_every_row_and_names_the_others():
    tables = (
        Tables()
        .rows("Clients", [GOOD, GOOD | {"account": "C2"}])
        .rows("Prospects", [GOOD | {"account": " c1"}])
    )
    report = tables.score().report
    assert {total.letter: total.accounts for total in report.classes}["?"] == 2
    assert len(report.findings) == 2
    assert all("Clients!A" in f.what and "Prospects!A" in f.what for f in report.findings)


def test_an_unknown_setting_is_reported_and_stops_nothing():
    tables = Tables().rows("Clients", [GOOD])
    tables.set("Settings", tables.tables["Settings"].n_rows, "setting", "Class colour")
    report = tables.score().report
    assert not report.stopped
    assert ["Class colour" in finding.what for finding in report.findings] == [True]


def test_too_much_judgement_is_reported():
    tables = Tables().rows("Clients", [GOOD])
    row = tables.find("Criteria", "criterion", "Relationship")
    report = tables.set("Criteria", row, "weight", 50.0).score().report
    assert not report.stopped
    assert any("41.4%" in f.what and "20%" in f.what for f in report.findings), report.findings


def test_a_weight_of_0_switches_off_a_row_however_wrong():
    tables = Tables().rows("Clients", [GOOD])
    tables.set("Criteria", 2, "weight", 0.0).set("Criteria", 2, "column", "Shoe size").set(
        "Criteria", 2, "scale", "stairs"
    )
    report = tables.score().report
    assert not report.stopped
    assert not report.findings


def test_an_error_in_an_account_code_is_reported_at_its_cell():
    tables = Tables().rows("Clients", [GOOD, GOOD | {"account": CellError("#N/A")}])
    report = tables.score().report
    assert [(f.cell, "#N/A" in f.what) for f in report.findings] == [
        (tables.address("Clients", 1, "account"), True)
    ]
    assert report.n_accounts == 1
