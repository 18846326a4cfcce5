"""Every fault is found where it stands, said in both languages, and stops or does not stop."""

import datetime as dt
import re
import string
import tomllib
from importlib import resources

import pytest
from support.books import Tables

from addin.book import CellError, Uncalculated

GOOD = {
    "account": "C1",
    "status": "Client",
    "turnover": 60_000.0,
    "turnover_1": 50_000.0,
    "turnover_2": 50_000.0,
    "potential": 80_000.0,
    "potential_new": 10_000.0,
    "days_late": 5.0,
    "growth": 5.0,
}


def scored(**cells):
    return Tables().rows("Clients", [GOOD | cells])


def stopping():
    """Name, tables, sheet and cell, words that the sentence must hold."""
    t = Tables
    fr = lambda: Tables("fr")  # noqa: E731
    yield "weight_negative", t().set("Criteria", 2, "weight", -5.0), ("Criteria", 2, "weight"), "-5"
    yield "weight_too_large", t().set("Criteria", 2, "weight", 1e300), ("Criteria", 2, "weight"), "1,000,000"
    yield "weight_text", t().set("Criteria", 2, "weight", "lots"), ("Criteria", 2, "weight"), "lots"
    yield "weight_empty", t().set("Criteria", 2, "weight", None), ("Criteria", 2, "weight"), "Potential"
    yield (
        "criterion_twice",
        t().set("Criteria", 2, "criterion", "turnover "),
        ("Criteria", 2, "criterion"),
        "turnover",
    )
    yield (
        "criterion_without_name",
        t().set("Criteria", 2, "criterion", None),
        ("Criteria", 2, "criterion"),
        "name",
    )
    yield (
        "column_not_found",
        t().set("Criteria", 2, "column", "Shoe size"),
        ("Criteria", 2, "column"),
        "Shoe size",
    )
    yield "column_empty", t().set("Criteria", 2, "column", None), ("Criteria", 2, "column"), "Potential"
    yield "column_is_a_result", t().set("Criteria", 2, "column", "Rank"), ("Criteria", 2, "column"), "Rank"
    yield (
        "column_holds_no_numbers",
        t().set("Criteria", 2, "column", "Name"),
        ("Criteria", 2, "scale"),
        "Name",
    )
    yield "scale_word", t().set("Criteria", 2, "scale", "stairs"), ("Criteria", 2, "scale"), "stairs"
    yield (
        "scale_without_rows",
        t().set("Criteria", 2, "criterion", "Wallet"),
        ("Criteria", 2, "scale"),
        "Wallet",
    )
    yield (
        "applies_word",
        t().set("Criteria", 2, "applies_to", "Client, Friend"),
        ("Criteria", 2, "applies_to"),
        "Friend",
    )
    yield (
        "applies_to_empty",
        t().set("Criteria", 2, "applies_to", None),
        ("Criteria", 2, "applies_to"),
        "Potential",
    )
    yield "points_out_of_range", t().set("Scales", 0, "points", 11.0), ("Scales", 0, "points"), "11"
    yield "points_empty", t().set("Scales", 0, "points", None), ("Scales", 0, "points"), "points"
    yield "scale_value_empty", t().set("Scales", 0, "value", None), ("Scales", 0, "value"), "value"
    yield "scale_value_text", t().set("Scales", 0, "value", "zero"), ("Scales", 0, "value"), "zero"
    yield "scale_value_twice", t().set("Scales", 0, "value", 10_000.0), ("Scales", 1, "value"), "10,000"
    yield (
        "scale_without_criterion",
        t().set("Scales", 0, "criterion", None),
        ("Scales", 0, "criterion"),
        "criterion",
    )
    yield "class_twice", t().set("Classes", 1, "class", "a"), ("Classes", 1, "class"), "a"
    yield "class_without_letter", t().set("Classes", 1, "class", "?"), ("Classes", 1, "class"), "?"
    yield (
        "cutoffs_not_descending",
        t().set("Classes", 1, "min_score", 75.0),
        ("Classes", 1, "min_score"),
        "75",
    )
    yield "last_cutoff_not_zero", t().set("Classes", 3, "min_score", 10.0), ("Classes", 3, "min_score"), "10"
    yield (
        "min_score_out_of_range",
        t().set("Classes", 0, "min_score", 175.0),
        ("Classes", 0, "min_score"),
        "175",
    )
    yield "min_score_empty", t().set("Classes", 0, "min_score", None), ("Classes", 0, "min_score"), "A"
    yield (
        "share_empty",
        t().setting("method", "quota").set("Classes", 0, "share", None),
        ("Classes", 0, "share"),
        "A",
    )
    yield (
        "share_out_of_range",
        t().setting("method", "quota").set("Classes", 0, "share", 1.5),
        ("Classes", 0, "share"),
        "150%",
    )
    yield (
        "shares_not_whole",
        t().setting("method", "quota").set("Classes", 0, "share", 0.2),
        ("Classes", 3, "share"),
        "110%",
    )
    yield (
        "gate_column_not_found",
        t().set("Gates", 0, "column", "Shoe size"),
        ("Gates", 0, "column"),
        "Shoe size",
    )
    yield "gate_column_is_a_result", t().set("Gates", 0, "column", "Score"), ("Gates", 0, "column"), "Score"
    yield "gate_column_empty", t().set("Gates", 0, "column", None), ("Gates", 0, "column"), "column"
    yield "gate_condition_word", t().set("Gates", 0, "condition", "about"), ("Gates", 0, "condition"), "about"
    yield (
        "gate_condition_empty",
        t().set("Gates", 0, "condition", None),
        ("Gates", 0, "condition"),
        "condition",
    )
    yield "gate_value_empty", t().set("Gates", 0, "value", None), ("Gates", 0, "value"), "value"
    yield "gate_text_has_no_order", t().set("Gates", 0, "condition", ">"), ("Gates", 0, "value"), "In default"
    yield "gate_value_text", t().set("Gates", 1, "value", "long"), ("Gates", 1, "value"), "long"
    yield "gate_date", t().set("Gates", 0, "column", "Last visit"), ("Gates", 0, "value"), "In default"
    yield "gate_class_unknown", t().set("Gates", 0, "best_class", "Z"), ("Gates", 0, "best_class"), "Z"
    yield "setting_out_of_range", t().setting("margin", -1.0), ("Settings", None, "value"), "-1"
    yield "setting_text", t().setting("margin", "wide"), ("Settings", None, "value"), "wide"
    yield (
        "setting_empty",
        t().setting("min_completeness", None),
        ("Settings", None, "value"),
        "Minimum completeness",
    )
    yield "method_word", t().setting("method", "feeling"), ("Settings", None, "value"), "feeling"
    yield (
        "setting_twice",
        t().set("Settings", 7, "setting", "Class margin"),
        ("Settings", None, "setting"),
        "Class margin",
    )
    yield (
        "error_value",
        t().set("Criteria", 2, "weight", CellError("#REF!")),
        ("Criteria", 2, "weight"),
        "#REF!",
    )
    yield "column_missing", t().drop_column("Criteria", "weight"), ("Criteria", None, None), "Weight"
    yield "no_criteria", t().rows("Criteria", []), ("Criteria", None, None), "Criteria"
    yield "no_classes", t().rows("Classes", []), ("Classes", None, None), "Classes"
    yield "french", fr().set("Criteria", 2, "weight", -5.5), ("Critères", 2, "weight"), "-5,5"


