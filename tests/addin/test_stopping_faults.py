"""Faults of the model, which stop a refresh and name their cells."""

import re

import pytest
from support.books import Tables
from support.faulty import GOOD

from addin.workbook.port import CellError


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
        t().set("Criteria", 2, "column", "Status"),
        ("Criteria", 2, "scale"),
        "Status",
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