@pytest.mark.parametrize(
    ("tables", "place", "named"), [pytest.param(*case[1:], id=case[0]) for case in stopping()]
)
def test_a_fault_in_the_model_stops_everything_and_names_its_cell(tables, place, named):
    scoring = tables.score()
    assert scoring.report.stopped
    assert not scoring.changes.columns
    assert not scoring.changes.rows
    sheet, row, key = place
    table = next(
        name
        for name, table in tables.tables.items()
        if (table.sheet == sheet and name != "Gates") or name == sheet
    )
    found = [
        f
        for f in scoring.report.findings
        if f.stops and f.sheet == tables.tables[table].sheet and named in f.what
    ]
    assert found, [f.what for f in scoring.report.findings]
    if row is not None:
        assert tables.address(table, row, key) in [finding.cell for finding in found]
    elif key is not None:
        assert all(re.fullmatch(r"[A-Z]+\d+", finding.cell) for finding in found)
    assert all(finding.remedy for finding in found)


@pytest.mark.parametrize("name", ["Criteria", "Scales", "Classes", "Settings"])
def test_a_missing_table_stops(name):
    tables = Tables()
    del tables.tables[name]
    report = tables.score().report
    assert report.stopped
    assert any(name in finding.what for finding in report.findings)


def test_a_workbook_without_account_sheet_stops():
    tables = Tables().drop_column("Clients", "class").drop_column("Prospects", "score")
    findings = tables.score().report.findings
    assert [f.what for f in findings if f.stops] == [
        "The workbook has no account sheet: no table with the columns Account, Score and Class."
    ]
    assert {(f.sheet, f.stops) for f in findings} >= {("Clients", False), ("Prospects", False)}


def test_a_sheet_that_lost_a_header_is_told_when_others_are_scored():
    tables = Tables().rows("Prospects", [GOOD]).drop_column("Clients", "account")
    report = tables.score().report
    assert not report.stopped
    assert [(f.sheet, "Account" in f.what) for f in report.findings] == [("Clients", True)]


def test_a_renamed_header_that_a_criterion_needs_is_told_for_the_sheet():
    tables = Tables().rows("Clients", [GOOD])
    tables.rows("Prospects", [GOOD | {"account": "P1", "status": "Prospect"}])
    assert not tables.score().report.findings
    tables.drop_column("Clients", "turnover").drop_column("Prospects", "turnover")
    found = [(f.sheet, f.cell, "Turnover" in f.what) for f in tables.score().report.findings]
    assert found == [("Clients", "", True)] * 2  # Turnover and Trend; prospects need neither


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
    yield "bool_in_number", scored(turnover=True), "turnover", "True"
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


def _messages(language):
    text = resources.files("addin.catalogue").joinpath(language, "faults.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _fields(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_sentences_that_name_the_same_things():
    english, french = _messages("en"), _messages("fr")
    for part in ("what", "remedy"):
        assert english[part].keys() == french[part].keys()
        for key, sentence in english[part].items():
            assert _fields(sentence) == _fields(french[part][key]), key
            assert sentence != french[part][key], key


def test_no_sentence_is_left_that_nothing_says():
    code = "".join(
        path.read_text(encoding="utf-8")
        for package in ("addin", "scoring")
        for path in resources.files(package).iterdir()
        if path.name.endswith(".py")
    )
    # The sentences on the numbers of classes are named after their columns.
    said = set(re.findall(r'"([a-z_0-9]+)"', code))
    said |= {
        f"{column}_{end}" for column in ("min_score", "share") for end in ("empty", "out_of_range", "range")
    }
    for sentences in _messages("en").values():
        assert sentences.keys() <= said
